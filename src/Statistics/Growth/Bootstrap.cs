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

/// <summary>Throws from a seed (SplitMix64, polar method): the same seed and part give the same throws, whatever was thrown elsewhere.</summary>
sealed class Throws
{
    ulong _state;

    internal Throws(ulong seed, ulong part)
    {
        unchecked { _state = seed * 0xD1B54A32D192ED03UL ^ (part + 1) * 0xABC98388FB8FAC03UL; }
        Next();
    }

    /// <summary>A standard normal deviate.</summary>
    internal double Normal()
    {
        while (true)
        {
            double u = 2 * Unit() - 1, v = 2 * Unit() - 1, s = u * u + v * v;
            if (s is > 0 and < 1) return u * Math.Sqrt(-2 * Math.Log(s) / s);
        }
    }

    /// <summary>−1 or 1.</summary>
    internal double Sign() => (Next() & 1) == 0 ? -1 : 1;

    /// <summary>Uniform from 0 to below 1.</summary>
    internal double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
