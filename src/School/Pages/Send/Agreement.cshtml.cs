using Groeilijn.Education;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>What the form of the agreement holds.</summary>
public sealed record AgreementForm(string? Signer, DateOnly? Signed, string? First, string? Last)
{
    const int Before = 2, After = 8;

    /// <summary>The years around the first.</summary>
    public required IReadOnlyList<Choice> Years { get; init; }

    /// <summary>An empty form, for the school year of an edition.</summary>
    public static AgreementForm For(Edition edition) => new(null, null, edition.SchoolYear.ToString(), edition.SchoolYear.ToString()) { Years = YearsOf(edition) };

    /// <summary>The school years to choose from.</summary>
    public static IReadOnlyList<Choice> YearsOf(Edition edition) => [.. Enumerable.Range(edition.SchoolYear.Start - Before, Before + After).Select(start => new SchoolYear(start).ToString()).Select(year => new Choice(year, year))];
}

/// <summary>The board's agreement: record it, replace it, take it back.</summary>
public sealed class SendAgreementPage(SchoolHome home) : SitePage
{
    /// <summary>Who signed.</summary>
    [BindProperty]
    public string? Signer { get; set; }

    /// <summary>The day.</summary>
    [BindProperty]
    public DateOnly? Signed { get; set; }

    /// <summary>The first school year.</summary>
    [BindProperty]
    public string? First { get; set; }

    /// <summary>The last school year.</summary>
    [BindProperty]
    public string? Last { get; set; }

    /// <summary>Whether taking it back was meant.</summary>
    [BindProperty]
    public bool Sure { get; set; }

    /// <summary>The agreement that holds; null when there is none.</summary>
    public Agreement? Agreement => Approvals.AgreementOf(home);

    /// <summary>The form, as it was filled in.</summary>
    public AgreementForm Form
    {
        get
        {
            var empty = AgreementForm.For(Dispatch.Current(home));
            return empty with { Signer = Signer, Signed = Signed, First = First ?? empty.First, Last = Last ?? empty.Last };
        }
    }

    /// <summary>Records it.</summary>
    public IActionResult OnPost()
    {
        if (Signed is null && ModelState[nameof(Signed)] is not { Errors.Count: > 0 }) Wrong(nameof(Signed), "Vul de dag in waarop het bestuur tekende.", "Fill in the day on which the board signed.");
        if (SchoolYear.Parse(First).OrNull is not { } first || SchoolYear.Parse(Last).OrNull is not { } last) return BadRequest();
        if (ModelState.IsValid && Approvals.RecordAgreement(home, Signer ?? "", Signed!.Value, first, last).Refusal is { } no)
        {
            var field = no == Refusals.NotAName ? nameof(Signer) : no == Refusals.SignedInFuture ? nameof(Signed) : nameof(Last);
            Wrong(field, PageWords.Whole(no).Dutch, PageWords.Whole(no).English);
        }
        if (!ModelState.IsValid) return Page();
        Done("Het akkoord van het bestuur is vastgelegd.", "The board's agreement was recorded.");
        return Go("/send");
    }

    /// <summary>Takes it back.</summary>
    public IActionResult OnPostWithdraw()
    {
        if (!Sure)
        {
            Wrong(nameof(Sure), "Zet een vinkje als u dit zeker weet.", "Tick the box if you are sure.");
            return Page();
        }
        if (Approvals.WithdrawAgreement(home).Refusal is { } no)
        {
            Wrong("", PageWords.Whole(no).Dutch, PageWords.Whole(no).English);
            return Page();
        }
        Done("Het akkoord van het bestuur is ingetrokken. Er wordt niets meer verzegeld.", "The board's agreement was taken back. Nothing is sealed any more.");
        return Go("/send");
    }
}
