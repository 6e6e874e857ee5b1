using System.Globalization;
using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>A person of the files, without RIN, and where it stands.</summary>
/// <param name="Person">Who.</param>
/// <param name="Line">The line in persons.csv.</param>
/// <param name="NumberLines">The line of each number in numbers.csv.</param>
readonly record struct FiledPerson(RegisterPerson Person, int Line, IReadOnlyList<int> NumberLines);

/// <summary>
/// The register's own files: <c>persons.csv</c> (key,sex,born,registered), <c>numbers.csv</c> (key,kind,number,from) and
/// <c>addresses.csv</c> (key,from,postcode,house,letter,addition), comma separated, each sorted by key. Read side by side.
/// </summary>
static class RegisterFiles
{
    /// <summary>Every person of the files, without RIN, in order of key.</summary>
    /// <exception cref="InvalidDataException">A file is not as said; the message has file, line and rule, never a value.</exception>
    public static IEnumerable<FiledPerson> Read(string folder)
    {
        using var persons = new Rows(folder, "persons.csv", "key,sex,born,registered");
        using var numbers = new Rows(folder, "numbers.csv", "key,kind,number,from");
        using var addresses = new Rows(folder, "addresses.csv", "key,from,postcode,house,letter,addition");
        for (; persons.Current is { } row; persons.Next())
        {
            var key = row[0];
            persons.Demand(row[1] is "m" or "f" or "x" or "u", "sex must be m, f, x or u");
            persons.Demand(BirthDate.Parse(row[2]).Ok && row[2].Length == 10, "born must be a date, YYYY-MM-DD, with zeros for unknown parts");
            persons.Demand(key.Length > 0, "key must not be empty");
            var (line, first) = (persons.Line, numbers.Line);
            List<RegisterNumber> held = [.. numbers.Of(key).Select(n => Number(numbers, n))];
            var person = new RegisterPerson(default, key, held, row[1], row[2], [.. addresses.Of(key).Select(a => Address(addresses, a)).OrderBy(a => a.From, StringComparer.Ordinal)]);
            yield return new FiledPerson(person, line, [.. Enumerable.Range(first, held.Count)]);
        }
        numbers.DemandEnd();
        addresses.DemandEnd();
    }

    static RegisterNumber Number(Rows rows, string[] row)
    {
        rows.Demand(row[1] is "bsn" or "onderwijsnummer", "kind must be bsn or onderwijsnummer");
        rows.Demand(row[2].Length == 9 && row[2].All(char.IsAsciiDigit), "number must be nine digits");
        return new RegisterNumber(row[1], row[2]);
    }

    static RegisterAddress Address(Rows rows, string[] row)
    {
        rows.Demand(DateOnly.TryParseExact(row[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "from must be a date, YYYY-MM-DD");
        rows.Demand(PostcodeNl.Parse(row[2]) is { Ok: true, Signal: Signal.None }, "postcode must be written as 1234AB");
        rows.Demand(int.TryParse(row[3], NumberStyles.None, CultureInfo.InvariantCulture, out var house) && house is >= 1 and <= 99999, "house must be 1 to 99999");
        return new RegisterAddress(row[1], row[2], house, row[4].Length == 0 ? null : row[4], row[5].Length == 0 ? null : row[5]);
    }

    /// <summary>The rows of one sorted file, one at a time.</summary>
    sealed class Rows : IDisposable
    {
        readonly string _name;
        readonly int _columns;
        readonly StreamReader _lines;

        /// <summary>The line of the current row.</summary>
        public int Line { get; private set; } = 1;

        public Rows(string folder, string name, string heading)
        {
            (_name, _columns) = (name, heading.Count(c => c == ',') + 1);
            _lines = new StreamReader(Path.Combine(folder, name));
            Demand(_lines.ReadLine() == heading, $"the heading must be {heading}");
            Next();
        }

        public string[]? Current { get; private set; }

        public void Next()
        {
            var previous = Current?[0];
            Line++;
            Current = _lines.ReadLine()?.Split(',');
            if (Current is null) return;
            Demand(Current.Length == _columns, $"a row must have {_columns} columns and no quotes");
            Demand(previous is null || string.CompareOrdinal(previous, Current[0]) <= 0, "rows must be sorted by key");
        }

        /// <summary>The rows of a key; they must come in the order of the persons.</summary>
        public List<string[]> Of(string key)
        {
            var rows = new List<string[]>(2);
            if (Current is { } first) Demand(string.CompareOrdinal(first[0], key) >= 0, "the key stands in no row of persons.csv");
            for (; Current is { } row && row[0] == key; Next()) rows.Add(row);
            return rows;
        }

        public void DemandEnd() => Demand(Current is null, "the key stands in no row of persons.csv");

        public void Demand(bool holds, string rule)
        {
            if (!holds) throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{_name}, line {Line}: {rule}; have the register write its files again."));
        }

        public void Dispose() => _lines.Dispose();
    }
}
