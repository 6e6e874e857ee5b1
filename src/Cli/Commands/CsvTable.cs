using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Cli.Commands;

/// <summary>
/// Reads some columns of a CSV file (UTF-8, one header line, comma, semicolon or tab, quotes doubled inside quotes). A column in which
/// every filled cell is a number is one of numbers, any other one of texts; an empty cell and NA are missing.
/// </summary>
public static class CsvTable
{
    /// <summary>The named columns of a file, or why they cannot be read.</summary>
    public static Fitted<DataTable> Read(string file, IReadOnlyList<string> names)
    {
        var bytes = File.ReadAllBytes(file).AsSpan();
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var separator = Separator(bytes);
        var header = new List<string>();
        var at = 0;
        for (var more = true; more && at < bytes.Length;) header.Add(Text(Next(bytes, ref at, separator, out more)));
        if (header.GroupBy(h => h, StringComparer.Ordinal).Any(same => same.Count() > 1 && names.Contains(same.Key)))
            return new FitRefusal(FitRefusalCode.NoSuchColumn, "two columns of the data have the same name", "give every column its own name in the first line");
        if (names.FirstOrDefault(n => !header.Contains(n)) is { } absent)
            return new FitRefusal(FitRefusalCode.NoSuchColumn, $"there is no column `{absent}`", "check the name against the first line of the data; capitals count");
        var rows = bytes.Count((byte)'\n') + 1;
        var columns = names.Distinct(StringComparer.Ordinal).ToDictionary(n => n, n => new Cells(n, rows), StringComparer.Ordinal);
        var places = header.Select(h => columns.GetValueOrDefault(h)).ToArray();
        for (var row = 1; at < bytes.Length; row++)
        {
            if (bytes[at] is (byte)'\n' or (byte)'\r') { at++; row--; continue; }
            var more = true;
            for (var c = 0; c < places.Length; c++)
            {
                if (!more) return Uneven(row);
                var cell = Next(bytes, ref at, separator, out more);
                places[c]?.Add(cell);
            }
            if (more) return Uneven(row);
        }
        return new DataTable([.. columns.Values.Select(c => c.Made())]);
    }

    /// <summary>The names in the first line.</summary>
    public static IReadOnlyList<string> Names(string file)
    {
        ReadOnlySpan<byte> line = Encoding.UTF8.GetBytes(File.ReadLines(file).FirstOrDefault(""));
        var (names, at, separator) = (new List<string>(), 0, Separator(line));
        for (var more = line.Length > 0; more;) names.Add(Text(Next(line, ref at, separator, out more)));
        return names;
    }

    static FitRefusal Uneven(int row) => new(FitRefusalCode.WrongKind, $"data row {row} has another number of cells than the header", "check the separator and the quotes in that row");

    static byte Separator(ReadOnlySpan<byte> bytes)
    {
        var line = bytes.IndexOf((byte)'\n') is >= 0 and var end ? bytes[..end] : bytes;
        byte best = (byte)',';
        foreach (var candidate in ";\t"u8) if (line.Count(candidate) > line.Count(best)) best = candidate;
        return best;
    }

    /// <summary>One cell without its quotes; <paramref name="more"/> when another follows on the line.</summary>
    static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> bytes, ref int at, byte separator, out bool more)
    {
        if (at < bytes.Length && bytes[at] == (byte)'"') return Quoted(bytes, ref at, separator, out more);
        var rest = bytes[at..];
        var end = rest.IndexOfAny(separator, (byte)'\n');
        if (end < 0) end = rest.Length;
        more = end < rest.Length && rest[end] == separator;
        at += Math.Min(end + 1, rest.Length);
        var cell = rest[..end];
        return cell.EndsWith("\r"u8) ? cell[..^1] : cell;
    }

    static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> bytes, ref int at, byte separator, out bool more)
    {
        var cell = new List<byte>();
        for (at++; at < bytes.Length; at++)
        {
            if (bytes[at] == (byte)'"')
            {
                if (at + 1 >= bytes.Length || bytes[at + 1] != (byte)'"') break;
                at++;
            }
            cell.Add(bytes[at]);
        }
        at++;
        Next(bytes, ref at, separator, out more);
        return CollectionsMarshal.AsSpan(cell);
    }

    static string Text(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(cell);

    /// <summary>The cells of one column: numbers until the first that is none.</summary>
    sealed class Cells(string name, int most)
    {
        double[] _numbers = new double[most];
        int _count;
        readonly List<int> _codes = [];
        readonly Dictionary<string, int> _levels = new(StringComparer.Ordinal);
        List<string?>? _texts = [];
        bool _isText;

        public void Add(ReadOnlySpan<byte> cell)
        {
            if (_isText) { AddText(cell); return; }
            if (TryNumber(cell, out var number))
            {
                _numbers[_count++] = number;
                // A column may still turn out to be one of texts, and then the numbers before are needed as they stood.
                if (_texts is not null) { if (_texts.Count < 1000) _texts.Add(DataColumn.IsMissing(number) ? null : Text(cell)); else _texts = null; }
                return;
            }
            _isText = true;
            for (var i = 0; i < _count; i++) Code(_texts is null ? DataColumn.IsMissing(_numbers[i]) ? null : _numbers[i].ToString(System.Globalization.CultureInfo.InvariantCulture) : _texts[i]);
            _numbers = [];
            AddText(cell);
        }

        void AddText(ReadOnlySpan<byte> cell) => Code(cell.IsEmpty || cell.SequenceEqual("NA"u8) ? null : Text(cell));

        void Code(string? text)
        {
            if (text is null) { _codes.Add(-1); return; }
            ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(_levels, text, out var known);
            if (!known) code = _levels.Count - 1;
            _codes.Add(code);
        }

        static bool TryNumber(ReadOnlySpan<byte> cell, out double number)
        {
            cell = cell.Trim((byte)' ');
            if (cell.IsEmpty || cell.SequenceEqual("NA"u8))
            {
                number = DataColumn.Missing;
                return true;
            }
            if (Plain(cell, out number)) return true;
            if (cell.Length > 1 && cell[0] == (byte)'+') cell = cell[1..];
            if (Utf8Parser.TryParse(cell, out number, out var used) && used == cell.Length) return true;
            if (Text(cell).ToUpperInvariant() is not ("INF" or "-INF" or "NAN" or "INFINITY" or "-INFINITY")) return false;
            number = double.PositiveInfinity;
            return true;
        }

        /// <summary>A sign, digits and one point, up to 15 digits: exact by one division.</summary>
        static bool Plain(ReadOnlySpan<byte> cell, out double number)
        {
            long digits = 0;
            var (scale, point, from) = (0, false, cell[0] == (byte)'-' ? 1 : 0);
            number = 0;
            if (cell.Length - from is < 1 or > 16) return false;
            for (var i = from; i < cell.Length; i++)
            {
                var c = cell[i];
                if (c == (byte)'.' && !point) { point = true; continue; }
                if (c is < (byte)'0' or > (byte)'9') return false;
                digits = digits * 10 + (c - '0');
                if (point) scale++;
            }
            if (digits > 999_999_999_999_999 || (point && cell.Length - from == 1)) return false;
            number = digits / s_powers[scale];
            if (from == 1) number = -number;
            return true;
        }

        static readonly double[] s_powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16];

        public DataColumn Made() => _isText ? DataColumn.OfCodes(name, [.. _codes], [.. _levels.Keys]) : DataColumn.OfNumbers(name, _count == _numbers.Length ? _numbers : _numbers[.._count]);
    }
}
