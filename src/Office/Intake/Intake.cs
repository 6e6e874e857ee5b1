using System.Security.Cryptography.X509Certificates;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>What the school gets back.</summary>
/// <param name="Manifest">What was received.</param>
/// <param name="Receipt">The receipt, one line of canonical JSON.</param>
/// <param name="Signature">The office's signature of it.</param>
/// <param name="Again">Whether this very delivery had been received before; the receipt is the one given then.</param>
public sealed record Received(Manifest Manifest, byte[] Receipt, byte[] Signature, bool Again);

/// <summary>
/// Takes deliveries: ciphertext only, signed by an enrolled school, sealed to the key of the open round. Kept durably before the
/// receipt is signed: the file is whole and on the disk, then the row that names it, then the answer.
/// </summary>
public static class Intake
{
    /// <summary>The sets of fields that this office takes. Another set is another agreement with the schools, and another letter to parents.</summary>
    internal static readonly string[] Sets = ["nco-basis/1"];

    static readonly Lock[] s_turns = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    /// <summary>Takes every delivery in a folder, in order of name: <c>….age</c> with <c>….manifest.json</c> and <c>….manifest.p7s</c>. Withdrawals in it are no deliveries and stay where they are.</summary>
    /// <returns>Each file's name and what came of it.</returns>
    public static IReadOnlyList<(string File, Outcome<Received> Outcome)> Receive(OfficeHome home, string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.age").Where(file => !Path.GetFileName(file).Contains("-withdrawal-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), ReceiveFiles(home, file)))];

    /// <summary>Takes one delivery from its three files, found by the name of the sealed one.</summary>
    public static Outcome<Received> ReceiveFiles(OfficeHome home, string ciphertext)
    {
        var stem = Path.ChangeExtension(ciphertext, null);
        string manifest = stem + ".manifest.json", signature = stem + ".manifest.p7s";
        foreach (var file in (ReadOnlySpan<string>)[ciphertext, manifest, signature])
            if (!File.Exists(file)) return new Refusal("incomplete", $"The file {Path.GetFileName(file)} is missing.", "A delivery is three files of one name: send all three.");
        return Receive(home, File.ReadAllBytes(manifest), File.ReadAllBytes(signature), File.ReadAllBytes(ciphertext));
    }

    /// <summary>Takes one delivery. What is refused of a school that is known by its signature is kept and answered.</summary>
    public static Outcome<Received> Receive(OfficeHome home, byte[] manifest, byte[] signature, byte[] ciphertext)
    {
        var outcome = Take(home, manifest, signature, ciphertext);
        if (outcome.Refusal is { } why) IntakeRefusals.Keep(home, manifest, why);
        return outcome;
    }

    /// <summary>All that can be said of a delivery before its sealed file is there: who sends it, and whether it may come.</summary>
    internal static Outcome<Manifest> Check(OfficeHome home, byte[] manifest, byte[] signature)
    {
        if (!Manifest.TryRead(manifest, out var said, out var fault)) return new Refusal("manifest", $"The manifest cannot be read: {fault}.", "Make the delivery again and send its three files unchanged.");
        if (CheckSender(home, said, manifest, signature) is { } sender) return sender;
        if (Again(home, said, manifest) is not null) return said;
        if (!Sets.Contains(said.Set)) return new Refusal("unknown-set", $"This office does not take the set of fields {said.Set}.", $"Deliver {string.Join(" or ", Sets)}.");
        return (CheckRound(home, said) ?? CheckSequence(home, said)) is { } refusal ? refusal : said;
    }

    static Outcome<Received> Take(OfficeHome home, byte[] manifest, byte[] signature, byte[] ciphertext)
    {
        if (Manifest.TryRead(manifest, out var named, out _) && FileDigest.Of(ciphertext) != named.Ciphertext && CheckSender(home, named, manifest, signature) is null)
            return new Refusal("ciphertext", "The sealed file is not the one the manifest names: it was damaged or exchanged on its way.", "Send the three files again.");
        // One school at a time: two of its deliveries at once must not both be the latest.
        lock (Turn(named?.School))
        {
            var check = Check(home, manifest, signature);
            if (!check.Ok) return check.Refusal;
            return Again(home, check.Value, manifest) ?? Keep(home, check.Value, manifest, signature, ciphertext);
        }
    }

    static Lock Turn(string? school) => s_turns[school is null ? 0 : unchecked((uint)string.GetHashCode(school, StringComparison.Ordinal)) % s_turns.Length];

    /// <summary>Where a school fetches its receipt: <c>receipts/99XX00-2023-1-1.receipt.json</c> and <c>.p7s</c> beside it.</summary>
    public static string WriteReceipt(OfficeHome home, Received received)
    {
        var stem = home.At("receipts", received.Manifest.FileStem);
        DurableFile.CreateFolder(home.At("receipts"));
        DurableFile.Write(stem + ".receipt.p7s", received.Signature);
        DurableFile.Write(stem + ".receipt.json", received.Receipt);
        return stem + ".receipt.json";
    }

    static Refusal? CheckSender(OfficeHome home, Manifest said, byte[] manifest, byte[] signature)
    {
        if (Schools.Find(home, said.School) is not { } school) return new Refusal("unknown-school", $"School {said.School} is not enrolled.", "Enrol it first, with its enrolment.json.");
        var check = Signature.Check(manifest, signature, [school.Certificate], home.Now);
        if (check.Outcome != SignatureOutcome.Broken && Revocations.IsRevoked(home, check.Signer)) return Revocations.Refused(said.School);
        return check.Outcome switch
        {
            SignatureOutcome.Ok => null,
            SignatureOutcome.UnknownSigner when IsOfAnother(home, check.Signer) => new Refusal("other-school", $"The manifest names school {said.School} and is signed by another school.", "The school that delivers signs with its own key."),
            SignatureOutcome.UnknownSigner => new Refusal("unknown-signer", $"The manifest is signed with a certificate that school {said.School} did not enrol.", "Enrol the new certificate, after comparing its fingerprint by telephone."),
            SignatureOutcome.Expired => new Refusal("certificate-expired", $"The certificate of school {said.School} has expired.", "Let the school make a new key and enrol again."),
            SignatureOutcome.NotYetValid => new Refusal("certificate-not-yet-valid", $"The certificate of school {said.School} is not valid yet.", "Look at the clock of the school's computer, then enrol again."),
            _ => new Refusal("signature", "The manifest and its signature do not belong together.", "Send the three files again, unchanged."),
        };
    }

    static bool IsOfAnother(OfficeHome home, X509Certificate2? signer) =>
        signer is not null && Schools.All(home).Any(school => school.Certificate.RawDataMemory.Span.SequenceEqual(signer.RawDataMemory.Span));

    static Refusal? CheckRound(OfficeHome home, Manifest said)
    {
        if (Rounds.Find(home, Edition.Parse(said.Edition).Value) is not { } round) return new Refusal("no-round", $"There is no round for {said.Edition}.", "Look at the edition; the office opens a round first.");
        if (said.Recipient != round.Recipient.ToString()) return new Refusal("other-key", $"The delivery is sealed to another key than that of the round of {said.Edition}.", "Seal it again for the round's key, as published by the office.");
        if (RoundDays.IsClosed(home, round.Edition) || !RoundStates.TakesDeliveries(round.State) || (round.State != RoundState.Open && IsLinked(home, said)))
            return new Refusal("round-closed", $"The round of {said.Edition} is closed.", "Deliver in the next round: deliveries are cumulative, so nothing is lost.");
        return null;
    }

    /// <summary>A school that is late may still come while the round is reviewed; one that was linked waits for the next round.</summary>
    static bool IsLinked(OfficeHome home, Manifest said) =>
        home.Database.ReadOne<long>("SELECT count(*) FROM deliveries WHERE edition = @Edition AND school = @School AND state = @linked", new { said.Edition, said.School, linked = DeliveryState.Linked.Code() }) > 0;

    /// <summary>The same manifest and sealed file a second time are the same delivery, and get the same receipt, also when the round is closed by then.</summary>
    static Received? Again(OfficeHome home, Manifest said, byte[] manifest)
    {
        var rows = home.Database.Read<(byte[] Receipt, byte[] Signature)>(
            "SELECT receipt, receipt_signature FROM deliveries WHERE ciphertext = @sha256 AND manifest = @manifest", new { sha256 = said.Ciphertext.Sha256, manifest });
        return rows.Count == 1 ? new Received(said, rows[0].Receipt, rows[0].Signature, true) : null;
    }

    static Refusal? CheckSequence(OfficeHome home, Manifest said)
    {
        if (home.Database.ReadOne<long>("SELECT count(*) FROM deliveries WHERE ciphertext = @sha256", new { sha256 = said.Ciphertext.Sha256 }) > 0)
            return new Refusal("resent", "This sealed file was received before, under another manifest.", "Seal the delivery again; every delivery has its own file.");
        var highest = home.Database.ReadOne<long?>("SELECT max(sequence) FROM deliveries WHERE edition = @Edition AND school = @School", new { said.Edition, said.School }) ?? 0;
        if (said.Sequence > highest) return null;
        return new Refusal("sequence", $"Delivery {said.Sequence} of school {said.School} comes after delivery {highest}.", $"A delivery that replaces another has a higher number: {highest + 1} or above.");
    }

    static Received Keep(OfficeHome home, Manifest said, byte[] manifest, byte[] signature, byte[] ciphertext)
    {
        var receipt = new Receipt
        {
            School = said.School,
            Edition = said.Edition,
            Sequence = said.Sequence,
            Manifest = FileDigest.Of(manifest).Sha256,
            Ciphertext = said.Ciphertext.Sha256,
            Payload = said.Payload.Sha256,
            Received = home.Now,
            Checkpoint = home.Ledger.Checkpoint()?.ToString() ?? "",
        }.ToJson();
        var receiptSignature = Signature.Sign(receipt, home.Key, home.Now);
        DurableFile.CreateFolder(home.At("intake"));
        DurableFile.Write(CiphertextFile(home, said.Ciphertext.Sha256), ciphertext);
        home.Database.Write(t =>
        {
            Replace(home, t, said);
            Insert(t, said, manifest, signature, receipt, receiptSignature, OfficeHome.Text(home.Now));
            Answers.Give(home, t, "delivery", said.School, said.Ciphertext.Sha256, "received");
            t.Enter(home.Entry("intake", "received", ("ciphertext", said.Ciphertext.Sha256), ("edition", said.Edition), ("sequence", said.Sequence)));
        });
        return new Received(said, receipt, receiptSignature, false);
    }

    /// <summary>A later delivery takes the place of the one that waited.</summary>
    static void Replace(OfficeHome home, Transaction t, Manifest said)
    {
        var arguments = new { replaced = DeliveryState.Replaced.Code(), said.Edition, said.School, received = DeliveryState.Received.Code() };
        foreach (var ciphertext in t.Read<string>("SELECT ciphertext FROM deliveries WHERE edition = @Edition AND school = @School AND state = @received", arguments))
            Answers.Give(home, t, "delivery", said.School, ciphertext, "replaced");
        t.Execute("UPDATE deliveries SET state = @replaced WHERE edition = @Edition AND school = @School AND state = @received", arguments);
    }

    static void Insert(Transaction t, Manifest said, byte[] manifest, byte[] signature, byte[] receipt, byte[] receiptSignature, string received) => t.Execute("""
        INSERT INTO deliveries (ciphertext, edition, school, sequence, state, manifest, manifest_signature, payload, received, receipt, receipt_signature)
        VALUES (@ciphertext, @Edition, @School, @Sequence, @state, @manifest, @signature, @payload, @received, @receipt, @receiptSignature)
        """,
        new { ciphertext = said.Ciphertext.Sha256, said.Edition, said.School, said.Sequence, state = DeliveryState.Received.Code(), manifest, signature, payload = said.Payload.Sha256, received, receipt, receiptSignature });

    internal static string CiphertextFile(OfficeHome home, string sha256) => home.At("intake", sha256 + ".age");
}
