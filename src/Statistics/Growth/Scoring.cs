namespace Groeilijn.Statistics.Growth;

/// <summary>What is held fixed while the relative factors are sought; all in the columns' own scale.</summary>
/// <param name="Sigma">The residual deviation; null when it is profiled out.</param>
/// <param name="Deviation">One effect's standard deviation: σ follows from it and Λ.</param>
/// <param name="Effect">A combination of the fixed effects.</param>
readonly record struct Held(double? Sigma = null, (int Factor, int Row, double Value)? Deviation = null, (double[] Combination, double Value)? Effect = null);

/// <summary>
/// Finds the Λ of least deviance. Each step is Newton's with the expected information (levels taken as independent given the rest,
/// σ profiled), plus the curvature that the factor itself has where a variance is pulled to zero, corrected by the last few secants (BFGS).
/// θ runs free of bounds: the deviance is even in the sign of a column of Λ, so that a variance of zero is an ordinary minimum.
/// </summary>
sealed class Scoring
{
    const int Secants = 8;
    const double WorthJumping = 0.1; // what a step in ΛΛᵀ must promise

    readonly int _most;

    readonly Likelihood _likelihood;
    readonly CrossProducts _x;
    readonly (int Factor, int Row, int Column)[] _free;

    internal Scoring(Likelihood likelihood, CrossProducts x, int mostEvaluations)
    {
        (_likelihood, _x, _most) = (likelihood, x, mostEvaluations);
        _free = FreeOf(x.Groups);
    }

    static (int Factor, int Row, int Column)[] FreeOf(Grouping[] groups)
    {
        var count = 0;
        foreach (var group in groups) foreach (var _ in group.Free()) count++;
        var (free, at) = (new (int, int, int)[count], 0);
        for (var k = 0; k < groups.Length; k++) foreach (var (row, column) in groups[k].Free()) free[at++] = (k, row, column);
        return free;
    }

    /// <summary>θ is these entries of Λ, factor by factor.</summary>
    internal (int Factor, int Row, int Column)[] Free => _free;

    /// <summary>The deviance and its gradient at one θ.</summary>
    internal sealed record Step(double[] Theta, double Deviance, double[] Gradient, Likelihood.Point Point, double SigmaSquared);

    /// <summary>What a search ended with.</summary>
    internal sealed record Result(Step At, bool Converged);

    /// <summary>θ = 1 on the diagonals, as lme4 starts; where every factor has a constant effect alone, what each explains by itself.</summary>
    internal double[] Start()
    {
        var start = new double[_free.Length];
        for (var i = 0; i < start.Length; i++) start[i] = _free[i].Row == _free[i].Column ? 1 : 0;
        if (!Array.TrueForAll(_x.Groups, g => g.Columns is [{ IsConstant: true }])) return start;
        var rest = 1.0;
        for (var k = 0; k < start.Length; k++) rest -= start[k] = _x.Explained(k);
        for (var k = 0; k < start.Length; k++) start[k] = Math.Sqrt(start[k] / Math.Max(0.1, rest));
        return start;
    }

    internal double[][] Lambda(double[] theta)
    {
        var lambda = Array.ConvertAll(_x.Groups, g => new double[g.Columns.Count * g.Columns.Count]);
        for (var i = 0; i < _free.Length; i++) lambda[_free[i].Factor][_free[i].Row * _x.Groups[_free[i].Factor].Columns.Count + _free[i].Column] = theta[i];
        return lambda;
    }

