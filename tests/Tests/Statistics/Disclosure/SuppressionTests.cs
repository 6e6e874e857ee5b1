using Groeilijn.Statistics.Disclosure;
using Groeilijn.Tests.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Disclosure;

/// <summary>What holds of every pattern, on random tables.</summary>
public sealed class SuppressionTests
{
    static PrimaryRules Rules(int interval = 0, bool zeros = false) => new() { MinCount = 4, Zeros = zeros, Interval = interval };

    /// <summary>How many random tables, where thousands are asked for.</summary>
    static ulong Tables(ulong usual) => Environment.GetEnvironmentVariable("GROEILIJN_TABLES") is { } asked ? ulong.Parse(asked, System.Globalization.CultureInfo.InvariantCulture) : usual;

    [Fact]
    public void Every_sensitive_cell_of_hundreds_of_tables_has_a_certificate_and_none_follows_exactly()
    {
        for (var seed = 1UL; seed <= Tables(300); seed++)
        {
            var made = Protection.Protect(Invented.Counts(seed, seed % 2 == 0), Rules((int)(seed % 4), seed % 2 == 0), new() { Effort = 200 });
            Assert.True(made.Unprotected.Count == 0, $"table {seed}: {made.Unprotected.Count} unprotected");
        }
    }

    [Fact]
    public void An_outside_attacker_finds_no_sensitive_cell_within_its_interval_in_fractions_or_whole_numbers()
    {
        var program = Invented.Program("glpsol", "glpk-utils");
        var every = Tables(6) > 100 ? 25 : 5;
        for (var seed = 1UL; seed <= Tables(6); seed++)
        {
            var width = 1 + (int)(seed % 3);
            var made = Protection.Protect(Invented.Counts(seed, seed % 2 == 0), Rules(width, seed % 2 == 0), new() { Effort = 200 });
            foreach (var requirement in made.Pattern.Witnesses.Select(w => w.Requirement).Where((_, i) => i % every == 0))
                foreach (var whole in new[] { false, true })
                {
                    var (least, most) = Invented.Glpk(program, made.System, made.Pattern.Hidden, requirement.Cell, whole);
                    Assert.True(most - least >= width - 1e-6, $"table {seed}, cell {requirement.Cell}: between {least} and {most}");
                }
        }
    }

    [Fact]
    public void Linked_tables_over_two_hierarchies_are_one_system_to_an_outside_attacker()
    {
        var program = Invented.Program("glpsol", "glpk-utils");
        var (asked, every) = (0, Tables(6) > 100 ? 25 : 5);
        for (var seed = 1UL; seed <= Tables(6); seed++)
        {
            var width = 1 + (int)(seed % 3);
            var made = Protection.Protect(Invented.Linked(seed, seed % 2 == 0), Rules(width, seed % 2 == 0), new() { Effort = 200 });
            Assert.Empty(made.Unprotected);
            foreach (var requirement in made.Pattern.Witnesses.Select(w => w.Requirement).Where((_, i) => i % every == 0))
                foreach (var whole in new[] { false, true })
                {
                    var (least, most) = Invented.Glpk(program, made.System, made.Pattern.Hidden, requirement.Cell, whole);
                    Assert.True(most - least >= width - 1e-6, $"table {seed}, cell {requirement.Cell}: between {least} and {most}");
                    asked++;
                }
        }
        Assert.True(asked > 10, $"{asked} intervals");
    }

    [Fact]
    public void Levels_of_the_p_percent_rule_hold_both_ways_against_an_outside_attacker()
    {
        var program = Invented.Program("glpsol", "glpk-utils");
        for (var seed = 1UL; seed <= Math.Min(Tables(4), 100); seed++)
        {
            var made = Protection.Protect(Invented.Turnover(seed).Publication, new() { PPercent = (15, 1) }, new() { Effort = 500 });
            Assert.Empty(made.Unprotected);
            foreach (var (cell, up, down, _) in made.Pattern.Witnesses.Select(w => w.Requirement).Where((_, i) => i % 6 == 0))
            {
                var (least, most) = Invented.Glpk(program, made.System, made.Pattern.Hidden, cell, whole: false);
                Assert.True(most >= made.System.Values[cell] + up - 1e-5 && least <= made.System.Values[cell] - down + 1e-5, $"table {seed}, cell {cell}");
            }
        }
    }

    [Fact]
    public void Publishing_any_cell_that_is_called_necessary_breaks_the_audit()
    {
        var tested = 0;
        for (var seed = 1UL; seed <= Math.Min(Tables(12), 200); seed++)
        {
            var made = Protection.Protect(Invented.Counts(seed, false), Rules(2), new() { Effort = 200 });
            Requirement[] requirements = [.. made.Pattern.Witnesses.Select(w => w.Requirement)];
            for (var cell = 0; cell < made.System.Cells; cell++)
            {
                if (!made.Pattern.Necessary[cell]) continue;
                bool[] less = [.. made.Pattern.Hidden];
                less[cell] = false;
                Assert.NotEmpty(Suppressor.Audit(made.System, requirements, less).Unprotected);
                tested++;
            }
        }
        Assert.True(tested > 50, $"{tested} cells");
    }

