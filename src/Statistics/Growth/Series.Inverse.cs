using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// The inverse at the end of a search: exact, and solved for, because two triangular factors of a whole country cost more than a few products a column.
/// What conjugate gradients leave behind also tells log|I + E|, between two bounds.
/// </summary>
sealed partial class Series
{
    const int Batch = 32, MostSteps = 60;
    const double SmallestResidual = 1e-9; // its square; a diagonal of the inverse lacks less than that of itself
    double[] _solved = [];

    /// <summary>log|S| by its columns: the middle of two bounds, and by how much it may be off.</summary>
    internal (double Value, double Error) LogDeterminantByColumns()
    {
        var (upper, lower) = SolveColumns();
        return (_logOfBlocks + (upper + lower) / 2, (upper - lower) / 2);
    }

    /// <summary>S⁻¹ on the pattern by its columns.</summary>
    internal void ExactInverse(Span<double> values)
    {
        if (_solved.Length == 0) SolveColumns();
        _solved.CopyTo(values);
    }

    /// <summary>
    /// (I + E)Y = I by conjugate gradients until a column's residual is below 3·10⁻⁵: a diagonal then lacks less than 10⁻⁹ of itself, since what conjugate gradients
    /// lack on it is the square of the residual. Columns go in batches that do not depend on each other. Gives an upper and a lower bound of log|I + E|.
    /// </summary>
    (double Upper, double Lower) SolveColumns()
    {
        var (own, other) = (new double[_p.Values], new double[_p.Values]);
        var batches = new List<(int From, int To)>();
        for (int from = 0, to = 0; from < _p.Nodes; from = to)
        {
            for (to = from + 1; to < _p.Nodes && _p.Start[to + 1] - _p.Start[from] <= Batch;) to++;
            batches.Add((from, to));
        }
        var bounds = new (double Upper, double Lower)[batches.Count];
        var rooms = new ConcurrentBag<Columned>();
        Parallel.For(0, batches.Count, () => rooms.TryTake(out var free) ? free : new Columned(_rows, _p.Rows), (batch, _, room) =>
        {
            bounds[batch] = Inverse(batches[batch].From, batches[batch].To, room, own, other);
            return room;
        }, rooms.Add);
        _solved = new double[_p.Values];
        for (var i = 0; i < _p.Nodes; i++) Around(i, i, own.AsSpan(_p.Diagonal[i], _p.Size[i] * _p.Size[i]), _solved.AsSpan(_p.Diagonal[i]));
        for (var e = 0; e < _p.Pairs.Length; e++)
        {
            var (r, c) = _p.Pairs[e];
            var middle = own.AsSpan(_p.PairAt[e], _p.Size[r] * _p.Size[c]);
            for (var i = 0; i < middle.Length; i++) middle[i] = 0.5 * (middle[i] + other[_p.PairAt[e] + i]);
            Around(r, c, middle, _solved.AsSpan(_p.PairAt[e]));
        }
        var (upper, lower) = (0.0, 0.0);
        foreach (var bound in bounds) (upper, lower) = (upper + bound.Upper, lower + bound.Lower);
        return (upper, lower);
    }

    /// <summary>Y's columns of some nodes: their diagonal blocks, and each pair as this node's column has it.</summary>
    (double Upper, double Lower) Inverse(int from, int to, Columned room, double[] own, double[] other)
    {
        var widest = 1;
        for (var node = from; node < to; node++) widest = Math.Max(widest, _p.Size[node]);
        room.SolveUnits(_p.Start[from], _p.Start[to] - _p.Start[from], widest);
        for (var node = from; node < to; node++)
        {
            var (size, column) = (_p.Size[node], _p.Start[node] - _p.Start[from]);
            var diagonal = own.AsSpan(_p.Diagonal[node], size * size);
            for (var a = 0; a < size; a++) for (var b = 0; b <= a; b++) diagonal[a * size + b] = diagonal[b * size + a] = room.At(_p.Start[node] + a, column + b) + room.Lacking(column + a, column + b);
            foreach (var (near, pair) in _near[node])
            {
                var rowIsNear = _p.Pairs[pair].Row == near;
                for (var a = 0; a < _p.Size[near]; a++)
                    for (var b = 0; b < size; b++)
                        if (rowIsNear) own[_p.PairAt[pair] + a * size + b] = room.At(_p.Start[near] + a, column + b);
                        else other[_p.PairAt[pair] + b * _p.Size[near] + a] = room.At(_p.Start[near] + a, column + b);
            }
        }
        var (upper, lower) = (0.0, 0.0);
        for (var column = 0; column < _p.Start[to] - _p.Start[from]; column++)
        {
            var (high, low) = room.Logarithm(column, 1 - LargestEigenvalue);
            (upper, lower) = (upper + high, lower + low);
        }
        return (upper, lower);
    }

