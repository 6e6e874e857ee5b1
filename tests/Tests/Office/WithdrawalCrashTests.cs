using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>Stopped between any two steps, a run goes on the next day and ends as if nothing had happened.</summary>
public sealed class WithdrawalCrashTests
{
    sealed class Stopped : Exception;

    [Fact]
    public void A_run_that_is_stopped_between_any_two_steps_goes_on_and_ends_the_same()
    {
        var steps = 0;
        for (var stopAt = 1; ; stopAt++)
        {
            using var desk = new WithdrawalDesk(3);
            var rin = desk.RinOf(Child.Of(2));
            var abouts = new[] { desk.Object(Child.Of(2)), desk.Object(Child.Of(40)) };
            var taken = 0;
            var stopped = false;
            try { Assert.True(Withdrawals.Process(desk.Home, null, _ => { if (++taken == stopAt) throw new Stopped(); }).Ok); }
            catch (Stopped) { stopped = true; }
            if (!stopped)
            {
                steps = taken;
                break;
            }
            desk.Office.Reopen();
            desk.Pass(TimeSpan.FromDays(1));
            desk.Process();
            Assert.True(desk.Office.Destroy().Ok);
            desk.Process();
            Assert.True((0, 0L) == (desk.Rows(rin), desk.ProjectRows(rin)), $"stopped at step {stopAt}");
            Assert.Equal(("removed", "removed"), (desk.Places(abouts[0])["cohort"], desk.Places(abouts[0])["project/maths"]));
            Assert.All(abouts, about => Assert.Equal(["received", "removed"], desk.Told(about)));
            Assert.All(abouts, about => Assert.Equal(WithdrawalState.Destroyed, desk.State(about)));
            Assert.Empty(desk.FilesWith(rin.Text));
            Assert.Equal(2, Directory.GetFiles(desk.Home.At("projects")).Length);
            Assert.Equal(Cohort.Parts(desk.Home).Count, Directory.GetFiles(desk.Home.At("cohort"), "*", SearchOption.AllDirectories).Length);
            Assert.Equal(4, Cohort.Rows(desk.Home).Count);
        }
        Assert.True(steps >= 12, $"{steps} steps");
    }
}
