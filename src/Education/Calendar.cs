using System.Globalization;

namespace Groeilijn.Education;

/// <summary>A school year, 1 August to 31 July, written <c>2022-2023</c>. The default value is no school year.</summary>
public readonly record struct SchoolYear : IComparable<SchoolYear>
{
    readonly int _start;

    /// <summary>The school year that starts in August of <paramref name="start"/>, 1990 to 2100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year lies outside that range.</exception>
    public SchoolYear(int start)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(start, 1990);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, 2100);
        _start = start;
    }

    /// <summary>The calendar year of August.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Start => _start != 0 ? _start : throw new InvalidOperationException("A default SchoolYear is no year.");

    /// <summary>The calendar year of the end-of-year tests.</summary>
    public int End => Start + 1;

    /// <summary>1 August.</summary>
    public DateOnly FirstDay => new(Start, 8, 1);

    /// <summary>31 July.</summary>
    public DateOnly LastDay => new(End, 7, 31);

    /// <summary>The school year a day falls in.</summary>
    public static SchoolYear Of(DateOnly day) => new(day.Month >= 8 ? day.Year : day.Year - 1);

    /// <summary>Reads <c>2022-2023</c>; the two years must follow each other. There is no last year: the list in EDEXML's schema ends, time does not.</summary>
    public static Parsed<SchoolYear> Parse(string? text)
    {
        var t = (text ?? "").Trim();
        if (t.Length == 0) return Parsed<SchoolYear>.No(Fault.Empty);
        if (t.Length != 9) return Parsed<SchoolYear>.No(Fault.Length);
        if (t[4] != '-' || !int.TryParse(t.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            || !int.TryParse(t.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var end)) return Parsed<SchoolYear>.No(Fault.Characters);
        return end == start + 1 && start is >= 1990 and <= 2100 ? Parsed<SchoolYear>.Of(new SchoolYear(start)) : Parsed<SchoolYear>.No(Fault.OutOfRange);
    }

    /// <summary>By time.</summary>
    public int CompareTo(SchoolYear other) => Start.CompareTo(other.Start);

    /// <summary><c>2022-2023</c>.</summary>
    public override string ToString() => _start == 0 ? "(no school year)" : string.Create(CultureInfo.InvariantCulture, $"{Start}-{End}");
}

/// <summary>The half of the school year a test is made in.</summary>
public enum HalfYear
{
    /// <summary>Midden: the tests of January and February.</summary>
    M = 1,
    /// <summary>Eind: the tests of May and June.</summary>
    E = 2,
}

/// <summary>
/// A year group of primary school, 1 to 8. The pupil's own year group and the year group a test was made for are two things:
/// a pupil in group 6 may take a test of group 5. The default value is no year group.
/// </summary>
public readonly record struct YearGroup : IComparable<YearGroup>
{
    readonly int _number;

    /// <summary>Year group 1 to 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number lies outside 1 to 8.</exception>
    public YearGroup(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 8);
        _number = number;
    }

    /// <summary>1 to 8.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Number => _number != 0 ? _number : throw new InvalidOperationException("A default YearGroup is no year group.");

    /// <summary>
    /// Reads EDEXML's jaargroep. Nursery, secondary, special, combination and newcomer groups (B, D, 0, 11–16, S, V, C, N, H)
    /// exist but take none of these tests: <see cref="Fault.OtherYearGroup"/>.
    /// </summary>
    public static Parsed<YearGroup> Parse(string? text) => (text ?? "").Trim() switch
    {
        "" => Parsed<YearGroup>.No(Fault.Empty),
        [>= '1' and <= '8'] one => Parsed<YearGroup>.Of(new YearGroup(one[0] - '0')),
        "B" or "D" or "0" or "11" or "12" or "13" or "14" or "15" or "16" or "S" or "V" or "C" or "N" or "H" => Parsed<YearGroup>.No(Fault.OtherYearGroup),
        _ => Parsed<YearGroup>.No(Fault.UnknownCode),
    };

    /// <summary>By number.</summary>
    public int CompareTo(YearGroup other) => Number.CompareTo(other.Number);

    /// <summary>The number.</summary>
    public override string ToString() => _number == 0 ? "(no year group)" : _number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// What a test is made for: half-year and year group, <c>M3</c> to <c>E8</c>. It belongs to the test, not to the pupil.
