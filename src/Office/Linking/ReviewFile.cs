using System.Text.Json;
using System.Text.Json.Serialization;
using Groeilijn.Delivery;

namespace Groeilijn.Office;

/// <summary>What somebody says of a pair.</summary>
enum Verdict
{
    /// <summary>Nobody looked yet.</summary>
    None,
    /// <summary>One person.</summary>
    Link,
    /// <summary>Two people.</summary>
    Not,
    /// <summary>Cannot be said; the pair is not linked.</summary>
    Unsure,
}

/// <summary>A person of the register who may be the pupil, and what the two reviewers said.</summary>
/// <param name="Rin">Who.</param>
/// <param name="Probability">What the program thinks; shown after the verdict.</param>
/// <param name="First">The first reviewer.</param>
/// <param name="Second">The second, who does not see the first.</param>
sealed record ReviewPair(string Rin, double Probability, Verdict First = Verdict.None, Verdict Second = Verdict.None)
{
    /// <summary>What a reviewer said; the turn is 1 or 2.</summary>
    public Verdict Of(int turn) => turn == 1 ? First : Second;

    /// <summary>The same with another verdict.</summary>
    public ReviewPair With(int turn, Verdict verdict) => turn == 1 ? this with { First = verdict } : this with { Second = verdict };

    /// <summary>Masked.</summary>
    public override string ToString() => "a pair (masked)";
}

/// <summary>A pupil of a delivery who waits.</summary>
/// <param name="Pupil">The pupil's place in the delivery, from 0; its data are in the delivery's own sealed file.</param>
/// <param name="Reason"><c>tie</c>, <c>likely</c>, <c>number-alone</c>, <c>earlier</c> (it would change an earlier link) or <c>contradicts</c> (the person has other results for the same tests).</param>
/// <param name="Before">Of <c>earlier</c>: the RIN of before.</param>
/// <param name="Pairs">Who it may be.</param>
sealed record ReviewItem(int Pupil, string Reason, string? Before, IReadOnlyList<ReviewPair> Pairs)
{
    /// <summary>Who it is, if both reviewers say so of one pair and of no other; null otherwise.</summary>
    [JsonIgnore]
    public ReviewPair? Agreed => Pairs.Where(p => p is { First: Verdict.Link, Second: Verdict.Link }).ToArray() is [var one] && !Pairs.Any(p => p != one && (p.First == Verdict.Link || p.Second == Verdict.Link)) ? one : null;

    /// <summary>Masked.</summary>
    public override string ToString() => "a pupil for review (masked)";
}

/// <summary>
/// The possible links of one delivery (<c>groeilijn-review/1</c>), sealed to the round's key: with the key gone it says nothing. It holds places,
/// RINs and verdicts, no identifier. Written anew after every verdict, for which the public half of the key is enough.
/// </summary>
sealed record ReviewFile(string Format, string Ciphertext, IReadOnlyList<ReviewItem> Items)
{
    const string TheFormat = "groeilijn-review/1";

    static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static ReviewFile Of(string ciphertext, IReadOnlyList<ReviewItem> items) => new(TheFormat, ciphertext, items);

    /// <summary>Where it lies.</summary>
    public static string Path(OfficeHome home, string ciphertext) => home.At("review", ciphertext + ".age");

    /// <summary>Seals and writes it durably.</summary>
    public void Write(OfficeHome home, RecipientKey recipient)
    {
        DurableFile.CreateFolder(home.At("review"));
        DurableFile.Write(Path(home, Ciphertext), Envelope.Seal(JsonSerializer.SerializeToUtf8Bytes(this, s_json), recipient));
    }

    /// <summary>Opens it.</summary>
    public static ReviewFile Open(OfficeHome home, string ciphertext, IdentityKey key)
    {
        using var opened = Envelope.Open(File.ReadAllBytes(Path(home, ciphertext)), key);
        if (!opened.Ok) throw new InvalidDataException($"A file of the review cannot be opened: {opened.Fault.Value.Sentence()}");
        var file = JsonSerializer.Deserialize<ReviewFile>(opened.Content, s_json);
        return file is { Format: TheFormat } && file.Ciphertext == ciphertext ? file : throw new InvalidDataException("A file of the review is not what its name says.");
    }

    /// <summary>Masked.</summary>
    public override string ToString() => "a file of the review (masked)";
}
