using Groeilijn.Sites;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>What is erased when and why, what is due now, and the terms.</summary>
public sealed class RetentionPage(SchoolHome home, Jobs jobs) : SitePage
{
    const int MostYears = 50;

    /// <summary>Whether erasing was meant.</summary>
    [BindProperty]
    public bool Sure { get; set; }

    /// <summary>Years for each kind, in order.</summary>
    [BindProperty]
    public int? Pupils { get; set; }

    /// <summary>See <see cref="RetentionKind.SentLines"/>.</summary>
    [BindProperty]
    public int? SentLines { get; set; }

    /// <summary>See <see cref="RetentionKind.Objections"/>.</summary>
    [BindProperty]
    public int? AllObjections { get; set; }

    /// <summary>See <see cref="RetentionKind.Previews"/>.</summary>
    [BindProperty]
    public int? Previews { get; set; }

    /// <summary>See <see cref="RetentionKind.Letters"/>.</summary>
    [BindProperty]
    public int? AllLetters { get; set; }

    /// <summary>How many things were erased just now.</summary>
    [BindProperty(SupportsGet = true, Name = "erased")]
    public int? Erased { get; set; }

    /// <summary>What has a date, the first first.</summary>
    public IReadOnlyList<RetentionItem> Plan => Retention.Plan(home);

    /// <summary>Whether a term was filled in wrongly: then its field must be in sight.</summary>
    public bool TermsWrong => !ModelState.IsValid && ModelState[nameof(Sure)] is not { Errors.Count: > 0 };

    /// <summary>The terms in words.</summary>
    public IReadOnlyList<string> Terms => [.. Enum.GetValues<RetentionKind>().Select(kind => RetentionTerms.Of(home).Words(kind, Language))];

    /// <summary>The page.</summary>
    public void OnGet() => Fill();

    /// <summary>Erases what is due.</summary>
    public IActionResult OnPostErase()
    {
        Fill();
        if (Sure)
            return Go(jobs.Start("erase", new("Wissen wat voorbij zijn termijn is", "Erasing what is past its term"), "/retention", (progress, _) =>
            {
                progress.At(null, "De gegevens worden gewist.", "The data are being erased.");
                return Task.FromResult(JobEnd.At(FormattableString.Invariant($"/retention?erased={Retention.Run(home).Sum(item => item.Count)}")));
            }).Path);
        Wrong(nameof(Sure), "Zet een vinkje als u dit zeker weet. Wissen kan niet ongedaan worden gemaakt.", "Tick the box if you are sure. Erasing cannot be undone.");
        return Page();
    }

    /// <summary>Sets the terms.</summary>
    public IActionResult OnPostTerms()
    {
        foreach (var (name, years) in new[] { (nameof(Pupils), Pupils), (nameof(SentLines), SentLines), (nameof(AllObjections), AllObjections), (nameof(Previews), Previews), (nameof(AllLetters), AllLetters) })
            if (years is not (>= 0 and <= MostYears) && ModelState[name] is not { Errors.Count: > 0 }) Wrong(name, $"Vul een heel aantal jaren in, van 0 tot en met {MostYears}.", $"Fill in a whole number of years, from 0 up to and including {MostYears}.");
        if (!ModelState.IsValid) return Page();
        RetentionTerms.Set(home, new(Pupils!.Value, SentLines!.Value, AllObjections!.Value, Previews!.Value, AllLetters!.Value));
        Done("De termijnen zijn opgeslagen. Er is nog niets gewist.", "The terms were saved. Nothing was erased yet.");
        return Go("/retention");
    }

    void Fill()
    {
        var terms = RetentionTerms.Of(home);
        (Pupils, SentLines, AllObjections, Previews, AllLetters) = (terms.Pupils, terms.SentLines, terms.Objections, terms.Previews, terms.Letters);
    }
}
