using System.Numerics;
using Groeilijn.Office;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Tests.Office;

/// <summary>
/// A school that reads the growth that was expected of its pupils, and tries every division of them into children of low- and of higher-educated parents: which agree with what it read? It takes all numbers of the
/// model as known.
/// </summary>
public sealed class ReferenceFunctionTests(ITestOutputHelper output)
{
    static readonly GapContrast s_parents = GapContrast.All.First(c => c.Variable == "parent_education");

    /// <summary>A step of so many pupils, where each of low-educated parents takes half a point at twelve pupils.</summary>
    static ReferenceFunction Made(int pupils, int low) => new(4, 20 - 6.0 * low / pupils, 30.0 / pupils, [("low", -0.2)]);

    static UnseenGroup Group(IEnumerable<bool> low) => new(s_parents, [.. low.Select(is1 => is1 ? "low" : "high")]);

    static PublishedLevel Published(UnseenGroup group, Func<int, bool> counts)
    {
        int[] steps = [.. Enumerable.Range(0, group.Levels.Count).Select(p => counts(p) ? 0 : -1)];
        return Made(steps.Count(s => s == 0), Enumerable.Range(0, steps.Length).Count(p => steps[p] == 0 && group.Classes[p] == 1)).Published(steps, new int[steps.Length], group, null);
    }

    /// <summary>Of each pupil whether it is of low-educated parents in none, some or all of the divisions that agree: 0, 1, 2. Written without the Gate's code: the tenths that a division gives, from the numbers of the model.</summary>
    static int[] Attack(int pupils, params (Func<int, bool> Counts, int Tenths)[] read)
    {
        var (all, any, agree) = ((1 << pupils) - 1, 0, 0);
        for (var set = 0; set < 1 << pupils; set++)
        {
            var low = set;
            if (!read.All(r => Enumerable.Range(0, pupils).Where(r.Counts).ToArray() is var who && (int)Math.Floor(10 * (20 - 6.0 * who.Count(p => (low >> p & 1) == 1) / who.Length) + 0.5) == r.Tenths)) continue;
            (all, any, agree) = (all & set, any | set, agree + 1);
        }
        Assert.True(agree > 0);
        return [.. Enumerable.Range(0, pupils).Select(p => (all >> p & 1) + (any >> p & 1))];
    }

    [Fact]
    public void An_expected_growth_that_one_division_alone_gives_is_found_and_hidden()
    {
        var group = Group(Enumerable.Repeat(true, 12));
        var published = Published(group, _ => true);
        Assert.Equal(140, published.Published);
        Assert.All(Attack(12, (_ => true, 140)), open => Assert.Equal(2, open)); // all twelve are told
        Assert.False(new HiddenClasses(group.Classes).TryAdd(published));
    }

    [Fact]
    public void A_newcomer_who_moves_the_expected_growth_is_found_and_the_second_number_is_hidden()
    {
        var group = Group(Enumerable.Range(0, 13).Select(p => p is < 5 or 12));
        var (before, after) = (Published(group, p => p < 12), Published(group, _ => true));
        var open = Attack(13, (p => p < 12, before.Published), (_ => true, after.Published));
        Assert.Equal([.. Enumerable.Repeat(1, 12), 2], open); // the twelve are open, the newcomer is told
        var hidden = new HiddenClasses(group.Classes);
        Assert.True(hidden.TryAdd(before));
        Assert.False(hidden.TryAdd(after));
    }

    [Theory]
    [InlineData(12, 6)]
    [InlineData(14, 1)]
    [InlineData(16, 11)]
    public void Where_it_is_shown_every_pupil_is_inside_and_outside_in_divisions_that_agree(int pupils, int low)
    {
        var group = Group(Enumerable.Range(0, pupils).Select(p => p * 7 % pupils < low));
        // Of two subjects, in one of which a pupil of either group missed a test.
        int[] missing = [Array.IndexOf(group.Classes, 1), Array.IndexOf(group.Classes, 2)];
        PublishedLevel[] read = [Published(group, _ => true), .. low > 1 ? [Published(group, p => !missing.Contains(p))] : (PublishedLevel[])[]];
        var hidden = new HiddenClasses(group.Classes);
        Assert.All(read, level => Assert.True(hidden.TryAdd(level)));
        Assert.All(Attack(pupils, [.. read.Select(level => ((Func<int, bool>)(p => level.Step[p] == 0), level.Published))]), open => Assert.Equal(1, open));
        foreach (var (pupil, world) in hidden.Worlds.Index()) Assert.Equal((1, 2), (world.InFirst![pupil], world.InSecond![pupil]));
    }

