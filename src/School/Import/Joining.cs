using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>A pupil of the export with everything that belongs to it, in values that cannot be wrong.</summary>
sealed class JoinedPupil
{
    public required string File { get; init; }
    public required int Line { get; init; }
    public string Key = "", Name = "", Who = "", Group = "";
    public EckId? Eck;
    public PersonNumber? Number;
    public Sex Sex;
    public BirthDate? Born;
    public PostcodeNl? Postcode;
    public HouseNumber? House;
    public string? YearGroup;
    public long Person;
    public List<JoinedResult> Results { get; } = [];
    public List<(string Taken, string YearGroup)> YearGroupsAtTests { get; init; } = [];
    public List<Finding> Findings { get; } = [];

    public void Find(Rule rule, string column = "") => Findings.Add(new(rule, new(File, Line, column)));
}

/// <summary>A result with its test found in the catalogue.</summary>
sealed record JoinedResult(TestScale Scale, TestMoment Moment, DateOnly Taken, int Tenths, string File, int Line);

/// <summary>
/// Joins what the files say: pupils, then addresses, then results, on ECK iD or key, and where a table says more
/// on number or on name and birth date. The schemas do not hold references
/// together (the key constraints of UWLR match nothing), so it is done here and what does not join is found.
/// </summary>
sealed class Joining
{
    readonly Dictionary<string, JoinedPupil> _byKey = new(StringComparer.Ordinal);
    readonly Dictionary<EckId, JoinedPupil> _byEck = [];
    readonly Dictionary<string, JoinedPupil?> _byNumber = new(StringComparer.Ordinal), _byWho = new(StringComparer.Ordinal);
    readonly Dictionary<PupilMarks, JoinedPupil?> _whose = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<(Reading, PupilMarks), UnjoinedRows> _unjoined = [];

    public List<JoinedPupil> Pupils { get; } = [];
    public List<Finding> Findings { get; } = [];

    /// <summary>What belongs to nobody by itself; a person may say whose it is.</summary>
    public IReadOnlyCollection<UnjoinedRows> Unjoined => _unjoined.Values;

    public HashSet<Edition> Halves { get; } = [];
    public int OtherTests { get; private set; }

    public static Joining Of(IReadOnlyList<Reading> readings, SchoolProfile profile, DateOnly reference)
    {
        var joining = new Joining();
        foreach (var reading in readings)
        {
            joining.Findings.AddRange(reading.Findings);
            joining.OtherTests += reading.OtherTests;
            if (reading.OtherTests > 0) joining.Findings.Add(new(Rules.TestOther, new(reading.File, 0, "toetscode"), null, reading.OtherTests));
            foreach (var row in reading.Pupils) joining.Add(row, reading, profile, reference);
        }
        joining.Index();
        foreach (var reading in readings) joining.Addresses(reading);
        foreach (var reading in readings) joining.Results(reading);
        return joining;
    }

    void Add(PupilRow row, Reading reading, SchoolProfile profile, DateOnly reference)
    {
        var pupil = new JoinedPupil
        {
            File = reading.File,
            Line = row.Line,
            Key = row.Key,
            YearGroupsAtTests = row.YearGroupsAtTests,
            Group = row.Group,
            Name = string.Join(' ', new[] { row.FirstName, row.Prefix, row.LastName }.Where(part => part.Length > 0)),
        };
        Identify(pupil, row);
        Describe(pupil, row);
        Place(pupil, row, reading, profile, reference);
        pupil.Who = Who(pupil, row);
        Pupils.Add(pupil);
    }

    static void Identify(JoinedPupil pupil, PupilRow row)
    {
        if (row.Key.StartsWith('#')) pupil.Find(Rules.KeyUnstable, "@key");
        if (row.Eck.Length > 0)
        {
            var eck = EckId.Parse(row.Eck);
            pupil.Eck = eck.OrNull;
            if (!eck.Ok) pupil.Find(Rules.EckUnread, "@eckid");
            else if (eck.Signal == Signal.Pilot) pupil.Find(Rules.EckPilot, "@eckid");
        }
        if (row.Key.Length == 0 && pupil.Eck is null) pupil.Find(Rules.KeyMissing, "@key");
        if (row.NumberColumn == EdexmlFile.LastFour) pupil.Find(Rules.NumberLastFour, row.NumberColumn);
        else if (row.Number.Length == 0) pupil.Find(Rules.NumberMissing);
        else ReadNumber(pupil, row);
    }

