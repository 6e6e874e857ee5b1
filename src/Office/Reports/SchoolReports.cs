using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// A report for every school that delivered in an edition: a page and a print in Dutch and in English, and the numbers, through the Gate, checked by rules because nobody
/// may look, sealed to the school's own key. The office keeps no clear copy. Same cohort and ledger, same bytes, however often they are made; no time or RIN is in them.
/// </summary>
public static class SchoolReports
{
    /// <summary>Makes the reports of an edition, in order of school. A run that was broken off goes on; what a check holds does not leave and is in <see cref="Held"/>.</summary>
    /// <param name="home">The office.</param>
    /// <param name="edition">A linked round.</param>
    /// <param name="progress">Told after each report: how many are done and how many there are.</param>
    /// <returns>What left, those of before the break included, and what the Gate held because of what the school has already.</returns>
    public static Outcome<IReadOnlyList<Released>> Make(OfficeHome home, Edition edition, Action<int, int>? progress = null) =>
        NotLinked(home, edition) is { } no ? no : Run(home, ReportRun.Continue(home, edition), progress, null);

    /// <summary>Makes all reports again as the next version, which says why on its first page.</summary>
    public static Outcome<IReadOnlyList<Released>> Correct(OfficeHome home, Edition edition, (string Dutch, string English) reason, Action<int, int>? progress = null)
    {
        if (NotLinked(home, edition) is { } no) return no;
        if (ReportRun.Newest(home, edition) is not (> 0 and var newest)) return new Refusal("no-reports", $"There are no reports of {edition} to correct.", "Make them first.");
        if (reason.Dutch.Length is 0 or > 200 || reason.English.Length is 0 or > 200 || (reason.Dutch + reason.English).Contains('\n')) return new Refusal("no-reason", "A correction says why, in Dutch and in English, in one line of at most 200 characters each.", "Give both.");
        return Run(home, ReportRun.Begin(home, edition, newest + 1, reason), progress, null);
    }

    /// <summary>Whether reports are printed on this machine; if not, they are page and numbers only.</summary>
    public static bool Prints => PdfPrinter.IsHere;

    /// <summary>The reports that a check holds.</summary>
    public static IReadOnlyList<HeldReport> Held(OfficeHome home, Edition edition) => ReportRun.Held(home, edition);

    /// <summary>How the newest run over an edition's reports stands; null before the first.</summary>
    public static ReportStanding? Standing(OfficeHome home, Edition edition) => ReportRun.Standing(home, edition);

    /// <summary>How many schools get a report of an edition.</summary>
    public static int Expected(OfficeHome home, Edition edition) =>
        (int)home.Database.ReadOne<long>("SELECT count(DISTINCT school) FROM deliveries WHERE edition = @edition AND state = @state", new { edition = edition.ToString(), state = DeliveryState.Linked.Code() });

    static Refusal? NotLinked(OfficeHome home, Edition edition) =>
        Rounds.Find(home, edition) is { State: not RoundState.Open } ? null : new Refusal("round-state", $"The round of {edition} is not linked.", "Link it first.");

    /// <param name="home">The office.</param>
    /// <param name="run">The run.</param>
    /// <param name="progress">Told after each.</param>
    /// <param name="spoil">What a test does to the files of a school before they are checked.</param>
    internal static Outcome<IReadOnlyList<Released>> Run(OfficeHome home, ReportRun run, Action<int, int>? progress, Func<string, IReadOnlyList<OutgoingFile>, IReadOnlyList<OutgoingFile>>? spoil)
    {
        var statistics = ReportStatistics.Of(home, run.Edition);
        var checkpoint = PrintedCheckpoints.Of(home, run.Edition);
        var delivered = home.Database.Read<string>("SELECT school FROM deliveries WHERE edition = @edition AND state = @state", new { edition = run.Edition.ToString(), state = DeliveryState.Linked.Code() }).ToHashSet(StringComparer.Ordinal);
        EnrolledSchool[] schools = [.. Schools.All(home).Where(school => delivered.Contains(school.Location.Code))];
        HashSet<string> codes = [.. schools.Select(school => school.Location.Code)];
        using var printer = PdfPrinter.Find();
        var one = new OneReport(home, run, statistics, new KeptLevels(home, statistics), [.. statistics.Cohort.Members.BoardsOf(statistics.Cohort.Schools, Boards.All(home))], checkpoint, codes, printer, spoil);
        List<Released> released = [];
        foreach (var (i, school) in schools.Index())
        {
            if (one.Make(school) is { } left) released.Add(left);
            progress?.Invoke(i + 1, schools.Length);
        }
        run.Finish(home);
        return Outcome.Of<IReadOnlyList<Released>>(released);
    }

