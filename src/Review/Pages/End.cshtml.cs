using Groeilijn.Office;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;

namespace Groeilijn.Review.Pages;

/// <summary>The end: the key is forgotten, what was decided is said, the program stops.</summary>
public sealed class EndPage(ReviewRoom room, IHostApplicationLifetime lifetime) : SitePage
{
    /// <summary>Time for the browser to fetch the last page.</summary>
    static readonly TimeSpan s_last = TimeSpan.FromSeconds(2);

    /// <summary>The round.</summary>
    public ReviewRoom Room => room;

    /// <summary>Where the round is.</summary>
    public RoundState State { get; private set; }

    /// <summary>How the review stands.</summary>
    public ReviewStatus Review { get; private set; } = null!;

    /// <summary>Without the form there is nothing to end.</summary>
    public IActionResult OnGet() => Go("/");

    /// <summary>Ends.</summary>
    public IActionResult OnPost()
    {
        room.End();
        room.Forget();
        (State, Review) = (Rounds.Find(room.Home, room.Edition)!.State, Reviews.Status(room.Home, room.Edition)!);
        Response.OnCompleted(() =>
        {
            _ = Task.Delay(s_last, CancellationToken.None).ContinueWith(_ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return Task.CompletedTask;
        });
        return Page();
    }
}
