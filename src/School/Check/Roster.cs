using System.Globalization;
using System.Text.Json.Serialization;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>A stored result of a pupil.</summary>
sealed class StoredResult
{
    [JsonConverter(typeof(PooledText))]
    public string Subject { get; init; } = "";

    [JsonConverter(typeof(PooledText))]
    public string Scale { get; init; } = "";

    [JsonConverter(typeof(PooledText))]
    public string Moment { get; init; } = "";

    [JsonConverter(typeof(PooledText))]
    public string Taken { get; init; } = "";

    public int Score { get; init; }

    [JsonConverter(typeof(PooledText))]
    public string File { get; init; } = "";
    public int Line { get; init; }

    [JsonIgnore]
    public DateOnly Day => field == default ? field = Rows.Day(Taken) : field;

    [JsonIgnore]
    public Edition Half => field == default ? field = Edition.Of(Day) : field;

    [JsonIgnore]
    public Subject SubjectValue => Subjects.TryRead(Subject, out var subject) ? subject : throw new InvalidDataException("The store holds an unknown subject.");

    [JsonIgnore]
    public TestMoment MomentValue => field == default ? field = TestMoment.Parse(Moment).Value : field;

    [JsonIgnore]
    public Place Place => new(File, Line, "");

    /// <summary>For where the results of one person in one half are sealed.</summary>
    public static string PlaceOf(long person, string half) => string.Create(CultureInfo.InvariantCulture, $"results/{person}/{half}");
}

/// <summary>What identifies a pupil; in the store it is sealed.</summary>
sealed record PupilIdentity
{
    public string Key { get; init; } = "";
    public string Name { get; init; } = "";
    public string? NumberKind { get; init; }
    public string? Number { get; init; }
    public string Sex { get; init; } = "";
    public string? Born { get; init; }
    public string? Postcode { get; init; }
    public int? House { get; init; }
    public string? Letter { get; init; }
    public string? Addition { get; init; }
    public string? Group { get; init; }

    /// <summary>What is left of a pupil who left: enough to recognise an objection.</summary>
    public PupilIdentity WithoutNameAndAddress() => this with { Name = "", Postcode = null, House = null, Letter = null, Addition = null, Group = null };

    /// <summary>Masked.</summary>
    public override string ToString() => "pupil";
}

/// <summary>A pupil's row as it lies in the store.</summary>
sealed class PupilEntry
{
    public const string Select = "SELECT person AS Person, gone AS Gone, identity AS Identity, year_group AS YearGroup, file AS File, line AS Line FROM pupil";

    public long Person { get; init; }
    public bool Gone { get; init; }
    public byte[] Identity { get; init; } = [];
    public string? YearGroup { get; init; }
    public string File { get; init; } = "";
    public int Line { get; init; }

    public string Place => PlaceOf(Person);

    public static string PlaceOf(long person) => string.Create(CultureInfo.InvariantCulture, $"pupil/{person}");

    public PupilIdentity Open(Vault vault) => vault.OpenJson<PupilIdentity>(Identity, Place);

    public static PupilIdentity? Of(SchoolHome home, long person) =>
        home.Store.ReadOne<PupilEntry>(Select + " WHERE person = @person", new { person })?.Open(home.Vault);
}

/// <summary>An enrolled pupil with all that decides whether and how it goes along.</summary>
sealed class EnrolledPupil(PupilEntry entry, PupilIdentity identity)
{
    public long Person => entry.Person;
    public string Key => identity.Key;
    public string Name => identity.Name;
    public string? NumberKind => identity.NumberKind;
    public string? Number => identity.Number;
    public string Sex => identity.Sex;
    public string? Born => identity.Born;
    public string? Postcode => identity.Postcode;
    public int? House => identity.House;
    public string? Letter => identity.Letter;
    public string? Addition => identity.Addition;
    public string? Group => identity.Group;
    public string? YearGroup => entry.YearGroup;

    /// <summary>Whether the pupil is in one of the year groups 3 to 8, which take the tests.</summary>
    public bool IsTested => YearGroup is "3" or "4" or "5" or "6" or "7" or "8";

    public string File => entry.File;
    public int Line => entry.Line;

    public List<StoredResult> Results { get; } = [];
    public Dictionary<int, int> Years { get; } = [];
    public List<DateOnly> Periods { get; } = [];
    public List<PupilLetter> Letters { get; } = [];
    public IReadOnlyDictionary<string, string> Extras { get; set; } = new Dictionary<string, string>();
    public bool Objected { get; set; }

