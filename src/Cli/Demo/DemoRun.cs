using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Office;
using Groeilijn.OpenData;
using Groeilijn.Storage;
using Groeilijn.Testland;

namespace Groeilijn.Cli.Demo;

/// <summary>What a demo is about.</summary>
/// <param name="Out">The folder to leave it in.</param>
/// <param name="Schools">How many schools take part, about.</param>
/// <param name="Editions">How many half-years, from 2023-1.</param>
/// <param name="Seed">Another seed, another country.</param>
/// <param name="Objectors">Whether objections are recorded at the schools, or the children were never in the exports.</param>
/// <param name="Afterwards">Whether what follows the last half-year is told: research, the public site, a late objection, the search.</param>
public sealed record DemoOptions(string Out, int Schools = 40, int Editions = 6, ulong Seed = 1, Objectors Objectors = Objectors.Recorded, bool Afterwards = true)
{
    /// <summary>What is to happen when a half-year is over, besides.</summary>
    public Action<OfficeHome, Edition>? AfterRound { get; init; }
}

/// <summary>What a demo did, in figures.</summary>
public sealed record DemoOutcome(int Schools, int Pupils, int Objections, int Linked, int Records, int CohortResults, int Reports, int Tables, SweepReport Search, int Numbers, double Seconds);

/// <summary>
/// The whole chain on an invented country, told while it happens. Each step is the step that a real school, office or researcher takes:
/// the same files, the same calls, the same refusals. Only the clock and the people are invented.
/// </summary>
public sealed class DemoRun
{
    static readonly string[] s_holders = ["A. Sleutel", "B. Sleutel"];

    readonly DemoOptions _options;
    readonly Story _story;
    readonly DemoClock _clock = new();
    readonly string _land;
    DemoSchools? _schools;

    DemoRun(DemoOptions options, Story story) => (_options, _story, _land) = (options, story, Path.Combine(options.Out, "land"));

    /// <summary>Runs a demo into an empty folder.</summary>
    public static DemoOutcome Run(DemoOptions options, Story story) => new DemoRun(options, story).Run();

    DemoOutcome Run()
    {
        _story.Chapter("An invented country");
        var land = new TestlandOptions { Schools = _options.Schools, Editions = _options.Editions, Seed = _options.Seed, Objectors = _options.Objectors };
        _story.Step("testland", () => TestlandWriter.Write(land, _land), records => $"{_options.Schools} schools, {records:N0} pupil records over {_options.Editions} half-years, and a population register");

        using var office = OfficeHome.Create(Path.Combine(_options.Out, "office"), _clock, invented: true);
        using var schools = _schools = _story.Step("enrolment", () => Enrol(office), s => $"{s.Homes.Count} schools made their own keys; the office knows their certificates and their {s.BoardOf.Values.Distinct().Count()} boards");
        var rounds = land.AllEditions.Select(edition => Round(edition, office, schools)).ToList();

        if (!_options.Afterwards) return Told(new SweepReport(0, 0, 0, []), 0);
        var research = new DemoResearch(_options.Out, _clock);
        DemoTour.Show(_options.Out, schools, rounds[^1].Edition);
        var objection = new DemoObjection(office, schools.Homes[DemoTour.Shown(schools)]);
        var after = After(office, research, objection, rounds[^1].Edition);
        DemoTour.Write(_options.Out, office, schools, rounds, after, research, objection);
        return Told(after.Search, after.Numbers);

        DemoOutcome Told(SweepReport search, int numbers) => new(schools.Homes.Count, rounds[^1].Pupils, rounds.Sum(r => r.Objections), rounds[^1].Linked.Linked, rounds[^1].Linked.Records,
            Cohort.Parts(office).Sum(p => p.Rows), rounds.Sum(r => r.Reports), rounds.Sum(r => r.Tables), search, numbers, Math.Round(_story.Seconds, 1));
    }

