using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.Sites.Pages;

/// <summary>Where long work is followed: refreshed by the browser, or by script as it happens; on to the result when it is done.</summary>
public sealed class JobPage(Jobs jobs) : SitePage
{
    /// <summary>The work.</summary>
    public Job Job { get; private set; } = null!;

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (jobs.Find((string)context.RouteData.Values["id"]!) is { } job) Job = job;
        else context.Result = NotFound();
    }

    /// <summary>The page, or on to the result.</summary>
    public IActionResult OnGet() => Job.Status.Result is { } result ? Go(result) : Page();

    /// <summary>Stops the work.</summary>
    public IActionResult OnPostCancel()
    {
        Job.Cancel();
        return Go(Job.Path);
    }
}
