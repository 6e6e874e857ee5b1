namespace Groeilijn.Statistics.Growth;

/// <summary>
/// S when its nodes hardly meet (schools that share movers): S = C(I + E)Cᵀ with C the factors of the diagonal blocks, and E small. Then
/// log|I + E| = −½tr E² + ⅓tr E³ − …: the first two exactly, orders 4 to <see cref="LastOrder"/> by fixed probes of ±1, so that the value is smooth and repeatable, and
/// its slopes are the exact slopes of that value. Equations are solved by conjugate gradients (Hestenes and Stiefel 1952).
/// </summary>
sealed partial class Series
{
    const int Probes = 32, LastOrder = 10, PairsOfPart = 4096;

    /// <summary>Beyond this size of the largest eigenvalue of E the series is too slow, and the exact factor is used.</summary>
    internal const double LargestEigenvalue = 0.5;

    readonly BlockPattern _p;
    readonly double[] _probes;
    readonly double[][] _powers, _gathered; // E's powers times the probes, and what the slopes gather of them
    readonly List<(int Node, int Pair)>[] _near;
    readonly Rows _rows;
    double[] _inverseC = [], _e = [];
    double _logOfBlocks;

    internal Series(BlockPattern pattern)
    {
        _p = pattern;
        var dice = new Throws(1, 0);
        _probes = new double[pattern.Rows * Probes];
        for (var i = 0; i < _probes.Length; i++) _probes[i] = dice.Sign();
        (_powers, _gathered) = (new double[LastOrder][], new double[LastOrder][]);
        for (var a = 0; a < LastOrder; a++) (_powers[a], _gathered[a]) = (a == 0 ? _probes : new double[_probes.Length], new double[_probes.Length]);
        _near = [.. Enumerable.Range(0, pattern.Nodes).Select(_ => new List<(int, int)>())];
        for (var e = 0; e < pattern.Pairs.Length; e++)
        {
            _near[pattern.Pairs[e].Row].Add((pattern.Pairs[e].Column, e));
            _near[pattern.Pairs[e].Column].Add((pattern.Pairs[e].Row, e));
        }
        foreach (var list in _near) list.Sort();
        _rows = new Rows(pattern, _near);
    }

    internal double LogDeterminant { get; private set; }

    /// <summary>The size of the largest eigenvalue of E, by thirty steps of the power method.</summary>
    internal double Eigenvalue { get; private set; }

    /// <summary>Takes the values; false when the series may not be used for them.</summary>
    internal bool Factor(double[] values)
    {
        (_inverseC, _e, _solved, _logOfBlocks) = (new double[_p.Values], new double[_p.Values], [], 0);
        for (var i = 0; i < _p.Nodes; i++)
        {
            var size = _p.Size[i];
            var l = values.AsSpan(_p.Diagonal[i], size * size).ToArray();
            if (!Dense.Small(l, size, size)) return false;
            for (var a = 0; a < size; a++) _logOfBlocks += 2 * Math.Log(l[a * size + a]);
            Small.Transposed(Dense.InverseTransposed(l, size, size), size, size).CopyTo(_inverseC, _p.Diagonal[i]);
        }
        for (var e = 0; e < _p.Pairs.Length; e++)
        {
            var (r, c) = _p.Pairs[e];
            var half = Small.Product(InverseC(r), values.AsSpan(_p.PairAt[e]), _p.Size[r], _p.Size[r], _p.Size[c]);
            Small.MultiplyTransposedAdd(half, InverseC(c), _e.AsSpan(_p.PairAt[e]), _p.Size[r], _p.Size[c], _p.Size[c]);
        }
        _rows.Take(_e);
        Eigenvalue = Power();
        if (!(Eigenvalue < LargestEigenvalue)) return false;
        MakeSlopes();
        return true;
    }

    ReadOnlySpan<double> InverseC(int node) => _inverseC.AsSpan(_p.Diagonal[node], _p.Size[node] * _p.Size[node]);

    double Power()
    {
        var x = _probes.AsSpan(0, _p.Rows).ToArray();
        var length = 0.0;
        for (var k = 0; k < 30; k++)
        {
            var norm = Math.Sqrt(Small.Inner(x, x));
            if (norm == 0) return 0;
            for (var i = 0; i < x.Length; i++) x[i] /= norm;
            var y = new double[x.Length];
            _rows.Multiply(x, y, 1);
            (x, length) = (y, Math.Sqrt(Small.Inner(y, y)));
        }
        return length;
    }

