using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;
using Groeilijn.Tests.Storage;

namespace Groeilijn.Tests.Gate;

public sealed class OutgoingTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-gate-").FullName;
    readonly Database _database;

    public OutgoingTests() => _database = PostgresServer.WhenAsked is { } server
        ? Database.Open(HomeStore.NewAddress("gate", server), typeof(Outgoing).Assembly)
        : Database.Open(Path.Combine(_folder, "gate.db"), typeof(Outgoing).Assembly);

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, true);
    }

    Outgoing Open() => new(_database, _folder, TimeProvider.System);

    static readonly RawCell[] Cells = [new(["few"], 11, 5, [1234.5]), new(["some"], 12, 5, [17.5]), new(["own"], 12, 1, [3.5], OfReceiver: true)];

    static Leaving Leaving(Profile profile, RecipientKey? key = null) => new("2023-2/test/one", profile, "one", "2023-2", key);

    static OutgoingFile[] Render(ProtectedTable table) =>
        [new("one.txt", Encoding.UTF8.GetBytes(string.Join('\n', table.Cells.Select(c => c.Hidden is { } h ? table.Rule.Code(h) : c.Values[0].ToString(System.Globalization.CultureInfo.InvariantCulture)))))];

    [Fact]
    public void The_renderer_never_sees_a_number_that_may_not_leave()
    {
        Open().Release(Leaving(Profile.School), Cells, table =>
        {
            Assert.Empty(table.Cells[0].Values);
            Assert.Empty(table.Find("few")!.Values);
            Assert.Equal([17.5], table.Find("some")!.Values);
            return Render(table);
        });
        Assert.DoesNotContain("1234", File.ReadAllText(Path.Combine(_folder, "outgoing", "school", "2023-2", "one.txt")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("school/2", "fewer-than-12-pupils\n17.5\n3.5")]
    [InlineData("public/2", "fewer-than-12-pupils\n17.5\n3.5")]
    [InlineData("researcher/2", "fewer-than-12-pupils\n17.5\n3.5")]
    public void Every_profile_has_its_folder_and_its_rule(string name, string content)
    {
        var profile = Profile.All.Single(p => p.Name == name);
        var released = Open().Release(Leaving(profile), Cells, Render);
        Assert.Equal(content, File.ReadAllText(Path.Combine(_folder, "outgoing", profile.Audience, "2023-2", "one.txt")));
        Assert.Equal((2, 1, name), (released.Record.Published, released.Record.Hidden, released.Record.Profile));
    }

    [Fact]
    public void A_sealed_artefact_is_nowhere_in_clear()
    {
        using var key = IdentityKey.Generate();
        var released = Open().Release(Leaving(Profile.School, key.Recipient), Cells, Render);
        using var opened = Envelope.Open(File.ReadAllBytes(Assert.Single(released.Paths)), key);
        Assert.Equal(released.Record.Artefact, FileDigest.Of(opened.Content).Sha256);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), f => Encoding.Latin1.GetString(ReadShared(f)).Contains("17.5", StringComparison.Ordinal));
    }

    static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    [Fact]
    public void What_leaves_twice_is_recorded_once_and_what_changed_is_recorded_again()
    {
        var gate = Open();
        Assert.False(gate.Release(Leaving(Profile.Public), Cells, Render).Again);
        Assert.True(gate.Release(Leaving(Profile.Public), Cells, Render).Again);
        Assert.False(gate.Release(Leaving(Profile.Public), Cells[1..], Render).Again);
        Assert.Equal(2, gate.Releases.Count);
        Assert.Equal(2, _database.ReadOne<long>("SELECT count(*) FROM ledger_outbox"));
    }

    [Fact]
    public void A_record_file_that_fell_behind_is_completed_from_the_store()
    {
        Open().Release(Leaving(Profile.Public), Cells, Render);
        var file = Path.Combine(_folder, "gate", "releases.jsonl");
        var whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..^7]);
        Open();
        Assert.Equal(whole, File.ReadAllBytes(file));
    }

    [Fact]
    public void A_file_cannot_leave_its_folder() =>
        Assert.Throws<ArgumentException>(() => Open().Release(Leaving(Profile.Public), Cells, _ => [new("../one.txt", [])]));
}
