using Groeilijn.Office;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;
using Groeilijn.Tests.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Disclosure;

/// <summary>A school that knows every score of its pupils and looks for who is in a group that it cannot see.</summary>
public sealed class HiddenClassesTests
{
    /// <summary>Growth in tenths of so many pupils in four subjects.</summary>
    static int[][] Growth(int pupils, ulong seed)
    {
        var dice = new Dice(seed);
        return [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, pupils).Select(_ => 20 + (int)(dice.Unit() * 700)).ToArray())];
    }

    /// <summary>What a report publishes of a subject: the level of the gap.</summary>
    static PublishedLevel Level(int[] growth, int[] classes)
    {
        var made = new GapFunction(new Posterior(-0.1, 0.03), 0.3, 0.9, growth.Length, [(4, 20)]);
        var level = new PublishedLevel(new int[growth.Length], growth, 1, made.Level, 0);
        return level with { Published = made.Level(level.Tallies(classes))!.Value };
    }

    [Fact]
    public void The_attack_that_finds_twelve_of_twenty_seven_from_exact_means_finds_nobody_in_levels()
    {
        var growth = Growth(27, 11);
        int[] classes = [.. Enumerable.Range(0, 27).Select(p => p % 9 < 4 ? 1 : 2)];
        var found = Attack(growth, [.. growth.Select(g => g.Where((_, p) => classes[p] == 1).Sum())], 12);
        Assert.Equal(Enumerable.Range(0, 27).Where(p => classes[p] == 1), Assert.Single(found));

        var hidden = new HiddenClasses(classes);
        var levels = growth.Select(g => Level(g, classes)).ToArray();
        foreach (var level in levels) Assert.True(hidden.TryAdd(level));
        Assert.Equal(27, hidden.Worlds.Count);
        foreach (var (pupil, world) in hidden.Worlds.Index())
        {
            Assert.Equal((1, 2), (world.InFirst![pupil], world.InSecond![pupil]));
            foreach (var (g, level) in growth.Zip(levels))
            {
                Assert.Equal(level.Published, Level(g, world.InFirst).Published);
                Assert.Equal(level.Published, Level(g, world.InSecond).Published);
            }
        }
    }

    /// <summary>All groups of a size with these sums, by meeting in the middle.</summary>
    static List<int[]> Attack(int[][] values, int[] sums, int size)
    {
        var half = values[0].Length / 2;
        var first = Enumerable.Range(0, 1 << half).ToLookup(set => (System.Numerics.BitOperations.PopCount((uint)set), Sum(set, 0, 0)));
        List<int[]> found = [];
        for (var set = 0; set < 1 << (values[0].Length - half); set++)
            foreach (var other in first[(size - System.Numerics.BitOperations.PopCount((uint)set), sums[0] - Sum(set, 0, half))])
                if (Enumerable.Range(1, values.Length - 1).All(v => Sum(other, v, 0) + Sum(set, v, half) == sums[v]))
                    found.Add([.. Enumerable.Range(0, values[0].Length).Where(p => ((p < half ? other >> p : set >> (p - half)) & 1) == 1)]);
        return found;

        int Sum(int set, int v, int from)
        {
            var sum = 0;
            for (var p = from; set != 0; p++, set >>= 1) if ((set & 1) == 1) sum += values[v][p];
            return sum;
        }
    }

    [Fact]
    public void Somebody_who_tries_every_division_of_twenty_pupils_finds_nobody()
    {
        var growth = Growth(20, 5);
        int[] classes = [.. Enumerable.Range(0, 20).Select(p => 1 + p % 2)];
        var hidden = new HiddenClasses(classes);
        var levels = growth.Select(g => Level(g, classes)).ToArray();
        Assert.All(levels, level => Assert.True(hidden.TryAdd(level)));
        var (ever, always) = (0, (1 << 20) - 1);
        for (var set = 0; set < 1 << 20; set++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)set) != 10) continue;
            int[] tried = [.. Enumerable.Range(0, 20).Select(p => (set >> p & 1) == 1 ? 1 : 2)];
            if (levels.All(level => level.Agrees(tried))) (ever, always) = (ever | set, always & set);
        }
        Assert.Equal(((1 << 20) - 1, 0), (ever, always));
    }

    [Fact]
    public void A_level_that_one_division_alone_gives_is_refused_and_a_harmless_one_after_it_is_not()
    {
        // Powers of two: a level that says whether the sum is exactly this one says who is in the group.
        int[] growth = [.. Enumerable.Range(0, 16).Select(p => 1 << p)], classes = [.. Enumerable.Range(0, 16).Select(p => p % 3)];
        var sum = growth.Where((_, p) => classes[p] == 1).Sum();
        var telling = new PublishedLevel(new int[16], growth, 1, groups => groups[0].First.Sum == sum ? 1 : 0, 1);
        var harmless = telling with { Of = groups => groups[0].First.Count > 2 ? 1 : 0 };
        var hidden = new HiddenClasses(classes);
        Assert.False(hidden.TryAdd(telling));
        Assert.True(hidden.TryAdd(harmless));
        Assert.All(hidden.Worlds, world => Assert.True(world.Proven && harmless.Agrees(world.InFirst!) && harmless.Agrees(world.InSecond!)));
    }

    [Fact]
    public void Two_levels_that_are_harmless_apart_and_tell_together_are_not_both_shown()
    {
        // As in two editions: at least five in the group, then at most five, so it is five; and at most the very sum.
        int[] growth = [.. Enumerable.Range(0, 12).Select(p => p < 5 ? 1 : 1000)], classes = [.. Enumerable.Range(0, 12).Select(p => p < 5 ? 1 : 2)];
        var least = new PublishedLevel(new int[12], growth, 1, groups => groups[0].First.Count >= 5 ? 1 : 0, 1);
        var lowest = least with { Of = groups => groups[0].First.Sum <= 5 ? 1 : 0 };
        foreach (var alone in (PublishedLevel[])[least, lowest with { Of = groups => groups[0].First.Sum <= 1005 ? 1 : 0 }]) Assert.True(new HiddenClasses(classes).TryAdd(alone));
        var after = new HiddenClasses(classes);
        after.Keep(least);
        Assert.False(after.TryAdd(lowest));
    }

    [Fact]
    public void A_level_by_another_function_than_the_one_that_is_told_is_refused()
    {
        var growth = Growth(24, 3)[0];
        int[] classes = [.. Enumerable.Range(0, 24).Select(p => 1 + p % 2)];
        var level = Level(growth, classes);
        Assert.True(new HiddenClasses(classes).TryAdd(level));
        Assert.False(new HiddenClasses(classes).TryAdd(level with { Published = level.Published == 0 ? 1 : 0 }));
    }

    [Fact]
    public void The_function_as_text_is_the_same_function()
    {
        var made = new GapFunction(new Posterior(-1 / 3.0, 0.1 + 0.2), Math.PI / 10, Math.E / 3, 41, [(4, 8.000000000000002), (5, 1 / 7.0)]);
        var read = GapFunction.Parse(made.Text);
        Assert.Equal(made.Text, read.Text);
        Assert.Equal((made.Mean, made.Between, made.Within, made.Pupils), (read.Mean, read.Between, read.Within, read.Pupils));
        Assert.Equal(made.Steps, read.Steps);
    }
}
