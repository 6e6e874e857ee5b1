using System.Text.RegularExpressions;

namespace Groeilijn.School;

/// <summary>Whose a row is, by all that the table says of it. Rows of one pupil share one.</summary>
sealed record PupilMarks(string Key, string Eck, string Number, string Name, string Born, string Source)
{
    /// <summary>Name and birth date made alike; empty unless both are there in full.</summary>
    public string Who { get; } = WhoOf(Name, Born);

    public bool IsEmpty => Key.Length == 0 && Eck.Length == 0 && Number.Length == 0 && Who.Length == 0;

    public static string WhoOf(string name, string born) => born.Length == 10 && !born.EndsWith("-00", StringComparison.Ordinal) && Alike.Person(name) is { Length: > 2 } person && person.Contains(' ', StringComparison.Ordinal) ? $"{person}|{born}" : "";
}

/// <summary>Reads the rows of a table by the choices that a school confirmed for it.</summary>
sealed partial class MappedTable
{
    readonly MappingChoices _choices;
    readonly TestPlacing _tests;
    readonly string _source;
    readonly char _decimal;
    readonly (ColumnChoice Choice, int Index)[] _columns;
    readonly (string Test, int Score, int Day, string Fixed, DateOrder Order)[] _wide;
    readonly Dictionary<(string, string, string, string, string), PupilMarks> _marks = [];
    readonly HashSet<PupilMarks> _pupils = new(ReferenceEqualityComparer.Instance);

    public MappedTable(MappingChoices choices, TableHeader header, string source)
    {
        (_choices, _source, _decimal) = (choices, source, choices.Decimal == "." ? '.' : ',');
        _tests = new TestPlacing(choices, header);
        _columns = [.. choices.Columns.Select(c => (c, Columns.Index(header, c.Column))).Where(c => c.Item2 >= 0)];
        _wide = [.. Wide(choices, header)];
    }

    public FileKind Kind => _choices.Pupils ? FileKind.PupilCsv : _choices.HasResults ? FileKind.ResultCsv : FileKind.AddressCsv;

    static IEnumerable<(string, int, int, string, DateOrder)> Wide(MappingChoices choices, TableHeader header)
    {
        foreach (var score in choices.Columns.Where(c => c.Field == TableField.Score && c.IsOfOneTest))
        {
            var day = choices.Columns.FirstOrDefault(c => c.Field == TableField.Taken && c.IsOfOneTest && MappingCheck.DayOf(c, score)) ?? choices.Of(TableField.Taken);
            yield return (score.Test.Code!, Columns.Index(header, score.Column), day is null ? -1 : Columns.Index(header, day.Column), score.Day is { } fixed_ ? Rows.Day(fixed_) : "", day?.Dates ?? default);
        }
    }

    public void Read(TableRow row, Reading into)
    {
        var marks = Marks(row);
        if (marks.IsEmpty) { into.Bend(Rules.RowOfNobody, row.Line); return; }
        if (_choices.Pupils && _pupils.Add(marks)) into.Add(Pupil(row, marks, Location(row, into)));
        if (_choices.HasAddresses) Address(row, marks, into);
        if (_choices.Has(TableField.Score)) Result(row, marks, into);
        foreach (var wide in _wide) Result(row, marks, wide, into);
    }

    PupilMarks Marks(TableRow row)
    {
        var born = Day(row, TableField.Born);
        var key = (Cell(row, TableField.Key), Cell(row, TableField.EckId), Cell(row, TableField.Number), Name(row), born);
        if (_marks.TryGetValue(key, out var marks)) return marks;
        var number = Groeilijn.Education.PersonNumber.Parse(key.Item3).OrNull?.Digits ?? "";
        return _marks[key] = new(key.Item1, key.Item2, number, key.Item4, born, _source);
    }

    string Name(TableRow row)
    {
        var (first, prefix, last) = (Cell(row, TableField.FirstName), Cell(row, TableField.Prefix), Cell(row, TableField.LastName));
        return last.Length > 0 && first.Length > 0 ? Join(first, prefix, last) : Cell(row, TableField.FullName) is { Length: > 0 } full ? full : Join(first, prefix, last);
    }

    static string Join(string first, string prefix, string last) => prefix.Length > 0 ? $"{first} {prefix} {last}" : $"{first} {last}".Trim();

