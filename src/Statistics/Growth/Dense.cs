using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// Dense kernels on row-major lower triangles. All of them rest on one product, C −= A·Bᵀ, whose operands both lie along their rows,
/// so that a factorisation and its inverse need no other inner loop.
/// </summary>
static class Dense
{
    const int Panel = 48, Depth = 384, Tile = 4, Band = 64, Triangle = 256;
    const double ParallelAbove = 1.5e8; // below some milliseconds, waking another processor costs more than it brings

    /// <summary>C −= A·Bᵀ for C m×n, A m×k, B n×k, each with its row stride. With <paramref name="lower"/> only tiles that reach the lower triangle are made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SubtractProduct(Span<double> c, int cs, ReadOnlySpan<double> a, int @as, ReadOnlySpan<double> b, int bs, int m, int n, int k, bool lower = false)
    {
        if (m == 0 || n == 0 || k == 0) return;
        unchecked
        {
            ref var c0 = ref MemoryMarshal.GetReference(c);
            ref var a0 = ref MemoryMarshal.GetReference(a);
            ref var b0 = ref MemoryMarshal.GetReference(b);
            for (var from = 0; from < k; from += Depth)
            {
                var depth = Math.Min(Depth, k - from);
                for (var group = 0; group < n; group += 64)
                    for (var i = lower ? group / Tile * Tile : 0; i < m; i += Tile)
                        for (var j = group; j < Math.Min(n, group + 64); j += Tile)
                        {
                            if (lower && j >= i + Tile) break;
                            ref var ct = ref Unsafe.Add(ref c0, (nint)i * cs + j);
                            ref var at = ref Unsafe.Add(ref a0, (nint)i * @as + from);
                            ref var bt = ref Unsafe.Add(ref b0, (nint)j * bs + from);
                            if (m - i >= Tile && n - j >= Tile && depth >= 8) Four(ref ct, cs, ref at, @as, ref bt, bs, depth);
                            else Rest(ref ct, cs, ref at, @as, ref bt, bs, Math.Min(Tile, m - i), Math.Min(Tile, n - j), depth);
                        }
            }
        }
    }

    /// <summary>The same for large arrays, in bands of rows over the processors; every element is made in one band, so that the bits do not depend on how many there are.</summary>
    internal static void SubtractLarge(double[] c, int ca, int cs, double[] a, int aa, int @as, double[] b, int ba, int bs, int m, int n, int k, bool lower = false)
    {
        if ((double)m * n * k < ParallelAbove)
        {
            SubtractProduct(c.AsSpan(ca), cs, a.AsSpan(aa), @as, b.AsSpan(ba), bs, m, n, k, lower);
            return;
        }
        Parallel.For(0, (m + Band - 1) / Band, band =>
        {
            var from = band * Band;
            var rows = Math.Min(Band, m - from);
            SubtractProduct(c.AsSpan(ca + from * cs), cs, a.AsSpan(aa + from * @as), @as, b.AsSpan(ba), bs, rows, lower ? Math.Min(n, from + rows) : n, k);
        });
    }

