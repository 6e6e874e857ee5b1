using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Office;

/// <summary>
/// By which function a number that a school was shown follows from who is in two groups that it cannot see. What all schools gave is a fixed number in it, so that it is the very function by which the number was
/// made, also later.
/// </summary>
abstract record UnseenFunction
{
    /// <summary>The part of a report that is made by it.</summary>
    public abstract string Part { get; }

    /// <summary>The first year groups of the steps that it is about.</summary>
    public abstract IReadOnlyList<int> YearGroups { get; }

    /// <summary>The function as text, with every bit of its numbers.</summary>
    public abstract string Text { get; }

    /// <summary>What is published by it of some pupils.</summary>
    /// <param name="steps">The step of each pupil, as a place among <see cref="YearGroups"/>; −1 for who counts in none.</param>
    /// <param name="growth">How much each grew, in tenths.</param>
    /// <param name="groups">Who is in which group.</param>
    /// <param name="shown">What was shown before; null: what is true now.</param>
    public abstract PublishedLevel Published(int[] steps, int[] growth, UnseenGroup groups, int? shown);

    /// <summary>Reads <see cref="Text"/>.</summary>
    public static UnseenFunction Parse(string text) => text.StartsWith(ReferenceFunction.Name, StringComparison.Ordinal) ? ReferenceFunction.Read(text) : GapFunction.Parse(text);
}

/// <summary>The level of each of a school's pupils in a variable that it cannot see, and its class: 1 and 2 for the two groups, 0 for neither.</summary>
sealed record UnseenGroup(GapContrast Contrast, IReadOnlyList<string> Levels)
{
    public int[] Classes { get; } = [.. Levels.Select(level => level == Contrast.First ? 1 : level == Contrast.Second ? 2 : 0)];

    /// <summary>The two groups of a variable: those of its gap, or where a report has none of it the first two levels by name.</summary>
    public static GapContrast Of(string variable, PupilBackground background)
    {
        if (GapContrast.All.FirstOrDefault(contrast => contrast.Variable == variable) is { } gap) return gap;
        string[] levels = [.. background.Values[variable].Values.Distinct().Order(StringComparer.Ordinal)];
        return new GapContrast(variable, levels[0], levels.Length > 1 ? levels[1] : PupilBackground.Missing);
    }
}