    PupilRow Pupil(TableRow row, PupilMarks marks, string location)
    {
        var (first, prefix, last) = (Cell(row, TableField.FirstName), Cell(row, TableField.Prefix), Cell(row, TableField.LastName));
        if (first.Length == 0 || last.Length == 0) (first, prefix, last) = Divide(Name(row));
        return new()
        {
            Line = row.Line,
            Key = marks.Key,
            Eck = marks.Eck,
            FirstName = first,
            Prefix = prefix,
            LastName = last,
            Born = marks.Born,
            Sex = _choices.Of(TableField.Sex) is { Sex: { } writing } ? SexWritings.Edexml(writing, Cell(row, TableField.Sex)) : "",
            YearGroup = Cell(row, TableField.YearGroup) is { Length: > 0 } group ? YearGroups.Read(group) is { Length: > 0 } read ? read : group : "",
            Number = Cell(row, TableField.Number),
            NumberColumn = marks.Number.Length > 0 && Groeilijn.Education.Onderwijsnummer.Parse(marks.Number).Ok ? "onderwijsnummer" : "bsn",
            Postcode = Cell(row, TableField.Postcode),
            Entered = Day(row, TableField.Entered),
            Left = Day(row, TableField.Left),
            Location = location,
        };
    }

    /// <summary>The location as the table has it, made known with its number: "01", "1" or the last two of "99XX01"; a name has none.</summary>
    string Location(TableRow row, Reading into)
    {
        var cell = Cell(row, TableField.Location);
        if (cell.Length == 0 || into.Locations.Exists(l => l.Key == cell)) return cell;
        var number = cell.Length == 6 ? cell[4..] : cell;
        into.Add(new LocationRow(cell, number.Length <= 2 && number.All(char.IsAsciiDigit) ? number : ""), row.Line);
        return cell;
    }

    /// <summary>"Vliet, Noa van" and "Noa van Vliet": first name, what stands between, last name.</summary>
    static (string First, string Prefix, string Last) Divide(string name)
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        var words = (comma < 0 ? name : name[(comma + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (comma > 0) return words.Length == 0 ? ("", "", name[..comma].Trim()) : (words[0], string.Join(' ', words[1..]), name[..comma].Trim());
        return words.Length < 2 ? ("", "", name) : (words[0], string.Join(' ', words[1..^1]), words[^1]);
    }

    void Address(TableRow row, PupilMarks marks, Reading into)
    {
        var house = Cell(row, TableField.HouseNumber);
        if (house.Length == 0 && HouseInAddress().Match(Cell(row, TableField.Address)) is { Success: true } found) house = found.Groups[1].Value;
        var postcode = Cell(row, TableField.Postcode);
        if (house.Length == 0 && (postcode.Length == 0 || _choices.Pupils)) return;
        into.Addresses.Add(new(row.Line, marks.Key, marks.Eck, postcode, house, Cell(row, TableField.HouseLetter), Cell(row, TableField.HouseAddition)) { Marks = marks });
    }

    void Result(TableRow row, PupilMarks marks, Reading into)
    {
        var score = Cell(row, TableField.Score);
        var placed = _tests.Of(row);
        if (placed.Code is { } test) Keep(into, row, marks, test, Day(row, TableField.Taken), score);
        else if (placed.Other) into.OtherTests++;
        else into.Bend(Rules.TestUnplaced, row.Line, "", 1);
    }

    void Result(TableRow row, PupilMarks marks, (string Test, int Score, int Day, string Fixed, DateOrder Order) wide, Reading into)
    {
        if (wide.Score < 0 || row.Cells[wide.Score] is not { Length: > 0 } score) return;
        var day = wide.Fixed.Length > 0 ? wide.Fixed : wide.Day >= 0 ? DateOrders.Read(wide.Order, row.Cells[wide.Day]) : "";
        Keep(into, row, marks, wide.Test, day, score);
    }

    void Keep(Reading into, TableRow row, PupilMarks marks, string test, string day, string score) => into.Keep(new()
    {
        Line = row.Line,
        Key = marks.Key,
        Eck = marks.Eck,
        Marks = marks,
        Test = test,
        Taken = day,
        Score = score.Length == 0 ? "" : DecimalSigns.Plain(score, _decimal),
    });

    /// <summary>The cell of a field; where two columns have it (BSN and onderwijsnummer) the first that is filled.</summary>
    string Cell(TableRow row, TableField field)
    {
        foreach (var (choice, index) in _columns)
            if (choice.Field == field && !choice.IsOfOneTest && row.Cells[index].Length > 0) return row.Cells[index];
        return "";
    }

    string Day(TableRow row, TableField field) => _choices.Of(field) is { Dates: { } order } ? DateOrders.Read(order, Cell(row, field)) : "";

    /// <summary>The number at the end of "Dorpsstraat 12 a".</summary>
    [GeneratedRegex(@"\s(\d{1,5}\s*[-/]?\s*(?:[A-Za-z0-9]{1,4}(?:\s[A-Za-z]{1,4})?)?)$", RegexOptions.CultureInvariant, 200)]
    internal static partial Regex HouseInAddress();
}