    /// <summary>A report that a check holds, on its way out of the Gate: nothing was written.</summary>
    sealed class HeldException(IReadOnlyList<string> findings) : Exception("A check holds the report.")
    {
        public IReadOnlyList<string> Findings { get; } = findings;
    }

    sealed record OneReport(OfficeHome Home, ReportRun Of, ReportStatistics Statistics, KeptLevels Kept, IReadOnlyList<SchoolReader> Boards, Checkpoint Checkpoint, HashSet<string> Codes, PdfPrinter? Printer, Func<string, IReadOnlyList<OutgoingFile>, IReadOnlyList<OutgoingFile>>? Spoil)
    {
        /// <summary>What left; null when a check holds it.</summary>
        public Released? Make(EnrolledSchool school)
        {
            var code = school.Location.Code;
            var head = new ReportHead(code, school.Name, Of.Edition, Checkpoint.Printed, Of.Version, Of.Reason);
            var id = Of.Version == 1 ? $"{Of.Edition}/report/{code}" : FormattableString.Invariant($"{Of.Edition}/report/{code}/{Of.Version}");
            if (Of.Done.TryGetValue(code, out var state)) return state == ReportState.Held ? null : Earlier(id, head);
            var (number, unseen) = (Statistics.Cohort.NumberOf(code), Kept.Of(code));
            var leaving = new Leaving(id, Profile.School, code, Of.Edition.ToString(), school.Recipient) { Pupils = Statistics.Cohort.Members.Pupils, Known = Statistics.Cohort.Members.KnownTo(number), Readers = [.. Boards.Where(board => board.Schools.Contains(code))], EarlierLevels = unseen.Earlier };
            try
            {
                var left = Home.Gate.Release(leaving, ReportCells.Of(Statistics, code, unseen), table => Checked(head, new ReportNumbers(table), unseen));
                Of.Note(Home, code, left.Held ? ["gate: nothing is safe beside what the school has already"] : []);
                return left;
            }
            catch (HeldException held)
            {
                Of.Note(Home, code, held.Findings);
                return null;
            }
        }

        IReadOnlyList<OutgoingFile> Checked(ReportHead head, ReportNumbers numbers, UnseenLevels unseen)
        {
            var files = ReportForms.Of(head, numbers, Printer);
            if (Spoil is not null) files = Spoil(head.Code, files);
            var findings = ReportChecks.Findings(new ReportFacts(Statistics, head.Code), head, Codes, files);
            if (findings.Count > 0) throw new HeldException(findings);
            // Before anything is written: what a school may have is never forgotten, even when the run breaks off here.
            Kept.Keep(head, unseen.Shown(numbers));
            return files;
        }

        /// <summary>What left before the run was broken off; made again when its files are not there.</summary>
        Released? Earlier(string id, ReportHead head)
        {
            string[] paths = [.. ReportForms.Names(head, Printer is not null).Select(name => Home.Gate.SealedPath(Profile.School, Of.Edition.ToString(), name))];
            return Home.Gate.Releases.LastOrDefault(r => r.Id == id) is { } record && paths.All(File.Exists) ? new Released(record, paths, true) : throw new InvalidOperationException("A report that was made is not there; take what left back from the backup, or make a correction.");
        }
    }
}

/// <summary>The forms of a report: two languages at once, each page with its print, and the numbers.</summary>
static class ReportForms
{
    public static IReadOnlyList<OutgoingFile> Of(ReportHead head, ReportNumbers numbers, PdfPrinter? printer)
    {
        var languages = new IReadOnlyList<OutgoingFile>[2];
        Parallel.For(0, 2, i => languages[i] = InLanguage(head, numbers, printer, dutch: i == 0));
        return [.. languages[0], .. languages[1], new OutgoingFile(head.FileName("csv"), CsvReport.Write(head, numbers))];
    }

    public static IEnumerable<string> Names(ReportHead head, bool printed) => ((string[])["nl.html", "nl.pdf", "en.html", "en.pdf", "csv"]).Where(ending => printed || !ending.EndsWith("pdf", StringComparison.Ordinal)).Select(head.FileName);

    static IReadOnlyList<OutgoingFile> InLanguage(ReportHead head, ReportNumbers numbers, PdfPrinter? printer, bool dutch)
    {
        var report = new SchoolReport(head, numbers, dutch);
        var (own, other) = dutch ? ("nl", "en") : ("en", "nl");
        var page = new OutgoingFile(head.FileName($"{own}.html"), Encoding.UTF8.GetBytes(HtmlReport.Render(report, head.FileName($"{other}.html"))));
        return printer is null ? [page] : [page, new OutgoingFile(head.FileName($"{own}.pdf"), printer.Print(report))];
    }
}
