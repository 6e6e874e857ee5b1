namespace Groeilijn.Statistics.Growth;

/// <summary>A parameter with its likelihood-profile interval.</summary>
/// <param name="Name"><c>sd group term</c>, <c>sigma</c>, or a fixed effect's name.</param>
/// <param name="Interval">The maximum-likelihood estimate and the ends of the interval; a low end of 0 means that zero is not excluded, an end that is not a number was not found.</param>
public readonly record struct ProfiledParameter(string Name, Interval Interval)
{
    /// <summary>
    /// The profile where the search for the ends met it: values of the parameter, ascending, with ζ, the root of what the least deviance there is above the
    /// least of all, negative below the estimate. A straight line means that the interval is one of estimate ± 1.96 errors.
    /// </summary>
    public IReadOnlyList<(double Value, double Zeta)> Curve { get; init; } = [];
}

/// <summary>
/// Likelihood-profile intervals: the values v of a parameter for which the least deviance with the parameter held at v is no more than
/// χ²(0.95; 1) above the least of all (Bates and others 2015, 5.1). Always on the full likelihood, as lme4's <c>confint</c>: a REML fit is
/// fitted again by ML. A standard deviation is held by letting σ follow from Λ.
/// </summary>
static class Profile
{
    const double Width = 1.959963984540054; // √χ²(0.95; 1)

    internal static List<ProfiledParameter> Of(PreparedModel model)
    {
        var ml = model.Reml ? PreparedModel.Of(model.Design, reml: false) : model;
        if (!ml.Likelihood.Reduction.TryPlan() || ml.Scoring.Minimise(ml.Scoring.Start()) is not { } best) return [];
        var least = best.At;
        var y = ml.Design.Response;
        var sigma = Math.Sqrt(least.SigmaSquared);
        var made = new List<ProfiledParameter>();
        var curve = new List<(double Value, double Zeta)>();
        void Made(string name, double estimate, (double, double) ends, double unit, double shift)
        {
            made.Add(new(name, InUnits(estimate, ends, unit, shift)) { Curve = [.. curve.Append((estimate, 0)).Distinct().OrderBy(c => c.Item1).Select(c => (c.Item1 * unit + shift, c.Item2))] });
            curve.Clear();
        }
        foreach (var group in ml.Design.Groups)
        {
            var factor = ml.Groups.Index().First(g => g.Item == group).Index;
            var size = group.Columns.Count;
            for (var r = 0; r < size; r++)
            {
                var row = least.Point.Lambda[factor].AsSpan(r * size, size).ToArray();
                var deviation = sigma * Math.Sqrt(Small.Inner(row, row));
                int at = r;
                var ends = Ends(ml.Scoring, least, deviation, 0.3 * Math.Max(deviation, 0.05 * sigma), v => new Held(Deviation: (factor, at, v)), above: 0, theta => Rescaled(ml.Scoring, theta, factor, at), curve);
                Made($"sd {group.Name} {group.Columns[r].Name}", deviation, ends, y.Scale / group.Columns[r].Scale, 0);
            }
        }
        Made("sigma", sigma, Ends(ml.Scoring, least, sigma, 0.1 * sigma, v => new Held(Sigma: v), above: 0, null, curve), y.Scale, 0);
        var back = ml.Back();
        var p = ml.Columns.Count;
        for (var i = 0; i < p; i++)
        {
            var combination = back.AsSpan(i * p, p).ToArray();
            var estimate = Small.Inner(combination, least.Point.Beta);
            var error = Math.Sqrt(least.SigmaSquared * Small.Inner(combination, Small.Product(least.Point.Omega, combination, p, p, 1)));
            var ends = Ends(ml.Scoring, least, estimate, 2 * error, v => new Held(Effect: (combination, v)), above: double.NegativeInfinity, null, curve);
            Made(ml.Columns[i].Name, estimate, ends, 1, ml.Columns[i].IsConstant ? y.Centre : 0);
        }
        return made;
    }

    static Interval InUnits(double estimate, (double Low, double High) ends, double unit, double shift) => new(estimate * unit + shift, ends.Low * unit + shift, ends.High * unit + shift);

    static (double, double) Ends(Scoring scoring, Scoring.Step least, double estimate, double first, Func<double, Held> held, double above, Func<double[], Func<double, double[]>>? starts, List<(double, double)> curve) =>
        (End(scoring, least, estimate, -first, held, above, starts, curve), End(scoring, least, estimate, first, held, above, starts, curve));

    /// <summary>The value on one side where ζ = √(D − least) reaches the width: by the secant rule, since ζ is nearly straight, kept between known sides.</summary>
    static double End(Scoring scoring, Scoring.Step least, double estimate, double step, Func<double, Held> held, double above, Func<double[], Func<double, double[]>>? starts, List<(double, double)> curve)
    {
        var start = least.Theta;
        double inner = estimate, innerZeta = 0, outer = double.NaN, outerZeta = 0;
        var at = estimate + step;
        for (var round = 0; round < 60; round++)
        {
            if (at <= above) at = above + 1e-3 * (inner - above);
            if (inner - above < 1e-6 * Math.Abs(step) && step < 0) return above;
            if (scoring.Minimise(starts is null ? start : starts(start)(at), held(at)) is not { } found) return double.NaN;
            var zeta = Math.Sqrt(Math.Max(0, found.At.Deviance - least.Deviance));
            curve.Add((at, step < 0 ? -zeta : zeta));
            if (Math.Abs(zeta - Width) < 1e-7) return at;
            if (zeta < Width) (inner, innerZeta) = (at, zeta);
            else (outer, outerZeta) = (at, zeta);
            if (starts is null) start = found.At.Theta;
            if (double.IsNaN(outer)) at = inner + Math.Clamp(Width / Math.Max(zeta, 0.3) - 1, 0.3, 2) * (inner - estimate);
            else
            {
                var share = (Width - innerZeta) / (outerZeta - innerZeta);
                if (round % 4 == 3) share = 0.5;
                at = inner + Math.Clamp(share, 0.01, 0.99) * (outer - inner);
                if (Math.Abs(outer - inner) < 1e-9 * Math.Max(Math.Abs(at), Math.Abs(step))) return at;
            }
        }
        return double.NaN;
    }

    /// <summary>A start whose row of Λ has about the length that the held deviation asks.</summary>
    static Func<double, double[]> Rescaled(Scoring scoring, double[] theta, int factor, int row) => value =>
    {
        var start = (double[])theta.Clone();
        for (var i = 0; i < start.Length; i++)
            if (scoring.Free[i].Factor == factor && scoring.Free[i].Row == row && scoring.Free[i].Column == row && Math.Abs(start[i]) < 1e-3) start[i] = Math.Max(1e-3, value);
        return start;
    };
}
