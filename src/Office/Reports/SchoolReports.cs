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

    internal static Outcome<IReadOnlyList<Released>> Run(OfficeHome home, ReportRun run, Action<int, int>? progress, Func<string, IReadOnlyList<OutgoingFile>, IReadOnlyList<OutgoingFile>>? spoil, PdfPrinter? printer, int atOnce = AtOnce)
    {
        var (schools, one) = Prepare(home, run, printer, spoil);
        KeptMeans.Keep(home, one.Statistics);
        var (released, underWay, done) = (new List<Released>(), new Queue<UnderWay>(), 0);
        try
        {
            foreach (var school in schools)
            {
                while (underWay.Count == atOnce || underWay.Any(other => one.ShareAReader(other.School, school))) Settle();
                underWay.Enqueue(one.Begin(school));
            }
            while (underWay.Count > 0) Settle();
        }
        finally { foreach (var left in underWay) left.Wait(); }
        run.Finish(home);
        return Outcome.Of<IReadOnlyList<Released>>(released);

        void Settle()
        {
            if (one.Settle(underWay.Peek()) is { } left) released.Add(left);
            underWay.Dequeue();
            progress?.Invoke(++done, schools.Length);
        }
    }

    /// <summary>
    /// So many reports are rendered, printed and checked while the Gate judges the next. It judges, and what is checked leaves, in order of school and on one thread: store, ledger and memory are as if each had waited
    /// for the one before. A school that shares a reader with one under way does wait.
    /// </summary>
    const int AtOnce = 2;

    /// <summary>A report between the Gate's judgement and its leaving; without judgement it was made before the run was broken off.</summary>
    sealed record UnderWay(EnrolledSchool School, ReportHead Head)
    {
        public Judged? Judged { get; init; }

        public UnseenLevels? Unseen { get; init; }

        public Task<Made>? Making { get; init; }

        /// <summary>Waits until nothing of it runs any more, however it ended.</summary>
        public void Wait() => Making?.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
    }

    /// <summary>The files of a report, and what the checks found in them.</summary>
    sealed record Made(ReportNumbers Numbers, IReadOnlyList<OutgoingFile> Files, IReadOnlyList<string> Findings);

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
        SchoolReader[] boards = [.. statistics.Cohort.Members.BoardsOf(statistics.Cohort.Schools, Boards.All(home))];
        return (schools, new OneReport(home, run, statistics, new KeptLevels(home, statistics), boards, home.Gate.SharedReaders(boards), PrintedCheckpoints.Of(home, run.Edition), codes, printer, spoil));
    }

    sealed record OneReport(OfficeHome Home, ReportRun Of, ReportStatistics Statistics, KeptLevels Kept, IReadOnlyList<SchoolReader> Boards, IReadOnlyList<IReadOnlySet<string>> SharedReaders, Checkpoint Checkpoint, HashSet<string> Codes, PdfPrinter? Printer, Func<string, IReadOnlyList<OutgoingFile>, IReadOnlyList<OutgoingFile>>? Spoil)
    {
        readonly Lock _spoiling = new();
        Dictionary<string, ReleaseRecord>? _earlier;

        /// <summary>Whether what one of them gets is judged beside what the other gets.</summary>
        public bool ShareAReader(EnrolledSchool one, EnrolledSchool other) => SharedReaders.Any(schools => schools.Contains(one.Location.Code) && schools.Contains(other.Location.Code));

        /// <summary>Judges a report and lets it be made meanwhile.</summary>
        public UnderWay Begin(EnrolledSchool school)
        {
            var (code, head) = (school.Location.Code, Head(school));
            if (Of.Done.ContainsKey(code)) return new UnderWay(school, head);
            var (unseen, judged) = Judge(school);
            return new UnderWay(school, head) { Judged = judged, Unseen = unseen, Making = judged.Held ? null : Task.Factory.StartNew(() => Make(head, judged), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default) };
        }

        /// <summary>What left; null when a check holds it.</summary>
        public Released? Settle(UnderWay report)
        {
            var code = report.Head.Code;
            if (report.Judged is not { } judged) return Of.Done[code] == ReportState.Held ? null : Earlier(Id(code), report.Head);
            if (report.Making is not { } making)
            {
                var held = Home.Gate.Hold(judged);
                Of.Note(Home, code, ["gate: nothing is safe beside what the school has already"]);
                return held;
            }
            var made = making.GetAwaiter().GetResult();
            if (made.Findings.Count > 0)
            {
                Of.Note(Home, code, made.Findings);
                return null;
            }
            // Before anything is written: what a school may have is never forgotten, even when the run breaks off here.
            Kept.Keep(report.Head, report.Unseen!.Shown(made.Numbers));
            var left = Home.Gate.LetGo(judged, made.Files);
            Of.Note(Home, code, []);
            return left;
        }

        /// <summary>What the checks find and the page, without letting anything through the Gate; null when the Gate shows nothing.</summary>
        public HeldLook? Look(EnrolledSchool school, string language)
        {
            var head = Head(school);
            if (Judge(school).Judged is not { Held: false } judged) return null;
            var made = Make(head, judged);
            return new HeldLook(made.Findings, Encoding.UTF8.GetString(made.Files.First(file => file.Name == head.FileName($"{language}.html")).Content));
        }

        (UnseenLevels Unseen, Judged Judged) Judge(EnrolledSchool school)
        {
            var unseen = Kept.Of(school.Location.Code);
            return (unseen, Home.Gate.Judge(LeavingOf(school, unseen), ReportCells.Of(Statistics, school.Location.Code, unseen)));
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

        Made Make(ReportHead head, Judged judged)
        {
            var numbers = new ReportNumbers(judged.Table);
            var files = ReportForms.Of(head, numbers, Printer);
            if (Spoil is not null) lock (_spoiling) files = Spoil(head.Code, files);
            return new Made(numbers, files, ReportChecks.Findings(new ReportFacts(Statistics, head.Code), head, Codes, files));
        }

        /// <summary>What left before the run was broken off; made again when its files are not there.</summary>
        Released? Earlier(string id, ReportHead head)
        {
            string[] paths = [.. ReportForms.Names(head, Printer is not null).Select(name => Home.Gate.SealedPath(Profile.School, Of.Edition.ToString(), name))];
            _earlier ??= Home.Gate.Of(Of.Edition.ToString()).GroupBy(r => r.Id, StringComparer.Ordinal).ToDictionary(r => r.Key, r => r.Last(), StringComparer.Ordinal);
            return _earlier.TryGetValue(id, out var record) && paths.All(File.Exists) ? new Released(record, paths, true) : throw new InvalidOperationException("A report that was made is not there; take what left back from the backup, or make a correction.");
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
