using System.Diagnostics.CodeAnalysis;

namespace Groeilijn.Delivery;

/// <summary>
/// One leaf of the public log (<c>groeilijn-day/1</c>): a day, and one hash that stands for all steps of that day. Every day has one and every
/// one is as long as the other, so that it betrays no school, no number and no hour.
/// </summary>
public sealed record LogDay
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-day/1";

    /// <summary>The name of the public log in its checkpoints.</summary>
    public const string Origin = "groeilijn/public";

    /// <summary>The day, UTC.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The root of the day's <see cref="DayBatch"/>; of a day on which nothing happened, random.</summary>
    public required string Batch { get; init => field = Spelling.Sha256.Demand(value); }

    /// <summary>The leaf: canonical JSON without a line end.</summary>
    public byte[] ToJson() => CanonicalJson.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Date("day", Day);
        json.Text("batch", Batch, Spelling.Sha256);
    });

    /// <summary>Reads a leaf; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LogDay? value, [NotNullWhen(false)] out JsonFault? fault)
    {
        if (!bytes.EndsWith("\n"u8)) return CanonicalJson.TryRead(bytes, Read, out value, out fault);
        (value, fault) = (null, new("", "a leaf has no line end"));
        return false;
    }

    static LogDay Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        return new() { Day = json.Date("day"), Batch = json.Text("batch", Spelling.Sha256) };
    }
}
