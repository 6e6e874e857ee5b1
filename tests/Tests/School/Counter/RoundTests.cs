using Groeilijn.Delivery;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>What the office announces and answers: signed by the one certificate that was read aloud, or refused.</summary>
public sealed class RoundTests : IDisposable
{
    readonly TestHome _school = Approving.Ready();
    readonly PlayedOffice _office;

    public RoundTests() => _office = new(_school);

    [Fact]
    public void The_first_notice_needs_the_fingerprint_and_the_next_does_not()
    {
        var file = _office.Put("round.json", _office.Notice.ToJson());
        var seen = Rounds.Look(_school.Home, file).Value!;
        Assert.False(seen.Known);
        Assert.Equal(SigningKey.Aloud(_office.Signing.Fingerprint), seen.FingerprintAloud);
        Assert.Contains("not confirmed", Rounds.Accept(_school.Home, file).Refusal!.English);
        Assert.Contains("another than", Rounds.Accept(_school.Home, file, new string('0', 64)).Refusal!.English);
        Assert.Null(OfficeSettings.Of(_school.Home).Fingerprint);
        Assert.True(Rounds.Accept(_school.Home, file, seen.FingerprintAloud.ToUpperInvariant()).Ok);
        Assert.True(Rounds.Look(_school.Home, file).Value!.Known);
        Assert.True(Rounds.Accept(_school.Home, _office.Put("round.json", (_office.Notice with { Edition = "2025-2" }).ToJson())).Ok);
        var settings = OfficeSettings.Of(_school.Home);
        Assert.Equal((_office.Signing.Fingerprint, _office.Withdrawals.Recipient.ToString(), "2025-2"), (settings.Fingerprint, settings.Withdrawals!.ToString(), settings.Round!.Edition.ToString()));
    }

    [Fact]
    public void A_notice_of_somebody_else_is_refused_before_and_after()
    {
        using var stranger = SigningKey.Create("CBS", _school.Clock.GetUtcNow().AddDays(-1), _school.Clock.GetUtcNow().AddYears(1));
        Assert.Contains("signature", Rounds.Accept(_school.Home, _office.Put("round.json", _office.Notice.ToJson(), stranger), _office.Signing.Fingerprint).Refusal!.English);
        _office.Announce();
        var theirs = (_office.Notice with { Certificate = stranger.Fingerprint }).ToJson();
        Assert.Contains("recorded before", Rounds.Accept(_school.Home, _office.Put("round.json", theirs, stranger), stranger.Fingerprint).Refusal!.English);
        Assert.Contains("not the notice", Rounds.Accept(_school.Home, _school.File("round.json", "{}")).Refusal!.English);
        Assert.Contains("not the notice", Rounds.Accept(_school.Home, "absent").Refusal!.English);
    }

    [Fact]
    public void A_changed_notice_is_refused()
    {
        var file = _office.Put("round.json", _office.Notice.ToJson());
        _school.File("round.json", (_office.Notice with { Closes = new(2026, 1, 1) }).ToJson());
        Assert.Contains("signature", Rounds.Accept(_school.Home, file, _office.Signing.Fingerprint).Refusal!.English);
    }

    [Fact]
    public void Without_a_key_of_its_own_a_delivery_is_sealed_to_the_announced_round()
    {
        _school.Preview();
        Assert.Contains("key of this round", Approving.Deliver(_school.Home, Approving.E251, null).Refusal!.English);
        _office.Announce();
        var made = Approving.Deliver(_school.Home, Approving.E251, null).Value!;
        using var opened = Envelope.Open(File.ReadAllBytes(made.CiphertextFile), _office.Round);
        Assert.True(opened.Ok);
    }

    [Fact]
    public void After_sending_an_objection_is_sealed_for_the_office_at_once()
    {
        _office.Announce();
        Delivered();
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        var file = Assert.Single(Messages());
        using var opened = Envelope.Open(File.ReadAllBytes(file), _office.Withdrawals);
        Assert.True(Withdrawal.TryRead(opened.Content, out var withdrawal, out _));
        Assert.Equal((Export.Numbers[0], "1234AB", 10), (withdrawal.Person.Bsn, withdrawal.Person.Postcode, withdrawal.Person.House));
        Assert.Equal(MessageState.Sealed, Assert.Single(Objections.All(_school.Home)).Message);
    }

