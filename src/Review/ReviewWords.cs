using Groeilijn.Office;
using Groeilijn.Sites;
using Groeilijn.Storage;

namespace Groeilijn.Review;

/// <summary>Words of this site in both languages, for what the office's steps say in one.</summary>
static class ReviewWords
{
    /// <summary>What was refused and what to do.</summary>
    public static (Spoken What, Spoken Remedy) Of(Refusal refusal) => (new(Dutch(refusal.Code).What ?? refusal.What, refusal.What), new(Dutch(refusal.Code).Remedy ?? refusal.Remedy, refusal.Remedy));

    /// <summary>A comparison in words: what a screen reader says, and what everybody can read.</summary>
    public static Spoken Of(ComparedField field)
    {
        if (field.School.Length == 0 && field.Register.Length == 0) return new("Beide niet bekend.", "Not known to either.");
        if (field.School.Length == 0) return new("De school heeft het niet.", "The school does not have it.");
        if (field.Register.Length == 0) return new("Het register heeft het niet.", "The register does not have it.");
        if (field.Same) return new("Gelijk.", "The same.");
        var digits = field.Name is "number" or "born";
        if (field.Places.Count > 3) return new($"Verschilt op {field.Places.Count} plaatsen{Shown(field)}.", $"Differs in {field.Places.Count} places{Shown(field)}.");
        return new($"Verschilt: {Join(field.Places.Select(p => p + "e"), "en")} {(digits ? "cijfer" : "teken")}{Shown(field)}.", $"Differs: {Join(field.Places.Select(Ordinal), "and")} {(digits ? "digit" : "character")}{Shown(field)}.");
    }

    /// <summary>A warning of the process guard.</summary>
    public static Spoken Warning(string warning) => new(
        warning.Contains("swap", StringComparison.Ordinal) ? "Deze computer heeft swap: geheugen kan op een schijf komen. Dat mag alleen omdat deze leerlingen verzonnen zijn."
        : warning.Contains("DOTNET_EnableDiagnostics", StringComparison.Ordinal) ? "De diagnosepoort van .NET staat open: start met DOTNET_EnableDiagnostics=0." : warning,
        char.ToUpperInvariant(warning[0]) + warning[1..]);

    /// <summary>The verdict as it is told.</summary>
    public static Spoken Of(Verdict verdict) => verdict switch
    {
        Verdict.Link => new("één kind", "one child"),
        Verdict.Not => new("niet hetzelfde kind", "not the same child"),
        _ => new("niet te zeggen", "cannot be said"),
    };

    /// <summary>Where a round is.</summary>
    public static Spoken Of(RoundState state) => state switch
    {
        RoundState.Open => new("Open: scholen leveren", "Open: schools deliver"),
        RoundState.Linked => new("Gekoppeld", "Linked"),
        RoundState.Reviewing => new("Wordt beoordeeld", "Under review"),
        RoundState.Reviewed => new("Beoordeeld", "Reviewed"),
        _ => new("Wordt vernietigd, of is vernietigd", "Being destroyed, or destroyed"),
    };

    static string Shown(ComparedField field)
    {
        string here = field.School.Replace("•", "", StringComparison.Ordinal), there = field.Register.Replace("•", "", StringComparison.Ordinal);
        return here.Length + there.Length == 0 ? "" : $" (school {(here.Length == 0 ? "–" : here)}, register {(there.Length == 0 ? "–" : there)})";
    }

    static string Join(IEnumerable<string> words, string and) => words.ToArray() is { Length: > 1 } many ? string.Join(", ", many[..^1]) + $" {and} " + many[^1] : string.Concat(words);

    static string Ordinal(int n) => n + (n is 1 ? "st" : n is 2 ? "nd" : n is 3 ? "rd" : "th");

    static (string? What, string? Remedy) Dutch(string code) => code switch
    {
        "share" => ("Dit is geen deel van een sleutel.", "Een deel is één regel die begint met GROEILIJN-KEY-SHARE-1."),
        "shares" => ("Dit zijn niet de twee delen van één sleutel.", "Geef allebei opnieuw het deel van deze ronde. Begin met het eerste."),
        "other-round" => ("Deze delen horen bij een andere ronde.", "Geef allebei het deel van deze ronde. Begin met het eerste."),
        "unguarded" => ("In dit programma mogen geen leveringen open: de computer kan geheugen op een schijf zetten, of het programma kan worden bekeken.", "Zet swap uit (swapoff -a), gebruik geen debugger, en begin opnieuw."),
        "no-round" => ("Deze ronde bestaat niet.", "Kijk naar het halfjaar."),
        "no-key" => ("De sleutel is niet meer in het geheugen.", "Geef beide delen opnieuw."),
        "round-state" => ("Dit kan niet meer, of nog niet, in deze ronde.", "Kijk hieronder waar de ronde is."),
        "review-over" => ("De dagen om te beoordelen zijn voorbij.", "De ronde wordt vernietigd. Wat niemand beoordeelde, blijft los."),
        "name" => ("Een naam is één regel, van ten hoogste 200 tekens.", "Geef uw eigen naam."),
        "two-reviewers" => ("Twee anderen beoordelen deze ronde.", "Een van die twee gaat verder."),
        "session" => ("Er is iemand aan het beoordelen.", "Sluit die sessie eerst af."),
        _ => (null, null),
    };
}
