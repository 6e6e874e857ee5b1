using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Tests.Statistics.Disclosure;

/// <summary>Dimensions, cells, rules; and the public tables of the statistics office of Norway (statisticsnorway/ssb-ssbtools).</summary>
public sealed class TableTests
{
    [Fact]
    public void A_hierarchy_with_a_hole_a_circle_or_two_parents_is_refused()
    {
        Assert.Equal(ProtectionRefusalCode.Hierarchy, Dimension.Of("d", [[("a", "x"), ("b", null)]]).Refusal!.Code);
        Assert.Equal(ProtectionRefusalCode.Hierarchy, Dimension.Of("d", [[("a", "b"), ("b", "a")]]).Refusal!.Code);
        Assert.Equal(ProtectionRefusalCode.Hierarchy, Dimension.Of("d", [[("a", null), ("b", null), ("c", "a"), ("c", "b")]]).Refusal!.Code);
        Assert.Equal(ProtectionRefusalCode.Hierarchy, Dimension.Of("d", [[]]).Refusal!.Code);
    }

    [Fact]
    public void What_two_codes_of_different_hierarchies_differ_by_is_a_cell_too()
    {
        var dimension = Dimension.Of("place", [[("N", null), ("S", null), ("n1", "N"), ("n2", "N"), ("n3", "N"), ("s1", "S"), ("s2", "S")], [("coast", null), ("rest", null), ("n1", "coast"), ("n2", "rest"), ("n3", "rest"), ("s1", "rest"), ("s2", "rest")]]).Value;
        Assert.DoesNotContain("N without coast", dimension.Codes);
        dimension.AddDifferences();
        // The coast is n1, so the north without it is two places that nobody publishes together; the rest without the south is the same two, and one code is enough.
        Assert.Equal(["N without coast"], dimension.Codes.Where(c => dimension.IsDifference(dimension.Find(c))));
        var publication = Publication.Of(new Records { Count = 5, Units = [20, 1, 1, 20, 20] }, [new TableInput("t", [dimension], [[.. new[] { "n1", "n2", "n3", "s1", "s2" }.Select(dimension.Find)]])], false, false).Value;
        var (_, reasons) = new PrimaryRules { MinCount = 3 }.Apply(publication);
        Assert.Equal(Reasons.MinimumCount | Reasons.Difference, reasons[publication.Tables[0].Cells[dimension.Find("N without coast")]]);
    }

    [Fact]
    public void The_p_percent_and_dominance_rules_give_the_textbook_levels()
    {
        // 500 + 40 + 30: the second estimates the first to within 30, which is less than 15 % of 500.
        var dimension = Dimension.Flat("d", ["x", "y"]).Value;
        var publication = Publication.Of(new Records { Count = 6 }, [new TableInput("t", [dimension], [[1, 1, 1, 2, 2, 2]], [500, 40, 30, 100, 100, 100], "v")], false, true).Value;
        var (requirements, reasons) = new PrimaryRules { PPercent = (15, 1) }.Apply(publication);
        var x = publication.Tables[0].Cells[1];
        Assert.Equal([new Requirement(x, 45, 45, 0)], requirements);
        Assert.Equal(Reasons.PPercent, reasons[x]);
        // The two largest have 540 of 570: more than 90 %, and 600 would be 90 %.
        Assert.Equal([new Requirement(x, 30, 30, 0)], new PrimaryRules { Dominance = (2, 90) }.Apply(publication).Requirements);
    }

    [Fact]
    public void Contributions_of_one_holding_count_together()
    {
        var dimension = Dimension.Flat("d", ["x"]).Value;
        var records = new Records { Count = 4, Holding = [0, 0, 1, 2] };
        var publication = Publication.Of(records, [new TableInput("t", [dimension], [[1, 1, 1, 1]], [50, 50, 45, 40], "v")], false, true).Value;
        Assert.Empty(new PrimaryRules { MinContributors = 3 }.Apply(publication).Requirements);
        Assert.Single(new PrimaryRules { MinContributors = 4 }.Apply(publication).Requirements);
        Assert.Single(new PrimaryRules { Dominance = (1, 52) }.Apply(publication).Requirements);
    }

    [Fact]
    public void All_of_a_group_in_one_cell_tells_about_each_of_them()
    {
        var (d, e) = (Dimension.Flat("d", ["x", "y"]).Value, Dimension.Flat("e", ["low", "high"]).Value);
        var publication = Publication.Of(new Records { Count = 4, Units = [30, 1, 15, 15] }, [new TableInput("t", [d, e], [[1, 1, 2, 2], [1, 2, 1, 2]])], false, false).Value;
        var (_, reasons) = new PrimaryRules { GroupShare = 0.9 }.Apply(publication);
        Assert.Equal(Reasons.Group, reasons[publication.Tables[0].Cells[1 * 3 + 1]]);
    }

    [Fact]
    public void A_finished_table_that_does_not_add_up_is_refused()
    {
        var dimension = Dimension.Flat("d", ["x", "y"]).Value;
        Assert.Equal(ProtectionRefusalCode.NotAdditive, Publication.Of([new FinishedTable("t", [dimension], [[0, 1, 2]], [10, 4, 5])], false).Refusal!.Code);
        Assert.True(Publication.Of([new FinishedTable("t", [dimension], [[0, 1, 2]], [9, 4, 5])], false).Ok);
    }

