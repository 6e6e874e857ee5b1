using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>
/// Canonical JSON, the text of every record (docs/FORMATS.md): members in their one order, no white space, only the escapes
/// that JSON demands, nothing unknown, nothing twice. One content has one spelling, so that a hash of it means something.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Writes one object. The bytes have no line end.</summary>
    public static byte[] Write(Action<CanonicalWriter> members)
    {
        CanonicalWriter writer = new();
        writer.Object(members);
        return writer.ToBytes();
    }

    /// <summary>Reads one object with nothing before or after it (one LF at the end is allowed: the files end in one).</summary>
    /// <returns>False with a fault that names the member and the rule, and never repeats what stood there.</returns>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, Func<CanonicalReader, T> read, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out JsonFault? fault)
        where T : class
    {
        (value, fault) = (null, null);
        try
        {
            CanonicalReader reader = new(json.EndsWith("\n"u8) ? json[..^1] : json);
            value = reader.Object(read);
            reader.End();
            return true;
        }
        catch (JsonRefused refused)
        {
            value = null;
            fault = refused.Fault;
            return false;
        }
    }
}

/// <summary>What is wrong with a record: the member and the rule it breaks, never its value.</summary>
/// <param name="Member">The member's name as the format gives it; empty when the text itself is wrong.</param>
/// <param name="Rule">What the format demands there.</param>
public sealed record JsonFault(string Member, string Rule)
{
    /// <summary>One line for a message.</summary>
    public override string ToString() => Member.Length == 0 ? Rule : $"{Member}: {Rule}";
}

/// <summary>How a refusal travels from a member to the door, where it becomes a value.</summary>
sealed class JsonRefused(string member, string rule) : Exception(new JsonFault(member, rule).ToString())
{
    public JsonFault Fault { get; } = new(member, rule);
}

/// <summary>Writes members in the order of the calls. A value that breaks its rule is a bug of the caller: <see cref="ArgumentException"/>.</summary>
public sealed class CanonicalWriter
{
    readonly StringBuilder _json = new();
    bool _first = true;

    /// <summary>A text member; nothing is written for null.</summary>
    public void Text(string member, string? value, Spelling rule)
    {
        if (value is null) return;
        Name(member);
        Quoted(rule.Demand(value, member));
    }

    /// <summary>An integer member; nothing is written for null.</summary>
    public void Integer(string member, long? value)
    {
        if (value is null) return;
        Name(member);
        _json.Append(value.Value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The member <c>"name":true</c>.</summary>
    public void True(string member)
    {
        Name(member);
        _json.Append("true");
    }

    /// <summary>A date member, <c>YYYY-MM-DD</c>.</summary>
    public void Date(string member, DateOnly value)
    {
        Name(member);
        Quoted(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>A time member, UTC to the second.</summary>
    public void Time(string member, DateTimeOffset value)
    {
        Name(member);
        Quoted(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>A member that is an object.</summary>
    public void Object(string member, Action<CanonicalWriter> members)
    {
        Name(member);
        Object(members);
    }

    /// <summary>A member that is a list of objects.</summary>
    public void Objects<T>(string member, IEnumerable<T> items, Action<CanonicalWriter, T> write)
    {
        Name(member);
        Joined(items, item => Object(writer => write(writer, item)));
    }

    /// <summary>A member that is a list of texts.</summary>
    public void Texts(string member, IEnumerable<string> items, Spelling rule)
    {
        Name(member);
        Joined(items, item => Quoted(rule.Demand(item, member)));
    }

    /// <summary>A flat object of texts and integers, in the order given.</summary>
    public void Facts(string member, IEnumerable<(string Name, Fact Value)> facts) => Object(member, json =>
    {
        foreach ((string name, Fact fact) in facts)
        {
            json.Text(name, fact.Text, Spelling.FactText);
            json.Integer(name, fact.Number);
        }
    });

    internal void Object(Action<CanonicalWriter> members)
    {
        _json.Append('{');
        _first = true;
        members(this);
        _json.Append('}');
        _first = false;
    }

    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(_json.ToString());

    void Joined<T>(IEnumerable<T> items, Action<T> write)
    {
        _json.Append('[');
        bool first = true;
        foreach (T item in items)
        {
            if (!first) _json.Append(',');
            first = false;
            write(item);
        }
        _json.Append(']');
        _first = false;
    }

    void Name(string member)
    {
        if (!_first) _json.Append(',');
        _first = false;
        Quoted(member);
        _json.Append(':');
    }

    void Quoted(string text)
    {
        _json.Append('"');
        foreach (char c in text)
        {
            if (JsonEscapes.Of(c) is { } escape) _json.Append(escape);
            else _json.Append(c);
        }
        _json.Append('"');
    }
}

/// <summary>The escapes JSON demands: quote, backslash and what lies below the space; the short form where there is one.</summary>
static class JsonEscapes
{
    public static string? Of(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' => $"\\u{(int)c:x4}",
        _ => null,
    };
}