    // ---- the log-determinant and its slopes ----

    double[] _q = [];

    /// <summary>
    /// Q with d log|I + E| = tr(Q dE) on the pattern: −E + E² and the probes' part, and the value on the way. With S = C(I + E)Cᵀ
    /// the slope by S is C⁻ᵀ(I − EQ)C⁻¹ on the diagonal and C⁻ᵀQC⁻¹ off it.
    /// </summary>
    void MakeSlopes()
    {
        _q = new double[_p.Values];
        var parts = (_p.Pairs.Length + PairsOfPart - 1) / PairsOfPart;
        double[] twos = new double[parts], threes = new double[parts];
        Parallel.For(0, parts, part =>
        {
            for (var e = part * PairsOfPart; e < Math.Min(_p.Pairs.Length, (part + 1) * PairsOfPart); e++)
            {
                var (r, c) = _p.Pairs[e];
                var length = _p.Size[r] * _p.Size[c];
                var own = _e.AsSpan(_p.PairAt[e], length);
                var to = _q.AsSpan(_p.PairAt[e], length);
                AddSquare(r, c, to);
                threes[part] += 2 * Small.Inner(own, to);
                twos[part] += 2 * Small.Inner(own, own);
                for (var i = 0; i < length; i++) to[i] -= own[i];
            }
        });
        double two = twos.Sum(), three = threes.Sum();
        LogDeterminant = _logOfBlocks - two / 2 + three / 3;
        AddProbes();
    }

