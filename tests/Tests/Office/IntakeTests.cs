using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

public sealed class IntakeTests : IDisposable
{
    readonly SmallOffice _office = new();
    readonly SmallSchool _school;
    readonly DeliveredPupil[] _pupils = [SmallOffice.Grown(Child.Of(1), 4, 10)];

    public IntakeTests()
    {
        _school = _office.School("99AA00");
        _office.Open();
    }

    public void Dispose() => _office.Dispose();

    string? Code((byte[] Manifest, byte[] Signature, byte[] Ciphertext) files) => Intake.Receive(_office.Home, files.Manifest, files.Signature, files.Ciphertext).Refusal?.Code;

    [Fact]
    public void A_delivery_is_kept_and_gets_a_receipt_that_the_office_signed()
    {
        _office.Home.Sequence();
        var (manifest, signature, ciphertext) = _office.Sealed(_school, _pupils);
        var received = Intake.Receive(_office.Home, manifest, signature, ciphertext).Value!;
        Assert.True(Signature.Check(received.Receipt, received.Signature, [_office.Home.Key.Certificate], _office.Clock.Now).Ok);
        Assert.True(Receipt.TryRead(received.Receipt, out var receipt, out _));
        Assert.Equal(FileDigest.Of(manifest).Sha256, receipt.Manifest);
        Assert.True(Checkpoint.TryParse(receipt.Checkpoint, out var checkpoint) && checkpoint.IsSignedBy(_office.Home.Key.Certificate));
        Assert.Equal(ciphertext, File.ReadAllBytes(_office.Home.At("intake", FileDigest.Of(ciphertext).Sha256 + ".age")));
    }