/// The default value is no moment.
/// </summary>
public readonly record struct TestMoment : IComparable<TestMoment>
{
    readonly HalfYear _half;
    readonly YearGroup _group;

    /// <summary>A moment of year group 3 to 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year group is 1 or 2, in which these tests do not exist.</exception>
    public TestMoment(HalfYear half, YearGroup group)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(group.Number, 3);
        if (half is not (HalfYear.M or HalfYear.E)) throw new ArgumentOutOfRangeException(nameof(half));
        (_half, _group) = (half, group);
    }

    /// <summary>Midden or eind.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public HalfYear Half => _half != 0 ? _half : throw new InvalidOperationException("A default TestMoment is no moment.");

    /// <summary>The year group the test is made for, 3 to 8.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public YearGroup Group => _half != 0 ? _group : throw new InvalidOperationException("A default TestMoment is no moment.");

    /// <summary>The half-years since M3: M3 is 0, E3 is 1, M8 is 10.</summary>
    public int Index => (Group.Number - 3) * 2 + (Half == HalfYear.E ? 1 : 0);

    /// <summary>Reads <c>M5</c> or <c>e5</c>.</summary>
    public static Parsed<TestMoment> Parse(string? text)
    {
        var t = Spelling.Upper((text ?? "").Trim());
        if (t.Length == 0) return Parsed<TestMoment>.No(Fault.Empty);
        if (t.Length != 2) return Parsed<TestMoment>.No(Fault.Length);
        if (t[0] is not ('M' or 'E') || !char.IsAsciiDigit(t[1])) return Parsed<TestMoment>.No(Fault.UnknownCode);
        if (t[1] is < '3' or > '8') return Parsed<TestMoment>.No(Fault.OutOfRange);
        return Parsed<TestMoment>.Of(new TestMoment(t[0] == 'M' ? HalfYear.M : HalfYear.E, new YearGroup(t[1] - '0')));
    }

    /// <summary>By time in a school career.</summary>
    public int CompareTo(TestMoment other) => Index.CompareTo(other.Index);

    /// <summary><c>M5</c>.</summary>
    public override string ToString() => _half == 0 ? "(no moment)" : $"{Half}{Group}";
}

/// <summary>
/// A delivery round and the report that follows it: <c>2023-1</c> after the M tests of January and February 2023,
/// <c>2023-2</c> after the E tests of May and June 2023. The default value is no edition.
/// </summary>
public readonly record struct Edition : IComparable<Edition>
{
    const int First = 1991 * 2, Last = 2101 * 2 + 1;
    readonly int _index;

    Edition(int index) => _index = index is >= First and <= Last ? index
        : throw new InvalidOperationException("The calendar of editions runs from 1991-1 to 2101-2.");

    /// <summary>The edition that follows the tests of one half of a school year.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The half is neither M nor E.</exception>
    public Edition(SchoolYear year, HalfYear half)
    {
        if (half is not (HalfYear.M or HalfYear.E)) throw new ArgumentOutOfRangeException(nameof(half));
        _index = year.End * 2 + (half == HalfYear.E ? 1 : 0);
    }

    int Index => _index != 0 ? _index : throw new InvalidOperationException("A default Edition is no edition.");

    /// <summary>The calendar year.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Year => Index / 2;

    /// <summary>Which tests it follows.</summary>
    public HalfYear Half => Index % 2 == 1 ? HalfYear.E : HalfYear.M;

    /// <summary>The school year its tests belong to.</summary>
    public SchoolYear SchoolYear => new(Year - 1);

    /// <summary>Half a year later.</summary>
    /// <exception cref="InvalidOperationException">This is the last edition of the calendar, 2101-2, or <c>default</c>.</exception>
    public Edition Next => new(Index + 1);

    /// <summary>Half a year earlier.</summary>
    /// <exception cref="InvalidOperationException">This is the first edition of the calendar, 1991-1, or <c>default</c>.</exception>
    public Edition Previous => new(Index - 1);

    /// <summary>
    /// The edition whose tests a day belongs to: August to March counts as the M half, April to July as the E half.
    /// Wide on purpose: tests made late or caught up still belong to their half-year.
    /// </summary>
    public static Edition Of(DateOnly day) => new(SchoolYear.Of(day), day.Month is >= 4 and <= 7 ? HalfYear.E : HalfYear.M);

    /// <summary>Reads <c>2023-1</c>.</summary>
    public static Parsed<Edition> Parse(string? text)
    {
        var t = (text ?? "").Trim();
        if (t.Length == 0) return Parsed<Edition>.No(Fault.Empty);
        if (t.Length != 6) return Parsed<Edition>.No(Fault.Length);
        if (t[4] != '-' || !int.TryParse(t.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return Parsed<Edition>.No(Fault.Characters);
        if (t[5] is not ('1' or '2') || year is < 1991 or > 2101) return Parsed<Edition>.No(Fault.OutOfRange);
        return Parsed<Edition>.Of(new Edition(new SchoolYear(year - 1), t[5] == '1' ? HalfYear.M : HalfYear.E));
    }

    /// <summary>By time.</summary>
    public int CompareTo(Edition other) => Index.CompareTo(other.Index);

    /// <summary><c>2023-1</c>.</summary>
    public override string ToString() => _index == 0 ? "(no edition)" : string.Create(CultureInfo.InvariantCulture, $"{Year}-{(int)Half}");
}