    /// <summary>The least deviance from a start; null when nothing can be evaluated there.</summary>
    /// <param name="start">θ to begin with.</param>
    /// <param name="held">What is held fixed.</param>
    /// <param name="enough">A step that would gain less than this a row is not made: what n rows tell of a parameter is known to a share of 1/√n of it at best, and a gain g moves it by √g of that.</param>
    internal Result? Minimise(double[] start, Held held = default, double enough = 1e-13)
    {
        enough *= _likelihood.Rows;
        if (At(start, held) is not { } at) return null;
        var secants = new List<(double[] S, double[] Y)>();
        var begun = _likelihood.Evaluations;
        var stalled = 0;
        while (_likelihood.Evaluations - begun < _most)
        {
            if (Far(at, held) is { } jump)
            {
                Remember(secants, at, jump);
                _likelihood.Release(at.Point);
                at = jump;
                continue;
            }
            var curvature = Curvature(at, held, boundary: true);
            foreach (var (s, y) in secants) Bfgs(curvature, s, y);
            var step = Newton(curvature, at.Gradient);
            var predicted = -0.5 * Small.Inner(step, at.Gradient);
            if (predicted <= enough + 1e-15 * Math.Abs(at.Deviance)) return Polished(at, held);
            if (Shorter(at, step, held) is not { } next)
            {
                if (secants.Count == 0) return predicted < 1e-7 + 1e-13 * Math.Abs(at.Deviance) ? Polished(at, held) : new Result(at, false);
                secants.Clear();
                continue;
            }
            Remember(secants, at, next);
            // Where the deviance no longer falls by a digit it has, the end is reached: at once near it, after three such steps when its digits are few.
            var fall = at.Deviance - next.Deviance;
            stalled = fall <= 1e-11 * (1 + Math.Abs(at.Deviance)) ? stalled + 1 : 0;
            var still = fall <= 1e-15 * Math.Abs(at.Deviance) && predicted < 1e-9 + 1e-14 * Math.Abs(at.Deviance);
            _likelihood.Release(at.Point);
            at = next;
            if (still || (stalled >= 3 && predicted < 1e-5)) return Polished(at, held);
        }
        return new Result(at, false);
    }

    /// <summary>
    /// Far from the end the deviance is straighter in the variances than in their factors: a step of scoring in ΛΛᵀ, taken when it stays
    /// clear of zero and the deviance falls; null otherwise, and near the end.
    /// </summary>
    Step? Far(Step at, Held held)
    {
        var step = Newton(Curvature(at, held, boundary: false), at.Gradient);
        if (-Small.Inner(step, at.Gradient) < WorthJumping) return null;
        var (from, change) = (Lambda(at.Theta), Lambda(step));
        for (var k = 0; k < from.Length; k++)
        {
            var size = _x.Groups[k].Columns.Count;
            var gamma = new double[size * size];
            Small.MultiplyTransposedAdd(from[k], from[k], gamma, size, size, size);
            var least = Small.Of(size, i => 0.01 * gamma[i * size + i]);
            Small.MultiplyTransposedAdd(change[k], from[k], gamma, size, size, size);
            Small.MultiplyTransposedAdd(from[k], change[k], gamma, size, size, size);
            if (!Dense.Small(gamma, size, size)) return null;
            for (var i = 0; i < size; i++) if (gamma[i * size + i] * gamma[i * size + i] < least[i]) return null;
            from[k] = gamma;
        }
        var next = At(Small.Of(_free.Length, i => from[_free[i].Factor][_free[i].Row * _x.Groups[_free[i].Factor].Columns.Count + _free[i].Column]), held);
        if (next?.Deviance < at.Deviance) return next;
        if (next is not null) _likelihood.Release(next.Point);
        return null;
    }

