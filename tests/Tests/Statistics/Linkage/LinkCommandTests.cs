using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Groeilijn.SchoolCli;

namespace Groeilijn.Tests.Statistics.Linkage;

/// <summary><c>groeilijn link</c> as a session, on invented files and on public ones.</summary>
public sealed partial class LinkCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-link-").FullName;

    const string Model = """
        {"left":{"id":"id"},"right":{"id":"id"},"fields":[{"name":"bsn","left":"number","right":"number","compare":"number"},{"name":"sex","left":"sex","right":"sex","compare":"exact"},
        {"name":"dob","left":"born","right":"born","compare":"date"},{"name":"postcode","left":"postcode","right":"postcode","compare":"postcode"},{"name":"house","left":"house","right":"house","compare":"housenumber"}],
        "household":["postcode","house"],"deterministic":[["bsn","dob"]],"blocking":[["bsn"],["dob","sex"],["postcode","house"]],"oneToOne":true,"threshold":0.5}
        """;

    [Fact]
    public void Two_files_and_a_model_give_links_ties_clusters_and_an_account()
    {
        var town = Write(8);
        var (exit, output, _) = Run("link", At("left.csv"), At("right.csv"), "--model", At("model.json"), "--out", At("links.csv"), "--ties", At("ties.csv"), "--clusters", At("clusters.csv"), "--json");
        Assert.Equal(0, exit);
        using var account = JsonDocument.Parse(output);
        var links = File.ReadAllLines(At("links.csv"));
        Assert.Equal("left_id,right_id,probability,pass", links[0]);
        Assert.Equal(links.Length - 1, account.RootElement.GetProperty("links").GetInt32());
        Assert.Equal((town.Pupils.Count, town.Register.Count), (account.RootElement.GetProperty("left").GetInt32(), account.RootElement.GetProperty("right").GetInt32()));
        Assert.InRange(account.RootElement.GetProperty("estimated").GetProperty("missedLinkRate").GetDouble(), 0.001, 0.1);
        Assert.InRange(account.RootElement.GetProperty("estimated").GetProperty("falseLinkRate").GetDouble(), 0, 0.01);
        var truth = town.Pupils.Select((p, i) => (Id: p[0], Person: town.Truth[i])).ToDictionary(t => t.Id, t => t.Person);
        var right = links.Skip(1).Count(line => line.Split(',') is [var pupil, var person, _, _] && truth[pupil] == person);
        Assert.True(right > 0.995 * (links.Length - 1) && right > 0.98 * truth.Values.Count(t => t.Length > 0), $"{right} of {links.Length - 1}");
        Assert.All(links.Skip(1), line => Assert.InRange(double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture), 0.1, 1));
        Assert.Equal("left_id,right_id,probability,reason", File.ReadLines(At("ties.csv")).First());
        Assert.Equal(town.Pupils.Count + town.Register.Count + 1, File.ReadLines(At("clusters.csv")).Count());
    }

    [Fact]
    public void A_pair_is_explained_on_request_without_its_values()
    {
        var town = Write(9);
        var pupil = Enumerable.Range(0, town.Pupils.Count).First(i => town.Truth[i].Length > 0 && town.Pupils[i][1].Length > 0);
        var (exit, output, _) = Run("link", At("left.csv"), At("right.csv"), "--model", At("model.json"), "--explain", $"{town.Pupils[pupil][0]},{town.Truth[pupil]}", "--report", At("report.html"));
        Assert.Equal(0, exit);
        Assert.Contains("bsn: equal", output);
        Assert.Contains("before anything is compared", output);
        Assert.DoesNotContain(town.Pupils[pupil][1], output);
        var page = File.ReadAllText(At("report.html"));
        foreach (var part in new[] { "Learned levels", "Pairs by weight", "What each rule brought", "Weight, step by step", "By group" }) Assert.Contains(part, page);
        Assert.DoesNotContain(town.Pupils[pupil][1], page);
    }

    [Fact]
    public void A_sheet_without_scores_is_judged_and_read_back()
    {
        var town = Write(8);
        var (exit, output, _) = Run("link", At("left.csv"), At("right.csv"), "--model", At("model.json"), "--review-sample", "60", "--sheet", At("sheet.csv"));
        Assert.Equal(0, exit);
        Assert.Contains("pairs to judge", output);
        var rows = File.ReadAllLines(At("sheet.csv"));
        Assert.Equal("left_id,right_id,left_bsn,right_bsn,left_sex,right_sex,left_dob,right_dob,left_postcode,right_postcode,left_house,right_house,same", rows[0]);
        Assert.InRange(rows.Length, 40, 120);
        Assert.All(rows.Skip(1), row => Assert.DoesNotContain("0.", row));
        var truth = town.Pupils.Select((p, i) => (Id: p[0], Person: town.Truth[i])).ToDictionary(t => t.Id, t => t.Person);
        File.WriteAllLines(At("sheet.csv"), rows.Select((row, i) => i == 0 ? row : row + (truth[row.Split(',')[0]] == row.Split(',')[1] ? "yes" : "no")));
        (exit, output, _) = Run("link", At("left.csv"), At("right.csv"), "--model", At("model.json"), "--decided", At("sheet.csv"), "--json");
        Assert.Equal(0, exit);
        using var account = JsonDocument.Parse(output);
        var judged = account.RootElement.GetProperty("judged");
        Assert.Equal(rows.Length - 1, judged.GetProperty("pairs").GetInt32());
        Assert.InRange(judged.GetProperty("falseLinks").GetProperty("rate").GetDouble(), 0, 0.01);
        File.WriteAllLines(At("sheet.csv"), rows.Select((row, i) => i == 0 ? row : row + "perhaps"));
        Assert.Contains("neither yes nor no", Run("link", At("left.csv"), At("right.csv"), "--model", At("model.json"), "--decided", At("sheet.csv")).Item3);
    }

    [Theory]
    [InlineData("""{"fields":[]}""", "no fields")]
    [InlineData("""{"fields":[{"name":"x","left":"nowhere","compare":"exact"}],"blocking":[["x"]]}""", "no such column")]
    [InlineData("""{"fields":[{"name":"x","left":"sex","compare":"guess"}],"blocking":[["x"]]}""", "compare")]
    [InlineData("""{"fields":[{"name":"x","left":"sex","compare":"exact"}],"blocking":[["y"]]}""", "'y'")]
    [InlineData("""{"fields":[{"name":"x","left":"sex","compare":"exact"}],"blocking":[["x"]],"threshold":2}""", "threshold")]
    [InlineData("{", "no JSON")]
    public void A_model_that_does_not_fit_is_refused_with_a_reason(string model, string reason)
    {
        Write(10, persons: 200);
        File.WriteAllText(At("model.json"), model);
        var (exit, _, error) = Run("link", At("left.csv"), At("right.csv"), "--model", At("model.json"));
        Assert.Equal(1, exit);
        Assert.StartsWith("error: ", error);
        Assert.Contains(reason, error);
        Assert.Contains("hint: ", error);
    }

    [Fact]
    public void An_empty_file_has_a_clear_answer()
    {
        Write(11, persons: 200);
        File.WriteAllText(At("left.csv"), string.Join(',', Town.Columns) + "\n");
        var (exit, output, _) = Run("link", At("left.csv"), At("right.csv"), "--model", At("model.json"), "--out", At("links.csv"));
        Assert.Equal(0, exit);
        Assert.Contains("there is nothing to link", output);
        Assert.Equal("left_id,right_id,probability,pass\n", File.ReadAllText(At("links.csv")));
    }

    [Fact]
    public void Quoted_cells_semicolons_and_line_ends_in_cells_are_read()
    {
        File.WriteAllText(At("one.csv"), "\uFEFFid;first;last;born\r\n1;\"An;na\";\"van \"\"de\"\" Berg\";2010-01-02\r\n2;Bo;\"Two\nlines\";2011-02-03\r\n\r\n3;Cas;Last;2012-03-04");
        using var table = Groeilijn.Cli.Commands.LinkTable.Open(At("one.csv"));
        var rows = new List<string>();
        while (table.Next()) { var row = table.Row.ToArray(); rows.Add(string.Join('|', table.Cells.Select(c => System.Text.Encoding.UTF8.GetString(row[c])))); }
        Assert.Equal(["id", "first", "last", "born"], table.Columns);
        Assert.Equal(["1|An;na|van \"de\" Berg|2010-01-02", "2|Bo|Two\nlines|2011-02-03", "3|Cas|Last|2012-03-04"], rows);
    }

    /// <summary>The files of the FEBRL generator: one to several duplicates of each person, with errors in all fields. No model is given.</summary>
    [Theory]
    [InlineData("febrl_dataset1.csv", 0.999, 0.9995)]
    [InlineData("febrl_dataset2.csv", 0.998, 0.9995)]
    [InlineData("febrl_dataset3.csv", 0.997, 0.9995)]
    public void Who_is_twice_in_a_public_file_is_found_without_a_model(string file, double leastF1, double leastPrecision)
    {
        var path = Path.Combine(Conventions.Checkout.Root, "../shared/data/linkage", file);
        if (!File.Exists(path)) Assert.Skip($"{file} is not beside this checkout");
        Assert.Equal(0, Run("link", path, "--out", At("links.csv")).Exit);
        var ids = File.ReadLines(path).Skip(1).Select(line => Person().Match(line).Value);
        var pairs = ids.GroupBy(id => id).Sum(g => g.Count() * (g.Count() - 1) / 2);
        var links = File.ReadLines(At("links.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        var right = links.Count(l => Person().Match(l[0]).Value == Person().Match(l[1]).Value);
        Assert.All(links, l => Assert.True(string.CompareOrdinal(l[0], l[1]) < 0));
        var (precision, recall) = ((double)right / links.Count, (double)right / pairs);
        Assert.True(precision >= leastPrecision && 2 * precision * recall / (precision + recall) >= leastF1, $"precision {precision:F4}, recall {recall:F4}");
    }

    /// <summary>Originals of all three against one duplicate of each, on four fields as an office has them: no two live together, and three birth dates in a hundred are another's.</summary>
    [Fact]
    public void Originals_and_duplicates_of_public_files_are_linked_on_number_birth_date_postcode_and_house_number_without_a_model()
    {
        var lines = Enumerable.Range(1, 3).Select(k => (Set: k, Path: Path.Combine(Conventions.Checkout.Root, "../shared/data/linkage", $"febrl_dataset{k}.csv"))).ToList();
        if (!lines.All(l => File.Exists(l.Path))) Assert.Skip("the public files are not beside this checkout");
        var rows = lines.SelectMany(l => File.ReadLines(l.Path).Skip(1).Select(line => line.Split(',', StringSplitOptions.TrimEntries)).Select(c => (Id: $"{l.Set}-{c[0]}", Person: $"{l.Set}-{Person().Match(c[0]).Value}", Row: $"{c[10]},{c[9]},{c[7]},{c[3]}"))).ToList();
        var (originals, duplicates) = (rows.Where(r => r.Id.EndsWith("-org", StringComparison.Ordinal)).ToList(), rows.Where(r => r.Id.EndsWith("-dup-0", StringComparison.Ordinal)).ToList());
        File.WriteAllLines(At("a.csv"), originals.Select(r => $"{r.Id},{r.Row}").Prepend("id,soc_sec_id,date_of_birth,postcode,street_number"));
        File.WriteAllLines(At("b.csv"), duplicates.Select(r => $"{r.Id},{r.Row}").Prepend("id,soc_sec_id,date_of_birth,postcode,street_number"));
        Assert.Equal(0, Run("link", At("a.csv"), At("b.csv"), "--out", At("links.csv")).Exit);
        var links = File.ReadLines(At("links.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        var right = links.Count(l => l[0][..^4] == l[1][..^6]);
        Assert.Equal(2093, duplicates.Count);
        Assert.True(right == links.Count && 2.0 * right / (links.Count + duplicates.Count) >= 0.9975, $"{right} right of {links.Count}, F1 {2.0 * right / (links.Count + duplicates.Count):F5}");
    }

    [GeneratedRegex(@"rec-\d+")]
    private static partial Regex Person();

    Town Write(ulong seed, int persons = 6_000)
    {
        var town = new Town(seed, new TownRates { Persons = persons });
        File.WriteAllLines(At("left.csv"), town.Pupils.Prepend(Town.Columns).Select(r => string.Join(',', r)));
        File.WriteAllLines(At("right.csv"), town.Register.Prepend(Town.Columns).Select(r => string.Join(',', r)));
        File.WriteAllText(At("model.json"), Model);
        return town;
    }

    string At(string file) => Path.Combine(_folder, file);

    static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Terminal.Run(Cli.Program.Create(), arguments, output, error), output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
