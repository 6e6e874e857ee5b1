using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Takes in what the office announces of a round: one signed file with the keys, the days and the address. The first time, the fingerprint
/// of the office's certificate is read aloud over the telephone and confirmed; from then on it is known, and another one is refused.
/// </summary>
public static class Rounds
{
    /// <summary>Reads a notice (<c>round.json</c> with <c>round.p7s</c> beside it) without taking it in: to show what it says and whose fingerprint must be compared.</summary>
    public static Outcome<RoundSeen> Look(SchoolHome home, string file) => SignedRecord.OfFile(file) is { } given ? Look(home, given) : Refusals.NotARound;

    /// <inheritdoc cref="Look(SchoolHome, string)"/>
    public static Outcome<RoundSeen> Look(SchoolHome home, SignedRecord given)
    {
        var bytes = given.Record;
        if (!RoundNotice.TryRead(bytes, out var notice, out _)) return Refusals.NotARound;
        var check = Signature.Check(bytes, given.Signature, [], home.Clock.GetUtcNow());
        using var signer = check.Signer;
        if (signer is null || SigningKey.FingerprintOf(signer) != notice.Certificate) return Refusals.RoundUnsigned;
        if (home.Clock.GetUtcNow() > signer.NotAfter) return Refusals.RoundUnsigned;
        using var known = PinnedOffice.Certificate(home);
        if (known is not null && SigningKey.FingerprintOf(known) != notice.Certificate) return Refusals.OtherOffice;
        return new RoundSeen(notice, Convert.ToHexStringLower(SHA256.HashData(bytes)), known is not null, signer.ExportCertificatePem());
    }

    /// <summary>Takes a notice in.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="file">The notice.</param>
    /// <param name="confirmed">The fingerprint as it was read aloud, with or without spaces; needed the first time only.</param>
    public static Outcome<AnnouncedRound> Accept(SchoolHome home, string file, string? confirmed = null) =>
        SignedRecord.OfFile(file) is { } given ? Accept(home, given, confirmed) : Refusals.NotARound;

    /// <inheritdoc cref="Accept(SchoolHome, string, string?)"/>
    public static Outcome<AnnouncedRound> Accept(SchoolHome home, SignedRecord given, string? confirmed = null)
    {
        var look = Look(home, given);
        if (look.Value is not { } seen) return look.Refusal!;
        if (!seen.Known && confirmed is null) return Refusals.OfficeUnconfirmed;
        if (!seen.Known && Plain(confirmed!) != seen.Notice.Certificate) return Refusals.OtherFingerprint;
        if (!seen.Known) PinnedOffice.Pin(home, seen.Certificate);
        var notice = seen.Notice;
        home.Store.Write(tx =>
        {
            if (tx.ReadOne<long>("SELECT count(*) FROM round WHERE edition = @edition AND notice = @hash", new { edition = notice.Edition, hash = seen.Sha256 }) == 1) return;
            tx.Execute("INSERT OR REPLACE INTO round (edition, recipient, opens, closes, upload, notice, accepted) VALUES (@edition, @recipient, @opens, @closes, @upload, @hash, @now)",
                new { edition = notice.Edition, recipient = notice.Recipient, opens = Rows.Day(notice.Opens), closes = Rows.Day(notice.Closes), upload = notice.Upload, hash = seen.Sha256, now = home.Now });
            // A notice of an earlier round, taken in late, does not bring its older key back.
            tx.Execute("UPDATE office SET withdrawals = @key WHERE NOT EXISTS (SELECT 1 FROM round WHERE edition > @edition)", new { key = notice.Withdrawals, edition = notice.Edition });
            tx.Enter(home.Entry("round-accepted", ("edition", notice.Edition), ("notice", seen.Sha256)));
        });
        Withdrawals.Seal(home);
        return Of(home, Edition.Parse(notice.Edition).Value)!;
    }

    /// <summary>The round of an edition as the office announced it; null when it did not.</summary>
    public static AnnouncedRound? Of(SchoolHome home, Edition edition) => All(home).FirstOrDefault(round => round.Edition == edition);

    /// <summary>The rounds that were announced, the newest edition first.</summary>
    public static IReadOnlyList<AnnouncedRound> All(SchoolHome home) =>
        [.. home.Store.Read<RoundRow>("SELECT edition AS Edition, recipient AS Recipient, opens AS Opens, closes AS Closes, upload AS Upload FROM round ORDER BY edition DESC").Select(row =>
            new AnnouncedRound(Edition.Parse(row.Edition).Value, RecipientKey.Parse(row.Recipient), Rows.Day(row.Opens), Rows.Day(row.Closes), row.Upload is null ? null : new Uri(row.Upload)))];

    static string Plain(string fingerprint) => new([.. fingerprint.Where(c => !char.IsWhiteSpace(c) && c is not (':' or '-')).Select(char.ToLowerInvariant)]);

    sealed record RoundRow
    {
        public string Edition { get; init; } = "";
        public string Recipient { get; init; } = "";
        public string Opens { get; init; } = "";
        public string Closes { get; init; } = "";
        public string? Upload { get; init; }
    }
}

/// <summary>A notice that was read: what it says, its hash, whether its signer is the office this school knows, and the signer's certificate (PEM).</summary>
public sealed record RoundSeen(RoundNotice Notice, string Sha256, bool Known, string Certificate)
{
    /// <summary>The signer's fingerprint, to compare over the telephone.</summary>
    public string FingerprintAloud => SigningKey.Aloud(Notice.Certificate);
}

/// <summary>A round that the office announced: its key, its first and last day, and where to upload when there is such a place.</summary>
public sealed record AnnouncedRound(Edition Edition, RecipientKey Recipient, DateOnly Opens, DateOnly Closes, Uri? Upload);

static partial class Refusals
{
    public static readonly Refusal NotARound = new("Dit bestand is geen aankondiging van een aanleverronde, of de handtekening ernaast (.p7s) ontbreekt.", "This file is not the notice of a round, or the signature beside it (.p7s) is missing.", "Geef het bestand van het bureau, met het .p7s-bestand in dezelfde map.", "Give the office's file, with the .p7s file in the same folder.");
    public static readonly Refusal RoundUnsigned = new("De handtekening van de aankondiging klopt niet.", "The signature of the notice is not right.", "Vraag het bureau om de aankondiging opnieuw te sturen.", "Ask the office to send the notice again.");
    public static readonly Refusal OfficeUnconfirmed = new("Het certificaat van het bureau is nog niet bevestigd.", "The office's certificate was not confirmed yet.", "Bel het bureau, laat de vingerafdruk voorlezen en geef die mee.", "Call the office, have the fingerprint read aloud and give it.");
    public static readonly Refusal OtherFingerprint = new("De vingerafdruk is een andere dan die van dit bestand.", "The fingerprint is another than that of this file.", "Vergelijk opnieuw. Klopt het weer niet, gebruik dit bestand dan niet en bel het bureau.", "Compare again. If it differs once more, do not use this file and call the office.");
    public static readonly Refusal NoRound = new("De sleutel van deze aanleverronde is niet bekend.", "The key of this round is not known.", "Lees de aankondiging van het bureau in: school round BESTAND.", "Take in the office's notice: school round FILE.");
}
