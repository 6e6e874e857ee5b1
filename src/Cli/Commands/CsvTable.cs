using System.Runtime.InteropServices;
using System.Text;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Cli.Commands;

/// <summary>
/// Reads some columns of a CSV file (UTF-8, one header line, comma, semicolon or tab, quotes doubled inside quotes). A column in which
/// every filled cell is a number is one of numbers, any other one of texts; an empty cell and NA are missing. A large file without quotes is read in pieces, on
/// as many processors as there are.
/// </summary>
public static class CsvTable
{
    const int BytesOfPiece = 8 << 20;

    /// <summary>The named columns of a file, or why they cannot be read.</summary>
    /// <param name="file">An existing file.</param>
    /// <param name="names">The columns.</param>
    /// <param name="texts">Those that are texts whatever stands in them, such as the names of pupils: 007 stays 007.</param>
    public static Fitted<DataTable> Read(string file, IReadOnlyList<string> names, params IReadOnlyList<string> texts)
    {
        if (new FileInfo(file).Length > Array.MaxLength) return new FitRefusal(FitRefusalCode.TooLarge, "the data file is larger than 2 gigabytes", "leave out of it the columns that are not used");
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        if (bytes.AsSpan(at).Trim(" \r\n\t"u8).IsEmpty) return new FitRefusal(FitRefusalCode.TooFewRows, "the data file is empty", "its first line names the columns, every next line is one row");
        var separator = Separator(bytes.AsSpan(at));
        var header = new List<string>();
        for (var more = true; more && at < bytes.Length;) header.Add(Text(Next(bytes, ref at, separator, out more)));
        foreach (var name in names)
            if (header.IndexOf(name) is var first && first >= 0 && header.IndexOf(name, first + 1) >= 0)
                return new FitRefusal(FitRefusalCode.NoSuchColumn, $"two columns of the data are called `{name}`", "give every column its own name in the first line");
        foreach (var name in names)
            if (!header.Contains(name)) return NoSuch(name, header);
        var pieces = Pieces(bytes, at, separator);
        var rows = pieces[^1].Line + pieces[^1].Lines;
        var columns = new Dictionary<string, Column>(StringComparer.Ordinal);
        foreach (var name in names) columns.TryAdd(name, new Column(name, rows, texts.Contains(name)));
        var places = new Column?[header.Count];
        for (var i = 0; i < places.Length; i++) places[i] = columns.GetValueOrDefault(header[i]);
        for (var again = true; again;)
        {
            if (pieces.Count == 1) pieces[0].Read(places);
            else Parallel.For(0, pieces.Count, i => pieces[i].Read(places));
            again = pieces.Exists(p => p.FoundText is not null);
            foreach (var piece in pieces) piece.FoundText?.BecomeText();
        }
        var row = 0;
        foreach (var piece in pieces)
        {
            if (piece.Uneven) return new FitRefusal(FitRefusalCode.WrongKind, $"data row {row + piece.Rows + 1} has another number of cells than the header", "check the separator and the quotes in that row");
            row += piece.Rows;
        }
        var made = new List<DataColumn>();
        foreach (var column in columns.Values) made.Add(column.Made(pieces, row));
        return new DataTable(made);
    }

    /// <summary>The names in the first line.</summary>
    public static IReadOnlyList<string> Names(string file)
    {
        ReadOnlySpan<byte> line = Encoding.UTF8.GetBytes(File.ReadLines(file).FirstOrDefault(""));
        var (names, at, separator) = (new List<string>(), 0, Separator(line));
        for (var more = line.Length > 0; more;) names.Add(Text(Next(line, ref at, separator, out more)));
        return names;
    }

    static FitRefusal NoSuch(string name, List<string> header)
    {
        const int mostNames = 12;
        var near = header.Find(h => string.Equals(h.Trim(), name, StringComparison.OrdinalIgnoreCase));
        var there = string.Join(", ", header.Take(mostNames).Select(h => $"`{h}`")) + (header.Count > mostNames ? $" and {header.Count - mostNames} more" : "");
        return new(FitRefusalCode.NoSuchColumn, $"there is no column `{name}`", near is not null ? $"capitals and blanks count: the data have `{near}`" : $"check the name against the first line of the data, which has {there}");
    }

