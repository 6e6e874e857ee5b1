using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>What a file turned out to be, by its content.</summary>
public enum FileKind { Unknown, Edexml, UwlrPupils, UwlrResults, AddressCsv, ResultCsv, ObjectionCsv, UwlrStructure, OsoDossier, NextTestParticipants, NextTestResults, PupilCsv }

/// <summary>What a file says of its school.</summary>
sealed class SchoolHeader
{
    public string? SchoolYear, Brin, Dependance, Reference, Created, Xsd;
    public int Line;
}

/// <summary>A pupil as the file has it, for as long as the import runs. Sensitive fields have no place to be put.</summary>
sealed class PupilRow
{
    public int Line;
    public string Key = "", Eck = "", FirstName = "", Prefix = "", LastName = "";
    public string Born = "", Sex = "", YearGroup = "", Group = "", Location = "";
    public string Number = "", NumberColumn = "", Postcode = "", Entered = "", Left = "";

    /// <summary>The year group at a test of that day, where the file gives it.</summary>
    public List<(string Taken, string YearGroup)> YearGroupsAtTests { get; } = [];
}

/// <summary>An address as the file has it.</summary>
sealed record AddressRow(int Line, string Key, string Eck, string Postcode, string House, string Letter, string Addition)
{
    /// <summary>All that a table says of whose it is; null where a file has keys alone.</summary>
    public PupilMarks? Marks { get; init; }
}

/// <summary>A result of one of our tests as the file has it.</summary>
sealed class ResultRow
{
    public int Line;
    public string Key = "", Eck = "", Taken = "", Test = "", Score = "", ResultKey = "";

    /// <summary>All that a table says of whose it is; null where a file has keys alone.</summary>
    public PupilMarks? Marks;

    /// <summary>A result of a part of the test: another scale than the test's own.</summary>
    public bool IsPart;
}

/// <summary>A group of the file: a pupil without a year group has that of the group.</summary>
sealed record GroupRow(string Key, string YearGroup);

/// <summary>A location of the school in the file, its number when the file gives one.</summary>
sealed record LocationRow(string Key, string Dependance);

/// <summary>Everything one file said, before anything is joined or kept.</summary>
sealed class Reading(string name)
{
    /// <summary>More than any school has: a file with more is no export of one school, and joining it would take for ever.</summary>
    internal const int MostPupils = 20_000, MostGroups = 1_000, MostResults = 1_000_000, MostTests = 10_000;

    readonly Dictionary<Rule, int> _bent = [];

    /// <summary>The name of the file as it was given.</summary>
    public string Name { get; } = name;

    /// <summary>What it is called in what is found and kept.</summary>
    public string File { get; set; } = name;

    public FileKind Kind { get; set; }
    public string Version { get; set; } = "";
    public SchoolHeader? School { get; set; }
    public List<PupilRow> Pupils { get; } = [];
    public List<AddressRow> Addresses { get; } = [];
    public List<ResultRow> Results { get; } = [];
    public List<GroupRow> Groups { get; } = [];
    public List<LocationRow> Locations { get; } = [];
    public HashSet<string>? DeclaredTests { get; set; }
    public int OtherTests { get; set; }

    /// <summary>How many pupils of another file it filled in.</summary>
    public int Completed { get; set; }

    public List<Finding> Findings { get; } = [];
    public byte[] Sha256 { get; set; } = [];
    public long Bytes { get; set; }

    public void Find(Rule rule, int line = 0, string column = "") => Findings.Add(new(rule, new(File, line, column)));

    /// <summary>Notes something that was put up with: one finding a rule, at its first place, with how often.</summary>
    public void Bend(Rule rule, int line = 0, string column = "", int count = 1)
    {
        if (_bent.TryGetValue(rule, out var at)) Findings[at] = Findings[at] with { Count = Findings[at].Count + count };
        else
        {
            _bent[rule] = Findings.Count;
            Findings.Add(new(rule, new(File, line, column), null, count));
        }
    }

    public void Add(PupilRow pupil)
    {
        if (Pupils.Count == MostPupils) throw new FileRefused(Rules.FileTooMany, pupil.Line, "leerling");
        Pupils.Add(pupil);
    }

    public void Add(GroupRow group, int line)
    {
        if (Groups.Count == MostGroups) throw new FileRefused(Rules.FileTooMany, line, "groep");
        if (Groups.Exists(g => g.Key == group.Key)) Bend(Rules.FileGroupTwice, line, "groep/@key");
        Groups.Add(group);
    }

    public void Add(LocationRow location, int line)
    {
        if (Locations.Count == MostGroups) throw new FileRefused(Rules.FileTooMany, line, "vestiging");
        if (Locations.Exists(l => l.Key == location.Key)) Bend(Rules.FileGroupTwice, line, "vestiging/@key");
        Locations.Add(location);
    }

    public void Declare(string test, int line)
    {
        DeclaredTests ??= new(StringComparer.OrdinalIgnoreCase);
        if (DeclaredTests.Add(test) && DeclaredTests.Count > MostTests) throw new FileRefused(Rules.FileTooMany, line, "toets");
    }

    /// <summary>Keeps a result when its test is one of ours; counts it otherwise.</summary>
    public void Keep(ResultRow row)
    {
        if (Results.Count + OtherTests >= MostResults) throw new FileRefused(Rules.FileTooMany, row.Line, "resultaat");
        if (!row.IsPart && IsOurs(row.Test)) Results.Add(row);
        else OtherTests++;
    }

    /// <summary>Whether a test is one of the programme.</summary>
    public static bool IsOurs(string test) => TestCatalogue.TryFind(test, out _, out _);
}

/// <summary>Stops the reading of a file from deep inside it; caught by <see cref="FileReading"/> and turned into a finding.</summary>
#pragma warning disable CA1032, CA1064 // never leaves the reader
sealed class FileRefused(Rule rule, int line = 0, string column = "") : Exception
#pragma warning restore CA1032, CA1064
{
    public Rule Rule { get; } = rule;
    public int Line { get; } = line;
    public string Column { get; } = column;
}
