using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.Office.Pages;

/// <summary>One report that a check holds: what was found, and the board's permission to look at it, which two people enter.</summary>
public sealed class HeldReportPage(OfficeHome home, People people) : RoundPageBase(home)
{
    /// <summary>The school in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "school")] public string? School { get; set; }

    /// <summary>Who at the board gave the permission.</summary>
    [BindProperty] public string? By { get; set; }

    /// <summary>The day of the board's letter.</summary>
    [BindProperty] public DateOnly? Given { get; set; }

    /// <summary>The last day.</summary>
    [BindProperty] public DateOnly? Until { get; set; }

    /// <summary>The held report.</summary>
    public HeldReport? Held => SchoolReports.Held(Home, Edition).FirstOrDefault(one => one.School == School);

    /// <summary>The permission that was entered and not ended.</summary>
    public LookPermission? Permission => ReportLooks.Permission(Home, Edition, School!);

    /// <summary>Why nobody may look now; null when somebody may.</summary>
    public Spoken? Refused => ReportLooks.Refused(Home, Edition, School!) is { } no ? OfficeWords.Of(no) : null;

    /// <summary>Whether people have accounts, so that two of them can agree here.</summary>
    public bool ByAccounts => people.Any;

    /// <summary>Whether the visitor may use a handler.</summary>
    public bool May(string handler) => OfficeDuties.May(HttpContext, "/HeldReport", handler);

    /// <summary>Whether the visitor may look at the page itself.</summary>
    public bool MayOpen => MayLook("/HeldReportShown");

    string Here => At($"/reports/{School}");

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        if (context.Result is null && Schools.Find(Home, School ?? "") is null) context.Result = NotFound();
    }

    public void OnGet() => (Given, Until) = (Today, Today.AddDays(14));

    /// <summary>Enters a permission, as the first person.</summary>
    public IActionResult OnPostPermit()
    {
        if (Me is not { } me) return Go(Here);
        if (ReportLooks.Permit(Home, Edition, School!, By ?? "", Given ?? default, Until ?? default, new(me.Name, me.Id)) is { } no)
        {
            Refuse(no, no.Code switch { "permission-who" => nameof(By), "permission-days" => nameof(Until), _ => "" });
            return Page();
        }
        Done("De toestemming is vastgelegd. Een controleur moet instemmen, met een eigen account.", "The permission was entered. A checker must agree, with an account of their own.");
        return Go(Here);
    }

    /// <summary>Agrees, as the second person.</summary>
    public IActionResult OnPostAgree()
    {
        if (Me is not { } me) return Go(Here);
        if (ReportLooks.Agree(Home, Edition, School!, new(me.Name, me.Id)) is { } no)
        {
            Refuse(no);
            return Page();
        }
        Done("Twee mensen hebben ingestemd. Tot en met de laatste dag mag een analist kijken.", "Two people agreed. Until the last day an analyst may look.");
        return Go(Here);
    }

    /// <summary>Ends the permission.</summary>
    public IActionResult OnPostEnd()
    {
        ReportLooks.End(Home, Edition, School!);
        Done("De toestemming is beëindigd.", "The permission was ended.");
        return Go(Here);
    }
}
