using System.Globalization;
using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Hosts.School;
using Groeilijn.School;
using TheOffice = Groeilijn.Office;

namespace Groeilijn.Hosts.Office;

/// <summary>The way of an objection made after sending, with the school's own program at one end and the office's at the other.</summary>
public sealed class WithdrawalPathTests : IDisposable
{
    readonly SealedSchool _school = new(deliver: false);
    readonly TheOffice.OfficeHome _office;

    public WithdrawalPathTests()
    {
        if (ColumnLibrary.Find() is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "DuckDB's library must be there in CI.");
            Assert.Skip("DuckDB's library is not here; setup/duckdb.sh fetches it.");
        }
        _office = TheOffice.OfficeHome.Create(_school.At("office"), _school.Home.Clock, invented: true);
    }

    public void Dispose()
    {
        _office?.Dispose();
        _school.Dispose();
    }

    [Fact]
    public async Task A_parent_objects_after_sending_and_hears_from_the_school_that_the_office_holds_nothing_any_more()
    {
        var pupils = Deliver();
        var child = pupils.First(pupil => pupil.Person.Bsn is not null);
        var before = TheOffice.Cohort.Rows(_office).Count;
        Assert.Equal(pupils.Sum(pupil => pupil.Results.Count), before);

        Assert.True(Objections.Record(_school.Home, child.Person.Bsn!).Ok);
        Assert.True((await Sending.SendWithdrawals(_school.Home, SendTarget.Folder(Drop), stop: TestContext.Current.CancellationToken)).Ok);
        Assert.Single(TheOffice.Withdrawals.Receive(_office, Drop), taken => taken.Outcome.Ok);
        Assert.True(TheOffice.Withdrawals.Process(_office).Ok);
        TheOffice.Answers.Write(_office, Path.Combine(Drop, Post.AnswersFolder));

        Assert.Equal(before - child.Results.Count, TheOffice.Cohort.Rows(_office).Count);
        Assert.Equal(["received", "removed"], Post.Fetch(_school.Home, Drop).Value!.Answers.Where(kept => kept.Answer.Kind == "withdrawal").Select(kept => kept.Answer.Outcome).Order());
        var listed = Assert.Single(Objections.All(_school.Home));
        Assert.Equal((MessageState.Answered, "removed"), (listed.Message, listed.Answer));
        Assert.Equal("Het bureau heeft geen gegevens van dit kind meer.", AnswerWords.Of("withdrawal", listed.Answer!).Dutch);
        Assert.True(TheOffice.Destruction.Run(_office, SealedSchool.Edition, "A. Sleutel", "B. Sleutel").Ok);
        _office.Sequence();
        Assert.Empty(TheOffice.Sweep.Search(_office.Folder, [child.Person.Bsn!], TimeProvider.System).Hits);
    }

    [Fact]
    public async Task A_message_under_way_when_a_newer_round_opens_is_sealed_again_and_both_are_answered()
    {
        var child = Deliver().First(pupil => pupil.Person.Bsn is not null);
        Assert.True(Objections.Record(_school.Home, child.Person.Bsn!).Ok);
        Assert.True((await Sending.SendWithdrawals(_school.Home, SendTarget.Folder(Drop), stop: TestContext.Current.CancellationToken)).Ok);
        var next = SealedSchool.Edition.Next;
        Assert.True(TheOffice.Rounds.Open(_office, next, "A. Sleutel", "B. Sleutel").Ok);
        Assert.True(Rounds.Accept(_school.Home, TheOffice.Rounds.NoticeFile(_office, next)).Ok);
        Assert.True((await Sending.SendWithdrawals(_school.Home, SendTarget.Folder(Drop), stop: TestContext.Current.CancellationToken)).Ok);
        Assert.Equal(2, TheOffice.Withdrawals.Receive(_office, Drop).Count(taken => taken.Outcome.Ok));
        Assert.Equal(2, TheOffice.Withdrawals.Process(_office).Value!.Removed);
        TheOffice.Answers.Write(_office, Path.Combine(Drop, Post.AnswersFolder));
        var fetched = Post.Fetch(_school.Home, Drop).Value!;
        Assert.Empty(fetched.Refused);
        Assert.Equal(2, fetched.Answers.Count(kept => kept.Answer.Outcome == "removed"));
        Assert.Equal(MessageState.Answered, Assert.Single(Objections.All(_school.Home)).Message);
    }

    string Drop => Directory.CreateDirectory(_school.At("drop")).FullName;

    /// <summary>One round from notice to cohort; what went along.</summary>
    IReadOnlyList<DeliveredPupil> Deliver()
    {
        var edition = SealedSchool.Edition;
        Assert.True(TheOffice.Schools.Enrol(_office, File.ReadAllBytes(_school.At("home", "enrolment.json")), Province.Parse("PV26").Value).Ok);
        Assert.True(TheOffice.Rounds.Open(_office, edition, "A. Sleutel", "B. Sleutel").Ok);
        var approved = Approvals.Approve(_school.Home, edition, _school.Look(), "A. Directeur");
        Assert.True(approved.Ok);
        Assert.True(Rounds.Accept(_school.Home, TheOffice.Rounds.NoticeFile(_office, edition), _office.Key.Fingerprint).Ok);
        var made = Seal.Deliver(_school.Home, edition).Value!;
        Assert.True(DeliveryPayload.TryRead(Sent.Payload(_school.Home, edition.ToString(), 1)!, out var payload, out _));
        Register(payload.Pupils);
        Assert.True(TheOffice.Intake.ReceiveFiles(_office, made.CiphertextFile).Ok);
        var linked = TheOffice.LinkingRun.Run(_office, edition, File.ReadAllBytes(TheOffice.Rounds.ShareFile(_office, edition, 1)), File.ReadAllBytes(TheOffice.Rounds.ShareFile(_office, edition, 2)));
        Assert.Equal(payload.Pupils.Count, linked.Value!.Counts.Linked);
        return payload.Pupils;
    }

    /// <summary>A register that knows exactly these pupils.</summary>
    void Register(IReadOnlyList<DeliveredPupil> pupils)
    {
        var folder = Directory.CreateDirectory(_school.At("register")).FullName;
        string Key(int i) => string.Create(CultureInfo.InvariantCulture, $"p{i:D6}");
        var people = pupils.Select((pupil, i) => (Key: Key(i), pupil.Person)).ToList();
        File.WriteAllLines(Path.Combine(folder, "persons.csv"), people.Select(p => $"{p.Key},{p.Person.Sex},{p.Person.Born},2020-01-01").Prepend("key,sex,born,registered"));
        File.WriteAllLines(Path.Combine(folder, "numbers.csv"), people.Where(p => (p.Person.Bsn ?? p.Person.Onderwijsnummer) is not null).Select(p => $"{p.Key},{(p.Person.Bsn is null ? "onderwijsnummer" : "bsn")},{p.Person.Bsn ?? p.Person.Onderwijsnummer},2020-01-01").Prepend("key,kind,number,from"));
        File.WriteAllLines(Path.Combine(folder, "addresses.csv"), people.Where(p => p.Person.Postcode is not null).Select(p => $"{p.Key},2014-01-01,{p.Person.Postcode},{p.Person.House},{p.Person.Letter},{p.Person.Addition}").Prepend("key,from,postcode,house,letter,addition"));
        Assert.True(TheOffice.Register.Import(_office, folder).Ok);
    }
}
