using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

/// <summary>A day's tree: every entry can be shown, and neither root nor proof tells how many others there are, or which.</summary>
public class DayBatchTests
{
    static readonly byte[] s_seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    public void Every_entry_leads_to_the_root_and_no_other_does(int count)
    {
        byte[][] entries = [.. Enumerable.Range(0, count).Select(i => BitConverter.GetBytes(i))];
        DayBatch batch = new(s_seed, entries);
        for (int i = 0; i < count; i++)
        {
            (byte[] salt, int place, IReadOnlyList<byte[]> path) = batch.Proof(i);
            Assert.Equal(DayBatch.Depth, path.Count);
            Assert.Equal(batch.Root, DayBatch.RootOf(salt, entries[i], place, path));
            Assert.NotEqual(batch.Root, DayBatch.RootOf(salt, [9, 9], place, path));
        }
    }

    [Fact]
    public void Places_are_different_and_in_no_order()
    {
        DayBatch batch = new(s_seed, [.. Enumerable.Range(0, 1000).Select(i => BitConverter.GetBytes(i))]);
        List<int> places = [.. Enumerable.Range(0, 1000).Select(i => batch.Proof(i).Place)];
        Assert.Equal(1000, places.Distinct().Count());
        Assert.InRange(places.Zip(places.Skip(1)).Count(pair => pair.First < pair.Second), 430, 570);
        Assert.InRange(places.Average(), 28_000, 37_000);
    }

    [Fact]
    public void The_same_seed_gives_the_same_tree_and_another_seed_another()
    {
        byte[][] entries = [[1], [2]];
        Assert.Equal(new DayBatch(s_seed, entries).Root, new DayBatch(s_seed, entries).Root);
        Assert.NotEqual(new DayBatch(s_seed, entries).Root, new DayBatch(new byte[32], entries).Root);
    }

    [Fact]
    public void The_same_entry_twice_cannot_be_seen()
    {
        DayBatch batch = new(s_seed, [[7], [7]]);
        Assert.NotEqual(batch.Proof(0).Salt, batch.Proof(1).Salt);
        Assert.NotEqual(batch.Proof(0).Place, batch.Proof(1).Place);
    }

    [Fact]
    public void A_day_can_be_full_and_not_more()
    {
        byte[][] entries = [.. Enumerable.Repeat((byte[])[1], DayBatch.Most)];
        DayBatch batch = new(s_seed, entries);
        Assert.Equal(DayBatch.Most, Enumerable.Range(0, DayBatch.Most).Select(i => batch.Proof(i).Place).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => new DayBatch(s_seed, [.. entries, [1]]));
    }
}