    /// <summary>A tile of 4 × 4 inner products: sixteen sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Four(ref double c, int cs, ref double a, int @as, ref double b, int bs, int k)
    {
        unchecked
        {
            Vector512<double> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
            Vector512<double> s20 = default, s21 = default, s22 = default, s23 = default, s30 = default, s31 = default, s32 = default, s33 = default;
            ref var a1 = ref Unsafe.Add(ref a, @as);
            ref var a2 = ref Unsafe.Add(ref a, 2 * @as);
            ref var a3 = ref Unsafe.Add(ref a, 3 * @as);
            ref var b1 = ref Unsafe.Add(ref b, bs);
            ref var b2 = ref Unsafe.Add(ref b, 2 * bs);
            ref var b3 = ref Unsafe.Add(ref b, 3 * bs);
            nuint d = 0, whole = (nuint)(k & ~7);
            for (; d < whole; d += 8)
            {
                var y0 = Vector512.LoadUnsafe(ref b, d);
                var y1 = Vector512.LoadUnsafe(ref b1, d);
                var y2 = Vector512.LoadUnsafe(ref b2, d);
                var y3 = Vector512.LoadUnsafe(ref b3, d);
                var x = Vector512.LoadUnsafe(ref a, d);
                s00 = Vector512.FusedMultiplyAdd(x, y0, s00); s01 = Vector512.FusedMultiplyAdd(x, y1, s01);
                s02 = Vector512.FusedMultiplyAdd(x, y2, s02); s03 = Vector512.FusedMultiplyAdd(x, y3, s03);
                x = Vector512.LoadUnsafe(ref a1, d);
                s10 = Vector512.FusedMultiplyAdd(x, y0, s10); s11 = Vector512.FusedMultiplyAdd(x, y1, s11);
                s12 = Vector512.FusedMultiplyAdd(x, y2, s12); s13 = Vector512.FusedMultiplyAdd(x, y3, s13);
                x = Vector512.LoadUnsafe(ref a2, d);
                s20 = Vector512.FusedMultiplyAdd(x, y0, s20); s21 = Vector512.FusedMultiplyAdd(x, y1, s21);
                s22 = Vector512.FusedMultiplyAdd(x, y2, s22); s23 = Vector512.FusedMultiplyAdd(x, y3, s23);
                x = Vector512.LoadUnsafe(ref a3, d);
                s30 = Vector512.FusedMultiplyAdd(x, y0, s30); s31 = Vector512.FusedMultiplyAdd(x, y1, s31);
                s32 = Vector512.FusedMultiplyAdd(x, y2, s32); s33 = Vector512.FusedMultiplyAdd(x, y3, s33);
            }
            Subtract(ref c, s00, s01, s02, s03);
            Subtract(ref Unsafe.Add(ref c, cs), s10, s11, s12, s13);
            Subtract(ref Unsafe.Add(ref c, 2 * cs), s20, s21, s22, s23);
            Subtract(ref Unsafe.Add(ref c, 3 * cs), s30, s31, s32, s33);
            if ((int)whole < k) Rest(ref c, cs, ref Unsafe.Add(ref a, whole), @as, ref Unsafe.Add(ref b, whole), bs, Tile, Tile, k - (int)whole);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Subtract(ref double c, Vector512<double> s0, Vector512<double> s1, Vector512<double> s2, Vector512<double> s3)
    {
        c -= Vector512.Sum(s0);
        Unsafe.Add(ref c, 1) -= Vector512.Sum(s1);
        Unsafe.Add(ref c, 2) -= Vector512.Sum(s2);
        Unsafe.Add(ref c, 3) -= Vector512.Sum(s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Rest(ref double c, int cs, ref double a, int @as, ref double b, int bs, int m, int n, int k)
    {
        unchecked
        {
            for (var i = 0; i < m; i++)
                for (var j = 0; j < n; j++)
                    Unsafe.Add(ref c, (nint)i * cs + j) -= Dot(ref Unsafe.Add(ref a, (nint)i * @as), ref Unsafe.Add(ref b, (nint)j * bs), k);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Dot(ref double a, ref double b, int k)
    {
        unchecked
        {
            var sum = 0.0;
            var d = 0;
            if (k >= 8)
            {
                var s = Vector512<double>.Zero;
                for (; d + 8 <= k; d += 8) s = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)d), Vector512.LoadUnsafe(ref b, (nuint)d), s);
                sum = Vector512.Sum(s);
            }
            for (; d < k; d++) sum += Unsafe.Add(ref a, d) * Unsafe.Add(ref b, d);
            return sum;
        }
    }

    /// <summary>y += w·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddScaled(Span<double> y, ReadOnlySpan<double> x, double w)
    {
        unchecked
        {
            ref var y0 = ref MemoryMarshal.GetReference(y);
            ref var x0 = ref MemoryMarshal.GetReference(x);
            var (d, scale) = (0, Vector512.Create(w));
            for (; d + 8 <= y.Length; d += 8) Vector512.FusedMultiplyAdd(scale, Vector512.LoadUnsafe(ref x0, (nuint)d), Vector512.LoadUnsafe(ref y0, (nuint)d)).StoreUnsafe(ref y0, (nuint)d);
            for (; d < y.Length; d++) Unsafe.Add(ref y0, d) += w * Unsafe.Add(ref x0, d);
        }
    }

    /// <summary>y += scale·a·b, number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddProduct(Span<double> y, ReadOnlySpan<double> a, ReadOnlySpan<double> b, double scale = 1)
    {
        unchecked
        {
            ref var y0 = ref MemoryMarshal.GetReference(y);
            ref var a0 = ref MemoryMarshal.GetReference(a);
            ref var b0 = ref MemoryMarshal.GetReference(b);
            var (d, s) = (0, Vector512.Create(scale));
            for (; d + 8 <= y.Length; d += 8) Vector512.FusedMultiplyAdd(s * Vector512.LoadUnsafe(ref a0, (nuint)d), Vector512.LoadUnsafe(ref b0, (nuint)d), Vector512.LoadUnsafe(ref y0, (nuint)d)).StoreUnsafe(ref y0, (nuint)d);
            for (; d < y.Length; d++) Unsafe.Add(ref y0, d) += scale * Unsafe.Add(ref a0, d) * Unsafe.Add(ref b0, d);
        }
    }

    /// <summary>d ← r + share·d, number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Direction(Span<double> d, ReadOnlySpan<double> share, ReadOnlySpan<double> r)
    {
        unchecked
        {
            ref var d0 = ref MemoryMarshal.GetReference(d);
            ref var s0 = ref MemoryMarshal.GetReference(share);
            ref var r0 = ref MemoryMarshal.GetReference(r);
            var i = 0;
            for (; i + 8 <= d.Length; i += 8) Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref s0, (nuint)i), Vector512.LoadUnsafe(ref d0, (nuint)i), Vector512.LoadUnsafe(ref r0, (nuint)i)).StoreUnsafe(ref d0, (nuint)i);
            for (; i < d.Length; i++) Unsafe.Add(ref d0, i) = Unsafe.Add(ref s0, i) * Unsafe.Add(ref d0, i) + Unsafe.Add(ref r0, i);
        }
    }

    /// <summary>The inner product of two rows.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Dot(ref MemoryMarshal.GetReference(a), ref MemoryMarshal.GetReference(b), a.Length);

    /// <summary>
    /// Eliminates the first <paramref name="s"/> of <paramref name="f"/> columns of a symmetric matrix, lower triangle, row stride f: L in the first s
    /// columns, what is left of the rest in its lower triangle. False when a pivot is not positive.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool Eliminate(double[] front, int f, int s)
    {
        for (var from = 0; from < s; from += Panel)
        {
            var width = Math.Min(Panel, s - from);
            if (from > 0) SubtractLarge(front, from * f + from, f, front, from * f, f, front, from * f, f, f - from, width, from);
            var below = front.AsSpan(from * f);
            if (!Small(below[from..], f, width)) return false;
            for (var i = width; i < f - from; i++) Forward(below[(i * f + from)..], below[from..], f, width);
        }
        if (s < f) SubtractLarge(front, s * f + s, f, front, s * f, f, front, s * f, f, f - s, f - s, s, lower: true);
        return true;
    }

    /// <summary>Factors a panel in place, rows × s with s as its row stride, of which the first s rows are the block on the diagonal. False when a pivot is not positive.</summary>
    internal static bool FactorPanel(double[] panel, int rows, int s)
    {
        for (var from = 0; from < s; from += Panel)
        {
            var width = Math.Min(Panel, s - from);
            if (from > 0) SubtractLarge(panel, from * s + from, s, panel, from * s, s, panel, from * s, s, rows - from, width, from);
            if (!Small(panel.AsSpan(from * s + from), s, width)) return false;
            var (first, below, bands) = (from, from + width, (rows - from - width + Triangle - 1) / Triangle);
            void Band(int band)
            {
                var to = Math.Min(rows, below + (band + 1) * Triangle);
                for (var i = below + band * Triangle; i < to; i++) Forward(panel.AsSpan(i * s + first, width), panel.AsSpan(first * s + first), s, width);
            }
            if (bands > 2) Parallel.For(0, bands, Band);
            else for (var band = 0; band < bands; band++) Band(band);
        }
        return true;
    }

    /// <summary>The Cholesky factor of one small block in place, by rows.</summary>
    internal static bool Small(Span<double> a, int stride, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var row = a.Slice(i * stride, i + 1);
            Forward(row, a, stride, i);
            var pivot = row[i] - Dot(row[..i], row[..i]);
            if (!(pivot > 0) || double.IsInfinity(pivot)) return false;
            row[i] = Math.Sqrt(pivot);
        }
        return true;
    }

