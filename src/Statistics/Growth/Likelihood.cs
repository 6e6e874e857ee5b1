using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// The profiled likelihood and its gradient at one set of relative factors Λ. With W = ΛKΛᵀ, K = (ΛᵀGΛ + I)⁻¹ for a level of the
/// eliminated factor, what is left of the model is Ŝ = ZᵀZ − ΣAᵀWA over the other factors' nodes, S = ΛᵀŜΛ + I; then
/// log|M| = Σ log|K⁻¹| + log|S|, and the fixed effects and the residual come from the corner (Bates and others 2015, 5.4; docs/METHODS.md).
/// </summary>
sealed class Likelihood
{
    const int CellsOfPart = 20_000, MostParts = 8;

    readonly CrossProducts _x;
    readonly bool _reml;
    readonly int _t, _c;
    readonly double[][] _k, _w;
    readonly double[] _logK;
    readonly BlockPattern _p;
    readonly double[] _reduced, _work; // of one evaluation, used again in the next
    readonly Stack<double[]> _spare = [];
    double[][]? _partReduced, _partRight;

    internal Likelihood(CrossProducts x, Reduction reduction, bool reml, long rows)
    {
        (_x, Reduction, _reml, _t, _c, _p) = (x, reduction, reml, x.T, x.Columns, x.Pattern);
        (_k, _w, _logK) = (new double[x.Patterns.Count][], new double[x.Patterns.Count][], new double[x.Patterns.Count]);
        for (var g = 0; g < _k.Length; g++) (_k[g], _w[g]) = (new double[_t * _t], new double[_t * _t]);
        (_reduced, _work) = (new double[x.Base.Length], new double[x.Base.Length]);
        Rows = rows;
        Freedom = rows - (reml ? _c - 1 : 0);
    }

    /// <summary>How S is factored.</summary>
    internal Reduction Reduction { get; }

    /// <summary>n, or n − p for REML: what the residual is divided by.</summary>
    internal double Freedom { get; }

    internal double Rows { get; }

    /// <summary>How often it was evaluated.</summary>
    internal int Evaluations { get; private set; }

    /// <summary>All that one evaluation gives.</summary>
    internal sealed class Point
    {
        /// <summary>Λ of each factor, T × T, row-major.</summary>
        public required double[][] Lambda;

        /// <summary>log|M|, with log|XᵀH⁻¹X| for REML.</summary>
        public double LogDeterminant;

        /// <summary>The penalised residual sum of squares.</summary>
        public double Residual;

        /// <summary>The fixed effects in the columns' own scale, and (XᵀH⁻¹X)⁻¹.</summary>
        public double[] Beta = [], Omega = [];

        /// <summary>∂ log-determinants / ∂Λ and ∂ residual / ∂Λ, by factor.</summary>
        public double[][] LogSlope = [], ResidualSlope = [];

        /// <summary>The mean of ZᵀH⁻¹Z over the levels of each factor: what the expected information is made of.</summary>
        public double[][] Information = [];

        /// <summary>S⁻¹ΛᵀZᵀ… of the fixed columns and the response, row-major: F.</summary>
        public double[] Solved = [];

        /// <summary>S⁻¹ on the pattern.</summary>
        public double[] Inverse = [];
    }

    /// <summary>Evaluates; null when the matrices are not positive definite to the last digits, or there is no residual.</summary>
    /// <param name="lambda">Λ of each factor.</param>
    /// <param name="constraint">A combination of fixed effects held at a value, in the columns' own scale.</param>
    internal Point? At(double[][] lambda, (double[] Combination, double Value)? constraint = null)
    {
        Evaluations++;
        var point = new Point { Lambda = lambda };
        var corner = (double[])_x.Corner.Clone();
        double[] reduced = _reduced, right = (double[])_x.Right.Clone();
        _x.Base.CopyTo(reduced, 0);
        if (!Eliminate(lambda[0], corner, point)) return null;
        SubtractCells(reduced, right);
        if (!Solve(point, reduced, right, corner)) return null;
        if (!FixedEffects(point, corner, constraint)) return null;
        Slopes(point, reduced, right);
        return point;
    }

    /// <summary>Takes back the room of a point that nobody needs any more.</summary>
    internal void Release(Point point)
    {
        if (point.Inverse.Length > 0) _spare.Push(point.Inverse);
        point.Inverse = [];
    }

