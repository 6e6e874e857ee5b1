namespace Groeilijn.Statistics.Growth;

/// <summary>
/// The log-determinant alone, in the memory of the factor alone: the fronts are cut into panels of columns, and each takes from the
/// earlier ones what they owe it just before it is factored (left-looking, Ng and Peyton 1993). Fronts would hold two dense ends of the
/// matrix at once, which for all schools of a country whose pupils move at random is more than the factor itself.
/// </summary>
sealed partial class BlockCholesky
{
    const int WidestPanel = 256;

    /// <summary>Some columns of the factor: their scalar rows in the order of elimination, own ones first.</summary>
    sealed class Slab(int[] rows, int columns, List<int> pairs)
    {
        internal readonly int[] Rows = rows;
        internal readonly int Columns = columns;
        internal readonly List<int> Pairs = pairs;
        internal double[] Factor = [];
        internal int At = columns, Next = -1; // the first row not yet passed on; the next panel that owes the same one
    }

    /// <summary>log|S| of the values; null when the matrix is not positive definite.</summary>
    internal double? LogDeterminantOf(ReadOnlySpan<double> values)
    {
        var slabs = Slabs();
        var of = new int[_pattern.Rows];
        for (var j = 0; j < slabs.Count; j++) for (var c = 0; c < slabs[j].Columns; c++) of[slabs[j].Rows[c]] = j;
        var owing = new int[slabs.Count];
        Array.Fill(owing, -1);
        var (sum, scratch) = (0.0, Array.Empty<double>());
        for (var j = 0; j < slabs.Count; j++)
        {
            var slab = slabs[j];
            int rows = slab.Rows.Length, s = slab.Columns;
            Assemble(slab, values);
            for (var k = owing[j]; k >= 0;)
            {
                var earlier = slabs[k];
                var next = earlier.Next;
                scratch = Pass(earlier, slab, of, j, scratch);
                Owe(slabs, owing, of, k);
                k = next;
            }
            if (!Dense.FactorPanel(slab.Factor, rows, s)) return null;
            for (var c = 0; c < s; c++) sum += 2 * Math.Log(slab.Factor[c * s + c]);
            Owe(slabs, owing, of, j);
        }
        return sum;
    }

    /// <summary>The fronts, cut; a front's pairs go with the panel of their first column.</summary>
    List<Slab> Slabs()
    {
        var slabs = new List<Slab>();
        foreach (var front in _fronts)
        {
            var first = slabs.Count;
            for (var from = 0; from < front.Columns; from += WidestPanel)
                slabs.Add(new Slab(from == 0 ? front.Rows : front.Rows[from..], Math.Min(WidestPanel, front.Columns - from), front.Columns <= WidestPanel ? front.Pairs : []));
            if (slabs.Count == first + 1) continue;
            Place(front);
            foreach (var e in front.Pairs)
            {
                var (r, c) = _pattern.Pairs[e];
                var column = Math.Min(_place[_pattern.Start[r]], _place[_pattern.Start[c]]);
                slabs[first + column / WidestPanel].Pairs.Add(e);
                var last = column + Math.Max(_pattern.Size[r], _pattern.Size[c]) - 1;
                if (last / WidestPanel > column / WidestPanel) slabs[first + last / WidestPanel].Pairs.Add(e); // a node that the cut goes through
            }
        }
        return slabs;
    }

    void Assemble(Slab slab, ReadOnlySpan<double> values)
    {
        var (rows, s) = (slab.Rows, slab.Columns);
        var panel = slab.Factor = new double[rows.Length * s];
        Array.Fill(_place, -1);
        for (var i = 0; i < rows.Length; i++) _place[rows[i]] = i;
        for (var i = 0; i < s; i++)
        {
            var node = NodeOf(rows[i]);
            var size = _pattern.Size[node];
            for (var a = 0; a < size; a++) Put(rows[i], _pattern.Start[node] + a, values[_pattern.Diagonal[node] + (rows[i] - _pattern.Start[node]) * size + a]);
        }
        foreach (var e in slab.Pairs)
        {
            var (r, c) = _pattern.Pairs[e];
            for (var i = 0; i < _pattern.Size[r]; i++)
                for (var j = 0; j < _pattern.Size[c]; j++) Put(_pattern.Start[r] + i, _pattern.Start[c] + j, values[_pattern.PairAt[e] + i * _pattern.Size[c] + j]);
        }

        void Put(int one, int other, double value)
        {
            int a = _place[one], b = _place[other];
            if (a < 0 || b < 0) return;
            if (a < b) (a, b) = (b, a);
            if (b < s) panel[a * s + b] = value;
        }
    }

    int NodeOf(int row)
    {
        var at = Array.BinarySearch(_pattern.Start, row);
        return at >= 0 ? at : ~at - 1;
    }

    /// <summary>Takes an earlier panel's part out of this one.</summary>
    double[] Pass(Slab from, Slab to, int[] of, int j, double[] scratch)
    {
        var (rows, s, p) = (from.Rows, from.Columns, from.At);
        var q = p;
        while (q < rows.Length && of[rows[q]] == j) q++;
        int m = rows.Length - p, k = q - p, first = _place[rows[p]];
        from.At = q;
        if (_place[rows[^1]] - first == m - 1)
        {
            Dense.SubtractLarge(to.Factor, first * to.Columns + first, to.Columns, from.Factor, p * s, s, from.Factor, p * s, s, m, k, s);
            return scratch;
        }
        if (scratch.Length < m * k) scratch = new double[m * k];
        else scratch.AsSpan(0, m * k).Clear();
        Dense.SubtractLarge(scratch, 0, k, from.Factor, p * s, s, from.Factor, p * s, s, m, k, s);
        if (m < 512) Scatter(0, m);
        else Parallel.For(0, (m + 255) / 256, band => Scatter(band * 256, Math.Min(m, (band + 1) * 256)));
        return scratch;

        void Scatter(int begin, int end)
        {
            unchecked
            {
                for (var i = begin; i < end; i++)
                {
                    var row = to.Factor.AsSpan(_place[rows[p + i]] * to.Columns, to.Columns);
                    for (int c = 0, at = i * k; c < k && c <= i; c++) row[_place[rows[p + c]]] += scratch[at + c];
                }
            }
        }
    }

    static void Owe(List<Slab> slabs, int[] owing, int[] of, int k)
    {
        if (slabs[k].At == slabs[k].Rows.Length)
        {
            slabs[k].Factor = []; // all is passed on
            return;
        }
        var next = of[slabs[k].Rows[slabs[k].At]];
        (slabs[k].Next, owing[next]) = (owing[next], k);
    }
}