    static void ReadNumber(JoinedPupil pupil, PupilRow row)
    {
        var number = PersonNumber.Parse(row.Number);
        pupil.Number = number.OrNull;
        if (!number.Ok) pupil.Find(number.Fault == Fault.ElevenTest ? Rules.NumberElevenTest : Rules.NumberUnread, row.NumberColumn);
        else if (number.Signal == Signal.Padded) pupil.Find(Rules.NumberPadded, row.NumberColumn);
        else if (number.Signal == Signal.ModuloReading) pupil.Find(Rules.NumberModulo, row.NumberColumn);
        if (number.Ok && (number.Value.Kind == NumberKind.Onderwijsnummer) != (row.NumberColumn == "onderwijsnummer")) pupil.Find(Rules.NumberOtherField, row.NumberColumn);
    }

    static void Describe(JoinedPupil pupil, PupilRow row)
    {
        var born = BirthDate.Parse(DayOf(row.Born));
        pupil.Born = born.OrNull;
        if (!born.Ok) pupil.Find(Rules.BornMissing, "geboortedatum");
        else if (born.Signal == Signal.Partial) pupil.Find(Rules.BornPartial, "geboortedatum");
        if (row.Sex.Length > 0 && !SexCodes.TryRead(SexCoding.Edexml, row.Sex, out pupil.Sex)) pupil.Find(Rules.SexUnread, "geslacht");
        else if (pupil.Sex == Sex.Unknown) pupil.Find(Rules.SexMissing, "geslacht");
        if (row.Postcode.Length == 0) return;
        var postcode = PostcodeNl.Parse(row.Postcode);
        pupil.Postcode = postcode.OrNull;
        if (!postcode.Ok) pupil.Find(Rules.PostcodeUnread, "postcodenl");
    }

    static void Place(JoinedPupil pupil, PupilRow row, Reading reading, SchoolProfile profile, DateOnly reference)
    {
        var group = row.Group.Length == 0 ? null : reading.Groups.Find(g => g.Key == row.Group);
        if (row.Group.Length > 0 && group is null) pupil.Find(Rules.GroupUnknown, "groep");
        // The pupil's own year group goes before the group's: in a combination group (C) they differ.
        var yearGroup = row.YearGroup.Length > 0 ? row.YearGroup : group is { YearGroup: not "C" } ? group.YearGroup : "";
        var parsed = YearGroup.Parse(yearGroup);
        if (parsed.Ok || parsed.Fault == Fault.OtherYearGroup) pupil.YearGroup = yearGroup;
        else pupil.Find(Rules.YearGroupMissing, "jaargroep");
        if (pupil.YearGroup is not (null or "3" or "4" or "5" or "6" or "7" or "8")) pupil.Find(Rules.YearGroupOther, "jaargroep");

        if (Day(row.Left) is { } left && left <= reference) pupil.Find(Rules.AlreadyLeft, "uitstroomdatum");
        if (Day(row.Entered) is { } entered && entered > reference) pupil.Find(Rules.NotYetEntered, "instroomdatum");
        if (row.Location.Length == 0) return;
        var location = reading.Locations.Find(l => l.Key == row.Location);
        if (location is null) pupil.Find(Rules.LocationUnknown, "vestiging");
        else if (location.Dependance.Length > 0 && location.Dependance.PadLeft(2, '0') != profile.Location.Vestiging) pupil.Find(Rules.OtherLocation, "vestiging");
    }

