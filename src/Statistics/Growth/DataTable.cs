using System.Globalization;

namespace Groeilijn.Statistics.Growth;

/// <summary>Columns of one length, found by name.</summary>
public sealed class DataTable
{
    readonly Dictionary<string, DataColumn> _columns = new(StringComparer.Ordinal);

    /// <summary>A table of columns.</summary>
    /// <exception cref="ArgumentException">Two columns have one name, or their lengths differ.</exception>
    public DataTable(params IReadOnlyList<DataColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns)
        {
            if (!_columns.TryAdd(column.Name, column)) throw new ArgumentException("Two columns have one name.", nameof(columns));
            if (column.Rows != columns[0].Rows) throw new ArgumentException("Columns differ in length.", nameof(columns));
        }
        Rows = columns.Count == 0 ? 0 : columns[0].Rows;
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>The column of that name; null when there is none.</summary>
    public DataColumn? Find(string name) => _columns.GetValueOrDefault(name);
}

/// <summary>One column: numbers, or texts as numbers of their sorted levels.</summary>
public sealed class DataColumn
{
    const long MissingBits = 0x7FF8_0000_0000_07A2;

    DataColumn(string name, double[]? numbers, int[]? codes, string[]? levels) => (Name, Numbers, Codes, Levels) = (name, numbers, codes, levels);

    /// <summary>The mark of a number that is not there. It is not a number, but another than a computation gives: a NaN in data is refused, a missing cell drops its row.</summary>
    public static double Missing { get; } = BitConverter.Int64BitsToDouble(MissingBits);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The numbers, <see cref="Missing"/> where there is none; null for a column of texts.</summary>
    public double[]? Numbers { get; }

    /// <summary>The level of each row, −1 where the cell is missing; null for a column of numbers.</summary>
    public int[]? Codes { get; }

    /// <summary>The texts in ordinal order; null for a column of numbers.</summary>
    public string[]? Levels { get; }

    /// <summary>Rows.</summary>
    public int Rows => Numbers?.Length ?? Codes!.Length;

    /// <summary>Whether a number is the mark of a missing cell.</summary>
    public static bool IsMissing(double value) => BitConverter.DoubleToInt64Bits(value) == MissingBits;

    /// <summary>A column of numbers.</summary>
    public static DataColumn OfNumbers(string name, double[] numbers) => new(name, numbers, null, null);

    /// <summary>A column of texts; null is a missing cell.</summary>
    public static DataColumn OfTexts(string name, IReadOnlyList<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string[] levels = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var codeOf = levels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        return new DataColumn(name, null, [.. texts.Select(t => t is null ? -1 : codeOf[t])], levels);
    }

    /// <summary>A column of texts already numbered.</summary>
    /// <param name="name">The name.</param>
    /// <param name="codes">For each row the number of its text, −1 where it is missing.</param>
    /// <param name="levels">The texts, in any order, each once.</param>
    public static DataColumn OfCodes(string name, int[] codes, string[] levels)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(levels);
        var order = Enumerable.Range(0, levels.Length).OrderBy(i => levels[i], StringComparer.Ordinal).ToArray();
        var place = new int[levels.Length];
        for (var i = 0; i < order.Length; i++) place[order[i]] = i;
        return new DataColumn(name, null, Array.ConvertAll(codes, c => c < 0 ? -1 : place[c]), Array.ConvertAll(order, i => levels[i]));
    }
}

/// <summary>A variable as a factor: the level of each row.</summary>
/// <param name="Codes">0 to levels − 1.</param>
/// <param name="Count">Levels that occur.</param>
/// <param name="LevelName">The name of a level.</param>
sealed record LevelCodes(int[] Codes, int Count, Func<int, string> LevelName)
{
    /// <summary>The levels of texts; those that no row has are left out.</summary>
    internal static LevelCodes Of(int[] codes, string[] levels)
    {
        var seen = new bool[levels.Length];
        foreach (var c in codes) seen[c] = true;
        var kept = Enumerable.Range(0, levels.Length).Where(i => seen[i]).ToArray();
        if (kept.Length == levels.Length) return new(codes, levels.Length, i => levels[i]);
        var place = new int[levels.Length];
        for (var i = 0; i < kept.Length; i++) place[kept[i]] = i;
        return new(Array.ConvertAll(codes, c => place[c]), kept.Length, i => levels[kept[i]]);
    }

    /// <summary>The levels of numbers, ascending, named as R names them.</summary>
    internal static LevelCodes Of(double[] numbers)
    {
        const int mostPlaces = 20_000_000;
        var (low, high, whole) = Range(numbers);
        if (whole && high - low < mostPlaces) return OfWhole(numbers, low, (int)(high - low) + 1);
        double[] levels = [.. numbers.Distinct().Order()];
        return new(Array.ConvertAll(numbers, v => Array.BinarySearch(levels, v)), levels.Length, Name(levels));
    }

    /// <summary>Whole numbers that lie close together: their places are counted, not sorted.</summary>
    static LevelCodes OfWhole(double[] numbers, double low, int places)
    {
        var seen = new bool[places];
        InParts.Each(numbers.Length, (_, from, to) =>
        {
            foreach (var v in numbers.AsSpan(from, to - from)) seen[(int)(v - low)] = true;
        });
        var (place, count) = (new int[places], 0);
        for (var i = 0; i < places; i++) if (seen[i]) place[i] = count++;
        var (codes, levels) = (new int[numbers.Length], new double[count]);
        for (var i = 0; i < places; i++) if (seen[i]) levels[place[i]] = low + i;
        InParts.Each(numbers.Length, (_, from, to) =>
        {
            for (var i = from; i < to; i++) codes[i] = place[(int)(numbers[i] - low)];
        });
        return new(codes, count, Name(levels));
    }

    static Func<int, string> Name(double[] levels) => i => levels[i].ToString("G15", CultureInfo.InvariantCulture);

    static (double Low, double High, bool Whole) Range(double[] numbers)
    {
        var parts = new (double Low, double High, bool Whole)[InParts.Count(numbers.Length)];
        InParts.Each(numbers.Length, (part, from, to) =>
        {
            var (low, high, whole) = (numbers[from], numbers[from], true);
            for (var i = from; i < to; i++)
            {
                low = Math.Min(low, numbers[i]);
                high = Math.Max(high, numbers[i]);
                whole &= numbers[i] == Math.Floor(numbers[i]);
            }
            parts[part] = (low, high, whole);
        });
        var all = parts[0];
        foreach (var (low, high, whole) in parts) all = (Math.Min(all.Low, low), Math.Max(all.High, high), all.Whole & whole);
        return all;
    }

    /// <summary>Every combination of two factors that occurs, sorted by the first and then the second.</summary>
    internal LevelCodes With(LevelCodes other)
    {
        var both = new long[Codes.Length];
        for (var i = 0; i < both.Length; i++) both[i] = (long)Codes[i] * other.Count + other.Codes[i];
        long[] levels = [.. both.Distinct().Order()];
        var codeOf = new Dictionary<long, int>(levels.Length);
        for (var i = 0; i < levels.Length; i++) codeOf[levels[i]] = i;
        return new(Array.ConvertAll(both, b => codeOf[b]), levels.Length, i => $"{LevelName((int)(levels[i] / other.Count))}:{other.LevelName((int)(levels[i] % other.Count))}");
    }
}
