using Groeilijn.Delivery;
using Groeilijn.OpenData;

namespace Groeilijn.Tests.OpenData;

/// <summary>What the public site refuses to read. After a refusal there is no site: nothing was written.</summary>
public sealed class ReleasedTableTests
{
    [Fact]
    public void Cells_that_were_changed_after_release_are_refused()
    {
        using var files = ReleasedFiles.Two();
        var csv = Path.Combine(files.Tables, "2023-2", "mean-score.csv");
        DurableFile.Write(csv, File.ReadAllText(csv).Replace("145.2", "145.3", StringComparison.Ordinal));
        Refused(files, "table-changed");
    }

    [Fact]
    public void Metadata_that_were_changed_after_release_are_refused()
    {
        using var files = ReleasedFiles.Two();
        var json = Path.Combine(files.Tables, "2023-2", "mean-score.json");
        DurableFile.Write(json, File.ReadAllText(json).Replace("Mean score", "Best score", StringComparison.Ordinal));
        Refused(files, "table-changed");
    }

    [Fact]
    public void A_table_that_the_Gate_has_no_record_of_is_refused()
    {
        using var files = ReleasedFiles.Two();
        foreach (var file in Directory.GetFiles(Path.Combine(files.Tables, "2023-2")))
            File.Copy(file, file.Replace("mean-score", "other", StringComparison.Ordinal));
        Refused(files, "table-not-released");
    }

    [Fact]
    public void A_table_without_any_records_is_refused()
    {
        using var files = ReleasedFiles.Two();
        files.ForgetRecords();
        Refused(files, "no-releases");
    }

    [Fact]
    public void A_release_for_researchers_is_not_for_the_public()
    {
        using var files = ReleasedFiles.Two();
        files.Add("2023-2", "other", audience: "researcher");
        Refused(files, "table-not-released");
    }

    [Fact]
    public void A_table_that_was_released_anew_is_no_longer_public_as_it_was()
    {
        using var files = ReleasedFiles.Two();
        var csv = Path.Combine(files.Tables, "2023-2", "mean-score.csv");
        var old = File.ReadAllText(csv);
        files.Add("2023-2", "mean-score", old.Replace("145.2", "145.3", StringComparison.Ordinal));
        DurableFile.Write(csv, old);
        Refused(files, "table-changed");
    }

    [Fact]
    public void Metadata_that_is_no_json_is_refused() => Refused(json => json[..^5], "table-unreadable");

    [Fact]
    public void A_dimension_of_schools_is_refused() =>
        Refused(json => json.Replace("\"code\":\"moment\"", "\"code\":\"school\"", StringComparison.Ordinal), "table-recognisable");

    [Theory]
    [InlineData("99XX00")]
    [InlineData("99XX")]
    [InlineData("123456782")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("abcdefghijklmnopabcdefghijklmnop")]
    public void A_code_that_could_be_a_school_or_a_pupil_is_refused_and_not_repeated(string code)
    {
        var refusal = Refused(json => json.Replace("\"code\":\"lvs-3\"", $"\"code\":\"{code}\"", StringComparison.Ordinal), "table-recognisable");
        Assert.DoesNotContain(code, refusal.What + refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reading,lvs-3,E,4,,,,,hidden,fewer-than-10-pupils", "reading,lvs-3,E,4,7,,,,hidden,fewer-than-10-pupils", "line 4")]
    [InlineData("reading,lvs-3,E,4,,,,,hidden,fewer-than-10-pupils", "reading,lvs-3,E,4,,,,,hidden,because", "line 4")]
    [InlineData("E,4,,,,,hidden,", "E,4,,,,,published,", "line 4")]
    [InlineData("reading,lvs-3,M,5,498", "reading,lvs-3,M,9,498", "line 3")]
    [InlineData("145.2", "\"145,2\"", "line 3")]
    [InlineData("145.2", "1e2", "line 3")]
    [InlineData("subject,scale", "scale,subject", "line 1")]
    public void A_line_that_the_metadata_do_not_explain_is_refused_with_its_number(string from, string to, string where)
    {
        using var files = ReleasedFiles.Two();
        files.Add("2023-2", "mean-score", ReleasedFiles.Csv.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(where, Refused(files, "table-unreadable").What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_in_the_folder_of_another_edition_is_refused() =>
        Refused(json => json.Replace("\"edition\":\"2023-2\"", "\"edition\":\"2023-1\"", StringComparison.Ordinal), "table-misplaced");

    [Fact]
    public void Metadata_without_cells_are_refused()
    {
        using var files = ReleasedFiles.Two();
        File.Delete(Path.Combine(files.Tables, "2023-2", "mean-score.csv"));
        Refused(files, "table-incomplete");
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_refused()
    {
        using var files = ReleasedFiles.Two();
        Assert.Equal("no-tables", Site.Publish(files.Tables + "-not", files.Site).Refusal!.Code);
    }

    static Refusal Refused(Func<string, string> change, string code)
    {
        using var files = ReleasedFiles.Two();
        files.Add("2023-2", "mean-score", change: change);
        return Refused(files, code);
    }

    static Refusal Refused(ReleasedFiles files, string code)
    {
        var publication = Site.Publish(files.Tables, files.Site);
        Assert.Equal(code, publication.Refusal?.Code);
        Assert.False(Directory.Exists(files.Site));
        return publication.Refusal!;
    }
}
