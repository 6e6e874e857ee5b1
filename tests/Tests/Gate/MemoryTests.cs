using System.Globalization;
using System.Text;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;
using Groeilijn.Tests.Storage;

namespace Groeilijn.Tests.Gate;

/// <summary>What an audience has together: spring and autumn, a correction, a report beside a table, and what is cut when a pupil is withdrawn.</summary>
public sealed class MemoryTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-memory-").FullName;
    readonly Database _database;
    readonly Outgoing _gate;

    public MemoryTests()
    {
        _database = PostgresServer.WhenAsked is { } server
            ? Database.Open(HomeStore.NewAddress("memory", server), typeof(Outgoing).Assembly)
            : Database.Open(Path.Combine(_folder, "gate.db"), typeof(Outgoing).Assembly);
        _gate = new(_database, _folder, TimeProvider.System);
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, true);
    }

    internal static readonly IReadOnlyList<string> People = [.. Enumerable.Range(0, 400).Select(p => $"person-{p}")];

    static int[] From(int first, int count) => [.. Enumerable.Range(first, count)];

    /// <summary>A cell of as many schools as there are tens of pupils.</summary>
    static RawCell Cell(string code, int[] pupils, int moment = 10, byte[]? corrections = null, bool ofReceiver = false) => new([code], pupils.Length, 5, [pupils.Length], ofReceiver) { Sums = [new("maths", [new(moment, new MemberSet(pupils, corrections))])] };

    /// <summary>Growth is a sum at its end and one at its beginning.</summary>
    static RawCell Growth(string code, int[] pupils, int moment) => new([code], pupils.Length, 5, [pupils.Length]) { Sums = [new("maths", [new(moment, new MemberSet(pupils)), new(moment - 1, new MemberSet(pupils))])] };

    Released Release(string id, Profile profile, IReadOnlyList<RawCell> cells, string subject = "one", int[]? known = null, string? board = null) => _gate.Release(
        new Leaving(id, profile, subject, "2023-2") { Pupils = People, Readers = board is null ? [] : [new([subject], known is null ? [] : [new(10, new MemberSet(known))], board)], Known = known is null ? [] : [new(10, new MemberSet(known)), new(9, new MemberSet(known))] }, cells,
        table => [new($"{id}.txt", Encoding.UTF8.GetBytes(string.Join('\n', table.Cells.Select(c => c.Hidden is { } why ? table.Rule.Code(why) : c.Values[0].ToString(CultureInfo.InvariantCulture)))))]);

    Judged Judge(string school, int[] pupils, string? board = null) => _gate.Judge(new Leaving($"report-{school}", Profile.School, school, "2023-2") { Pupils = People, Readers = board is null ? [] : [new([school], [], board)] }, [Cell("all", pupils)]);

    static OutgoingFile[] Files(string school) => [new($"{school}.txt", [1])];

    [Fact]
    public void What_was_judged_while_a_reader_of_it_got_more_does_not_leave()
    {
        Release("of-b", Profile.School, [Cell("all", From(200, 40))], "b", board: "41");
        var a = Judge("a", From(0, 40), "41");
        _gate.LetGo(Judge("c", From(100, 40), "42"), Files("c"));
        _gate.LetGo(Judge("d", From(100, 40)), Files("d"));
        var again = Judge("a", From(0, 40), "41");
        _gate.LetGo(a, Files("a"));
        Assert.Throws<InvalidOperationException>(() => _gate.LetGo(again, Files("a")));
        var b = Judge("b", From(0, 39), "41");
        Assert.True(b.Held);
        Assert.Equal(["all"], Unsafe(_gate.Hold(b)));
        Assert.Throws<InvalidOperationException>(() => _gate.LetGo(b, Files("b")));
        var e = Judge("e", From(300, 40));
        Release("table", Profile.Public, [Cell("all", From(0, 100))]);
        Assert.Throws<InvalidOperationException>(() => _gate.LetGo(e, Files("e")));
        Assert.Contains(_gate.SharedReaders([]), schools => schools.SetEquals(["a", "b"]));
    }

    static string[] Unsafe(Released released) => [.. released.UnsafeGivenHistory.Select(codes => codes[0])];

    [Fact]
    public void A_rerun_without_one_pupil_is_held_and_an_identical_rerun_is_no_new_release()
    {
        Assert.False(Release("first", Profile.Public, [Cell("all", From(0, 40))]).Again);
        Assert.True(Release("first", Profile.Public, [Cell("all", From(0, 40))]).Again);
        var held = Release("second", Profile.Public, [Cell("all", From(0, 39))]);
        Assert.True(held.Held);
        Assert.Equal(["all"], Unsafe(held));
        Assert.False(File.Exists(Path.Combine(_folder, "outgoing", "public", "2023-2", "second.txt")));
        Assert.Single(_gate.Releases);
        Assert.False(Release("third", Profile.Public, [Cell("all", From(0, 28))]).Held);
    }

    [Fact]
    public void Of_several_cells_only_those_that_would_tell_are_hidden()
    {
        Release("spring", Profile.Public, [Cell("a", From(0, 40)), Cell("b", From(40, 40))]);
        var autumn = Release("autumn", Profile.Public, [Cell("a", From(0, 37)), Cell("b", From(40, 25))]);
        Assert.Equal((1, 1), (autumn.Record.Published, autumn.Record.Reasons["unsafe-given-history"]));
        Assert.Equal(["a"], Unsafe(autumn));
    }

    [Fact]
    public void A_corrected_score_is_not_told_by_the_difference_of_two_sums()
    {
        Release("first", Profile.Public, [Cell("all", From(0, 40))]);
        Assert.True(Release("corrected", Profile.Public, [Cell("all", From(0, 40), corrections: [.. Enumerable.Repeat((byte)0, 39), 1])]).Held);
    }

    [Fact]
    public void Scores_of_two_moments_and_the_growth_between_them_together_tell_nothing_of_who_came_later()
    {
        // 40 have both; 4 came later. Scores of spring and growth give the 40 at their end, so the scores of autumn would give the 4.
        Release("spring", Profile.Public, [Cell("scores", From(0, 40), 9)]);
        Release("growth", Profile.Public, [Growth("growth", From(0, 40), 10)]);
        Assert.True(Release("autumn", Profile.Public, [Cell("scores", From(0, 44), 10)]).Held);
        Assert.False(Release("more", Profile.Public, [Cell("scores", From(0, 55), 10)]).Held);
    }

    /// <summary>A sum that takes its second set away.</summary>
    static RawCell Less(string code, int[] pupils, int[] less, int moment = 10) => new([code], pupils.Length, 5, [1]) { Sums = [new("maths", [new(moment, new MemberSet(pupils)), new(moment - 1, new MemberSet(less), Less: true)])] };

    [Fact]
    public void Sums_that_take_away_are_compared_with_like_and_with_opposite_sign()
    {
        // The later scores of 48 less the earlier of 40, and both together of 40: with the earlier ones of 40 the eight follow, and only then.
        Release("together", Profile.Public, [Less("less", From(0, 48), From(0, 40))]);
        Release("growth", Profile.Public, [Growth("growth", From(0, 40), 10)]);
        Assert.True(Release("before", Profile.Public, [Cell("before", From(0, 40), 9)]).Held);
        Assert.False(Release("others", Profile.Public, [Cell("others", From(100, 40), 9)]).Held);
    }

    [Fact]
    public void A_sum_and_its_negative_differ_in_nobody_and_from_one_with_three_more_in_three()
    {
        // Of 40 the later less the earlier scores, of 37 the other way round.
        Release("first", Profile.Public, [Less("all", From(0, 40), From(0, 40))]);
        RawCell Turned(int[] pupils) => new(["turned"], pupils.Length, 5, [1]) { Sums = [new("maths", [new(10, new MemberSet(pupils), Less: true), new(9, new MemberSet(pupils))])] };
        Assert.False(Release("same", Profile.Public, [Turned(From(0, 40))]).Held);
        Assert.True(Release("fewer", Profile.Public, [Turned(From(0, 37))]).Held);
        Assert.False(Release("many-fewer", Profile.Public, [Turned(From(0, 28))]).Held);
    }

    [Fact]
    public void What_a_project_has_is_judged_beside_a_public_table_and_beside_no_schools_report()
    {
        _gate.Know(Profile.Researcher, "maths", new(People, [new("output", "all", true, new("maths", [new(10, new MemberSet(From(0, 40)))])), new("output", "few", false, new("maths", [new(10, new MemberSet(From(100, 20)))]))]));
        Assert.False(Release("report", Profile.School, [Cell("all", From(0, 44))], "99AA00").Held);
        Assert.Equal(["most"], Unsafe(Release("table", Profile.Public, [Cell("most", From(0, 45)), Cell("far", From(200, 40))])));
        Assert.Equal(2, _gate.Told(Profile.Researcher, "maths").Sums.Count);
    }

    [Fact]
    public void A_school_takes_its_own_pupils_out_of_what_it_reads()
    {
        // 92 of 100 are the school's own: the rest are 8.
        Assert.True(Release("report", Profile.School, [Cell("region", From(0, 100))], "99AA00", From(0, 92)).Held);
        Assert.False(Release("report", Profile.School, [Cell("region", From(0, 100))], "99BB00", From(0, 50)).Held);
    }

    [Fact]
    public void A_report_is_held_against_the_public_tables_and_a_public_table_against_the_reports()
    {
        Release("table", Profile.Public, [Cell("north", From(0, 60))]);
        Assert.True(Release("report", Profile.School, [Cell("all", From(0, 65))], "99AA00", From(300, 20)).Held);
        Assert.False(Release("report", Profile.School, [Cell("all", From(0, 80))], "99AA00", From(300, 20)).Held);
        // Everybody may know these 76, but not who has the mean of the 80.
        Assert.Equal(["most"], Unsafe(Release("again", Profile.Public, [Cell("most", From(0, 76)), Cell("far", From(200, 40))])));
    }

    [Fact]
    public void One_school_does_not_have_what_another_got()
    {
        Release("a", Profile.School, [Cell("all", From(0, 65))], "99AA00", From(300, 20));
        Assert.True(Release("b", Profile.School, [Cell("all", From(0, 64))], "99AA00", From(300, 20)).Held);
        Assert.False(Release("b", Profile.School, [Cell("all", From(0, 64))], "99BB00", From(320, 20)).Held);
    }

    [Fact]
    public void A_board_has_what_all_its_schools_got()
    {
        Release("a", Profile.School, [Cell("all", From(0, 65))], "99AA00", From(300, 20), "b1");
        Assert.True(Release("b", Profile.School, [Cell("all", From(0, 60))], "99BB00", From(320, 20), "b1").Held);
        Assert.False(Release("c", Profile.School, [Cell("all", From(0, 60))], "99CC00", From(340, 20), "b2").Held);
    }

    [Fact]
    public void A_board_takes_the_pupils_of_all_its_schools_out_of_what_it_reads()
    {
        // Of 80 each school has 36, and their board 72: 8 are left.
        Release("a", Profile.School, [Cell("own", From(0, 36), ofReceiver: true)], "99AA00", From(0, 36), "b1");
        Assert.False(Release("b", Profile.School, [Cell("all", From(0, 80))], "99BB00", From(36, 36)).Held);
        Assert.True(Release("b2", Profile.School, [Cell("all", From(0, 79))], "99DD00", From(36, 36), "b1").Held);
        Release("d", Profile.School, [Cell("own", From(36, 36), ofReceiver: true)], "99EE00", From(36, 36), "b1");
        Assert.Equal(["most"], Unsafe(Release("table", Profile.Public, [Cell("most", [.. From(0, 72), .. From(380, 8)]), Cell("far", From(200, 40))])));
    }

    [Fact]
    public void A_board_knows_the_pupils_of_a_school_that_got_nothing_yet()
    {
        Assert.True(_gate.Release(new Leaving("a", Profile.School, "99AA00", "2023-2") { Pupils = People, Readers = [new(["99AA00", "99BB00"], [new(10, new MemberSet(From(0, 72)))], "b1")], Known = [new(10, new MemberSet(From(0, 36)))] },
            [Cell("all", From(0, 80))], _ => [new("a.txt", [1])]).Held);
        Assert.True(_gate.Release(new Leaving("t", Profile.Public, "t", "2023-2") { Pupils = People, Readers = [new(["99CC00"], [new(10, new MemberSet(From(0, 72)))])] }, [Cell("all", From(0, 80))], _ => [new("t.txt", [1])]).Held);
    }

    [Fact]
    public void A_school_that_changed_boards_is_known_to_both()
    {
        Release("a", Profile.School, [Cell("all", From(0, 65))], "99AA00", From(300, 20), "b1");
        Release("a2", Profile.School, [Cell("own", From(300, 20), ofReceiver: true)], "99AA00", From(300, 20), "b2");
        Assert.True(Release("b", Profile.School, [Cell("all", From(0, 60))], "99BB00", From(320, 20), "b1").Held);
        Assert.True(Release("c", Profile.School, [Cell("all", From(0, 59))], "99CC00", From(340, 20), "b2").Held);
    }

    [Fact]
    public void A_difference_keeps_ten_pupils_without_two_whom_a_parent_knows()
    {
        Release("first", Profile.Public, [Cell("all", From(0, 60))]);
        Assert.True(Release("second", Profile.Public, [Cell("all", From(0, 49))]).Held);
        Assert.False(Release("third", Profile.Public, [Cell("all", From(0, 48))]).Held);
    }

    [Fact]
    public void After_a_cut_the_memory_still_holds_the_arithmetic_and_knows_nobody()
    {
        Release("first", Profile.Public, [Cell("all", From(0, 40))]);
        Assert.Equal(["person-39"], _database.Write(t => Outgoing.Forget(t, ["person-39", "nobody"])));
        Assert.Equal(0, _database.ReadOne<long>("SELECT count(*) FROM release_handles WHERE identity = 'person-39'"));
        string[] left = [.. People.Take(39), "another"];
        var gate = new Outgoing(_database, _folder, TimeProvider.System);
        var again = gate.Release(new Leaving("second", Profile.Public, "one", "2023-2") { Pupils = left }, [Cell("all", From(0, 39))], _ => [new("second.txt", [1])]);
        Assert.True(again.Held);
    }

    [Fact]
    public void A_total_is_shown_and_no_hidden_part_is_a_subtraction_away()
    {
        RawCell[] cells = [Part("a", 4), Part("b", 40), Part("c", 50), Part("d", 60), Part("total", 154)];
        var released = _gate.Release(new Leaving("table", Profile.Public, "one", "2023-2") { Totals = [new(4, [0, 1, 2, 3])] }, cells, table =>
        {
            Assert.Equal([HiddenBecause.FewPupils, HiddenBecause.Complement, null, null, null], table.Cells.Select(c => c.Hidden));
            return [new("table.txt", [1])];
        });
        Assert.Equal((3, 2), (released.Record.Published, released.Record.Hidden));

        static RawCell Part(string code, int pupils) => new([code], pupils, 5, [pupils]) { PerSchool = Enumerable.Range(0, 5).ToDictionary(s => s, s => (long)pupils / 5) };
    }

    [Fact]
    public void Two_hidden_parts_that_are_too_few_together_hide_a_third()
    {
        RawCell[] cells = [new(["a"], 2, 3, [0]), new(["b"], 3, 3, [0]), new(["c"], 40, 4, [0]), new(["d"], 50, 4, [0]), new(["total"], 95, 5, [0])];
        _gate.Release(new Leaving("table", Profile.Public, "one", "2023-2") { Totals = [new(4, [0, 1, 2, 3])] }, cells, table =>
        {
            Assert.Equal(3, table.Cells.Count(c => c.Hidden is not null));
            return [new("table.txt", [1])];
        });
    }

    [Fact]
    public void However_many_sets_left_before_none_that_is_being_judged_is_lost()
    {
        for (var project = 0; project < 45; project++)
            Assert.Empty(Unsafe(Release($"p{project}", Profile.Researcher, [.. Enumerable.Range(0, 100).Select(c => Cell($"c{c}", From(project, 20 + c), moment: c))], $"project-{project}")));
    }

    [Fact]
    public void A_school_never_reads_means_that_tell_who_is_in_a_group_it_cannot_see()
    {
        // Twelve of twenty-seven, and four exact means: one membership only gives them all.
        var noise = 17UL;
        long Next() => 800 + (long)((noise = unchecked(noise * 6364136223846793005 + 1442695040888963407)) >> 33) % 700;
        bool[] member = [.. Enumerable.Range(0, 27).Select(p => p % 9 < 4)];
        var scores = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 27).Select(_ => (long?)Next()).ToArray()).ToArray();
        int Shown(long step, params IReadOnlyList<UnseenMean> earlier)
        {
            var shown = -1;
            _gate.Release(new Leaving("report", Profile.School, $"99AA{shown}", "2023-2") { Earlier = earlier }, [.. scores.Skip(earlier.Count).Select((s, m) => new RawCell([$"m{m}"], 12, 1, [m], OfReceiver: true) { Unseen = new("low", member, s, step) })],
                table => { shown = table.Cells.Count(c => c.Hidden is null); Assert.All(table.Cells.Where(c => c.Hidden is not null), c => Assert.Equal(HiddenBecause.Members, c.Hidden)); return [new("report.txt", [1])]; });
            return shown;
        }
        var (exact, rounded) = (Shown(0), Shown(50));
        Assert.True(exact < rounded, $"{exact} exact means are shown and {rounded} rounded ones");
        Assert.InRange(exact, 0, 3);
        Assert.InRange(Shown(50, new UnseenMean("low", member, scores[0], 0), new UnseenMean("low", member, scores[1], 0)), 0, 2);
    }
}
