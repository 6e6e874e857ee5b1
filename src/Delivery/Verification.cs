using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>
/// What anybody can check of what the chain gives out: a manifest, receipt, answer, round notice, certificate of destruction, proof, checkpoint or ledger.
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
        if (Starts(bytes, LogProof.Format)) return LogProof.TryRead(bytes, out LogProof? log, out JsonFault? fault) ? Of(log, trusted) : Refused("proof", fault.ToString());
        return Refused("file", "not a record that can be verified: expected a manifest, receipt, answer, round, certificate of destruction, proof, checkpoint or ledger folder.");
    }

    /// <summary>Checks a whole log from its entries up: every tile, the root, the checkpoint; and, when it is given, that it goes on from an earlier checkpoint.</summary>
    /// <param name="folder">The log's folder.</param>
    /// <param name="trusted">Whose signature its checkpoints must bear; null when only integrity is asked.</param>
    /// <param name="earlier">The text of a checkpoint that somebody kept, or its printed form (<see cref="Checkpoint.Printed"/>); null when there is none.</param>
    public static VerificationResult VerifyLog(string folder, X509Certificate2? trusted = null, string? earlier = null) =>
        Directory.Exists(folder) ? Ledger(folder, trusted, earlier) : Refused("folder", "there is no such folder: check the name.");

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
        proof.InPublicLog(path, receipt.Ciphertext);
        return proof.Result();
    }

    static VerificationResult Of(Answer answer, byte[] bytes, string path, X509Certificate2? trusted)
    {
        Proof proof = new("answer", trusted);
        proof.Proved($"it is an answer to school {answer.School} about a {answer.Kind}: {answer.Outcome}");
        proof.Signed(bytes, path, answer.At);
        proof.Checkpoint(answer.Checkpoint);
        proof.InPublicLog(path, answer.About);
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
        proof.InPublicLog(path, FileDigest.Of(bytes).Sha256);
        return proof.Result();
    }

    static VerificationResult Of(LogProof log, X509Certificate2? trusted)
    {
        Proof proof = new("proof", trusted);
        proof.Log(log);
        return proof.Result();
    }

    static VerificationResult Note(byte[] bytes, X509Certificate2? trusted)
    {
        if (!Delivery.Checkpoint.TryRead(bytes, out Checkpoint? checkpoint))
            return Refused("file", "neither a record nor a checkpoint: expected a manifest, receipt, answer, round, certificate of destruction, proof, checkpoint or ledger folder.");
        Proof proof = new("checkpoint", trusted);
        proof.Checkpoint(checkpoint.ToString());
        return proof.Result();
    }

    static VerificationResult Ledger(string folder, X509Certificate2? trusted, string? earlier = null)
    {
        if (!File.Exists(Path.Combine(folder, "size"))) return Refused("folder", "not a ledger folder: expected the files size and tile/ in it.");
        Proof proof = new("ledger", trusted);
        try
        {
            LedgerFolder ledger = new(folder);
            LedgerCheck check = ledger.Check();
            proof.Demand(check.Ok, $"all {check.Size} entries, their tiles and the root agree", check.Fault ?? "");
            if (!check.Ok) return proof.Result();
            if (ledger.Checkpoint() is { } checkpoint)
            {
                proof.Checkpoint(checkpoint.ToString());
                if (checkpoint.Origin == LogDay.Origin) proof.Demand(AreDays(ledger), "its leaves are days, each the day after the one before", "its leaves are not one for every day");
                if (earlier is not null) proof.Extends(ledger, checkpoint.Origin, earlier);
            }
            else if (trusted is not null || earlier is not null)
            {
                proof.Demand(false, "", "it has no checkpoint, so nobody signed it");
            }
        }
        catch (InvalidDataException damage)
        {
            proof.Demand(false, "", damage.Message);
        }
        return proof.Result();
    }

    static bool AreDays(LedgerFolder log)
    {
        DateOnly? before = null;
        foreach (byte[] leaf in log.Entries())
        {
            if (!LogDay.TryRead(leaf, out LogDay? day, out _) || (before is { } last && day.Day != last.AddDays(1))) return false;
            before = day.Day;
        }
        return true;
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
            if (trusted is null && check.Outcome == SignatureOutcome.UnknownSigner && !Signature.VouchesForItself(check.Signer!)) _refused ??= "its signer's certificate does not vouch for itself: it was changed, or somebody else issued it; give the certificate that you trust";
            else if (trusted is null && check.Outcome == SignatureOutcome.UnknownSigner) _proved.Add("it was not changed since somebody signed it; who that was is not known without a trusted certificate");
            else if (check.Ok) _proved.Add($"it was signed by {SigningKey.NameOf(check.Signer)}");
            else _refused ??= Words(check.Outcome);
        }

        public void Checkpoint(string text)
        {
            if (text.Length == 0 || !Delivery.Checkpoint.TryParse(text, out Checkpoint? checkpoint)) return;
            _proved.Add($"it names the ledger {checkpoint.Origin} at {checkpoint.Size} entries with root {Convert.ToHexStringLower(checkpoint.Root)}");
            if (trusted is not null) Demand(checkpoint.IsSignedBy(trusted), "that checkpoint was signed with the trusted key", "its checkpoint was not signed with the trusted key");
        }

        /// <summary>From a step through its day to the public log.</summary>
        public void Log(LogProof log)
        {
            LedgerEntry step = log.Step;
            _proved.Add($"it is a proof of the step {step.Room} {step.Step} of {step.Time:yyyy-MM-dd'T'HH:mm:ss'Z'}");
            Demand(log.Holds(), $"that step stands in the public log, under the day {log.Day:yyyy-MM-dd}", "that step does not stand in the public log that it names");
            Checkpoint(log.Checkpoint);
        }

        /// <summary>The proof beside a record, if there is one: it must hold, and be about this record.</summary>
        public void InPublicLog(string path, string hash)
        {
            string file = Path.ChangeExtension(path, ".proof");
            if (!File.Exists(file)) return;
            if (new FileInfo(file).Length <= LongestRecord && LogProof.TryRead(File.ReadAllBytes(file), out LogProof? log, out _))
            {
                Log(log);
                Demand(log.IsAbout(hash), "that step is about this very record", "the proof beside it is about another record");
            }
            else
            {
                _refused ??= "the proof beside it cannot be read";
            }
        }

        /// <summary>A log holds what an earlier checkpoint saw.</summary>
        public void Extends(LedgerFolder log, string origin, string earlier)
        {
            bool whole = Delivery.Checkpoint.TryParse(earlier, out Checkpoint? kept);
            if (!whole & !Delivery.Checkpoint.TryParsePrinted(earlier, out long size, out byte[] start))
            {
                _refused ??= "the earlier checkpoint cannot be read";
                return;
            }
            if (whole)
            {
                if (kept!.Origin != origin) _refused ??= "the earlier checkpoint is of another log";
                else if (trusted is not null && !kept.IsSignedBy(trusted)) _refused ??= "the earlier checkpoint was not signed with the trusted key";
                (size, start) = (kept.Size, kept.Root);
            }
            if (size == 0) _refused ??= "the earlier checkpoint is of an empty log: every log goes on from it, so it shows nothing";
            Demand(log.Holds(size, start), $"it goes on from the earlier checkpoint of {size} entries, which it holds unchanged", "it does not go on from the earlier checkpoint: entries that it covered were changed or taken away");
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
/// <param name="Kind">What the file is: manifest, receipt, answer, round, certificate of destruction, proof, checkpoint, ledger; or file or folder when it is none of them.</param>
/// <param name="Outcome">How far it came.</param>
/// <param name="Proved">What holds, one clause each.</param>
/// <param name="Reason">Why it was refused; null otherwise.</param>
public sealed record VerificationResult(string Kind, VerificationOutcome Outcome, IReadOnlyList<string> Proved, string? Reason)
{
    /// <summary>Whether nothing was found wrong.</summary>
    public bool Ok => Outcome != VerificationOutcome.Refused;
}
