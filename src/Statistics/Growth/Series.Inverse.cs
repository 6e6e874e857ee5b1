namespace Groeilijn.Statistics.Growth;

/// <summary>The inverse at the end of a search: exact, and solved for, because two triangular factors of a whole country cost more than a few products a column.</summary>
sealed partial class Series
{
    const int Batch = 32, MostSteps = 60;

    /// <summary>
    /// S⁻¹ on the pattern by its columns, (I + E)Y = I by conjugate gradients until a column's residual is below 3·10⁻⁵: a diagonal then lacks less than
    /// 10⁻⁹ of itself, since what conjugate gradients lack on it is the square of the residual. Columns go in batches that do not depend on each other.
    /// </summary>
    internal void ExactInverse(Span<double> values)
    {
        var (own, other) = (new double[_p.Values], new double[_p.Values]);
        var batches = new List<(int From, int To)>();
        for (int from = 0, to = 0; from < _p.Nodes; from = to)
        {
            for (to = from + 1; to < _p.Nodes && _p.Start[to + 1] - _p.Start[from] <= Batch;) to++;
            batches.Add((from, to));
        }
        Parallel.For(0, batches.Count, () => new Columned(_rows, _p.Rows), (batch, _, room) =>
        {
            Inverse(batches[batch].From, batches[batch].To, room, own, other);
            return room;
        }, _ => { });
        for (var i = 0; i < _p.Nodes; i++)
        {
            var size = _p.Size[i];
            var middle = own.AsSpan(_p.Diagonal[i], size * size);
            for (var a = 0; a < size; a++) for (var b = 0; b < a; b++) middle[a * size + b] = middle[b * size + a] = 0.5 * (middle[a * size + b] + middle[b * size + a]);
            Around(i, i, middle, values[_p.Diagonal[i]..]);
        }
        for (var e = 0; e < _p.Pairs.Length; e++)
        {
            var (r, c) = _p.Pairs[e];
            var middle = own.AsSpan(_p.PairAt[e], _p.Size[r] * _p.Size[c]);
            for (var i = 0; i < middle.Length; i++) middle[i] = 0.5 * (middle[i] + other[_p.PairAt[e] + i]);
            Around(r, c, middle, values[_p.PairAt[e]..]);
        }
    }

    /// <summary>Y's columns of some nodes: their diagonal blocks, and each pair as this node's column has it.</summary>
    void Inverse(int from, int to, Columned room, double[] own, double[] other)
    {
        room.SolveUnits(_p.Start[from], _p.Start[to] - _p.Start[from], MostSteps);
        for (var node = from; node < to; node++)
        {
            var (size, column) = (_p.Size[node], _p.Start[node] - _p.Start[from]);
            for (var a = 0; a < size; a++) for (var b = 0; b < size; b++) own[_p.Diagonal[node] + a * size + b] = room.At(_p.Start[node] + a, column + b) + room.Lacking(column + a, column + b);
            foreach (var (near, pair) in _near[node])
            {
                var rowIsNear = _p.Pairs[pair].Row == near;
                for (var a = 0; a < _p.Size[near]; a++)
                    for (var b = 0; b < size; b++)
                        if (rowIsNear) own[_p.PairAt[pair] + a * size + b] = room.At(_p.Start[near] + a, column + b);
                        else other[_p.PairAt[pair] + b * _p.Size[near] + a] = room.At(_p.Start[near] + a, column + b);
            }
        }
    }

    /// <summary>Conjugate gradients for a batch of unit columns; rows that are still zero are passed over.</summary>
    sealed class Columned(Rows rows, int n)
    {
        readonly double[] _x = new double[n * Batch], _r = new double[n * Batch], _d = new double[n * Batch], _product = new double[n * Batch];

        internal double At(int row, int column) => _x[row * Batch + column];

        /// <summary>xₐᵀrᵦ: with it an entry between two columns of the batch lacks the product of two residuals too; for a = b it is zero of itself.</summary>
        internal double Lacking(int a, int b)
        {
            unchecked
            {
                var sum = 0.0;
                if (a != b) for (var at = 0; at < _x.Length; at += Batch) sum += _x[at + a] * _r[at + b];
                return sum;
            }
        }

        internal void SolveUnits(int first, int count, int steps)
        {
            foreach (var vector in new[] { _x, _r, _d }) Array.Clear(vector);
            for (var j = 0; j < count; j++) _r[(first + j) * Batch + j] = _d[(first + j) * Batch + j] = 1;
            double[] old = new double[Batch], curvature = new double[Batch], now = new double[Batch], share = new double[Batch];
            old.AsSpan(0, count).Fill(1);
            for (var k = 0; k < steps && Array.Exists(old, v => v > 1e-9); k++)
            {
                rows.MultiplyTouched(_d, _product, Batch);
                Dense.AddScaled(_product, _d, 1);
                Array.Clear(curvature);
                for (var i = 0; i < n; i++) Dense.AddProduct(curvature, _d.AsSpan(i * Batch, Batch), _product.AsSpan(i * Batch, Batch));
                for (var j = 0; j < Batch; j++) share[j] = curvature[j] > 0 ? old[j] / curvature[j] : 0;
                Array.Clear(now);
                for (var i = 0; i < n; i++)
                {
                    var residual = _r.AsSpan(i * Batch, Batch);
                    Dense.AddProduct(_x.AsSpan(i * Batch, Batch), share, _d.AsSpan(i * Batch, Batch));
                    Dense.AddProduct(residual, share, _product.AsSpan(i * Batch, Batch), -1);
                    Dense.AddProduct(now, residual, residual);
                }
                for (var j = 0; j < Batch; j++) share[j] = old[j] > 0 ? now[j] / old[j] : 0;
                for (var i = 0; i < n; i++)
                {
                    var direction = _d.AsSpan(i * Batch, Batch);
                    Dense.Direction(direction, share, _r.AsSpan(i * Batch, Batch));
                }
                now.CopyTo(old, 0);
            }
        }
    }
}
