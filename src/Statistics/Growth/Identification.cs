namespace Groeilijn.Statistics.Growth;

/// <summary>
/// Which variances and covariances the design leaves open. The covariance of the response, σ²W⁻¹ + Σ ψᵢAᵢ, is linear in them: where the matrices A depend on
/// each other, other values give the same covariance, and every response is explained as well by them. The dependences are found from the inner products tr(AᵢAⱼ), which
/// follow from the collapsed data, with the columns of each random term made orthonormal first, so that years of 2020 and later lose no digits.
/// </summary>
sealed class Identification
{
    const double LeastColumn = 1e-11, LeastMatrix = 1e-10, LeastShare = 1e-6;

    readonly CrossProducts _x;
    readonly (int Factor, int Row, int Column)[] _free;
    readonly double[][] _basis, _turn; // of each factor the new columns as rows; and with those left out that the earlier ones give
    readonly double[] _products, _half, _turned; // the residual's matrix first, then those of the free entries

    Identification(CrossProducts x, (int, int, int)[] free)
    {
        (_x, _free, _products) = (x, free, new double[(free.Length + 1) * (free.Length + 1)]);
        (_basis, _turn) = (new double[x.Groups.Length][], new double[x.Groups.Length][]);
        for (var k = 0; k < _basis.Length; k++) (_basis[k], _turn[k]) = Basis(k);
        var widest = x.Groups.Max(g => g.Columns.Count);
        (_half, _turned) = (new double[widest * widest], new double[widest * widest]);
    }

    /// <summary>The deviations and correlations that the data cannot tell, whatever the response; none when all is well.</summary>
    internal static List<string> Open(CrossProducts x, (int Factor, int Row, int Column)[] free, int rows)
    {
        var at = new Identification(x, free);
        at.Multiply(rows);
        var combinations = Orthonormal(at._products, free.Length + 1, LeastMatrix, out var dependent);
        return [.. Enumerable.Range(0, dependent.Length).Where(i => dependent[i]).SelectMany(i => at.Names(combinations.AsSpan(i * dependent.Length, dependent.Length))).Distinct()];
    }

    // ---- the columns of each term, made orthonormal ----

    (double[] Basis, double[] Turn) Basis(int factor)
    {
        var group = _x.Groups[factor];
        var size = group.Columns.Count;
        var (sum, basis, left) = (new double[size * size], new double[size * size], new bool[size]);
        foreach (var (g, count) in Own(factor)) for (var i = 0; i < sum.Length; i++) sum[i] += count * g.Span[i];
        for (var t = 0; t < group.Terms.Count; t++)
        {
            var (from, n) = (group.Terms[t], (t + 1 < group.Terms.Count ? group.Terms[t + 1] : size) - group.Terms[t]);
            var own = Small.Of(n * n, i => sum[(from + i / n) * size + from + i % n]);
            var made = Orthonormal(own, n, LeastColumn, out var dependent);
            for (var i = 0; i < made.Length; i++) basis[(from + i / n) * size + from + i % n] = made[i];
            dependent.CopyTo(left, from);
        }
        return (basis, Small.Of(basis.Length, i => left[i / size] ? 0 : basis[i]));
    }

    /// <summary>G = ZᵀWZ of the levels of a factor, and how many have it.</summary>
    IEnumerable<(ReadOnlyMemory<double> G, int Count)> Own(int factor)
    {
        if (factor == 0) foreach (var pattern in _x.Patterns) yield return (pattern.G, pattern.Count);
        else
            for (var i = 0; i < _x.FactorOf.Length; i++)
                if (_x.FactorOf[i] == factor) yield return (_x.Base.AsMemory(_x.Pattern.Diagonal[i], _x.Pattern.Size[i] * _x.Pattern.Size[i]), 1);
    }

