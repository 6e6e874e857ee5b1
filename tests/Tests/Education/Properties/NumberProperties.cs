using FsCheck.Fluent;
using Groeilijn.Education;

namespace Groeilijn.Tests.Education.Properties;

/// <summary>What holds for every number: the reason that the eleven test exists.</summary>
public class NumberProperties
{
    [Fact]
    public void Every_wrong_digit_of_a_bsn_is_detected() => Holds.For(Holds.Where(t => Bsn.Parse(t).Ok), text =>
        Assert.All(OneDigitChanged(text), wrong => Assert.False(Bsn.Parse(wrong).Ok)));

    [Fact]
    public void Every_swap_of_two_different_digits_of_a_bsn_is_detected() => Holds.For(Holds.Where(t => Bsn.Parse(t).Ok), text =>
        Assert.All(TwoDigitsSwapped(text), wrong => Assert.False(Bsn.Parse(wrong).Ok)));

    [Fact]
    public void Every_wrong_digit_of_an_onderwijsnummer_is_detected() => Holds.For(Holds.Where(t => Onderwijsnummer.Parse(t).Ok), text =>
        Assert.All(OneDigitChanged(text), wrong => Assert.False(Onderwijsnummer.Parse(wrong).Ok)));

    [Fact]
    public void No_number_is_both_a_bsn_and_an_onderwijsnummer() => Holds.For(Holds.NineDigits, number =>
    {
        Assert.False(Bsn.Parse(number.Text()).Ok && Onderwijsnummer.Parse(number.Text()).Ok);
    });

    [Fact]
    public void The_first_hundred_thousand_numbers_are_at_most_one_of_the_two_and_one_in_eleven_is_a_bsn()
    {
        var bsns = 0;
        for (var number = 1; number <= 100_000; number++)
        {
            var (bsn, other) = (Bsn.Parse(number.Text()).Ok, Onderwijsnummer.Parse(number.Text()).Ok);
            Assert.False(bsn && other);
            if (bsn) bsns++;
        }
        Assert.InRange(bsns, 9_000, 9_100);
    }

    [Fact]
    public void The_sum_of_the_regulation_decides_and_nothing_else() => Holds.For(Holds.NineDigits, number =>
    {
        var d = number.Text().Select(c => c - '0').ToArray();
        var sum = 9 * d[0] + 8 * d[1] + 7 * d[2] + 6 * d[3] + 5 * d[4] + 4 * d[5] + 3 * d[6] + 2 * d[7];
        Assert.Equal((sum - d[8]) % 11 == 0, Bsn.Parse(number.Text()).Ok);
        var other = Onderwijsnummer.Parse(number.Text());
        Assert.Equal(sum % 11 == d[8] + 5, other is { Ok: true, Signal: Signal.None });
        Assert.Equal((sum - d[8] - 5) % 11 == 0, other.Ok);
    });

    [Fact]
    public void A_last_digit_above_five_never_follows_the_literal_rule() => Holds.For(Holds.Where(t => t[8] > '5' && Onderwijsnummer.Parse(t).Ok), text =>
        Assert.Equal(Signal.ModuloReading, Onderwijsnummer.Parse(text).Signal));

    [Fact]
    public void A_person_number_gives_back_the_digits_it_was_read_from() => Holds.For(Holds.Where(t => PersonNumber.Parse(t).Ok), text =>
    {
        var number = PersonNumber.Parse(text).Value;
        Assert.Equal(text, number.Digits);
        Assert.Equal(number, PersonNumber.Parse(number.Digits).Value);
        Assert.Equal(Bsn.Parse(text).Ok ? NumberKind.Bsn : NumberKind.Onderwijsnummer, number.Kind);
    });

    [Fact]
    public void Leaving_out_one_or_two_leading_zeros_changes_the_signal_and_not_the_number() =>
        Holds.For(Gen.Choose(1_000_000, 9_999_999).Select(n => Enumerable.Range(n, 1000).First(m => Bsn.Parse(m.Text()).Ok)), number =>
        {
            var (seven, eight) = (Bsn.Parse(number.Text()[2..]), Bsn.Parse(number.Text()[1..]));
            Assert.Equal((Signal.Padded, Signal.Padded), (seven.Signal, eight.Signal));
            Assert.Equal(Bsn.Parse(number.Text()).Value, seven.Value);
            Assert.Equal(seven.Value, eight.Value);
        });

    static IEnumerable<string> OneDigitChanged(string text) =>
        from at in Enumerable.Range(0, 9)
        from digit in "0123456789"
        where digit != text[at]
        select text[..at] + digit + text[(at + 1)..];

    static IEnumerable<string> TwoDigitsSwapped(string text) =>
        from one in Enumerable.Range(0, 9)
        from other in Enumerable.Range(one + 1, 8 - one)
        where text[one] != text[other]
        select text[..one] + text[other] + text[(one + 1)..other] + text[one] + text[(other + 1)..];
}
