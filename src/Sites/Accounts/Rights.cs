using Groeilijn.Sites.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Groeilijn.Sites.Accounts;

/// <summary>An exception to the rule that a reader may look and an administrator may do.</summary>
/// <param name="Page">The page as its file is called: <c>/Send</c>.</param>
/// <param name="Handler">What is done there: <c>Approve</c> for <c>OnPostApprove</c>, the empty text for <c>OnPost</c>, <c>*</c> for all of it; null for looking, <c>get:Reminders</c> where looking at <c>OnGetReminders</c> differs.</param>
/// <param name="Least">The least role that may.</param>
/// <param name="Duties">Where the site divides its work: the duties of which one is needed, whatever the role; null to go by the role.</param>
public sealed record Right(string Page, string? Handler, AccountRole Least, IReadOnlyList<string>? Duties = null)
{
    /// <summary>What who has one of these duties may do.</summary>
    public static Right For(string page, string? handler, params IReadOnlyList<string> duties) => new(page, handler, AccountRole.Reader, duties);
}

/// <summary>
/// Who may do what. The rule: every account looks at every page, only an administrator sends a form; on a site that divides its work into duties nobody does anything.
/// What differs is in one table, the site's own and that of the account pages. It is kept where a form arrives, by the very handler that was chosen; hiding a form is a courtesy.
/// </summary>
sealed class Rights(SiteOptions options, EndpointDataSource endpoints) : IAsyncPageFilter
{
    const string All = "*";

    static readonly Right[] s_own =
    [
        new("/AccountOwn", null, AccountRole.Reader),
        new("/AccountOwn", All, AccountRole.Reader),
        new("/AccountList", null, AccountRole.Administrator),
        new("/AccountList", All, AccountRole.Administrator),
        new("/AccountLog", null, AccountRole.Administrator),
    ];

    readonly List<Right> _table = [.. s_own, .. options.Accounts?.Rights ?? []];

    /// <summary>Whether an account may reach a handler of a page.</summary>
    internal bool May(Account account, string page, string method, string? handler)
    {
        var looks = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        var row = looks ? (handler is null ? null : Find(page, "get:" + handler)) ?? Find(page, null) : Find(page, handler ?? "") ?? Find(page, All);
        if (row is null) return options.Accounts is { Duties.Count: 0 } && account.Role >= (looks ? AccountRole.Reader : AccountRole.Administrator);
        return row.Duties is { } duties ? duties.Any(account.Duties.Contains) : account.Role >= row.Least;
    }

    Right? Find(string page, string? handler) =>
        _table.Find(r => string.Equals(r.Page, page, StringComparison.OrdinalIgnoreCase) && string.Equals(r.Handler, handler, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the visitor may send a form to an address; true where nobody needs an account.</summary>
    internal bool MaySend(HttpContext context, string? action)
    {
        if (options.Accounts is null || Session.Of(context) is not { } account) return true;
        var (path, query) = Split(System.Net.WebUtility.HtmlDecode(action) ?? context.Request.Path + context.Request.QueryString);
        var page = path.Length == 0 || path == context.Request.Path ? context.GetEndpoint() : endpoints.Endpoints.FirstOrDefault(e => Leads(e, path));
        return page?.Metadata.GetMetadata<PageActionDescriptor>() is not { } found || May(account, found.ViewEnginePath, HttpMethods.Post, query["handler"]);
    }

    static bool Leads(Endpoint endpoint, string path) => endpoint is RouteEndpoint route && endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null
        && new TemplateMatcher(new RouteTemplate(route.RoutePattern), new RouteValueDictionary(route.RoutePattern.Defaults)).TryMatch(path, []);

    static (string Path, IQueryCollection Query) Split(string action)
    {
        var at = action.IndexOf('?', StringComparison.Ordinal);
        return at < 0 ? (action, QueryCollection.Empty) : (action[..at], new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(action[at..])));
    }

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<ForAnybodyAttribute>() is not null) return next();
        var method = context.HandlerMethod?.HttpMethod ?? http.Request.Method;
        if (Session.Of(http) is { } account && May(account, context.ActionDescriptor.ViewEnginePath, method, context.HandlerMethod?.Name)) return next();
        context.Result = new Refused();
        return Task.CompletedTask;
    }

    /// <summary>The answer to who may not: 403, in words.</summary>
    sealed class Refused : ActionResult
    {
        public override Task ExecuteResultAsync(ActionContext context) =>
            Notice.Write(context.HttpContext, HttpMethods.IsPost(context.HttpContext.Request.Method) ? Notice.MayNotDo : Notice.MayNotSee);
    }
}
