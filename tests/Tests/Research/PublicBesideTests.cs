using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Research;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;

namespace Groeilijn.Tests.Research;

/// <summary>A researcher has the public tables beside what leaves the project: together they tell no small group either.</summary>
public sealed class PublicBesideTests
{
    static readonly string s_stranger = "-" + Desk.Letters('g', 0);

    /// <summary>What the office puts beside the project's file: pupils by number, and a stranger for each number from 1,000 on.</summary>
    static void Publish(Desk desk, params (string Cell, bool Shown, int[] Pupils, int[] Before)[] figures)
    {
        string Name(int pupil) => pupil < 1000 ? Desk.Letters('p', pupil) : s_stranger[..^4] + Desk.Letters('p', pupil)[^4..];
        string[] names = [.. figures.SelectMany(f => f.Pupils.Concat(f.Before)).Distinct().Select(Name).Order(StringComparer.Ordinal)];
        ToldPart Part(int year, int half, int[] pupils, bool less) => new(Edition.Parse($"{year}-{half}").Value, Subject.Maths, "lvs-3", new([.. pupils.Select(p => Array.IndexOf(names, Name(p))).Order()]), less);
        using var file = File.Create(ToldFile.Beside(desk.ProjectFile));
        new ToldFile("reading", names, [.. figures.Select(f => new ToldFigure("2023-1/table/scores", f.Cell, f.Shown, [Part(2023, 1, f.Pupils, false), .. f.Before.Length == 0 ? Array.Empty<ToldPart>() : [Part(2022, 2, f.Before, true)]]))]).WriteTo(file);
    }

    static int[] From(int first, int count) => [.. Enumerable.Range(first, count)];

    static Refusal? Ask(Desk desk, string name, string where) => Outputs.Release(desk.Home, desk.Workspace, new(["mean"], ["subject", "scale"], where), name).Refusal;

    static Desk FortyAndSix() => new([.. Desk.Group(40, 4), .. Desk.Group(6, 3, 1900, first: 40)]);

    [Fact]
    public void All_but_a_few_of_a_public_figure_do_not_leave()
    {
        using var desk = FortyAndSix();
        Publish(desk, ("all", true, From(0, 46), []));
        Assert.Equal("unsafe-given-history", Ask(desk, "most", "score_tenths < 1900")?.Code);
        Assert.Empty(desk.Home.Gate.Releases);
    }

    [Fact]
    public void Where_the_public_figure_is_hidden_they_do()
    {
        using var desk = FortyAndSix();
        Publish(desk, ("few", false, From(40, 6), []));
        Assert.Null(Ask(desk, "most", "score_tenths < 1900"));
    }

    [Fact]
    public void A_hidden_figure_does_not_follow_from_what_leaves_and_a_public_one()
    {
        using var desk = FortyAndSix();
        // Everybody and 20 strangers; these and the six are public too.
        Publish(desk, ("all", true, [.. From(0, 46), .. From(1000, 20)], []), ("strangers", true, From(1000, 20), []), ("few", false, From(40, 6), []));
        Assert.Equal("unsafe-given-history", Ask(desk, "most", "score_tenths < 1900")?.Code);
    }

    [Fact]
    public void Who_is_in_a_public_figure_and_not_in_the_file_any_more_stays_in_it()
    {
        using var desk = FortyAndSix();
        // Three were withdrawn: what leaves is the public figure without them.
        Publish(desk, ("all", true, [.. From(0, 46), .. From(1000, 3)], []));
        Assert.Equal("unsafe-given-history", Ask(desk, "everybody", "score_tenths < 2000")?.Code);
    }

    [Fact]
    public void A_public_figure_of_other_pupils_takes_nothing()
    {
        using var desk = new Desk([.. Desk.Group(40, 4), .. Desk.Group(20, 4, 1900, first: 40)]);
        Publish(desk, ("all", true, From(0, 60), []), ("six", true, From(1000, 900), []));
        Assert.Null(Ask(desk, "most", "score_tenths < 1900"));
        Assert.Contains("\"public-tables-compared\"", File.ReadAllText(Directory.EnumerateFiles(desk.Home.Folder, "*most.check.json", SearchOption.AllDirectories).Single()), StringComparison.Ordinal);
    }

    [Fact]
    public void Published_growth_tells_one_end_to_who_has_the_other()
    {
        // Growth of 46: with their scores of before, what leaves of 40 now leaves six.
        ProjectRow[] rows = [.. Desk.Group(40, 4), .. Desk.Group(6, 3, 1900, first: 40)];
        using var desk = new Desk([.. rows, .. rows.Select(row => row with { Edition = "2022-2", Moment = "E", Score = 1400 })]);
        Publish(desk, ("growth", true, From(0, 46), From(0, 46)));
        Assert.Null(Ask(desk, "before", "edition = '2022-2'"));
        Assert.Equal("unsafe-given-history", Ask(desk, "now", "edition = '2023-1' AND score_tenths < 1900")?.Code);

        using var other = new Desk([.. rows, .. rows.Select(row => row with { Edition = "2022-2", Moment = "E", Score = 1400 })]);
        Publish(other, ("growth", true, From(0, 46), From(0, 46)));
        Assert.Null(Ask(other, "now", "edition = '2023-1' AND score_tenths < 1900"));
    }

    [Fact]
    public void Two_results_in_one_half_year_are_not_the_one_of_a_public_figure()
    {
        // Five were tested twice: the public figure counts their last, what leaves counts both.
        using var desk = new Desk([.. Desk.Group(40, 4), .. Desk.Group(5, 3, 1900).Select(row => row with { Score = 1900 })]);
        Publish(desk, ("all", true, From(0, 40), []));
        Assert.Equal("unsafe-given-history", Ask(desk, "all", "score_tenths < 2000")?.Code);
    }

    [Fact]
    public void Beside_figures_that_cannot_be_read_nothing_leaves()
    {
        using var desk = FortyAndSix();
        File.WriteAllText(ToldFile.Beside(desk.ProjectFile), "groeilijn-told/1 reading 1 0\nnobody\n");
        Assert.Contains("Line 2", Assert.Throws<InvalidDataException>(() => Ask(desk, "most", "score_tenths < 1900")).Message, StringComparison.Ordinal);
    }
}