    /// <summary>Finds who shares what nobody may share, and makes the two indexes.</summary>
    void Index()
    {
        Doubles.Merge(Pupils);
        Doubles.Find(Pupils);
        foreach (var same in Pupils.Where(p => p.Eck is not null).GroupBy(p => p.Eck!.Value).Where(g => g.Count() > 1))
            foreach (var pupil in same) (pupil.Eck, _) = ((EckId?)null, Found(pupil, Rules.EckShared, "@eckid"));
        foreach (var same in Pupils.Where(p => p.Key.Length > 0).GroupBy(p => p.Key, StringComparer.Ordinal).Where(g => g.Count() > 1))
            foreach (var pupil in same) Found(pupil, Rules.KeyShared, "@key");
        foreach (var same in Pupils.Where(p => p.Number is not null).GroupBy(p => p.Number!.Value).Where(g => g.Count() > 1))
            foreach (var pupil in same) Found(pupil, Rules.NumberShared, "bsn");
        foreach (var pupil in Pupils)
        {
            if (pupil.Key.Length > 0) _byKey.TryAdd(pupil.Key, pupil);
            if (pupil.Eck is { } eck) _byEck.TryAdd(eck, pupil);
            if (pupil.Number is { } number) Only(_byNumber, number.Digits, pupil);
            if (PupilMarks.WhoOf(pupil.Name, pupil.Born?.Text ?? "") is { Length: > 0 } who) Only(_byWho, who, pupil);
        }

        // What two pupils share points to neither.
        static void Only(Dictionary<string, JoinedPupil?> index, string mark, JoinedPupil pupil)
        {
            if (!index.TryAdd(mark, pupil)) index[mark] = null;
        }

        static bool Found(JoinedPupil pupil, Rule rule, string column)
        {
            pupil.Find(rule, column);
            return true;
        }
    }

    /// <summary>ECK iD first, then key; where a table says more, then a number or a name with birth date that one pupil alone has.</summary>
    JoinedPupil? Whose(string key, string eck, PupilMarks? marks, Reading reading, int line)
    {
        if (marks is null) return Whose(key, eck);
        if (_whose.TryGetValue(marks, out var known)) return known;
        var pupil = Whose("", eck) ?? Whose(key, "");
        if (pupil is not null && pupil.Key == key && IsOther(pupil, marks))
        {
            Findings.Add(new(Rules.KeyOfOther, new(reading.File, line, "")));
            pupil = null;
        }
        return _whose[marks] = pupil ?? (marks.Number.Length > 0 ? _byNumber.GetValueOrDefault(marks.Number) : null) ?? (marks.Who.Length > 0 ? _byWho.GetValueOrDefault(marks.Who) : null);
    }

    JoinedPupil? Whose(string key, string eck) =>
        eck.Length > 0 && EckId.Parse(eck).OrNull is { } id && _byEck.TryGetValue(id, out var byEck) ? byEck : _byKey.GetValueOrDefault(key);

    /// <summary>Two systems can give one key to two children: name and birth date then both differ.</summary>
    static bool IsOther(JoinedPupil pupil, PupilMarks marks) =>
        marks.Who.Length > 0 && pupil.Born is { IsWhole: true } born && pupil.Name.Length > 0 && born.Text != marks.Born && Alike.Person(pupil.Name) != Alike.Person(marks.Name);

    UnjoinedRows Keep(string key, string eck, PupilMarks? marks, Reading reading, int line)
    {
        var whose = marks ?? new PupilMarks(key, eck, "", "", "", reading.Kind.ToString());
        if (!_unjoined.TryGetValue((reading, whose), out var rows)) _unjoined[(reading, whose)] = rows = new(whose, reading.File, line);
        return rows;
    }

    void Addresses(Reading reading)
    {
        var seen = new HashSet<JoinedPupil>();
        foreach (var row in reading.Addresses)
        {
            if (Whose(row.Key, row.Eck, row.Marks, reading, row.Line) is not { } pupil) { Keep(row.Key, row.Eck, row.Marks, reading, row.Line).Addresses.Add(row); continue; }
            if (!seen.Add(pupil)) pupil.Findings.Add(new(Rules.AddressTwice, new(reading.File, row.Line, "")));
            TakeAddress(pupil, row, reading.File);
        }
    }

    internal static void TakeAddress(JoinedPupil pupil, AddressRow row, string file)
    {
        var postcode = PostcodeNl.Parse(row.Postcode);
        if (!postcode.Ok && row.Postcode.Length > 0) pupil.Findings.Add(new(Rules.PostcodeUnread, new(file, row.Line, "postcode")));
        if (postcode.Ok && pupil.Postcode is { } other && other != postcode.Value) pupil.Findings.Add(new(Rules.AddressDiffers, new(file, row.Line, "postcode")));
        pupil.Postcode = postcode.OrNull ?? pupil.Postcode;
        var house = HouseNumber.Parse(row.House, row.Letter, row.Addition);
        if (!house.Ok && row.House.Length > 0) pupil.Findings.Add(new(Rules.HouseUnread, new(file, row.Line, "huisnummer")));
        pupil.House = house.OrNull;
    }

