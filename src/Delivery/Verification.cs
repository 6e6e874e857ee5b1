using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>
/// What anybody can check of what the chain gives out: a manifest, receipt, certificate of destruction, checkpoint or ledger.
/// Without a trusted certificate only integrity is claimed: anybody can write a receipt that agrees with itself.
/// </summary>
public static class Verification
{
    const long LongestRecord = 64 << 20;

    /// <summary>Checks the file or ledger folder at <paramref name="path"/>; a record's signature stands beside it in <c>.p7s</c>.</summary>
    public static VerificationResult Verify(string path, X509Certificate2? trusted = null)
    {
        if (Directory.Exists(path)) return Ledger(path, trusted);
        if (!File.Exists(path)) return Refused("file", "there is no such file: check the name.");
        if (new FileInfo(path).Length > LongestRecord) return Refused("file", "the file is too large to be a record of this chain.");
        byte[] bytes = File.ReadAllBytes(path);
        if (!bytes.AsSpan().StartsWith("{"u8)) return Note(bytes, trusted);

        if (Starts(bytes, Manifest.Format)) return Manifest.TryRead(bytes, out Manifest? manifest, out JsonFault? fault) ? Of(manifest, bytes, path, trusted) : Refused("manifest", fault.ToString());
        if (Starts(bytes, Receipt.Format)) return Receipt.TryRead(bytes, out Receipt? receipt, out JsonFault? fault) ? Of(receipt, bytes, path, trusted) : Refused("receipt", fault.ToString());
        if (Starts(bytes, Answer.Format)) return Answer.TryRead(bytes, out Answer? answer, out JsonFault? fault) ? Of(answer, bytes, path, trusted) : Refused("answer", fault.ToString());
        if (Starts(bytes, RoundNotice.Format)) return RoundNotice.TryRead(bytes, out RoundNotice? round, out JsonFault? fault) ? Of(round, bytes, path, trusted) : Refused("round", fault.ToString());
        if (Starts(bytes, DestructionCertificate.Format)) return DestructionCertificate.TryRead(bytes, out DestructionCertificate? certificate, out JsonFault? fault) ? Of(certificate, bytes, path, trusted) : Refused("certificate of destruction", fault.ToString());
        return Refused("file", "not a record that can be verified: expected a manifest, receipt, answer, round, certificate of destruction, checkpoint or ledger folder.");
    }

    static VerificationResult Of(Manifest manifest, byte[] bytes, string path, X509Certificate2? trusted)
    {
        Proof proof = new("manifest", trusted);
        proof.Proved($"it is a manifest of school {manifest.School} for edition {manifest.Edition}, delivery {manifest.Sequence}");
        proof.Signed(bytes, path, manifest.Sealed);
        string ciphertext = Path.ChangeExtension(Path.ChangeExtension(path, null), ".age");
        if (File.Exists(ciphertext))
            proof.Demand(FileDigest.OfFile(ciphertext) == manifest.Ciphertext, "the sealed file beside it is the one it names", "the sealed file beside it is not the one it names");
        return proof.Result();
    }

    static VerificationResult Of(Receipt receipt, byte[] bytes, string path, X509Certificate2? trusted)
    {
        Proof proof = new("receipt", trusted);
        proof.Proved($"it is a receipt for school {receipt.School}, edition {receipt.Edition}, delivery {receipt.Sequence}");
        proof.Signed(bytes, path, receipt.Received);
        proof.Checkpoint(receipt.Checkpoint);
        return proof.Result();
    }

    static VerificationResult Of(Answer answer, byte[] bytes, string path, X509Certificate2? trusted)
    {
        Proof proof = new("answer", trusted);
        proof.Proved($"it is an answer to school {answer.School} about a {answer.Kind}: {answer.Outcome}");
        proof.Signed(bytes, path, answer.At);
        proof.Checkpoint(answer.Checkpoint);
        return proof.Result();
    }

    static VerificationResult Of(RoundNotice round, byte[] bytes, string path, X509Certificate2? trusted)
    {
        Proof proof = new("round", trusted);
        proof.Proved($"it is the notice of round {round.Edition}, open from {round.Opens:yyyy-MM-dd} to {round.Closes:yyyy-MM-dd}");
        proof.Signed(bytes, path, new DateTimeOffset(round.Opens, TimeOnly.MinValue, TimeSpan.Zero));
        return proof.Result();
    }

    static VerificationResult Of(DestructionCertificate certificate, byte[] bytes, string path, X509Certificate2? trusted)
    {
        Proof proof = new("certificate of destruction", trusted);
        proof.Proved($"it is a certificate for edition {certificate.Edition} and key {certificate.Recipient}");
        proof.Signed(bytes, path, certificate.Destroyed);
        DestructionCounts counts = certificate.Counts;
        proof.Demand(counts.Deliveries == certificate.Deliveries.Count && (long)counts.Linked + counts.Unlinked == counts.Records, "its counts agree with each other", "its counts contradict each other");
        proof.Demand(certificate.Verified.Readable == 0, "nothing could be read back afterwards", "something could still be read afterwards");
        proof.Demand(certificate.Intended <= certificate.Destroyed, "the intent was recorded before the destruction", "the intent is later than the destruction");
        proof.Checkpoint(certificate.Checkpoint);
        return proof.Result();
    }

