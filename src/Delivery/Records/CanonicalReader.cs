using System.Globalization;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>
/// Reads members in the order of the calls and refuses every other text: a missing, unknown, repeated or misplaced member,
/// white space, an escape that was not needed. A refusal ends the reading; <see cref="CanonicalJson.TryRead"/> makes it a value.
/// </summary>
public sealed class CanonicalReader
{
    const int LongestInteger = 15; // below 2^53: the same number in every reader of JSON

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly string _json;
    int _at;
    bool _first;

    internal CanonicalReader(ReadOnlySpan<byte> json)
    {
        try { _json = Utf8.GetString(json); }
        catch (DecoderFallbackException) { throw new JsonRefused("", "the text is not UTF-8"); }
    }

    /// <summary>A text member that keeps to <paramref name="rule"/>.</summary>
    public string Text(string member, Spelling rule)
    {
        Name(member);
        string value = Quoted(member);
        return rule.Allows(value) ? value : throw new JsonRefused(member, rule.Rule);
    }

    /// <summary>A text member that may be left out.</summary>
    public string? OptionalText(string member, Spelling rule) => Has(member) ? Text(member, rule) : null;

    /// <summary>An integer member between two bounds.</summary>
    public long Integer(string member, long least, long most)
    {
        Name(member);
        return Number(member) is var value && value >= least && value <= most ? value : throw new JsonRefused(member, $"must be an integer from {least} to {most}");
    }

    /// <summary>A count: an integer from 0.</summary>
    public int Count(string member) => (int)Integer(member, 0, int.MaxValue);

    /// <summary>An integer member that may be left out.</summary>
    public long? OptionalInteger(string member, long least, long most) => Has(member) ? Integer(member, least, most) : null;

    /// <summary>The member <c>"name":true</c>.</summary>
    public void True(string member)
    {
        Name(member);
        if (!Taken("true")) throw new JsonRefused(member, "must be true");
    }

    /// <summary>A date member, <c>YYYY-MM-DD</c>.</summary>
    public DateOnly Date(string member)
    {
        Name(member);
        return DateOnly.TryParseExact(Quoted(member), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date : throw new JsonRefused(member, "must be a date, YYYY-MM-DD");
    }

    /// <summary>A time member, UTC to the second.</summary>
    public DateTimeOffset Time(string member)
    {
        Name(member);
        return DateTimeOffset.TryParseExact(Quoted(member), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time : throw new JsonRefused(member, "must be a time, YYYY-MM-DDTHH:MM:SSZ");
    }

    /// <summary>A member that is an object.</summary>
    public T Object<T>(string member, Func<CanonicalReader, T> read)
    {
        Name(member);
        return Object(read);
    }

    /// <summary>A member that is a list of objects.</summary>
    public List<T> Objects<T>(string member, Func<CanonicalReader, T> read) => List(member, () => Object(read));

    /// <summary>A member that is a list of texts.</summary>
    public List<string> Texts(string member, Spelling rule) => List(member, () => Quoted(member) is var value && rule.Allows(value) ? value : throw new JsonRefused(member, rule.Rule));

    /// <summary>Whether <paramref name="member"/> comes next.</summary>
    public bool Has(string member) => _json.AsSpan(_at).StartsWith($"{(_first ? "" : ",")}\"{member}\":", StringComparison.Ordinal);

    /// <summary>A flat object whose members the reader does not know beforehand: texts and integers, in ordinal order of their names.</summary>
    public List<(string Name, Fact Value)> Facts(string member)
    {
        Name(member);
        return Object(reader =>
        {
            List<(string Name, Fact Value)> facts = [];
            while (reader.Peek() != '}')
            {
                reader.Separator(member);
                string name = reader.Quoted(member);
                if (!Spelling.FactName.Allows(name)) throw new JsonRefused(member, Spelling.FactName.Rule);
                if (facts.Count > 0 && string.CompareOrdinal(facts[^1].Name, name) >= 0) throw new JsonRefused(member, "must be in alphabetical order, each name once");
                if (!reader.Taken(":")) throw new JsonRefused(member, "must be pairs of a name and a value");
                facts.Add((name, reader.Peek() == '"' ? reader.Quoted(member) : reader.Number(member)));
                if (!facts[^1].Value.Allowed) throw new JsonRefused(member, Spelling.FactText.Rule);
            }
            return facts;
        });
    }

    internal T Object<T>(Func<CanonicalReader, T> read)
    {
        if (!Taken("{")) throw new JsonRefused("", "must be a JSON object without white space");
        _first = true;
        T value = read(this);
        if (!Taken("}")) throw new JsonRefused("", "an unknown, repeated or misplaced member, or white space");
        _first = false;
        return value;
    }

    internal void End()
    {
        if (_at != _json.Length) throw new JsonRefused("", "something follows the object");
    }

    List<T> List<T>(string member, Func<T> read)
    {
        Name(member);
        if (!Taken("[")) throw new JsonRefused(member, "must be a list");
        List<T> items = [];
        while (!Taken("]"))
        {
            if (items.Count > 0 && !Taken(",")) throw new JsonRefused(member, "must be a list");
            items.Add(read());
        }
        _first = false;
        return items;
    }

    void Name(string member)
    {
        if (!Has(member)) throw new JsonRefused(member, "expected here; members stand in the order of the format, each once, without white space");
        _at += member.Length + (_first ? 3 : 4);
        _first = false;
    }

    void Separator(string member)
    {
        if (!_first && !Taken(",")) throw new JsonRefused(member, "must be separated by a comma alone");
        _first = false;
    }

    long Number(string member)
    {
        int start = _at;
        if (Peek() == '-') _at++;
        int digits = _at;
        while (char.IsAsciiDigit(Peek())) _at++;
        int length = _at - digits;
        bool canonical = length is > 0 and <= LongestInteger && (_json[digits] != '0' || (length == 1 && digits == start));
        return canonical ? long.Parse(_json.AsSpan(start, _at - start), CultureInfo.InvariantCulture) : throw new JsonRefused(member, "must be an integer of at most 15 digits");
    }

    string Quoted(string member)
    {
        if (!Taken("\"")) throw new JsonRefused(member, "must be a text");
        StringBuilder text = new();
        while (Peek() != '"')
        {
            if (Peek() == '\\') text.Append(Escape(member));
            else if (Peek() < ' ') throw new JsonRefused(member, "must be a text that ends");
            else text.Append(_json[_at++]);
        }
        _at++;
        return text.ToString();
    }

    char Escape(string member)
    {
        foreach (int length in (int[])[2, 6])
        {
            if (_at + length > _json.Length) break;
            string escape = _json.Substring(_at, length);
            char meant = length == 2 ? Short(escape[1]) : (char)(ushort.TryParse(escape.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code) ? code : ' ');
            if (JsonEscapes.Of(meant) != escape) continue;
            _at += length;
            return meant;
        }
        throw new JsonRefused(member, "has an escape that JSON does not demand");
    }

    static char Short(char letter) => letter switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => letter };

    char Peek() => _at < _json.Length ? _json[_at] : '\0';

    bool Taken(string text)
    {
        if (!_json.AsSpan(_at).StartsWith(text, StringComparison.Ordinal)) return false;
        _at += text.Length;
        return true;
    }
}
