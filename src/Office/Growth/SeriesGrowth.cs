using Groeilijn.Education;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>Participating schools over one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Growth">Growth in tenths of all pupils with both tests at one school; every pupil weighs the same. Its mean is what the report calls participating schools, its standard deviation the SD of everything standardised.</param>
/// <param name="Schools">Schools with at least one.</param>
public sealed record StepGrowth(GrowthStep Step, Tally Growth, int Schools)
{
    /// <summary>
    /// Whether the mean of all is one to measure a school against: enough other pupils, at enough schools, that it may be shown beside the school's own. What is measured against a mean that may not be shown would tell it, so
    /// nothing is.
    /// </summary>
    internal static bool IsMeasure(Tally all, Tally own, int schools) => (all - own).Count >= Gate.Profile.School.Rule.Least && schools >= Gate.Profile.School.Rule.Schools;
}

/// <summary>A gap over participating schools.</summary>
/// <param name="Contrast">Which groups.</param>
/// <param name="Mean">The mean gap of schools, in SD.</param>
/// <param name="Between">The standard deviation of gaps between schools.</param>
/// <param name="Within">The variance of growth within school, step and group, in SD².</param>
/// <param name="Schools">Schools with both groups.</param>
public sealed record NationalGap(GapContrast Contrast, Posterior Mean, double Between, double Within, int Schools)
{
    /// <summary>Whose growth is in the mean gap, on either side.</summary>
    internal (Rin[] First, Rin[] Second) Pupils { get; init; } = ([], []);
}

/// <summary>What the model found, for the technical page.</summary>
/// <param name="Deviations">Standard deviations by term: pupil, school level, school growth, one for each step's own growth, residual; in SD.</param>
/// <param name="Singular">Whether one of them is estimated as zero.</param>
/// <param name="Background">Growth that a level of background brings, in SD, against the first level of its variable; missing is a level.</param>
/// <param name="Rows">Scores in the model.</param>
public sealed record SeriesModel(IReadOnlyList<(string Term, double Value)> Deviations, bool Singular, IReadOnlyList<(string Variable, string Level, double Estimate, double StandardError)> Background, int Rows);

/// <summary>A subject and scale over all participating schools. Norms never cross a scale.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Scale">The scale.</param>
/// <param name="Steps">The steps with growth, in order of year group.</param>
/// <param name="Gaps">The gaps that at least three schools have.</param>
/// <param name="Model">The model; null where there is none.</param>
/// <param name="NoModel">Why there is none.</param>
/// <param name="Positions">Schools with ten counted pupils or more as a picture of their distribution: effects drawn apart to the spread that schools have, ascending, in SD, with no name. Never one school's value.</param>
public sealed record SeriesGrowth(Subject Subject, string Scale, IReadOnlyList<StepGrowth> Steps, IReadOnlyList<NationalGap> Gaps, SeriesModel? Model, string? NoModel, IReadOnlyList<double> Positions)
{
    /// <summary>What trends are measured against: of each half-year the growth of all over each step, and the schools with at least one pupil.</summary>
    public IReadOnlyList<(Edition Edition, int YearGroup, Tally Growth, int Schools)> Measures { get; init; } = [];
}
