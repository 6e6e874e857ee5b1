using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>A file as a record names it: its hash and its length in bytes.</summary>
public sealed record FileDigest
{
    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init => field = Spelling.Sha256.Demand(value); }

    /// <summary>The length in bytes.</summary>
    public required long Bytes { get; init => field = Spelling.Between(0, long.MaxValue, value); }

    /// <summary>The digest of bytes in memory.</summary>
    public static FileDigest Of(ReadOnlySpan<byte> content) => new() { Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), Bytes = content.Length };

    /// <summary>The digest of a file, at constant memory.</summary>
    public static FileDigest OfFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        return new() { Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)), Bytes = file.Length };
    }

    internal void Write(CanonicalWriter json)
    {
        json.Text("sha256", Sha256, Spelling.Sha256);
        json.Integer("bytes", Bytes);
    }

    internal static FileDigest Read(CanonicalReader json) => new() { Sha256 = json.Text("sha256", Spelling.Sha256), Bytes = json.Integer("bytes", 0, long.MaxValue) };
}

/// <summary>What the school says of a sealed delivery, signed with its certificate (<c>groeilijn-manifest/1</c>).</summary>
public sealed record Manifest
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-manifest/1";

    /// <summary>BRIN and vestiging.</summary>
    public required string School { get; init => field = Spelling.School.Demand(value); }

    /// <summary>The half-year.</summary>
    public required string Edition { get; init => field = Spelling.Edition.Demand(value); }

    /// <summary>Counts this school's deliveries in this edition, from 1; a higher one replaces a lower one until linking.</summary>
    public required int Sequence { get; init => field = (int)Spelling.Between(1, int.MaxValue, value); }

    /// <summary>The configured set of fields.</summary>
    public required string Set { get; init => field = Spelling.Set.Demand(value); }

    /// <summary>The round's key it is sealed to, <c>age1…</c>.</summary>
    public required string Recipient { get; init => field = Spelling.Recipient.Demand(value); }

    /// <summary>The sealed file.</summary>
    public required FileDigest Ciphertext { get; init; }

    /// <summary>The payload inside; safe to show because a payload is salted.</summary>
    public required FileDigest Payload { get; init; }

    /// <summary>The number of pupils.</summary>
    public required int Pupils { get; init => field = (int)Spelling.Between(0, int.MaxValue, value); }

    /// <summary>The number of results.</summary>
    public required int Results { get; init => field = (int)Spelling.Between(0, int.MaxValue, value); }

    /// <summary>When it was sealed; kept to the second, UTC.</summary>
    public required DateTimeOffset Sealed { get; init => field = Spelling.ToSecond(value); }

    /// <summary>The name that the three files of this delivery share, <c>99XX00-2023-1-1</c>.</summary>
    public string FileStem => $"{School}-{Edition}-{Sequence}";

    /// <summary>The record's one line, with its LF.</summary>
    public byte[] ToJson() => RecordFile.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("school", School, Spelling.School);
        json.Text("edition", Edition, Spelling.Edition);
        json.Integer("sequence", Sequence);
        json.Text("set", Set, Spelling.Set);
        json.Text("recipient", Recipient, Spelling.Recipient);
        json.Object("ciphertext", Ciphertext.Write);
        json.Object("payload", Payload.Write);
        json.Integer("pupils", Pupils);
        json.Integer("results", Results);
        json.Time("sealed", Sealed);
    });

    /// <summary>Reads the record; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Manifest? value, [NotNullWhen(false)] out JsonFault? fault) => RecordFile.TryRead(bytes, Read, out value, out fault);

    static Manifest Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        return new()
        {
            School = json.Text("school", Spelling.School),
            Edition = json.Text("edition", Spelling.Edition),
            Sequence = (int)json.Integer("sequence", 1, int.MaxValue),
            Set = json.Text("set", Spelling.Set),
            Recipient = json.Text("recipient", Spelling.Recipient),
            Ciphertext = json.Object("ciphertext", FileDigest.Read),
            Payload = json.Object("payload", FileDigest.Read),
            Pupils = json.Count("pupils"),
            Results = json.Count("results"),
            Sealed = json.Time("sealed"),
        };
    }
}

/// <summary>A record that is a file of one line: canonical JSON and its LF.</summary>
static class RecordFile
{
    public static byte[] Write(Action<CanonicalWriter> members) => [.. CanonicalJson.Write(members), (byte)'\n'];

    public static bool TryRead<T>(ReadOnlySpan<byte> bytes, Func<CanonicalReader, T> read, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out JsonFault? fault)
        where T : class
    {
        if (bytes.EndsWith("\n"u8)) return CanonicalJson.TryRead(bytes, read, out value, out fault);
        (value, fault) = (null, new("", "the line has no end: the file is cut off"));
        return false;
    }
}
