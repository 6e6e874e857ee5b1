using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Tests.Delivery;

namespace Groeilijn.Tests.Formats;

public class EnrolmentTests
{
    static SchoolEnrolment Example(SigningKey key, IdentityKey report) => new()
    {
        School = "99XX00",
        Name = "De Verzonnen Linde",
        Certificate = Convert.ToBase64String(key.Certificate.RawData),
        Recipient = report.Recipient.ToString(),
    };

    [Fact]
    public void An_enrolment_is_written_as_the_format_says()
    {
        using SigningKey key = Signing.Key();
        using IdentityKey report = IdentityKey.Generate();
        SchoolEnrolment enrolment = Example(key, report);
        Assert.Equal(
            $$"""{"format":"groeilijn-enrolment/1","school":"99XX00","name":"De Verzonnen Linde","certificate":"{{enrolment.Certificate}}","recipient":"{{enrolment.Recipient}}"}""" + "\n",
            Encoding.UTF8.GetString(enrolment.ToJson()));
    }

    [Fact]
    public void An_enrolment_reads_back_and_nothing_else_is_read()
    {
        using SigningKey key = Signing.Key();
        using IdentityKey report = IdentityKey.Generate();
        RecordTests.ReadsOnlyTheCanonicalText<SchoolEnrolment>(Example(key, report).ToJson(), SchoolEnrolment.TryRead, enrolment => enrolment.ToJson(), "name");
    }

    [Fact]
    public void A_certificate_that_is_none_is_refused_by_name()
    {
        using SigningKey key = Signing.Key();
        using IdentityKey report = IdentityKey.Generate();
        string text = Encoding.UTF8.GetString(Example(key, report).ToJson()).Replace(Convert.ToBase64String(key.Certificate.RawData), "AAAA", StringComparison.Ordinal);
        Assert.False(SchoolEnrolment.TryRead(Encoding.UTF8.GetBytes(text), out _, out JsonFault? fault));
        Assert.Equal("certificate", fault.Member);
    }
}
