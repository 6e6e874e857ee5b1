using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>Everybody who objected, and how far the office is: away from the counter.</summary>
public sealed class ObjectionsListPage(SchoolHome home) : StepPage(home)
{
    const int Size = 25;
    IReadOnlyList<ListedObjection>? _all;

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    /// <summary>All objections, those that hold first.</summary>
    public IReadOnlyList<ListedObjection> All => _all ??= Objections.All(Home);

    /// <summary>How many pages there are.</summary>
    public int Count => (All.Count + Size - 1) / Size;

    /// <summary>The objections of this page.</summary>
    public IEnumerable<ListedObjection> Shown => All.Skip((Math.Clamp(Number, 1, Math.Max(1, Count)) - 1) * Size).Take(Size);

    /// <summary>How many hold for a pupil whom no export named yet.</summary>
    public int Unknown => All.Count(o => o.Holds && o.Called.Length == 0);

    /// <summary>What the office said of a message.</summary>
    public static AnswerMeaning? Answer(ListedObjection one) => one.Answer is { } outcome ? AnswerWords.Of("withdrawal", outcome) : null;

    /// <summary>How long an objection is kept.</summary>
    public string Kept => RetentionTerms.Of(Home).Words(RetentionKind.Objections, Language);
}
