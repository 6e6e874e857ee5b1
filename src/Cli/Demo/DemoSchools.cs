using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Cli.Demo;

/// <summary>What all schools together did in one step of a half-year.</summary>
public readonly record struct SchoolsDid(int Schools, int Pupils, int Results, int LeftOut, int Findings, int Objections);

/// <summary>The schools of the demo: each a home of its own, each doing what an administrator does.</summary>
sealed class DemoSchools : IDisposable
{
    const int YearsAgreed = 10;

    readonly string _land;
    readonly SortedDictionary<string, SchoolHome> _homes = new(StringComparer.Ordinal);
    readonly Dictionary<string, SealedDelivery> _sealed = [];
    readonly Dictionary<string, string> _boards = new(StringComparer.Ordinal);

    /// <summary>Enrols every school that takes part, as their programs do at the first start.</summary>
    public DemoSchools(string land, string folder, TimeProvider clock)
    {
        _land = land;
        foreach (var line in File.ReadLines(Path.Combine(land, "schools.csv")).Skip(1))
        {
            var cells = line.Split(',');
            if (!Directory.EnumerateDirectories(Path.Combine(land, "exports")).Any(e => Directory.Exists(Path.Combine(e, cells[0])))) continue;
            Provinces[cells[0]] = Province.Parse(cells[2]).Value;
            var board = string.Join(',', cells[3..^1]); // a name with a comma stands in quotes
            _boards.TryAdd(board, string.Create(CultureInfo.InvariantCulture, $"9{_boards.Count + 1:D4}"));
            BoardOf[cells[0]] = _boards[board];
            _homes[cells[0]] = SchoolHome.Open(Path.Combine(folder, cells[0]), new SchoolProfile(SchoolLocation.Parse(cells[0]).Value, cells[1].Trim('"')), clock);
        }
    }

    /// <summary>The homes, by location.</summary>
    public IReadOnlyDictionary<string, SchoolHome> Homes => _homes;

    /// <summary>The number of each school's board, invented.</summary>
    public SortedDictionary<string, string> BoardOf { get; } = new(StringComparer.Ordinal);

    /// <summary>Where each school stands.</summary>
    public Dictionary<string, Province> Provinces { get; } = [];

    /// <summary>Reads the exports of a half-year and checks them.</summary>
    public SchoolsDid Import(Edition edition, DateOnly reference) => Each(edition, (location, home) =>
    {
        var folder = Exports(edition, location);
        var outcome = School.Import.Run(home, [Path.Combine(folder, "edexml.xml"), Path.Combine(folder, "uwlr.xml"), Path.Combine(folder, "adressen.csv")], reference);
        if (!outcome.Stored) throw new InvalidOperationException($"The export of {location} for {edition} was refused: {string.Join(" ", outcome.Findings.Select(f => f.Rule.Code).Distinct())}");
        var report = Check.Run(home, edition, reference);
        return new SchoolsDid(1, outcome.Pupils, outcome.Results, 0, report.Findings.Count, 0);
    });

    /// <summary>Hands every parent the letter.</summary>
    public SchoolsDid Inform(Edition edition, DateOnly sent, DateOnly until) => Each(edition, (_, home) =>
    {
        Expect(LetterDetails.Keep(home, s_details));
        return new SchoolsDid(1, Expect(School.Inform.Send(home, sent, until)).Pupils, 0, 0, 0, 0);
    });

    static readonly LetterDetails s_details = new()
    {
        Board = "Stichting Testlandse Scholen",
        BoardAddress = "Testlaan 1, 1234 AB Testdorp",
        Contact = "de directie",
        ContactEmail = "school@testland.example",
        ContactPhone = "010 000 00 00",
        Officer = "de functionaris van de stichting",
        OfficerEmail = "privacy@testland.example",
    };

    /// <summary>Records the objections that parents made at the counter.</summary>
    public SchoolsDid Object(Edition edition) => Each(edition, (location, home) =>
    {
        var list = Expect(Objections.RecordList(home, Path.Combine(Exports(edition, location), "bezwaren.csv")));
        return new SchoolsDid(1, 0, 0, 0, list.Findings.Count, list.Made.Count);
    });

    /// <summary>Takes in the office's notice, whose fingerprint was read aloud; shows what will be sent, and seals exactly that.</summary>
    public SchoolsDid PreviewAndSeal(Edition edition, DateOnly reference, string notice, string fingerprint) => Each(edition, (location, home) =>
    {
        var preview = Expect(Preview.Make(home, edition, reference));
        if (Approvals.AgreementOf(home) is null) Expect(Approvals.RecordAgreement(home, "bestuur", reference, edition.SchoolYear, new SchoolYear(edition.SchoolYear.Start + YearsAgreed)));
        Expect(Approvals.Approve(home, edition, preview.Sha256, "directeur"));
        Expect(School.Rounds.Accept(home, notice, fingerprint));
        var sealedDelivery = Expect(Seal.Deliver(home, edition));
        lock (_sealed) _sealed[location] = sealedDelivery;
        return new SchoolsDid(1, preview.Pupils, preview.Results, preview.LeftOut.Sum(l => l.Pupils), 0, 0);
    });

    /// <summary>The delivery that a school sealed last.</summary>
    public SealedDelivery Delivery(string location) => _sealed[location];

    /// <summary>Keeps a receipt, after checking that the office signed it over what was sent.</summary>
    public void Keep(string location, string receipt, X509Certificate2 office) => Expect(Receipts.Keep(_homes[location], receipt, office));

    /// <summary>Opens a sealed report with the school's own key.</summary>
    public string OpenReport(string location, string file) => Expect(Reports.Open(_homes[location], file)).File;

    /// <summary>Writes every school's ledger and signs it.</summary>
    public SchoolsDid Sequence(Edition edition) => Each(edition, (_, home) =>
    {
        home.Sequence();
        return new SchoolsDid(1, 0, 0, 0, 0, 0);
    });

    /// <summary>Every number that was ever delivered.</summary>
    public IReadOnlySet<string> DeliveredNumbers() =>
        _homes.Values.SelectMany(home => Sent.All(home).Select(sent => Sent.Payload(home, sent.Edition, sent.Sequence)!)).SelectMany(Demo.DeliveredNumbers.In).ToHashSet(StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var home in _homes.Values) home.Dispose();
    }

    string Exports(Edition edition, string location) => Path.Combine(_land, "exports", edition.ToString(), location);

    /// <summary>A step at every school that has an export; the schools do not know of each other, so they work side by side.</summary>
    SchoolsDid Each(Edition edition, Func<string, SchoolHome, SchoolsDid> step)
    {
        var all = new SchoolsDid[_homes.Count];
        Parallel.ForEach(_homes.Select((school, i) => (school, i)), s =>
        {
            if (Directory.Exists(Exports(edition, s.school.Key))) all[s.i] = step(s.school.Key, s.school.Value);
        });
        return all.Aggregate((a, b) => new SchoolsDid(a.Schools + b.Schools, a.Pupils + b.Pupils, a.Results + b.Results, a.LeftOut + b.LeftOut, a.Findings + b.Findings, a.Objections + b.Objections));
    }

    static T Expect<T>(Outcome<T> outcome) where T : class =>
        outcome.Value ?? throw new InvalidOperationException($"A school's step was refused: {outcome.Refusal!.English}");
}
