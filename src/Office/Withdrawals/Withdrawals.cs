using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>A withdrawal that was taken in.</summary>
/// <param name="About">SHA-256 of the sealed file.</param>
/// <param name="School">Who passed it on.</param>
/// <param name="Again">Whether this very file had been received before.</param>
public sealed record ReceivedWithdrawal(string About, string School, bool Again);

/// <summary>How far a withdrawal is; never about whom.</summary>
/// <param name="About">SHA-256 of the sealed file.</param>
/// <param name="School">Who passed it on.</param>
/// <param name="State">Where it is.</param>
/// <param name="Received">When it came.</param>
/// <param name="Places">What each place answered, and when.</param>
public sealed record KnownWithdrawal(string About, string School, WithdrawalState State, DateTimeOffset Received, IReadOnlyList<(string Place, string Outcome, DateTimeOffset At)> Places);

/// <summary>What a run did.</summary>
/// <param name="Removed">Withdrawals whose every place has answered; the schools are told the same of each, whether or not the office held anything.</param>
/// <param name="NeedReview">Withdrawals for which the steward must ask the school.</param>
/// <param name="Refused">Withdrawals that could not be opened or read.</param>
/// <param name="Warnings">What the process guard had to say.</param>
public sealed record WithdrawalBatch(int Removed, int NeedReview, int Refused, IReadOnlyList<string> Warnings);

/// <summary>
/// Objections made after sending: from the school's sealed message to every place that holds something of the pupil, and a signed answer back.
/// Taking in needs no guard, for nothing is opened; processing opens, and runs once a day in a process that cannot be dumped, so that the moment of an answer
/// tells nothing.
/// </summary>
public static class Withdrawals
{
    const string Kind = "withdrawal", Mark = "-withdrawal-";
    const int MostBytes = 64 << 10, LocationLength = 6;

