using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office.Native;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>A round whose key and ciphertexts are gone.</summary>
/// <param name="Certificate">The certificate of destruction, one line of canonical JSON.</param>
/// <param name="Signature">The office's signature of it.</param>
public sealed record DestroyedRound(byte[] Certificate, byte[] Signature);

/// <summary>
/// Destroys a round's key and ciphertexts, step by step along <see cref="RoundStates"/>. Each step can be repeated, so that after
/// a crash the run goes on where it was. The certificate is the last step and stands on the search before it.
/// </summary>
public static class Destruction
{
    const string Method = "key shares and ciphertext overwritten in place, synced, read back, removed";

    /// <summary>Goes from a linked round, or from wherever an earlier run stopped, to the certificate.</summary>
    /// <param name="home">The office's home.</param>
    /// <param name="edition">The half-year.</param>
    /// <param name="approver1">Who approves.</param>
    /// <param name="approver2">Who else approves.</param>
    /// <param name="withoutReview">The two give up what still waits for review; it is recorded as such.</param>
    /// <param name="earlierHome">The folder of the home that this one was restored from, for a round that was begun there.</param>
    public static Outcome<DestroyedRound> Run(OfficeHome home, Edition edition, string approver1, string approver2, bool withoutReview = false, string? earlierHome = null)
    {
        if (Rounds.Find(home, edition) is not { } round) return new Refusal("no-round", $"There is no round for {edition}.", "Look at the edition.");
        if (round.State == RoundState.Open) return new Refusal("round-state", $"The round of {edition} is open.", "Link it first; then destroy.");
        if (earlierHome is not null && EarlierHome.Tell(home, edition, earlierHome) is { } other) return other;
        while (Rounds.Find(home, edition)!.State != RoundState.Certified)
            if (Step(home, edition, approver1, approver2, withoutReview) is { } refusal) return refusal;
        WriteCopies(home, edition);
        return Certificate(home, edition)!;
    }

    /// <summary>Takes exactly one step. Null when it was taken.</summary>
    public static Refusal? Step(OfficeHome home, Edition edition, string approver1, string approver2, bool withoutReview = false) => Rounds.Find(home, edition)?.State switch
    {
        RoundState.Linked or RoundState.Reviewing or RoundState.Reviewed => Intend(home, edition, approver1, approver2, withoutReview),
        RoundState.DestructionIntended => Destroy(home, edition, Shares(home, edition), RoundState.DestructionIntended, RoundState.KeysDestroyed, "shares"),
        RoundState.KeysDestroyed => Destroy(home, edition, Ciphertexts(home, edition), RoundState.KeysDestroyed, RoundState.CiphertextDestroyed, "ciphertexts"),
        RoundState.CiphertextDestroyed => Verify(home, edition),
        RoundState.Verified => Certify(home, edition),
        _ => new Refusal("round-state", $"The round of {edition} has no next step of destruction.", "Look at its state."),
    };

    /// <summary>The certificate of a round; null before it is there.</summary>
    public static DestroyedRound? Certificate(OfficeHome home, Edition edition)
    {
        var rows = home.Database.Read<(byte[]? Certificate, byte[]? Signature)>("SELECT certificate, certificate_signature FROM rounds WHERE edition = @edition", new { edition = edition.ToString() });
        return rows is [{ Certificate: { } certificate, Signature: { } signature }] ? new DestroyedRound(certificate, signature) : null;
    }

    static Refusal? Intend(OfficeHome home, Edition edition, string approver1, string approver2, bool withoutReview)
    {
        if (!Rounds.IsName(approver1) || !Rounds.IsName(approver2) || approver1 == approver2)
            return new Refusal("two-people", "Destruction is approved by two different people.", "Name two people, each in one line of at most 200 characters.");
        if (EarlierHome.Unknown(home, edition) is { } elsewhere) return elsewhere;
        if (Reviews.CannotEnd(home, edition, withoutReview) is { } refusal) return refusal;
        home.Database.Write(t =>
        {
            Reviews.End(home, t, edition);
            RoundStore.Move(t, edition, RoundState.Reviewed, RoundState.DestructionIntended, "approver_1 = @approver1, approver_2 = @approver2, intended = @time", new { approver1, approver2, time = OfficeHome.Text(home.Now) });
            t.Enter(home.Entry("destruction", "intended", ("deliveries", Deliveries(home, edition).Count), ("edition", edition.ToString())));
        });
        return null;
    }

    /// <summary>Overwrites and removes files; what a stopped run removed before is not there any more, and that is fine.</summary>
    static Refusal? Destroy(OfficeHome home, Edition edition, IReadOnlyList<string> files, RoundState from, RoundState to, string what)
    {
        var everywhere = EarlierHome.Everywhere(home, edition, files);
        foreach (var file in everywhere.Where(File.Exists))
        {
            Libc.Overwrite(file);
            File.Delete(file);
        }
        foreach (var folder in everywhere.Select(file => Path.GetDirectoryName(file)!).Distinct().Where(Directory.Exists)) DurableFile.SyncFolder(folder);
        home.Database.Write(t =>
        {
            RoundStore.Move(t, edition, from, to, to == RoundState.CiphertextDestroyed ? "destroyed = @time" : null, to == RoundState.CiphertextDestroyed ? new { time = OfficeHome.Text(home.Now) } : null);
            t.Enter(home.Entry("destruction", to.Code(), ("edition", edition.ToString()), (what, files.Count)));
        });
        return null;
    }

