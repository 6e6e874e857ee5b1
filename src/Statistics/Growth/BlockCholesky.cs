using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// The exact Cholesky factor of a symmetric block matrix, by fronts (Duff and Reid 1983): nodes whose columns look alike are eliminated
/// together in one dense front. Made once for a pattern and factored again for every set of values.
/// </summary>
sealed partial class BlockCholesky
{
    readonly BlockPattern _pattern;
    readonly List<Front> _fronts = [];
    readonly int[] _place;

    /// <summary>One dense elimination: the scalar rows it holds, its own columns first.</summary>
    sealed class Front
    {
        public required int[] Nodes;
        public required int Own;
        public required int[] Rows;
        public required int Columns;
        public int Parent = -1;
        public readonly List<int> Children = [];
        public readonly List<int> Pairs = [];
        public double[] Factor = [];
        public double[]? Left;
    }

    BlockCholesky(BlockPattern pattern) => (_pattern, _place) = (pattern, new int[pattern.Rows]);

    /// <summary>Multiplications of one factorisation.</summary>
    internal double Work { get; private set; }

    /// <summary>log|S| of the last factorisation.</summary>
    internal double LogDeterminant { get; private set; }

    /// <summary>The fronts of a pattern; null when it is too much to hold.</summary>
    internal static BlockCholesky? Of(BlockPattern pattern)
    {
        if (EliminationOrder.Of(pattern.Nodes, pattern.Pairs) is not { } order) return null;
        var made = new BlockCholesky(pattern);
        made.MakeFronts(order);
        return made;
    }

    void MakeFronts(EliminationOrder order)
    {
        var rank = new int[_pattern.Nodes];
        for (var i = 0; i < order.Order.Count; i++) rank[order.Order[i]] = i;
        var groups = Widened(Together(order, rank), order, rank);
        var frontOf = new int[_pattern.Nodes];
        foreach (var group in groups)
        {
            int[] own = ByRank([.. group], rank), nodes = [.. own, .. ByRank([.. order.Structure(own[^1])], rank)];
            foreach (var n in group) frontOf[n] = _fronts.Count;
            var front = new Front { Nodes = nodes, Own = group.Count, Rows = RowsOf(nodes), Columns = SizeOf(nodes.AsSpan(0, group.Count)) };
            for (var c = 0; c < front.Columns; c++) Work += (double)(front.Rows.Length - c) * (front.Rows.Length - c);
            _fronts.Add(front);
        }
        for (var f = 0; f < _fronts.Count; f++)
            if (_fronts[f].Nodes.Length > _fronts[f].Own)
            {
                _fronts[f].Parent = frontOf[_fronts[f].Nodes[_fronts[f].Own]];
                _fronts[_fronts[f].Parent].Children.Add(f);
            }
        for (var e = 0; e < _pattern.Pairs.Length; e++)
        {
            var (r, c) = _pattern.Pairs[e];
            _fronts[frontOf[rank[r] < rank[c] ? r : c]].Pairs.Add(e);
        }
    }

    static int[] ByRank(int[] nodes, int[] rank)
    {
        Array.Sort(Array.ConvertAll(nodes, n => rank[n]), nodes);
        return nodes;
    }

    int SizeOf(ReadOnlySpan<int> nodes)
    {
        var size = 0;
        foreach (var n in nodes) size += _pattern.Size[n];
        return size;
    }

    int[] RowsOf(int[] nodes)
    {
        var (rows, at) = (new int[SizeOf(nodes)], 0);
        foreach (var n in nodes) for (var row = _pattern.Start[n]; row < _pattern.Start[n + 1]; row++) rows[at++] = row;
        return rows;
    }

    static int First(int[] nodes, int[] rank)
    {
        var first = nodes[0];
        foreach (var n in nodes) if (rank[n] < rank[first]) first = n;
        return first;
    }