    void Results(Reading reading)
    {
        foreach (var row in reading.Results)
        {
            var pupil = Whose(row.Key, row.Eck, row.Marks, reading, row.Line);
            if (reading.DeclaredTests is { } declared && !declared.Contains(row.Test)) Findings.Add(new(Rules.TestUndeclared, new(reading.File, row.Line, "toetscode"), null));
            var (result, finding) = Result(row, reading.File);
            if (pupil is null)
            {
                Keep(row.Key, row.Eck, row.Marks, reading, row.Line).Take(result, finding);
                continue;
            }
            if (finding is not null) pupil.Findings.Add(finding);
            if (result is not null) Take(pupil, result);
        }
        OlderYears(reading);
    }

    internal void Take(JoinedPupil pupil, JoinedResult result)
    {
        pupil.Results.Add(result);
        Halves.Add(Edition.Of(result.Taken));
    }

    /// <summary>When everything is joined, by itself and by hand.</summary>
    public void Settle()
    {
        foreach (var pupil in Pupils) Settle(pupil);
    }

    static (JoinedResult?, Finding?) Result(ResultRow row, string file)
    {
        TestCatalogue.TryFind(row.Test, out var scale, out var moment);
        if (Import.SchoolDay(row.Taken) is not { } taken) return (null, new(Rules.TakenUnread, new(file, row.Line, "afnamedatum")));
        if (row.Score.Length == 0) return (null, new(Rules.ScoreAbsent, new(file, row.Line, "vaardigheidsscore")));
        var score = AbilityScore.Parse(scale, row.Score);
        if (!score.Ok || ScoreNorms.Impossible(scale, score.Value.Tenths)) return (null, new(Rules.ScoreUnread, new(file, row.Line, "vaardigheidsscore")));
        var rounded = score.Signal == Signal.Rounded ? new Finding(Rules.ScoreRounded, new(file, row.Line, "vaardigheidsscore")) : null;
        return (new(scale, moment, taken, score.Value.Tenths, file, row.Line), rounded);
    }

    /// <summary>Exports grow over the years, so older results are usual: one finding a file with their number, not one each.</summary>
    void OlderYears(Reading reading)
    {
        if (SchoolYear.Parse(reading.School?.SchoolYear).OrNull is not { } year) return;
        var outside = reading.Results.Count(row => Day(row.Taken) is { } taken && (taken < year.FirstDay || taken > year.LastDay));
        if (outside > 0) Findings.Add(new(Rules.TakenOtherYear, new(reading.File, reading.School!.Line, "schooljaar"), null, outside));
    }

    /// <summary>What is said twice goes along once; what is said in two ways does not go along.</summary>
    static void Settle(JoinedPupil pupil)
    {
        if (pupil.Postcode is null || pupil.House is null) pupil.Find(Rules.AddressMissing);
        foreach (var same in pupil.Results.GroupBy(r => (r.Scale, r.Moment, r.Taken)).Where(g => g.Count() > 1).ToList())
        {
            var agree = same.All(r => r.Tenths == same.First().Tenths);
            pupil.Findings.Add(new(agree ? Rules.ResultTwice : Rules.ResultConflict, new(same.Last().File, same.Last().Line, "")));
            foreach (var result in agree ? same.Skip(1) : same) pupil.Results.Remove(result);
        }
    }

    internal static DateOnly? Day(string text) => BirthDate.Parse(DayOf(text)).OrNull is { IsWhole: true } day ? new DateOnly(day.Year, day.Month, day.Day) : null;

    /// <summary>A day without the time or zone that some systems put behind it.</summary>
    static string DayOf(string text) => text.Length > 10 && text[10] is 'T' or 'Z' or '+' or '-' or ' ' ? text[..10] : text;

    static string Who(JoinedPupil pupil, PupilRow row)
    {
        if (pupil.Born is not { IsWhole: true } born || row.FirstName.Length == 0 || row.LastName.Length == 0) return "";
        var text = string.Create(CultureInfo.InvariantCulture, $"{born.Packed}|{row.FirstName}|{row.Prefix}|{row.LastName}").ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
