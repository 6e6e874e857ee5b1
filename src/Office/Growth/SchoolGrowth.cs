using Groeilijn.Education;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

// What a school's report says, before the Gate. Nothing here is protected: every count is exact, also below ten.

/// <summary>Growth of a school's pupils over one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Own">Growth in tenths of pupils with both tests at this school: n, mean and interval (<see cref="Tally.Interval"/> from two pupils on).</param>
/// <param name="Standardised">(mean − participating schools)/SD; null without pupils.</param>
/// <param name="Reference">The growth in points that the model expects of these pupils at an average school; null without pupils or model.</param>
/// <param name="Effect">What the school adds for this step, shrunken, in SD; null when the school or the step is not in the model.</param>
public sealed record SchoolStep(GrowthStep Step, Tally Own, double? Standardised, double? Reference, Posterior? Effect);

/// <summary>Steps of which a school has too few pupils to show any by itself, taken together.</summary>
/// <param name="Steps">The steps, in order of year group.</param>
/// <param name="Pupils">Growths counted.</param>
/// <param name="Schools">The schools of the step that fewest have.</param>
/// <param name="Difference">The mean over the pupils of (growth − participating schools)/SD, each of its own step, with its interval.</param>
/// <param name="Effect">What the school adds over these steps, shrunken, in SD; null when one of them is not in the model.</param>
public sealed record StepsTogether(IReadOnlyList<GrowthStep> Steps, long Pupils, int Schools, Interval Difference, Posterior? Effect)
{
    /// <summary>The codes of the steps: <c>M4-E4+M5-E5</c>.</summary>
    public string Code => string.Join('+', Steps.Select(step => step.Code));
}

/// <summary>The difference in growth between two groups of one school.</summary>
/// <param name="Contrast">Which groups.</param>
/// <param name="First">Growths in the first group, over steps in which both groups have some.</param>
/// <param name="Second">The same of the second.</param>
/// <param name="Gap">First less second, partially pooled, in SD.</param>
/// <param name="FromNational">The gap less the mean gap of participating schools, in SD.</param>
/// <param name="Wider">The probability that the gap is wider than the mean gap, in the mean gap's own direction.</param>
/// <param name="Attention"><paramref name="Wider"/> × how much wider it is (0 when narrower): what to sort by.</param>
public sealed record SchoolGap(GapContrast Contrast, long First, long Second, Posterior Gap, Posterior FromNational, double Wider, double Attention);

/// <summary>A school in one edition of its trend.</summary>
/// <param name="Edition">The edition.</param>
/// <param name="Pupils">Growths counted.</param>
/// <param name="Raw">Mean growth less the reference, in SD, not pooled; null without pupils.</param>
/// <param name="Pooled">With what the other editions tell of it; with <paramref name="Pupils"/> 0 it is from those alone.</param>
/// <param name="YearGroups">The first year groups of the steps that count: those with a mean of all to measure against (<see cref="StepGrowth.IsMeasure"/>).</param>
public sealed record TrendPoint(Edition Edition, long Pupils, double? Raw, Posterior Pooled, IReadOnlyList<int> YearGroups);

/// <summary>Who counts and who does not, at a school and in a subject and scale; each pupil with a test of a step that participating schools have is in exactly one number but the first two.</summary>
/// <param name="Delivered">Pupils in the school's delivery of this round, all subjects; 0 when none was linked.</param>
/// <param name="Linked">Of them linked to a person.</param>
/// <param name="Counted">Both tests here: they make the mean.</param>
/// <param name="NoStart">The second test here, the first nowhere.</param>
/// <param name="NoEnd">The first test here, the second nowhere.</param>
/// <param name="Came">The second test here, the first at another school.</param>
/// <param name="Left">The first test here, the second at another school.</param>
/// <param name="OtherStep">Both tests, but a year group repeated or skipped between them: in no mean and not in the model.</param>
public sealed record GrowthCoverage(int Delivered, int Linked, int Counted, int NoStart, int NoEnd, int Came, int Left, int OtherStep)
{
    /// <summary>Who missed one of the tests.</summary>
    public int Missing => NoStart + NoEnd;

    /// <summary>Nobody.</summary>
    internal static GrowthCoverage Nobody { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The pupils of two steps; what was delivered is not added.</summary>
    internal GrowthCoverage With(GrowthCoverage other) => new(Delivered, Linked, Counted + other.Counted, NoStart + other.NoStart, NoEnd + other.NoEnd, Came + other.Came, Left + other.Left, OtherStep + other.OtherStep);
}

/// <summary>What if pupils with a missing test grew less, or more, than the others?</summary>
/// <param name="Shift">By how many SD: <see cref="EditionGrowth.MissingShift"/>.</param>
/// <param name="IfLess">The effect if they grew that much less.</param>
/// <param name="IfMore">The effect if they grew that much more.</param>
/// <param name="Tipping">The least shift, in SD, that takes the 95 % interval's clear sign away, or gives it one; null where nobody is missing.</param>
public sealed record MissingSensitivity(double Shift, Posterior IfLess, Posterior IfMore, double? Tipping);

/// <summary>A school in one subject and scale.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Scale">The scale.</param>
/// <param name="Steps">Every step that participating schools have, in order of year group.</param>
/// <param name="Effect">What the school adds to the growth of its own pupils, over all steps, shrunken, in SD; null without model or pupils.</param>
/// <param name="Gaps">Gaps of this school, most attention first.</param>
/// <param name="Trend">Up to six editions, oldest first.</param>
/// <param name="ThreeYears">The mean over those editions, pooled, in SD; null without pupils.</param>
/// <param name="PupilsOfTrend">Pupils behind the trend: who counts in several editions is one.</param>
/// <param name="Coverage">Who counts.</param>
/// <param name="Sensitivity">To missing tests; null without <paramref name="Effect"/>.</param>
public sealed record SchoolSeries(
    Subject Subject, string Scale, IReadOnlyList<SchoolStep> Steps, Posterior? Effect, IReadOnlyList<SchoolGap> Gaps, IReadOnlyList<TrendPoint> Trend, Posterior? ThreeYears,
    long PupilsOfTrend, GrowthCoverage Coverage, MissingSensitivity? Sensitivity)
{
    /// <summary>Small steps together, so that of them something can be shown.</summary>
    public IReadOnlyList<StepsTogether> Together { get; init; } = [];

    /// <summary>Growths counted in this edition.</summary>
    public long Pupils => Steps.Sum(s => s.Own.Count);
}

/// <summary>A school's growth in an edition, by subject and scale.</summary>
/// <param name="School">Its code.</param>
/// <param name="Series">In order of subject and scale; only those in which the school has a test.</param>
public sealed record SchoolGrowth(string School, IReadOnlyList<SchoolSeries> Series);