    /// <summary>Deviance and gradient; null where they do not exist.</summary>
    internal Step? At(double[] theta, Held held)
    {
        if (_likelihood.At(Lambda(theta), held.Effect) is not { } point) return null;
        var freedom = _likelihood.Freedom;
        var sigma = point.Residual / freedom;
        double[]? row = null;
        if (held.Sigma is { } fixedSigma) sigma = fixedSigma * fixedSigma;
        if (held.Deviation is var (factor, r, value))
        {
            var size = _x.Groups[factor].Columns.Count;
            row = point.Lambda[factor].AsSpan(r * size, size).ToArray();
            sigma = value * value / Small.Inner(row, row);
        }
        if (!(sigma > 0) || !double.IsFinite(sigma)) return null;
        var deviance = point.LogDeterminant + freedom * Math.Log(2 * Math.PI * sigma) + point.Residual / sigma;
        var gradient = new double[_free.Length];
        for (var i = 0; i < _free.Length; i++)
        {
            var (k, a, b) = _free[i];
            var at = a * _x.Groups[k].Columns.Count + b;
            gradient[i] = point.LogSlope[k][at] + point.ResidualSlope[k][at] / sigma;
            if (row is not null && k == held.Deviation!.Value.Factor && a == held.Deviation.Value.Row)
                gradient[i] -= (freedom - point.Residual / sigma) * 2 * row[b] / Small.Inner(row, row);
        }
        return double.IsFinite(deviance) ? new Step(theta, deviance, gradient, point, sigma) : null;
    }

    /// <summary>The step, halved until the deviance falls; null when it does not.</summary>
    Step? Shorter(Step from, double[] step, Held held)
    {
        var largest = Small.Largest(from.Theta);
        var scale = Math.Min(1, Math.Max(1, 2 * largest) / Small.Largest(step));
        for (var halved = 0; halved < 25; halved++, scale *= halved < 3 ? 0.5 : 0.2)
        {
            var next = At(Small.Of(step.Length, i => from.Theta[i] + scale * step[i]), held);
            if (next is not null && next.Deviance <= from.Deviance + 1e-4 * scale * Small.Inner(step, from.Gradient)) return next;
            if (next is not null) _likelihood.Release(next.Point);
        }
        return null;
    }

    static void Remember(List<(double[] S, double[] Y)> secants, Step from, Step to)
    {
        double[] s = Small.Of(to.Theta.Length, i => to.Theta[i] - from.Theta[i]), y = Small.Of(to.Gradient.Length, i => to.Gradient[i] - from.Gradient[i]);
        if (Small.Inner(s, y) > 1e-8 * Math.Sqrt(Small.Inner(s, s) * Small.Inner(y, y))) secants.Add((s, y));
        if (secants.Count > Secants) secants.RemoveAt(0);
    }

    /// <summary>Whether what was found is a minimum and no saddle: at a variance of zero the slope by the variance itself decides.</summary>
    Result Polished(Step at, Held held)
    {
        for (var i = 0; i < _free.Length; i++)
        {
            if (_free[i].Row != _free[i].Column || Math.Abs(at.Theta[i]) > 1e-3) continue;
            var probe = (double[])at.Theta.Clone();
            probe[i] = 0.05;
            if (At(probe, held) is { } aside && aside.Deviance < at.Deviance - 1e-7) return Minimise(aside.Theta, held) ?? new Result(at, false);
            probe[i] = 0;
            if (at.Theta[i] != 0 && Math.Abs(at.Theta[i]) < 1e-4 && At(probe, held) is { } zero && zero.Deviance <= at.Deviance + 1e-8) at = zero;
        }
        return new Result(at, true);
    }

    // ---- curvature ----