    DemoSchools Enrol(OfficeHome office)
    {
        var schools = new DemoSchools(_land, Path.Combine(_options.Out, "schools"), _clock);
        foreach (var (location, home) in schools.Homes)
            Expect(Schools.Enrol(office, File.ReadAllBytes(Path.Combine(home.Folder, "enrolment.json")), schools.Provinces[location]));
        Expect(Boards.Keep(office, ["school,board", .. schools.BoardOf.Select(b => $"{b.Key},{b.Value}")]));
        return schools;
    }

    /// <summary>One half-year, from the export to the report.</summary>
    DemoRound Round(Edition edition, OfficeHome office, DemoSchools schools)
    {
        var reference = Reference(edition);
        _story.Chapter(string.Create(CultureInfo.InvariantCulture, $"{edition}: the {(edition.Half == HalfYear.M ? "M tests of January and February" : "E tests of May and June")} {edition.Year}"));
        _clock.GoTo(reference);
        Expect(Rounds.Open(office, edition, s_holders[0], s_holders[1]));

        _story.Letter("We look at our pupils' results to see their growth.");
        var read = _story.Step("import", () => schools.Import(edition, reference), d => $"{d.Pupils:N0} pupils and {d.Results:N0} results read at {d.Schools} schools; {d.Findings:N0} remarks to the administrators");
        _story.Step("inform", () => schools.Inform(edition, reference, reference.AddDays(14)), d => $"letters to the parents of {d.Pupils:N0} pupils, two weeks to object");
        _clock.GoTo(reference.AddDays(7));
        _story.Letter("If you object, tell the school; no reason is needed.");
        var objected = _story.Step("objections", () => schools.Object(edition), d => $"{d.Objections} objections recorded at the counter");
        _clock.GoTo(reference.AddDays(15));
        _story.Letter("The school sends the results of language and arithmetic tests, with what is needed to link them, and nothing else.");
        var sent = _story.Step("seal", () => schools.PreviewAndSeal(edition, reference, Rounds.NoticeFile(office, edition), office.Key.Fingerprint), d => $"{d.Pupils:N0} pupils and {d.Results:N0} results previewed, sealed and signed; {d.LeftOut:N0} children stay out");

        _clock.GoTo(reference.AddDays(16));
        _story.Step("register", () => Expect(Register.Import(office, Path.Combine(_land, "register", edition.ToString()))), r => $"{r.Persons:N0} persons in the sealed population register, {r.Added:N0} new");
        _story.Step("intake", () => Receive(office, schools, edition), n => $"{n} deliveries received as ciphertext, each with a signed receipt that its school verified");
        _clock.GoTo(reference.AddDays(17));
        _story.Letter("CBS uses the identifying data for linking only.");
        var linked = _story.Step("linking", () => Link(office, edition), Told);
        foreach (var warning in linked.Warnings) _story.Say("warning", warning);
        _clock.GoTo(reference.AddDays(18));
        _story.Letter("After linking, the identifying data are destroyed.");
        _story.Step("destruction", () => Expect(Destruction.Run(office, edition, s_holders[0], s_holders[1], withoutReview: true)), _ => "what waited for review given up by two people; both key shares and every ciphertext overwritten, synced, read back, removed; certified");

        _clock.GoTo(reference.AddDays(25));
        _story.Letter("Twice a year we get a report, in which no pupil can be recognised.");
        var reports = _story.Step("reports", () => Report(office, schools, edition), r => $"{r.Count} reports sealed, each for its own school, and opened there; {Cells(r)}");
        _story.Letter("In public tables neither pupils nor schools can be recognised.");
        var tables = _story.Step("tables", () => Expect(PublicTables.Make(office, edition)), t => $"{t.Count} public tables; {Cells(t)}");
        _options.AfterRound?.Invoke(office, edition);
        office.Sequence();
        schools.Sequence(edition);
        return new DemoRound(edition, sent.Pupils, sent.Results, objected.Objections, read.Findings, linked.Counts, linked.Results, reports.Count, tables.Count);
    }

