using System.Globalization;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Office;

/// <summary>
/// By which function the growth that is expected of a school's pupils over a step follows from one variable of their background: exact + scale·(Σ coefficient of each pupil's level − the same of the true levels), in
/// tenths of points.
/// </summary>
/// <param name="YearGroup">The first year group of the step.</param>
/// <param name="Exact">The expected growth, in points.</param>
/// <param name="Scale">Points for one SD of one pupil: the SD of growth over the step, divided by the pupils.</param>
/// <param name="Levels">The growth that each level of the variable brings, in SD; a level that is not there brings none.</param>
sealed record ReferenceFunction(int YearGroup, double Exact, double Scale, IReadOnlyList<(string Level, double Growth)> Levels) : UnseenFunction
{
    internal const string Name = "reference ";

    /// <summary>SD are added as whole millionths, so that an exchange within a step leaves the number as it is to the last bit.</summary>
    const double Millionths = 1e6;

    /// <summary>More than any level brings: where everybody is in one of the two groups, nobody can be in neither.</summary>
    const int Impossible = 50_000_000;

    public static ReferenceFunction Of(SchoolStep step, StepGrowth all, SeriesModel model, string variable) => new(step.Step.YearGroup, step.Reference ?? throw new ArgumentException("The step has no reference.", nameof(step)), all.Growth.StandardDeviation / step.Own.Count,
        [.. model.Background.Where(level => level.Variable == variable).Select(level => (level.Level, level.Estimate))]);

    /// <summary>An expected growth as it is published.</summary>
    public static int Tenths(double points) => (int)Math.Round(10 * points, MidpointRounding.AwayFromZero);

    public override string Part => ReportCells.Reference;

    public override IReadOnlyList<int> YearGroups => [YearGroup];

    public override string Text => Name + string.Join(' ', [Number(YearGroup), Number(Exact), Number(Scale), .. Levels.Select(level => $"{level.Level}={Number(level.Growth)}")]);

    public override PublishedLevel Published(int[] steps, int[] growth, UnseenGroup groups, int? shown)
    {
        var (first, second) = (Brings(groups.Contrast.First), Brings(groups.Contrast.Second));
        // In a PublishedLevel a pupil has one number that does not depend on its group: here what it brings when it is in neither.
        int[] neither = [.. groups.Levels.Select((level, pupil) => steps[pupil] < 0 ? 0 : groups.Classes[pupil] == 0 ? Brings(level) : Neither(groups.Contrast))];
        // What the groups bring, against everybody in neither.
        var truth = Enumerable.Range(0, steps.Length).Where(pupil => steps[pupil] >= 0).Sum(pupil => groups.Classes[pupil] switch { 1 => (long)first - neither[pupil], 2 => second - neither[pupil], _ => 0 });
        return new PublishedLevel(steps, neither, 1, tallies => tallies[0] is var (one, other) ? Tenths(Exact + Scale * (one.Count * first - one.Sum + other.Count * second - other.Sum - truth) / Millionths) : null, shown ?? Tenths(Exact));
    }

    /// <summary>What who is moved out of both groups brings: most likely nothing is known of it.</summary>
    int Neither(GapContrast contrast) => Levels.Select(level => level.Level).Where(level => level != contrast.First && level != contrast.Second).OrderByDescending(level => level == PupilBackground.Missing).ThenBy(level => level, StringComparer.Ordinal).FirstOrDefault() is { } other
        ? Brings(other) : Impossible;

    int Brings(string level) => (int)Math.Round(Millionths * Levels.FirstOrDefault(one => one.Level == level).Growth);

    internal static ReferenceFunction Read(string text)
    {
        var parts = text[Name.Length..].Split(' ');
        return new ReferenceFunction(int.Parse(parts[0], CultureInfo.InvariantCulture), Number(parts[1]), Number(parts[2]), [.. parts[3..].Select(part => part.Split('=')).Select(part => (part[0], Number(part[1])))]);
    }

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
