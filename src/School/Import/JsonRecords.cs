using System.Text;
using System.Text.Json;

namespace Groeilijn.School;

/// <summary>
/// Pulls values out of JSON, one property after another: what is not asked for is passed over and never becomes a text.
/// At most 32 levels deep; a value above 512 characters is not used.
/// </summary>
ref struct JsonRecords
{
    const int Deepest = 32, LongestValue = 512;
    readonly ReadOnlySpan<byte> _utf8;
    readonly Reading _into;
    Utf8JsonReader _json;
    int _line = 1, _counted;

    public JsonRecords(ReadOnlySpan<byte> utf8, Reading into)
    {
        _utf8 = utf8;
        _into = into;
        _json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest + 2, AllowMultipleValues = true });
    }

    /// <summary>The line it stands on, from 1.</summary>
    public int Line
    {
        get
        {
            var at = (int)_json.TokenStartIndex;
            if (at > _counted) (_line, _counted) = (_line + _utf8[_counted..at].Count((byte)'\n'), at);
            return _line;
        }
    }

    public readonly bool IsObject => _json.TokenType == JsonTokenType.StartObject;

    public readonly bool IsArray => _json.TokenType == JsonTokenType.StartArray;

    /// <summary>Moves to the next message of the file; false at the end.</summary>
    public bool Message() => Read();

    /// <summary>In an object: moves to the value of its next property and gives its name; null at the end of the object.</summary>
    public string? Property()
    {
        Read();
        if (_json.TokenType == JsonTokenType.EndObject) return null;
        var name = Value();
        Read();
        return name;
    }

    /// <summary>In an array: moves to its next element; false at the end.</summary>
    public bool Element()
    {
        Read();
        return _json.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>The value it stands on as text, trimmed; empty for what is no text or number.</summary>
    public string Text()
    {
        if (_json.TokenType is JsonTokenType.String or JsonTokenType.Number) return Value().Trim();
        Pass();
        return "";
    }

    /// <summary>Passes over the value it stands on.</summary>
    public void Pass()
    {
        if (!IsObject && !IsArray) return;
        var depth = _json.CurrentDepth;
        do Read(); while (_json.CurrentDepth > depth || _json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray));
    }

    string Value()
    {
        if (_json.ValueSpan.Length > 6 * LongestValue) return TooLong();
        try
        {
            var text = _json.TokenType == JsonTokenType.Number ? Encoding.ASCII.GetString(_json.ValueSpan) : _json.GetString() ?? "";
            return text.Length > LongestValue ? TooLong() : text;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            throw new FileRefused(Rules.FileBroken, Line);
        }
    }

    string TooLong()
    {
        _into.Bend(Rules.FileValueTooLong, Line);
        return "";
    }

    bool Read()
    {
        var more = _json.Read();
        if (_json.CurrentDepth > Deepest) throw new FileRefused(Rules.FileTooDeep, Line);
        return more;
    }
}