    /// <summary>K and W of every pattern, their log-determinants, and the corner without the eliminated factor.</summary>
    bool Eliminate(double[] lambda, double[] corner, Point point)
    {
        for (var g = 0; g < _k.Length; g++)
        {
            var pattern = _x.Patterns[g];
            var gl = Small.Product(pattern.G, lambda, _t, _t, _t);
            var m = new double[_t * _t];
            Small.TransposedMultiplyAdd(lambda, gl, m, _t, _t, _t);
            for (var i = 0; i < _t; i++) m[i * _t + i] += 1;
            if (!Small.Invert(m, _t, _k[g], out _logK[g])) return false;
            var lk = Small.Product(lambda, _k[g], _t, _t, _t);
            Array.Clear(_w[g]);
            Small.MultiplyTransposedAdd(lk, lambda, _w[g], _t, _t, _t);
            point.LogDeterminant += pattern.Count * _logK[g];
            pattern.SubtractFrom(corner, _w[g]);
        }
        return true;
    }

    /// <summary>
    /// All cells, in parts that depend on their number alone, each added up by itself and then one after another: as many processors as there
    /// are may work, and the bits stay the same.
    /// </summary>
    void SubtractCells(double[] reduced, double[] right)
    {
        if (Parts == 1)
        {
            SubtractCells(0, reduced, right);
            return;
        }
        var reductions = _partReduced ??= Rooms(reduced.Length);
        var rights = _partRight ??= Rooms(right.Length);
        Parallel.For(0, Parts, part =>
        {
            Array.Clear(reductions[part]);
            Array.Clear(rights[part]);
            SubtractCells(part, reductions[part], rights[part]);
        });
        foreach (var made in reductions) Dense.AddScaled(reduced, made, 1);
        foreach (var made in rights) Dense.AddScaled(right, made, 1);
    }

    double[][] Rooms(int length)
    {
        var rooms = new double[Parts][];
        for (var part = 0; part < rooms.Length; part++) rooms[part] = new double[length];
        return rooms;
    }

    /// <summary>Into how many parts the cells fall.</summary>
    int Parts => _x.Cells.Count < CellsOfPart ? 1 : MostParts;

    ReadOnlySpan<Cell> CellsOf(int part)
    {
        var all = CollectionsMarshal.AsSpan(_x.Cells);
        var (from, to) = ((int)((long)all.Length * part / Parts), (int)((long)all.Length * (part + 1) / Parts));
        return all[from..to];
    }

    void SubtractCells(int part, double[] reduced, double[] right)
    {
        var widest = 0;
        foreach (var size in _p.Size) widest = Math.Max(widest, size);
        double[] ws = new double[_t * _c], wb = new double[_t * widest];
        foreach (var cell in CellsOf(part))
            if (_t == 1) SubtractScalar(cell, reduced, right);
            else Subtract(cell, reduced, right, ws, wb);
    }

    void Subtract(Cell cell, double[] reduced, double[] right, double[] ws, double[] wb)
    {
        if (cell.Nodes.Length == 0) return;
        var w = _w[cell.Pattern];
        Array.Clear(ws);
        Small.MultiplyAdd(w, cell.Sum, ws, _t, _t, _c);
        unchecked
        {
            for (int r = 0, pair = 0; r < cell.Nodes.Length; r++)
            {
                int node = cell.Nodes[r], size = _p.Size[node];
                Small.TransposedMultiplyAdd(cell.Blocks[r], ws, right.AsSpan(_p.Start[node] * _c), _t, size, _c, -1);
                Array.Clear(wb);
                Small.MultiplyAdd(w, cell.Blocks[r], wb, _t, _t, size);
                for (var s = 0; s < r; s++) // (row r, column s): AᵣᵀWAₛ, W symmetric
                    Small.TransposedMultiplyAdd(wb, cell.Blocks[s], reduced.AsSpan(_p.PairAt[cell.Pairs[pair++]]), _t, size, _p.Size[cell.Nodes[s]], -cell.Count);
                Small.TransposedMultiplyAdd(wb, cell.Blocks[r], reduced.AsSpan(_p.Diagonal[node]), _t, size, size, -cell.Count);
            }
        }
    }

