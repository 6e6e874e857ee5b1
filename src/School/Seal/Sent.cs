using System.Globalization;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// What was sent, byte for byte. Nobody at the school can open a sealed delivery, so what was sealed is kept beside it, sealed for this
/// store: a parent who asks what was sent gets an answer that depends on nobody else.
/// </summary>
public static class Sent
{
    /// <summary>The deliveries, oldest first.</summary>
    public static IReadOnlyList<SentDelivery> All(SchoolHome home) => home.Store.Read<SentDelivery>(
        "SELECT edition AS Edition, sequence AS Sequence, fields AS \"Set\", sealed AS Sealed, approved AS ApprovedBy, ciphertext AS Ciphertext, payload AS Payload, pupils AS Pupils, results AS Results, receipt AS Receipt, sent AS SentAt, recipient AS Recipient FROM delivery ORDER BY number");

    /// <summary>The payload of a delivery; null when there is no such delivery or nothing of it is kept any more. The line of who is no longer kept is empty.</summary>
    public static byte[]? Payload(SchoolHome home, string edition, int sequence) =>
        home.Store.ReadOne<byte[]>("SELECT payload FROM sent WHERE edition = @edition AND sequence = @sequence", new { edition, sequence }) is { } sealedBytes
            ? home.Vault.Open(sealedBytes, PlaceOf(edition, sequence)) : null;

    /// <summary>The line of one pupil in a delivery; null when it is no longer kept.</summary>
    internal static DeliveredPupil? Line(SchoolHome home, string edition, int sequence, int line)
    {
        if (Payload(home, edition, sequence) is not { } payload) return null;
        var lines = payload.AsSpan().Split((byte)'\n');
        for (var i = -1; lines.MoveNext(); i++) // the first line is the header
            if (i == line) return DeliveredPupil.TryRead(payload.AsSpan(lines.Current), out var pupil, out _) ? pupil : null;
        return null;
    }

    /// <summary>What last went along of a person; null when nothing did or it is no longer kept.</summary>
    internal static DeliveredPupil? LastLine(SchoolHome home, long person) => home.Store.Read<(string Edition, int Sequence, int Line)>("""
        SELECT d.edition, d.sequence, d.line FROM delivered d JOIN delivery y ON y.edition = d.edition AND y.sequence = d.sequence WHERE d.person = @person ORDER BY y.number DESC
        """, new { person }).Select(d => Line(home, d.Edition, d.Sequence, d.Line)).FirstOrDefault(line => line is not null);

    internal static string PlaceOf(string edition, int sequence) => string.Create(CultureInfo.InvariantCulture, $"sent/{edition}/{sequence}");
}

/// <summary>A delivery that was sealed: when, approved by whom, and its hashes. <c>Receipt</c> is the hash of the office's receipt, when there is one.</summary>
public sealed record SentDelivery
{
    /// <summary>The half-year.</summary>
    public string Edition { get; init; } = "";

    /// <summary>The number of the delivery within its edition, from 1.</summary>
    public int Sequence { get; init; }

    /// <summary>The set of fields that it was made by, <c>nco-basis/1</c>.</summary>
    public string Set { get; init; } = "";

    /// <summary>The moment of sealing.</summary>
    public string Sealed { get; init; } = "";

    /// <summary>Who approved it.</summary>
    public string ApprovedBy { get; init; } = "";

    /// <summary>SHA-256 of the sealed file.</summary>
    public string Ciphertext { get; init; } = "";

    /// <summary>SHA-256 of what was sealed: the hash that the preview showed.</summary>
    public string Payload { get; init; } = "";

    /// <summary>How many pupils.</summary>
    public int Pupils { get; init; }

    /// <summary>How many results.</summary>
    public int Results { get; init; }

    /// <summary>SHA-256 of the office's receipt.</summary>
    public string? Receipt { get; init; }

    /// <summary>When its files had all arrived, UTC; null while they did not, or when they were carried by hand.</summary>
    public string? SentAt { get; init; }

    /// <summary>The key it was sealed to.</summary>
    public string Recipient { get; init; } = "";
}
