using System.Runtime.CompilerServices;
using System.Text;
using Groeilijn.Columns;

namespace Groeilijn.Cli.Commands;

/// <summary>
/// A table that is read once from front to back, row by row as bytes: CSV with commas, semicolons, tabs or bars (quoted cells may hold
/// line ends), or Parquet. Cells are given as ranges of the present row.
/// </summary>
sealed class LinkTable : IDisposable
{
    readonly FileStream? _file;
    readonly ColumnDatabase? _database;
    readonly ColumnResult? _result;
    readonly byte _delimiter;
    byte[] _buffer = new byte[1 << 20], _row = new byte[1 << 12];
    int _at, _filled, _chunkRow;

    LinkTable(string path, bool parquet)
    {
        if (parquet)
        {
            _database = ColumnDatabase.Open();
            _result = _database.Query($"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {Parquet.Scan(path)}");
            Columns = [.. _result.Names];
            Cells = new Range[Columns.Length];
            return;
        }
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        Fill();
        if (_buffer.AsSpan(0, _filled).StartsWith(Encoding.UTF8.Preamble)) _at = 3;
        var end = _buffer.AsSpan(_at, _filled - _at).IndexOf((byte)'\n');
        var header = _buffer.AsSpan(_at, end < 0 ? _filled - _at : end).ToArray();
        _delimiter = ",;\t|"u8.ToArray().MaxBy(d => header.Count(b => b == d));
        Cells = new Range[header.Count(b => b == _delimiter) + 1];
        Columns = Next() ? [.. Cells.Select(cell => Encoding.UTF8.GetString(Row[cell]).Trim())] : [];
        Array.Resize(ref _cells, Columns.Length);
    }

    /// <summary>Opens a table; Parquet by its name.</summary>
    internal static LinkTable Open(string path) => new(path, path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase));

    Range[] _cells = [];

    internal string[] Columns { get; }

    /// <summary>Where each cell lies in <see cref="Row"/>; what a short row lacks is empty.</summary>
    internal Range[] Cells { get => _cells; private set => _cells = value; }

    /// <summary>Cells are looked for up to this one; those behind it are not to be read.</summary>
    internal int Last { private get; set; } = int.MaxValue;

    internal ReadOnlySpan<byte> Row => _result is null && !_copied ? _buffer.AsSpan(_start, _length) : _row.AsSpan(0, _length);

    /// <summary>Rows read, the header counted in CSV.</summary>
    internal long Number { get; private set; }

    int _start, _length;
    bool _copied;

    /// <summary>Reads the next row; false after the last. Empty lines are passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Next()
    {
        if (_result is not null) return NextOfChunk();
        while (true)
        {
            var rest = _buffer.AsSpan(_at, _filled - _at);
            var end = rest.IndexOf((byte)'\n');
            if (end < 0 && Fill()) continue;
            if (end < 0 && rest.IsEmpty) return false;
            var line = end < 0 ? rest : rest[..end];
            if (line.Contains((byte)'"')) { if (!Quoted()) continue; Number++; return true; }
            (_start, _copied) = (_at, false);
            _at += end < 0 ? rest.Length : end + 1;
            if (line.EndsWith("\r"u8)) line = line[..^1];
            if (line.IsEmpty) continue;
            _length = line.Length;
            Split(line);
            Number++;
            return true;
        }
    }

    void Split(ReadOnlySpan<byte> line)
    {
        var from = 0;
        for (int c = 0, end = Math.Min(Last, _cells.Length - 1); c <= end; c++)
        {
            if (from > line.Length) { _cells[c] = line.Length..line.Length; continue; }
            var length = line[from..].IndexOf(_delimiter);
            if (length < 0) length = line.Length - from;
            _cells[c] = from..(from + length);
            from += length + 1;
        }
    }

    /// <summary>A row with quoted cells, copied without its quotes; false when more of the file must be read first.</summary>
    bool Quoted()
    {
        int written = 0, cell = 0, start = 0, at = _at;
        var inside = false;
        if (_row.Length < _filled - _at) _row = new byte[_filled - _at];
        for (; at < _filled; at++)
        {
            var b = _buffer[at];
            if (b == '"' && inside && at + 1 < _filled && _buffer[at + 1] == '"') { _row[written++] = b; at++; }
            else if (b == '"') inside = !inside;
            else if (!inside && b == _delimiter) { if (cell < _cells.Length) _cells[cell++] = start..written; start = written; }
            else if (!inside && b == '\n') break;
            else if (inside || b != '\r') _row[written++] = b;
        }
        if (at >= _filled && Fill()) return false;
        while (cell < _cells.Length) { _cells[cell++] = start..written; start = written; }
        (_at, _length, _copied) = (Math.Min(_filled, at + 1), written, true);
        return true;
    }

    /// <summary>Reads on behind what is not yet used; false at the end of the file.</summary>
    bool Fill()
    {
        if (_at > 0) { _buffer.AsSpan(_at, _filled - _at).CopyTo(_buffer); (_filled, _at) = (_filled - _at, 0); }
        if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = _file!.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        return read > 0;
    }

    bool NextOfChunk()
    {
        while (_chunkRow >= _result!.Rows)
        {
            if (!_result.NextChunk()) return false;
            _chunkRow = 0;
        }
        _length = 0;
        for (var c = 0; c < _cells.Length; c++)
        {
            var bytes = _result.IsNull(c, _chunkRow) ? [] : _result.Bytes(c, _chunkRow);
            if (_length + bytes.Length > _row.Length) Array.Resize(ref _row, (_length + bytes.Length) * 2);
            bytes.CopyTo(_row.AsSpan(_length));
            _cells[c] = _length..(_length += bytes.Length);
        }
        _chunkRow++;
        Number++;
        return true;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _result?.Dispose();
        _database?.Dispose();
    }
}

/// <summary>The identifiers of a file's records, as bytes in one piece.</summary>
sealed class LinkIds
{
    byte[] _bytes = new byte[1 << 16];
    uint[] _ends = new uint[1 << 10];

    internal int Count { get; private set; }

    internal ReadOnlySpan<byte> this[int record] => _bytes.AsSpan((int)(record == 0 ? 0 : _ends[record - 1]), (int)(_ends[record] - (record == 0 ? 0 : _ends[record - 1])));

    internal void Add(ReadOnlySpan<byte> id)
    {
        var from = Count == 0 ? 0 : (int)_ends[Count - 1];
        if (Count == _ends.Length) Array.Resize(ref _ends, _ends.Length * 2);
        if (from + id.Length > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, from + id.Length)));
        id.CopyTo(_bytes.AsSpan(from));
        _ends[Count++] = (uint)(from + id.Length);
    }

    /// <summary>Gives each of these identifiers its place, in one pass.</summary>
    internal void Find(Dictionary<string, int> wanted)
    {
        for (var i = 0; i < Count && wanted.Count > 0; i++)
        {
            var id = Encoding.UTF8.GetString(this[i]);
            if (wanted.ContainsKey(id)) wanted[id] = i;
        }
    }

    internal int Find(ReadOnlySpan<byte> id)
    {
        for (var i = 0; i < Count; i++) if (this[i].SequenceEqual(id)) return i;
        return -1;
    }
}