    /// <summary>The same where a level has one effect: no inner products.</summary>
    void SubtractScalar(Cell cell, double[] reduced, double[] right)
    {
        var w = _w[cell.Pattern][0];
        if (cell.Sizes is { } sizes)
        {
            SubtractPlain(cell, sizes, w, reduced, right);
            return;
        }
        for (int r = 0, pair = 0; r < cell.Nodes.Length; r++)
        {
            int node = cell.Nodes[r], size = _p.Size[node];
            var own = cell.Blocks[r];
            for (var a = 0; a < size; a++)
            {
                var v = w * own[a];
                var to = right.AsSpan((_p.Start[node] + a) * _c, _c);
                for (var j = 0; j < _c; j++) to[j] -= v * cell.Sum[j];
            }
            for (var s = 0; s < r; s++) Outer(own, cell.Blocks[s], w * cell.Count, reduced.AsSpan(_p.PairAt[cell.Pairs[pair++]]));
            Outer(own, own, w * cell.Count, reduced.AsSpan(_p.Diagonal[node]));
        }
    }

    /// <summary>And where its nodes have one effect too: numbers alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SubtractPlain(Cell cell, double[] sizes, double w, double[] reduced, double[] right)
    {
        unchecked
        {
            int[] nodes = cell.Nodes, pairs = cell.Pairs;
            for (int r = 0, pair = 0; r < nodes.Length; r++)
            {
                var node = nodes[r];
                var v = w * sizes[r];
                for (int j = 0, to = _p.Start[node] * _c; j < _c; j++) right[to + j] -= v * cell.Sum[j];
                v *= cell.Count;
                for (var s = 0; s < r; s++) reduced[_p.FirstPair + pairs[pair++]] -= v * sizes[s];
                reduced[_p.Diagonal[node]] -= v * sizes[r];
            }
        }
    }

    static void Outer(double[] a, double[] b, double w, Span<double> to)
    {
        for (int i = 0, at = 0; i < a.Length; i++) for (var j = 0; j < b.Length; j++) to[at++] -= w * a[i] * b[j];
    }

    /// <summary>S = ΛᵀŜΛ + I, F = S⁻¹Λᵀ(right), and the corner without these factors too.</summary>
    bool Solve(Point point, double[] reduced, double[] right, double[] corner)
    {
        if (_p.Nodes == 0) return true;
        var s = Sandwiched(point.Lambda, reduced, _work);
        for (var i = 0; i < _p.Nodes; i++) for (var a = 0; a < _p.Size[i]; a++) s[_p.Diagonal[i] + a * _p.Size[i] + a] += 1;
        if (!Reduction.Factor(s)) return false;
        point.LogDeterminant += Reduction.LogDeterminant;
        var scaled = new double[right.Length];
        for (var i = 0; i < _p.Nodes; i++) Small.TransposedMultiplyAdd(LambdaOf(point, i), right.AsSpan(_p.Start[i] * _c), scaled.AsSpan(_p.Start[i] * _c), _p.Size[i], _p.Size[i], _c);
        point.Solved = (double[])scaled.Clone();
        Reduction.Solve(point.Solved, _c);
        Small.TransposedMultiplyAdd(scaled, point.Solved, corner, _p.Rows, _c, _c, -1);
        point.Inverse = _spare.TryPop(out var used) ? used : new double[_p.Values];
        Reduction.Inverse(point.Inverse);
        return true;
    }

    double[] LambdaOf(Point point, int node) => point.Lambda[_x.FactorOf[node]];

    /// <summary>ΛᵀBΛ for all blocks.</summary>
    double[] Sandwiched(double[][] lambda, double[] blocks, double[] made)
    {
        if (_p.Plain) return Plainly(lambda, blocks, made);
        Array.Clear(made);
        for (var i = 0; i < _p.Nodes; i++) Sandwich(lambda[_x.FactorOf[i]], _p.Size[i], blocks.AsSpan(_p.Diagonal[i]), lambda[_x.FactorOf[i]], _p.Size[i], made.AsSpan(_p.Diagonal[i]), transposed: true);
        for (var e = 0; e < _p.Pairs.Length; e++)
        {
            var (r, c) = _p.Pairs[e];
            Sandwich(lambda[_x.FactorOf[r]], _p.Size[r], blocks.AsSpan(_p.PairAt[e]), lambda[_x.FactorOf[c]], _p.Size[c], made.AsSpan(_p.PairAt[e]), transposed: true);
        }
        return made;
    }

