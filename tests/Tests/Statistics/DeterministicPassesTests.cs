using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Tests.Statistics;

public sealed class DeterministicPassesTests
{
    const int Boy = 1, Girl = 2, Today = 738_000, Pc = 1234;

    static RegisteredPerson Person(int number, int born, int sex, int house, string suffix = "", int from = 730_000) => new([number], born, sex, [new Address(from, Pc, house, suffix)]);

    static PupilKeys Pupil(int number, int born, int sex, int house, string suffix = "") => new(number, born, sex, Pc, house, suffix);

    static LinkResult[] Link(RegisteredPerson[] register, params PupilKeys[] pupils) => DeterministicPasses.Link(new RegisterIndex(register), pupils, Today);

    [Fact]
    public void A_number_links_when_the_birth_date_agrees() =>
        Assert.Equal(new LinkResult(LinkOutcome.ByNumber, 0), Link([Person(11, 20140309, Girl, 1)], Pupil(11, 20140309, Boy, 99))[0]);

    [Fact]
    public void A_number_links_when_only_the_sex_agrees() =>
        Assert.Equal(LinkOutcome.ByNumber, Link([Person(11, 20140309, Girl, 1)], Pupil(11, 20140409, Girl, 99))[0].Outcome);

    [Fact]
    public void Every_number_a_person_ever_had_links()
    {
        var person = new RegisteredPerson([11, 12], 20140309, Girl, []);
        Assert.All(Link([person], Pupil(11, 20140309, Girl, 1)).Concat(Link([person], Pupil(12, 20140309, Girl, 1))), r => Assert.Equal(0, r.Person));
    }

    [Fact]
    public void A_partial_birth_date_agrees_with_the_whole_one() =>
        Assert.True(Link([Person(11, 20140300, Girl, 1)], Pupil(11, 20140309, Boy, 9))[0].Linked);

    [Fact]
    public void Somebody_elses_number_never_links() =>
        Assert.Equal(new LinkResult(LinkOutcome.Refused, -1), Link([Person(11, 20140309, Girl, 1)], Pupil(11, 20150101, Boy, 9))[0]);

    [Fact]
    public void Somebody_elses_number_does_not_stand_in_the_way_of_the_address() =>
        Assert.Equal(new LinkResult(LinkOutcome.ByAddress, 1), Link([Person(11, 20140309, Girl, 1), Person(12, 20150101, Boy, 9)], Pupil(11, 20150101, Boy, 9))[0]);

    [Fact]
    public void Without_a_number_birth_date_sex_and_address_link() =>
        Assert.Equal(new LinkResult(LinkOutcome.ByAddress, 0), Link([Person(11, 20140309, Girl, 7)], Pupil(0, 20140309, Girl, 7))[0]);

    [Theory]
    [InlineData("A", "A", true)]
    [InlineData("A", "", true)]
    [InlineData("", "2", true)]
    [InlineData("A", "B", false)]
    public void A_missing_suffix_agrees_and_a_different_one_does_not(string register, string school, bool links) =>
        Assert.Equal(links, Link([Person(11, 20140309, Girl, 7, register)], Pupil(0, 20140309, Girl, 7, school))[0].Linked);

    [Fact]
    public void Twins_of_one_sex_at_one_address_without_number_never_link()
    {
        var results = Link([Person(11, 20140309, Girl, 7), Person(12, 20140309, Girl, 7)], Pupil(0, 20140309, Girl, 7), Pupil(0, 20140309, Girl, 7));
        Assert.All(results, r => Assert.Equal(new LinkResult(LinkOutcome.Possible, -1), r));
    }

    [Fact]
    public void A_twin_without_number_is_not_guessed_from_the_other_who_has_one()
    {
        var results = Link([Person(11, 20140309, Girl, 7), Person(12, 20140309, Girl, 7)], Pupil(11, 20140309, Girl, 7), Pupil(0, 20140309, Girl, 7));
        Assert.Equal([LinkOutcome.ByNumber, LinkOutcome.Possible], results.Select(r => r.Outcome));
    }

