using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>The yes of board and head, for tests that are about something else.</summary>
static class Approving
{
    public static readonly Edition E251 = Edition.Parse("2025-1").Value;

    public static void Agree(SchoolHome home) =>
        Assert.True(Approvals.RecordAgreement(home, "voorzitter", new(2025, 1, 15), new SchoolYear(2023), new SchoolYear(2027)).Ok);

    /// <summary>Agrees and approves as far as there is something to approve, then seals.</summary>
    public static Outcome<SealedDelivery> Deliver(SchoolHome home, Edition edition, RecipientKey? round)
    {
        if (Approvals.AgreementOf(home) is null) Agree(home);
        if (Preview.Of(home, edition) is { } preview) Assert.True(Approvals.Approve(home, edition, preview.Sha256, "A. Directeur").Ok);
        return Seal.Deliver(home, edition, round);
    }

    /// <summary>A school with three pupils whose parents were informed.</summary>
    public static TestHome Ready()
    {
        var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        school.Inform();
        return school;
    }

    /// <summary>A school that sealed its delivery.</summary>
    public static TestHome Delivered(RecipientKey round)
    {
        var school = Ready();
        school.Preview();
        var made = Deliver(school.Home, E251, round);
        Assert.True(made.Ok, made.Refusal?.English);
        return school;
    }
}

/// <summary>The office of a test: it signs, and it holds the keys for deliveries and withdrawals.</summary>
sealed class PlayedOffice : IDisposable
{
    readonly TestHome _school;

    public PlayedOffice(TestHome school)
    {
        _school = school;
        Signing = SigningKey.Create("CBS", school.Clock.GetUtcNow().AddDays(-1), school.Clock.GetUtcNow().AddYears(20));
    }

    public SigningKey Signing { get; }
    public IdentityKey Round { get; } = IdentityKey.Generate();
    public IdentityKey Withdrawals { get; } = IdentityKey.Generate();

    public RoundNotice Notice => new()
    {
        Edition = "2025-1",
        Recipient = Round.Recipient.ToString(),
        Withdrawals = Withdrawals.Recipient.ToString(),
        Opens = new(2025, 3, 1),
        Closes = new(2025, 4, 15),
        Certificate = Signing.Fingerprint,
    };

    /// <summary>Writes a record with its signature beside it.</summary>
    public string Put(string name, byte[] record, SigningKey? by = null)
    {
        _school.File(Path.ChangeExtension(name, ".p7s"), Signature.Sign(record, by ?? Signing));
        return _school.File(name, record);
    }

    /// <summary>The school takes the round in, having heard the fingerprint.</summary>
    public void Announce() => Assert.True(Rounds.Accept(_school.Home, Put("round.json", Notice.ToJson()), SigningKey.Aloud(Signing.Fingerprint)).Ok);

    /// <summary>An answer about a sealed file.</summary>
    public Answer Answer(string about, string outcome, string kind = "withdrawal") => new()
    {
        School = "99XX00",
        About = about,
        Kind = kind,
        Outcome = outcome,
        Counts = outcome == "linked" ? new(3, 2) : null,
        At = _school.Clock.GetUtcNow(),
        Checkpoint = "",
    };

    public Outcome<AnswerKept> Say(string about, string outcome, string kind = "withdrawal") => Answers.Keep(_school.Home, Put("a.answer.json", Answer(about, outcome, kind).ToJson()));

    public void Dispose()
    {
        Signing.Dispose();
        Round.Dispose();
        Withdrawals.Dispose();
    }
}