    /// <summary>The same where all blocks are numbers; then ΛᵀBΛ and ΛBΛᵀ are one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double[] Plainly(double[][] lambda, double[] numbers, double[] made)
    {
        double[] of = Array.ConvertAll(_x.FactorOf, k => lambda[k][0]);
        unchecked
        {
            for (var i = 0; i < of.Length; i++) made[i] = of[i] * of[i] * numbers[i];
            var pairs = _p.Pairs;
            for (int e = 0, at = _p.FirstPair; e < pairs.Length; e++, at++) made[at] = of[pairs[e].Row] * of[pairs[e].Column] * numbers[at];
        }
        return made;
    }

    /// <summary>LᵀBR, or LBRᵀ.</summary>
    static void Sandwich(double[] l, int m, ReadOnlySpan<double> b, double[] r, int n, Span<double> into, bool transposed)
    {
        if (m == 1 && n == 1)
        {
            into[0] = l[0] * b[0] * r[0];
            return;
        }
        Span<double> half = stackalloc double[m * n];
        half.Clear();
        if (transposed)
        {
            Small.MultiplyAdd(b, r, half, m, n, n);
            Small.TransposedMultiplyAdd(l, half, into, m, m, n);
        }
        else
        {
            Small.MultiplyTransposedAdd(b, r, half, m, n, n);
            Small.MultiplyAdd(l, half, into, m, m, n);
        }
    }

    bool FixedEffects(Point point, double[] corner, (double[] Combination, double Value)? constraint)
    {
        var p = _c - 1;
        var xx = new double[p * p];
        for (var a = 0; a < p; a++) corner.AsSpan(a * _c, p).CopyTo(xx.AsSpan(a * p));
        point.Omega = new double[p * p];
        if (!Small.Invert(xx, p, point.Omega, out var logX)) return false;
        var xy = Small.Of(p, a => corner[a * _c + p]);
        point.Beta = Small.Product(point.Omega, xy, p, p, 1);
        point.Residual = corner[^1] - Small.Inner(xy, point.Beta);
        if (_reml) point.LogDeterminant += logX;
        if (constraint is var (combination, value))
        {
            var through = Small.Product(point.Omega, combination, p, p, 1);
            var spread = Small.Inner(combination, through);
            var step = (value - Small.Inner(combination, point.Beta)) / spread;
            point.Residual += step * step * spread;
            for (var a = 0; a < p; a++) point.Beta[a] += step * through[a];
        }
        return point.Residual > 1e-13 * _x.Corner[^1];
    }

    // ---- slopes ----

    void Slopes(Point point, double[] reduced, double[] right)
    {
        var p = _c - 1;
        double[] gamma = Small.Of(_c, i => i < p ? -point.Beta[i] : 1), log = new double[_c * _c], square = new double[_c * _c];
        for (var a = 0; a < _c; a++) for (var b = 0; b < _c; b++) square[a * _c + b] = gamma[a] * gamma[b];
        if (_reml) for (var a = 0; a < p; a++) for (var b = 0; b < p; b++) log[a * _c + b] = point.Omega[a * p + b];
        var factors = _x.Groups.Length;
        (point.LogSlope, point.ResidualSlope, point.Information) = (new double[factors][], new double[factors][], new double[factors][]);
        SlopeOfEliminated(point, log, square, gamma);
        if (factors > 1) SlopeOfOthers(point, reduced, right, log, square);
    }