    static Refusal? Verify(OfficeHome home, Edition edition)
    {
        var left = EarlierHome.Everywhere(home, edition, [.. Shares(home, edition), .. Ciphertexts(home, edition)]).Count(File.Exists);
        if (left > 0) return new Refusal("still-present", $"{left} of the files that were destroyed are there again.", "Find out who put them back; then remove them and go on.");
        home.Database.Write(t =>
        {
            RoundStore.Move(t, edition, RoundState.CiphertextDestroyed, RoundState.Verified);
            t.Enter(home.Entry("destruction", "verified", ("edition", edition.ToString()), ("readable", 0)));
        });
        return null;
    }

    static Refusal? Certify(OfficeHome home, Edition edition)
    {
        if (EarlierHome.Everywhere(home, edition, [.. Shares(home, edition), .. Ciphertexts(home, edition)]).Any(File.Exists))
            return new Refusal("still-present", "A file that was destroyed is there again.", "Find out who put it back; then remove it and go on.");
        var certificate = Write(home, edition, home.Sequence()).ToJson();
        var signature = Signature.Sign(certificate, home.Key, home.Now);
        home.Database.Write(t =>
        {
            RoundStore.Move(t, edition, RoundState.Verified, RoundState.Certified, "certificate = @certificate, certificate_signature = @signature", new { certificate, signature });
            t.Enter(home.Entry("destruction", "certified", ("certificate", FileDigest.Of(certificate).Sha256), ("edition", edition.ToString())));
        });
        return null;
    }

    static DestructionCertificate Write(OfficeHome home, Edition edition, Checkpoint checkpoint)
    {
        var arguments = new { edition = edition.ToString() };
        var (recipient, approver1, approver2, intended, destroyed) = home.Database.Read<(string, string, string, string, string)>(
            "SELECT recipient, approver_1, approver_2, intended, destroyed FROM rounds WHERE edition = @edition", arguments)[0];
        var deliveries = home.Database.Read<(string Ciphertext, string Payload, long? Records, long? Linked)>(
            "SELECT ciphertext, payload, records, by_number + by_address + coalesce(by_probability, 0) + coalesce(by_review, 0) FROM deliveries WHERE edition = @edition ORDER BY ciphertext", arguments);
        var (records, linked) = ((int)deliveries.Sum(d => d.Records ?? 0), (int)deliveries.Sum(d => d.Linked ?? 0));
        return new DestructionCertificate
        {
            Edition = edition.ToString(),
            Recipient = recipient,
            Deliveries = [.. deliveries.Select(d => new DestroyedDelivery { Ciphertext = d.Ciphertext, Payload = d.Payload })],
            Counts = new DestructionCounts(deliveries.Count, records, linked, records - linked),
            Method = Method,
            Approvers = [approver1, approver2],
            Intended = OfficeHome.Time(intended),
            Destroyed = OfficeHome.Time(destroyed),
            Verified = new DestructionCheck(Shares(home, edition).Count, deliveries.Count, 0),
            Checkpoint = checkpoint.ToString(),
        };
    }

    /// <summary>The certificate as files: the office's own, and one for each school that delivered.</summary>
    static void WriteCopies(OfficeHome home, Edition edition)
    {
        var (certificate, signature) = Certificate(home, edition)!;
        var schools = home.Database.Read<string>("SELECT DISTINCT school FROM deliveries WHERE edition = @edition ORDER BY school", new { edition = edition.ToString() });
        foreach (var folder in schools.Select(school => home.At("certificates", school)).Prepend(home.At("certificates")))
        {
            DurableFile.CreateFolder(folder);
            DurableFile.Write(Path.Combine(folder, $"{edition}.json"), certificate);
            DurableFile.Write(Path.Combine(folder, $"{edition}.p7s"), signature);
        }
    }

    static IReadOnlyList<string> Shares(OfficeHome home, Edition edition) => [Rounds.ShareFile(home, edition, 1), Rounds.ShareFile(home, edition, 2)];

    /// <summary>Every sealed file that came for the round, those that were replaced too.</summary>
    static IReadOnlyList<string> Deliveries(OfficeHome home, Edition edition) =>
        home.Database.Read<string>("SELECT ciphertext FROM deliveries WHERE edition = @edition ORDER BY ciphertext", new { edition = edition.ToString() });

    /// <summary>All that is sealed to the round's key: what came, and what waited for review.</summary>
    static IReadOnlyList<string> Ciphertexts(OfficeHome home, Edition edition) =>
        [.. Deliveries(home, edition).Select(sha256 => Intake.CiphertextFile(home, sha256)), .. home.Database.Read<string>("SELECT ciphertext FROM reviews WHERE edition = @edition ORDER BY ciphertext", new { edition = edition.ToString() }).Select(sha256 => ReviewFile.Path(home, sha256))];
}
