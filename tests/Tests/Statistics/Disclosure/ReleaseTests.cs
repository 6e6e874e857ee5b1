using Groeilijn.Statistics.Disclosure;
using Groeilijn.Tests.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Disclosure;

/// <summary>Releases after each other, members of groups, pooling and rounding.</summary>
public sealed class ReleaseTests
{
    static ReleasedSum Count(string name, IEnumerable<int> units) => new(name, "score", [.. units]);

    [Fact]
    public void A_correction_without_one_pupil_is_held_and_an_identical_rerun_is_no_release()
    {
        ReleasedSum[] spring = [Count("spring", Enumerable.Range(0, 40))];
        Assert.Empty(ReleaseAudit.Exposures(spring, [Count("again", Enumerable.Range(0, 40))], 10, Attacker.Public));
        var exposure = Assert.Single(ReleaseAudit.Exposures(spring, [Count("autumn", Enumerable.Range(0, 39))], 10, Attacker.Public));
        Assert.Equal((1, "autumn"), (exposure.Units, Assert.Single(exposure.Because)));
        Assert.Empty(ReleaseAudit.Exposures(spring, [Count("autumn", Enumerable.Range(0, 30))], 10, Attacker.Public));
    }

    [Fact]
    public void A_small_group_is_found_through_three_releases_that_are_not_nested()
    {
        ReleasedSum[] before = [Count("a", Enumerable.Range(0, 60)), Count("b", Enumerable.Range(0, 30))];
        // The rest of a without b, and two pupils more: those two follow.
        Assert.Contains(ReleaseAudit.Exposures(before, [Count("c", Enumerable.Range(30, 32))], 10, Attacker.Public), e => e.Units == 2);
    }

    [Fact]
    public void A_school_takes_its_own_pupils_out_and_parents_their_child()
    {
        ReleasedSum[] region = [Count("region", Enumerable.Range(0, 100))];
        Assert.Empty(ReleaseAudit.Exposures([], region, 10, Attacker.Public));
        Assert.Single(ReleaseAudit.Exposures([], region, 10, new Attacker("a school", Enumerable.Range(0, 95).ToHashSet())));
        Assert.Empty(ReleaseAudit.Exposures([], [Count("group", Enumerable.Range(0, 10))], 10, Attacker.Public));
        Assert.Single(ReleaseAudit.Exposures([], [Count("group", Enumerable.Range(0, 10))], 10, new Attacker("a parent", new HashSet<int>(), 1)));
    }

    [Fact]
    public void Of_many_pairs_of_editions_none_that_passes_lets_a_small_difference_be_computed()
    {
        var dice = new Dice(7);
        var held = 0;
        for (var pair = 0; pair < 300; pair++)
        {
            var share = new[] { 0.0005, 0.01, 0.05, 0.2 }[pair % 4];
            var spring = Enumerable.Range(0, 200).ToArray();
            var autumn = spring.Where(_ => dice.Unit() > share).Concat(Enumerable.Range(200, (int)(share * 200))).ToArray();
            var exposures = ReleaseAudit.Exposures(Cells(spring, "s"), Cells(autumn, "a"), 5, Attacker.Public);
            // By hand: a class of one edition against the same class of the other.
            var bare = Enumerable.Range(0, 5).Any(c => Bare(spring.Where(u => u % 5 == c), autumn.Where(u => u % 5 == c)));
            if (bare) { held++; Assert.NotEmpty(exposures); }
        }
        Assert.True(held > 50, $"{held} pairs were held");

        static ReleasedSum[] Cells(int[] units, string edition) => [Count(edition, units), .. Enumerable.Range(0, 5).Select(c => Count($"{edition}{c}", units.Where(u => u % 5 == c)))];
        static bool Bare(IEnumerable<int> one, IEnumerable<int> two)
        {
            var (gone, come) = (one.Except(two).Count(), two.Except(one).Count());
            return (gone == 0 && come is > 0 and < 5) || (come == 0 && gone is > 0 and < 5);
        }
    }

    [Fact]
    public void Four_exact_means_of_twelve_among_twenty_seven_give_members_away_and_rounded_ones_do_not()
    {
        var dice = new Dice(11);
        bool[] member = [.. Enumerable.Range(0, 27).Select(p => p % 9 < 4)];
        PublishedMean[] exact = [.. Enumerable.Range(0, 4).Select(_ => new PublishedMean([.. Enumerable.Range(0, 27).Select(_ => (long?)(800 + (long)(dice.Unit() * 700)))], 0))];
        Assert.Contains(null, Memberships.Alternatives(member, exact, 20_000));
        PublishedMean[] rounded = [.. exact.Take(2).Select(m => m with { Step = 50 })];
        var others = Memberships.Alternatives(member, rounded);
        Assert.DoesNotContain(null, others);
        for (var p = 0; p < 27; p++) Assert.True(others[p]![p] != member[p] && Memberships.Agrees(member, others[p]!, rounded), $"pupil {p}");
        Assert.NotEqual(exact.Length, Memberships.Publishable(member, exact).Count);
    }

    [Fact]
    public void Neighbours_are_pooled_into_as_many_blocks_as_have_enough()
    {
        Assert.Equal([0, 2, 3], Pooling.Neighbours([4, 7, 12, 3, 9], 10));
        Assert.Null(Pooling.Neighbours([1, 2, 3], 10));
        Assert.Equal(0, Pooling.Loss([10, 10], [1, 3], [0, 1]), 9);
        Assert.Equal(1, Pooling.Loss([10, 10], [1, 3], [0]), 9);
    }

    [Fact]
    public void Rounded_tables_add_up_and_no_lowest_cell_shows_a_small_count()
    {
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var publication = Invented.Counts(seed, true);
            var made = SmallCountRounding.Round(publication, 4);
            var system = publication.System;
            for (var row = 0; row < system.Rows; row++)
            {
                var sum = 0L;
                for (var i = 0; i < system.CellsOf(row).Length; i++) sum += system.SignsOf(row)[i] * made.Values[system.CellsOf(row)[i]];
                Assert.Equal(0, sum);
            }
            Assert.DoesNotContain(made.Values, v => v is > 0 and < 4);
            Assert.True(made.Mean < 3, $"table {seed}: {made.Mean}");
        }
    }
}
