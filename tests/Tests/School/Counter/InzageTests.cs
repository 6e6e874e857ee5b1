using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>A parent asks what was sent: the answer holds every value of the very bytes, and of no other child.</summary>
public sealed class InzageTests : IDisposable
{
    readonly IdentityKey _round = IdentityKey.Generate();
    readonly TestHome _school;

    public InzageTests() => _school = Approving.Delivered(_round.Recipient);

    [Fact]
    public void Every_value_that_was_sent_is_in_the_answer_and_none_of_another_child()
    {
        Assert.True(DeliveryPayload.TryRead(Sent.Payload(_school.Home, "2025-1", 1)!, out var payload, out _));
        foreach (var number in Export.Numbers[..3])
        {
            var person = Objections.Find(_school.Home, number).Pupils[0].Person;
            var about = Assert.Single(Inzage.Of(_school.Home, person)!.Sent);
            var line = payload.Pupils.Single(p => p.Person.Bsn == number);
            Assert.Equal(line.ToJson(), about.Line!.ToJson());
            foreach (var language in new[] { "nl", "en" })
            {
                var page = Inzage.Page(_school.Home, person, language)!;
                string[] values = [number, line.Person.Born, line.Person.Postcode!, line.Person.House!.Value.ToString(CultureInfo.InvariantCulture), about.Delivery.Payload, language == "nl" ? "157,1" : "157.1"];
                Assert.All(values, value => Assert.Contains(value, page));
                Assert.All(Export.Numbers[..3].Where(n => n != number), other => Assert.DoesNotContain(other, page));
            }
        }
    }

    [Fact]
    public void It_says_when_parents_were_told_and_what_became_of_an_objection()
    {
        var person = Objections.Find(_school.Home, "L1").Pupils[0].Person;
        Assert.True(Objections.Record(_school.Home, person, new(2025, 3, 19)).Ok);
        var answer = Inzage.Of(_school.Home, person)!;
        Assert.Equal(new InformedOn(new(2025, 2, 11), new(2025, 3, 1)), Assert.Single(answer.Informed));
        Assert.Equal(MessageState.Waits, Assert.Single(answer.Objections).Message);
        var page = Inzage.Page(_school.Home, person, "nl")!;
        Assert.Contains("Brief van 11 februari 2025", page);
        Assert.Contains("Bezwaar gemaakt op 19 maart 2025", page);
    }

    [Fact]
    public void Of_a_child_that_never_went_along_it_says_so()
    {
        var export = Export.Usual();
        export.Results.RemoveAll(r => r.Pupil == "L2");
        using var school = new TestHome();
        Assert.True(school.Import(export).Stored);
        var person = Objections.Find(school.Home, "L2").Pupils[0].Person;
        Assert.Empty(Inzage.Of(school.Home, person)!.Sent);
        Assert.Contains("We sent nothing.", Inzage.Page(school.Home, person, "en"));
        Assert.Null(Inzage.Of(school.Home, 999));
    }

    [Fact]
    public void A_pupil_who_left_is_answered_by_number()
    {
        var export = Export.Usual();
        export.Pupils.RemoveAt(0);
        export.Results.RemoveAll(r => r.Pupil == "L1");
        export.Addresses.RemoveAt(0);
        Assert.True(_school.Import(export).Stored);
        var answer = Inzage.Of(_school.Home, Objections.Find(_school.Home, Export.Numbers[0]).Pupils[0].Person)!;
        Assert.True(answer.Gone);
        Assert.Equal(Export.Numbers[0], Assert.Single(answer.Sent).Line!.Person.Bsn);
    }

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public void The_record_of_processing_follows_the_set_the_terms_and_the_deliveries_and_names_no_pupil(string language)
    {
        RetentionTerms.Set(_school.Home, new RetentionTerms { Pupils = 7 });
        var page = ProcessingRecord.Page(_school.Home, language);
        Assert.All(FieldSets.Current(_school.Home).Fields, field => Assert.Contains(field.Words(language), page));
        Assert.Contains(language == "nl" ? "tot 7 jaar nadat" : "until 7 years after", page);
        Assert.Contains("2025-1-1", page);
        Assert.Contains("voorzitter", page);
        Assert.All(Export.Numbers, number => Assert.DoesNotContain(number, page));
        Assert.DoesNotContain("Verzonnen1", page);
    }

    public void Dispose()
    {
        _round.Dispose();
        _school.Dispose();
    }
}