    [Fact]
    public void A_table_of_too_many_cells_is_refused_before_it_is_made()
    {
        Dimension[] wide = [.. Enumerable.Range(0, 3).Select(i => Dimension.Flat($"d{i}", Enumerable.Range(0, 400).Select(c => $"c{c}")).Value)];
        Assert.Equal(ProtectionRefusalCode.TooLarge, Publication.Of(new Records { Count = 1 }, [new TableInput("t", wide, [[1], [1], [1]])], false, false).Refusal!.Code);
    }

    [Fact]
    public void Values_below_zero_all_zero_and_one_cell_get_an_answer()
    {
        var dimension = Dimension.Flat("d", ["x", "y", "z"]).Value;
        var negative = Publication.Of(new Records { Count = 5 }, [new TableInput("t", [dimension], [[1, 1, 2, 2, 3]], [-500, 2, 100, 90, 80], "v")], false, true).Value;
        var made = Protection.Protect(negative, new() { PPercent = (15, 1) });
        Assert.Empty(made.Unprotected);
        Assert.False(made.System.NonNegative);
        var zeros = Publication.Of(new Records { Count = 3, Units = [0, 0, 0] }, [new TableInput("t", [dimension], [[1, 2, 3]])], true, false).Value;
        Assert.Empty(Protection.Protect(zeros, new() { MinCount = 3, Zeros = true }).Unprotected);
        var one = Publication.Of(new Records { Count = 1, Units = [2] }, [new TableInput("t", [Dimension.Flat("d", ["x"]).Value], [[1]])], false, false).Value;
        Assert.Empty(Protection.Protect(one, new() { MinCount = 3 }).Unprotected);
    }

    [Fact]
    public void Values_of_a_million_million_are_exact()
    {
        var tree = Invented.Tree("a", 3, 3);
        var codes = Enumerable.Range(0, 36).Select(i => tree.Find($"a{i / 4 / 3}.{i / 4 % 3}")).ToArray();
        var values = Enumerable.Range(0, 36).Select(i => 1_000_000_000_000L + i * 12_345_678_901L * (i % 4 == 0 ? 40 : 1)).ToArray();
        var publication = Publication.Of(new Records { Count = 36 }, [new TableInput("t", [tree, Dimension.Flat("b", ["p", "q"]).Value], [codes, [.. Enumerable.Range(0, 36).Select(i => 1 + i % 2)]], values, "v")], false, true).Value;
        var made = Protection.Protect(publication, new() { PPercent = (15, 1) });
        Assert.NotEmpty(made.Pattern.Witnesses);
        Assert.Empty(made.Unprotected);
    }

    [Theory]
    [InlineData("mun_accidents.csv", true, 35, 22, 2)]
    [InlineData("d3.csv", true, 1350, 503, 190)]
    public void A_public_table_has_the_published_number_of_sensitive_cells_and_few_others_hidden(string file, bool zeros, int cells, int primary, int most)
    {
        var path = Path.Combine(Conventions.Checkout.Root, "../shared/data/disclosure", file);
        if (!File.Exists(path)) Assert.Skip("../shared/data/disclosure is not here: the public tables could not be protected.");
        var publication = Public(path, zeros);
        var made = Protection.Protect(publication, new() { MinCount = 4, Zeros = zeros }, new() { Effort = 2000 });
        var all = publication.Tables[0].Cells.Where(c => c >= 0).ToArray();
        Assert.Equal((cells, primary), (all.Length, all.Count(made.IsPrimary)));
        Assert.True(all.Count(c => made.Pattern.Hidden[c] && !made.IsPrimary(c)) <= most, $"{all.Count(c => made.Pattern.Hidden[c] && !made.IsPrimary(c))} hidden beside");
        Assert.Empty(made.Unprotected);
    }

    /// <summary>The tables as the statistics office defines them: regions in counties and in groups, months in halves.</summary>
    static Publication Public(string path, bool zeros)
    {
        var rows = File.ReadAllLines(path).Select(l => l.Split(',').Select(c => c.Trim('"')).ToArray()).ToArray();
        string[][] data = [.. rows.Skip(1)];
        var dimensions = rows[0].Length == 3
            ? (IReadOnlyList<(Dimension D, int Column)>)[(Flat(0), 0), (Flat(1), 1)]
            : [(Dimension.Of("region", [Under(0, 1), Under(0, 2)]).Value, 0), (Flat(3), 3), (Dimension.Of("months", [Under(4, 5)]).Value, 4)];
        var table = new TableInput("t", [.. dimensions.Select(d => d.D)], [.. dimensions.Select(d => data.Select(r => d.D.Find(r[d.Column])).ToArray())]);
        return Publication.Of(new Records { Count = data.Length, Units = [.. data.Select(r => long.Parse(r[^1], System.Globalization.CultureInfo.InvariantCulture))] }, [table], zeros, false).Value;

        Dimension Flat(int column) => Dimension.Flat(rows[0][column], data.Select(r => r[column]).Distinct()).Value;
        IReadOnlyList<(string, string?)> Under(int code, int parent) => [.. data.Select(r => (r[code], (string?)$"{parent}:{r[parent]}")).Distinct(), .. data.Select(r => ($"{parent}:{r[parent]}", (string?)null)).Distinct()];
    }
}
