using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// Exact linear quantile regression at one level after another (Koenker and Bassett 1978). The solution is a vertex: p rows fitted exactly.
/// From the vertex of the level before, the descent goes along edges, each to the weighted median of the residuals on it (Barrodale and
/// Roberts 1974). Rows far from the plane keep their sign and count as one linear term; their signs are checked afterwards over all rows
/// (Portnoy and Koenker 1997), so that the answer is that of the whole problem.
/// </summary>
sealed class QuantileRegression
{
    const double Optimal = 1e-9;
    readonly int _n, _p, _stride;
    readonly double[] _x, _y, _moved, _w;
    readonly double _total;
    int[] _basis;
    double[] _inverse, _residual;
    bool _residualsKnown;

    QuantileRegression(double[] x, double[] y, double[] w, int p)
    {
        (_y, _w, _n, _p, _stride) = (y, w, y.Length, p, (p + 7) & ~7);
        _x = new double[_n * _stride]; // whole vectors, the rest zero
        for (var i = 0; i < _n; i++) x.AsSpan(i * p, p).CopyTo(_x.AsSpan(i * _stride));
        _total = w.Sum();
        _moved = Moved(y);
        (_basis, _inverse, _residual) = ([], new double[p * p], new double[_n]);
    }

    /// <summary>Pivots made so far.</summary>
    internal int Pivots { get; private set; }

    /// <summary>Makes the rows ready; null when they have not p independent columns.</summary>
    /// <param name="x">Rows of p columns.</param>
    /// <param name="y">The response.</param>
    /// <param name="w">Weights above zero.</param>
    /// <param name="p">Columns.</param>
    internal static QuantileRegression? Of(double[] x, double[] y, double[] w, int p)
    {
        var made = new QuantileRegression(x, y, w, p);
        return made.FirstBasis() ? made : null;
    }

    /// <summary>
    /// Scores are whole and tie. A movement of about 10⁻⁷ of their range, fixed for each row, makes every vertex simple; the coefficients are
    /// then computed from the scores as they are, and an optimal vertex of the moved problem is one of the real.
    /// </summary>
    static double[] Moved(double[] y)
    {
        var range = y.Max() - y.Min();
        var dice = new Throws(3, 0);
        return [.. y.Select(v => v + 1e-7 * range * dice.Normal())];
    }

    ReadOnlySpan<double> Row(int i) => _x.AsSpan(i * _stride, _stride);

    /// <summary>p independent rows, by elimination with the largest pivots among spread rows.</summary>
    bool FirstBasis()
    {
        var chosen = new List<int>();
        var rows = new List<double[]>();
        var pivots = new List<int>();
        var step = Math.Max(1, _n / 997);
        for (var pass = 0; pass < step && chosen.Count < _p; pass++)
            for (var i = pass; i < _n && chosen.Count < _p; i += step)
            {
                var row = Row(i)[.._p].ToArray();
                for (var k = 0; k < rows.Count; k++)
                {
                    var share = row[pivots[k]] / rows[k][pivots[k]];
                    for (var c = 0; c < _p; c++) row[c] -= share * rows[k][c];
                }
                var best = 0;
                for (var c = 1; c < _p; c++) if (Math.Abs(row[c]) > Math.Abs(row[best])) best = c;
                if (Math.Abs(row[best]) < (pass == 0 ? 0.02 : 1e-6)) continue;
                chosen.Add(i);
                rows.Add(row);
                pivots.Add(best);
            }
        _basis = [.. chosen];
        return chosen.Count == _p && Refresh();
    }

