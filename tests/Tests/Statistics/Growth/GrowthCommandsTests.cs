using System.Text.Json;
using Groeilijn.SchoolCli;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary><c>groeilijn fit</c> and <c>groeilijn percentiles</c> as somebody types them.</summary>
public sealed class GrowthCommandsTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("groeilijn-fit-");

    public void Dispose() => _folder.Delete(recursive: true);

    static (int Exit, string Output, string Error) Run(params string[] words)
    {
        using StringWriter output = new(), error = new();
        return (Terminal.Run(Groeilijn.Cli.Program.Create(), words, output, error), output.ToString(), error.ToString());
    }

    string Data(string text)
    {
        var file = Path.Combine(_folder.FullName, "data.csv");
        File.WriteAllText(file, text);
        return file;
    }

    [Fact]
    public void Fit_answers_in_the_JSON_of_the_contract()
    {
        var (exit, output, _) = Run("fit", Published.File("sleepstudy"), "--formula", "Reaction ~ 1 + Days + (1 + Days | Subject)", "--json");
        Assert.Equal(0, exit);
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal(["criterion", "objective", "sigma", "fixed", "random", "converged", "singular", "evaluations", "rows", "dropped"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("REML", root.GetProperty("criterion").GetString());
        Published.Close(1743.628272, root.GetProperty("objective").GetDouble(), "objective");
        Published.Close(10.467286, root.GetProperty("fixed")[1].GetProperty("estimate").GetDouble(), "slope");
        Published.Close(1.545789, root.GetProperty("fixed")[1].GetProperty("se").GetDouble(), "its error");
        var random = root.GetProperty("random")[0];
        Assert.Equal(("Subject", 18), (random.GetProperty("group").GetString(), random.GetProperty("levels").GetInt32()));
        Assert.Equal(["(Intercept)", "Days"], random.GetProperty("terms").EnumerateArray().Select(t => t.GetString()!));
        Published.Close(0.0656, random.GetProperty("correlation")[1][0].GetDouble(), "correlation");
    }

    [Fact]
    public void Fit_names_what_the_data_cannot_tell()
    {
        var dice = new Dice(8);
        var rows = Enumerable.Range(0, 120).Select(i => FormattableString.Invariant($"{dice.Normal() + i / 6 % 4:F3},{i / 6},{i / 6 % 2}"));
        var data = Data("y,child,girl\n" + string.Join("\n", rows));
        var (exit, output, _) = Run("fit", data, "--formula", "y ~ girl + (girl | child)", "--report", Path.Combine(_folder.FullName, "page.html"));
        Assert.Equal(0, exit);
        const string named = "do not use: correlation child (Intercept) girl, sd child girl.";
        Assert.Contains("Not identifiable: other values fit exactly as well, so " + named, output, StringComparison.Ordinal);
        Assert.Contains(named, File.ReadAllText(Path.Combine(_folder.FullName, "page.html")), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Run("fit", data, "--formula", "y ~ girl + (girl | child)", "--json").Output);
        Assert.Equal(["correlation child (Intercept) girl", "sd child girl"], json.RootElement.GetProperty("notIdentifiable").EnumerateArray().Select(n => n.GetString()!));
    }

    [Fact]
    public void Fit_reads_texts_as_factors_and_counts_rows_with_an_empty_or_NA_cell()
    {
        var dice = new Dice(6);
        var rows = Enumerable.Range(0, 120).Select(i => $"\"{(i % 2 == 0 ? "m" : "f")}\";g{i / 12};{(i == 5 ? "NA" : i == 9 ? "" : dice.Normal().ToString("F3", System.Globalization.CultureInfo.InvariantCulture))}");
        var (exit, output, _) = Run("fit", Data("\uFEFFsex;g;y\r\n" + string.Join("\r\n", rows)), "--formula", "y ~ sex + (1 | g)", "--ml", "--json");
        Assert.Equal(0, exit);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((118, 2, "ML"), (json.RootElement.GetProperty("rows").GetInt32(), json.RootElement.GetProperty("dropped").GetInt32(), json.RootElement.GetProperty("criterion").GetString()));
        Assert.Equal("sexm", json.RootElement.GetProperty("fixed")[1].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("y ~ X + (1 | g)", "there is no column `X`")]
    [InlineData("y ~ x + (1 | g", "`)` is expected")]
    [InlineData("y ~ x", "no random term")]
    [InlineData("y ~ x + (1 | y)", "random effects")]
    public void Fit_refuses_with_a_reason_and_a_hint(string formula, string words)
    {
        var (exit, output, error) = Run("fit", Data("y,x,g\n1,2,a\n2,3,a\n4,1,b\n3,5,b\n"), "--formula", formula);
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("hint: ", error, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_refuses_an_infinite_cell_and_an_uneven_row_without_repeating_them()
    {
        foreach (var data in new[] { "y,x,g\n1,ZZZ7,a\n2,3\n4,1,b\n", "y,x,g\n1,Inf,a\n2,3,a\n4,1,b\n5,3,b\n" })
        {
            var (exit, _, error) = Run("fit", Data(data), "--formula", "y ~ x + (1 | g)");
            Assert.Equal(1, exit);
            Assert.Contains("row", error, StringComparison.Ordinal);
            Assert.DoesNotContain("ZZZ7", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    [InlineData("y,x,g\n", "0 complete rows")]
    [InlineData("y,x,g,y\n1,2,a,3\n", "called `y`")]
    [InlineData("Y,x,g\n1,2,a\n", "`Y`")]
    [InlineData("score;x;g\n1;2;a\n", "`score`, `x`, `g`")]
    [InlineData("y,x,g\n1,2,a\n2,3,b\n?,1,b\n4,3,a\n", "data row 3")]
    [InlineData("y;x;g\n1,5;2;a\n2,5;3;b\n3,5;1;b\n4,5;3;a\n", "a point, not a comma")]
    public void Fit_says_what_is_wrong_with_a_file(string data, string words)
    {
        var (exit, output, error) = Run("fit", Data(data), "--formula", "y ~ x + (1 | g)");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_warns_of_a_column_of_numbers_that_one_text_makes_a_factor()
    {
        var dice = new Dice(6);
        var rows = Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{dice.Normal():F3},{(i == 17 ? "ZZZ" : (i % 3).ToString(System.Globalization.CultureInfo.InvariantCulture))},{i / 6}"));
        var (exit, _, error) = Run("fit", Data("y,x,g\n" + string.Join('\n', rows)), "--formula", "y ~ x + (1 | g)");
        Assert.Equal(0, exit);
        Assert.Contains("column `x` is taken as a factor, because it is no number in data row 18", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ZZZ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_refuses_a_report_in_a_folder_that_is_not_there_before_it_works()
    {
        var (exit, output, error) = Run("fit", Published.File("sleepstudy"), "--formula", "Reaction ~ Days + (Days | Subject)", "--report", Path.Combine(_folder.FullName, "none", "fit.html"));
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_several_pieces_is_read_as_one()
    {
        var file = Path.Combine(_folder.FullName, "long.csv");
        const int rows = 900_000;
        using (var writer = new StreamWriter(file))
        {
            writer.Write("id,y,word,late\r\n");
            for (var i = 0; i < rows; i++) writer.Write(FormattableString.Invariant($"{i},{(i % 11 == 0 ? "NA" : $"{i % 1000}.{i % 10}")},w{i % 7},{(i == rows - 5 ? "x" : $"0{i % 5}")}{(i % 100_000 == 0 ? "\r\n\r\n" : "\r\n")}"));
        }
        Assert.True(new FileInfo(file).Length > 16 << 20); // two pieces and more
        var table = Groeilijn.Cli.Commands.CsvTable.Read(file, ["id", "y", "word", "late"]).Value;
        Assert.Equal(rows, table.Rows);
        for (var i = 0; i < rows; i += 997)
        {
            Assert.Equal(i, table.Find("id")!.Numbers![i]);
            Assert.Equal(i % 11 == 0, DataColumn.IsMissing(table.Find("y")!.Numbers![i]));
            if (i % 11 != 0) Assert.Equal(i % 1000 + i % 10 / 10.0, table.Find("y")!.Numbers![i]);
            Assert.Equal(i % 7, table.Find("word")!.Codes![i]);
            Assert.Equal($"0{i % 5}", table.Find("late")!.Levels![table.Find("late")!.Codes![i]]); // one text at the end, and all are texts as they stood
        }
        File.AppendAllText(file, "1,2\n");
        Assert.Contains($"data row {rows + 1} ", Groeilijn.Cli.Commands.CsvTable.Read(file, ["y"]).Refusal!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_shows_the_effects_of_levels_when_asked()
    {
        var (exit, output, _) = Run("fit", Published.File("sleepstudy"), "--formula", "Reaction ~ Days + (Days | Subject)", "--ranef");
        Assert.Equal(0, exit);
        Assert.Contains("308", output, StringComparison.Ordinal);
        Assert.Contains("REML criterion: 1743.6283", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_gives_intervals_by_profile_and_by_bootstrap()
    {
        var (exit, output, _) = Run("fit", Published.File("sleepstudy"), "--formula", "Reaction ~ Days + (Days | Subject)", "--profile", "--bootstrap", "200", "--json");
        Assert.Equal(0, exit);
        using var json = JsonDocument.Parse(output);
        foreach (var kind in new[] { "profile", "bootstrap" })
        {
            var slope = json.RootElement.GetProperty(kind).EnumerateArray().Single(p => p.GetProperty("name").GetString() == "Days");
            Assert.InRange(slope.GetProperty("low").GetDouble(), 6.3, 8.3);
            Assert.InRange(slope.GetProperty("high").GetDouble(), 12.6, 14.6);
        }
        Assert.Equal(2, Run("fit", Published.File("sleepstudy"), "--formula", "Reaction ~ Days + (Days | Subject)", "--bootstrap", "5").Exit);
    }

    [Fact]
    public void Fit_writes_a_page_that_needs_nothing_else_with_a_table_for_every_picture()
    {
        var page = Path.Combine(_folder.FullName, "fit.html");
        Assert.Equal(0, Run("fit", Published.File("sleepstudy"), "--formula", "Reaction ~ Days + (Days | Subject)", "--profile", "--report", page).Exit);
        var text = File.ReadAllText(page);
        int Count(string what) => text.Split(what).Length - 1;
        var pictures = Count("<svg role=\"img\"");
        Assert.Equal(9, pictures); // residuals, quantiles, two caterpillars, five profiles
        Assert.Equal(pictures, Count("<title id="));
        Assert.Equal(pictures, Count("<desc id="));
        Assert.Equal(pictures + 2, Count("<table>"));
        Assert.Equal(Count(" id=\""), text.Split(" id=\"").Skip(1).Select(p => p[..p.IndexOf('"', StringComparison.Ordinal)]).Distinct().Count());
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("http", text.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("1743.6283", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Percentiles_are_written_for_pupils_with_a_score_and_a_prior()
    {
        var dice = new Dice(3);
        var rows = Enumerable.Range(1, 801).Select(i =>
        {
            var ability = dice.Normal();
            return FormattableString.Invariant($"{i:D4},{(i == 4 ? "NA" : Math.Round(400 + 40 * ability + 20 * dice.Normal()))},{Math.Round(370 + 40 * ability + 20 * dice.Normal())}");
        });
        var file = Path.Combine(_folder.FullName, "out.csv");
        var (exit, output, _) = Run("percentiles", Data("pupil,now,before\n" + string.Join('\n', rows) + "\n"), "--id", "pupil", "--score", "now", "--prior", "before", "--out", file, "--json");
        Assert.Equal(0, exit);
        var lines = File.ReadAllLines(file);
        Assert.Equal(("id,percentile", 801), (lines[0], lines.Length));
        Assert.DoesNotContain(lines, l => l.StartsWith("0004,", StringComparison.Ordinal));
        Assert.StartsWith("0001,", lines[1], StringComparison.Ordinal); // a name is no number
        Assert.InRange(lines.Skip(1).Average(l => int.Parse(l.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)), 48, 52);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((801, 1), (json.RootElement.GetProperty("pupils").GetInt32(), json.RootElement.GetProperty("none").GetInt32()));
    }
}