    /// <summary>What follows the last half-year: research, the public site, an objection made late, and the search for what may have stayed behind.</summary>
    DemoAfter After(OfficeHome office, DemoResearch research, DemoObjection objection, Edition last)
    {
        _story.Chapter("Afterwards");
        _story.Letter("Researchers never see who it is.");
        _story.Step("research", () => research.Run(office, last), r => r);
        var site = _story.Step("open data", () => Publish(office), p => $"{p.Tables} tables on the public site, {p.Files} files");
        _clock.GoTo(Reference(last).AddDays(60));
        _story.Letter("You can object at any time.");
        _story.Step("withdrawal", () => objection.Run(() => _clock.GoTo(Reference(last).AddDays(61))), told => told);
        office.Sequence();
        var numbers = _schools!.DeliveredNumbers();
        _story.Letter("Nobody will ever recognise your child.");
        var search = _story.Step("search", () => Sweep.Search(office.Folder, numbers, TimeProvider.System), s =>
            $"{numbers.Count:N0} delivered numbers looked for in {s.Files:N0} files ({s.Bytes >> 20} MB) of the office, in clear, UTF-16, base64, hex and hashed: {s.Hits.Count} found");
        return new DemoAfter(search, numbers.Count, site);
    }

    static int Receive(OfficeHome office, DemoSchools schools, Edition edition)
    {
        var certificate = office.Key.Certificate;
        var taken = 0;
        foreach (var location in schools.Homes.Keys.Where(l => schools.Delivery(l).Manifest.Edition == edition.ToString()))
        {
            var received = Expect(Intake.ReceiveFiles(office, schools.Delivery(location).CiphertextFile));
            schools.Keep(location, Intake.WriteReceipt(office, received), certificate);
            taken++;
        }
        return taken;
    }

    static LinkedRound Link(OfficeHome office, Edition edition) => Expect(LinkingRun.Run(office, edition,
        File.ReadAllBytes(Rounds.ShareFile(office, edition, 1)), File.ReadAllBytes(Rounds.ShareFile(office, edition, 2))));

    static IReadOnlyList<Released> Report(OfficeHome office, DemoSchools schools, Edition edition)
    {
        var released = Expect(SchoolReports.Make(office, edition));
        foreach (var report in released)
            foreach (var file in report.Paths) schools.OpenReport(report.Record.Subject, file);
        return released;
    }

    Publication Publish(OfficeHome office)
    {
        var published = Site.Publish(Path.Combine(office.Folder, "outgoing", "public"), Path.Combine(_options.Out, "public"));
        return published.Done ? published : throw new InvalidOperationException($"The site was refused: {published.Refusal}");
    }

    /// <summary>The day of the export: 1 March after the M tests, 1 July after the E tests.</summary>
    static DateOnly Reference(Edition edition) => new(edition.Year, edition.Half == HalfYear.M ? 3 : 7, 1);

    static string Told(LinkedRound round) => string.Create(CultureInfo.InvariantCulture,
        $"{round.Counts.Linked:N0} of {round.Counts.Records:N0} pupils found in the register ({round.Counts.ByNumber:N0} by number, {round.Counts.ByAddress:N0} by birth date, sex and address, {round.Counts.ByProbability:N0} by all that agrees together), {round.Counts.Possible + round.Counts.Refused:N0} possible; {round.Summary.FalseLinks.Rate:P2} of the links thought false; {round.Results:N0} new results in the cohort");

    static string Cells(IReadOnlyList<Released> released)
    {
        var (published, hidden) = (released.Sum(r => r.Record.Published), released.Sum(r => r.Record.Reasons.Values.Sum()));
        return string.Create(CultureInfo.InvariantCulture, $"{published:N0} figures published, {hidden:N0} hidden");
    }

    static T Expect<T>(Outcome<T> outcome) where T : class =>
        outcome.Value ?? throw new InvalidOperationException($"A step of the office was refused: {outcome.Refusal}");
}

/// <summary>One half-year of the demo in figures.</summary>
public sealed record DemoRound(Edition Edition, int Pupils, int Results, int Objections, int Findings, LinkCounts Linked, int NewResults, int Reports, int Tables);

/// <summary>What came after the last half-year.</summary>
public sealed record DemoAfter(SweepReport Search, int Numbers, Publication Site);