    public Place Place => new(File, Line, "");

    public void Add(PupilLetter letter)
    {
        Letters.Add(letter);
        Periods.Add(letter.Until);
    }

    /// <summary>How the school's own screen calls the pupil: the name, or the key where the export gives no name.</summary>
    public string Called => identity.Name.Length > 0 ? identity.Name : identity.Key;

    /// <summary>
    /// The pupil's own year group when a test was taken: as the export of that year gave it; else the test's own where counting
    /// back from a known year gives the same; else unknown, because the pupil may have repeated a year.
    /// </summary>
    public int? GroupAt(StoredResult result)
    {
        var year = SchoolYear.Of(result.Day).Start;
        if (Years.TryGetValue(year, out var known)) return known;
        var tested = result.MomentValue.Group.Number;
        return Years.Any(y => y.Value - (y.Key - year) == tested) ? tested : null;
    }
}

/// <summary>Everybody who is enrolled, as the store has it: what check and preview look at.</summary>
sealed class Roster
{
    public required IReadOnlyList<EnrolledPupil> Pupils { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
    public required DateOnly? Reference { get; init; }
    public required string SchoolYear { get; init; }
    public required int ObjectionsOfNobody { get; init; }

    public static Roster Load(SchoolHome home)
    {
        var store = home.Store;
        var vault = home.Vault;
        var pupils = store.Read<PupilEntry>(PupilEntry.Select + " WHERE gone = 0 ORDER BY person").Select(entry => new EnrolledPupil(entry, entry.Open(vault))).ToList();
        var byPerson = pupils.ToDictionary(p => p.Person);
        foreach (var (person, half, results) in store.Read<(long, string, byte[])>("SELECT person, half, results FROM result"))
            if (byPerson.TryGetValue(person, out var pupil)) pupil.Results.AddRange(vault.OpenJson<StoredResult[]>(results, StoredResult.PlaceOf(person, half)));
        foreach (var pupil in pupils) pupil.Results.Sort(InOrder);
        foreach (var (person, year, group) in store.Read<(long, int, int)>("SELECT person, school_year, year_group FROM enrolment"))
            if (byPerson.TryGetValue(person, out var pupil)) pupil.Years[year] = group;
        foreach (var (person, letter, sent, until, set) in store.Read<(long, long, string, string, string)>("SELECT i.person, l.id, l.sent, l.until, l.field_set FROM informed i JOIN letter l ON l.id = i.letter ORDER BY l.sent, l.id"))
            if (byPerson.TryGetValue(person, out var pupil)) pupil.Add(new PupilLetter(letter, Rows.Day(sent), Rows.Day(until), set));
        foreach (var (person, extras) in School.Extras.All(home))
            if (byPerson.TryGetValue(person, out var pupil)) pupil.Extras = extras;
        var nobody = 0;
        foreach (var person in store.Read<long>("SELECT DISTINCT person FROM objection WHERE withdrawn IS NULL"))
            if (byPerson.TryGetValue(person, out var pupil)) pupil.Objected = true;
            else nobody++;
        var import = store.ReadOne<LastImport>("SELECT reference, school_year AS SchoolYear FROM import ORDER BY id DESC LIMIT 1");
        var findings = store.Read<StoredFinding>("SELECT rule, file, line, col, person, number FROM finding ORDER BY rowid");
        return new()
        {
            Pupils = pupils,
            Findings = [.. findings.Select(f => new Finding(Rules.Of(f.Rule), new(f.File, f.Line, f.Col), f.Person, f.Number))],
            Reference = import is null ? null : Rows.Day(import.Reference),
            SchoolYear = import?.SchoolYear ?? "",
            ObjectionsOfNobody = nobody,
        };
    }

    static int InOrder(StoredResult a, StoredResult b)
    {
        var order = string.CompareOrdinal(a.Subject, b.Subject);
        if (order == 0) order = string.CompareOrdinal(a.Taken, b.Taken);
        if (order == 0) order = string.CompareOrdinal(a.Moment, b.Moment);
        return order != 0 ? order : a.Score.CompareTo(b.Score);
    }

    sealed record LastImport
    {
        public string Reference { get; init; } = "";
        public string SchoolYear { get; init; } = "";
    }

    sealed record StoredFinding
    {
        public string Rule { get; init; } = "";
        public string File { get; init; } = "";
        public int Line { get; init; }
        public string Col { get; init; } = "";
        public long? Person { get; init; }
        public int Number { get; init; }
    }
}
