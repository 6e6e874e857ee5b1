using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Takes in an export: reads every file, joins them, and replaces the picture of who is enrolled. One import is one
/// transaction: all of it is stored or none. Objections, letters and deliveries stay as they are.
/// </summary>
public static class Import
{
    /// <summary>100 MB a file: a hundred times the export of a large school.</summary>
    public const long UsualMostBytes = 100L << 20;

    /// <summary>Runs an import of the files of one export.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="files">Paths of the files, see the other form.</param>
    /// <param name="reference">The day of the export; by default the day the files give, or today.</param>
    /// <param name="mostBytes">The size above which a file is refused unread.</param>
    public static ImportOutcome Run(SchoolHome home, IReadOnlyList<string> files, DateOnly? reference = null, long mostBytes = UsualMostBytes) =>
        Run(home, [.. files.Select(ImportFile.OfPath)], reference, mostBytes);

    /// <summary>Runs an import of the files of one export, of which nothing is written anywhere but what is kept in the home.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="files">EDEXML, UWLR, OSO dossiers, participants of the doorstroomtoets, and addresses and results as tables; recognised by their content.</param>
    /// <param name="reference">The day of the export; by default the day the files give, or today.</param>
    /// <param name="mostBytes">The size above which a file is refused unread.</param>
    /// <param name="progress">Hears how far the reading is, at most a hundred times a file.</param>
    public static ImportOutcome Run(SchoolHome home, IReadOnlyList<ImportFile> files, DateOnly? reference = null, long mostBytes = UsualMostBytes, IProgress<ImportProgress>? progress = null)
    {
        var mappings = ConfirmedMappings.Of(home);
        var readings = files.Select((file, i) => FileReading.Read(file, i + 1, mostBytes, home.Clock, Tell(progress, i + 1, files.Count), mappings)).ToList();
        Sources.ShareStructure(readings);
        if (Refusals(readings, home.Profile) is { Count: > 0 } refusals) return ImportOutcome.Refused(refusals, Read(readings));

        Sources.Settle(readings);
        var day = reference ?? DayOfExport(readings) ?? home.Today;
        var year = SchoolYearOf(readings, day);
        var joined = Joining.Of(readings, home.Profile, day);
        if (joined.Pupils.Count == 0) return ImportOutcome.Refused([new(Rules.NoPupils, Place.None), .. joined.Findings], Read(readings));
        if (joined.Pupils.All(p => p.Findings.Any(f => f.Rule == Rules.OtherLocation))) return ImportOutcome.Refused([new(Rules.OtherSchool, joined.Pupils[0].Findings[0].Place)], Read(readings));
        Signals(readings, joined);
        return Picture.Replace(home, joined, readings, day, year);
    }

    /// <summary>Passes on every hundredth of the way.</summary>
    static Action<long, long> Tell(IProgress<ImportProgress>? progress, int file, int files)
    {
        if (progress is null) return (_, _) => { };
        var told = -1L;
        return (bytes, length) =>
        {
            var hundredths = length == 0 ? 100 : bytes * 100 / length;
            if (hundredths <= told) return;
            told = hundredths;
            progress.Report(new(file, files, bytes, length));
        };
    }

    static List<Finding> Refusals(List<Reading> readings, SchoolProfile profile)
    {
        var refusals = readings.SelectMany(r => r.Findings).Where(f => f.Rule.Severity == Severity.RefusesFile).ToList();
        foreach (var reading in readings)
            if (reading.School is { } school && Named(school) is { } location && !Fits(location, school, reading, profile.Location))
                refusals.Add(new(Rules.OtherSchool, new(reading.File, school.Line, "brincode")));
        return refusals;
    }

    static SchoolLocation? Named(SchoolHeader school) => string.IsNullOrEmpty(school.Brin) ? null
        : school.Brin.Length > 4 ? SchoolLocation.Parse(school.Brin).OrNull ?? Unreadable
        : SchoolLocation.Parse(school.Brin, school.Dependance).OrNull ?? Unreadable;

    /// <summary>A code that cannot be read is not the code of this school.</summary>
    static readonly SchoolLocation Unreadable = SchoolLocation.Parse("00ZZ99").Value;

    /// <summary>A file may speak of the whole institution when its pupils say to which location they belong; results follow their pupils.</summary>
    static bool Fits(SchoolLocation named, SchoolHeader school, Reading reading, SchoolLocation own) =>
        named == own || named.Brin == own.Brin && string.IsNullOrEmpty(school.Dependance?.Trim('0'))
            && (reading.Pupils.Count == 0 || reading.Locations.Any(l => l.Dependance.PadLeft(2, '0') == own.Vestiging));

    /// <summary>The day the files were made, when every file with pupils or results gives one; a reference date alone says nothing of later tests.</summary>
    static DateOnly? DayOfExport(List<Reading> readings)
    {
        var days = readings.Where(r => r.Kind is FileKind.ResultCsv or FileKind.UwlrResults || r.Pupils.Count > 0 || r.Results.Count > 0).Select(r => SchoolDay(r.School?.Created)).ToList();
        return days.Count > 0 && days.TrueForAll(day => day is not null) ? days.Max() : null;
    }

    /// <summary>A whole day that lies in a school year of this program; a day of another century is a slip.</summary>
    internal static DateOnly? SchoolDay(string? text) => Joining.Day(text ?? "") is { Year: > 1990 and < 2100 } day ? day : null;

    static SchoolYear SchoolYearOf(List<Reading> readings, DateOnly day) =>
        readings.Where(r => r.Pupils.Count > 0).Select(r => SchoolYear.Parse(r.School?.SchoolYear).OrNull).FirstOrDefault(y => y is not null) ?? SchoolYear.Of(day);

    static void Signals(List<Reading> readings, Joining joined)
    {
        foreach (var reading in readings.Where(r => r.School is not null))
        {
            if (string.IsNullOrEmpty(reading.School!.Brin)) joined.Findings.Add(new(Rules.SchoolNotNamed, new(reading.File, reading.School.Line, "school")));
            if (!SchoolYear.Parse(reading.School.SchoolYear).Ok) joined.Findings.Add(new(Rules.SchoolYearUnread, new(reading.File, reading.School.Line, "schooljaar")));
        }
    }

    static List<ImportedFile> Read(IEnumerable<Reading> readings) => [.. readings.Select(ImportedFile.Of)];
}

/// <summary>What an import did. When it was refused nothing was stored and the findings say why.</summary>
public sealed record ImportOutcome(bool Stored, IReadOnlyList<Finding> Findings, IReadOnlyList<ImportedFile> Files, DateOnly Reference, string SchoolYear, int Pupils, int Results, int OtherTests, int Gone)
{
    internal static ImportOutcome Refused(IReadOnlyList<Finding> why, IReadOnlyList<ImportedFile> files) => new(false, why, files, default, "", 0, 0, 0, 0);
}
