using Groeilijn.Education;

namespace Groeilijn.Tests.Education.Published;

/// <summary>Numbers that regulations, manuals and official samples print, and what must become of them.</summary>
public class NumberTests
{
    [Theory]
    [InlineData("123456782")]
    [InlineData("111222333")]
    [InlineData("003389261")]
    [InlineData("100252333")]
    [InlineData("000000012")]
    [InlineData("999999990")]
    public void A_published_bsn_is_read_and_given_back_digit_by_digit(string text)
    {
        var bsn = Bsn.Parse(text);
        Assert.True(bsn.Ok);
        Assert.Equal(Signal.None, bsn.Signal);
        Assert.Equal(text, bsn.Value.Digits);
    }

    [Theory]
    [InlineData(null, Fault.Empty)]
    [InlineData("  ", Fault.Empty)]
    [InlineData("000000000", Fault.Zeros)]
    [InlineData("0000000", Fault.Zeros)]
    [InlineData("123456789", Fault.ElevenTest)]
    [InlineData("133456785", Fault.ElevenTest)]
    [InlineData("123456", Fault.Length)]
    [InlineData("1234567820", Fault.Length)]
    [InlineData("1234.56.782", Fault.Characters)]
    [InlineData("-12345678", Fault.Characters)]
    [InlineData("12345678٢", Fault.Characters)]
    public void A_text_that_is_no_bsn_is_refused_with_its_reason(string? text, Fault fault)
    {
        var bsn = Bsn.Parse(text);
        Assert.False(bsn.Ok);
        Assert.Equal(fault, bsn.Fault);
        Assert.Null(bsn.OrNull);
        Assert.Throws<InvalidOperationException>(() => bsn.Value);
    }

    [Theory]
    [InlineData("3389261", "003389261")]
    [InlineData("03389261", "003389261")]
    [InlineData("10000008", "010000008")]
    public void Seven_or_eight_digits_get_their_zeros_back_with_a_signal(string text, string digits)
    {
        var bsn = Bsn.Parse(text);
        Assert.Equal(Signal.Padded, bsn.Signal);
        Assert.Equal(digits, bsn.Value.Digits);
        Assert.Equal(Bsn.Parse(digits).Value, bsn.Value);
    }

    [Fact]
    public void Spaces_around_a_number_are_nothing() =>
        Assert.Equal(Bsn.Parse("123456782").Value, Bsn.Parse(" 123456782\t").Value);

    [Theory]
    [InlineData("101222331")]
    [InlineData("133456785")]
    public void A_published_onderwijsnummer_follows_the_literal_rule(string text)
    {
        var number = Onderwijsnummer.Parse(text);
        Assert.Equal(Signal.None, number.Signal);
        Assert.Equal(text, number.Value.Digits);
    }

    [Theory]
    [InlineData("100252333", Fault.ElevenTest)]
    [InlineData("123456782", Fault.ElevenTest)]
    [InlineData("000000000", Fault.Zeros)]
    [InlineData("", Fault.Empty)]
    [InlineData("10122233X", Fault.Characters)]
    public void A_text_that_is_no_onderwijsnummer_is_refused_with_its_reason(string text, Fault fault) =>
        Assert.Equal(fault, Onderwijsnummer.Parse(text).Fault);

    [Fact]
    public void An_onderwijsnummer_that_lost_its_zeros_gets_them_back_with_a_signal()
    {
        var number = Onderwijsnummer.Parse("0000043"); // 2·4 = 8 = 3 + 5
        Assert.Equal((Signal.Padded, "000000043"), (number.Signal, number.Value.Digits));
    }

    [Fact]
    public void A_person_number_knows_its_kind_by_the_test_it_passes()
    {
        Assert.Equal(NumberKind.Bsn, PersonNumber.Parse("123456782").Value.Kind);
        Assert.Equal(NumberKind.Onderwijsnummer, PersonNumber.Parse("101222331").Value.Kind);
        Assert.Equal(PersonNumber.Of(Bsn.Parse("123456782").Value), PersonNumber.Parse("123456782").Value);
        Assert.Equal(PersonNumber.Of(Onderwijsnummer.Parse("101222331").Value), PersonNumber.Parse("101222331").Value);
    }

    [Theory]
    [InlineData("", Fault.Empty)]
    [InlineData("000000000", Fault.Zeros)]
    [InlineData("12345", Fault.Length)]
    [InlineData("onbekend", Fault.Characters)]
    [InlineData("123456789", Fault.ElevenTest)]
    public void A_text_that_is_neither_number_is_refused_with_its_reason(string text, Fault fault) =>
        Assert.Equal(fault, PersonNumber.Parse(text).Fault);

    [Fact]
    public void A_person_number_passes_the_signals_on()
    {
        Assert.Equal(Signal.Padded, PersonNumber.Parse("3389261").Signal);
        Assert.Equal(Signal.Padded, PersonNumber.Parse("0000043").Signal);
        Assert.Equal("003389261", PersonNumber.Parse("3389261").Value.Digits);
    }

    [Fact]
    public void The_two_numbers_of_one_pupil_are_never_equal() =>
        Assert.NotEqual(PersonNumber.Parse("123456782").Value, PersonNumber.Parse("101222331").Value);
}