    [Fact]
    public void Two_pupils_that_fit_one_person_do_not_link()
    {
        var person = Person(11, 20140309, Girl, 7);
        Assert.All(Link([person], Pupil(0, 20140309, Girl, 7), Pupil(0, 20140309, Girl, 7)), r => Assert.Equal(LinkOutcome.Possible, r.Outcome));
        Assert.All(Link([person], Pupil(11, 20140309, Girl, 7), Pupil(11, 20140309, Girl, 7)), r => Assert.Equal(LinkOutcome.Possible, r.Outcome));
    }

    [Fact]
    public void A_person_linked_by_number_is_not_linked_again_by_address()
    {
        var results = Link([Person(11, 20140309, Girl, 7)], Pupil(0, 20140309, Girl, 7), Pupil(11, 20140309, Girl, 7));
        Assert.Equal([LinkOutcome.Possible, LinkOutcome.ByNumber], results.Select(r => r.Outcome));
    }

    [Theory]
    [InlineData(100, true)]  // left 100 days ago
    [InlineData(365, true)]
    [InlineData(366, false)]
    public void The_previous_address_counts_for_a_year(int daysAgo, bool links)
    {
        var moved = new RegisteredPerson([11], 20140309, Girl, [new Address(730_000, Pc, 7, ""), new Address(Today - daysAgo, Pc, 8, "")]);
        Assert.Equal(links, Link([moved], Pupil(0, 20140309, Girl, 7))[0].Linked);
        Assert.True(Link([moved], Pupil(0, 20140309, Girl, 8))[0].Linked);
    }

    [Fact]
    public void An_address_of_the_future_and_one_before_the_previous_do_not_count()
    {
        var moved = new RegisteredPerson([11], 20140309, Girl, [new Address(730_000, Pc, 6, ""), new Address(Today - 20, Pc, 7, ""), new Address(Today - 10, Pc, 8, ""), new Address(Today + 1, Pc, 9, "")]);
        Assert.Equal([false, true, true, false], new[] { 6, 7, 8, 9 }.Select(house => Link([moved], Pupil(0, 20140309, Girl, house))[0].Linked));
    }

    [Fact]
    public void An_unknown_sex_or_a_partial_birth_date_does_not_link_by_address()
    {
        Assert.Equal(LinkOutcome.NotFound, Link([Person(11, 20140309, Girl, 7)], Pupil(0, 20140309, 0, 7))[0].Outcome);
        Assert.Equal(LinkOutcome.NotFound, Link([Person(11, 20140300, Girl, 7)], Pupil(0, 20140300, Girl, 7))[0].Outcome);
    }

    [Fact]
    public void Links_do_not_depend_on_the_order_of_pupils_or_register()
    {
        // Persons i and i + 280 share birth date, sex and address. Of four pupils one has no number, one its own, one another's, one nobody's.
        var register = Enumerable.Range(0, 400).Select(i => Person(100 + i, 20140101 + i % 28, 1 + i % 2, 1 + i % 40)).ToArray();
        var pupils = Enumerable.Range(0, 300).Select(i => Pupil((i % 4) switch { 0 => 0, 1 => 100 + i, 2 => 101 + i, _ => 9000 + i }, 20140101 + i % 28, 1 + i % 2, i % 4 < 2 ? 1 + i % 40 : 999)).ToArray();
        var forward = Link(register, pupils);
        Array.Reverse(register);
        var backward = DeterministicPasses.Link(new RegisterIndex(register), [.. pupils.Reverse()], Today).Reverse().ToArray();
        Assert.Equal(forward.Select(r => r.Outcome), backward.Select(r => r.Outcome));
        Assert.Equal(forward.Select(r => r.Person), backward.Select(r => r.Linked ? register.Length - 1 - r.Person : -1));
        Assert.Equal(Enum.GetValues<LinkOutcome>(), forward.Select(r => r.Outcome).Distinct().Order());
    }

    [Fact]
    public void Keys_and_persons_never_show_their_values() =>
        Assert.DoesNotContain("2014", $"{Pupil(11, 20140309, Girl, 7)}{Person(11, 20140309, Girl, 7)}{new Address(1, 2014, 2014, "")}", StringComparison.Ordinal);
}