    void SlopeOfEliminated(Point point, double[] log, double[] square, double[] gamma)
    {
        var tt = _t * _t;
        var patterns = _x.Patterns.Count;
        double[] y = new double[patterns * tt], ql = new double[patterns * tt], qs = new double[patterns * tt];
        for (var g = 0; g < patterns; g++)
        {
            if (_reml) _x.Patterns[g].Contract(log, ql.AsSpan(g * tt));
            _x.Patterns[g].Contract(square, qs.AsSpan(g * tt));
        }
        if (_p.Nodes > 0)
        {
            var covariance = Covariance(point, _work);
            var effects = new double[point.Solved.Length]; // ΛF
            for (var i = 0; i < _p.Nodes; i++) Small.MultiplyAdd(LambdaOf(point, i), point.Solved.AsSpan(_p.Start[i] * _c), effects.AsSpan(_p.Start[i] * _c), _p.Size[i], _p.Size[i], _c);
            if (Parts == 1) AddCells(0, covariance, effects, log, gamma, y, ql, qs);
            else
            {
                var made = new (double[] Y, double[] Log, double[] Square)[Parts];
                Parallel.For(0, Parts, part =>
                {
                    made[part] = (new double[y.Length], new double[y.Length], new double[y.Length]);
                    AddCells(part, covariance, effects, log, gamma, made[part].Y, made[part].Log, made[part].Square);
                });
                foreach (var (ownY, ownLog, ownSquare) in made)
                {
                    Dense.AddScaled(y, ownY, 1);
                    Dense.AddScaled(ql, ownLog, 1);
                    Dense.AddScaled(qs, ownSquare, 1);
                }
            }
        }
        double[] logGamma = new double[tt], residualGamma = new double[tt], information = new double[tt];
        for (var g = 0; g < patterns; g++)
        {
            var (gp, n) = (_x.Patterns[g].G, _x.Patterns[g].Count);
            var left = Small.Product(gp, _w[g], _t, _t, _t); // GW
            for (var i = 0; i < tt; i++) left[i] = -left[i];
            for (var i = 0; i < _t; i++) left[i * _t + i] += 1; // I − GW
            Small.MultiplyAdd(left, gp, information, _t, _t, _t, n); // G − GWG
            Around(left, y.AsSpan(g * tt, tt), information);
            Around(left, ql.AsSpan(g * tt, tt), logGamma);
            Around(left, qs.AsSpan(g * tt, tt), residualGamma);
        }
        for (var i = 0; i < tt; i++) logGamma[i] += information[i];
        point.LogSlope[0] = Twice(Small.Product(logGamma, point.Lambda[0], _t, _t, _t));
        point.ResidualSlope[0] = Twice(Small.Product(residualGamma, point.Lambda[0], _t, _t, _t));
        for (var i = 0; i < tt; i++) information[i] /= _x.Groups[0].Levels.Count;
        point.Information[0] = information;

        void Around(double[] left, ReadOnlySpan<double> middle, double[] into) => Small.MultiplyTransposedAdd(Small.Product(left, middle, _t, _t, _t), left, into, _t, _t, _t, -1);
    }

    /// <summary>ΛS⁻¹Λᵀ on the pattern: the covariance of the other factors' effects, in units of σ².</summary>
    internal double[] Covariance(Point point) => Covariance(point, new double[_p.Values]);

    double[] Covariance(Point point, double[] made)
    {
        if (_p.Plain) return Plainly(point.Lambda, point.Inverse, made);
        Array.Clear(made);
        for (var i = 0; i < _p.Nodes; i++) Sandwich(LambdaOf(point, i), _p.Size[i], point.Inverse.AsSpan(_p.Diagonal[i]), LambdaOf(point, i), _p.Size[i], made.AsSpan(_p.Diagonal[i]), transposed: false);
        for (var e = 0; e < _p.Pairs.Length; e++)
        {
            var (r, c) = _p.Pairs[e];
            Sandwich(LambdaOf(point, r), _p.Size[r], point.Inverse.AsSpan(_p.PairAt[e]), LambdaOf(point, c), _p.Size[c], made.AsSpan(_p.PairAt[e]), transposed: false);
        }
        return made;
    }