    /// <summary>Runs of nodes that are eliminated together: each is the first that the one before touches, and touches the same rest. Children stand before parents.</summary>
    static List<List<int>> Together(EliminationOrder order, int[] rank)
    {
        var groups = new List<List<int>>();
        var joining = new Dictionary<int, List<int>>();
        foreach (var node in order.Order)
        {
            if (!joining.TryGetValue(node, out var group)) groups.Add(group = []);
            group.Add(node);
            var structure = order.Structure(node);
            if (structure.Length == 0) continue;
            var next = First(structure, rank);
            if (structure.Length == order.Structure(next).Length + 1) joining.TryAdd(next, group);
        }
        groups.Sort((a, b) => rank[a[^1]].CompareTo(rank[b[^1]]));
        return groups;
    }

    /// <summary>
    /// Joins a group to the one above it while that adds few zeros to the factor: a wide front of some zeros is faster than many narrow ones.
    /// A joined group's last node is that of the group above, so that its rows are too.
    /// </summary>
    List<List<int>> Widened(List<List<int>> groups, EliminationOrder order, int[] rank)
    {
        var groupOf = new int[rank.Length];
        for (var g = 0; g < groups.Count; g++) foreach (var n in groups[g]) groupOf[n] = g;
        var own = Small.Of(groups.Count, g => SizeOf(groups[g].ToArray()));
        var below = Small.Of(groups.Count, g => SizeOf(order.Structure(groups[g][^1])));
        var zeros = new double[groups.Count];
        for (var g = 0; g < groups.Count; g++)
        {
            var structure = order.Structure(groups[g][^1]);
            if (structure.Length == 0) continue;
            var above = groupOf[First(structure, rank)];
            var more = zeros[g] + zeros[above] + own[g] * (own[above] + below[above] - below[g]);
            var width = own[g] + own[above];
            var share = width < 16 ? 0.5 : width < 128 ? 0.3 : 0.15;
            if (more > share * width * (width / 2 + below[above])) continue;
            foreach (var n in groups[g]) groupOf[n] = above;
            groups[above].InsertRange(0, groups[g]);
            groups[g] = [];
            (own[above], zeros[above]) = (width, more);
        }
        groups.RemoveAll(g => g.Count == 0);
        return groups;
    }

    /// <summary>Factors the values; false when the matrix is not positive definite.</summary>
    internal bool Factor(ReadOnlySpan<double> values)
    {
        LogDeterminant = 0;
        foreach (var front in _fronts)
        {
            int f = front.Rows.Length, s = front.Columns;
            if (s == f) Spare(front.Factor);
            var dense = Assembled(front, values);
            foreach (var child in front.Children) Add(dense, f, _fronts[child]);
            if (!Dense.Eliminate(dense, f, s)) return false;
            front.Factor = Columns(dense, f, s);
            front.Left = front.Parent < 0 ? null : LowerRight(dense, f, s);
            if (s < f) Spare(dense);
            for (var c = 0; c < s; c++) LogDeterminant += 2 * Math.Log(front.Factor[c * s + c]);
        }
        return true;
    }

    // ---- arrays of earlier factorisations, used again ----

    const int LargestSpare = 4_000_000;
    readonly Dictionary<int, Stack<double[]>> _spare = [];

    /// <summary>An array of zeros.</summary>
    double[] Clear(int length)
    {
        if (!_spare.TryGetValue(length, out var shelf) || !shelf.TryPop(out var found)) return new double[length];
        Array.Clear(found);
        return found;
    }

