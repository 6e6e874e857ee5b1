using System.Globalization;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.School.Pages;

/// <summary>All pupils at whom one rule was broken. Names are searched by POST: an address reaches the browser's history.</summary>
public sealed class CheckRulePage(SchoolHome home) : SitePage
{
    const int PerPage = 50;

    /// <summary>A part of a name.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>The page of the list, from 1.</summary>
    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    /// <summary>The rule with its pupils.</summary>
    public ToDo Item { get; private set; } = null!;

    /// <summary>The pupils on this page of the list.</summary>
    public IReadOnlyList<PupilFound> Shown { get; private set; } = [];

    /// <summary>How many pages there are.</summary>
    public int Pages { get; private set; }

    /// <summary>Whether a search field helps.</summary>
    public bool IsLong => Item.Pupils.Count > PerPage / 5;

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var code = (string)context.RouteData.Values["code"]!;
        if (School.Check.Run(home, Education.Edition.Of(home.Today)).ToDo.FirstOrDefault(t => t.Rule.Code == code) is { } item) Item = item;
        else context.Result = Go("/check");
    }

    /// <summary>A page of the list.</summary>
    public void OnGet() => Show(Item.Pupils);

    /// <summary>Who is called so.</summary>
    public void OnPost()
    {
        Number = 1;
        Show([.. Item.Pupils.Where(p => CultureInfo.InvariantCulture.CompareInfo.IndexOf(p.Called, (Name ?? "").Trim(), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0)]);
    }

    void Show(IReadOnlyList<PupilFound> pupils)
    {
        Pages = Math.Max(1, (pupils.Count + PerPage - 1) / PerPage);
        Number = Math.Clamp(Number, 1, Pages);
        Shown = [.. pupils.OrderBy(p => p.Called, StringComparer.OrdinalIgnoreCase).Skip((Number - 1) * PerPage).Take(PerPage)];
    }
}
