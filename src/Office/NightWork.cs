namespace Groeilijn.Office;

/// <summary>
/// What is done once a day at a fixed hour, so that the moment tells nobody whom it was about: withdrawals are carried out and answered, in a guarded process of
/// their own, and the days that are over enter the public log. A night that was missed is made up for at the first look; one that failed is tried again the next day.
/// </summary>
/// <param name="home">The office's home.</param>
/// <param name="program">Runs the steps that open identities.</param>
/// <param name="hour">The hour, UTC.</param>
/// <param name="log">Takes a line for what was done or went wrong; never a name or a value.</param>
public sealed class NightWork(OfficeHome home, OfficeProgram program, int hour, Action<string>? log)
{
    DateOnly _tried;

    /// <summary>Does a night's work when its hour has come and it was not done yet.</summary>
    /// <returns>Whether it was its time.</returns>
    public async Task<bool> Look(CancellationToken stop)
    {
        var now = home.Now.UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        if (now.Hour < hour || _tried == today || !Open(today)) return false;
        _tried = today;
        var withdrawn = await program.Run(["withdraw"], stop).ConfigureAwait(false);
        Tell("withdraw", withdrawn.Ok ? "done" : withdrawn.Refusal);
        PublicLog.Publish(home);
        Tell("log", "published");
        return true;
    }

    /// <summary>Whether a day that is over is not in the public log, or a withdrawal of before today waits: what was done by hand is not done again.</summary>
    bool Open(DateOnly today) => PublicLog.IsBehind(home)
        || Withdrawals.All(home).Any(w => w.State == WithdrawalState.Received && DateOnly.FromDateTime(w.Received.UtcDateTime) < today);

    void Tell(string what, string outcome) => log?.Invoke($"{OfficeHome.Text(home.Now)} night {what} {outcome}");
}
