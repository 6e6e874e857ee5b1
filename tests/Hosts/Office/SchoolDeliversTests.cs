using Groeilijn.Delivery;
using Groeilijn.Hosts.School;
using Groeilijn.Office;
using Groeilijn.School;

namespace Groeilijn.Hosts.Office;

/// <summary>The school's own program and the office's intake, over a line: from the notice to the answers, and over again.</summary>
public sealed class SchoolDeliversTests
{
    static readonly SendPace s_pace = new(Piece: 700, Tries: 12, FirstWait: TimeSpan.FromMilliseconds(1));

    [Fact]
    public async Task A_school_takes_in_the_notice_delivers_over_the_line_and_fetches_receipt_and_answers()
    {
        await using var office = new UploadOffice();
        await office.Start();
        using var school = new SealedSchool(deliver: false);
        Enrol(office, school);
        Assert.True(Groeilijn.School.Rounds.Accept(school.Home, Groeilijn.Office.Rounds.NoticeFile(office.Home, UploadOffice.Edition), office.Home.Key.Fingerprint).Ok);
        var sent = await Deliver(school, 1);
        Assert.True(sent.Ok, sent.Refusal?.English);
        Assert.Equal(1, office.Deliveries);
        Assert.True((await Send(school, 1)).Value!.Already);

        var fetched = await NetworkPost.Fetch(school.Home, office.Address, TestContext.Current.CancellationToken);
        Assert.Equal((1, "received"), (fetched.Value!.Receipts.Count, Assert.Single(fetched.Value.Answers).Answer.Outcome));
        Assert.Empty(fetched.Value.Refused);
        Assert.Equal(Groeilijn.School.DeliveryState.Received, Groeilijn.School.DeliveryStates.StateOf(school.Home, Groeilijn.School.Sent.All(school.Home)[0]));

        Assert.True((await Deliver(school, 2)).Ok);
        var again = (await NetworkPost.Fetch(school.Home, office.Address, TestContext.Current.CancellationToken)).Value!;
        Assert.Equal(["received", "replaced"], again.Answers.Select(a => a.Answer.Outcome).Order());
        Assert.Single(again.Receipts);
        Assert.Equal(Groeilijn.School.DeliveryState.Replaced, Groeilijn.School.DeliveryStates.StateOf(school.Home, Groeilijn.School.Sent.All(school.Home)[0]));
        var nothing = (await NetworkPost.Fetch(school.Home, office.Address, TestContext.Current.CancellationToken)).Value!;
        Assert.Equal((0, 0), (nothing.Receipts.Count, nothing.Answers.Count));
    }

    [Fact]
    public async Task What_was_refused_goes_whole_again_once_the_office_can_take_it()
    {
        await using var office = new UploadOffice();
        await office.Start();
        using var school = new SealedSchool(deliver: false);
        Enrol(office, school);
        Assert.True(Groeilijn.School.Rounds.Accept(school.Home, Groeilijn.Office.Rounds.NoticeFile(office.Home, UploadOffice.Edition), office.Home.Key.Fingerprint).Ok);
        Assert.Null(RoundDays.Close(office.Home, UploadOffice.Edition));
        Assert.Contains("does not take", (await Deliver(school, 1)).Refusal!.English);
        Assert.Equal("refused-round", Assert.Single(Answers(school)));
        Assert.Null(RoundDays.OpenAgain(office.Home, UploadOffice.Edition));
        Assert.True((await Send(school, 1)).Ok);
        Assert.Equal(1, office.Deliveries);
    }

    static IEnumerable<string> Answers(SealedSchool school)
    {
        var about = Groeilijn.School.Sent.All(school.Home)[0].Ciphertext;
        var round = Groeilijn.School.Rounds.Of(school.Home, SealedSchool.Edition)!;
        using var http = new HttpClient();
        return [.. Answer.OutcomesOfDelivery.Where(outcome => http.GetAsync(new Uri($"{round.Upload}/{about}/{outcome}.answer.json")).Result.IsSuccessStatusCode)];
    }

    static void Enrol(UploadOffice office, SealedSchool school)
    {
        using var reports = IdentityKey.Generate();
        office.Enrol("99XX00", new SchoolEnrolment { School = "99XX00", Name = "De Verzonnen Linde", Certificate = Convert.ToBase64String(school.Home.Signing.Certificate.RawData), Recipient = reports.Recipient.ToString() }.ToJson());
    }

    static async Task<Outcome<SentOff>> Deliver(SealedSchool school, int sequence)
    {
        Assert.True(Approvals.Approve(school.Home, SealedSchool.Edition, school.Look(), "A. Directeur").Ok);
        Assert.True(Seal.Deliver(school.Home, SealedSchool.Edition).Ok);
        return await Send(school, sequence);
    }

    static Task<Outcome<SentOff>> Send(SealedSchool school, int sequence) =>
        Sending.Send(school.Home, SealedSchool.Edition, sequence, SendTarget.Usual(school.Home, SealedSchool.Edition).Value!, null, s_pace, TestContext.Current.CancellationToken);
}
