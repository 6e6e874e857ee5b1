using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>A stored result of a pupil.</summary>
sealed class StoredResult
{
    public long Person { get; init; }
    public string Subject { get; init; } = "";
    public string Scale { get; init; } = "";
    public string Moment { get; init; } = "";
    public string Taken { get; init; } = "";
    public int Score { get; init; }
    public string File { get; init; } = "";
    public int Line { get; init; }

    public DateOnly Day => field == default ? field = Rows.Day(Taken) : field;

    public Subject SubjectValue => Subjects.TryRead(Subject, out var subject) ? subject : throw new InvalidDataException("The store holds an unknown subject.");

    public TestMoment MomentValue => TestMoment.Parse(Moment).Value;

    public Place Place => new(File, Line, "");
}

/// <summary>An enrolled pupil with all that decides whether and how it goes along.</summary>
sealed class EnrolledPupil
{
    public long Person { get; init; }
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
    public string? YearGroup { get; init; }
    public string File { get; init; } = "";
    public int Line { get; init; }

    public List<StoredResult> Results { get; } = [];
    public Dictionary<int, int> Years { get; } = [];
    public List<DateOnly> Periods { get; } = [];
    public bool Objected { get; set; }

    public Place Place => new(File, Line, "");

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
        var pupils = store.Read<EnrolledPupil>("SELECT person, key, name, number_kind AS NumberKind, number, sex, born, postcode, house, letter, addition, year_group AS YearGroup, file, line FROM pupil WHERE gone = 0 ORDER BY person");
        var byPerson = pupils.ToDictionary(p => p.Person);
        foreach (var result in store.Read<StoredResult>("SELECT person, subject, scale, moment, taken, score, file, line FROM result ORDER BY person, subject, taken, moment, score"))
            if (byPerson.TryGetValue(result.Person, out var pupil)) pupil.Results.Add(result);
        foreach (var (person, year, group) in store.Read<(long, int, int)>("SELECT person, school_year, year_group FROM enrolment"))
            if (byPerson.TryGetValue(person, out var pupil)) pupil.Years[year] = group;
        foreach (var (person, until) in store.Read<(long, string)>("SELECT person, until FROM informed"))
            if (byPerson.TryGetValue(person, out var pupil)) pupil.Periods.Add(Rows.Day(until));
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