    static byte Separator(ReadOnlySpan<byte> bytes)
    {
        var line = bytes.IndexOf((byte)'\n') is >= 0 and var end ? bytes[..end] : bytes;
        byte best = (byte)',';
        foreach (var candidate in ";\t"u8) if (line.Count(candidate) > line.Count(best)) best = candidate;
        return best;
    }

    /// <summary>The rows, cut at ends of lines; uncut where there are quotes, since a quoted cell may hold an end of line.</summary>
    static List<Piece> Pieces(byte[] bytes, int from, byte separator)
    {
        var pieces = new List<Piece>();
        var whole = bytes.AsSpan(from).Contains((byte)'"');
        var line = 0;
        for (var to = from; pieces.Count == 0 || to < bytes.Length; from = to)
        {
            to = bytes.Length;
            if (!whole && to - from > BytesOfPiece && bytes.AsSpan(from + BytesOfPiece).IndexOf((byte)'\n') is >= 0 and var end) to = from + BytesOfPiece + end + 1;
            var lines = bytes.AsSpan(from, to - from).Count((byte)'\n') + (to > from && bytes[to - 1] != (byte)'\n' ? 1 : 0);
            pieces.Add(new Piece(bytes, from, to, separator, line, lines, pieces.Count));
            line += lines;
        }
        return pieces;
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
        at = Math.Min(at + 1, bytes.Length);
        Next(bytes, ref at, separator, out more);
        return CollectionsMarshal.AsSpan(cell);
    }

