using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>What is taken in, what is refused and in which words, and how long the keys live.</summary>
public sealed class WithdrawalIntakeTests : IDisposable
{
    readonly WithdrawalDesk _desk = new(3);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_folder_is_taken_in_and_the_same_file_twice_is_one()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_desk.Office.Folder, "drop")).FullName;
        var (signature, ciphertext) = _desk.Sealed(WithdrawalDesk.Person(Child.Of(1)));
        File.WriteAllBytes(Path.Combine(folder, "99AA00-withdrawal-0123456789abcdef.age"), ciphertext);
        Assert.Equal("incomplete", Assert.Single(Withdrawals.Receive(_desk.Home, folder)).Outcome.Refusal!.Code);
        File.WriteAllBytes(Path.Combine(folder, "99AA00-withdrawal-0123456789abcdef.p7s"), signature);
        Assert.False(Assert.Single(Withdrawals.Receive(_desk.Home, folder)).Outcome.Value!.Again);
        Assert.True(Assert.Single(Withdrawals.Receive(_desk.Home, folder)).Outcome.Value!.Again);
        Assert.Single(Withdrawals.All(_desk.Home));
        Assert.Empty(Intake.Receive(_desk.Home, folder));
    }

    [Fact]
    public void Another_schools_signature_is_refused_with_nothing_kept_and_the_school_is_told()
    {
        var other = _desk.Office.School("99BB00");
        var (_, ciphertext) = _desk.Sealed(WithdrawalDesk.Person(Child.Of(1)));
        var theirs = Signature.Sign(ciphertext, other.Key, _desk.Office.Clock.Now);
        Assert.Equal("signature", Withdrawals.Receive(_desk.Home, "99AA00", theirs, ciphertext).Refusal!.Code);
        Assert.Equal("unknown-school", Withdrawals.Receive(_desk.Home, "99CC00", theirs, ciphertext).Refusal!.Code);
        Assert.Empty(Withdrawals.All(_desk.Home));
        Assert.False(Directory.Exists(_desk.Home.At("withdrawals")));
        Assert.Equal(["refused-signature"], _desk.Told(FileDigest.Of(ciphertext).Sha256));
    }

    [Fact]
    public void What_cannot_be_opened_or_names_another_school_is_refused_in_words_and_destroyed()
    {
        using var elsewhere = IdentityKey.Generate();
        var (signature, ciphertext) = _desk.Sealed(WithdrawalDesk.Person(Child.Of(1)), to: elsewhere.Recipient);
        var (signature2, ciphertext2) = _desk.Sealed(WithdrawalDesk.Person(Child.Of(1)), inside: "99BB00");
        var unreadable = Withdrawals.Receive(_desk.Home, "99AA00", signature, ciphertext).Value!.About;
        var format = Withdrawals.Receive(_desk.Home, "99AA00", signature2, ciphertext2).Value!.About;
        Assert.Equal(2, _desk.Process().Refused);
        Assert.Equal(["received", "refused-unreadable"], _desk.Told(unreadable));
        Assert.Equal(["received", "refused-format"], _desk.Told(format));
        Assert.All(new[] { unreadable, format }, about => Assert.Equal(WithdrawalState.Destroyed, _desk.State(about)));
        Assert.Empty(Directory.GetFiles(_desk.Home.At("withdrawals")));
        Assert.Equal(6, Cohort.Rows(_desk.Home).Count);
    }

    [Fact]
    public void A_key_lives_until_28_days_after_the_next_rounds_key_exists()
    {
        var old = _desk.Newest();
        _desk.Office.Open(WithdrawalDesk.Next);
        Assert.NotEqual(old, _desk.Newest());
        var oldKey = WithdrawalKeys.KeyFile(_desk.Home, "2023-2");
        _desk.Pass(TimeSpan.FromDays(27));
        _desk.Process();
        Assert.True(File.Exists(oldKey));
        var (signature, ciphertext) = _desk.Sealed(WithdrawalDesk.Person(Child.Of(1)), to: old);
        Assert.True(Withdrawals.Receive(_desk.Home, "99AA00", signature, ciphertext).Ok);
        _desk.Process();
        Assert.Equal(0, _desk.Rows(_desk.RinOf(Child.Of(1))));

        _desk.Pass(TimeSpan.FromDays(2));
        _desk.Process();
        Assert.False(File.Exists(oldKey));
        Assert.True(File.Exists(WithdrawalKeys.KeyFile(_desk.Home, "2024-1")));
        var late = _desk.Sealed(WithdrawalDesk.Person(Child.Of(2)), to: old);
        var about = Withdrawals.Receive(_desk.Home, "99AA00", late.Signature, late.Ciphertext).Value!.About;
        _desk.Process();
        Assert.Equal(["received", "refused-unreadable"], _desk.Told(about));
        Assert.Equal(2, _desk.Rows(_desk.RinOf(Child.Of(2))));
    }

    [Fact]
    public void A_message_that_nobody_resolved_goes_back_to_the_school_when_its_key_goes()
    {
        var about = _desk.Object(Child.Of(1) with { Bsn = null, House = 88, Postcode = "9999ZZ" });
        _desk.Process();
        _desk.Office.Open(WithdrawalDesk.Next);
        _desk.Pass(TimeSpan.FromDays(29));
        _desk.Process();
        _desk.Process();
        Assert.Equal(["received", "refused-unreadable"], _desk.Told(about));
        Assert.Equal(WithdrawalState.Destroyed, _desk.State(about));
    }

    [Fact]
    public void A_salt_goes_when_no_backup_of_before_may_be_restored_and_no_earlier_round_is_left()
    {
        Terms.Set(_desk.Home, Terms.BackupDays, 30);
        _desk.Object(Child.Of(1));
        _desk.Process();
        _desk.Pass(TimeSpan.FromDays(31));
        _desk.Process();
        Assert.NotNull(Assert.Single(Tombstones.All(_desk.Home)).Salt); // the round is not destroyed yet
        Assert.True(_desk.Office.Destroy().Ok);
        _desk.Process();
        Assert.Null(Assert.Single(Tombstones.All(_desk.Home)).Salt);
        Assert.False(Tombstones.All(_desk.Home)[0].Names(_desk.RinOf(Child.Of(1))));
    }

    [Fact]
    public void Every_state_is_on_a_way_from_received_to_destroyed_and_no_other_step_is_taken()
    {
        var reached = new HashSet<WithdrawalState> { WithdrawalState.Received };
        while (WithdrawalStates.Transitions.Where(t => reached.Contains(t.From)).Select(t => t.To).ToList() is var next && next.Exists(reached.Add)) { }
        Assert.Equal(Enum.GetValues<WithdrawalState>().Order(), reached.Order());
        Assert.DoesNotContain(WithdrawalStates.Transitions, t => t.From == WithdrawalState.Destroyed);
        Assert.All(Enum.GetValues<WithdrawalState>(), state => Assert.Equal(state, WithdrawalStates.Read(state.Code())));
        _desk.Object(Child.Of(1));
        var about = Withdrawals.All(_desk.Home)[0].About;
        Assert.Throws<InvalidOperationException>(() => _desk.Home.Database.Write(t => WithdrawalStates.Move(t, about, WithdrawalState.Received, WithdrawalState.Removed)));
        Assert.Throws<InvalidOperationException>(() => _desk.Home.Database.Write(t => WithdrawalStates.Move(t, about, WithdrawalState.NeedsReview, WithdrawalState.Tombstoned)));
    }
}
