using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>The one thing to do next follows from what is in the store; and what the office gives by hand is recognised by its content.</summary>
public sealed class DispatchTests : IDisposable
{
    readonly TestHome _school = Approving.Ready();
    readonly PlayedOffice _office;

    public DispatchTests() => _office = new(_school);

    [Fact]
    public async Task Each_step_follows_the_one_before()
    {
        Assert.Equal((Edition.Parse("2025-1").Value, DispatchStep.Office), (Dispatch.Current(_school.Home), Step));
        _office.Announce();
        Assert.Equal(DispatchStep.Agreement, Step);
        Approving.Agree(_school.Home);
        Assert.Equal(DispatchStep.Preview, Step);
        var preview = _school.Preview();
        Assert.Equal(DispatchStep.Approval, Step);
        Assert.True(Approvals.Approve(_school.Home, Approving.E251, preview.Sha256, "A. Directeur").Ok);
        Assert.Equal(DispatchStep.Seal, Step);
        Assert.True((await Send(null)).Ok);
        Assert.Equal(DispatchStep.Send, Step);
        Assert.Contains("cannot be reached", (await Send(Path.Combine(_school.Folder, "absent"))).Refusal!.English);
        Assert.Equal(DispatchStep.Send, Step);
        Assert.True((await Send(_school.Folder)).Ok);
        Assert.Equal(DispatchStep.Receipt, Step);
        Assert.Single(OfficeFiles.Take(_school.Home, Given("99XX00.receipt", ReceiptOfLast().ToJson())).Receipts);
        Assert.Equal((DispatchStep.Done, DeliveryState.Received), (Step, State));
        Assert.Equal(ReceiptOfLast(), Receipts.Of(_school.Home, "2025-1", 1));
        Assert.True(_office.Say(Last.Ciphertext, "linked", "delivery").Ok);
        Assert.Equal((DispatchStep.Done, DeliveryState.Answered), (Step, State));
    }

    [Fact]
    public async Task A_refused_delivery_is_sealed_again_and_one_overtaken_by_an_objection_needs_a_new_preview()
    {
        Sealed();
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        Assert.Equal(DispatchStep.Preview, Step);
        Assert.True(Approvals.Approve(_school.Home, Approving.E251, _school.Preview().Sha256, "A. Directeur").Ok);
        Assert.True((await Send(_school.Folder)).Ok);
        Assert.Equal((2, DispatchStep.Receipt), (Last.Sequence, Step));
        Assert.Equal(DeliveryState.Replaced, DeliveryStates.StateOf(_school.Home, Sent.All(_school.Home)[0]));
        Assert.True(_office.Say(Last.Ciphertext, "refused-unreadable", "delivery").Ok);
        Assert.Equal((DispatchStep.Seal, DeliveryState.Refused), (Step, State));
        Assert.True((await Send(_school.Folder)).Ok);
        Assert.Equal(3, Last.Sequence);
    }

    [Fact]
    public void A_kept_receipt_that_another_hand_changed_is_none()
    {
        Sealed();
        Assert.Null(Receipts.Of(_school.Home, "2025-1", 1));
        Assert.Single(OfficeFiles.Take(_school.Home, Given("r", ReceiptOfLast().ToJson())).Receipts);
        var file = Path.Combine(_school.Home.ReceiptsFolder, "99XX00-2025-1-1.receipt.json");
        File.WriteAllBytes(file, (ReceiptOfLast() with { Received = _school.Clock.GetUtcNow().AddDays(1) }).ToJson());
        Assert.Null(Receipts.Of(_school.Home, "2025-1", 1));
    }

    [Fact]
    public void Everything_given_at_once_is_sorted_and_taken_in()
    {
        Sealed(announce: false);
        var files = Given("z.answer", _office.Answer(Last.Ciphertext, "linked", "delivery").ToJson()).Concat(Given("y.receipt", ReceiptOfLast().ToJson())).Concat(Given("round", _office.Notice.ToJson())).Reverse().ToList();
        var first = OfficeFiles.Take(_school.Home, files);
        Assert.False(first.Confirm!.Seen.Known);
        Assert.Equal(2, first.Refused.Count);
        Assert.All(first.Refused, r => Assert.Contains("does not know the office", r.Why.English));
        Assert.True(Rounds.Accept(_school.Home, first.Confirm.Given, _office.Signing.Fingerprint).Ok);
        var then = OfficeFiles.Take(_school.Home, files);
        Assert.Equal((1, 1, 1, 0), (then.Rounds.Count, then.Receipts.Count, then.Answers.Count, then.Refused.Count));
        Assert.Null(then.Confirm);
    }

    [Fact]
    public void What_is_half_or_foreign_is_refused_with_what_to_do()
    {
        _office.Announce();
        var notice = Given("round", _office.Notice.ToJson());
        Assert.Contains("signature that belongs", Refused(notice[0]));
        Assert.Contains("signature alone", Refused(notice[1]));
        Assert.Contains("no file of the office", Refused(new GivenFile("foto.jpg", [1, 2, 3])));
        Assert.Contains("no file of the office", Refused(new GivenFile("a.json", "{}"u8.ToArray()), notice[1]));
        Assert.Empty(OfficeFiles.Take(_school.Home, [new("round (1).json", notice[0].Content), new("round.p7s", notice[1].Content)]).Refused); // a browser's own numbering
        Assert.Empty(OfficeFiles.Take(_school.Home, []).Refused);
    }

    string Refused(params GivenFile[] files) => Assert.Single(OfficeFiles.Take(_school.Home, files).Refused).Why.English;

    DispatchStep Step => Dispatch.Of(_school.Home, Approving.E251).Step;

    DeliveryState? State => Dispatch.Of(_school.Home, Approving.E251).State;

    SentDelivery Last => Sent.All(_school.Home)[^1];

    void Sealed(bool announce = true)
    {
        if (announce) _office.Announce();
        _school.Preview();
        Assert.True(Approving.Deliver(_school.Home, Approving.E251, _office.Round.Recipient).Ok);
    }

    Receipt ReceiptOfLast() => new()
    {
        School = "99XX00",
        Edition = "2025-1",
        Sequence = Last.Sequence,
        Manifest = FileDigest.OfFile(Path.Combine(_school.Home.OutboxFolder, $"99XX00-2025-1-{Last.Sequence}.manifest.json")).Sha256,
        Ciphertext = Last.Ciphertext,
        Payload = Last.Payload,
        Received = _school.Clock.GetUtcNow(),
        Checkpoint = "",
    };

    GivenFile[] Given(string stem, byte[] record) => [new(stem + ".json", record), new(stem + ".p7s", Signature.Sign(record, _office.Signing))];

    Task<Outcome<SentDelivery>> Send(string? folder) =>
        Dispatching.SealAndSend(_school.Home, Approving.E251, folder is null ? null : SendTarget.Folder(folder), stop: TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _office.Dispose();
        _school.Dispose();
    }
}
