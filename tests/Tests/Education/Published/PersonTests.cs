using Groeilijn.Education;

namespace Groeilijn.Tests.Education.Published;

/// <summary>Sex, date of birth and ECK iD, in the codings and spellings of the formats.</summary>
public class PersonTests
{
    static readonly string s_hex = string.Concat(Enumerable.Repeat("0123456789abcdef", 8));

    [Theory]
    [InlineData(SexCoding.Edexml, "1", Sex.Male)]
    [InlineData(SexCoding.Edexml, "2", Sex.Female)]
    [InlineData(SexCoding.Edexml, "0", Sex.Unknown)]
    [InlineData(SexCoding.Edexml, "9", Sex.Unspecified)]
    [InlineData(SexCoding.Oso, "1", Sex.Female)]
    [InlineData(SexCoding.Oso, "2", Sex.Male)]
    [InlineData(SexCoding.Oso, "0", Sex.Unknown)]
    [InlineData(SexCoding.Bron, "M", Sex.Male)]
    [InlineData(SexCoding.Bron, "V", Sex.Female)]
    [InlineData(SexCoding.Bron, "O", Sex.Unknown)]
    [InlineData(SexCoding.Doorstroomtoets, "1", Sex.Male)]
    [InlineData(SexCoding.Doorstroomtoets, "2", Sex.Female)]
    [InlineData(SexCoding.Doorstroomtoets, "9", Sex.Unspecified)]
    [InlineData(SexCoding.Delivery, "m", Sex.Male)]
    [InlineData(SexCoding.Delivery, "f", Sex.Female)]
    [InlineData(SexCoding.Delivery, "x", Sex.Unspecified)]
    [InlineData(SexCoding.Delivery, "u", Sex.Unknown)]
    public void A_code_of_sex_is_read_and_written_in_its_coding(SexCoding coding, string code, Sex sex)
    {
        Assert.True(SexCodes.TryRead(coding, code, out var read));
        Assert.Equal((sex, code), (read, SexCodes.Write(coding, sex)));
    }

    [Theory]
    [InlineData(SexCoding.Doorstroomtoets, "0")]
    [InlineData(SexCoding.Oso, "9")]
    [InlineData(SexCoding.Bron, "F")]
    [InlineData(SexCoding.Bron, "1")]
    [InlineData(SexCoding.Edexml, "M")]
    [InlineData(SexCoding.Delivery, "v")]
    [InlineData(SexCoding.Edexml, "")]
    [InlineData(SexCoding.Edexml, null)]
    public void A_code_of_another_coding_is_not_read(SexCoding coding, string? code) => Assert.False(SexCodes.TryRead(coding, code, out _));

