using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Formats;

public class WithdrawalTests
{
    static Withdrawal Example() => new()
    {
        Salt = Convert.ToBase64String(new byte[32]),
        School = "99XX00",
        Asked = new(2023, 3, 14),
        Person = new() { Bsn = "123456782", Sex = "f", Born = "2014-03-09", Postcode = "1234AB", House = 12 },
    };

    [Fact]
    public void A_withdrawal_is_written_as_the_format_says() =>
        Assert.Equal(
            """{"format":"groeilijn-withdrawal/1","salt":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","school":"99XX00","asked":"2023-03-14","bsn":"123456782","sex":"f","born":"2014-03-09","postcode":"1234AB","house":12}""" + "\n",
            Encoding.UTF8.GetString(Example().ToJson()));

    [Fact]
    public void A_withdrawal_reads_back_and_nothing_else_is_read() =>
        RecordTests.ReadsOnlyTheCanonicalText<Withdrawal>(Example().ToJson(), Withdrawal.TryRead, withdrawal => withdrawal.ToJson());

    [Fact]
    public void Two_withdrawals_of_one_child_do_not_look_alike()
    {
        Withdrawal Fresh() => new() { School = "99XX00", Asked = new(2023, 3, 14), Person = Example().Person };
        Assert.NotEqual(Fresh().ToJson(), Fresh().ToJson());
    }

    [Fact]
    public void It_does_not_say_who_when_printed()
    {
        string printed = $"{Example()} {Example().Person}";
        foreach (string value in (string[])["123456782", "2014", "1234AB"]) Assert.DoesNotContain(value, printed, StringComparison.Ordinal);
    }
}
