using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>The log for everybody: one leaf a day that shows nothing, and proofs for whom a step concerns.</summary>
public sealed class PublicLogTests : IDisposable
{
    readonly SmallOffice _office = new();
    readonly DeliveredPupil[] _pupils = [SmallOffice.Grown(Child.Of(1), 4, 10)];

    public void Dispose() => _office.Dispose();

    string LogFolder => _office.Home.At("outgoing", "log");

    List<LogDay> Leaves() => [.. new LedgerFolder(LogFolder).Entries().Select(leaf => LogDay.TryRead(leaf, out var day, out _) ? day : throw new InvalidOperationException())];

    VerificationResult Verify(string path) => Verification.Verify(path, _office.Home.Key.Certificate);

    [Fact]
    public void A_day_is_published_when_it_is_over_and_once()
    {
        Assert.Null(PublicLog.Publish(_office.Home));
        _office.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(1, PublicLog.Publish(_office.Home)!.Size);
        Assert.Equal(1, PublicLog.Publish(_office.Home)!.Size);
        _office.Clock.Now += TimeSpan.FromDays(30);
        Assert.Equal(31, PublicLog.Publish(_office.Home)!.Size);
        Assert.Equal(Enumerable.Range(0, 31).Select(i => new DateOnly(2023, 7, 1).AddDays(i)), Leaves().Select(leaf => leaf.Day));
        Assert.Equal(VerificationOutcome.Proved, Verify(LogFolder).Outcome);
        Assert.Contains("its leaves are days, each the day after the one before", Verify(LogFolder).Proved);
    }

    [Fact]
    public void A_receipt_and_a_certificate_get_a_proof_that_anybody_checks()
    {
        var school = _office.School("99AA00");
        _office.Open();
        _office.Register(Child.Of(1));
        var receipt = Intake.WriteReceipt(_office.Home, _office.Deliver(school, _pupils).Value!);
        _office.Clock.Now += TimeSpan.FromDays(1);
        PublicLog.Publish(_office.Home);
        Assert.True(_office.Link().Ok && _office.Destroy().Ok);
        _office.Clock.Now += TimeSpan.FromDays(1);
        PublicLog.Publish(_office.Home);

        foreach (var file in new[] { receipt, _office.Home.At("certificates", "2023-2.json"), _office.Home.At("certificates", "99AA00", "2023-2.json") })
        {
            Assert.True(File.Exists(Path.ChangeExtension(file, ".proof")), file);
            var verified = Verify(file);
            Assert.Equal(VerificationOutcome.Proved, verified.Outcome);
            Assert.Contains("that step is about this very record", verified.Proved);
            var alone = Verify(Path.ChangeExtension(file, ".proof"));
            Assert.Equal(("proof", VerificationOutcome.Proved), (alone.Kind, alone.Outcome));
        }

        // The certificate's proof beside the receipt is sound, but about something else.
        File.Copy(_office.Home.At("certificates", "2023-2.proof"), Path.ChangeExtension(receipt, ".proof"), true);
        Assert.Equal("the proof beside it is about another record", Verify(receipt).Reason);
        File.WriteAllText(Path.ChangeExtension(receipt, ".proof"), "no");
        Assert.Equal("the proof beside it cannot be read", Verify(receipt).Reason);
    }

    [Fact]
    public void Every_step_of_the_office_can_be_proved_once_its_day_is_published()
    {
        _office.Open();
        var first = _office.Home.Sequence().Size;
        Assert.Null(PublicLog.Proof(_office.Home, 0));
        _office.Clock.Now += TimeSpan.FromDays(2);
        PublicLog.Publish(_office.Home);
        var entries = _office.Home.Ledger.Entries().ToList();
        for (var i = 0; i < first; i++)
        {
            var proof = PublicLog.Proof(_office.Home, i)!;
            Assert.True(proof.Holds());
            Assert.Equal(entries[i], Encoding.UTF8.GetBytes(proof.Entry));
        }
        Assert.Null(PublicLog.Proof(_office.Home, first)); // the step of publishing itself comes with its own day
    }

    [Fact]
    public void A_leaf_shows_no_school_no_count_and_no_hour_and_a_quiet_day_looks_like_a_busy_one()
    {
        var school = _office.School("99AA00");
        _office.Open();
        for (var i = 1; i <= 5; i++) Assert.True(_office.Deliver(school, _pupils, i).Ok);
        _office.Clock.Now += TimeSpan.FromDays(1);
        PublicLog.Publish(_office.Home);
        _office.Home.Database.Write(t => t.Execute("DELETE FROM ledger_outbox")); // let nothing at all have happened on the second day
        _office.Clock.Now += TimeSpan.FromDays(2);
        PublicLog.Publish(_office.Home);

        var leaves = new LedgerFolder(LogFolder).Entries().ToList();
        Assert.Single(leaves.Select(leaf => leaf.Length).Distinct());
        Assert.All(leaves, leaf => Assert.Matches("""^\{"format":"groeilijn-day/1","day":"2023-07-0[1-9]","batch":"[0-9a-f]{64}"\}$""", Encoding.UTF8.GetString(leaf)));
        Assert.Equal(leaves.Count, leaves.Select(leaf => Encoding.UTF8.GetString(leaf)).Distinct().Count());
        // What the hash hides cannot be tried out: every leaf beside a proof's way is random or salted, the entry's own hash is nowhere.
        var proof = PublicLog.Proof(_office.Home, 0)!;
        var plain = _office.Home.Ledger.Entries().Select(entry => Convert.ToHexStringLower(MerkleTree.LeafHash(entry))).ToHashSet();
        Assert.DoesNotContain(proof.Batch, plain.Contains);
        Assert.DoesNotContain(Directory.EnumerateFiles(LogFolder, "*", SearchOption.AllDirectories), file => Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains("99AA00", StringComparison.Ordinal));
    }

