namespace Groeilijn.Statistics.Growth;

/// <summary>One school of a trial: what is true of it and what the model believes.</summary>
/// <param name="Pupils">Pupils with growth.</param>
/// <param name="Truth">Its true effect on its own pupils, in standard deviations of growth.</param>
/// <param name="Believed">The model's posterior.</param>
public readonly record struct TrialSchool(int Pupils, double Truth, Posterior Believed)
{
    /// <summary>Whether the 95 % interval holds the truth.</summary>
    public bool Covered => Believed.Low <= Truth && Truth <= Believed.High;
}

/// <summary>
/// Invented cohorts whose truth is known, to see whether <see cref="GrowthModel"/> is honest: schools of very different size with an effect on growth and
/// one for each step, pupils of very different level, movers between the tests and missing tests, a background that matters and lies differently over schools.
/// </summary>
public static class GrowthTrial
{
    const int Steps = 3;
    const double Moving = 0.02, Missing = 0.03;

    /// <summary>One cohort, fitted.</summary>
    /// <param name="seed">The same seed gives the same cohort.</param>
    /// <param name="schools">How many schools.</param>
    /// <param name="lasting">The standard deviation of schools' effects on growth; 0 when nothing is going on.</param>
    /// <param name="passing">The standard deviation of the effects of one step within a school.</param>
    public static IReadOnlyList<TrialSchool> Run(int seed, int schools, double lasting = 0.15, double passing = 0.08)
    {
        var dice = new Throws(2, (ulong)seed);
        var (spans, truth) = (new List<PupilSpan>(), new double[schools, Steps]);
        var size = new int[schools, Steps];
        double[] level = new double[schools], share = new double[schools];
        for (var j = 0; j < schools; j++)
        {
            var z = dice.Normal();
            (level[j], share[j]) = (0.8 * z, Posterior.Cumulative(dice.Normal()));
            var effect = lasting * (0.3 * z + Math.Sqrt(0.91) * dice.Normal());
            for (var s = 0; s < Steps; s++) truth[j, s] = effect + passing * dice.Normal();
        }
        for (var j = 0; j < schools; j++)
        {
            var middle = 2 + 10 * Math.Exp(0.6 * dice.Normal());
            for (var s = 0; s < Steps; s++)
                for (var n = (int)(middle * (0.75 + 0.5 * dice.Unit())); n >= 0; n--) spans.Add(Pupil(dice, j, s, schools, level, share, truth, size));
        }
        var deviations = Enumerable.Range(0, Steps).ToDictionary(s => s, _ => 1.0);
        var model = GrowthModel.Of(spans, deviations, [[0], [1]]).Value;
        return [.. Enumerable.Range(0, schools).Select(j => School(j, model, truth, size)).OfType<TrialSchool>()];
    }

    /// <summary>A growth has standard deviation 1 or so: two errors of 0.7.</summary>
    static PupilSpan Pupil(Throws dice, int home, int step, int schools, double[] level, double[] share, double[,] truth, int[,] size)
    {
        var end = dice.Unit() < Moving ? (int)(dice.Unit() * schools) : home;
        var background = dice.Unit() < share[home] ? 1 : 0;
        var own = 2 * dice.Normal() - 0.5 * background;
        double first = 50 + own + level[home] + 0.7 * dice.Normal(), last = 52 + own + level[end] + truth[end, step] - 0.1 * background + 0.7 * dice.Normal();
        var (noFirst, noLast) = (dice.Unit() < Missing, dice.Unit() < Missing);
        if (noFirst && noLast) noLast = false;
        if (!noFirst && !noLast && end == home) size[home, step]++;
        return new PupilSpan(step, noFirst ? -1 : home, noFirst ? 0 : Tenths(first), noLast ? -1 : end, noLast ? 0 : Tenths(last), background);
    }

    /// <summary>A hundred tenths to a standard deviation would hide rounding; ten show it.</summary>
    static int Tenths(double points) => (int)Math.Round(10 * points, MidpointRounding.AwayFromZero);

    static TrialSchool? School(int school, GrowthModel model, double[,] truth, int[,] size)
    {
        var pupils = Enumerable.Range(0, Steps).Sum(s => size[school, s]);
        if (pupils == 0) return null;
        (int, double)[] shares = [.. Enumerable.Range(0, Steps).Where(s => size[school, s] > 0).Select(s => (s, (double)size[school, s] / pupils))];
        return model.Effect(school, shares) is { } believed ? new TrialSchool(pupils, shares.Sum(s => s.Item2 * truth[school, s.Item1]), believed) : null;
    }
}