    /// <summary>x ← x·L⁻ᵀ for one row, over the first n columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Forward(Span<double> x, ReadOnlySpan<double> l, int stride, int n)
    {
        for (var c = 0; c < n; c++) x[c] = (x[c] - Dot(x[..c], l.Slice(c * stride, c))) / l[c * stride + c];
    }

    /// <summary>U = L⁻ᵀ, row-major and upper, of the n×n lower factor L with row stride <paramref name="ls"/>.</summary>
    internal static double[] InverseTransposed(double[] l, int ls, int n) => InverseTransposed(l, ls, n, new double[n * n]);

    /// <summary>The same in an array of zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double[] InverseTransposed(double[] l, int ls, int n, double[] u)
    {
        for (var from = 0; from < n; from += Panel)
        {
            var width = Math.Min(Panel, n - from);
            for (var rows = 0; rows < from; rows += Triangle) // row a of U begins at column a
                SubtractLarge(u, rows * n + from, n, u, rows * n + rows, n, l, from * ls + rows, ls, Math.Min(Triangle, from - rows), width, from - rows);
            for (var a = 0; a < width; a++) u[(from + a) * n + from + a] = 1;
            for (var a = 0; a < from + width; a++) Forward(u.AsSpan(a * n + from), l.AsSpan(from * ls + from), ls, width);
        }
        return u;
    }