    /// <summary>What the cells of a part add to the slopes by pattern: Y += n·A P Aᵀ, Q −= sΩeᵀ + eΩsᵀ − n·eΩeᵀ with e = AΛF.</summary>
    void AddCells(int part, double[] covariance, double[] effects, double[] log, double[] gamma, double[] y, double[] ql, double[] qs)
    {
        var (tt, tc, plain) = (_t * _t, _t * _c, _t == 1);
        double[] made = new double[tt], e = new double[tc], d = new double[tc], eo = new double[tc], eg = new double[_t], dg = new double[_t];
        foreach (var cell in CellsOf(part))
        {
            if (cell.Nodes.Length == 0) continue;
            var at = cell.Pattern * tt;
            Array.Clear(e);
            if (plain && cell.Sizes is { } sizes)
            {
                y[at] += cell.Count * PlainCovariance(cell, sizes, covariance);
                unchecked
                {
                    for (var r = 0; r < sizes.Length; r++)
                        for (int j = 0, from = _p.Start[cell.Nodes[r]] * _c; j < e.Length; j++) e[j] += sizes[r] * effects[from + j];
                }
            }
            else
            {
                Array.Clear(made);
                AddCovariance(cell.Nodes, cell.Blocks, cell.Pairs, covariance, made);
                for (var i = 0; i < _t; i++) for (var j = 0; j < _t; j++) y[at + i * _t + j] += cell.Count * 0.5 * (made[i * _t + j] + made[j * _t + i]);
                for (var r = 0; r < cell.Nodes.Length; r++) Small.MultiplyAdd(cell.Blocks[r], effects.AsSpan(_p.Start[cell.Nodes[r]] * _c), e, _t, _p.Size[cell.Nodes[r]], _c);
            }
            for (var i = 0; i < tc; i++) d[i] = cell.Sum[i] - 0.5 * cell.Count * e[i]; // so that Q −= dΩeᵀ + eΩdᵀ
            if (_reml)
            {
                Array.Clear(eo);
                Small.MultiplyAdd(e, log, eo, _t, _c, _c);
                Small.MultiplyTransposedAdd(eo, d, ql.AsSpan(at), _t, _c, _t, -1);
                Small.MultiplyTransposedAdd(d, eo, ql.AsSpan(at), _t, _c, _t, -1);
            }
            for (var i = 0; i < _t; i++) (eg[i], dg[i]) = (Small.Inner(e.AsSpan(i * _c, _c), gamma), Small.Inner(d.AsSpan(i * _c, _c), gamma));
            for (var i = 0; i < _t; i++) for (var j = 0; j < _t; j++) qs[at + i * _t + j] -= eg[i] * dg[j] + dg[i] * eg[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double PlainCovariance(Cell cell, double[] sizes, double[] covariance)
    {
        unchecked
        {
            var sum = 0.0;
            for (int r = 0, pair = 0; r < sizes.Length; r++)
            {
                var row = 0.0;
                for (var s = 0; s < r; s++) row += covariance[_p.FirstPair + cell.Pairs[pair++]] * sizes[s];
                sum += sizes[r] * (2 * row + covariance[_p.Diagonal[cell.Nodes[r]]] * sizes[r]);
            }
            return sum;
        }
    }

    void AddCovariance(int[] nodes, double[][] blocks, int[] pairs, double[] covariance, Span<double> made)
    {
        var most = 0;
        foreach (var node in nodes) most = Math.Max(most, _p.Size[node]);
        Span<double> room = _t * most <= 64 ? stackalloc double[64] : new double[_t * most];
        for (int r = 0, pair = 0; r < nodes.Length; r++)
        {
            var size = _p.Size[nodes[r]];
            for (var s = 0; s <= r; s++)
            {
                var other = _p.Size[nodes[s]];
                var block = covariance.AsSpan(s == r ? _p.Diagonal[nodes[r]] : _p.PairAt[pairs[pair++]]);
                var half = room[..(_t * other)];
                half.Clear();
                Small.MultiplyAdd(blocks[r], block, half, _t, size, other);
                Small.MultiplyTransposedAdd(half, blocks[s], made, _t, other, _t, s == r ? 1 : 2);
            }
        }
    }

    void SlopeOfOthers(Point point, double[] reduced, double[] right, double[] log, double[] square)
    {
        for (var k = 1; k < _x.Groups.Length; k++)
        {
            var size = _x.Groups[k].Columns.Count;
            (point.LogSlope[k], point.ResidualSlope[k], point.Information[k]) = (new double[size * size], new double[size * size], new double[size * size]);
        }
        var effects = new double[point.Solved.Length];
        for (var i = 0; i < _p.Nodes; i++) Small.MultiplyAdd(LambdaOf(point, i), point.Solved.AsSpan(_p.Start[i] * _c), effects.AsSpan(_p.Start[i] * _c), _p.Size[i], _p.Size[i], _c, -1);
        var h = (double[])right.Clone(); // ZᵀH⁻¹[X y] = right − ŜΛF
        _p.MultiplyAdd(reduced, effects, h, _c);
        var trace = Array.ConvertAll(_x.Groups, g => new double[g.Columns.Count * g.Columns.Count]); // (S⁻¹ΛᵀŜ)ᵢᵢ
        if (_p.Plain) AddPlainTraces(point, trace, reduced);
        else
        {
            for (var i = 0; i < _p.Nodes; i++) AddTrace(point, trace, i, i, point.Inverse.AsSpan(_p.Diagonal[i]), reduced.AsSpan(_p.Diagonal[i]), transposed: false);
            for (var e = 0; e < _p.Pairs.Length; e++)
            {
                var (r, c) = _p.Pairs[e];
                AddTrace(point, trace, r, c, point.Inverse.AsSpan(_p.PairAt[e]), reduced.AsSpan(_p.PairAt[e]), transposed: false);
                AddTrace(point, trace, c, r, point.Inverse.AsSpan(_p.PairAt[e]), reduced.AsSpan(_p.PairAt[e]), transposed: true);
            }
        }
        for (var i = 0; i < _p.Nodes; i++)
        {
            var k = _x.FactorOf[i];
            var own = h.AsSpan(_p.Start[i] * _c, _p.Size[i] * _c);
            var f = point.Solved.AsSpan(_p.Start[i] * _c, _p.Size[i] * _c);
            if (_reml) Small.MultiplyTransposedAdd(Small.Product(own, log, _p.Size[i], _c, _c), f, point.LogSlope[k], _p.Size[i], _c, _p.Size[i], -2);
            Small.MultiplyTransposedAdd(Small.Product(own, square, _p.Size[i], _c, _c), f, point.ResidualSlope[k], _p.Size[i], _c, _p.Size[i], -2);
        }
        for (var k = 1; k < _x.Groups.Length; k++)
        {
            var size = _x.Groups[k].Columns.Count;
            for (var a = 0; a < size; a++) for (var b = 0; b < size; b++) point.LogSlope[k][a * size + b] += 2 * trace[k][b * size + a];
            point.Information[k] = Scoring.DividedByLambda(trace[k], point.Lambda[k], size, 1.0 / _x.Groups[k].Levels.Count);
        }
    }

    /// <summary>Adds (S⁻¹)ᵢⱼΛⱼᵀŜⱼᵢ to the factor of node i; the blocks lie as (i, j), or as (j, i) when transposed.</summary>
    void AddTrace(Point point, double[][] trace, int i, int j, ReadOnlySpan<double> inverse, ReadOnlySpan<double> reduced, bool transposed)
    {
        int m = _p.Size[i], n = _p.Size[j];
        var to = trace[_x.FactorOf[i]];
        if (m == 1 && n == 1)
        {
            to[0] += inverse[0] * LambdaOf(point, j)[0] * reduced[0];
            return;
        }
        Span<double> half = stackalloc double[m * n];
        half.Clear();
        if (transposed)
        {
            Small.TransposedMultiplyAdd(LambdaOf(point, j), reduced, half, n, n, m); // Λⱼᵀ Ŝⱼᵢ, n×m
            Small.TransposedMultiplyAdd(inverse, half, to, n, m, m);
        }
        else
        {
            Small.MultiplyAdd(reduced, LambdaOf(point, j), half, m, n, n); // Ŝᵢⱼ Λⱼ = (Λⱼᵀ Ŝⱼᵢ)ᵀ, m×n
            Small.MultiplyTransposedAdd(inverse, half, to, m, n, m);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddPlainTraces(Point point, double[][] trace, double[] reduced)
    {
        double[] of = Array.ConvertAll(_x.FactorOf, k => point.Lambda[k][0]), sums = new double[_p.Nodes], inverse = point.Inverse;
        unchecked
        {
            for (var i = 0; i < sums.Length; i++) sums[i] = inverse[i] * of[i] * reduced[i];
            var pairs = _p.Pairs;
            for (int e = 0, at = _p.FirstPair; e < pairs.Length; e++, at++)
            {
                var (r, c) = pairs[e];
                var both = inverse[at] * reduced[at];
                sums[r] += both * of[c];
                sums[c] += both * of[r];
            }
        }
        for (var i = 0; i < sums.Length; i++) trace[_x.FactorOf[i]][0] += sums[i];
    }

    static double[] Twice(double[] a) => Array.ConvertAll(a, v => 2 * v);

    // ---- what a fit reports ----

    /// <summary>Makes W that of a point evaluated earlier.</summary>
    internal void Return(Point point) => Eliminate(point.Lambda[0], (double[])_x.Corner.Clone(), new Point { Lambda = point.Lambda });

    /// <summary>W of a level's pattern at the last point.</summary>
    internal double[] OfPattern(int pattern) => _w[pattern];

    /// <summary>A P Aᵀ over the nodes of a cell: what the other factors add to a level's covariance.</summary>
    internal double[] Through(Cell cell, double[] covariance)
    {
        var made = new double[_t * _t];
        AddCovariance(cell.Nodes, cell.Blocks, cell.Pairs, covariance, made);
        for (var i = 0; i < _t; i++) for (var j = 0; j < i; j++) made[i * _t + j] = made[j * _t + i] = 0.5 * (made[i * _t + j] + made[j * _t + i]);
        return made;
    }
}