    /// <summary>Rows that are orthonormal under S, each of the unit vectors up to its own; one whose rest is nearly nothing stays as the combination that vanishes.</summary>
    static double[] Orthonormal(double[] s, int n, double least, out bool[] dependent)
    {
        var made = new double[n * n];
        dependent = new bool[n];
        for (var j = 0; j < n; j++)
        {
            var row = made.AsSpan(j * n, n);
            row[j] = 1;
            for (var pass = 0; pass < 2; pass++) // twice, for the digits that the first loses
                for (var b = 0; b < j; b++)
                    if (!dependent[b]) Dense.AddScaled(row, made.AsSpan(b * n, n), -Small.Inner(made.AsSpan(b * n, n), Small.Product(s, row, n, n, 1)));
            var rest = Small.Inner(row, Small.Product(s, row, n, n, 1));
            dependent[j] = !(rest > least * s[j * n + j]);
            if (!dependent[j]) foreach (ref var v in row) v /= Math.Sqrt(rest);
        }
        return made;
    }

    // ---- the inner products ----

    void Multiply(int rows)
    {
        _products[0] = rows;
        for (var k = 0; k < _x.Groups.Length; k++) foreach (var (g, count) in Own(k)) Add(k, k, g.Span, count);
        foreach (var cell in _x.Cells) for (var i = 0; i < cell.Nodes.Length; i++) Add(0, _x.FactorOf[cell.Nodes[i]], cell.Blocks[i], cell.Count);
        for (var e = 0; e < _x.Pattern.Pairs.Length; e++)
        {
            var (r, c) = _x.Pattern.Pairs[e];
            if (_x.FactorOf[r] != _x.FactorOf[c]) Add(_x.FactorOf[r], _x.FactorOf[c], _x.Base.AsSpan(_x.Pattern.PairAt[e], _x.Pattern.Size[r] * _x.Pattern.Size[c]), 1);
        }
    }

    /// <summary>tr(E·M·F·Mᵀ) for every entry E of one factor and F of another, M the block ZᵀWZ of a level of each.</summary>
    void Add(int k, int l, ReadOnlySpan<double> block, int count)
    {
        int m = _x.Groups[k].Columns.Count, n = _x.Groups[l].Columns.Count, width = _free.Length + 1;
        Array.Clear(_half);
        Array.Clear(_turned);
        Small.MultiplyAdd(_turn[k], block, _half, m, m, n);
        Small.MultiplyTransposedAdd(_half, _turn[l], _turned, m, n, n);
        for (var i = 1; i < width; i++)
        {
            var (factor, a, b) = _free[i - 1];
            if (factor != k) continue;
            if (k == l)
            {
                _products[i] += count * Weight(a, b) * _turned[a * n + b];
                _products[i * width] = _products[i];
            }
            for (var j = 1; j < width; j++)
            {
                var (other, c, d) = _free[j - 1];
                if (other != l) continue;
                var product = count * Weight(a, b) * Weight(c, d) / 2 * (_turned[a * n + c] * _turned[b * n + d] + _turned[a * n + d] * _turned[b * n + c]);
                _products[i * width + j] += product;
                if (k != l) _products[j * width + i] += product;
            }
        }
    }

    /// <summary>A covariance stands in its matrix twice.</summary>
    static double Weight(int row, int column) => row == column ? 1 : 2;

    // ---- what it is called ----

    /// <summary>What a combination of the entries that changes nothing would change.</summary>
    List<string> Names(ReadOnlySpan<double> combination)
    {
        var change = new double[_free.Length];
        for (var i = 0; i < change.Length; i++)
        {
            var (k, x, y) = _free[i];
            var size = _x.Groups[k].Columns.Count;
            for (var j = 0; j < change.Length; j++)
            {
                var (factor, a, b) = _free[j];
                if (factor == k) change[i] += combination[j + 1] * Weight(a, b) / 2 * (_basis[k][a * size + x] * _basis[k][b * size + y] + _basis[k][b * size + x] * _basis[k][a * size + y]);
            }
        }
        var least = LeastShare * Math.Max(Small.Largest(change), Math.Abs(combination[0]));
        var names = new List<string>();
        for (var i = 0; i < change.Length; i++) if (Math.Abs(change[i]) > least) names.Add(Name(_x.Groups[_free[i].Factor], _free[i].Row, _free[i].Column));
        if (Math.Abs(combination[0]) > least) names.Add("sigma");
        return names;
    }

    /// <summary>As the intervals name it: <c>sd group term</c>; a correlation has both terms.</summary>
    internal static string Name(Grouping group, int row, int column) => row == column
        ? $"sd {group.Name} {group.Columns[row].Name}"
        : $"correlation {group.Name} {group.Columns[column].Name} {group.Columns[row].Name}";
}
