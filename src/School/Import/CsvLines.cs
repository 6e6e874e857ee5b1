using System.Text;

namespace Groeilijn.School;

/// <summary>
/// Splits a CSV file into records (RFC 4180, any separator): a quoted field may hold the separator, a doubled quotation mark
/// and line ends. Gives the line each record begins on. Constant memory; a record above 64 kB is refused.
/// </summary>
sealed class CsvLines(TextReader text, char separator)
{
    const int LongestRecord = 1 << 16;
    readonly StringBuilder _field = new();
    readonly List<string> _fields = [];
    int _length;

    /// <summary>The line the last record began on, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Whether the last record ended in a line end.</summary>
    public bool Ended { get; private set; } = true;

    int _next = 1;

    /// <summary>The next record that is not a blank line; null at the end.</summary>
    public IReadOnlyList<string>? Next()
    {
        do
        {
            if (text.Peek() < 0) return null;
            (Line, _length) = (_next, 0);
            _fields.Clear();
            while (Field()) { }
        }
        while (_fields is [""]);
        return _fields;
    }

    /// <summary>Reads one field; false when it was the last of its record.</summary>
    bool Field()
    {
        _field.Clear();
        var quoted = text.Peek() == '"';
        if (quoted) Quoted();
        for (var c = Read(); ; c = Read())
        {
            if (c == '\r' && text.Peek() == '\n') continue;
            Ended = c is '\n' or '\r';
            if (Ended) _next++;
            if (c == separator || c < 0 || Ended)
            {
                _fields.Add(_field.ToString());
                return c == separator;
            }
            if (quoted && c != ' ') throw new FileRefused(Rules.FileRowBroken, Line);
            _field.Append((char)c);
        }
    }

    void Quoted()
    {
        Read();
        for (var c = Read(); ; c = Read())
        {
            if (c < 0) throw new FileRefused(Rules.FileRowBroken, Line);
            if (c == '\n') _next++;
            if (c == '"')
            {
                if (text.Peek() != '"') return;
                Read();
            }
            _field.Append((char)c);
        }
    }

    int Read()
    {
        if (++_length > LongestRecord) throw new FileRefused(Rules.FileRowBroken, Line);
        return text.Read();
    }
}
