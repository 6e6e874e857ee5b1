using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>One line of the log: what a room did, without a person in it (<c>groeilijn-entry/1</c>). Its bytes are a leaf of the tree.</summary>
public sealed record LedgerEntry
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-entry/1";

    /// <summary>When; kept to the second, UTC.</summary>
    public required DateTimeOffset Time { get; init => field = Spelling.ToSecond(value); }

    /// <summary>The room, <c>intake</c>.</summary>
    public required string Room { get; init => field = Spelling.Word.Demand(value); }

    /// <summary>The step, <c>received</c>.</summary>
    public required string Step { get; init => field = Spelling.Word.Demand(value); }

    /// <summary>16 random bytes in base64, so that the hash of an entry cannot be guessed.</summary>
    public string Salt { get; init => field = Spelling.Salt16.Demand(value); } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>The facts, each name once; kept in alphabetical (ordinal) order.</summary>
    public required IReadOnlyList<(string Name, Fact Value)> Facts
    {
        get;
        init
        {
            field = [.. value.OrderBy(fact => fact.Name, StringComparer.Ordinal)];
            foreach ((string name, Fact fact) in field)
            {
                Spelling.FactName.Demand(name);
                if (!fact.Allowed) throw new ArgumentException($"Facts, {name}: {Spelling.FactText.Rule}");
            }
            if (field.DistinctBy(fact => fact.Name).Count() != field.Count) throw new ArgumentException("Facts: each name stands once");
        }
    }

    /// <summary>The leaf: canonical JSON without a line end.</summary>
    public byte[] ToJson() => CanonicalJson.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Time("time", Time);
        json.Text("room", Room, Spelling.Word);
        json.Text("step", Step, Spelling.Word);
        json.Text("salt", Salt, Spelling.Salt16);
        json.Facts("facts", Facts);
    });

    /// <summary>Reads the record; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LedgerEntry? value, [NotNullWhen(false)] out JsonFault? fault)
    {
        if (!bytes.EndsWith("\n"u8)) return CanonicalJson.TryRead(bytes, Read, out value, out fault);
        (value, fault) = (null, new("", "an entry has no line end"));
        return false;
    }

    /// <summary>What stands for a personal reference: SHA-256 of a salt kept apart and the reference. With the salt gone it says nothing.</summary>
    public static string Commitment(ReadOnlySpan<byte> salt, string reference)
    {
        if (salt.Length != 32) throw new ArgumentException("A commitment's salt is 32 bytes.");
        return Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(reference)]));
    }

    static LedgerEntry Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        return new()
        {
            Time = json.Time("time"),
            Room = json.Text("room", Spelling.Word),
            Step = json.Text("step", Spelling.Word),
            Salt = json.Text("salt", Spelling.Salt16),
            Facts = json.Facts("facts"),
        };
    }
}

/// <summary>The value of a fact: a text or an integer. The default is the empty text.</summary>
public readonly record struct Fact
{
    readonly string? _text;

    Fact(string? text, long? number) => (_text, Number) = (text, number);

    /// <summary>The text; null when it is an integer.</summary>
    public string? Text => Number is null ? _text ?? "" : null;

    /// <summary>The integer; null when it is a text.</summary>
    public long? Number { get; }

    internal bool Allowed => Text is null ? Math.Abs(Number!.Value) < 1_000_000_000_000_000 : Spelling.FactText.Allows(Text);

    /// <summary>A text.</summary>
    public static Fact From(string text) => new(text, null);

    /// <summary>An integer.</summary>
    public static Fact From(long number) => new(null, number);

    /// <inheritdoc cref="From(string)"/>
    public static implicit operator Fact(string text) => From(text);

    /// <inheritdoc cref="From(long)"/>
    public static implicit operator Fact(long number) => From(number);
}
