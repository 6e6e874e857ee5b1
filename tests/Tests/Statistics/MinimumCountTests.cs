using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Tests.Statistics;

public sealed class MinimumCountTests
{
    static readonly MinimumCount Rule = new(10, 3);

    static ProtectedCell Protect(long pupils, int schools, bool ofReceiver = false) => Rule.Protect([new RawCell(["a"], pupils, schools, [1.5], ofReceiver)])[0];

    [Fact]
    public void Nine_are_hidden_and_ten_are_shown()
    {
        Assert.Equal(HiddenBecause.FewPupils, Protect(9, 3).Hidden);
        Assert.Null(Protect(10, 3).Hidden);
        Assert.Equal([1.5], Protect(10, 3).Values);
    }

    [Fact]
    public void A_hidden_cell_has_no_values() => Assert.Empty(Protect(9, 3).Values);

    [Fact]
    public void Two_schools_are_hidden_unless_the_receiver_reads_of_itself()
    {
        Assert.Equal(HiddenBecause.FewSchools, Protect(50, 2).Hidden);
        Assert.Null(Protect(50, 1, ofReceiver: true).Hidden);
        Assert.Equal(HiddenBecause.FewPupils, Protect(9, 1, ofReceiver: true).Hidden);
    }

    [Fact]
    public void Nobody_cannot_be_told_from_a_few() => Assert.Equal(Protect(9, 1).Hidden, Protect(0, 0).Hidden);

    [Fact]
    public void A_cell_keeps_its_minimum_without_the_children_whom_a_parent_knows()
    {
        var rule = new MinimumCount(10, 3, Parents: 2);
        Assert.Equal([HiddenBecause.FewPupils, null], rule.Protect([new RawCell(["a"], 11, 3, [1]), new RawCell(["b"], 12, 3, [1])]).Select(c => c.Hidden));
        Assert.Equal("fewer-than-12-pupils", rule.Code(HiddenBecause.FewPupils));
        Assert.Equal("Niet getoond: minder dan 12 leerlingen", rule.Words(HiddenBecause.FewPupils, true));
    }

    [Fact]
    public void A_board_takes_all_its_schools_away()
    {
        var cell = new RawCell(["a"], 60, 4, [1]) { PerSchool = new Dictionary<int, long> { [1] = 25, [2] = 25, [3] = 5, [4] = 5 } };
        Assert.Null(Rule.Judge(cell));
        Assert.Equal(HiddenBecause.OneSchool, Rule.Judge(cell with { BoardOf = school => school <= 2 ? 1 : school, Pupils = 59, PerSchool = new Dictionary<int, long> { [1] = 25, [2] = 25, [3] = 5, [4] = 4 } }));
    }

    [Fact]
    public void Reasons_have_a_code_and_words()
    {
        Assert.Equal("fewer-than-10-pupils", Rule.Code(HiddenBecause.FewPupils));
        Assert.Equal("fewer-than-3-schools", Rule.Code(HiddenBecause.FewSchools));
        Assert.Equal("Niet getoond: minder dan 10 leerlingen", Rule.Words(HiddenBecause.FewPupils, true));
    }
}
