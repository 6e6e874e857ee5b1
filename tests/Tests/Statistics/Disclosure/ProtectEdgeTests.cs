using System.Globalization;
using System.Text;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Tests.Statistics.Disclosure;

/// <summary><c>groeilijn protect</c> at the edges of what a table can be: a clear answer or a clear refusal.</summary>
public sealed class ProtectEdgeTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-protect-edge-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A table of x, y, z by p, q with a value for each row.</summary>
    static string Rows(int count, Func<int, string> value) => "a,b,v\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{"xyz"[i % 3]},{"pqrs"[i / 3 % 4]},{value(i)}\n"));

    (int Exit, string Said, string[] Table) Protect(string data, string rest, params string[] more)
    {
        File.WriteAllText(Path.Combine(_folder, "d.csv"), data);
        File.WriteAllText(Path.Combine(_folder, "spec.json"), $$"""{"data":{"file":"d.csv"},{{rest}}}""");
        using StringWriter output = new(), error = new();
        var exit = Groeilijn.SchoolCli.Terminal.Run(Groeilijn.Cli.Program.Create(), ["protect", Path.Combine(_folder, "spec.json"), "--out", Path.Combine(_folder, "out"), .. more], output, error);
        var table = Path.Combine(_folder, "out", "t.csv");
        return (exit, output.ToString() + error, File.Exists(table) ? File.ReadAllLines(table) : []);
    }

    const string Values = """ "tables":[{"name":"t","dimensions":["a","b"],"response":"v"}],"rules":{"pPercent":[10,1]}""", Counts = """ "count":"v","tables":[{"name":"t","dimensions":["a","b"]}],"rules":{"minCount":4}""";

    [Fact]
    public void Values_below_zero_are_protected_and_a_count_below_zero_is_refused()
    {
        var (exit, said, table) = Protect(Rows(60, i => (i * 37 % 400 - 120).ToString(CultureInfo.InvariantCulture)), Values);
        Assert.Equal(0, exit);
        Assert.Contains(" 0 unprotected", said, StringComparison.Ordinal);
        Assert.Equal(21, table.Length);
        (exit, said, _) = Protect(Rows(12, i => i == 3 ? "-4" : "9"), Counts);
        Assert.Equal(1, exit);
        Assert.Contains("not below zero", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "empty")]
    [InlineData(true, "primary")]
    public void A_table_of_zeros_is_empty_or_wholly_hidden(bool zerosAreSensitive, string status)
    {
        var (exit, _, table) = Protect(Rows(12, _ => "0"), Counts.Replace("4}", zerosAreSensitive ? "4,\"zeros\":true}" : "4}", StringComparison.Ordinal));
        Assert.Equal(0, exit);
        Assert.All(table.Skip(1), line => Assert.Equal(["", status], line.Split(',')[2..4]));
    }

    [Theory]
    [InlineData(3, ",primary,minimum-count")]
    [InlineData(30, "30,published,")]
    public void One_cell_is_judged_by_itself(int count, string expected)
    {
        var (exit, _, table) = Protect($"a,v\nx,{count}\n", """ "count":"v","tables":[{"name":"t","dimensions":["a"]}],"rules":{"minCount":4}""");
        Assert.Equal(0, exit);
        Assert.Equal([$"Total,{expected}", $"x,{expected}"], table.Skip(1));
    }

    [Fact]
    public void Values_of_a_million_million_are_added_exactly_and_larger_than_can_be_added_are_refused()
    {
        var (exit, said, table) = Protect(Rows(48, i => (1_000_000_000_000 + i * 10_000_000_001L).ToString(CultureInfo.InvariantCulture)), Values);
        Assert.Equal(0, exit);
        Assert.Contains(" 0 unprotected", said, StringComparison.Ordinal);
        Assert.Contains("Total,Total,59280000001128,published,", table);
        (exit, said, _) = Protect(Rows(48, _ => "9000000000000001"), Values);
        Assert.Equal(1, exit);
        Assert.Contains("too large to be added exactly", said, StringComparison.Ordinal);
        Assert.DoesNotContain("9000000000000001", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_total_that_is_not_the_sum_of_its_parts_is_refused_by_its_place()
    {
        var (exit, said, _) = Protect("a,v\nTotal,5177\nx,20\ny,30\n", """ "count":"v","tables":[{"name":"t","dimensions":["a"]}],"rules":{"minCount":4}""");
        Assert.Equal(1, exit);
        Assert.Contains("does not add up", said, StringComparison.Ordinal);
        Assert.DoesNotContain("5177", said, StringComparison.Ordinal);
    }

    [Fact]
    public void More_sensitive_cells_than_are_protected_at_once_are_refused_before_any_is_hidden_and_can_be_rounded()
    {
        var data = Rows(12, i => i % 2 == 0 ? "2" : "30");
        var (exit, said, table) = Protect(data, Counts, "--most-sensitive", "5");
        Assert.Equal(1, exit);
        Assert.Contains("6 of 20 cells are sensitive, and 5 is the most", said, StringComparison.Ordinal);
        foreach (var remedy in new[] { "leave out a dimension", "by itself", "the method round", "--most-sensitive" }) Assert.Contains(remedy, said, StringComparison.Ordinal);
        Assert.Empty(table);
        Assert.Equal(0, Protect(data, Counts, "--most-sensitive", "6").Exit);
        Assert.Equal((25_000, 18_750, 30), (Protection.MostSensitive(20), Protection.MostSensitive(40_000), Protection.MostSensitive(1_000_000)));
        Assert.Equal(0, Protect(data, Counts + ""","protection":{"method":"round"}""", "--most-sensitive", "5").Exit);
    }

    [Fact]
    public void A_table_too_large_for_the_optimum_is_refused_and_not_protected_another_way()
    {
        var (exit, said, table) = Protect("a,b,v\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"a{i % 20},b{i / 20},7\n")), Counts + ""","protection":{"method":"optimal"}""");
        Assert.Equal(1, exit);
        Assert.Contains("up to 400 cells, and these have 441", said, StringComparison.Ordinal);
        Assert.Empty(table);
    }

    [Fact]
    public void More_cells_than_memory_can_hold_are_refused_before_any_is_made()
    {
        var data = new StringBuilder("a,b,v\n");
        for (var i = 0; i < 9000; i++) data.Append(CultureInfo.InvariantCulture, $"a{i},b{i},7\n");
        var (exit, said, table) = Protect(data.ToString(), Counts);
        Assert.Equal(1, exit);
        Assert.Contains("cells together", said, StringComparison.Ordinal);
        Assert.Contains("leave out a dimension", said, StringComparison.Ordinal);
        Assert.Empty(table);
    }
}
