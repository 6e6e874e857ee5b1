using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Storage;
using Groeilijn.Web;

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

    /// <summary>Whether prints are read back here before they leave.</summary>
    public static bool ReadsPrintsBack => PrintedReport.IsReadable;

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
        using var printer = PdfPrinter.Find();
        return Run(home, run, progress, spoil, printer);
    }

    internal static Outcome<IReadOnlyList<Released>> Run(OfficeHome home, ReportRun run, Action<int, int>? progress, Func<string, IReadOnlyList<OutgoingFile>, IReadOnlyList<OutgoingFile>>? spoil, PdfPrinter? printer)
    {
        var (schools, one) = Prepare(home, run, printer, spoil);
        List<Released> released = [];
        foreach (var (i, school) in schools.Index())
        {
            if (one.Make(school) is { } left) released.Add(left);
            progress?.Invoke(i + 1, schools.Length);
        }
        run.Finish(home);
        return Outcome.Of<IReadOnlyList<Released>>(released);
    }

    /// <summary>A held report as it is made now, with what the checks find in it; nothing leaves and nothing is kept. Null when the Gate holds it.</summary>
    internal static HeldLook? Unsent(OfficeHome home, ReportRun run, string school, string language, Func<string, IReadOnlyList<OutgoingFile>, IReadOnlyList<OutgoingFile>>? spoil)
    {
        using var printer = PdfPrinter.Find();
        var (schools, one) = Prepare(home, run, printer, spoil);
        return schools.FirstOrDefault(enrolled => enrolled.Location.Code == school) is { } found ? one.Look(found, language) : null;
    }

    static (EnrolledSchool[] Schools, OneReport One) Prepare(OfficeHome home, ReportRun run, PdfPrinter? printer, Func<string, IReadOnlyList<OutgoingFile>, IReadOnlyList<OutgoingFile>>? spoil)
    {
        var statistics = ReportStatistics.Of(home, run.Edition);
        var delivered = home.Database.Read<string>("SELECT school FROM deliveries WHERE edition = @edition AND state = @state", new { edition = run.Edition.ToString(), state = DeliveryState.Linked.Code() }).ToHashSet(StringComparer.Ordinal);
        EnrolledSchool[] schools = [.. Schools.All(home).Where(school => delivered.Contains(school.Location.Code))];
        HashSet<string> codes = [.. schools.Select(school => school.Location.Code)];
        return (schools, new OneReport(home, run, statistics, new KeptLevels(home, statistics), [.. statistics.Cohort.Members.BoardsOf(statistics.Cohort.Schools, Boards.All(home))], PrintedCheckpoints.Of(home, run.Edition), codes, printer, spoil));
    }

    /// <summary>A report that a check holds, on its way out of the Gate: nothing was written.</summary>
    sealed class HeldException(IReadOnlyList<string> findings, IReadOnlyList<OutgoingFile> files) : Exception("A check holds the report.")
    {
        public IReadOnlyList<string> Findings { get; } = findings;

        public IReadOnlyList<OutgoingFile> Files { get; } = files;
    }

    sealed record OneReport(OfficeHome Home, ReportRun Of, ReportStatistics Statistics, KeptLevels Kept, IReadOnlyList<SchoolReader> Boards, Checkpoint Checkpoint, HashSet<string> Codes, PdfPrinter? Printer, Func<string, IReadOnlyList<OutgoingFile>, IReadOnlyList<OutgoingFile>>? Spoil)
    {
        /// <summary>What left; null when a check holds it.</summary>
        public Released? Make(EnrolledSchool school)
        {
            var (code, head) = (school.Location.Code, Head(school));
            if (Of.Done.TryGetValue(code, out var state)) return state == ReportState.Held ? null : Earlier(Id(code), head);
            var unseen = Kept.Of(code);
            try
            {
                var left = Home.Gate.Release(LeavingOf(school, unseen), ReportCells.Of(Statistics, code, unseen), table => Checked(head, new ReportNumbers(table), unseen));
                Of.Note(Home, code, left.Held ? ["gate: nothing is safe beside what the school has already"] : []);
                return left;
            }
            catch (HeldException held)
            {
                Of.Note(Home, code, held.Findings);
                return null;
            }
        }

        /// <summary>What the checks find and the page, without letting anything through the Gate; null when the Gate shows nothing.</summary>
        public HeldLook? Look(EnrolledSchool school, string language)
        {
            var (head, unseen) = (Head(school), Kept.Of(school.Location.Code));
            try
            {
                Home.Gate.Release(LeavingOf(school, unseen), ReportCells.Of(Statistics, head.Code, unseen), table =>
                {
                    var (files, findings) = Made(head, new ReportNumbers(table));
                    throw new HeldException(findings, files);
                });
                return null;
            }
            catch (HeldException held) { return new HeldLook(held.Findings, Encoding.UTF8.GetString(held.Files.First(file => file.Name == head.FileName($"{language}.html")).Content)); }
        }

        ReportHead Head(EnrolledSchool school) => new(school.Location.Code, school.Name, Of.Edition, Checkpoint.Printed, Of.Version, Of.Reason);

        string Id(string code) => Of.Version == 1 ? $"{Of.Edition}/report/{code}" : FormattableString.Invariant($"{Of.Edition}/report/{code}/{Of.Version}");

        Leaving LeavingOf(EnrolledSchool school, UnseenLevels unseen) => new(Id(school.Location.Code), Profile.School, school.Location.Code, Of.Edition.ToString(), school.Recipient)
        {
            Pupils = Statistics.Cohort.Members.Pupils,
            Known = Statistics.Cohort.Members.KnownTo(Statistics.Cohort.NumberOf(school.Location.Code)),
            Readers = [.. Boards.Where(board => board.Schools.Contains(school.Location.Code))],
            EarlierLevels = unseen.Earlier,
        };

        (IReadOnlyList<OutgoingFile> Files, IReadOnlyList<string> Findings) Made(ReportHead head, ReportNumbers numbers)
        {
            var files = ReportForms.Of(head, numbers, Printer);
            if (Spoil is not null) files = Spoil(head.Code, files);
            return (files, ReportChecks.Findings(new ReportFacts(Statistics, head.Code), head, Codes, files));
        }

        IReadOnlyList<OutgoingFile> Checked(ReportHead head, ReportNumbers numbers, UnseenLevels unseen)
        {
            var (files, findings) = Made(head, numbers);
            if (findings.Count > 0) throw new HeldException(findings, files);
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
        var report = new SchoolReport(head, numbers, dutch).Document;
        var (own, other) = dutch ? ("nl", "en") : ("en", "nl");
        var page = new OutgoingFile(head.FileName($"{own}.html"), Encoding.UTF8.GetBytes(BlockPage.Render(report, head.FileName($"{other}.html"))));
        return printer is null ? [page] : [page, new OutgoingFile(head.FileName($"{own}.pdf"), printer.Print(report))];
    }
}
