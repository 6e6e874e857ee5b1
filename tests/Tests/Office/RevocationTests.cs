using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>A school lost its computer: what came before stays, what comes after is refused, and a new key puts things right.</summary>
public sealed class RevocationTests : IDisposable
{
    readonly SmallOffice _office = new();
    readonly SmallSchool _school;
    readonly DeliveredPupil[] _pupils = [SmallOffice.Grown(Child.Of(1), 4, 10)];

    public RevocationTests()
    {
        _school = _office.School("99AA00");
        _office.Open();
    }

    public void Dispose() => _office.Dispose();

    string? Code((byte[] Manifest, byte[] Signature, byte[] Ciphertext) files) => Intake.Receive(_office.Home, files.Manifest, files.Signature, files.Ciphertext).Refusal?.Code;

    [Fact]
    public void What_was_received_before_stays_and_what_comes_after_is_refused()
    {
        var before = Intake.Receive(_office.Home, _office.Sealed(_school, _pupils) is var files ? files.Manifest : [], files.Signature, files.Ciphertext).Value!;
        _office.Clock.Now += TimeSpan.FromHours(1);
        var revoked = Revocations.Revoke(_office.Home, "99AA00").Value!;
        Assert.Equal(SigningKey.FingerprintOf(_school.Key.Certificate), revoked.Fingerprint);
        Assert.Equal([before.Manifest.Ciphertext.Sha256], revoked.Doubtful);

        Assert.Equal("certificate-revoked", Code(_office.Sealed(_school, _pupils, 2)));
        Assert.Equal("certificate-revoked", Code(files)); // also the same again: who holds the stolen key learns nothing new
        Assert.Equal(["received"], _office.Home.Database.Read<string>("SELECT state FROM deliveries"));
        Assert.True(_office.Link().Ok);
        Assert.Equal(["linked"], _office.Home.Database.Read<string>("SELECT state FROM deliveries"));
    }

    [Fact]
    public void Only_what_came_since_the_loss_is_doubtful()
    {
        Assert.True(_office.Deliver(_school, _pupils).Ok);
        _office.Clock.Now += TimeSpan.FromDays(3);
        var late = _office.Deliver(_school, _pupils, 2).Value!;
        var lost = DateOnly.FromDateTime(_office.Clock.Now.UtcDateTime).AddDays(-1);
        Assert.Equal("revoked-day", Revocations.Revoke(_office.Home, "99AA00", lost.AddDays(5)).Refusal!.Code);
        Assert.Equal([late.Manifest.Ciphertext.Sha256], Revocations.Revoke(_office.Home, "99AA00", lost).Value!.Doubtful);
    }

    [Fact]
    public void A_new_enrolment_takes_its_place_and_the_old_certificate_stays_refused()
    {
        Assert.True(Revocations.Revoke(_office.Home, "99AA00").Ok);
        Assert.Equal("certificate-revoked", Schools.Enrol(_office.Home, _school.Enrolment, Province.Parse("PV26").Value).Refusal!.Code);

        using var key = SigningKey.Create("99AA00", _office.Clock.Now.AddDays(-1), _office.Clock.Now.AddDays(900));
        var renewed = new SmallSchool("99AA00", key, _school.Reports);
        Assert.True(Schools.Enrol(_office.Home, renewed.Enrolment, Province.Parse("PV26").Value).Ok);
        Assert.Equal("certificate-revoked", Code(_office.Sealed(renewed, _pupils, signer: _school.Key)));
        Assert.Null(Code(_office.Sealed(renewed, _pupils)));
        Assert.Equal("certificate-revoked", Code(_office.Sealed(renewed, _pupils, 2, signer: _school.Key)));
    }

    [Fact]
    public void It_is_done_once_for_a_school_that_exists_and_another_school_goes_on()
    {
        var other = _office.School("99BB00");
        Assert.Equal("unknown-school", Revocations.Revoke(_office.Home, "99ZZ00").Refusal!.Code);
        Assert.True(Revocations.Revoke(_office.Home, "99AA00").Ok);
        Assert.Equal("revoked-before", Revocations.Revoke(_office.Home, "99AA00").Refusal!.Code);
        Assert.True(_office.Deliver(other, _pupils).Ok);
        // A revoked school's signature under another's manifest is refused by the graver reason.
        Assert.Equal("certificate-revoked", Code(_office.Sealed(other, _pupils, 2, signer: _school.Key)));
    }

    [Fact]
    public void An_objection_that_the_lost_computer_passes_on_is_refused_too()
    {
        Assert.True(Object([1, 2, 3]).Ok);
        Assert.True(Revocations.Revoke(_office.Home, "99AA00").Ok);
        Assert.Equal("certificate-revoked", Object([4, 5, 6]).Refusal!.Code);
        Assert.Equal(1, _office.Home.Database.ReadOne<long>("SELECT count(*) FROM withdrawals WHERE state = 'received'"));

        Groeilijn.Storage.Outcome<ReceivedWithdrawal> Object(byte[] ciphertext) => Withdrawals.Receive(_office.Home, "99AA00", Signature.Sign(ciphertext, _school.Key, _office.Clock.Now), ciphertext);
    }

    [Fact]
    public void A_broken_signature_is_called_broken_whoever_made_it()
    {
        Assert.True(Revocations.Revoke(_office.Home, "99AA00").Ok);
        var (manifest, signature, ciphertext) = _office.Sealed(_school, _pupils);
        signature[^1] ^= 1;
        Assert.Equal("signature", Code((manifest, signature, ciphertext)));
    }

    [Fact]
    public void A_certificate_that_is_not_valid_yet_is_refused()
    {
        using var key = SigningKey.Create("99CC00", _office.Clock.Now.AddDays(2), _office.Clock.Now.AddDays(900));
        using var reports = IdentityKey.Generate();
        var early = new SmallSchool("99CC00", key, reports);
        Assert.True(Schools.Enrol(_office.Home, early.Enrolment, Province.Parse("PV26").Value).Ok);
        Assert.Equal("certificate-not-yet-valid", Code(_office.Sealed(early, _pupils)));
        _office.Clock.Now += TimeSpan.FromDays(2);
        Assert.Null(Code(_office.Sealed(early, _pupils)));
    }

    [Fact]
    public void The_ledger_tells_when_and_since_when()
    {
        Assert.True(Revocations.Revoke(_office.Home, "99AA00", new(2023, 6, 28)).Ok);
        _office.Home.Sequence();
        var entry = _office.Home.Ledger.Entries().Select(e => LedgerEntry.TryRead(e, out var read, out _) ? read : null!).Single(e => e.Step == "revoked");
        Assert.Equal(["certificate", "lost", "school"], entry.Facts.Select(f => f.Name));
        Assert.Equal(_office.Clock.Now, entry.Time);
    }
}
