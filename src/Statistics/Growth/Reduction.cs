namespace Groeilijn.Statistics.Growth;

/// <summary>How the matrix S of the factors that are not eliminated is solved, and its log-determinant and inverse found.</summary>
sealed class Reduction(BlockPattern pattern)
{
    BlockCholesky? _exact;

    /// <summary>Makes the exact factor's plan; false when the levels cross in a way that no memory holds.</summary>
    internal bool TryPlan()
    {
        if (pattern.Nodes == 0) return true;
        _exact = BlockCholesky.Of(pattern);
        return _exact is not null;
    }

    /// <summary>log|S|.</summary>
    internal double LogDeterminant { get; private set; }

    internal bool Factor(double[] values)
    {
        if (!_exact!.Factor(values)) return false;
        LogDeterminant = _exact.LogDeterminant;
        return true;
    }

    /// <summary>X ← S⁻¹X.</summary>
    internal void Solve(Span<double> x, int columns) => _exact!.Solve(x, columns);

    /// <summary>S⁻¹ on the pattern.</summary>
    internal void Inverse(Span<double> values) => _exact!.Inverse(values);
}
