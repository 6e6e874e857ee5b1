using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// The pattern of a symmetric matrix of small blocks: a node is one level of a grouping factor with its few random effects. The
/// values of all matrices of one pattern lie alike in one array: first the diagonal blocks, then the pairs, each row-major.
/// </summary>
sealed class BlockPattern
{
    internal BlockPattern(int[] size, (int Row, int Column)[] pairs)
    {
        (Size, Pairs) = (size, pairs);
        Start = new int[size.Length + 1];
        Diagonal = new int[size.Length];
        PairAt = new int[pairs.Length];
        var at = 0;
        for (var i = 0; i < size.Length; i++)
        {
            Start[i + 1] = Start[i] + size[i];
            Diagonal[i] = at;
            at += size[i] * size[i];
        }
        FirstPair = at;
        for (var e = 0; e < pairs.Length; e++)
        {
            PairAt[e] = at;
            at += size[pairs[e].Row] * size[pairs[e].Column];
        }
        Values = at;
        Plain = Array.TrueForAll(size, n => n == 1);
    }

    /// <summary>Whether every block is one number.</summary>
    internal bool Plain { get; }

    /// <summary>How many random effects a node has.</summary>
    internal int[] Size { get; }

    /// <summary>Pairs of nodes that meet, row above column.</summary>
    internal (int Row, int Column)[] Pairs { get; }

    /// <summary>The first scalar row of each node, and their number at the end.</summary>
    internal int[] Start { get; }

    /// <summary>Where a node's diagonal block begins.</summary>
    internal int[] Diagonal { get; }

    /// <summary>Where a pair's block begins.</summary>
    internal int[] PairAt { get; }

    /// <summary>Where the pairs' blocks begin; where all blocks are numbers, pair e stands at this place + e.</summary>
    internal int FirstPair { get; }

    /// <summary>The length of the values.</summary>
    internal int Values { get; }

    /// <summary>Nodes.</summary>
    internal int Nodes => Size.Length;

    /// <summary>Scalar rows.</summary>
    internal int Rows => Start[^1];

    /// <summary>Y += S·X for X and Y with <paramref name="columns"/> columns, row-major.</summary>
    internal void MultiplyAdd(ReadOnlySpan<double> values, ReadOnlySpan<double> x, Span<double> y, int columns)
    {
        if (Plain && columns < 8)
        {
            unchecked
            {
                for (var i = 0; i < Nodes; i++) for (var j = 0; j < columns; j++) y[i * columns + j] += values[i] * x[i * columns + j];
                for (int e = 0, at = FirstPair; e < Pairs.Length; e++, at++)
                {
                    int r = Pairs[e].Row * columns, c = Pairs[e].Column * columns;
                    var value = values[at];
                    for (var j = 0; j < columns; j++)
                    {
                        y[r + j] += value * x[c + j];
                        y[c + j] += value * x[r + j];
                    }
                }
            }
            return;
        }
        for (var i = 0; i < Nodes; i++) Small.MultiplyAdd(values[Diagonal[i]..], x[(Start[i] * columns)..], y[(Start[i] * columns)..], Size[i], Size[i], columns);
        for (var e = 0; e < Pairs.Length; e++)
        {
            var (r, c) = Pairs[e];
            Small.MultiplyAdd(values[PairAt[e]..], x[(Start[c] * columns)..], y[(Start[r] * columns)..], Size[r], Size[c], columns);
            Small.TransposedMultiplyAdd(values[PairAt[e]..], x[(Start[r] * columns)..], y[(Start[c] * columns)..], Size[r], Size[c], columns);
        }
    }
}

/// <summary>Products of blocks of a few rows and columns, row-major and without stride.</summary>
static class Small
{
    /// <summary>C += A·B, A m×k, B k×n.</summary>
    internal static void MultiplyAdd(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n, double scale = 1)
    {
        unchecked
        {
            for (var i = 0; i < m; i++)
                for (var d = 0; d < k; d++) Add(c.Slice(i * n, n), b.Slice(d * n, n), a[i * k + d] * scale);
        }
    }

    /// <summary>y += x, number by number.</summary>
    internal static void Add(Span<double> y, ReadOnlySpan<double> x) => Add(y, x, 1);

    /// <summary>c += v·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(Span<double> c, ReadOnlySpan<double> b, double v)
    {
        if (v == 0) return;
        if (c.Length >= 8) Dense.AddScaled(c, b, v);
        else for (var j = 0; j < c.Length && j < b.Length; j++) c[j] += v * b[j];
    }

    /// <summary>C += Aᵀ·B, A k×m, B k×n.</summary>
    internal static void TransposedMultiplyAdd(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int k, int m, int n, double scale = 1)
    {
        unchecked
        {
            for (var d = 0; d < k; d++)
                for (var i = 0; i < m; i++) Add(c.Slice(i * n, n), b.Slice(d * n, n), a[d * m + i] * scale);
        }
    }

    /// <summary>C += A·Bᵀ, A m×k, B n×k.</summary>
    internal static void MultiplyTransposedAdd(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n, double scale = 1)
    {
        unchecked
        {
            for (var i = 0; i < m; i++)
                for (var j = 0; j < n; j++)
                {
                    ReadOnlySpan<double> x = a.Slice(i * k, k), y = b.Slice(j * k, k);
                    var sum = 0.0;
                    for (var d = 0; d < x.Length && d < y.Length; d++) sum += x[d] * y[d];
                    c[i * n + j] += sum * scale;
                }
        }
    }

    /// <summary>Numbers by their place.</summary>
    internal static double[] Of(int n, Func<int, double> value)
    {
        var made = new double[n];
        for (var i = 0; i < n; i++) made[i] = value(i);
        return made;
    }

    /// <summary>The largest size of a number.</summary>
    internal static double Largest(ReadOnlySpan<double> values)
    {
        var most = 0.0;
        foreach (var v in values) most = Math.Max(most, Math.Abs(v));
        return most;
    }

    /// <summary>A·B as a new block.</summary>
    internal static double[] Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int m, int k, int n)
    {
        var c = new double[m * n];
        MultiplyAdd(a, b, c, m, k, n);
        return c;
    }

    /// <summary>Aᵀ of A m×n.</summary>
    internal static double[] Transposed(ReadOnlySpan<double> a, int m, int n)
    {
        var t = new double[m * n];
        for (var i = 0; i < m; i++) for (var j = 0; j < n; j++) t[j * m + i] = a[i * n + j];
        return t;
    }

    /// <summary>Σ aᵢbᵢ.</summary>
    internal static double Inner(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The inverse of a symmetric positive definite block and the logarithm of its determinant; false when it is not.</summary>
    internal static bool Invert(ReadOnlySpan<double> a, int n, Span<double> inverse, out double logDeterminant)
    {
        var l = a[..(n * n)].ToArray();
        logDeterminant = 0;
        if (!Dense.Small(l, n, n)) return false;
        for (var i = 0; i < n; i++) logDeterminant += 2 * Math.Log(l[i * n + i]);
        var u = Dense.InverseTransposed(l, n, n);
        inverse[..(n * n)].Clear();
        MultiplyTransposedAdd(u, u, inverse, n, n, n);
        return true;
    }
}
