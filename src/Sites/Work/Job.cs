namespace Groeilijn.Sites.Work;

/// <summary>Where a job is.</summary>
public enum JobState
{
    /// <summary>Going on.</summary>
    Running,
    /// <summary>Ended with a result.</summary>
    Done,
    /// <summary>Ended without: what was asked cannot be.</summary>
    Refused,
    /// <summary>Stopped by the visitor.</summary>
    Stopped,
    /// <summary>Broken by a fault of the program.</summary>
    Failed,
}

/// <summary>How a job stands at one moment.</summary>
/// <param name="State">Where it is.</param>
/// <param name="Part">How far, from 0 to 1; null when that is not known.</param>
/// <param name="Text">What is being done, or what went wrong.</param>
/// <param name="Remedy">What to do when it went wrong.</param>
/// <param name="Result">The path of the result, when it is done.</param>
public sealed record JobStatus(JobState State, double? Part, Spoken Text, Spoken Remedy = default, string? Result = null);

/// <summary>A piece of long work.</summary>
public sealed class Job : IDisposable
{
    static readonly Spoken s_starting = new("Het begint zo.", "About to start.");
    static readonly Spoken s_stopped = new("U hebt dit gestopt. Er is niets veranderd.", "You stopped this. Nothing was changed.");
    static readonly Spoken s_again = new("Ga terug en begin opnieuw als u wilt.", "Go back and start again if you like.");

    readonly CancellationTokenSource _stop = new();
    volatile JobStatus _status = new(JobState.Running, 0, s_starting);

    internal Job(string id, string kind, Spoken title, string back) => (Id, Kind, Title, Back) = (id, kind, title, back);

    internal string Id { get; }

    internal string Kind { get; }

    /// <summary>What is going on.</summary>
    public Spoken Title { get; }

    /// <summary>The page to go back to.</summary>
    public string Back { get; }

    /// <summary>The path of the page on which it is followed.</summary>
    public string Path => "/bezig/" + Id;

    /// <summary>How it stands.</summary>
    public JobStatus Status => _status;

    /// <summary>Whether it is going on.</summary>
    public bool Running => _status.State == JobState.Running;

    /// <summary>Asks the work to stop; what it did so far it takes back itself.</summary>
    public void Cancel()
    {
        if (Running) _stop.Cancel();
    }

    /// <summary>Forgets a job that ended.</summary>
    public void Dispose() => _stop.Dispose();

    internal void Report(double? part, Spoken text)
    {
        if (Running) _status = new(JobState.Running, part, text);
    }

    internal async Task Run(Func<JobProgress, CancellationToken, Task<JobEnd>> work, Func<Exception, string> number)
    {
        var running = Task.Run(() => work(new JobProgress(this), _stop.Token));
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _status = running switch
        {
            { IsCanceled: true } or { Exception.InnerException: OperationCanceledException } => new(JobState.Stopped, null, s_stopped, s_again),
            { Exception.InnerException: { } fault } => Failed(number(fault)),
            { Result: { Result: { } result } } => new(JobState.Done, 1, Title, Result: result),
            { Result: var refused } => new(JobState.Refused, null, refused.What, refused.Remedy),
        };
    }

    static JobStatus Failed(string number) => new(JobState.Failed, null,
        new($"Er ging iets mis in het programma. Dit ligt niet aan u. Het nummer van deze fout is {number}.", $"Something went wrong in the program. This is not your mistake. The number of this fault is {number}."),
        new("Probeer het nog een keer. Gebeurt het weer? Geef dan dit nummer door aan wie het programma beheert.", "Try once more. Does it happen again? Then give this number to whoever looks after the program."));
}
