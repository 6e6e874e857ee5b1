using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Groeilijn.School.Pages;

/// <summary>Until a school is enrolled every page leads to the one where that is done: no other has a home to show.</summary>
sealed class FirstStart(Door door) : IResourceFilter
{
    const string Page = "/Enrol/Index";

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (door.Home is null && context.ActionDescriptor is PageActionDescriptor { ViewEnginePath: not Page })
            context.Result = new RedirectResult($"/{context.RouteData.Values["language"]}/enrol");
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