    /// <summary>B⁻¹ of the basis anew, and all residuals; false when the basis is singular.</summary>
    bool Refresh()
    {
        var p = _p;
        var a = new double[p * 2 * p];
        for (var r = 0; r < p; r++)
        {
            Row(_basis[r])[..p].CopyTo(a.AsSpan(r * 2 * p));
            a[r * 2 * p + p + r] = 1;
        }
        for (var c = 0; c < p; c++)
        {
            var best = c;
            for (var r = c + 1; r < p; r++) if (Math.Abs(a[r * 2 * p + c]) > Math.Abs(a[best * 2 * p + c])) best = r;
            if (Math.Abs(a[best * 2 * p + c]) < 1e-13) return false;
            for (var k = 0; k < 2 * p; k++) (a[c * 2 * p + k], a[best * 2 * p + k]) = (a[best * 2 * p + k], a[c * 2 * p + k]);
            var pivot = a[c * 2 * p + c];
            for (var k = 0; k < 2 * p; k++) a[c * 2 * p + k] /= pivot;
            for (var r = 0; r < p; r++)
            {
                var share = a[r * 2 * p + c];
                if (r == c || share == 0) continue;
                for (var k = 0; k < 2 * p; k++) a[r * 2 * p + k] -= share * a[c * 2 * p + k];
            }
        }
        for (var r = 0; r < p; r++) a.AsSpan(r * 2 * p + p, p).CopyTo(_inverse.AsSpan(r * p));
        return true;
    }

    double[] Beta(double[] y) => Small.Product(_inverse, Array.ConvertAll(_basis, i => y[i]), _p, _p, 1);

    void AllResiduals()
    {
        var beta = new double[_stride];
        Beta(_moved).CopyTo(beta, 0);
        for (var i = 0; i < _n; i++) _residual[i] = _moved[i] - Dense.Dot(Row(i), beta);
        foreach (var i in _basis) _residual[i] = 0;
        _residualsKnown = true;
    }

    // ---- one level ----

    /// <summary>The coefficients at level τ; null when the descent lost its footing.</summary>
    internal double[]? At(double tau)
    {
        if (!_residualsKnown) AllResiduals();
        var share = Math.Min(1, Math.Max(1500, 8.0 * _p * _p) / _n + 0.015);
        for (var round = 0; round < 40; round++)
        {
            var (low, high) = Window(tau, share);
            var active = new List<int>();
            var far = new double[_stride];
            var sign = new sbyte[_n];
            for (var i = 0; i < _n; i++)
            {
                if (_residual[i] >= low && _residual[i] <= high) { active.Add(i); continue; }
                sign[i] = (sbyte)(_residual[i] < low ? -1 : 1);
                var weight = _w[i] * (sign[i] < 0 ? tau - 1 : tau);
                Dense.AddScaled(far, Row(i), weight);
            }
            for (var repair = 0; repair < 6; repair++)
            {
                if (!Descend([.. active], far, tau)) break;
                AllResiduals();
                var wrong = 0;
                for (var i = 0; i < _n; i++)
                {
                    if (sign[i] == 0 || _residual[i] * sign[i] >= 0) continue;
                    wrong++;
                    active.Add(i);
                    var weight = _w[i] * (sign[i] < 0 ? tau - 1 : tau);
                    Dense.AddScaled(far, Row(i), -weight);
                    sign[i] = 0;
                }
                if (wrong == 0) return Beta(_y);
            }
            if (share >= 1) return null;
            if (!Refresh()) return null;
            AllResiduals();
            share = Math.Min(1, share * 2);
        }
        return null;
    }