    [Fact]
    public void While_the_key_is_not_known_it_waits_and_says_so()
    {
        Delivered();
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        Assert.Equal(MessageState.Waits, Assert.Single(Objections.All(_school.Home)).Message);
        Assert.Empty(Messages());
        _office.Announce();
        Assert.Single(Messages());
        Assert.Equal(MessageState.Sealed, Assert.Single(Objections.All(_school.Home)).Message);
    }

    [Fact]
    public void Two_parents_make_one_message_and_a_second_delivery_another()
    {
        _office.Announce();
        Delivered();
        Assert.True(Objections.Record(_school.Home, "L1", by: Objector.Parent1).Ok);
        Assert.True(Objections.Record(_school.Home, "L1", by: Objector.Parent2).Ok);
        Assert.Single(Messages());
        Send();
        Assert.True(Objections.Withdraw(_school.Home, "L1", Objector.Parent1).Ok);
        Assert.True(Objections.Withdraw(_school.Home, "L1", Objector.Parent2).Ok);
        Delivered();
        Assert.Single(Messages());
        Assert.True(Objections.Record(_school.Home, "L1", by: Objector.Parent2).Ok);
        Assert.Equal(2, Messages().Length);
    }

    [Fact]
    public void A_message_that_did_not_leave_goes_when_the_objection_goes()
    {
        _office.Announce();
        Delivered();
        var slip = Objections.Record(_school.Home, "L1").Value!;
        Assert.Single(Messages());
        Assert.True(Objections.Undo(_school.Home, slip.Id).Ok);
        Assert.Empty(Messages());
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        Assert.True(Objections.Withdraw(_school.Home, "L1").Ok);
        Assert.Empty(Messages());
    }

    [Fact]
    public void What_was_sent_cannot_be_undone_any_more()
    {
        _office.Announce();
        Delivered();
        var made = Objections.Record(_school.Home, "L1").Value!;
        Send();
        Assert.Contains("already passed on", Objections.Undo(_school.Home, made.Id).Refusal!.English);
        Assert.Equal(MessageState.Sent, Assert.Single(Objections.All(_school.Home)).Message);
    }

    [Theory]
    [InlineData("received", MessageState.Received)]
    [InlineData("removed", MessageState.Answered)]
    public void The_offices_answer_is_kept_and_shown(string outcome, MessageState state)
    {
        _office.Announce();
        Delivered();
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        Send();
        var kept = _office.Say(About(), outcome).Value!;
        Assert.True(Verification.Verify(kept.File, _office.Signing.Certificate).Ok);
        Assert.True(_office.Say(About(), outcome).Ok); // safe to repeat
        Assert.Equal((state, outcome), (Objections.All(_school.Home)[0].Message, Objections.All(_school.Home)[0].Answer));
        Assert.Single(Answers.About(_school.Home, About()));
    }

