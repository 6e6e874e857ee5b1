using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>What a file turned out to be, by its content.</summary>
public enum FileKind { Unknown, Edexml, UwlrPupils, UwlrResults, AddressCsv, ResultCsv, ObjectionCsv }

/// <summary>What a file says of its school.</summary>
sealed class SchoolHeader
{
    public string? SchoolYear, Brin, Dependance, Reference, Created;
    public int Line;
}

/// <summary>A pupil as the file has it, for as long as the import runs. Sensitive fields have no place to be put.</summary>
sealed class PupilRow
{
    public int Line;
    public string Key = "", Eck = "", FirstName = "", Prefix = "", LastName = "";
    public string Born = "", Sex = "", YearGroup = "", Group = "", Location = "";
    public string Number = "", NumberColumn = "", Postcode = "", Entered = "", Left = "";
}

/// <summary>An address as the file has it.</summary>
sealed record AddressRow(int Line, string Key, string Eck, string Postcode, string House, string Letter, string Addition);

/// <summary>A result of one of our tests as the file has it.</summary>
sealed class ResultRow
{
    public int Line;
    public string Key = "", Eck = "", Taken = "", Test = "", Score = "", ResultKey = "";
}

/// <summary>A group of the file: a pupil without a year group has that of the group.</summary>
sealed record GroupRow(string Key, string YearGroup);

/// <summary>A location of the school in the file, its number when the file gives one.</summary>
sealed record LocationRow(string Key, string Dependance);

/// <summary>Everything one file said, before anything is joined or kept.</summary>
sealed class Reading(string file)
{
    public string File { get; } = file;
    public FileKind Kind { get; set; }
    public SchoolHeader? School { get; set; }
    public List<PupilRow> Pupils { get; } = [];
    public List<AddressRow> Addresses { get; } = [];
    public List<ResultRow> Results { get; } = [];
    public List<GroupRow> Groups { get; } = [];
    public List<LocationRow> Locations { get; } = [];
    public HashSet<string>? DeclaredTests { get; set; }
    public int OtherTests { get; set; }
    public List<Finding> Findings { get; } = [];
    public byte[] Sha256 { get; set; } = [];
    public long Bytes { get; set; }

    public void Find(Rule rule, int line = 0, string column = "") => Findings.Add(new(rule, new(File, line, column)));

    /// <summary>Keeps a result when its test is one of ours; counts it otherwise.</summary>
    public void Keep(ResultRow row)
    {
        if (TestCatalogue.TryFind(row.Test, out _, out _)) Results.Add(row);
        else OtherTests++;
    }
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