    /// <summary>B: tr(T dΓₐ T dΓᵦ) over the levels, dΓ = dΛ·Λᵀ + Λ·dΛᵀ, less what profiling σ takes, plus 2 tr(dΛₐᵀ Γ⁺ dΛᵦ).</summary>
    double[] Curvature(Step at, Held held, bool boundary)
    {
        var n = _free.Length;
        var b = new double[n * n];
        var through = new double[n];
        var moved = new double[n][];
        for (var i = 0; i < n; i++) moved[i] = Moved(at, _free[i], out through[i]);
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                if (_free[i].Factor == _free[j].Factor)
                {
                    var size = _x.Groups[_free[i].Factor].Columns.Count;
                    b[i * n + j] = _x.Groups[_free[i].Factor].Levels.Count * Small.Inner(moved[i], Small.Transposed(moved[j], size, size)) + (boundary ? Boundary(at, _free[i], _free[j]) : 0);
                }
                if (held.Sigma is null) b[i * n + j] -= through[i] * through[j] / _likelihood.Freedom;
                b[j * n + i] = b[i * n + j];
            }
        return b;
    }

    /// <summary>T·dΓ for one entry of Λ, and n·tr(T·dΓ).</summary>
    double[] Moved(Step at, (int Factor, int Row, int Column) entry, out double trace)
    {
        var size = _x.Groups[entry.Factor].Columns.Count;
        var lambda = at.Point.Lambda[entry.Factor];
        var change = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            change[entry.Row * size + j] += lambda[j * size + entry.Column];
            change[j * size + entry.Row] += lambda[j * size + entry.Column];
        }
        var moved = Small.Product(at.Point.Information[entry.Factor], change, size, size, size);
        trace = 0;
        for (var i = 0; i < size; i++) trace += moved[i * size + i] * _x.Groups[entry.Factor].Levels.Count;
        return moved;
    }

    /// <summary>2·Γₐₐ for entries in one column of Λ, where the deviance rises with the variance; Γ = ½ ∂D/∂Λ · Λ⁻¹.</summary>
    double Boundary(Step at, (int Factor, int Row, int Column) a, (int Factor, int Row, int Column) b)
    {
        if (a != b) return 0;
        var (log, residual) = (at.Point.LogSlope[a.Factor], at.Point.ResidualSlope[a.Factor]);
        var size = _x.Groups[a.Factor].Columns.Count;
        var slope = new double[size * size];
        for (var i = 0; i < slope.Length; i++) slope[i] = log[i] + residual[i] / at.SigmaSquared;
        var gamma = DividedByLambda(Small.Transposed(slope, size, size), at.Point.Lambda[a.Factor], size, 0.5);
        return Math.Max(0, 2 * gamma[a.Row * size + a.Row]);
    }

    /// <summary>Λ⁻ᵀL·scale made symmetric; a diagonal of Λ near zero is taken as 10⁻⁶, which only slows the search.</summary>
    internal static double[] DividedByLambda(double[] l, double[] lambda, int size, double scale)
    {
        var x = (double[])l.Clone();
        for (var column = 0; column < size; column++)
            for (var i = size - 1; i >= 0; i--)
            {
                for (var j = i + 1; j < size; j++) x[i * size + column] -= lambda[j * size + i] * x[j * size + column];
                var pivot = lambda[i * size + i];
                x[i * size + column] /= Math.Abs(pivot) < 1e-6 ? 1e-6 : pivot;
            }
        var made = new double[size * size];
        for (var i = 0; i < size; i++) for (var j = 0; j < size; j++) made[i * size + j] = scale * 0.5 * (x[i * size + j] + x[j * size + i]);
        return made;
    }

    static void Bfgs(double[] b, double[] s, double[] y)
    {
        var n = s.Length;
        var bs = Small.Product(b, s, n, n, 1);
        double sbs = Small.Inner(s, bs), sy = Small.Inner(s, y);
        if (!(sbs > 0) || !(sy > 0)) return;
        for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) b[i * n + j] += y[i] * y[j] / sy - bs[i] * bs[j] / sbs;
    }

    /// <summary>−B⁻¹g, with as much added to the diagonal as makes B positive definite.</summary>
    static double[] Newton(double[] b, double[] g)
    {
        var n = g.Length;
        var size = Small.Largest(Small.Of(n, i => b[i * n + i]));
        if (!(size > 0) || !double.IsFinite(size)) size = 1;
        for (var ridge = 1e-10 * size; ; ridge *= 10)
        {
            var inverse = new double[n * n];
            var damped = (double[])b.Clone();
            for (var i = 0; i < n; i++) damped[i * n + i] += ridge;
            if (!Small.Invert(damped, n, inverse, out _) && ridge < 1e10 * size) continue;
            return Array.ConvertAll(Small.Product(inverse, g, n, n, 1), v => -v);
        }
    }
}