    [Fact]
    public void A_message_that_the_office_could_not_take_in_is_sealed_anew()
    {
        _office.Announce();
        Delivered();
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        Send();
        var first = About();
        Assert.True(_office.Say(first, "refused-unreadable").Ok);
        Assert.Equal(MessageState.Refused, Objections.All(_school.Home)[0].Message);
        Assert.Single(Withdrawals.Seal(_school.Home));
        Assert.NotEqual(first, About());
        Assert.Equal(MessageState.Sealed, Objections.All(_school.Home)[0].Message);
        Assert.Empty(Withdrawals.Seal(_school.Home));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_message_without_an_answer_is_sealed_again_to_the_key_of_a_newer_notice(bool sent)
    {
        _office.Announce();
        Delivered();
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        if (sent) Send();
        var first = About();
        using var newer = IdentityKey.Generate();
        Assert.True(Rounds.Accept(_school.Home, _office.Put("round.json", (_office.Notice with { Edition = "2025-2", Withdrawals = newer.Recipient.ToString() }).ToJson())).Ok);
        Assert.Equal(sent ? 2 : 1, Messages().Length);
        var file = Messages().Single(f => !f.Contains(first[..16], StringComparison.Ordinal));
        using (var opened = Envelope.Open(File.ReadAllBytes(file), newer)) Assert.True(opened.Ok);
        Assert.Equal(MessageState.Sealed, Assert.Single(Objections.All(_school.Home)).Message);
        Assert.Empty(Withdrawals.Seal(_school.Home));
        Assert.Equal(sent, _office.Say(first, "removed").Ok); // an answer about the earlier message is still this school's
        // A notice of before, taken in again in other words, does not bring its key back.
        Assert.True(Rounds.Accept(_school.Home, _office.Put("round.json", (_office.Notice with { Closes = new(2025, 5, 1) }).ToJson())).Ok);
        Assert.Equal(newer.Recipient, OfficeSettings.Of(_school.Home).Withdrawals);
    }

    [Fact]
    public void A_message_that_the_office_has_is_not_sealed_again_for_a_newer_key()
    {
        _office.Announce();
        Delivered();
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        Send();
        Assert.True(_office.Say(About(), "received").Ok);
        using var newer = IdentityKey.Generate();
        Assert.True(Rounds.Accept(_school.Home, _office.Put("round.json", (_office.Notice with { Edition = "2025-2", Withdrawals = newer.Recipient.ToString() }).ToJson())).Ok);
        Assert.Single(Messages());
        Assert.Equal(MessageState.Received, Assert.Single(Objections.All(_school.Home)).Message);
    }

    [Fact]
    public void An_answer_is_refused_unless_the_office_signed_it_about_a_file_of_this_school()
    {
        Delivered();
        var about = Sent.All(_school.Home)[0].Ciphertext;
        Assert.Contains("not known", _office.Say(about, "received", "delivery").Refusal!.English);
        _office.Announce();
        using var stranger = SigningKey.Create("CBS", _school.Clock.GetUtcNow().AddDays(-1), _school.Clock.GetUtcNow().AddYears(1));
        Assert.Contains("signature", Answers.Keep(_school.Home, _office.Put("a.answer.json", _office.Answer(about, "received", "delivery").ToJson(), stranger)).Refusal!.English);
        Assert.Contains("no file", _office.Say(about, "received").Refusal!.English);
        Assert.Contains("no file", Answers.Keep(_school.Home, _office.Put("a.answer.json", (_office.Answer(about, "received", "delivery") with { School = "99XX01" }).ToJson())).Refusal!.English);
        Assert.Contains("not an answer", Answers.Keep(_school.Home, _office.Put("a.answer.json", _office.Notice.ToJson())).Refusal!.English);
        Assert.True(_office.Say(about, "linked", "delivery").Ok);
        Assert.Contains("2/3", Assert.Single(Answers.About(_school.Home, about)).Words("nl"));
    }

    public static TheoryData<string, string> Codes => [.. Answer.OutcomesOfDelivery.Select(code => ("delivery", code)), .. Answer.OutcomesOfWithdrawal.Select(code => ("withdrawal", code))];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_its_words_in_both_languages(string kind, string outcome)
    {
        var words = AnswerWords.Of(kind, outcome);
        Assert.EndsWith(".", words.Dutch, StringComparison.Ordinal);
        Assert.EndsWith(".", words.English, StringComparison.Ordinal);
        Assert.NotEqual(words.Dutch, words.English);
        Assert.Equal(words.ToDoDutch.Length == 0, words.ToDoEnglish.Length == 0);
        Assert.True(outcome.StartsWith("refused", StringComparison.Ordinal) ? words.ToDoDutch.Length > 0 : true);
    }

    void Delivered()
    {
        _school.Preview();
        var made = Approving.Deliver(_school.Home, Approving.E251, _office.Round.Recipient);
        Assert.True(made.Ok, made.Refusal?.English);
    }

    string[] Messages() => Directory.Exists(_school.Home.OutboxFolder) ? Directory.GetFiles(_school.Home.OutboxFolder, "*withdrawal*.age") : [];

    string About() => _school.Home.Store.ReadOne<string>("SELECT sha256 FROM withdrawal ORDER BY through DESC")!;

    void Send()
    {
        var folder = Path.Combine(_school.Folder, "drop");
        Directory.CreateDirectory(folder);
        Assert.True(Sending.SendWithdrawals(_school.Home, SendTarget.Folder(folder), stop: TestContext.Current.CancellationToken).GetAwaiter().GetResult().Ok);
    }

    public void Dispose()
    {
        _office.Dispose();
        _school.Dispose();
    }
}
