using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Hosting;

namespace Groeilijn.Sites.Work;

/// <summary>A job's progress as it happens, for the script of its page: an event when something changed, the last when it ended.</summary>
static class JobStream
{
    static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);

    internal static Results<ServerSentEventsResult<string>, NotFound> Follow(string id, Jobs jobs, Speech speech, IHostApplicationLifetime lifetime, TimeProvider clock, CancellationToken left) =>
        jobs.Find(id) is { } job ? TypedResults.ServerSentEvents(Events(job, speech.Language, clock, lifetime.ApplicationStopping, left)) : TypedResults.NotFound();

    static async IAsyncEnumerable<string> Events(Job job, string language, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken left)
    {
        using var timer = new PeriodicTimer(s_pace, clock);
        JobStatus? told = null;
        while (!stopping.IsCancellationRequested)
        {
            var now = job.Status;
            if (now != told) yield return JsonSerializer.Serialize(new { text = now.Text.In(language), percent = now.Part is { } part ? (int?)Math.Round(part * 100) : null, ended = now.State != JobState.Running });
            if (now.State != JobState.Running) yield break;
            told = now;
            await timer.WaitForNextTickAsync(left);
        }
    }
}