    [Fact]
    public void The_three_files_of_a_folder_are_taken_in()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_office.Folder, "post")).FullName;
        var (manifest, signature, ciphertext) = _office.Sealed(_school, _pupils);
        File.WriteAllBytes(Path.Combine(folder, "99AA00-2023-2-1.age"), ciphertext);
        Assert.Equal("incomplete", Intake.Receive(_office.Home, folder).Single().Outcome.Refusal!.Code);
        File.WriteAllBytes(Path.Combine(folder, "99AA00-2023-2-1.manifest.json"), manifest);
        File.WriteAllBytes(Path.Combine(folder, "99AA00-2023-2-1.manifest.p7s"), signature);
        Assert.True(Intake.Receive(_office.Home, folder).Single().Outcome.Ok);
    }

    [Fact]
    public void The_same_delivery_twice_is_one_delivery_with_one_receipt()
    {
        var files = _office.Sealed(_school, _pupils);
        var first = Intake.Receive(_office.Home, files.Manifest, files.Signature, files.Ciphertext).Value!;
        _office.Clock.Now += TimeSpan.FromHours(1);
        var second = Intake.Receive(_office.Home, files.Manifest, files.Signature, files.Ciphertext).Value!;
        Assert.Equal(first.Receipt, second.Receipt);
        Assert.Equal(first.Signature, second.Signature);
        Assert.Equal((false, true), (first.Again, second.Again));
        Assert.Equal(1, _office.Home.Database.ReadOne<long>("SELECT count(*) FROM deliveries"));
    }

    [Fact]
    public void A_higher_sequence_replaces_and_a_lower_one_is_refused()
    {
        Assert.True(_office.Deliver(_school, _pupils, 2).Ok);
        Assert.Equal("sequence", _office.Deliver(_school, _pupils, 1).Refusal!.Code);
        Assert.Equal("sequence", _office.Deliver(_school, _pupils, 2).Refusal!.Code);
        Assert.True(_office.Deliver(_school, _pupils, 3).Ok);
        Assert.Equal(["replaced", "received"], _office.Home.Database.Read<string>("SELECT state FROM deliveries ORDER BY sequence"));
    }

    [Fact]
    public void A_school_that_is_not_enrolled_is_refused()
    {
        using var key = SigningKey.Create("99ZZ00", _office.Clock.Now.AddDays(-1), _office.Clock.Now.AddDays(9));
        using var reports = IdentityKey.Generate();
        Assert.Equal("unknown-school", Code(_office.Sealed(new SmallSchool("99ZZ00", key, reports), _pupils)));
    }

    [Fact]
    public void Another_key_than_the_enrolled_one_is_refused()
    {
        using var key = SigningKey.Create("99AA00", _office.Clock.Now.AddDays(-1), _office.Clock.Now.AddDays(9));
        Assert.Equal("unknown-signer", Code(_office.Sealed(_school, _pupils, signer: key)));
    }

    [Fact]
    public void A_delivery_signed_by_another_school_is_refused() => Assert.Equal("other-school", Code(_office.Sealed(_school, _pupils, signer: _office.School("99BB00").Key)));

    [Fact]
    public void An_expired_certificate_is_refused()
    {
        var school = _office.School("99CC00", validDays: 5);
        _office.Clock.Now += TimeSpan.FromDays(6);
        Assert.Equal("certificate-expired", Code(_office.Sealed(school, _pupils)));
    }

    [Fact]
    public void A_changed_manifest_is_refused()
    {
        var (manifest, signature, ciphertext) = _office.Sealed(_school, _pupils);
        var changed = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(manifest).Replace("\"sequence\":1", "\"sequence\":9", StringComparison.Ordinal));
        Assert.Equal("signature", Code((changed, signature, ciphertext)));
        Assert.Equal("manifest", Code((manifest[..^9], signature, ciphertext)));
    }

    [Fact]
    public void A_changed_ciphertext_is_refused_and_not_kept()
    {
        var (manifest, signature, ciphertext) = _office.Sealed(_school, _pupils);
        ciphertext[^1] ^= 1;
        Assert.Equal("ciphertext", Code((manifest, signature, ciphertext)));
        Assert.False(Directory.Exists(_office.Home.At("intake")));
    }

    [Fact]
    public void Another_recipient_or_edition_than_the_open_round_is_refused()
    {
        using var other = IdentityKey.Generate();
        Assert.Equal("other-key", Code(_office.Sealed(_school, _pupils, recipient: other.Recipient)));
        Assert.Equal("no-round", Code(_office.Sealed(_school, _pupils, edition: Edition.Parse("2024-1").Value, recipient: other.Recipient)));
    }

    [Fact]
    public void A_set_of_fields_that_the_office_does_not_take_is_refused() => Assert.Equal("unknown-set", Code(_office.Sealed(_school, _pupils, set: "nco-basis/2")));

    [Fact]
    public void After_linking_the_round_is_closed_for_who_was_linked_and_after_its_review_for_all()
    {
        Assert.Null(Code(_office.Sealed(_school, _pupils)));
        Assert.True(_office.Link().Ok);
        Assert.Equal("round-closed", Code(_office.Sealed(_school, _pupils, sequence: 2)));
        Assert.Null(Code(_office.Sealed(_office.School("99CC00"), _pupils)));
        Assert.Null(Reviews.End(_office.Home, SmallOffice.E23));
        Assert.Equal("round-closed", Code(_office.Sealed(_office.School("99DD00"), _pupils)));
    }

    [Fact]
    public void A_receipt_that_was_lost_is_given_again_after_the_round_was_closed()
    {
        var (manifest, signature, ciphertext) = _office.Sealed(_school, _pupils);
        var first = Intake.Receive(_office.Home, manifest, signature, ciphertext).Value!;
        Assert.True(_office.Link().Ok && _office.Destroy().Ok);
        Assert.Equal(first.Receipt, Intake.Receive(_office.Home, manifest, signature, ciphertext).Value!.Receipt);
        Assert.Empty(Directory.GetFiles(_office.Home.At("intake")));
    }

    [Fact]
    public void A_sealed_file_under_another_manifest_is_refused()
    {
        var (manifest, signature, ciphertext) = _office.Sealed(_school, _pupils);
        Assert.True(Intake.Receive(_office.Home, manifest, signature, ciphertext).Ok);
        Assert.True(Manifest.TryRead(manifest, out var said, out _));
        var other = (said with { Sequence = 2 }).ToJson();
        Assert.Equal("resent", Code((other, Signature.Sign(other, _school.Key, _office.Clock.Now), ciphertext)));
    }

    [Fact]
    public void The_rounds_private_key_is_in_no_file()
    {
        var secrets = Directory.EnumerateFiles(_office.Home.Folder, "*", SearchOption.AllDirectories).Where(f => !f.Contains("office.db", StringComparison.Ordinal) && File.ReadAllText(f).Contains("AGE-SECRET-KEY", StringComparison.Ordinal));
        Assert.Equal([_office.Home.At("keys", "register", "identity"), _office.Home.At("keys", "withdrawals", $"{SmallOffice.E23}.key")], secrets.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_refusal_has_words_and_a_remedy()
    {
        var refusal = _office.Deliver(_school, _pupils, 1).Ok ? _office.Deliver(_school, _pupils, 1).Refusal! : null!;
        Assert.EndsWith(".", refusal.What, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notice_of_a_round_is_signed_and_names_both_keys_and_the_days()
    {
        var edition = Edition.Parse("2024-2").Value;
        var round = Rounds.Open(_office.Home, edition, "a", "b", new(2024, 6, 1), new(2024, 7, 15), "https://aanleveren.example/bestanden").Value!;
        var file = Rounds.NoticeFile(_office.Home, edition);
        Assert.True(RoundNotice.TryRead(File.ReadAllBytes(file), out var notice, out _));
        Assert.Equal((round.Recipient.ToString(), new DateOnly(2024, 6, 1), new DateOnly(2024, 7, 15), _office.Home.Key.Fingerprint), (notice.Recipient, notice.Opens, notice.Closes, notice.Certificate));
        Assert.NotEqual(notice.Recipient, notice.Withdrawals);
        Assert.True(Signature.Check(File.ReadAllBytes(file), File.ReadAllBytes(Path.ChangeExtension(file, ".p7s")), [_office.Home.Key.Certificate], _office.Home.Now).Ok);

        var later = Rounds.Open(_office.Home, Edition.Parse("2025-1").Value, "a", "b").Value!;
        Assert.True(RoundNotice.TryRead(File.ReadAllBytes(Rounds.NoticeFile(_office.Home, later.Edition)), out var next, out _));
        Assert.NotEqual(notice.Withdrawals, next.Withdrawals); // each round has its own, which is destroyed four weeks after the next
        Assert.Equal("round-days", Rounds.Open(_office.Home, Edition.Parse("2025-2").Value, "a", "b", new(2025, 7, 2), new(2025, 7, 1)).Refusal!.Code);
        Assert.Equal("round-upload", Rounds.Open(_office.Home, Edition.Parse("2025-2").Value, "a", "b", upload: "http://aanleveren.example/").Refusal!.Code);
    }

    [Fact]
    public void A_round_is_opened_once_for_two_different_people()
    {
        Assert.Equal("round-exists", Rounds.Open(_office.Home, SmallOffice.E23, "a", "b").Refusal!.Code);
        Assert.Equal("two-people", Rounds.Open(_office.Home, Edition.Parse("2024-1").Value, "a", "a").Refusal!.Code);
        if (OperatingSystem.IsLinux()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Rounds.ShareFile(_office.Home, SmallOffice.E23, 1)));
    }

    [Fact]
    public void Every_state_of_a_delivery_is_in_the_table() =>
        Assert.Equal(Enum.GetValues<DeliveryState>().Order(), DeliveryStates.Transitions.SelectMany(t => new[] { t.From, t.To }).Distinct().Order());
}
