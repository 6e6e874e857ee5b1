using System.Globalization;

namespace Groeilijn.School;

/// <summary>The ways in which systems write a day.</summary>
public enum DateOrder
{
    /// <summary>2015-03-09, 2015/3/9.</summary>
    YearMonthDay,
    /// <summary>09-03-2015, 9/3/15.</summary>
    DayMonthYear,
    /// <summary>03/09/2015.</summary>
    MonthDayYear,
    /// <summary>20150309.</summary>
    YearMonthDayDigits,
    /// <summary>09032015.</summary>
    DayMonthYearDigits,
    /// <summary>9 mrt 2015, 09-maart-15.</summary>
    DayMonthNameYear,
    /// <summary>42072: days since 1900, as spreadsheets count.</summary>
    SpreadsheetDays,
}

/// <summary>
/// Decides in which order the days of a column are written, from all of them together: one day above twelve tells the order of
/// all. Where two orders fit equally well and give different days, nothing is decided.
/// </summary>
sealed class DateOrders
{
    const int Orders = (int)DateOrder.SpreadsheetDays + 1, FirstCentury = 70;
    const double Enough = 0.8;
    readonly int[] _fits = new int[Orders];
    readonly bool[,] _differ = new bool[Orders, Orders];
    int _seen;

    public int LowestYear { get; private set; } = int.MaxValue;

    public int HighestYear { get; private set; }

    public void See(string text)
    {
        _seen++;
        Span<int> read = stackalloc int[Orders];
        for (var i = 0; i < Orders; i++)
            if ((read[i] = Packed((DateOrder)i, text)) > 0)
            {
                _fits[i]++;
                (LowestYear, HighestYear) = (Math.Min(LowestYear, read[i] / 10000), Math.Max(HighestYear, read[i] / 10000));
            }
        for (var i = 0; i < Orders; i++)
            for (var j = 0; j < Orders; j++) _differ[i, j] |= read[i] > 0 && read[j] > 0 && read[i] != read[j];
    }

    /// <summary>Whether nearly all that was seen can be a day.</summary>
    public bool AreDays => _seen > 0 && _fits.Max() >= Enough * _seen;

    /// <summary>Whether they can be nothing but days: they are written with separators or names.</summary>
    public bool AreSurelyDays => AreDays && Best is not (DateOrder.SpreadsheetDays or DateOrder.DayMonthYearDigits or DateOrder.YearMonthDayDigits);

    DateOrder Best => (DateOrder)Array.IndexOf(_fits, _fits.Max());

    /// <summary>The order, or null where a person must say it.</summary>
    public DateOrder? Decided
    {
        get
        {
            var best = (int)Best;
            for (var i = 0; i < Orders; i++)
                if (i != best && _fits[i] == _fits[best] && _differ[i, best]) return null;
            return _fits[best] > 0 ? (DateOrder)best : null;
        }
    }

    /// <summary>The orders among which a person must choose.</summary>
    public IEnumerable<DateOrder> Candidates => Enumerable.Range(0, Orders).Where(i => _fits[i] > 0 && _fits[i] == _fits.Max()).Select(i => (DateOrder)i);

    /// <summary>The day as <c>2015-03-09</c>, unknown parts as zeros; empty when it is none in this order.</summary>
    public static string Read(DateOrder order, string text)
    {
        var packed = Packed(order, text);
        return packed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{packed / 10000:D4}-{packed / 100 % 100:D2}-{packed % 100:D2}");
    }

    public static Words WordsOf(DateOrder order) => order switch
    {
        DateOrder.YearMonthDay => new("jaar-maand-dag", "year-month-day"),
        DateOrder.DayMonthYear => new("dag-maand-jaar", "day-month-year"),
        DateOrder.MonthDayYear => new("maand-dag-jaar", "month-day-year"),
        DateOrder.YearMonthDayDigits => new("jjjjmmdd", "yyyymmdd"),
        DateOrder.DayMonthYearDigits => new("ddmmjjjj", "ddmmyyyy"),
        DateOrder.DayMonthNameYear => new("dag, naam van de maand, jaar", "day, name of the month, year"),
        _ => new("dagen zoals een rekenblad telt", "days as a spreadsheet counts"),
    };

    /// <summary>yyyymmdd as a number; 0 when it is no day in this order.</summary>
    static int Packed(DateOrder order, string text)
    {
        var t = WithoutTime(text.AsSpan().Trim());
        if (t.Length is < 5 or > 24) return 0;
        switch (order)
        {
            case DateOrder.SpreadsheetDays: return Serial(t);
            case DateOrder.YearMonthDayDigits: return t.Length == 8 ? Day(Number(t[..4]), Number(t[4..6]), Number(t[6..])) : 0;
            case DateOrder.DayMonthYearDigits: return t.Length == 8 ? Day(Number(t[4..]), Number(t[2..4]), Number(t[..2])) : 0;
        }
        Span<Range> parts = stackalloc Range[4];
        if (t.SplitAny(parts, "-/. ", StringSplitOptions.RemoveEmptyEntries) != 3) return 0;
        ReadOnlySpan<char> a = t[parts[0]], b = t[parts[1]], c = t[parts[2]];
        return order switch
        {
            DateOrder.YearMonthDay => a.Length == 4 && c.Length <= 2 ? Day(Number(a), Number(b), Number(c)) : 0,
            DateOrder.DayMonthYear => a.Length <= 2 ? Day(Year(c), Number(b), Number(a)) : 0,
            DateOrder.MonthDayYear => a.Length <= 2 ? Day(Year(c), Number(a), Number(b)) : 0,
            _ => a.Length <= 2 ? Day(Year(c), MonthOf(b), Number(a)) : 0,
        };
    }

    static ReadOnlySpan<char> WithoutTime(ReadOnlySpan<char> t)
    {
        var colon = t.IndexOf(':');
        if (colon < 0) return t;
        var end = t[..colon].LastIndexOfAny(' ', 'T');
        return end > 0 ? t[..end].TrimEnd() : t;
    }

    static int Serial(ReadOnlySpan<char> t)
    {
        var point = t.IndexOfAny('.', ',');
        var days = Number(point > 0 ? t[..point] : t);
        if (days is < 20000 or > 60000 || t.Length > 8 && point < 0) return 0;
        var day = new DateOnly(1899, 12, 30).AddDays(days);
        return day.Year * 10000 + day.Month * 100 + day.Day;
    }

    static int Year(ReadOnlySpan<char> t) => (t.Length, Number(t)) switch
    {
        (4, var year) => year,
        (2, >= FirstCentury and var year) => 1900 + year,
        (2, >= 0 and var year) => 2000 + year,
        _ => -1,
    };

    static int Day(int year, int month, int day)
    {
        if (year is < 1900 or > 2100 || month is < 0 or > 12 || day < 0 || month == 0 && day != 0) return 0;
        if (day > 0 && day > DateTime.DaysInMonth(year, month)) return 0;
        return year * 10000 + month * 100 + day;
    }

    static int Number(ReadOnlySpan<char> t) => t.IsEmpty || t.Length > 5 || t.ContainsAnyExceptInRange('0', '9') ? -1 : int.Parse(t, CultureInfo.InvariantCulture);

    static readonly string[] s_months = ["jan", "feb", "mrt maa mar", "apr", "mei may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec"];

    static int MonthOf(ReadOnlySpan<char> t)
    {
        if (t.Length < 3 || !char.IsAsciiLetter(t[0])) return -1;
        var three = t[..3].ToString().ToLowerInvariant();
        return Array.FindIndex(s_months, names => names.Split(' ').Contains(three)) + 1 is > 0 and var month ? month : -1;
    }
}