    static string Text(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(cell);

    static bool IsMissing(ReadOnlySpan<byte> cell) => cell.IsEmpty || cell.SequenceEqual("NA"u8);

    /// <summary>Some whole lines: the cells go into the columns from the place on that the lines before leave free.</summary>
    sealed class Piece(byte[] bytes, int from, int to, byte separator, int line, int lines, int number)
    {
        /// <summary>Lines before it, and of its own; a line may be empty.</summary>
        internal int Line => line;
        internal int Lines => lines;

        /// <summary>Rows that were read.</summary>
        internal int Rows { get; private set; }

        /// <summary>Whether the row after those has another number of cells than the header.</summary>
        internal bool Uneven { get; private set; }

        /// <summary>The column of numbers in which a text was found, where reading stopped.</summary>
        internal Column? FoundText { get; private set; }

        internal void Read(Column?[] places)
        {
            (Rows, Uneven, FoundText) = (0, false, null);
            var levels = new Dictionary<string, int>?[places.Length];
            for (var c = 0; c < places.Length; c++) if (places[c] is { IsText: true } column) levels[c] = column.Begin(number);
            ReadOnlySpan<byte> own = bytes.AsSpan(0, to);
            for (var at = from; at < own.Length;)
            {
                if (own[at] is (byte)'\n' or (byte)'\r') { at++; continue; }
                var more = true;
                for (var c = 0; c < places.Length; c++)
                {
                    if (!more) { Uneven = true; return; }
                    if (places[c] is not { } column) Next(own, ref at, separator, out more);
                    else if (levels[c] is { } known) column.Texts![line + Rows] = Code(known, Next(own, ref at, separator, out more));
                    else if (!Plain(own, ref at, separator, out column.Numbers[line + Rows], out more) && !TryNumber(Next(own, ref at, separator, out more), out column.Numbers[line + Rows]))
                    {
                        FoundText = column;
                        return;
                    }
                }
                if (more) { Uneven = true; return; }
                Rows++;
            }
        }

        static int Code(Dictionary<string, int> levels, ReadOnlySpan<byte> cell)
        {
            if (IsMissing(cell)) return -1;
            Span<char> room = stackalloc char[128];
            var text = cell.Length <= room.Length ? room[..Encoding.UTF8.GetChars(cell, room)] : Text(cell).AsSpan();
            ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(levels.GetAlternateLookup<ReadOnlySpan<char>>(), text, out var known);
            return known ? code : code = levels.Count - 1;
        }

        /// <summary>A sign, digits and one point, up to 15 digits, up to the separator: exact by one division. False for any other cell, and nothing was read.</summary>
        static bool Plain(ReadOnlySpan<byte> bytes, ref int at, byte separator, out double number, out bool more)
        {
            unchecked
            {
                var (i, digits, point) = (at, 0L, -1);
                var minus = i < bytes.Length && bytes[i] == (byte)'-';
                if (minus) i++;
                var first = i;
                for (; i < bytes.Length; i++)
                {
                    var digit = bytes[i] - (uint)'0';
                    if (digit <= 9) digits = digits * 10 + digit;
                    else if (bytes[i] == (byte)'.' && point < 0) point = i;
                    else break;
                }
                var (count, scale) = (i - first - (point < 0 ? 0 : 1), point < 0 ? 0 : i - point - 1);
                if (i + 1 < bytes.Length && bytes[i] == (byte)'\r' && bytes[i + 1] == (byte)'\n') i++;
                more = i < bytes.Length && bytes[i] == separator;
                number = 0;
                if (count is < 1 or > 15 || !(more || i == bytes.Length || bytes[i] == (byte)'\n')) return false;
                number = digits / s_powers[scale];
                if (minus) number = -number;
                at = Math.Min(i + 1, bytes.Length);
                return true;
            }
        }

        static bool TryNumber(ReadOnlySpan<byte> cell, out double number)
        {
            cell = cell.Trim((byte)' ');
            number = DataColumn.Missing;
            if (IsMissing(cell)) return true;
            if (cell.Length > 1 && cell[0] == (byte)'+') cell = cell[1..];
            if (System.Buffers.Text.Utf8Parser.TryParse(cell, out number, out var used) && used == cell.Length) return true;
            if (Text(cell).ToUpperInvariant() is not ("INF" or "-INF" or "NAN" or "INFINITY" or "-INFINITY")) return false;
            number = double.PositiveInfinity;
            return true;
        }

        static readonly double[] s_powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    }

    /// <summary>One column while it is read: numbers, or from the first cell that is none, texts as numbers of each piece's own levels.</summary>
    sealed class Column(string name, int rows, bool isText)
    {
        readonly Dictionary<int, Dictionary<string, int>> _levels = [];

        internal bool IsText { get; private set; } = isText;

        internal double[] Numbers { get; private set; } = isText ? [] : new double[rows];

        internal int[]? Texts { get; private set; } = isText ? new int[rows] : null;

        /// <summary>From now on its cells are texts.</summary>
        internal void BecomeText()
        {
            if (!IsText) (IsText, Numbers, Texts) = (true, [], new int[rows]);
        }

        /// <summary>The levels of a piece.</summary>
        internal Dictionary<string, int> Begin(int piece)
        {
            var own = new Dictionary<string, int>(StringComparer.Ordinal);
            lock (_levels) _levels[piece] = own;
            return own;
        }

        /// <summary>The column without the places that empty lines left free.</summary>
        internal DataColumn Made(List<Piece> pieces, int count)
        {
            if (!IsText) return DataColumn.OfNumbers(name, Joined(Numbers, pieces, count));
            var all = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var p = 0; p < pieces.Count; p++)
            {
                var codeOf = new int[_levels[p].Count];
                foreach (var (text, code) in _levels[p]) codeOf[code] = all.TryGetValue(text, out var known) ? known : all[text] = all.Count;
                foreach (ref var code in Texts.AsSpan(pieces[p].Line, pieces[p].Rows)) if (code >= 0) code = codeOf[code];
            }
            return DataColumn.OfCodes(name, Joined(Texts!, pieces, count), [.. all.Keys]);
        }

        static T[] Joined<T>(T[] cells, List<Piece> pieces, int count)
        {
            if (count == cells.Length) return cells;
            var (made, at) = (new T[count], 0);
            foreach (var piece in pieces)
            {
                Array.Copy(cells, piece.Line, made, at, piece.Rows);
                at += piece.Rows;
            }
            return made;
        }
    }
}
