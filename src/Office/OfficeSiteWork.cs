namespace Groeilijn.Office;

/// <summary>
/// What the server does beside answering: looks in the drop folder, removes what expired, and writes what was done to the signed ledger. Each round is safe to
/// repeat; a fault of one is in the log by its kind, and the next goes on.
/// </summary>
/// <param name="home">The office's home.</param>
/// <param name="dropFolder">The folder that schools and office both reach; null when there is none.</param>
/// <param name="limits">The limits of the intake.</param>
/// <param name="night">What is done once a day; null when somebody else sees to it.</param>
/// <param name="log">Takes a line for a fault; never a name or a value.</param>
public sealed class OfficeSiteWork(OfficeHome home, string? dropFolder, UploadLimits limits, NightWork? night, Action<string>? log)
{
    readonly DropFolder? _drop = dropFolder is null ? null : new DropFolder(home, dropFolder);
    readonly Uploads _uploads = new(home, limits);

    /// <summary>Works at a pace until it is stopped.</summary>
    public async Task Run(TimeSpan pace, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(pace, home.Clock);
        try
        {
            do
            {
                Once();
                await Night(stop).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>One round.</summary>
    public void Once()
    {
        Try("drop", () => _drop?.Take());
        Try("expired", () => _uploads.RemoveExpired());
        Try("views", () => ViewLog.RemoveOld(home));
        Try("ledger", () =>
        {
            if (home.Database.ReadOne<long>("SELECT count(*) FROM ledger_outbox") > 0) home.Sequence();
        });
    }

    async Task Night(CancellationToken stop)
    {
        try { if (night is not null) await night.Look(stop).ConfigureAwait(false); }
        catch (Exception fault) when (fault is not OperationCanceledException) { Tell("night", fault); }
    }

    void Try(string what, Action step)
    {
        try { step(); }
        catch (Exception fault) when (fault is not OperationCanceledException) { Tell(what, fault); }
    }

    void Tell(string what, Exception fault) => log?.Invoke($"{OfficeHome.Text(home.Now)} work {what} {fault.GetType().Name}");
}
