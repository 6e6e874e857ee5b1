using System.Formats.Tar;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Office;
using Groeilijn.Storage;

namespace Groeilijn.Tests.Office;

/// <summary>A backup holds what may come back and nothing else; what was decided after it is carried out before a restored home does anything.</summary>
public sealed class BackupTests : IDisposable
{
    readonly WithdrawalDesk _desk = new(6);
    readonly IdentityKey _key = IdentityKey.Generate();

    public void Dispose()
    {
        _key.Dispose();
        _desk.Dispose();
    }

    string Archive => Path.Combine(_desk.Office.Folder, "office.age");
    string Decisions => Path.Combine(_desk.Office.Folder, "decisions.age");
    string Restored => Path.Combine(_desk.Office.Folder, "restored");

    [Fact]
    public void No_round_key_share_ciphertext_or_withdrawal_key_is_in_a_backup_and_no_salt()
    {
        _desk.Office.Open(WithdrawalDesk.Next);
        Assert.True(_desk.Office.Deliver(_desk.School, [SmallOffice.Grown(Child.Of(5), 5, 1)], edition: WithdrawalDesk.Next).Ok);
        _desk.Object(Child.Of(1));
        _desk.Process();
        _desk.Object(Child.Of(2));
        Make();
        var secrets = SecretsOf(_desk.Home);
        Assert.True(secrets.Count >= 9, $"{secrets.Count} secrets");
        var salt = Convert.ToBase64String(Tombstones.All(_desk.Home)[0].Salt!);
        var entries = Entries();
        foreach (var (name, bytes) in entries)
        {
            Assert.Matches("^(backup\\.json|store\\.jsonl|(ledger|rounds|receipts|certificates|gate|outgoing|cohort|background|register|projects|keys/signing|keys/register)/.+)$", name);
            Assert.DoesNotContain(secrets, secret => bytes.AsSpan().IndexOf(secret) >= 0);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(salt)) < 0, name);
        }
        Assert.Contains("store.jsonl", entries.Keys);
        Assert.Contains(entries.Keys, name => name.EndsWith(".parquet", StringComparison.Ordinal));
        Assert.Contains(entries.Keys, name => name.EndsWith(".duckdb", StringComparison.Ordinal));
    }

    [Fact]
    public void A_restored_home_is_the_home_that_was_and_goes_on_where_its_ledger_ended()
    {
        Assert.True(_desk.Office.Destroy().Ok);
        Make();
        var restored = Restore.Run(Archive, _key, Restored, _desk.Home, _desk.Office.Clock);
        Assert.True(restored.Ok, restored.Refusal?.ToString());
        using var home = OfficeHome.Open(Restored, _desk.Office.Clock);
        Assert.True(home.Invented);
        Assert.Equal(Cohort.Rows(_desk.Home).Order(Comparer<CohortRow>.Create(CohortRow.Compare)), Cohort.Rows(home).Order(Comparer<CohortRow>.Create(CohortRow.Compare)));
        Assert.Equal(_desk.RinOf(Child.Of(3)), Register.Load(home).Single(p => p.Key == Child.Of(3).Key).Rin);
        Assert.Equal(Projects.All(_desk.Home).Select(p => p.Sha256), Projects.All(home).Select(p => p.Sha256));
        Assert.Equal(Projects.All(home)[0].Sha256, FileDigest.OfFile(Projects.All(home)[0].File).Sha256);
        Assert.Equal(RoundState.Certified, Rounds.Find(home, SmallOffice.E23)!.State);
        Assert.True(home.Ledger.Check().Ok);
        Assert.True(SchoolReports.Make(home, SmallOffice.E23).Ok);
        var before = home.Ledger.Size;
        Terms.Set(home, Terms.BackupDays, 90);
        home.Sequence();
        Assert.True(home.Ledger.Size > before);
        Assert.True(home.Ledger.Check().Ok);
        Assert.All(_desk.Home.Database.Read<string>("SELECT path FROM cohort_parts"), path => Assert.True(File.Exists(home.At(path))));
    }

    [Fact]
    public void A_pupil_withdrawn_after_the_backup_is_not_in_the_restored_home()
    {
        var rin = _desk.RinOf(Child.Of(3));
        Make();
        _desk.Pass(TimeSpan.FromDays(1));
        var about = _desk.Object(Child.Of(3));
        _desk.Process();
        _desk.Object(Child.Of(4)); // came, and was not processed when the store was lost
        Backup.WriteDecisions(_desk.Home, Decisions, _key.Recipient);
        var restored = Restore.Run(Archive, _key, Restored, Decisions, _desk.Office.Clock).Value!;
        Assert.Equal((1, 1), (restored.Withdrawals, restored.Asked));
        using var home = OfficeHome.Open(Restored, _desk.Office.Clock);
        Assert.Equal(10, Cohort.Rows(home).Count);
        Assert.DoesNotContain(Cohort.Rows(home), row => row.Rin == rin);
        Assert.Equal(5, Projects.All(home)[0].Pupils);
        Assert.Equal(WithdrawalState.Destroyed, Withdrawals.Find(home, about)!.State);
        Assert.Contains(Answers.To(home, "99AA00").Select(a => WithdrawalDesk.Read(a.Answer)), a => a.Outcome == "refused-unreadable" && a.About != about);
        Assert.Empty(Directory.EnumerateFiles(Restored, "*.parquet", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Restored, file)).Except(Cohort.Parts(home).Select(p => p.Path)));
    }

    [Fact]
    public void A_round_that_was_destroyed_after_the_backup_is_not_open_again()
    {
        Make();
        _desk.Pass(TimeSpan.FromDays(1));
        Assert.True(_desk.Office.Destroy().Ok);
        Backup.WriteDecisions(_desk.Home, Decisions, _key.Recipient);
        Assert.Equal(1, Restore.Run(Archive, _key, Restored, Decisions, _desk.Office.Clock).Value!.Rounds);
        using var home = OfficeHome.Open(Restored, _desk.Office.Clock);
        Assert.Equal(RoundState.Certified, Rounds.Find(home, SmallOffice.E23)!.State);
        Assert.NotNull(Destruction.Certificate(home, SmallOffice.E23));
    }

    [Fact]
    public void A_round_whose_files_lie_in_the_earlier_home_is_certified_only_after_they_are_destroyed_there_too()
    {
        Make();
        var sealedFiles = Directory.GetFiles(_desk.Home.At("intake"));
        string[] there = [.. sealedFiles, Rounds.ShareFile(_desk.Home, SmallOffice.E23, 1), Rounds.ShareFile(_desk.Home, SmallOffice.E23, 2)];
        Assert.All(there, file => Assert.True(File.Exists(file)));
        Assert.NotEmpty(sealedFiles);
        Assert.True(Restore.Run(Archive, _key, Restored, _desk.Home, _desk.Office.Clock).Ok);
        using var home = OfficeHome.Open(Restored, _desk.Office.Clock);
        Outcome<DestroyedRound> Destroy(string? earlier) => Destruction.Run(home, SmallOffice.E23, "Carla Derde", "Dirk Vierde", true, earlier);
        Assert.Equal("files-elsewhere", Destroy(null).Refusal!.Code);
        Assert.Equal("no-earlier-home", Destroy(Restored).Refusal!.Code);
        Assert.Equal("no-earlier-home", Destroy(Path.Combine(Restored, "no")).Refusal!.Code);
        Assert.Null(Destruction.Certificate(home, SmallOffice.E23));
        Assert.True(Destroy(_desk.Home.Folder).Ok);
        Assert.All(there, file => Assert.False(File.Exists(file)));
        Assert.Equal("not-restored", Destruction.Run(_desk.Home, SmallOffice.E23, "Carla Derde", "Dirk Vierde", true, Restored).Refusal!.Code);
    }

    [Fact]
    public void An_open_round_asks_for_its_deliveries_again_and_names_a_new_key_for_withdrawals()
    {
        _desk.Office.Open(WithdrawalDesk.Next);
        Assert.True(_desk.Office.Deliver(_desk.School, [SmallOffice.Grown(Child.Of(5), 5, 1)], edition: WithdrawalDesk.Next).Ok);
        var key = _desk.Newest();
        Make();
        Assert.Equal(1, Restore.Run(Archive, _key, Restored, _desk.Home, _desk.Office.Clock).Value!.Asked);
        using var home = OfficeHome.Open(Restored, _desk.Office.Clock);
        Assert.Contains(Answers.To(home, "99AA00").Select(a => WithdrawalDesk.Read(a.Answer)), a => (a.Kind, a.Outcome) == ("delivery", "refused-unreadable"));
        Assert.True(RoundNotice.TryRead(File.ReadAllBytes(Rounds.NoticeFile(home, WithdrawalDesk.Next)), out var notice, out _));
        Assert.NotEqual(key.ToString(), notice.Withdrawals);
        Assert.True(Signature.Check(File.ReadAllBytes(Rounds.NoticeFile(home, WithdrawalDesk.Next)), File.ReadAllBytes(Path.ChangeExtension(Rounds.NoticeFile(home, WithdrawalDesk.Next), ".p7s")), [home.Key.Certificate], home.Now).Ok);
    }

    [Fact]
    public void Until_it_is_done_a_restored_home_opens_for_nobody_and_the_restore_can_begin_again()
    {
        Make();
        Backup.WriteDecisions(_desk.Home, Decisions, _key.Recipient);
        File.WriteAllBytes(Path.ChangeExtension(Decisions, ".p7s"), Signature.Sign("other"u8.ToArray(), _desk.Home.Key, _desk.Office.Clock.Now));
        Assert.Equal("decisions-signature", Restore.Run(Archive, _key, Restored, Decisions, _desk.Office.Clock).Refusal!.Code);
        Assert.True(OfficeHome.IsRestoring(Restored));
        Assert.Throws<IOException>(() => OfficeHome.Open(Restored, _desk.Office.Clock));
        Backup.WriteDecisions(_desk.Home, Decisions, _key.Recipient);
        Assert.True(Restore.Run(Archive, _key, Restored, Decisions, _desk.Office.Clock).Ok);
        Assert.False(OfficeHome.IsRestoring(Restored));
        Assert.Equal("restore-folder", Restore.Run(Archive, _key, Restored, Decisions, _desk.Office.Clock).Refusal!.Code);
    }

    [Fact]
    public void Older_decisions_another_key_and_a_backup_past_its_term_are_refused()
    {
        Backup.WriteDecisions(_desk.Home, Decisions, _key.Recipient);
        _desk.Pass(TimeSpan.FromDays(1));
        Make();
        Assert.Equal("backup-exists", Backup.Make(_desk.Home, Archive, _key.Recipient).Refusal!.Code);
        Assert.Equal("decisions-older", Restore.Run(Archive, _key, Restored, Decisions, _desk.Office.Clock).Refusal!.Code);
        using var other = IdentityKey.Generate();
        Assert.Equal("backup-unreadable", Restore.Run(Archive, other, Restored, Decisions, _desk.Office.Clock).Refusal!.Code);
        Assert.Equal("restore-files", Restore.Run(Archive, _key, Restored, Decisions + "x", _desk.Office.Clock).Refusal!.Code);
        _desk.Pass(TimeSpan.FromDays(181));
        Backup.WriteDecisions(_desk.Home, Decisions, _key.Recipient);
        Assert.Equal("backup-past-term", Restore.Run(Archive, _key, Restored, Decisions, _desk.Office.Clock).Refusal!.Code);
    }

    void Make()
    {
        var made = Backup.Make(_desk.Home, Archive, _key.Recipient);
        Assert.True(made.Ok, made.Refusal?.ToString());
    }

    SortedDictionary<string, byte[]> Entries()
    {
        using var opened = Envelope.Open(File.ReadAllBytes(Archive), _key);
        using var tar = new TarReader(new MemoryStream(opened.Content!));
        var entries = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries.Add(entry.Name, content.ToArray());
        }
        return entries;
    }

    /// <summary>The content of every file that a backup may not hold: shares and sealed files whole, of a key for withdrawals its secret line.</summary>
    static List<byte[]> SecretsOf(OfficeHome home) =>
    [
        .. Directory.GetFiles(home.At("keys"), "share-*", SearchOption.AllDirectories).Select(File.ReadAllBytes),
        .. Directory.GetFiles(home.At("keys", "withdrawals")).Select(file => Encoding.ASCII.GetBytes(File.ReadAllLines(file)[1])),
        .. new[] { "intake", "withdrawals" }.SelectMany(folder => Directory.GetFiles(home.At(folder)).Select(file => File.ReadAllBytes(file)[..200])),
    ];
}
