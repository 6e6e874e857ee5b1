using System.Globalization;

namespace Groeilijn.Education;

/// <summary>
/// A date of birth of which the day, or day and month, may be unknown (BRON: DD or MMDD are zeros).
/// Written <c>2014-03-09</c>, <c>2014-03-00</c>, <c>2014-00-00</c>. The default value is no date.
/// </summary>
public readonly record struct BirthDate
{
    const int FirstYear = 1900, LastYear = 2100;
    readonly int _packed;

    BirthDate(int year, int month, int day) => _packed = year * 10000 + month * 100 + day;

    /// <summary>A whole date, in the years 1900 to 2100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year lies outside that range.</exception>
    public BirthDate(DateOnly day) : this(day.Year, day.Month, day.Day)
    {
        if (day.Year is < FirstYear or > LastYear) throw new ArgumentOutOfRangeException(nameof(day));
    }

    /// <summary>The date as an integer, yyyymmdd, with zeros for what is unknown.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Packed => _packed != 0 ? _packed : throw new InvalidOperationException("A default BirthDate is no date.");

    /// <summary>The year.</summary>
    public int Year => Packed / 10000;

    /// <summary>The month, 0 when unknown.</summary>
    public int Month => Packed / 100 % 100;

    /// <summary>The day, 0 when unknown.</summary>
    public int Day => Packed % 100;

    /// <summary>Whether day and month are known.</summary>
    public bool IsWhole => Day != 0;

    /// <summary><c>2014-03-09</c>, with zeros for what is unknown. For the delivery and the screen of the school only.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}-{Day:D2}");

    /// <summary>Whether both can be the same day: equal, or one richer than the other ("richer" as the register's own rule calls it).</summary>
    public bool Agrees(BirthDate other) =>
        Year == other.Year
        && (Month == other.Month || Month == 0 || other.Month == 0)
        && (Day == other.Day || Day == 0 || other.Day == 0);

    /// <summary>Reads <c>yyyy-mm-dd</c>, <c>yyyymmdd</c> or <c>dd-mm-yyyy</c> (OSO's gbageboortedatum); unknown parts are zeros and give <see cref="Signal.Partial"/>.</summary>
    public static Parsed<BirthDate> Parse(string? text)
    {
        var t = (text ?? "").Trim();
        if (t.Length == 0) return Parsed<BirthDate>.No(Fault.Empty);
        var (year, month, day) = t.Length switch
        {
            8 => (t[..4], t[4..6], t[6..]),
            10 when t[4] == '-' && t[7] == '-' => (t[..4], t[5..7], t[8..]),
            10 when t[2] == '-' && t[5] == '-' => (t[6..], t[3..5], t[..2]),
            _ => ("", "", ""),
        };
        if (year.Length == 0) return Parsed<BirthDate>.No(Fault.Length);
        return Digits(year) is int y && Digits(month) is int m && Digits(day) is int d ? Of(y, m, d) : Parsed<BirthDate>.No(Fault.Characters);
    }

    static Parsed<BirthDate> Of(int y, int m, int d)
    {
        var exists = y is >= FirstYear and <= LastYear && m <= 12 && (m != 0 || d == 0) && (d == 0 || d <= DateTime.DaysInMonth(y, m));
        if (!exists) return Parsed<BirthDate>.No(Fault.OutOfRange);
        return Parsed<BirthDate>.Of(new BirthDate(y, m, d), d == 0 ? Signal.Partial : Signal.None);
    }

    // int.TryParse alone would also take zero bytes behind the digits.
    static int? Digits(string text) => text.AsSpan().ContainsAnyExceptInRange('0', '9') ? null : int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Masked: a pupil's date of birth never enters a message or a log.</summary>
    public override string ToString() => "BirthDate(****)";
}
