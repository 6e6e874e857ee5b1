using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Hosts.Faults;

/// <summary>The eye itself: what is taken from a home, or put back, is seen.</summary>
public sealed class AcknowledgedTests : IClassFixture<AcknowledgedTests.OneRound>, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-eye-").FullName;
    readonly Acknowledged _acknowledged = new();
    readonly OfficeHome _home;

    /// <summary>A life of one round, lived once; every test looks at a copy of its own.</summary>
    public sealed class OneRound : IDisposable
    {
        public OneRound()
        {
            if (!OperatingSystem.IsLinux()) return;
            OfficeLife.Prepare(Folder, null);
            using var office = new OfficeProcess(Folder, rounds: 1);
            var (code, said, errors) = office.End();
            Assert.True(code == 0, errors);
            Said = said;
        }

        internal string Folder { get; } = Directory.CreateTempSubdirectory("groeilijn-round-").FullName;

        internal IReadOnlyList<string> Said { get; } = [];

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }

    public AcknowledgedTests(OneRound round)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "linking and destruction run on Linux");
        string Copy(string path) => Path.Combine(_folder, Path.GetRelativePath(round.Folder, path));
        foreach (var folder in Directory.EnumerateDirectories(round.Folder, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Copy(folder));
        foreach (var file in Directory.EnumerateFiles(round.Folder, "*", SearchOption.AllDirectories)) File.Copy(file, Copy(file));
        _acknowledged.Hear(round.Said);
        _home = OfficeHome.Open(OfficeLife.HomeIn(_folder), TimeProvider.System);
    }

    static Edition First => OfficeLife.Editions.First();

    [Fact]
    public void A_whole_round_is_acknowledged_and_whole()
    {
        Assert.Empty(_acknowledged.Missing(_home));
        Assert.True(_acknowledged.Lines >= 15, $"{_acknowledged.Lines} lines");
    }

    [Theory]
    [InlineData("DELETE FROM deliveries WHERE sequence = 2", "delivery is lost")]
    [InlineData("UPDATE deliveries SET receipt = x'00' WHERE sequence = 2", "delivery is lost")]
    [InlineData("DELETE FROM withdrawal_places; DELETE FROM withdrawals", "objection is lost")]
    [InlineData("UPDATE withdrawals SET state = 'tombstoned'", "withdrawal is lost")]
    [InlineData("UPDATE rounds SET state = 'linked'", "step is lost: certified")]
    [InlineData("UPDATE rounds SET certificate = x'00'", "certificate is lost")]
    [InlineData("UPDATE cohort_parts SET sha256 = ''", "cohort is not whole")]
    [InlineData("INSERT INTO ledger_outbox (position, entry) VALUES (999, '{}')", "does not follow")]
    public void What_is_lost_in_the_store_is_seen(string sql, string wrong)
    {
        _home.Database.Write(t => t.Execute(sql.Replace("'{}'", "CAST('" + System.Text.Encoding.UTF8.GetString(Some()) + "' AS BLOB)", StringComparison.Ordinal)));
        Assert.Contains(_acknowledged.Missing(_home), one => one.Contains(wrong, StringComparison.Ordinal));
    }

    [Fact]
    public void A_share_that_is_there_again_is_seen()
    {
        File.WriteAllText(Rounds.ShareFile(_home, First, 1), "again");
        Assert.Contains("certified, but present", _acknowledged.Missing(_home));
    }

    [Fact]
    public void A_step_that_is_told_twice_is_seen()
    {
        _home.Database.Write(t => t.Enter(Some()));
        Assert.Contains(_acknowledged.Missing(_home), one => one.Contains("1 told twice", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ledger_that_was_cut_is_seen()
    {
        File.WriteAllText(_home.At("ledger", "size"), "3\n");
        using var again = OfficeHome.Open(_home.Folder, TimeProvider.System);
        Assert.Contains(_acknowledged.Missing(again), one => one.StartsWith("the ledger is damaged", StringComparison.Ordinal));
    }

    /// <summary>An entry that stands in the ledger already.</summary>
    static byte[] Some() => new LedgerEntry { Time = DateTimeOffset.UnixEpoch, Room = "linking", Step = "linked", Facts = [("edition", First.ToString())] }.ToJson();

    public void Dispose()
    {
        _home?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