    [Fact]
    public void The_number_in_a_world_is_the_one_that_the_model_would_give()
    {
        var group = Group(Enumerable.Range(0, 20).Select(p => p % 3 == 0));
        var published = Published(group, _ => true);
        for (var set = 0; set < 1 << 20; set += 997)
        {
            int[] world = [.. Enumerable.Range(0, 20).Select(p => (set >> p & 1) == 1 ? 1 : 2)];
            Assert.Equal(ReferenceFunction.Tenths(20 - 6.0 * BitOperations.PopCount((uint)set) / 20), published.Of(published.Tallies(world)));
        }
    }

    [Fact]
    public void A_pupil_of_whom_nothing_is_known_may_be_in_either_group_where_others_are_unknown_too()
    {
        var made = new ReferenceFunction(4, 19.3, 30.0 / 15, [("low", -0.2), ("middle", -0.1), ("missing", 0.05)]);
        var group = new UnseenGroup(s_parents, [.. Enumerable.Range(0, 15).Select(p => ((string[])["low", "high", "middle", "missing", "high"])[p % 5])]);
        Assert.Equal([1, 2, 0, 0, 2], group.Classes.Take(5));
        var hidden = new HiddenClasses(group.Classes);
        Assert.True(hidden.TryAdd(made.Published(new int[15], new int[15], group, null)));
        Assert.All(hidden.Worlds, world => Assert.True(world.Proven));
        // Nobody can be in neither where nothing is known of nobody.
        var certain = new HiddenClasses(Group(Enumerable.Range(0, 12).Select(p => p < 11)).Classes);
        Assert.True(certain.TryAdd(Published(Group(Enumerable.Range(0, 12).Select(p => p < 11)), _ => true)));
        Assert.All(certain.Worlds, world => Assert.DoesNotContain(0, world.InFirst!.Concat(world.InSecond!)));
    }

    [Fact]
    public void A_large_school_with_three_subjects_and_two_editions_is_open_and_soon_judged()
    {
        // Nine hundred pupils in six year groups, one in thirty without a test.
        var group = Group(Enumerable.Range(0, 900).Select(p => unchecked((uint)p * 2654435761u >> 7) % 10 < 3));
        PublishedLevel[] read = [.. Enumerable.Range(0, 36).Select(number => Published(group, p => p % 6 == number % 6 && (p * 31 + number * 17) % 30 != 0))];
        var (hidden, clock) = (new HiddenClasses(group.Classes), System.Diagnostics.Stopwatch.StartNew());
        Assert.All(read, level => Assert.True(hidden.TryAdd(level)));
        output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"36 numbers of 900 pupils: {clock.Elapsed.TotalSeconds:F2} s"));
        Assert.All(hidden.Worlds, world => Assert.True(world.Proven));
        Assert.All(hidden.Worlds, world => Assert.All(read, level => Assert.True(level.Agrees(world.InFirst!) && level.Agrees(world.InSecond!))));
    }

    [Fact]
    public void The_function_is_kept_to_the_bit()
    {
        var made = new ReferenceFunction(7, 1 / 3.0, Math.PI / 1000, [("low", -0.1 - 0.2), ("missing", 1e-7)]);
        var read = Assert.IsType<ReferenceFunction>(UnseenFunction.Parse(made.Text));
        Assert.Equal((made.YearGroup, made.Exact, made.Scale), (read.YearGroup, read.Exact, read.Scale));
        Assert.Equal(made.Levels, read.Levels);
        Assert.IsType<GapFunction>(UnseenFunction.Parse("-0.1 0 0 1 27 4 1 5 1"));
    }
}
