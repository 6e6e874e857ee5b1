using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Groeilijn.Statistics.Growth;

/// <summary>Products with E.</summary>
sealed partial class Series
{
    /// <summary>E by rows of nodes, each with all it meets, so that products go row by row over the processors.</summary>
    sealed class Rows
    {
        const int NodesOfPart = 256;
        readonly BlockPattern _p;
        readonly int[] _from, _node, _at;
        readonly int[] _pair;
        readonly double[] _values;

        internal Rows(BlockPattern p, List<(int Node, int Pair)>[] near)
        {
            _p = p;
            _from = new int[p.Nodes + 1];
            for (var i = 0; i < p.Nodes; i++) _from[i + 1] = _from[i] + near[i].Count;
            (_node, _pair, _at) = (new int[_from[^1]], new int[_from[^1]], new int[_from[^1] + 1]);
            for (var i = 0; i < p.Nodes; i++)
                for (var k = 0; k < near[i].Count; k++)
                {
                    var to = _from[i] + k;
                    (_node[to], _pair[to]) = near[i][k];
                    _at[to + 1] = _at[to] + p.Size[i] * p.Size[_node[to]];
                }
            _values = new double[_at[^1]];
        }

        /// <summary>Takes the values of E's pairs.</summary>
        internal void Take(double[] e)
        {
            for (var i = 0; i < _p.Nodes; i++)
                for (var k = _from[i]; k < _from[i + 1]; k++)
                {
                    var (rows, columns) = (_p.Size[i], _p.Size[_node[k]]);
                    var own = e.AsSpan(_p.PairAt[_pair[k]], rows * columns);
                    if (_p.Pairs[_pair[k]].Row == i) own.CopyTo(_values.AsSpan(_at[k]));
                    else for (var a = 0; a < rows; a++) for (var b = 0; b < columns; b++) _values[_at[k] + a * columns + b] = own[b * rows + a];
                }
        }

        /// <summary>Y = E·X, each row-major.</summary>
        internal void Multiply(double[] x, double[] y, int columns)
        {
            var parts = (_p.Nodes + NodesOfPart - 1) / NodesOfPart;
            Parallel.For(0, parts, part =>
            {
                for (var i = part * NodesOfPart; i < Math.Min(_p.Nodes, (part + 1) * NodesOfPart); i++) Row(i, x, y, columns);
            });
        }

        /// <summary>Y = X + E·X for a batch, on one processor, where X may be zero for many nodes; xᵀy of every column is added to <paramref name="inner"/>.</summary>
        internal void MultiplyTouched(double[] x, double[] y, double[] inner)
        {
            var touched = 0;
            for (var i = 0; i < _p.Nodes; i++) if (x.AsSpan(_p.Start[i] * Batch, _p.Size[i] * Batch).ContainsAnyExcept(0.0)) touched += _from[i + 1] - _from[i];
            if (touched > _node.Length / 2)
            {
                for (var i = 0; i < _p.Nodes; i++)
                    for (var a = 0; a < _p.Size[i]; a++)
                    {
                        RowOfBatch(i, a, x, y, x);
                        Dense.AddProduct(inner, x.AsSpan((_p.Start[i] + a) * Batch, Batch), y.AsSpan((_p.Start[i] + a) * Batch, Batch));
                    }
                return;
            }
            x.CopyTo(y, 0);
            for (var i = 0; i < _p.Nodes; i++)
            {
                if (!x.AsSpan(_p.Start[i] * Batch, _p.Size[i] * Batch).ContainsAnyExcept(0.0)) continue;
                for (var k = _from[i]; k < _from[i + 1]; k++) // E is symmetric: its rows are its columns
                    Small.TransposedMultiplyAdd(_values.AsSpan(_at[k]), x.AsSpan(_p.Start[i] * Batch), y.AsSpan(_p.Start[_node[k]] * Batch), _p.Size[i], _p.Size[_node[k]], Batch);
            }
            for (var at = 0; at < x.Length; at += Batch) Dense.AddProduct(inner, x.AsSpan(at, Batch), y.AsSpan(at, Batch));
        }

        void Row(int i, double[] x, double[] y, int columns)
        {
            if (columns == Batch)
            {
                for (var a = 0; a < _p.Size[i]; a++) RowOfBatch(i, a, x, y, null);
                return;
            }
            var to = y.AsSpan(_p.Start[i] * columns, _p.Size[i] * columns);
            to.Clear();
            for (var k = _from[i]; k < _from[i + 1]; k++)
                Small.MultiplyAdd(_values.AsSpan(_at[k]), x.AsSpan(_p.Start[_node[k]] * columns), to, _p.Size[i], _p.Size[_node[k]], columns);
        }

        /// <summary>One scalar row of a product with a whole batch, its sums in registers, beginning with a row of another array.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void RowOfBatch(int i, int a, double[] x, double[] y, double[]? begin)
        {
            unchecked
            {
                Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
                if (begin is not null)
                {
                    ref var own = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(begin), (nint)(_p.Start[i] + a) * Batch);
                    (s0, s1, s2, s3) = (Vector512.LoadUnsafe(ref own), Vector512.LoadUnsafe(ref own, 8), Vector512.LoadUnsafe(ref own, 16), Vector512.LoadUnsafe(ref own, 24));
                }
                ref var x0 = ref MemoryMarshal.GetArrayDataReference(x);
                for (var k = _from[i]; k < _from[i + 1]; k++)
                {
                    int node = _node[k], size = _p.Size[node], at = _at[k] + a * size;
                    ref var from = ref Unsafe.Add(ref x0, (nint)_p.Start[node] * Batch);
                    for (var b = 0; b < size; b++, from = ref Unsafe.Add(ref from, Batch))
                    {
                        var by = Vector512.Create(_values[at + b]);
                        s0 = Vector512.FusedMultiplyAdd(by, Vector512.LoadUnsafe(ref from), s0);
                        s1 = Vector512.FusedMultiplyAdd(by, Vector512.LoadUnsafe(ref from, 8), s1);
                        s2 = Vector512.FusedMultiplyAdd(by, Vector512.LoadUnsafe(ref from, 16), s2);
                        s3 = Vector512.FusedMultiplyAdd(by, Vector512.LoadUnsafe(ref from, 24), s3);
                    }
                }
                ref var to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(y), (nint)(_p.Start[i] + a) * Batch);
                s0.StoreUnsafe(ref to);
                s1.StoreUnsafe(ref to, 8);
                s2.StoreUnsafe(ref to, 16);
                s3.StoreUnsafe(ref to, 24);
            }
        }
    }
}