    [Fact]
    public void The_same_table_gives_the_same_pattern()
    {
        var (one, two) = (Protection.Protect(Invented.Turnover(3).Publication, new() { PPercent = (10, 1) }), Protection.Protect(Invented.Turnover(3).Publication, new() { PPercent = (10, 1) }));
        Assert.Equal(one.Pattern.Hidden, two.Pattern.Hidden);
    }

    [Fact]
    public void A_cell_that_must_be_published_is_published()
    {
        var publication = Invented.Counts(5, false);
        var first = Protection.Protect(publication, Rules(), new() { Effort = 0 });
        var published = new bool[publication.System.Cells];
        var forced = Array.FindIndex(first.Pattern.Necessary, n => n);
        published[forced] = true;
        var second = Protection.Protect(publication, Rules(), new() { Effort = 0, Published = published });
        Assert.False(second.Pattern.Hidden[forced]);
        Assert.Empty(second.Unprotected);
    }

    [Fact]
    public void A_sensitive_cell_that_was_released_already_is_named_as_unprotected()
    {
        var publication = Invented.Counts(5, false);
        var (requirements, _) = Rules().Apply(publication);
        var published = new bool[publication.System.Cells];
        published[requirements[0].Cell] = true;
        Assert.Contains(requirements[0].Cell, Protection.Protect(publication, Rules(), new() { Effort = 0, Published = published }).Unprotected);
    }

    [Fact]
    public void The_verifier_refuses_a_witness_that_changes_a_published_cell_breaks_a_sum_or_falls_below_zero()
    {
        // Two by two with margins: 1 5 | 6, 4 3 | 7, 5 8 | 13.
        long[] values = [1, 5, 6, 4, 3, 7, 5, 8, 13];
        IReadOnlyList<(int, int)>[] rows = [[(2, 1), (0, -1), (1, -1)], [(5, 1), (3, -1), (4, -1)], [(6, 1), (0, -1), (3, -1)], [(7, 1), (1, -1), (4, -1)]];
        bool[] hidden = [true, true, false, true, true, false, false, false, false];
        var requirement = new Requirement(0, 1, 1, 0);
        Movement right = new([(0, 1), (1, -1), (3, -1), (4, 1)]), back = new([(0, -1), (1, 1), (3, 1), (4, -1)]);
        Assert.Empty(Unproven(right, back));
        Assert.NotEmpty(Unproven(new([(0, 1), (2, 1), (6, 1)]), back));
        Assert.NotEmpty(Unproven(new([(0, 1), (1, -1)]), back));
        Assert.NotEmpty(Unproven(right, new([(0, -2), (1, 2), (3, 2), (4, -2)])));
        Assert.NotEmpty(Unproven(right, Movement.None));

        IReadOnlyList<Requirement> Unproven(Movement up, Movement down) => WitnessVerifier.Unproven(values, rows, hidden, true, [requirement], [new(requirement, up, down)]);
    }

    [Fact]
    public void Elimination_finds_what_follows_exactly_and_nothing_else()
    {
        // A row with one hidden cell gives it away; a rectangle of four does not.
        var system = new CellSystem([1, 5, 6, 4, 3, 7, 5, 8], [[(2, 1), (0, -1), (1, -1)], [(5, 1), (3, -1), (4, -1)], [(6, 1), (0, -1), (3, -1)], [(7, 1), (1, -1), (4, -1)]]);
        Assert.Equal([0], Recovered(true, false, false, false));
        Assert.Empty(Recovered(true, true, false, true, true));
        Assert.Equal([0, 1, 3], Recovered(true, true, false, true, false));
        bool[] rectangle = [true, true, false, true, true, false, false, false];
        Assert.NotNull(Elimination.Recoverable(system, rectangle, 100));
        Assert.Null(Elimination.Recoverable(system, rectangle, 1));

        int[] Recovered(params bool[] hidden) => [.. Elimination.Recoverable(system, [.. hidden, .. new bool[8 - hidden.Length]]).Select((r, i) => (r, i)).Where(x => x.r).Select(x => x.i)];
    }

    [Fact]
    public void Two_lone_contributors_in_one_total_do_not_find_each_other()
    {
        // Each part of the first group has one firm: hiding these two would let each subtract its own turnover.
        var tree = Invented.Tree("a", 2, 3);
        string[] codes = ["a0.0", "a0.1", "a0.2", "a0.2", "a0.2", "a0.2", "a1.0", "a1.0", "a1.0", "a1.0", "a1.1", "a1.1", "a1.1", "a1.1", "a1.2", "a1.2", "a1.2", "a1.2"];
        long[] values = [500, 600, 300, 290, 280, 270, 200, 210, 220, 230, 200, 210, 220, 230, 200, 210, 220, 230];
        var publication = Publication.Of(new Records { Count = codes.Length }, [new TableInput("t", [tree], [[.. codes.Select(tree.Find)]], values, "v")], false, true).Value;
        var made = Protection.Protect(publication, new() { PPercent = (15, 1) });
        Assert.Empty(made.Unprotected);
        Assert.True(made.Pattern.Hidden[publication.Tables[0].Cells[tree.Find("a0.2")]] || made.Pattern.Hidden[publication.Tables[0].Cells[tree.Find("a0")]], "the union of the two lone firms is known");
    }
}