    /// <summary>
    /// The inverse over one front, Z (f×f, full), of which the lower right (f−s)×(f−s) part is known: with X = L₂₁L₁₁⁻¹,
    /// Z₁₂ = −XᵀZ₂₂ and Z₁₁ = L₁₁⁻ᵀL₁₁⁻¹ + XᵀZ₂₂X (Takahashi, Fagan and Chin 1973).
    /// </summary>
    /// <param name="z">Z, with Z₂₂ filled in full.</param>
    /// <param name="l">L, f rows of s columns.</param>
    /// <param name="f">Rows of the front.</param>
    /// <param name="s">Columns eliminated in it.</param>
    /// <param name="room">Zeros, s×s, to work in.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SelectedInverse(double[] z, double[] l, int f, int s, double[] room)
    {
        var m = f - s;
        var u = InverseTransposed(l, s, s, room);
        z.AsSpan(0, s * f).Clear();
        for (var from = 0; from < s; from += Triangle)
        {
            var width = Math.Min(Triangle, s - from);
            SubtractLarge(z, from * f, f, u, from * s + from, s, u, from, s, width, from + width, s - from);
        }
        for (var a = 0; a < s; a++) for (var b = 0; b <= a; b++) z[a * f + b] = -z[a * f + b];
        if (m > 0)
        {
            var x = new double[s * m]; // −Xᵀ
            SubtractLarge(x, 0, m, u, 0, s, l, s * s, s, s, m, s);
            SubtractLarge(z, s, f, x, 0, m, z, s * f + s, f, s, m, m); // XᵀZ₂₂ = −Z₁₂
            SubtractLarge(z, 0, f, z, s, f, x, 0, m, s, s, m, lower: true);
        }
        for (var a = 0; a < s; a++)
        {
            for (var b = 0; b < a; b++) z[b * f + a] = z[a * f + b];
            foreach (ref var v in z.AsSpan(a * f + s, m)) v = -v;
        }
        for (var i = s; i < f; i++) for (var a = 0; a < s; a++) z[i * f + a] = z[a * f + i];
    }
}
