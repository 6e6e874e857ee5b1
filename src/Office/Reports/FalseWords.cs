using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>How often words were said of invented schools, and how often they were false.</summary>
/// <param name="Said">How often.</param>
/// <param name="TooSmall">Of these, of a true difference that is not beyond <see cref="EditionGrowth.SmallestRelevant"/> in the direction said; those of the wrong sign included.</param>
/// <param name="Wrong">Of these, with the wrong sign.</param>
public readonly record struct FalseWords(int Said, int TooSmall, int Wrong)
{
    /// <summary>Counts the words of a level and its mirror.</summary>
    /// <param name="level"><see cref="Evidence.ClearlyMore"/> or <see cref="Evidence.ProbablyMore"/>.</param>
    /// <param name="schools">Invented schools.</param>
    public static FalseWords Of(Evidence level, IEnumerable<TrialDifference> schools)
    {
        var counted = default(FalseWords);
        foreach (var school in schools)
        {
            var said = EvidenceLevels.Of(school.Believed);
            if (said != level && (int)said != -(int)level) continue;
            var towards = Math.Sign((int)said) * school.Truth;
            counted = new FalseWords(counted.Said + 1, counted.TooSmall + (towards <= EditionGrowth.SmallestRelevant ? 1 : 0), counted.Wrong + (towards < 0 ? 1 : 0));
        }
        return counted;
    }
}
