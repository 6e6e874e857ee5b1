using System.Text.Json;

namespace Groeilijn.Tests.Statistics.OutputChecks;

/// <summary>What several outputs tell together, and files that are no outputs at all.</summary>
public sealed class TogetherTests : IDisposable
{
    const string Regions = "region,n\na,60\nb,50\nc,40\n", Sexes = "sex,n\nm,80\nf,70\n";

    readonly Outputs _outputs = new();

    [Theory]
    [InlineData(Regions, Sexes, "pass", "difference")]
    [InlineData(Regions, Regions, "pass", "difference")]
    // all but three of region c, which shows in the region and in the whole
    [InlineData(Regions, "region,n\na,60\nb,50\nc,37\n", "refuse", "difference")]
    [InlineData(Regions, "region,sex,n\na,m,30\na,f,30\nb,m,30\nb,f,20\nc,m,21\nc,f,16\n", "refuse", "difference")]
    // a category left out that is too small
    [InlineData("sex,n\nm,80\nf,74\n", Regions, "refuse", "difference")]
    // a large difference is another population
    [InlineData(Regions, "region,n\na,30\nb,25\nc,20\n", "pass", "difference")]
    // hidden in one table, and the other tells the rest
    [InlineData("region,n\na,60\nb,*\nc,40\n", "sex,n\nm,55\nf,53\nTotal,108\n", "review", "not-compared")]
    [InlineData("region,n\na,60\nb,*\nc,40\nTotal,*\n", "region,sex,n\na,m,30\na,f,30\nc,m,24\nc,f,16\nTotal,m,58\nTotal,f,50\n", "refuse", "recoverable")]
    // nothing in common
    [InlineData(Regions, "region,n,p50\na,*,5\nb,*,6\n", "review", "not-compared")]
    // the same model on nearly the same units
    [InlineData("term,estimate,n,df\nage,0.5,120,118\n", "term,estimate,n,df\nage,0.6,119,117\n", "refuse", "difference")]
    [InlineData("term,estimate,n,df\nage,0.5,120,118\n", "term,estimate,n,df\nses,0.6,119,117\n", "review", "difference")]
    [InlineData("term,estimate,n,df\nage,0.5,120,118\n", "term,estimate,n,df\nage,0.6,100,98\n", "pass", "difference")]
    [InlineData(Regions, "term,estimate,n,df\nage,0.6,148,146\n", "review", "difference")]
    public void Files_of_one_call_are_laid_beside_each_other(string first, string second, string verdict, string rule)
    {
        _outputs.Write("one.csv", first);
        _outputs.Write("two.csv", second);
        var (exit, answer) = _outputs.Check("one.csv", "two.csv");
        var linked = answer.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("statbarn").GetString() == "LinkedMultilevelTables").ToList();
        Assert.Contains(linked, f => f.GetProperty("rule").GetString() == rule && f.GetProperty("verdict").GetString() == verdict);
        if (verdict == "pass") Assert.Equal(0, exit);
        else Assert.Equal(1, exit);
    }

    /// <summary>Two squares of hidden cells with one hidden cell between them: every row and column hides two or more, and yet that one follows from four totals.</summary>
    [Fact]
    public void A_hidden_cell_that_follows_only_by_elimination_is_found()
    {
        var lines = new List<string>();
        int Value(int r, int c) => (r, c) == (1, 2) ? 5 : 20;
        bool Hidden(int r, int c) => r / 2 == c / 2 || (r, c) == (1, 2);
        for (var r = 0; r < 4; r++) for (var c = 0; c < 4; c++) lines.Add($"{"abcd"[r]},{"wxyz"[c]},{(Hidden(r, c) ? "*" : Value(r, c))}");
        for (var i = 0; i < 4; i++)
        {
            lines.Add($"{"abcd"[i]},Total,{Enumerable.Range(0, 4).Sum(c => Value(i, c))}");
            lines.Add($"Total,{"wxyz"[i]},{Enumerable.Range(0, 4).Sum(r => Value(r, i))}");
        }
        _outputs.Write("t.csv", "row,col,n\n" + string.Join('\n', lines) + "\n");
        var found = _outputs.Check("t.csv").Answer.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("verdict").GetString() != "pass");
        var finding = Assert.Single(found);
        Assert.Equal(("recoverable", "refuse", 1 + lines.IndexOf("b,y,*")), (finding.GetProperty("rule").GetString(), finding.GetProperty("verdict").GetString(), Assert.Single(finding.GetProperty("rows").EnumerateArray()).GetInt32()));
    }

    [Theory]
    [InlineData("", "unreadable")]
    [InlineData("region,n\n", "empty")]
    [InlineData("<html><body>77123</body></html>", "unreadable")]
    [InlineData("PK\u0003\u0004\0\0 77123", "unreadable")]
    [InlineData("region,n\na,40\nb,31,77123\n", "unreadable")]
    [InlineData("77123,40\n77124,31\n", "unreadable")]
    [InlineData("n,n\n40,77123\n", "unreadable")]
    [InlineData("region,n\na,40\nb,-77123\n", "negative-count")]
    [InlineData("region;n;mean\na;40;3,77123\nb;30;2,5\n", "decimal-comma")]
    [InlineData("region,n\na,40\nb,=SUM(77123)\n", "formula")]
    [InlineData("region,n\na,40\n=77123+1,50\n", "formula")]
    [InlineData("region,n\na,40\nb,many77123\n", "not-a-number")]
    [InlineData("region,n\na,40\nb,NaN\n", "not-a-number")]
    [InlineData("region,n\na,40\na,77123\n", "duplicate-group")]
    [InlineData("Jansen77123,n\n5,40\n6,31\n", "unknown-column")]
    public void Bad_input_never_passes_and_no_value_is_repeated(string text, string rule)
    {
        _outputs.Write("t.csv", text);
        var (exit, answer) = _outputs.Check("t.csv");
        Assert.Equal(1, exit);
        Assert.Contains(answer.GetProperty("findings").EnumerateArray(), f => f.GetProperty("rule").GetString() == rule && f.GetProperty("verdict").GetString() != "pass");
        Assert.DoesNotContain("77123", answer.ToString());
        var said = _outputs.Run("t.csv");
        Assert.Contains($"[{rule}]", said.Output);
        Assert.DoesNotContain("77123", said.Output + said.Error);
    }

    [Theory]
    [InlineData("""{"outputs":[{"kind":"Horoscope","file":"t.csv"}]}""")]
    [InlineData("""{"outputs":[{"kind":"Mean","file":"nowhere.csv"}]}""")]
    [InlineData("""{"outputs":[{"kind":"Mean","file":"t.csv","values":["nothing"]}]}""")]
    [InlineData("""{"outputs":[{"kind":"Mean","file":"t.csv","evidence":"short.csv"}]}""")]
    [InlineData("""{"outputs":[{"kind":"Mean","file":"t.csv","evidence":"turned.csv"}]}""")]
    [InlineData("""{"outputs":[{"kind":"Mean","file":"t.csv","colour":1}]}""")]
    [InlineData("""{"outputs":[{"kind":"Mean","file":"t.csv","count":true}]}""")]
    [InlineData("""{"outputs":[]}""")]
    [InlineData("""{"outputs":[null]}""")]
    [InlineData("no json")]
    public void A_declaration_that_cannot_be_followed_checks_nothing(string declaration)
    {
        _outputs.Write("t.csv", "region,n,mean\na,40,3.5\nb,30,4.5\n");
        _outputs.Write("short.csv", "largest1,largest2\n5,4\n");
        _outputs.Write("turned.csv", "region,largest1,largest2\nb,5,4\na,5,4\n");
        _outputs.Write("d.json", declaration);
        var (exit, answer) = _outputs.Check("d.json");
        Assert.Equal(1, exit);
        var finding = Assert.Single(answer.GetProperty("findings").EnumerateArray());
        Assert.Equal(("unreadable", "review"), (finding.GetProperty("rule").GetString(), finding.GetProperty("verdict").GetString()));
    }

    [Fact]
    public void No_file_is_wrong_use_and_a_file_that_is_not_there_is_refused()
    {
        Assert.Equal(2, _outputs.Run().Exit);
        var (exit, _, error) = _outputs.Run("nowhere.csv");
        Assert.Equal(1, exit);
        Assert.Contains("no such file", error);
    }

    [Fact]
    public void A_million_rows_are_for_a_person()
    {
        _outputs.Write("t.csv", "region,n\n" + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"r{i},{20 + i % 7}\n")));
        var (exit, answer) = _outputs.Check("t.csv");
        Assert.Equal(1, exit);
        Assert.Contains(answer.GetProperty("findings").EnumerateArray(), f => f.GetProperty("rule").GetString() == "too-long");
        Assert.True(answer.ToString().Length < 10_000, "the answer stays short");
    }

    [Fact]
    public void Many_faults_of_one_kind_are_one_finding_with_the_first_places()
    {
        _outputs.Write("t.csv", "region,n\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"r{i},3\n")));
        var finding = Assert.Single(_outputs.Check("t.csv").Answer.GetProperty("findings").EnumerateArray(), f => f.GetProperty("rule").GetString() == "minimum-count");
        Assert.Equal((500, 20, 1, "n"), (finding.GetProperty("places").GetInt32(), finding.GetProperty("rows").GetArrayLength(), finding.GetProperty("rows")[0].GetInt32(), finding.GetProperty("column").GetString()));
    }

    public void Dispose() => _outputs.Dispose();
}
