using System.Security.Cryptography;

namespace Groeilijn.Sites.Work;

/// <summary>
/// Work that takes longer than a visitor should wait for a page: started by a form, followed on a page of its own, one at a time of each
/// kind. It goes on when the visitor leaves, and ends with the program; nothing of it is on disk.
/// </summary>
public sealed class Jobs : IDisposable
{
    const int Kept = 40;

    readonly Lock _lock = new();
    readonly List<Job> _jobs = [];
    readonly Func<Exception, string> _number;

    internal Jobs(Func<Exception, string> number) => _number = number;

    /// <summary>Starts work, or gives the work of this kind that is going on already. Send the visitor to <see cref="Job.Path"/>.</summary>
    /// <param name="kind">Of each kind one runs at a time: <c>import</c>.</param>
    /// <param name="title">What is going on: "Export inlezen".</param>
    /// <param name="back">The page to go back to when it was stopped or refused: <c>/inlezen</c>.</param>
    /// <param name="work">The work. It reports where it is, heeds the token and says where its result is, or why there is none.</param>
    public Job Start(string kind, Spoken title, string back, Func<JobProgress, CancellationToken, Task<JobEnd>> work)
    {
        lock (_lock)
        {
            if (_jobs.Find(j => j.Kind == kind && j.Running) is { } already) return already;
            var job = new Job(RandomNumberGenerator.GetHexString(16, lowercase: true), kind, title, back);
            if (_jobs.Count >= Kept && _jobs.FindIndex(j => !j.Running) is >= 0 and var oldest)
            {
                _jobs[oldest].Dispose();
                _jobs.RemoveAt(oldest);
            }
            _jobs.Add(job);
            _ = job.Run(work, _number);
            return job;
        }
    }

    /// <summary>A job by its id; null when it is not known (any more).</summary>
    public Job? Find(string id)
    {
        lock (_lock) return _jobs.Find(j => j.Id == id);
    }

    /// <summary>The job of a kind that is going on; null when there is none.</summary>
    public Job? Running(string kind)
    {
        lock (_lock) return _jobs.Find(j => j.Kind == kind && j.Running);
    }

    /// <summary>Stops what is going on.</summary>
    public void Dispose()
    {
        lock (_lock) _jobs.ForEach(j => j.Cancel());
    }
}

/// <summary>How a job ended: at the address of its result, or refused with what is wrong and what to do.</summary>
public sealed record JobEnd
{
    internal string? Result { get; private init; }
    internal Spoken What { get; private init; }
    internal Spoken Remedy { get; private init; }

    /// <summary>Done; the result is at this path: <c>/controleren</c>.</summary>
    public static JobEnd At(string path) => new() { Result = path };

    /// <summary>Not done: what is wrong, and what to do.</summary>
    public static JobEnd Refused(Spoken what, Spoken remedy) => new() { What = what, Remedy = remedy };
}

/// <summary>Where a job reports how far it is.</summary>
public sealed class JobProgress
{
    readonly Job _job;

    internal JobProgress(Job job) => _job = job;

    /// <summary>Says what is being done.</summary>
    /// <param name="part">How far, from 0 to 1; null when that is not known.</param>
    /// <param name="dutch">What is being done. No value of a pupil.</param>
    /// <param name="english">The same in English.</param>
    public void At(double? part, string dutch, string english) => _job.Report(part, new(dutch, english));
}