    static VerificationResult Note(byte[] bytes, X509Certificate2? trusted)
    {
        if (!Delivery.Checkpoint.TryParse(Encoding.UTF8.GetString(bytes), out Checkpoint? checkpoint))
            return Refused("file", "neither a record nor a checkpoint: expected a manifest, receipt, answer, round, certificate of destruction, checkpoint or ledger folder.");
        Proof proof = new("checkpoint", trusted);
        proof.Checkpoint(checkpoint.ToString());
        return proof.Result();
    }

    static VerificationResult Ledger(string folder, X509Certificate2? trusted)
    {
        if (!File.Exists(Path.Combine(folder, "size"))) return Refused("folder", "not a ledger folder: expected the files size and tile/ in it.");
        Proof proof = new("ledger", trusted);
        try
        {
            LedgerFolder ledger = new(folder);
            LedgerCheck check = ledger.Check();
            proof.Demand(check.Ok, $"all {check.Size} entries, their tiles and the root agree", check.Fault ?? "");
            if (check.Ok && ledger.Checkpoint() is { } checkpoint) proof.Checkpoint(checkpoint.ToString());
            else if (check.Ok && trusted is not null) proof.Demand(false, "", "it has no checkpoint, so nobody signed it");
        }
        catch (InvalidDataException damage)
        {
            proof.Demand(false, "", damage.Message);
        }
        return proof.Result();
    }

    static bool Starts(byte[] bytes, string format) => bytes.AsSpan().StartsWith(Encoding.ASCII.GetBytes($"{{\"format\":\"{format}\""));

    static VerificationResult Refused(string kind, string why) => new(kind, VerificationOutcome.Refused, [], why);

    /// <summary>Gathers what holds, until something does not.</summary>
    sealed class Proof(string kind, X509Certificate2? trusted)
    {
        readonly List<string> _proved = [];
        string? _refused;

        public void Proved(string what) => _proved.Add(what);

        public void Demand(bool holds, string proved, string refused)
        {
            if (holds) _proved.Add(proved);
            else _refused ??= refused;
        }

        public void Signed(byte[] bytes, string path, DateTimeOffset at)
        {
            string file = Path.ChangeExtension(path, ".p7s");
            if (!File.Exists(file))
            {
                if (trusted is not null) _refused ??= $"its signature {Path.GetFileName(file)} is not beside it";
                return;
            }
            SignatureCheck check = Signature.Check(bytes, File.ReadAllBytes(file), trusted is null ? [] : [trusted], at);
            if (trusted is null && check.Outcome == SignatureOutcome.UnknownSigner) _proved.Add("it was not changed since somebody signed it; who that was is not known without a trusted certificate");
            else if (check.Ok) _proved.Add($"it was signed by {SigningKey.NameOf(check.Signer)}");
            else _refused ??= Words(check.Outcome);
        }

        public void Checkpoint(string text)
        {
            if (text.Length == 0 || !Delivery.Checkpoint.TryParse(text, out Checkpoint? checkpoint)) return;
            _proved.Add($"it names the ledger {checkpoint.Origin} at {checkpoint.Size} entries with root {Convert.ToHexStringLower(checkpoint.Root)}");
            if (trusted is not null) Demand(checkpoint.IsSignedBy(trusted), "that checkpoint was signed with the trusted key", "its checkpoint was not signed with the trusted key");
        }

        public VerificationResult Result() =>
            new(kind, _refused is not null ? VerificationOutcome.Refused : trusted is null ? VerificationOutcome.IntegrityOnly : VerificationOutcome.Proved, _proved, _refused);

        static string Words(SignatureOutcome outcome) => outcome switch
        {
            SignatureOutcome.Broken => "its signature is broken: the file or the signature was changed",
            SignatureOutcome.UnknownSigner => "it was signed by another certificate than the trusted one",
            SignatureOutcome.Expired => "its signer's certificate had expired",
            SignatureOutcome.NotYetValid => "its signer's certificate was not valid yet",
            _ => "",
        };
    }
}

/// <summary>How far a verification came.</summary>
public enum VerificationOutcome
{
    /// <summary>Everything holds, and the trusted certificate signed it.</summary>
    Proved,
    /// <summary>Everything agrees with itself; who made it is not shown.</summary>
    IntegrityOnly,
    /// <summary>Something does not hold.</summary>
    Refused,
}

/// <summary>What a verification showed.</summary>
/// <param name="Kind">What the file is: manifest, receipt, answer, round, certificate of destruction, checkpoint, ledger; or file or folder when it is none of them.</param>
/// <param name="Outcome">How far it came.</param>
/// <param name="Proved">What holds, one clause each.</param>
/// <param name="Reason">Why it was refused; null otherwise.</param>
public sealed record VerificationResult(string Kind, VerificationOutcome Outcome, IReadOnlyList<string> Proved, string? Reason)
{
    /// <summary>Whether nothing was found wrong.</summary>
    public bool Ok => Outcome != VerificationOutcome.Refused;
}