    void Spare(double[] array)
    {
        if (array.Length is 0 or > LargestSpare) return;
        if (!_spare.TryGetValue(array.Length, out var shelf)) _spare.Add(array.Length, shelf = []);
        shelf.Push(array);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double[] Assembled(Front front, ReadOnlySpan<double> values)
    {
        var f = front.Rows.Length;
        var dense = Clear(f * f);
        Place(front);
        if (_pattern.Plain)
        {
            unchecked
            {
                for (var k = 0; k < front.Own; k++) dense[_place[front.Nodes[k]] * (f + 1)] = values[front.Nodes[k]];
                foreach (var e in front.Pairs)
                {
                    int a = _place[_pattern.Pairs[e].Row], b = _place[_pattern.Pairs[e].Column];
                    dense[a > b ? a * f + b : b * f + a] = values[_pattern.FirstPair + e];
                }
            }
            return dense;
        }
        for (var k = 0; k < front.Own; k++)
        {
            var node = front.Nodes[k];
            int size = _pattern.Size[node], at = _place[_pattern.Start[node]];
            for (var i = 0; i < size; i++) for (var j = 0; j <= i; j++) dense[(at + i) * f + at + j] = values[_pattern.Diagonal[node] + i * size + j];
        }
        foreach (var e in front.Pairs)
        {
            var (r, c) = _pattern.Pairs[e];
            int ar = _place[_pattern.Start[r]], ac = _place[_pattern.Start[c]], width = _pattern.Size[c];
            for (var i = 0; i < _pattern.Size[r]; i++)
                for (var j = 0; j < width; j++) dense[ar > ac ? (ar + i) * f + ac + j : (ac + j) * f + ar + i] = values[_pattern.PairAt[e] + i * width + j];
        }
        return dense;
    }

    void Place(Front front)
    {
        for (var i = 0; i < front.Rows.Length; i++) _place[front.Rows[i]] = i;
    }

    /// <summary>Adds what a child left; its rows stand in the same order as the parent's, so that the lower triangle stays lower.</summary>
    void Add(double[] dense, int f, Front child)
    {
        var place = PlacesOf(child);
        var m = place.Length;
        for (var i = 0; i < m; i++)
        {
            var row = dense.AsSpan(place[i] * f, f);
            var left = child.Left.AsSpan(i * m, i + 1);
            for (var j = 0; j < left.Length; j++) row[place[j]] += left[j];
        }
        child.Left = null;
    }

    /// <summary>Where a front's rows beyond its own stand in the front that was placed.</summary>
    int[] PlacesOf(Front front)
    {
        var place = new int[front.Rows.Length - front.Columns];
        for (var i = 0; i < place.Length; i++) place[i] = _place[front.Rows[front.Columns + i]];
        return place;
    }

    static double[] Columns(double[] dense, int f, int s)
    {
        if (s == f) return dense;
        var factor = new double[f * s];
        for (var i = 0; i < f; i++) dense.AsSpan(i * f, Math.Min(s, i + 1)).CopyTo(factor.AsSpan(i * s));
        return factor;
    }

    static double[] LowerRight(double[] dense, int f, int s)
    {
        var m = f - s;
        var left = new double[m * m];
        for (var i = 0; i < m; i++) dense.AsSpan((s + i) * f + s, i + 1).CopyTo(left.AsSpan(i * m));
        return left;
    }

    /// <summary>X ← S⁻¹X in place, X with <paramref name="columns"/> columns, row-major. A front's rows are taken out, so that its factor is gone through row by row.</summary>
    internal void Solve(Span<double> x, int columns)
    {
        var most = 0;
        foreach (var front in _fronts) most = Math.Max(most, front.Rows.Length);
        var own = new double[most * columns];
        foreach (var front in _fronts)
        {
            int f = front.Rows.Length, s = front.Columns;
            for (var i = 0; i < f; i++) x.Slice(front.Rows[i] * columns, columns).CopyTo(own.AsSpan(i * columns));
            for (var i = 0; i < f; i++)
            {
                var row = own.AsSpan(i * columns, columns);
                Below(front.Factor.AsSpan(i * s, Math.Min(i, s)), own, row);
                if (i < s) for (var j = 0; j < columns; j++) row[j] /= front.Factor[i * s + i];
                row.CopyTo(x.Slice(front.Rows[i] * columns, columns));
            }
        }
        for (var k = _fronts.Count - 1; k >= 0; k--)
        {
            var front = _fronts[k];
            int f = front.Rows.Length, s = front.Columns;
            for (var i = 0; i < f; i++) x.Slice(front.Rows[i] * columns, columns).CopyTo(own.AsSpan(i * columns));
            for (var i = f - 1; i >= 0; i--)
            {
                var row = own.AsSpan(i * columns, columns);
                if (i < s)
                {
                    for (var j = 0; j < columns; j++) row[j] /= front.Factor[i * s + i];
                    row.CopyTo(x.Slice(front.Rows[i] * columns, columns));
                }
                Above(front.Factor.AsSpan(i * s, Math.Min(i, s)), own, row);
            }
        }
    }

    /// <summary>row −= Σ lᵢ·(row i of x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Below(ReadOnlySpan<double> l, double[] x, Span<double> row)
    {
        unchecked
        {
            for (int i = 0, at = 0; i < l.Length; i++) for (var j = 0; j < row.Length; j++) row[j] -= l[i] * x[at++];
        }
    }

    /// <summary>(row i of x) −= lᵢ·row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Above(ReadOnlySpan<double> l, double[] x, ReadOnlySpan<double> row)
    {
        unchecked
        {
            for (int i = 0, at = 0; i < l.Length; i++) for (var j = 0; j < row.Length; j++) x[at++] -= l[i] * row[j];
        }
    }

    /// <summary>S⁻¹ on the pattern alone, from the roots to the leaves.</summary>
    internal void Inverse(Span<double> values)
    {
        var z = new double[]?[_fronts.Count];
        var waiting = new int[_fronts.Count];
        for (var k = 0; k < waiting.Length; k++) waiting[k] = _fronts[k].Children.Count;
        for (var k = _fronts.Count - 1; k >= 0; k--)
        {
            var front = _fronts[k];
            int f = front.Rows.Length, s = front.Columns;
            var dense = Clear(f * f);
            if (front.Parent >= 0)
            {
                var above = _fronts[front.Parent];
                Place(above);
                var place = PlacesOf(front);
                for (var i = 0; i < place.Length; i++)
                {
                    var from = z[front.Parent].AsSpan(place[i] * above.Rows.Length, above.Rows.Length);
                    var to = dense.AsSpan((s + i) * f + s, place.Length);
                    for (var j = 0; j < to.Length; j++) to[j] = from[place[j]];
                }
                if (--waiting[front.Parent] == 0)
                {
                    Spare(z[front.Parent]!);
                    z[front.Parent] = null;
                }
            }
            var room = Clear(s * s);
            Dense.SelectedInverse(dense, front.Factor, f, s, room);
            Spare(room);
            Extract(front, dense, values);
            if (waiting[k] > 0) z[k] = dense;
            else Spare(dense);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Extract(Front front, double[] dense, Span<double> values)
    {
        var f = front.Rows.Length;
        Place(front);
        if (_pattern.Plain)
        {
            unchecked
            {
                for (var k = 0; k < front.Own; k++) values[front.Nodes[k]] = dense[_place[front.Nodes[k]] * (f + 1)];
                foreach (var e in front.Pairs)
                {
                    int a = _place[_pattern.Pairs[e].Row], b = _place[_pattern.Pairs[e].Column];
                    values[_pattern.FirstPair + e] = dense[a > b ? a * f + b : b * f + a];
                }
            }
            return;
        }
        for (var k = 0; k < front.Own; k++)
        {
            var node = front.Nodes[k];
            int size = _pattern.Size[node], at = _place[_pattern.Start[node]];
            for (var i = 0; i < size; i++) for (var j = 0; j < size; j++) values[_pattern.Diagonal[node] + i * size + j] = dense[(at + i) * f + at + j];
        }
        foreach (var e in front.Pairs)
        {
            var (r, c) = _pattern.Pairs[e];
            int ar = _place[_pattern.Start[r]], ac = _place[_pattern.Start[c]], width = _pattern.Size[c];
            for (var i = 0; i < _pattern.Size[r]; i++) for (var j = 0; j < width; j++) values[_pattern.PairAt[e] + i * width + j] = dense[(ar + i) * f + ac + j];
        }
    }
}
