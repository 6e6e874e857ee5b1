namespace Groeilijn.Statistics.Disclosure;

/// <summary>Who stands behind a number, as numbers that the maker of a table gave its pupils. Cells with the same pupils share one set, which is then looked up once.</summary>
/// <param name="Pupils">The pupils' numbers, each once.</param>
/// <param name="Corrections">How often the value of each was corrected: another value is another unknown. Null: never.</param>
public sealed class MemberSet(int[] Pupils, byte[]? Corrections = null)
{
    /// <summary>The pupils' numbers.</summary>
    public IReadOnlyList<int> Pupils { get; } = Pupils;

    /// <summary>How often the value of a pupil at a place was corrected.</summary>
    public int CorrectionsOf(int place) => Corrections?[place] ?? 0;
}

/// <summary>The values of one moment, over a set of pupils.</summary>
/// <param name="Moment">The half-year, 2·year for M and 2·year + 1 for E.</param>
/// <param name="Members">The pupils.</param>
/// <param name="Less">Whether it is taken away from the others.</param>
public readonly record struct SumTerm(int Moment, MemberSet Members, bool Less = false);

/// <summary>
/// What a published number tells, as a functional of the pupils' values: the sum of a statistic over a set of pupils at a moment. A mean beside its count is such a
/// sum, and so is the count. Terms of several moments are added, or taken away where that is said; where growth is told, each second moment counts negatively in all sums of the statistic, so that a growth over one half-year is the term of its end with
/// the term of its beginning. A number that skips a half-year has a statistic of its own.
/// </summary>
/// <param name="Statistic">What is added up; only sums of one statistic are ever subtracted: <c>maths lvs-3</c>.</param>
/// <param name="Terms">The terms.</param>
public sealed record CellSum(string Statistic, IReadOnlyList<SumTerm> Terms)
{
    /// <summary>The terms as the release memory has them already, in place of members; null: they are these.</summary>
    public string? Kept { get; init; }
}

/// <summary>A mean of a group of which the receiver knows the scores but may not learn the members: a school and its children of low-educated parents.</summary>
/// <param name="Group">The group; means of one group over subjects, steps and editions are judged together.</param>
/// <param name="Member">Which of the receiver's pupils are in it; in the same order for every mean of the group.</param>
/// <param name="Scores">The value of each pupil in the smallest unit; null for who has none.</param>
/// <param name="Step">The mean is shown in whole multiples of this many of the smallest unit; zero: exactly.</param>
public sealed record UnseenMean(string Group, bool[] Member, long?[] Scores, long Step);

/// <summary>A whole number that depends on who is in two groups that the receiver cannot see (children of lower and of higher educated parents): the level of evidence of their gap, or a reference in tenths of points.</summary>
/// <param name="Group">What tells the groups apart; levels of one variable over subjects and editions are judged together.</param>
/// <param name="Classes">Of each of the receiver's pupils: 0 in neither group, 1 in the first, 2 in the second; in the same order for every level of the variable.</param>
/// <param name="Level">What is published.</param>
public sealed record UnseenLevel(string Group, IReadOnlyList<int> Classes, PublishedLevel Level);

/// <summary>A total among the cells of a table, and the cells that it is the total of, by their places.</summary>
/// <param name="Total">The place of the total.</param>
/// <param name="Parts">The places of the parts: everybody in the total is in exactly one of them.</param>
public sealed record CellTotal(int Total, IReadOnlyList<int> Parts);
