using Groeilijn.Sites.Accounts;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.Office;

/// <summary>A line of the log of views.</summary>
public sealed record ViewLine(DateTimeOffset At, long? Account, string Page, string Object);

/// <summary>
/// Who looked at what and who did what: account, moment, page, and which round or school. Written before the page is made, so that nothing is shown that is not
/// logged. Never a form, a query or a value. Lines are kept for a year.
/// </summary>
public sealed class ViewLog(OfficeHome home) : IPageFilter
{
    /// <summary>How long a line is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(366);

    static readonly string[] s_objects = ["edition", "school"];

    /// <summary>How many lines there are.</summary>
    public static int Count(OfficeHome home) => (int)home.Database.ReadOne<long>("SELECT count(*) FROM views");

    /// <summary>Lines, the newest first.</summary>
    public static IReadOnlyList<ViewLine> Read(OfficeHome home, int skip, int take) =>
        [.. home.Database.Read<(string At, long? Account, string Page, string Object)>("SELECT at, account, page, object FROM views ORDER BY number DESC LIMIT @take OFFSET @skip", new { take, skip })
            .Select(row => new ViewLine(OfficeHome.Time(row.At), row.Account, row.Page, row.Object))];

    /// <summary>Removes the lines that were kept long enough.</summary>
    public static void RemoveOld(OfficeHome home) => home.Database.Write(t => t.Execute("DELETE FROM views WHERE at < @before", new { before = OfficeHome.Text(home.Now - Kept) }));

    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var handler = context.HandlerMethod is { } method && (method.Name is not null || method.HttpMethod == "Post") ? $" {method.HttpMethod.ToUpperInvariant()} {method.Name}".TrimEnd() : "";
        var about = string.Join(' ', s_objects.Select(name => context.RouteData.Values[name] as string).OfType<string>().Select(text => text.Length <= 12 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? text : "-"));
        home.Database.Write(t => Add(t, OfficeHome.Text(home.Now), context.HttpContext.Features.Get<Account>()?.Id, context.ActionDescriptor.ViewEnginePath + handler, about));
    }

    /// <summary>Adds a line in a step of the caller.</summary>
    internal static void Add(Storage.Transaction t, string at, long? account, string page, string about) => t.Execute("INSERT INTO views (at, account, page, object) VALUES (@at, @account, @page, @about)", new { at, account, page, about });

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
}
