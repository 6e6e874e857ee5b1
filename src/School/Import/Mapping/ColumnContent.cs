using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// What stands in a column, counted: how many cells can be a number of a person, a postcode, a day and so on. Of the cells
/// themselves at most a handful of short words is held while it looks, to read codes of sex; none leaves it.
/// </summary>
sealed class ColumnContent
{
    const int MostWords = 12, LongestWord = 12, MostCounted = 30_000, MostNamesOfTests = 200;
    const double Nearly = 0.9;
    readonly HashSet<string> _words = new(StringComparer.Ordinal);
    readonly HashSet<int> _different = [];
    readonly Dictionary<string, bool> _namesOfTests = new(StringComparer.Ordinal);
    int _rows, _filled, _nineDigits, _passing, _eck, _postcodes, _moments, _codes, _numbers, _decimals, _groups, _houses, _letters, _long, _several, _tests;

    public DateOrders Days { get; } = new();

    public DecimalSigns Signs { get; } = new();

    public void See(string cell)
    {
        _rows++;
        if (cell.Length == 0) return;
        _filled++;
        if (_different.Count < MostCounted) _different.Add(string.GetHashCode(cell, StringComparison.Ordinal));
        if (_words.Count <= MostWords && cell.Length <= LongestWord) _words.Add(cell.ToLowerInvariant());
        if (cell.Length > LongestWord) _long++;
        Days.See(cell);
        var digits = !cell.AsSpan().ContainsAnyExceptInRange('0', '9');
        if (digits && cell.Length is >= 7 and <= 9)
        {
            _nineDigits++;
            if (PersonNumber.Parse(cell).Ok) _passing++;
        }
        if (cell.Length > 100 && EckId.Parse(cell).Ok) _eck++;
        if (cell.Length is 6 or 7 && PostcodeNl.Parse(cell).Ok) _postcodes++;
        if (cell.Length == 2 && TestMoment.Parse(cell).Ok) _moments++;
        if (TestCatalogue.TryFind(cell, out _, out _)) _codes++;
        if (YearGroups.Read(cell).Length > 0) _groups++;
        if (char.IsAsciiDigit(cell[0]) && cell.Length <= 10 && HouseNumber.Parse(cell).Ok) _houses++;
        if (cell.AsSpan().IndexOfAnyInRange('A', 'z') >= 0 && !cell.AsSpan().ContainsAnyInRange('0', '9')) _letters++;
        if (cell.Contains(' ', StringComparison.Ordinal) || cell.Contains(',', StringComparison.Ordinal)) _several++;
        if (NamesTest(cell)) _tests++;
        if (!DecimalSigns.IsNumber(cell)) return;
        _numbers++;
        Signs.See(cell);
        if (!digits) _decimals++;
    }

    /// <summary>A table has few names of tests, so more than a few different texts are none.</summary>
    bool NamesTest(string cell)
    {
        if (_namesOfTests.TryGetValue(cell, out var known)) return known;
        if (_namesOfTests.Count == MostNamesOfTests || cell.Length > 80) return false;
        var test = TestNames.Read(cell);
        return _namesOfTests[cell] = test.Subject is not null || test.Other;
    }

    bool Mostly(int count) => _filled > 0 && count >= Nearly * _filled;

    public bool IsEmpty => _filled == 0;
    public bool AreNumbersOfPersons => Mostly(_nineDigits) && Mostly(_passing);
    public bool AreEckIds => Mostly(_eck);
    public bool ArePostcodes => Mostly(_postcodes);
    public bool AreNamesOfTests => Mostly(_tests);
    public bool AreMoments => Mostly(_moments);
    public bool AreTestCodes => _filled > 0 && _codes * 2 >= _filled;
    public bool AreNumbers => Mostly(_numbers);
    public bool HaveDecimals => AreNumbers && _decimals * 2 >= _filled;
    public bool AreYearGroups => Mostly(_groups);
    public bool AreHouseNumbers => Mostly(_houses);
    public bool AreLetters => Mostly(_letters);
    public bool AreFullNames => AreLetters && _several * 2 >= _filled;
    public bool AreDays => Days.AreDays && !AreNumbersOfPersons;
    public bool AreAllDifferent => _filled > 1 && _different.Count >= Math.Min(_filled, MostCounted) * 0.999;

    /// <summary>Ways in which all cells can be codes of sex.</summary>
    public List<SexWriting> Sexes => _long == 0 && _words.Count is > 0 and <= 6 ? SexWritings.Fitting(_words) : [];

    /// <summary>What stands there, in words.</summary>
    public Words Shape
    {
        get
        {
            if (IsEmpty) return new("leeg", "empty");
            var shape = What;
            var share = _filled * 100 / _rows;
            return share >= 99 ? shape : new($"{shape.Dutch}; {Math.Max(share, 1)}% gevuld", $"{shape.English}; {Math.Max(share, 1)}% filled");
        }
    }

    Words What => AreEckIds ? new("ECK iD's", "ECK iDs")
        : AreNumbersOfPersons ? new("negen cijfers die aan de proef voldoen", "nine digits that pass the test")
        : ArePostcodes ? new("postcodes", "postcodes")
        : AreTestCodes ? new("toetscodes", "test codes")
        : AreMoments ? new("toetsmomenten", "test moments")
        : AreDays && (Days.AreSurelyDays || !AreNumbers) ? new($"datums, {Order.Dutch}", $"days, {Order.English}")
        : Sexes.Count > 0 ? new("een code voor geslacht", "a code of sex")
        : HaveDecimals ? new($"getallen met een decimale {(Signs.Sign == ',' ? "komma" : "punt")}", $"numbers with a decimal {(Signs.Sign == ',' ? "comma" : "point")}")
        : AreNumbers ? new("hele getallen", "whole numbers")
        : AreFullNames ? new("woorden, meer dan één per cel", "words, more than one in a cell")
        : AreLetters ? new("woorden", "words")
        : new("tekst en cijfers", "text and digits");

    Words Order => Days.Decided is { } order ? DateOrders.WordsOf(order) : new("volgorde niet zeker", "order not certain");
}

/// <summary>Year groups as people write them: "5", "groep 5", "5a". A combination group such as "5/6" says nothing of one pupil.</summary>
static class YearGroups
{
    /// <summary>The year group, as EDEXML writes it; empty when the text gives none.</summary>
    public static string Read(string text)
    {
        if (text.Length is 0 or > 16) return "";
        if (text.Length == 1 && text[0] is >= '0' and <= '8') return text;
        var tokens = Alike.Tokens(text);
        tokens.RemoveAll(t => t is "groep" or "gr" or "g" or "jaargroep" or "leerjaar");
        return tokens is [[>= '1' and <= '8' and var digit, .. var rest]] && rest.Length <= 1 && !rest.AsSpan().ContainsAnyInRange('0', '9') ? digit.ToString() : "";
    }
}