    /// <summary>(E²)ᵣ꜀: over the nodes that both meet.</summary>
    void AddSquare(int r, int c, Span<double> to)
    {
        var (a, b) = (_near[r], _near[c]);
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            if (a[i].Node < b[j].Node) i++;
            else if (a[i].Node > b[j].Node) j++;
            else
            {
                var k = a[i].Node;
                Small.MultiplyAdd(Block(r, k, a[i++].Pair), Block(k, c, b[j++].Pair), to, _p.Size[r], _p.Size[k], _p.Size[c]);
            }
        }
    }

    /// <summary>E as row and column ask it.</summary>
    ReadOnlySpan<double> Block(int row, int column, int pair)
    {
        var own = _e.AsSpan(_p.PairAt[pair], _p.Size[row] * _p.Size[column]);
        return _p.Pairs[pair].Row == row ? own : Small.Transposed(own, _p.Size[column], _p.Size[row]);
    }

    void AddProbes()
    {
        var (v, w) = (_powers, _gathered);
        for (var a = 1; a < LastOrder; a++) _rows.Multiply(v[a - 1], v[a], Probes);
        var sum = 0.0;
        for (var k = 4; k <= LastOrder; k++) sum += Coefficient(k) * Small.Inner(v[k / 2], v[k - k / 2]);
        LogDeterminant += sum / Probes;
        // d zᵀEᵏz = Σ tr(Eᵃz zᵀEᵇ dE) over a + b = k − 1; wₐ gathers the b of each a.
        for (var a = 0; a < LastOrder; a++)
        {
            Array.Clear(w[a]);
            for (var b = Math.Max(0, 3 - a); a + b + 1 <= LastOrder; b++)
                Dense.AddScaled(w[a], v[b], Coefficient(a + b + 1) / Probes);
        }
        var parts = (_p.Pairs.Length + PairsOfPart - 1) / PairsOfPart;
        Parallel.For(0, parts, part =>
        {
            for (var e = part * PairsOfPart; e < Math.Min(_p.Pairs.Length, (part + 1) * PairsOfPart); e++)
            {
                var (r, c) = _p.Pairs[e];
                for (var i = 0; i < _p.Size[r]; i++)
                    for (var j = 0; j < _p.Size[c]; j++)
                    {
                        var total = 0.0;
                        for (var a = 0; a < LastOrder; a++) total += Dense.Dot(v[a].AsSpan((_p.Start[r] + i) * Probes, Probes), w[a].AsSpan((_p.Start[c] + j) * Probes, Probes));
                        _q[_p.PairAt[e] + i * _p.Size[c] + j] += total;
                    }
            }
        });
    }

    static double Coefficient(int k) => (k % 2 == 0 ? -1.0 : 1.0) / k;

    /// <summary>The slope of the log-determinant by S: what the search takes for S⁻¹ on the pattern.</summary>
    internal void Inverse(double[] values)
    {
        Parallel.For(0, _p.Nodes, i =>
        {
            var size = _p.Size[i];
            var middle = new double[size * size];
            foreach (var (other, pair) in _near[i])
            {
                var q = _q.AsSpan(_p.PairAt[pair], size * _p.Size[other]);
                Small.MultiplyTransposedAdd(Block(i, other, pair), _p.Pairs[pair].Row == i ? q : Small.Transposed(q, _p.Size[other], size), middle, size, _p.Size[other], size, -1);
            }
            for (var a = 0; a < size; a++) for (var b = 0; b < a; b++) middle[a * size + b] = middle[b * size + a] = 0.5 * (middle[a * size + b] + middle[b * size + a]);
            for (var a = 0; a < size; a++) middle[a * size + a] += 1;
            Around(i, i, middle, values.AsSpan(_p.Diagonal[i]));
        });
        for (var e = 0; e < _p.Pairs.Length; e++)
        {
            var (r, c) = _p.Pairs[e];
            Around(r, c, _q.AsSpan(_p.PairAt[e], _p.Size[r] * _p.Size[c]), values.AsSpan(_p.PairAt[e]));
        }
    }

    /// <summary>Cᵣ⁻ᵀ·M·C꜀⁻¹.</summary>
    void Around(int r, int c, ReadOnlySpan<double> middle, Span<double> into)
    {
        var half = Small.Product(middle, InverseC(c), _p.Size[r], _p.Size[c], _p.Size[c]);
        into[..(_p.Size[r] * _p.Size[c])].Clear();
        Small.TransposedMultiplyAdd(InverseC(r), half, into, _p.Size[r], _p.Size[r], _p.Size[c]);
    }

    // ---- equations ----

    /// <summary>X ← S⁻¹X to about 1e-14 of X, by conjugate gradients on (I + E)(CᵀX) = C⁻¹(right side), all columns at once.</summary>
    internal void Solve(Span<double> x, int columns)
    {
        var b = Scaled(x, columns, transposed: false);
        var solution = new double[b.Length];
        var residual = (double[])b.Clone();
        var direction = (double[])b.Clone();
        var old = Columns(residual, residual, columns);
        var stop = old.Select(v => v * 1e-30).ToArray();
        for (var k = 0; k < 200 && old.Where((v, j) => v > stop[j]).Any(); k++)
        {
            var product = new double[direction.Length];
            _rows.Multiply(direction, product, columns);
            Dense.AddScaled(product, direction, 1);
            var curvature = Columns(direction, product, columns);
            double[] alpha = [.. old.Select((v, j) => curvature[j] > 0 ? v / curvature[j] : 0)];
            for (var i = 0; i < b.Length; i += columns)
                for (var j = 0; j < columns; j++)
                {
                    solution[i + j] += alpha[j] * direction[i + j];
                    residual[i + j] -= alpha[j] * product[i + j];
                }
            var now = Columns(residual, residual, columns);
            double[] beta = [.. old.Select((v, j) => v > 0 ? now[j] / v : 0)];
            for (var i = 0; i < b.Length; i += columns) for (var j = 0; j < columns; j++) direction[i + j] = residual[i + j] + beta[j] * direction[i + j];
            old = now;
        }
        Scaled(solution, columns, transposed: true).CopyTo(x);
    }

    double[] Scaled(ReadOnlySpan<double> x, int columns, bool transposed)
    {
        var made = new double[x.Length];
        for (var i = 0; i < _p.Nodes; i++)
        {
            var own = x[(_p.Start[i] * columns)..];
            var to = made.AsSpan(_p.Start[i] * columns);
            if (transposed) Small.TransposedMultiplyAdd(InverseC(i), own, to, _p.Size[i], _p.Size[i], columns);
            else Small.MultiplyAdd(InverseC(i), own, to, _p.Size[i], _p.Size[i], columns);
        }
        return made;
    }

    static double[] Columns(double[] a, double[] b, int columns)
    {
        var sums = new double[columns];
        for (var i = 0; i < a.Length; i += columns) for (var j = 0; j < columns; j++) sums[j] += a[i + j] * b[i + j];
        return sums;
    }
}