    /// <summary>Takes every withdrawal in a folder, in order of name: <c>99XX00-withdrawal-….age</c> with its signature <c>.p7s</c>. Safe to repeat.</summary>
    public static IReadOnlyList<(string File, Outcome<ReceivedWithdrawal> Outcome)> Receive(OfficeHome home, string folder) =>
        [.. Directory.EnumerateFiles(folder, $"*{Mark}*.age").Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), ReceiveFile(home, file)))];

    /// <summary>Takes one withdrawal from its two files. The name says which school it is; the signature must agree.</summary>
    public static Outcome<ReceivedWithdrawal> ReceiveFile(OfficeHome home, string ciphertext)
    {
        var signature = Path.ChangeExtension(ciphertext, ".p7s");
        if (!File.Exists(ciphertext) || !File.Exists(signature)) return new Refusal("incomplete", $"Of {Path.GetFileName(ciphertext)} a part is missing.", "A withdrawal is two files of one name, .age and .p7s: send both.");
        if (new FileInfo(ciphertext).Length > MostBytes || new FileInfo(signature).Length > MostBytes) return new Refusal("too-large", "No withdrawal is as large as this.", "Look at what was sent; the school's program makes withdrawals of a few kilobytes.");
        var name = Path.GetFileName(ciphertext);
        return Receive(home, name.IndexOf(Mark, StringComparison.Ordinal) == LocationLength ? name[..LocationLength] : "", File.ReadAllBytes(signature), File.ReadAllBytes(ciphertext));
    }

    /// <summary>Takes one withdrawal of a school: its signature over the sealed bytes is checked before anything is kept. The same file twice is one.</summary>
    public static Outcome<ReceivedWithdrawal> Receive(OfficeHome home, string school, byte[] signature, byte[] ciphertext)
    {
        if (Schools.Find(home, school) is not { } sender) return new Refusal("unknown-school", "The withdrawal names no school that is enrolled.", "Enrol it first, with its enrolment.json.");
        var about = Convert.ToHexStringLower(SHA256.HashData(ciphertext));
        if (home.Database.ReadOne<long>("SELECT count(*) FROM withdrawals WHERE about = @about", new { about }) > 0) return new ReceivedWithdrawal(about, school, true);
        var revoked = Revocations.IsRevoked(home, sender.Certificate);
        if (revoked || !Signature.Check(ciphertext, signature, [sender.Certificate], home.Now).Ok)
        {
            home.Database.Write(t => Refuse(home, t, school, about, "refused-signature"));
            return revoked ? Revocations.Refused(school) : new Refusal("signature", $"The withdrawal is not signed with the certificate that school {school} enrolled.", "Compare the school's fingerprint by telephone; enrol its new certificate, then let it pass the objection on again.");
        }
        DurableFile.CreateFolder(home.At("withdrawals"));
        DurableFile.Write(CiphertextFile(home, about), ciphertext);
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO withdrawals (about, school, state, signature, signed, received) VALUES (@about, @school, @state, @signature, @signed, @received)",
                new { about, school, state = WithdrawalState.Received.Code(), signature, signed = OfficeHome.Text(SigningTime(signature) ?? home.Now), received = OfficeHome.Text(home.Now) });
            Answers.Give(home, t, Kind, school, about, "received");
            t.Enter(home.Entry("withdrawals", "received", ("ciphertext", about)));
        });
        return new ReceivedWithdrawal(about, school, false);
    }

    /// <summary>Processes what was received, and whatever an earlier run left half done: once a day, in a process that nobody can read.</summary>
    public static Outcome<WithdrawalBatch> Process(OfficeHome home) => Process(home, null, static _ => { });

    /// <summary>As <see cref="Process(OfficeHome)"/>, for a withdrawal of which the steward asked the school who it is.</summary>
    /// <param name="home">The office's home.</param>
    /// <param name="about">SHA-256 of the sealed file.</param>
    /// <param name="number">The pupil's number as the school read it aloud; null when the school says that it is nobody the office can know.</param>
    public static Outcome<WithdrawalBatch> Resolve(OfficeHome home, string about, string? number)
    {
        if (Find(home, about) is not { State: WithdrawalState.NeedsReview }) return new Refusal("no-such-withdrawal", "No withdrawal that needs review has this hash.", "The list of withdrawals shows which do.");
        if (Unguarded(home) is { } refusal) return refusal;
        var run = new WithdrawalRun(home, Register.Load(home), static _ => { });
        return run.Resolve(about, number) is { } unclear ? unclear : Process(home);
    }

    /// <summary>Every withdrawal, in order of arrival.</summary>
    public static IReadOnlyList<KnownWithdrawal> All(OfficeHome home)
    {
        var places = home.Database.Read<(string About, string Place, string Outcome, string At)>("SELECT about, place, outcome, at FROM withdrawal_places ORDER BY place").ToLookup(p => p.About);
        return [.. home.Database.Read<(string About, string School, string State, string Received)>("SELECT about, school, state, received FROM withdrawals ORDER BY received, about")
            .Select(row => new KnownWithdrawal(row.About, row.School, WithdrawalStates.Read(row.State), OfficeHome.Time(row.Received), [.. places[row.About].Select(p => (p.Place, p.Outcome, OfficeHome.Time(p.At)))]))];
    }

    /// <summary>One withdrawal; null when it never came.</summary>
    public static KnownWithdrawal? Find(OfficeHome home, string about) => All(home).FirstOrDefault(withdrawal => withdrawal.About == about);

    /// <summary>As it runs within linking, which has the register open already, and in tests, which stop it between two steps.</summary>
    internal static Outcome<WithdrawalBatch> Process(OfficeHome home, List<RegisterPerson>? persons, Action<string> step)
    {
        Leftovers.Finish(home);
        IReadOnlyList<string> warnings = [];
        var (removed, review, refused) = (0, 0, 0);
        if (WithdrawalRun.HasWork(home))
        {
            var guard = ProcessGuard.Engage(home.Invented);
            if (!guard.Ok) return new Refusal("unguarded", "Withdrawals may not be opened in this process: " + guard.Refusals[0], "Then process again.");
            (removed, review, refused) = new WithdrawalRun(home, persons ?? Register.Load(home), step).Run();
            warnings = guard.Warnings;
        }
        Tombstones.Expire(home);
        WithdrawalRun.DestroyKeys(home, step);
        return new WithdrawalBatch(removed, review, refused, warnings);
    }

    /// <summary>The school is told that its message could not be taken in, with the entry of that.</summary>
    static void Refuse(OfficeHome home, Transaction t, string school, string about, string outcome)
    {
        Answers.Give(home, t, Kind, school, about, outcome);
        t.Enter(home.Entry("withdrawals", "refused", ("ciphertext", about), ("outcome", outcome)));
    }

    internal static string CiphertextFile(OfficeHome home, string about) => home.At("withdrawals", about + ".age");

    static Refusal? Unguarded(OfficeHome home) => ProcessGuard.Engage(home.Invented) is { Ok: false } guard
        ? new Refusal("unguarded", "Withdrawals may not be opened in this process: " + guard.Refusals[0], "Then process again.") : null;

    /// <summary>The moment that the school's program put in the signature; null when it put none.</summary>
    static DateTimeOffset? SigningTime(byte[] signature)
    {
        var cms = new SignedCms();
        cms.Decode(signature);
        return cms.SignerInfos[0].SignedAttributes.OfType<CryptographicAttributeObject>().SelectMany(a => a.Values.OfType<Pkcs9SigningTime>()).FirstOrDefault() is { } at
            ? new DateTimeOffset(DateTime.SpecifyKind(at.SigningTime, DateTimeKind.Utc)) : null;
    }
}