    [Fact]
    public void After_a_crash_between_the_rows_and_the_files_the_same_days_are_published()
    {
        _office.Clock.Now += TimeSpan.FromDays(3);
        PublicLog.Publish(_office.Home);
        var before = new LedgerFolder(LogFolder).Root();
        Directory.Delete(LogFolder, true);
        _office.Reopen();
        PublicLog.Publish(_office.Home);
        Assert.Equal(before, new LedgerFolder(LogFolder).Root());
    }

    [Fact]
    public void A_log_goes_on_from_the_checkpoint_that_somebody_kept_and_a_rewritten_one_does_not()
    {
        _office.Clock.Now += TimeSpan.FromDays(3);
        var kept = PublicLog.Publish(_office.Home)!;
        _office.Clock.Now += TimeSpan.FromDays(3);
        PublicLog.Publish(_office.Home);
        var certificate = _office.Home.Key.Certificate;
        foreach (var earlier in new[] { kept.ToString(), kept.Printed, kept.Printed.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() })
            Assert.Contains("it goes on from the earlier checkpoint of 3 entries, which it holds unchanged", Verification.VerifyLog(LogFolder, certificate, earlier).Proved);

        // The office writes its log anew: sound in itself and signed, but not what it was.
        var rewritten = new LedgerFolder(Path.Combine(_office.Folder, "rewritten"), LogDay.Origin);
        rewritten.Append([.. Leaves().Select((leaf, i) => (i == 1 ? leaf with { Batch = new string('0', 64) } : leaf).ToJson())]);
        rewritten.Sign(_office.Home.Key);
        var folder = Path.Combine(_office.Folder, "rewritten");
        Assert.Equal(VerificationOutcome.Proved, Verification.VerifyLog(folder, certificate).Outcome);
        Assert.StartsWith("it does not go on from the earlier checkpoint", Verification.VerifyLog(folder, certificate, kept.ToString()).Reason, StringComparison.Ordinal);
        Assert.StartsWith("it does not go on from the earlier checkpoint", Verification.VerifyLog(folder, certificate, kept.Printed).Reason, StringComparison.Ordinal);

        using var other = SigningKey.Create("other", _office.Clock.Now.AddDays(-1), _office.Clock.Now.AddDays(1));
        Assert.Equal("the earlier checkpoint was not signed with the trusted key", Verification.VerifyLog(LogFolder, certificate, Checkpoint.Sign(LogDay.Origin, kept.Size, kept.Root, other).ToString()).Reason);
        Assert.Equal("the earlier checkpoint is of another log", Verification.VerifyLog(LogFolder, certificate, _office.Home.Sequence().ToString()).Reason);
        Assert.Equal("the earlier checkpoint cannot be read", Verification.VerifyLog(LogFolder, certificate, "3: 1234").Reason);
        Assert.StartsWith("the earlier checkpoint is of an empty log", Verification.VerifyLog(LogFolder, certificate, Checkpoint.Sign(LogDay.Origin, 0, System.Security.Cryptography.SHA256.HashData([]), _office.Home.Key).ToString()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_log_with_a_day_left_out_is_refused()
    {
        _office.Clock.Now += TimeSpan.FromDays(4);
        PublicLog.Publish(_office.Home);
        var gap = new LedgerFolder(Path.Combine(_office.Folder, "gap"), LogDay.Origin);
        gap.Append([.. Leaves().Where((_, i) => i != 2).Select(leaf => leaf.ToJson())]);
        gap.Sign(_office.Home.Key);
        Assert.Equal("its leaves are not one for every day", Verify(Path.Combine(_office.Folder, "gap")).Reason);
    }

    [Fact]
    public void A_report_carries_the_checkpoint_and_the_same_one_when_it_is_made_again()
    {
        var school = _office.School("99AA00");
        _office.Open();
        _office.Register(Child.Of(1));
        Assert.True(_office.Deliver(school, _pupils).Ok && _office.Link().Ok);
        Assert.True(SchoolReports.Make(_office.Home, SmallOffice.E23).Ok);
        var report = _office.Report(school, "nl");
        var printed = Checkpoint.TryParse(_office.Home.Database.ReadOne<string>("SELECT checkpoint FROM printed_checkpoints")!, out var checkpoint) ? checkpoint.Printed : "";
        Assert.Matches("^[0-9]+: ([0-9a-f]{4} ){7}[0-9a-f]{4}$", printed);
        Assert.Contains(printed, report, StringComparison.Ordinal);
        Assert.True(_office.Home.Ledger.Holds(checkpoint!));
        _office.Clock.Now += TimeSpan.FromDays(1);
        _office.Home.Sequence();
        Assert.All(SchoolReports.Make(_office.Home, SmallOffice.E23).Value!, again => Assert.True(again.Again));
        Assert.Equal(report, _office.Report(school, "nl"));
        // The line on paper is enough to hold the office to its log.
        Assert.Equal(VerificationOutcome.Proved, Verification.VerifyLog(_office.Home.At("ledger"), _office.Home.Key.Certificate, printed).Outcome);
    }
}