    [Theory]
    [InlineData(SexCoding.Oso, Sex.Unspecified)]
    [InlineData(SexCoding.Bron, Sex.Unspecified)]
    [InlineData(SexCoding.Doorstroomtoets, Sex.Unknown)]
    public void What_a_coding_cannot_say_it_does_not_write(SexCoding coding, Sex sex)
    {
        var thrown = Assert.Throws<ArgumentException>(() => SexCodes.Write(coding, sex));
        Assert.DoesNotContain(sex.ToString(), thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2014-03-09", "2014-03-09", Signal.None)]
    [InlineData("20140309", "2014-03-09", Signal.None)]
    [InlineData("09-03-2014", "2014-03-09", Signal.None)]
    [InlineData("2014-03-00", "2014-03-00", Signal.Partial)]
    [InlineData("20140000", "2014-00-00", Signal.Partial)]
    [InlineData("00-00-2014", "2014-00-00", Signal.Partial)]
    [InlineData("2016-02-29", "2016-02-29", Signal.None)]
    [InlineData("2000-02-29", "2000-02-29", Signal.None)]
    public void A_birth_date_is_read_in_three_spellings(string text, string expected, Signal signal)
    {
        var date = BirthDate.Parse(text);
        Assert.Equal((expected, signal), (date.Value.Text, date.Signal));
        Assert.Equal(signal == Signal.None, date.Value.IsWhole);
    }

    [Theory]
    [InlineData("2015-02-29", Fault.OutOfRange)]
    [InlineData("1900-02-29", Fault.OutOfRange)]
    [InlineData("2014-13-01", Fault.OutOfRange)]
    [InlineData("2014-04-31", Fault.OutOfRange)]
    [InlineData("2014-00-09", Fault.OutOfRange)]
    [InlineData("1899-12-31", Fault.OutOfRange)]
    [InlineData("0000-00-00", Fault.OutOfRange)]
    [InlineData("9-3-2014", Fault.Characters)]
    [InlineData("2014-3 -09", Fault.Characters)]
    [InlineData("2014-1\0-09", Fault.Characters)]
    [InlineData("2014/03/09", Fault.Length)]
    [InlineData("2014-03", Fault.Length)]
    [InlineData("", Fault.Empty)]
    public void A_text_that_is_no_birth_date_is_refused_with_its_reason(string text, Fault fault) =>
        Assert.Equal(fault, BirthDate.Parse(text).Fault);

    [Theory]
    [InlineData("2014-03-09", "2014-03-09", true)]
    [InlineData("2014-03-09", "2014-03-00", true)]
    [InlineData("2014-03-09", "2014-00-00", true)]
    [InlineData("2014-03-00", "2014-00-00", true)]
    [InlineData("2014-03-09", "2014-03-10", false)]
    [InlineData("2014-03-09", "2014-09-03", false)]
    [InlineData("2014-03-09", "2014-04-00", false)]
    [InlineData("2014-00-00", "2015-00-00", false)]
    public void Two_dates_agree_when_one_is_at_most_richer_than_the_other(string one, string other, bool agree)
    {
        var (a, b) = (BirthDate.Parse(one).Value, BirthDate.Parse(other).Value);
        Assert.Equal(agree, a.Agrees(b));
        Assert.Equal(agree, b.Agrees(a));
    }

    [Fact]
    public void A_birth_date_of_a_calendar_day_is_that_day()
    {
        Assert.Equal(BirthDate.Parse("2014-03-09").Value, new BirthDate(new DateOnly(2014, 3, 9)));
        Assert.Equal(20140309, new BirthDate(new DateOnly(2014, 3, 9)).Packed);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BirthDate(new DateOnly(1899, 12, 31)));
    }

    [Fact]
    public void An_eck_id_of_production_has_154_characters()
    {
        var text = "https://ketenid.nl/201703/" + s_hex;
        var id = EckId.Parse(" " + text + " ");
        Assert.Equal(154, text.Length);
        Assert.Equal((text, Signal.None), (id.Value.Text, id.Signal));
    }

    [Fact]
    public void An_eck_id_of_the_pilot_gives_a_signal() => Assert.Equal(Signal.Pilot, EckId.Parse("https://ketenid.nl/pilot/" + s_hex).Signal);

    [Theory]
    [InlineData("https://ketenid.nl/sppilot/", Fault.OtherKind)]
    [InlineData("https://ketenid.nl/sp/", Fault.OtherKind)]
    [InlineData("http://ketenid.nl/201703/", Fault.UnknownCode)]
    [InlineData("https://id.school/LL_", Fault.UnknownCode)]
    [InlineData("https://ketenid.nl/201703/a", Fault.Length)]
    public void Another_prefix_is_no_eck_id(string prefix, Fault fault) => Assert.Equal(fault, EckId.Parse(prefix + s_hex).Fault);

    [Fact]
    public void The_hexadecimal_part_is_whole_and_in_lower_case()
    {
        Assert.Equal(Fault.Characters, EckId.Parse("https://ketenid.nl/201703/" + s_hex.ToUpperInvariant()).Fault);
        Assert.Equal(Fault.Length, EckId.Parse("https://ketenid.nl/201703/" + s_hex[1..]).Fault);
        Assert.Equal(Fault.Empty, EckId.Parse("").Fault);
    }
}