    /// <summary>The residuals between which the plane of level τ may run: the quantiles τ ± share/2 of those there are, and zero.</summary>
    (double Low, double High) Window(double tau, double share)
    {
        if (share >= 1) return (double.NegativeInfinity, double.PositiveInfinity);
        var step = Math.Max(1, _n / 8192); // a sample is enough: what lies wrong is found afterwards
        var sample = new double[(_n + step - 1) / step];
        var weights = new double[sample.Length];
        for (var i = 0; i < sample.Length; i++) (sample[i], weights[i]) = (_residual[i * step], _w[i * step]);
        Array.Sort(sample, weights);
        var total = weights.Sum();
        double low = sample[0] - 1, high = sample[^1] + 1, sum = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            sum += weights[i];
            if (sum <= (tau - share / 2) * total) low = sample[i];
            if (sum >= (tau + share / 2) * total) { high = sample[i]; break; }
        }
        return (Math.Min(low, 0), Math.Max(high, 0));
    }

    /// <summary>Descends over the active rows and the linear term; false when an edge has no end or the basis becomes singular.</summary>
    bool Descend(int[] active, double[] far, double tau)
    {
        _residualsKnown = false;
        var m = active.Length;
        var tiles = Tiled(active);
        double[] r = new double[tiles.Length / _p], v = new double[r.Length], edge = new double[m];
        var order = new int[m];
        var basis = new Dictionary<int, int>();
        for (var k = 0; k < m; k++) r[k] = _residual[active[k]];
        var where = new int[_p]; // the active number of each basic row
        for (var j = 0; j < _p; j++) basis[_basis[j]] = j;
        var basic = new bool[m];
        for (var k = 0; k < m; k++) if (basis.TryGetValue(active[k], out var j)) (where[j], basic[k], r[k]) = (k, true, 0);
        var g = (double[])far.Clone();
        for (var k = 0; k < m; k++) if (!basic[k]) Dense.AddScaled(g, Row(active[k]), _w[active[k]] * (r[k] < 0 ? tau - 1 : tau));
        var d = new double[_stride];
        var reach = double.PositiveInfinity;
        for (var pivot = 0; pivot < 20_000; pivot++)
        {
            var (j, s, slope) = Steepest(g, active, where, tau);
            if (j < 0) return Refresh();
            for (var c = 0; c < _p; c++) d[c] = s * _inverse[c * _p + j];
            Along(tiles, d, v);
            foreach (var k in where) v[k] = 0;
            var end = Median(edge, order, Edges(r, v, reach, edge, order), v, active, -slope);
            if (end < 0 && reach < double.PositiveInfinity) end = Median(edge, order, Edges(r, v, double.PositiveInfinity, edge, order), v, active, -slope);
            if (end < 0) return false;
            var (t, enter) = (edge[end], order[end]);
            reach = 4 * t + (pivot == 0 ? 0 : 0.5 * Math.Min(reach, 16 * t)); // most ends lie about as far as the last ones did
            for (var q = 0; q < end; q++) // rows that are passed, all before the end now, change sign
                Dense.AddScaled(g, Row(active[order[q]]), r[order[q]] > 0 ? -_w[active[order[q]]] : _w[active[order[q]]]);
            Dense.AddScaled(g, Row(active[enter]), -_w[active[enter]] * (r[enter] < 0 ? tau - 1 : tau));
            Dense.AddScaled(r, v, -t);
            var leave = where[j];
            r[enter] = 0;
            r[leave] = -s * t;
            Dense.AddScaled(g, Row(active[leave]), _w[active[leave]] * (s > 0 ? tau - 1 : tau));
            where[j] = enter;
            Exchange(j, Row(active[enter])[.._p]);
            _basis[j] = active[enter];
            Pivots++;
            if (pivot % 100 == 99 && !Refresh()) return false;
        }
        return false;
    }

    const int Lanes = 8, Together = 4;

    /// <summary>The active rows in tiles of eight, column by column, filled up with zeros: a product with a direction then runs along memory.</summary>
    double[] Tiled(int[] active)
    {
        var count = (active.Length + Lanes * Together - 1) / (Lanes * Together) * Together;
        var tiles = new double[count * Lanes * _p];
        unchecked
        {
            for (var k = 0; k < active.Length; k++)
            {
                var row = Row(active[k]);
                var at = k / Lanes * Lanes * _p + k % Lanes;
                for (var c = 0; c < _p; c++, at += Lanes) tiles[at] = row[c];
            }
        }
        return tiles;
    }

    /// <summary>v = X·d over the tiles, four at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Along(double[] tiles, double[] d, double[] v)
    {
        unchecked
        {
            ref var x = ref MemoryMarshal.GetArrayDataReference(tiles);
            ref var to = ref MemoryMarshal.GetArrayDataReference(v);
            ref var by = ref MemoryMarshal.GetArrayDataReference(d);
            var size = (nuint)(Lanes * _p);
            for (nuint k = 0; k < (nuint)v.Length; k += Lanes * Together)
            {
                Vector512<double> a = default, b = default, c = default, e = default;
                var at = k * (nuint)_p;
                for (nuint i = 0; i < (nuint)_p; i++, at += Lanes)
                {
                    var share = Vector512.Create(Unsafe.Add(ref by, i));
                    a = Vector512.FusedMultiplyAdd(share, Vector512.LoadUnsafe(ref x, at), a);
                    b = Vector512.FusedMultiplyAdd(share, Vector512.LoadUnsafe(ref x, at + size), b);
                    c = Vector512.FusedMultiplyAdd(share, Vector512.LoadUnsafe(ref x, at + 2 * size), c);
                    e = Vector512.FusedMultiplyAdd(share, Vector512.LoadUnsafe(ref x, at + 3 * size), e);
                }
                a.StoreUnsafe(ref to, k);
                b.StoreUnsafe(ref to, k + Lanes);
                c.StoreUnsafe(ref to, k + 2 * Lanes);
                e.StoreUnsafe(ref to, k + 3 * Lanes);
            }
        }
    }

    /// <summary>The rows whose residual becomes zero on the way, within reach, and how far away; gives how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Edges(double[] r, double[] v, double reach, double[] edge, int[] order)
    {
        unchecked
        {
            ref var r0 = ref MemoryMarshal.GetArrayDataReference(r);
            ref var v0 = ref MemoryMarshal.GetArrayDataReference(v);
            var (count, limit, least) = (0, Vector512.Create(reach), Vector512.Create(1e-11));
            for (nuint k = 0; k < (nuint)r.Length; k += Lanes)
            {
                var along = Vector512.LoadUnsafe(ref v0, k);
                var distance = Vector512.LoadUnsafe(ref r0, k) / along;
                var within = Vector512.GreaterThan(distance, Vector512<double>.Zero) & Vector512.LessThanOrEqual(distance, limit) & Vector512.GreaterThanOrEqual(Vector512.Abs(along), least);
                for (var bits = within.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                {
                    var lane = BitOperations.TrailingZeroCount(bits);
                    edge[count] = distance[lane];
                    order[count++] = (int)k + lane;
                }
            }
            return count;
        }
    }

    /// <summary>The edge along which the objective falls fastest for its length: the basic row that leaves, its side, and the slope; −1 when none falls.</summary>
    (int J, double Side, double Slope) Steepest(double[] g, int[] active, int[] where, double tau)
    {
        var (best, side, slope, rate) = (-1, 0.0, 0.0, 0.0);
        for (var j = 0; j < _p; j++)
        {
            double lambda = 0, length = 0;
            for (var c = 0; c < _p; c++)
            {
                lambda += g[c] * _inverse[c * _p + j];
                length += _inverse[c * _p + j] * _inverse[c * _p + j];
            }
            var w = _w[active[where[j]]];
            double up = lambda - (1 - tau) * w, down = -lambda - tau * w;
            var fall = Math.Max(up, down);
            if (fall <= Optimal * _total || fall * fall / length <= rate) continue;
            (best, side, slope, rate) = (j, up >= down ? 1 : -1, -fall, fall * fall / length);
        }
        return (best, side, slope);
    }

    /// <summary>The place of the edge's end: the first row in order of distance at which the weights passed make up for the fall; −1 when they never do.</summary>
    int Median(double[] edge, int[] order, int count, double[] v, int[] active, double fall)
    {
        int from = 0, to = count - 1;
        while (from <= to)
        {
            var pivot = edge[from + (to - from) / 2];
            int i = from, k = to;
            while (i <= k)
            {
                while (edge[i] < pivot) i++;
                while (edge[k] > pivot) k--;
                if (i > k) break;
                (edge[i], edge[k]) = (edge[k], edge[i]);
                (order[i], order[k]) = (order[k], order[i]);
                i++;
                k--;
            }
            var left = 0.0;
            for (var q = from; q <= k; q++) left += _w[active[order[q]]] * Math.Abs(v[order[q]]);
            if (left >= fall)
            {
                if (k == from) return from;
                to = k;
                continue;
            }
            fall -= left;
            for (var q = k + 1; q < i; q++) // rows at the pivot itself
            {
                fall -= _w[active[order[q]]] * Math.Abs(v[order[q]]);
                if (fall <= 0) return q;
            }
            from = i;
        }
        return -1;
    }

    /// <summary>B⁻¹ after row j of B became another.</summary>
    void Exchange(int j, ReadOnlySpan<double> row)
    {
        Span<double> alpha = stackalloc double[_p];
        alpha.Clear();
        for (var c = 0; c < _p; c++) for (var k = 0; k < _p; k++) alpha[k] += row[c] * _inverse[c * _p + k];
        for (var c = 0; c < _p; c++)
        {
            var own = _inverse[c * _p + j] / alpha[j];
            for (var k = 0; k < _p; k++) _inverse[c * _p + k] -= alpha[k] * own;
            _inverse[c * _p + j] = own;
        }
    }
}
