namespace Groeilijn.Statistics.Growth;

/// <summary>
/// How the matrix S of the factors that are not eliminated is solved, and its log-determinant and inverse found: by fronts; or, where the
/// exact factor is much work and the nodes hardly meet, by <see cref="Series"/> while searching, and at the end by panels and conjugate gradients, or by these alone
/// where the panels would be most of the work of all.
/// </summary>
sealed class Reduction(BlockPattern pattern)
{
    const double MuchWork = 3e8, MostWork = 1e11, HardlyMeet = 0.1, LargestDrift = 0.01, LargestGap = 1e-6;
    BlockCholesky? _exact;
    Series? _series;

    /// <summary>Makes the exact factor's plan; false when the levels cross in a way that no memory holds.</summary>
    internal bool TryPlan()
    {
        if (pattern.Nodes == 0 || _exact is not null) return true;
        _exact = BlockCholesky.Of(pattern);
        if (_exact?.Work > MuchWork && pattern.Pairs.Length < HardlyMeet * pattern.Nodes * pattern.Nodes / 2) _series = new Series(pattern);
        return _exact is not null;
    }

    /// <summary>Whether the series is in use; it stops being when it was asked for too much, and for good once certified.</summary>
    internal bool Searching => _series is not null;

    /// <summary>The largest eigenvalue of E that the series met; not a number when it was never used.</summary>
    internal double Eigenvalue { get; private set; } = double.NaN;

    /// <summary>Why the series was given up, if it was.</summary>
    internal bool FellBack { get; private set; }

    /// <summary>From here on log|S| is that of the exact factor, and the inverse is solved for.</summary>
    internal void Certify() => _certifying = true;

    bool _certifying;

    /// <summary>From here on all is by fronts.</summary>
    internal void ByFronts() => _series = null;

    /// <summary>By how much log|S| of the certificate may be off; 0 when it is the exact factor's.</summary>
    internal double Gap { get; private set; }

    /// <summary>What the series' log|S| lacked at the certificate; not a number when there was none.</summary>
    internal double Drift { get; private set; } = double.NaN;

    /// <summary>log|S|.</summary>
    internal double LogDeterminant { get; private set; }

    internal bool Factor(double[] values)
    {
        if (_series is not null)
        {
            if (_series.Factor(values))
            {
                (LogDeterminant, Eigenvalue) = (_series.LogDeterminant, _series.Eigenvalue);
                if (!_certifying) return true;
                if (Certified(values) is not { } exact) return false;
                (LogDeterminant, Drift) = (exact, exact - LogDeterminant);
                if (Math.Abs(Drift) < LargestDrift) return true;
            }
            (_series, FellBack) = (null, true);
        }
        if (!_exact!.Factor(values)) return false;
        LogDeterminant = _exact.LogDeterminant;
        return true;
    }

    /// <summary>log|S| by the exact factor, or within <see cref="LargestGap"/> by the columns of the inverse, which are needed anyway; null when S is not positive definite.</summary>
    double? Certified(double[] values)
    {
        if (_exact!.Work > MostWork && _series!.LogDeterminantByColumns() is var (value, error) && error < LargestGap)
        {
            Gap = error;
            return value;
        }
        return _exact.LogDeterminantOf(values);
    }

    /// <summary>X ← S⁻¹X.</summary>
    internal void Solve(Span<double> x, int columns)
    {
        if (_series is not null) _series.Solve(x, columns);
        else _exact!.Solve(x, columns);
    }

    /// <summary>S⁻¹ on the pattern.</summary>
    internal void Inverse(double[] values)
    {
        if (_series is not null && _certifying) _series.ExactInverse(values);
        else if (_series is not null) _series.Inverse(values);
        else _exact!.Inverse(values);
    }
}
