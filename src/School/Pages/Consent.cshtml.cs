using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Groeilijn.School.Pages;

/// <summary>Consent for data of a special category: nothing to ask with the basic set, and pupil by pupil with a set that has them.</summary>
public sealed class ConsentPage(SchoolHome home) : StepPage(home)
{
    const int Size = 25;
    IReadOnlyList<InformedStatus>? _pupils;
    ILookup<long, ConsentGiven>? _given;

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    /// <summary>Part of a name.</summary>
    [BindProperty]
    public string? Q { get; set; }

    /// <summary>The set of fields in use.</summary>
    public FieldSet Set => FieldSets.Current(Home);

    /// <summary>The fields that are asked for, by category.</summary>
    public IReadOnlyList<(string Category, string Words)> Asked => ConsentWords.Asked(Set, Language);

    /// <summary>The enrolled pupils whose name holds what was typed.</summary>
    public IReadOnlyList<InformedStatus> All => _pupils ??= [.. Informed.StatusOf(Home).Where(s => Names.Hold(s.Called, Q ?? ""))];

    /// <summary>How many pages there are.</summary>
    public int Count => Math.Max(1, (All.Count + Size - 1) / Size);

    /// <summary>Who is on this page.</summary>
    public IEnumerable<InformedStatus> Shown => All.Skip(string.IsNullOrWhiteSpace(Q) ? (Math.Clamp(Number, 1, Count) - 1) * Size : 0).Take(Size);

    /// <summary>The yes of a pupil's parents that holds; null when there is none.</summary>
    public ConsentGiven? Yes(long person, string category) => (_given ??= Consent.All(Home).ToLookup(c => c.Person))[person].FirstOrDefault(c => c.Withdrawn is null && c.Category == category);

    /// <summary>Finds pupils; nothing is written.</summary>
    public PageResult OnPost() => Page();
}

/// <summary>What is asked for, in words: the fields of a category, as the set calls them.</summary>
static class ConsentWords
{
    internal static IReadOnlyList<(string Category, string Words)> Asked(FieldSet set, string language) =>
        [.. set.Categories.Select(category => (category, string.Join(", ", set.Fields.Where(f => f.Category == category).Select(f => f.Words(language)))))];
}
