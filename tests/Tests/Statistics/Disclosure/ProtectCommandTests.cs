using System.Text.Json;

namespace Groeilijn.Tests.Statistics.Disclosure;

/// <summary><c>groeilijn protect</c> as a session.</summary>
public sealed class ProtectCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-protect-").FullName;

    [Fact]
    public void Counts_with_hierarchies_are_protected_and_every_total_holds_for_what_is_published()
    {
        Counts();
        Write("spec.json", """{"data":{"file":"data.csv"},"count":"n","tables":[{"name":"t","dimensions":["place","kind"]}],"hierarchies":{"place":"place.hrc"},"rules":{"minCount":4},"protection":{"interval":2}}""");
        var (exit, output, _) = Run("protect", At("spec.json"), "--out", At("out"), "--certificates", At("certificates.csv"), "--json");
        Assert.Equal(0, exit);
        using var answer = JsonDocument.Parse(output);
        var lines = File.ReadAllLines(At("out/t.csv"));
        Assert.Equal("place,kind,value,status,reason", lines[0]);
        Assert.Equal(0, answer.RootElement.GetProperty("audit").GetProperty("unprotected").GetInt32());
        foreach (var status in new[] { "primary", "secondary", "published" }) Assert.Equal(answer.RootElement.GetProperty(status).GetInt32(), lines.Count(l => l.Split(',')[3] == status));
        Assert.All(lines.Skip(1).Select(l => l.Split(',')), cells => Assert.Equal(cells[3] == "published", cells[2].Length > 0));
        Assert.Contains("Total,Total,", string.Concat(lines));
        Assert.Contains("minimum-count", File.ReadAllText(At("out/report.html")));
        Assert.True(File.ReadLines(At("certificates.csv")).Count() > 1);
    }

    [Fact]
    public void Turnover_by_firms_in_tau_argus_files_is_protected_by_the_p_percent_rule()
    {
        Write("m.rda", "Region 1 2\n  <RECODEABLE>\n  <HIERARCHICAL>\n  <HIERLEVELS> 1 1\nSize 3 1\n  <RECODEABLE>\nVar 4 6\n  <NUMERIC>\n");
        Write("m.asc", string.Concat(Enumerable.Range(0, 48).Select(i => $"{"AB"[i / 24]}{"123"[i / 8 % 3]}{"xyz"[i % 3]}{(i % 11 == 0 ? 90000 : 100 + 17 * i),6}\n")));
        Write("spec.json", """{"data":{"file":"m.asc","format":"argus","meta":"m.rda"},"tables":[{"name":"turnover","dimensions":["Region","Size"],"response":"Var"}],"rules":{"pPercent":[15,1]},"protection":{"cost":"value"}}""");
        var (exit, output, error) = Run("protect", At("spec.json"), "--out", At("out"), "--jj", "--json");
        Assert.True(exit == 0, error);
        using var answer = JsonDocument.Parse(output);
        Assert.True(answer.RootElement.GetProperty("primary").GetInt32() > 0);
        Assert.Equal(0, answer.RootElement.GetProperty("audit").GetProperty("unprotected").GetInt32());
        Write("jj.json", """{"data":{"file":"out/tables.jj","format":"jj"}}""");
        (exit, output, error) = Run("protect", At("jj.json"), "--out", At("again"), "--json");
        Assert.True(exit == 0, error);
        (var refused, _, var why) = Run("protect", At("jj.json"), "--out", At("never"), "--most-sensitive", "0");
        Assert.Equal((1, true), (refused, why.Contains("is the most that is protected at once", StringComparison.Ordinal)));
        using var again = JsonDocument.Parse(output);
        Assert.Equal(0, again.RootElement.GetProperty("audit").GetProperty("unprotected").GetInt32());
    }

    [Fact]
    public void A_finished_table_keeps_its_owners_statuses()
    {
        Write("t.rda", "<SEPARATOR> \";\"\n<UNSAFE> \"U\"\n<PROTECT> \"Z\"\nA\n <RECODEABLE>\n <TOTCODE> \"All\"\nB\n <RECODEABLE>\n <TOTCODE> \"All\"\nV\n <NUMERIC>\nS\n <STATUS>\nL\n <NUMERIC> <LOWERPL>\nH\n <NUMERIC> <UPPERPL>\n");
        Write("t.tab", "All;All;100;S;0;0\nAll;p;60;S;0;0\nAll;q;40;S;0;0\nx;All;50;S;0;0\ny;All;30;S;0;0\nz;All;20;S;0;0\nx;p;20;U;5;5\nx;q;30;S;0;0\ny;p;25;Z;0;0\ny;q;5;Z;0;0\nz;p;15;S;0;0\nz;q;5;S;0;0\n");
        Write("spec.json", """{"data":{"file":"t.tab","format":"argus","meta":"t.rda"},"tables":[{"name":"t","dimensions":["A","B"]}]}""");
        var (exit, _, error) = Run("protect", At("spec.json"), "--out", At("out"), "--json");
        Assert.True(exit == 0, error);
        var lines = File.ReadAllLines(At("out/t.csv"));
        Assert.Contains("x,p,,primary,owner", lines);
        Assert.Contains("y,p,25,published,", lines);
        Assert.Contains("z,p,,secondary,secondary", lines);
    }

    [Fact]
    public void What_could_not_be_proven_safe_ends_with_an_exit_code_of_its_own()
    {
        // One small cell, and its owner demands that every other is published.
        Write("t.rda", "<SEPARATOR> \";\"\n<UNSAFE> \"U\"\n<PROTECT> \"Z\"\nA\n <RECODEABLE>\n <TOTCODE> \"All\"\nV\n <NUMERIC>\nS\n <STATUS>\nL\n <NUMERIC> <LOWERPL>\nH\n <NUMERIC> <UPPERPL>\n");
        Write("t.tab", "All;50;Z;0;0\nx;20;U;5;5\ny;30;Z;0;0\n");
        Write("spec.json", """{"data":{"file":"t.tab","format":"argus","meta":"t.rda"},"tables":[{"name":"t","dimensions":["A"]}]}""");
        Write("t.jj", "0\n3\n0 50 1 z 0 100 0 0 0\n1 20 1 u 0 100 5 5 0\n2 30 1 z 0 100 0 0 0\n1\n0 3 : 0 (1) 1 (-1) 2 (-1)\n");
        Write("jj.json", """{"data":{"file":"t.jj","format":"jj"}}""");
        foreach (var spec in (string[])["spec.json", "jj.json"])
        {
            var (exit, output, error) = Run("protect", At(spec), "--out", At("out"), "--json");
            Assert.Equal((3, true), (exit, error.Contains("could not be proven safe", StringComparison.Ordinal)));
            using var answer = JsonDocument.Parse(output);
            Assert.True(answer.RootElement.GetProperty("audit").GetProperty("unprotected").GetInt32() > 0);
        }
    }

    [Fact]
    public void Rounding_publishes_everything_and_the_optimum_hides_no_more_than_the_search()
    {
        Counts();
        Write("round.json", """{"data":{"file":"data.csv"},"count":"n","tables":[{"name":"t","dimensions":["place","kind"]}],"hierarchies":{"place":"place.hrc"},"rules":{"minCount":4},"protection":{"method":"round"}}""");
        var (exit, _, error) = Run("protect", At("round.json"), "--out", At("round"), "--json");
        Assert.True(exit == 0, error);
        Assert.DoesNotContain(File.ReadAllLines(At("round/t.csv")).Skip(1), l => l.Split(',')[2] is "1" or "2" or "3");
        Invented.Program("cbc", "coinor-cbc");
        var hidden = new List<int>();
        foreach (var method in new[] { "exact", "optimal" })
        {
            Write("spec.json", $$$"""{"data":{"file":"data.csv"},"count":"n","tables":[{"name":"t","dimensions":["place","kind"]}],"rules":{"minCount":4},"protection":{"method":"{{{method}}}"}}""");
            (exit, var output, error) = Run("protect", At("spec.json"), "--out", At(method), "--json");
            Assert.True(exit == 0, error);
            using var answer = JsonDocument.Parse(output);
            Assert.Equal(0, answer.RootElement.GetProperty("audit").GetProperty("unprotected").GetInt32());
            hidden.Add(answer.RootElement.GetProperty("secondary").GetInt32());
        }
        Assert.True(hidden[1] <= hidden[0], $"{hidden[1]} against {hidden[0]}");
    }

    [Theory]
    [InlineData("""{"data":{"file":"data.csv"},"tables":[]}""", "no tables")]
    [InlineData("""{"data":{"file":"nowhere.csv"},"tables":[{"name":"t","dimensions":["place"]}]}""", "not there")]
    [InlineData("""{"data":{"file":"data.csv"},"tables":[{"name":"t","dimensions":["colour"]}]}""", "no column")]
    [InlineData("""{"data":{"file":"data.csv"},"tables":[{"name":"../t","dimensions":["place"]}]}""", "file's name")]
    [InlineData("""{"data":{"file":"data.csv"},"count":"kind","tables":[{"name":"t","dimensions":["place"]}]}""", "is no number")]
    [InlineData("""{"data":{"file":"data.csv"},"tables":[{"name":"t","dimensions":["place"]}],"hierarchies":{"place":"hole.hrc"}}""", "hole")]
    [InlineData("""{"data":{"file":"data.csv"},"tables":[{"name":"t","dimensions":["place"]}],"hierarchies":{"place":"short.hrc"}}""", "does not have")]
    [InlineData("""{"data":{"file":"sums.csv"},"count":"n","tables":[{"name":"t","dimensions":["place"]}]}""", "does not add up")]
    [InlineData("""{"data":{"file":"data.csv"},"tables":[{"name":"t","dimensions":["place"]}],"protection":{"method":"cellkey"}}""", "cellkey")]
    [InlineData("""{"data":{"file":"data.csv"},"tables":[{"name":"t","dimensions":["place"]}],"colour":1}""", "no JSON of the known form")]
    public void What_cannot_be_protected_is_refused_with_a_reason_and_without_a_value(string spec, string reason)
    {
        Counts();
        Write("hole.hrc", "A\n@@a1\n");
        Write("short.hrc", "A\n@a1\n");
        Write("sums.csv", "place,n\nTotal,77123\na1,5\na2,6\n");
        Write("spec.json", spec);
        var (exit, _, error) = Run("protect", At("spec.json"), "--out", At("out"));
        Assert.Equal(1, exit);
        Assert.Contains(reason, error);
        Assert.DoesNotContain("77123", error);
        Assert.False(Directory.Exists(At("out")));
    }

    void Counts()
    {
        Write("place.hrc", "A\n@a1\n@a2\n@a3\nB\n@b1\n@b2\n@b3\n");
        var counts = new[] { 12, 2, 9, 7, 8, 15, 3, 11, 6, 10, 14, 5, 9, 7, 13, 6, 1, 22 };
        Write("data.csv", "place,kind,n\n" + string.Concat(counts.Select((n, i) => $"{new[] { "a1", "a2", "a3", "b1", "b2", "b3" }[i / 3]},{"xyz"[i % 3]},{n}\n")));
    }

    string At(string file) => Path.Combine(_folder, file);

    void Write(string file, string text) => File.WriteAllText(At(file), text);

    static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var exit = Groeilijn.SchoolCli.Terminal.Run(Groeilijn.Cli.Program.Create(), arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
