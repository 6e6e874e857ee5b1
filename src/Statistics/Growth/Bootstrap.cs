namespace Groeilijn.Statistics.Growth;

/// <summary>One replicate of a parametric bootstrap.</summary>
/// <param name="Sigma">The residual deviation.</param>
/// <param name="Fixed">The fixed effects, in the order of the fit.</param>
/// <param name="Deviations">The standard deviations of the random effects, term after term.</param>
public sealed record BootstrapReplicate(double Sigma, double[] Fixed, double[] Deviations);

/// <summary>Parametric bootstrap: data are thrown anew from the fitted model (new effects, new residuals) and fitted again.</summary>
static class Bootstrap
{
    internal static IEnumerable<BootstrapReplicate> Of(MixedFit fit, int replicates, ulong seed)
    {
        var model = fit.Model;
        for (var r = 0; r < replicates; r++)
        {
            var again = model.WithResponse(Thrown(model, fit.At, new Throws(seed, (ulong)r))).Fit();
            if (!again.Ok || !again.Value.Converged) continue;
            var (own, unit) = (again.Value, model.Design.Response.Scale);
            var beta = model.Unscaled(own.At.Point.Beta);
            yield return new BootstrapReplicate(own.Sigma * unit, beta, [.. own.Random.SelectMany(x => x.Deviations).Select(d => d * unit)]);
        }
    }

    static double[] Thrown(PreparedModel model, Scoring.Step at, Throws dice)
    {
        var sigma = Math.Sqrt(at.SigmaSquared);
        var y = new double[model.Design.Rows];
        for (var i = 0; i < y.Length; i++) y[i] = sigma * dice.Normal() / Math.Sqrt(model.Design.Weights?[i] ?? 1);
        int[] rows = [.. Enumerable.Range(0, y.Length)];
        var values = new double[y.Length];
        for (var j = 0; j < model.Columns.Count; j++)
        {
            model.Columns[j].Fill(rows, values);
            for (var i = 0; i < y.Length; i++) y[i] += at.Point.Beta[j] * values[i];
        }
        foreach (var (k, group) in model.Groups.Index())
        {
            var size = group.Columns.Count;
            var effects = new double[group.Levels.Count * size];
            for (var l = 0; l < group.Levels.Count; l++)
            {
                var u = new double[size];
                for (var r = 0; r < size; r++) u[r] = sigma * dice.Normal();
                Small.MultiplyAdd(at.Point.Lambda[k], u, effects.AsSpan(l * size), size, size, 1);
            }
            for (var r = 0; r < size; r++)
            {
                group.Columns[r].Fill(rows, values);
                for (var i = 0; i < y.Length; i++) y[i] += values[i] * effects[group.Levels.Codes[i] * size + r];
            }
        }
        return y;
    }
}
