using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Groeilijn.Office;

/// <summary>
/// The snapshot of the population register, <c>groeilijn-register/1</c>: JSON Lines of canonical JSON. It exists sealed on
/// disk and open in memory, nothing between. Damage is an <see cref="InvalidDataException"/> with the line, never a value.
/// </summary>
public static class RegisterSnapshot
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-register/1";

    static readonly JsonWriterOptions s_canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the snapshot, persons in the order given.</summary>
    public static void Write(Stream output, DateOnly asOf, IReadOnlyCollection<RegisterPerson> persons)
    {
        using var json = new Utf8JsonWriter(output, s_canonical);
        Line(json, output, () =>
        {
            json.WriteString("format", Format);
            json.WriteString("as_of", asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        });
        foreach (var person in persons) Line(json, output, () => Members(json, person));
        Line(json, output, () =>
        {
            json.WriteBoolean("end", true);
            json.WriteNumber("persons", persons.Count);
        });
    }

    /// <summary>Reads a whole snapshot; nothing is known before the last line agreed with the count.</summary>
    public static (DateOnly AsOf, List<RegisterPerson> Persons) Read(ReadOnlySpan<byte> snapshot)
    {
        var persons = new List<RegisterPerson>();
        DateOnly? asOf = null;
        var number = 0;
        while (snapshot.Length > 0)
        {
            number++;
            var end = snapshot.IndexOf((byte)'\n');
            if (end < 0) throw Damaged(number, "has no end");
            var line = snapshot[..end];
            snapshot = snapshot[(end + 1)..];
            try
            {
                if (asOf is null) asOf = ReadHead(line);
                else if (line.StartsWith("{\"end\""u8)) return ReadEnd(line) == persons.Count && snapshot.Length == 0 ? (asOf.Value, persons) : throw Damaged(number, "does not agree with what stands above it");
                else persons.Add(ReadPerson(line));
            }
            catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException)
            {
                throw Damaged(number, "is not as the format demands");
            }
        }
        throw Damaged(number, "is the last, and the counts are missing");
    }

    static void Line(Utf8JsonWriter json, Stream output, Action members)
    {
        json.WriteStartObject();
        members();
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.WriteByte((byte)'\n');
    }

    static void Members(Utf8JsonWriter json, RegisterPerson person)
    {
        json.WriteString("rin", person.Rin.Text);
        json.WriteString("key", person.Key);
        json.WriteStartArray("numbers");
        foreach (var number in person.Numbers)
        {
            json.WriteStartObject();
            json.WriteString("kind", number.Kind);
            json.WriteString("value", number.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("sex", person.Sex);
        json.WriteString("born", person.Born);
        json.WriteStartArray("addresses");
        foreach (var address in person.Addresses)
        {
            json.WriteStartObject();
            json.WriteString("from", address.From);
            json.WriteString("postcode", address.Postcode);
            json.WriteNumber("house", address.House);
            if (address.Letter is not null) json.WriteString("letter", address.Letter);
            if (address.Addition is not null) json.WriteString("addition", address.Addition);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static DateOnly ReadHead(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        Open(ref json);
        if (Text(ref json, "format"u8) != Format) throw new FormatException();
        var asOf = DateOnly.ParseExact(Text(ref json, "as_of"u8), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Close(ref json);
        return asOf;
    }

    static int ReadEnd(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        Open(ref json);
        Name(ref json, "end"u8);
        if (!json.Read() || json.TokenType != JsonTokenType.True) throw new FormatException();
        Name(ref json, "persons"u8);
        var persons = Integer(ref json);
        Close(ref json);
        return persons;
    }

    static RegisterPerson ReadPerson(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        Open(ref json);
        if (!Rin.TryParse(Text(ref json, "rin"u8), out var rin)) throw new FormatException();
        var key = Text(ref json, "key"u8);
        var numbers = new List<RegisterNumber>(1);
        Name(ref json, "numbers"u8);
        for (StartList(ref json); Another(ref json);) numbers.Add(ReadNumber(ref json));
        var sex = Text(ref json, "sex"u8);
        var born = Text(ref json, "born"u8);
        var addresses = new List<RegisterAddress>(2);
        Name(ref json, "addresses"u8);
        for (StartList(ref json); Another(ref json);) addresses.Add(ReadAddress(ref json));
        Close(ref json);
        return new RegisterPerson(rin, key, numbers, sex, born, addresses);
    }

    static RegisterNumber ReadNumber(ref Utf8JsonReader json)
    {
        var (kind, value) = (Text(ref json, "kind"u8), Text(ref json, "value"u8));
        Expect(kind is "bsn" or "onderwijsnummer" && json.Read() && json.TokenType == JsonTokenType.EndObject);
        return new RegisterNumber(kind, value);
    }

    static RegisterAddress ReadAddress(ref Utf8JsonReader json)
    {
        var (from, postcode) = (Text(ref json, "from"u8), Text(ref json, "postcode"u8));
        Name(ref json, "house"u8);
        var house = Integer(ref json);
        string? letter = null, addition = null;
        Expect(json.Read());
        if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("letter"u8)) { letter = Value(ref json); Expect(json.Read()); }
        if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("addition"u8)) { addition = Value(ref json); Expect(json.Read()); }
        Expect(json.TokenType == JsonTokenType.EndObject);
        return new RegisterAddress(from, postcode, house, letter, addition);
    }

    static void Open(ref Utf8JsonReader json) => Expect(json.Read() && json.TokenType == JsonTokenType.StartObject);

    static void Close(ref Utf8JsonReader json) => Expect(json.Read() && json.TokenType == JsonTokenType.EndObject && !json.Read());

    static void Name(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => Expect(json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name));

    static string Text(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        Name(ref json, name);
        return Value(ref json);
    }

    static string Value(ref Utf8JsonReader json)
    {
        Expect(json.Read() && json.TokenType == JsonTokenType.String);
        return json.GetString()!;
    }

    static int Integer(ref Utf8JsonReader json)
    {
        Expect(json.Read() && json.TokenType == JsonTokenType.Number);
        return json.GetInt32();
    }

    static void StartList(ref Utf8JsonReader json) => Expect(json.Read() && json.TokenType == JsonTokenType.StartArray);

    static bool Another(ref Utf8JsonReader json)
    {
        Expect(json.Read() && json.TokenType is JsonTokenType.StartObject or JsonTokenType.EndArray);
        return json.TokenType == JsonTokenType.StartObject;
    }

    static void Expect(bool holds)
    {
        if (!holds) throw new FormatException();
    }

    static InvalidDataException Damaged(int line, string what) => new($"register snapshot: line {line} {what}; import the register again.");
}
