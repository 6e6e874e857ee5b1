using Groeilijn.Storage;

namespace Groeilijn.Research;

/// <summary>
/// What a researcher asks for: numbers about groups, declared, not programmed. The groups come from <see cref="By"/>, who is in them from
/// <see cref="Where"/>, and the counts of pupils and schools by which a group is judged are never the researcher's.
/// </summary>
/// <param name="Measures">Of <see cref="AllMeasures"/>, at least one.</param>
/// <param name="By">Of <see cref="Dimensions"/>; none is one group.</param>
/// <param name="Where">An expression over the columns, or null.</param>
public sealed record AggregateRequest(IReadOnlyList<string> Measures, IReadOnlyList<string> By, string? Where = null)
{
    /// <summary>Pupils counted once; the mean and the standard deviation of scores in points.</summary>
    public static IReadOnlyList<string> AllMeasures { get; } = ["count", "mean", "sd"];

    /// <summary>What groups may be made of.</summary>
    public static IReadOnlyList<string> Dimensions { get; } = ["edition", "subject", "moment", "pupil_year_group", "test_year_group", "scale"];

    /// <summary>What names one pupil or one school: no group is made of it, and none is chosen by it.</summary>
    internal static IReadOnlyList<string> RowLevel { get; } = ["pupil", "school"];

    /// <summary>What a score's meaning hangs on: scores of two subjects or two scales never meet in one number.</summary>
    static readonly string[] s_scale = ["subject", "scale"];

    /// <summary>Why the request cannot be run; null when it can.</summary>
    internal Refusal? Check(Workspace workspace)
    {
        if (Measures.Count == 0 || Measures.Distinct().Count() != Measures.Count || Measures.Any(m => !AllMeasures.Contains(m)))
            return new("unknown-measure", "The measures must be one or more of count, mean and sd, each once.", "For example --measures count,mean.");
        if (By.Any(d => RowLevel.Contains(d)))
            return new("row-level", "Nothing is given out per pupil or per school.", $"Group by {string.Join(", ", Dimensions)}.");
        if (By.Distinct().Count() != By.Count || By.Any(d => !Dimensions.Contains(d)))
            return new("unknown-dimension", "The groups must be made of known dimensions, each once.", $"Choose from {string.Join(", ", Dimensions)}.");
        var where = WhereExpression.Check(workspace.Data, Where);
        if (where.Refusal is { } refusal) return refusal;
        var mixed = s_scale.Where(c => !By.Contains(c) && !where.Fixed.Contains(c)).ToList();
        if (mixed.Count > 0 && Measures.Any(m => m != "count"))
            return new("scales-mixed", "A mean over two subjects or two scales means nothing, and this request could mix them.", $"Add {string.Join(" and ", mixed)} to the groups, or fix it in the where expression: {string.Join(" AND ", mixed.Select(c => c == "scale" ? "scale = 'lvs-3'" : "subject = 'maths'"))}.");
        return null;
    }
}