    /// <summary>Conjugate gradients for a batch of unit columns; rows that are still zero are passed over.</summary>
    sealed class Columned(Rows rows, int n)
    {
        readonly double[] _x = new double[n * Batch], _r = new double[n * Batch], _d = new double[n * Batch], _product = new double[n * Batch];
        readonly double[] _alpha = new double[MostSteps * Batch], _beta = new double[MostSteps * Batch], _lacking = new double[Batch * Batch];
        int _steps;

        internal double At(int row, int column) => _x[row * Batch + column];

        /// <summary>xₐᵀrᵦ for a after b: with it an entry between two columns of the batch lacks the product of two residuals too; for a = b it is zero of itself.</summary>
        internal double Lacking(int a, int b) => a == b ? 0 : _lacking[(a - b) * Batch + a];

        /// <summary>xₐᵀrᵦ of all columns up to <paramref name="most"/> apart.</summary>
        void MakeLacking(int most)
        {
            Array.Clear(_lacking);
            for (var apart = 1; apart <= most; apart++)
                for (var at = 0; at < _x.Length; at += Batch)
                    Dense.AddProduct(_lacking.AsSpan(apart * Batch + apart, Batch - apart), _x.AsSpan(at + apart, Batch - apart), _r.AsSpan(at, Batch - apart));
        }

        internal void SolveUnits(int first, int count, int widest)
        {
            foreach (var vector in new[] { _x, _r, _d }) Array.Clear(vector);
            for (var j = 0; j < count; j++) _r[(first + j) * Batch + j] = _d[(first + j) * Batch + j] = 1;
            double[] old = new double[Batch], curvature = new double[Batch], now = new double[Batch], share = new double[Batch];
            old.AsSpan(0, count).Fill(1);
            for (_steps = 0; _steps < MostSteps;)
            {
                Array.Clear(curvature);
                rows.MultiplyTouched(_d, _product, curvature);
                for (var j = 0; j < Batch; j++) share[j] = curvature[j] > 0 ? old[j] / curvature[j] : 0;
                share.CopyTo(_alpha, _steps * Batch);
                Advance(share, now);
                for (var j = 0; j < Batch; j++) share[j] = old[j] > 0 ? now[j] / old[j] : 0;
                share.CopyTo(_beta, _steps++ * Batch);
                now.CopyTo(old, 0);
                if (!Array.Exists(now, v => v > SmallestResidual)) break;
                for (var i = 0; i < n; i++) Dense.Direction(_d.AsSpan(i * Batch, Batch), share, _r.AsSpan(i * Batch, Batch));
            }
            MakeLacking(widest - 1);
        }

        /// <summary>x += share·d, r −= share·product, and the squares of r added up by column.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Advance(double[] share, double[] now)
        {
            unchecked
            {
                ref double x0 = ref MemoryMarshal.GetArrayDataReference(_x), r0 = ref MemoryMarshal.GetArrayDataReference(_r), d0 = ref MemoryMarshal.GetArrayDataReference(_d), p0 = ref MemoryMarshal.GetArrayDataReference(_product);
                for (var part = 0; part < Batch; part += 8)
                {
                    var (by, sum) = (Vector512.LoadUnsafe(ref share[part]), Vector512<double>.Zero);
                    for (nuint at = (nuint)part; at < (nuint)_x.Length; at += Batch)
                    {
                        Vector512.FusedMultiplyAdd(by, Vector512.LoadUnsafe(ref d0, at), Vector512.LoadUnsafe(ref x0, at)).StoreUnsafe(ref x0, at);
                        var r = Vector512.FusedMultiplyAdd(-by, Vector512.LoadUnsafe(ref p0, at), Vector512.LoadUnsafe(ref r0, at));
                        r.StoreUnsafe(ref r0, at);
                        sum = Vector512.FusedMultiplyAdd(r, r, sum);
                    }
                    sum.StoreUnsafe(ref now[part]);
                }
            }
        }

        /// <summary>
        /// Bounds of eᵀlog(I + E)e for a unit column e: conjugate gradients are Lanczos' process, whose tridiagonal T gives the rule of Gauss, above, and with one node set
        /// below all eigenvalues that of Gauss and Radau, below, since the derivatives of the logarithm alternate in sign (Golub and Meurant 2010, 6.2 and 6.4).
        /// </summary>
        internal (double Upper, double Lower) Logarithm(int column, double least)
        {
            Span<double> diagonal = stackalloc double[MostSteps + 1], beside = stackalloc double[MostSteps + 1], ended = stackalloc double[MostSteps + 1], endedBeside = stackalloc double[MostSteps + 1];
            var (k, pivot) = (0, 0.0);
            for (; k < _steps && _alpha[k * Batch + column] > 0; k++)
            {
                var (alpha, beta) = (_alpha[k * Batch + column], _beta[k * Batch + column]);
                diagonal[k] = 1 / alpha + (k == 0 ? 0 : _beta[(k - 1) * Batch + column] / _alpha[(k - 1) * Batch + column]);
                beside[k] = Math.Sqrt(beta) / alpha;
                pivot = diagonal[k] - least - (k == 0 ? 0 : beside[k - 1] * beside[k - 1] / pivot);
            }
            diagonal.CopyTo(ended);
            beside.CopyTo(endedBeside);
            ended[k] = least + beside[k - 1] * beside[k - 1] / pivot;
            return (Tridiagonal.Logarithm(diagonal[..k], beside[..k]), Tridiagonal.Logarithm(ended[..(k + 1)], endedBeside[..(k + 1)]));
        }
    }
}

/// <summary>Symmetric matrices with nothing beside the three middle diagonals.</summary>
static class Tridiagonal
{
    /// <summary>e₁ᵀ log(T) e₁ = Σ zᵢ² log λᵢ, z the first entries of the eigenvectors, by shifted QL steps (Golub and Welsch 1969).</summary>
    /// <param name="diagonal">The diagonal; spent.</param>
    /// <param name="beside">The entries beside it, and one more that is not looked at; spent.</param>
    internal static double Logarithm(Span<double> diagonal, Span<double> beside)
    {
        var n = diagonal.Length;
        Span<double> first = stackalloc double[n];
        first.Clear();
        (first[0], beside[n - 1]) = (1, 0);
        for (var l = 0; l < n; l++)
            for (var m = Split(diagonal, beside, l); m > l; m = Split(diagonal, beside, l)) Step(diagonal, beside, first, l, m);
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += first[i] * first[i] * Math.Log(diagonal[i]);
        return sum;
    }

    /// <summary>The first row from l on that no longer meets the next.</summary>
    static int Split(Span<double> diagonal, Span<double> beside, int l)
    {
        while (l < diagonal.Length - 1 && Math.Abs(beside[l]) > 1e-16 * (Math.Abs(diagonal[l]) + Math.Abs(diagonal[l + 1]))) l++;
        return l;
    }

    static void Step(Span<double> diagonal, Span<double> beside, Span<double> first, int l, int m)
    {
        var g = (diagonal[l + 1] - diagonal[l]) / (2 * beside[l]);
        g = diagonal[m] - diagonal[l] + beside[l] / (g + Math.CopySign(Math.Sqrt(g * g + 1), g));
        var (s, c, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var (f, b) = (s * beside[i], c * beside[i]);
            var r = beside[i + 1] = Math.Sqrt(f * f + g * g);
            if (r == 0)
            {
                diagonal[i + 1] -= p;
                beside[m] = 0;
                return;
            }
            (s, c) = (f / r, g / r);
            g = diagonal[i + 1] - p;
            r = (diagonal[i] - g) * s + 2 * c * b;
            p = s * r;
            diagonal[i + 1] = g + p;
            g = c * r - b;
            (first[i + 1], first[i]) = (s * first[i] + c * first[i + 1], c * first[i] - s * first[i + 1]);
        }
        diagonal[l] -= p;
        (beside[l], beside[m]) = (g, 0);
    }
}
