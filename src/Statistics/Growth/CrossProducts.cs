using System.Runtime.InteropServices;

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// All that the likelihood needs of the rows, in one pass. The grouping factor with most effects (the pupils) is eliminated exactly
/// later on; its levels are therefore collapsed here: levels with the same G = ZᵀWZ share a pattern, and levels of one pattern that meet the
/// same nodes of the other factors in the same way share a cell, of which only the count and sums stay.
/// Columns: the fixed part and, last, the response.
/// </summary>
sealed class CrossProducts
{
    const int Block = 2048, MostInTable = 4096;

    /// <summary>The grouping factors, the eliminated one first.</summary>
    internal required Grouping[] Groups { get; init; }

    /// <summary>Effects of a level of the eliminated factor.</summary>
    internal int T => Groups[0].Columns.Count;

    /// <summary>Columns of the fixed part that are used, and the response.</summary>
    internal required int Columns { get; init; }

    /// <summary>Σ w·v·vᵀ over all rows, v the fixed columns and the response.</summary>
    internal required double[] Corner { get; init; }

    /// <summary>The nodes of the other factors and which of them meet.</summary>
    internal required BlockPattern Pattern { get; init; }

    /// <summary>Each node's factor, as an index of <see cref="Groups"/>.</summary>
    internal required int[] FactorOf { get; init; }

    /// <summary>ZᵀWZ of the other factors.</summary>
    internal required double[] Base { get; init; }

    /// <summary>ZᵀWv of the other factors, row-major.</summary>
    internal required double[] Right { get; init; }

    /// <summary>The patterns of the eliminated factor.</summary>
    internal required List<LevelPattern> Patterns { get; init; }

    /// <summary>The cells.</summary>
    internal required List<Cell> Cells { get; init; }

    /// <summary>The cell of each level, and its own ZᵀWv (level × T × columns), for conditional modes.</summary>
    internal required int[] CellOf { get; init; }

    /// <summary>ZᵀWv of each level.</summary>
    internal required double[] OfLevel { get; init; }

    /// <summary>Σ log w.</summary>
    internal required double LogWeights { get; init; }

    internal static CrossProducts Of(Design design, Grouping[] groups, List<ModelColumn> columns, double[]? weights) => new Pass(design, groups, columns, weights).Run();

    /// <summary>The pass over the rows, by level of the eliminated factor.</summary>
    sealed class Pass
    {
        readonly Design _design;
        readonly Grouping[] _groups;
        readonly List<ModelColumn> _columns;
        readonly double[]? _weights;
        readonly int _t, _c, _nodes;
        readonly int[] _nodeStart, _sizes, _factorOf, _slot;
        readonly double[] _corner, _right, _ofLevel;
        readonly int[] _cellOf;
        readonly double[][] _diagonal;
        readonly List<LevelPattern> _patterns = [];
        readonly List<Cell> _cells = [];
        readonly Dictionary<ulong, int> _patternOf = [], _cellAt = [];
        readonly Dictionary<long, int> _pairs = [];
        readonly int[]? _pairTable;
        readonly List<(int, int)> _pairList = [];
        readonly List<double[]> _pairBase = [];
        double _logWeights;

        // The level at hand.
        readonly double[] _g, _a;
        readonly List<int> _near = [];
        readonly List<double[]> _nearBlock = [];

        internal Pass(Design design, Grouping[] groups, List<ModelColumn> columns, double[]? weights)
        {
            (_design, _groups, _columns, _weights) = (design, groups, columns, weights);
            (_t, _c) = (groups[0].Columns.Count, columns.Count);
            _nodeStart = new int[groups.Length];
            for (var k = 1; k < groups.Length; k++)
            {
                _nodeStart[k] = _nodes;
                _nodes += groups[k].Levels.Count;
            }
            _sizes = new int[_nodes];
            _factorOf = new int[_nodes];
            for (var k = 1; k < groups.Length; k++)
            {
                _sizes.AsSpan(_nodeStart[k], groups[k].Levels.Count).Fill(groups[k].Columns.Count);
                _factorOf.AsSpan(_nodeStart[k], groups[k].Levels.Count).Fill(k);
            }
            _slot = new int[_nodes];
            Array.Fill(_slot, -1);
            _pairTable = _nodes <= MostInTable ? new int[_nodes * _nodes] : null;
            _corner = new double[_c * _c];
            _diagonal = Array.ConvertAll(_sizes, s => new double[s * s]);
            _right = new double[_sizes.Sum() * _c];
            _ofLevel = new double[(long)groups[0].Levels.Count * _t * _c];
            _cellOf = new int[groups[0].Levels.Count];
            (_g, _a) = (new double[_t * _t], new double[_t * _c]);
        }

        internal CrossProducts Run()
        {
            var codes = _groups[0].Levels.Codes;
            var order = ByLevel(codes, _groups[0].Levels.Count);
            var buffers = _columns.Concat(_groups.SelectMany(g => g.Columns)).Select(column => (Column: column, Values: new double[Block])).ToArray();
            var starts = RightStarts();
            var z = new int[_groups.Length];
            for (var k = 0; k < _groups.Length; k++) z[k] = k == 0 ? _c : z[k - 1] + _groups[k - 1].Columns.Count;
            var v = new double[_c];
            var level = -1;
            for (var from = 0; from < order.Length; from += Block)
            {
                var rows = order.AsSpan(from, Math.Min(Block, order.Length - from));
                foreach (var (column, values) in buffers) column.Fill(rows, values);
                for (var i = 0; i < rows.Length; i++)
                {
                    var row = rows[i];
                    if (codes[row] != level)
                    {
                        if (level >= 0) Close(level);
                        level = codes[row];
                    }
                    var w = _weights is null ? 1 : _weights[row];
                    if (_weights is not null) _logWeights += Math.Log(w);
                    for (var j = 0; j < _c; j++) v[j] = buffers[j].Values[i];
                    Add(row, i, w, v, buffers, z, starts);
                }
            }
            Close(level);
            return Made();
        }

        int[] RightStarts()
        {
            var starts = new int[_nodes + 1];
            for (var i = 0; i < _nodes; i++) starts[i + 1] = starts[i] + _sizes[i] * _c;
            return starts;
        }

        void Add(int row, int i, double w, double[] v, (ModelColumn Column, double[] Values)[] buffers, int[] z, int[] starts)
        {
            unchecked
            {
                for (var a = 0; a < _c; a++) for (int b = 0, at = a * _c; b <= a; b++) _corner[at + b] += w * v[a] * v[b];
                for (var r = 0; r < _t; r++)
                {
                    var zr = w * buffers[_c + r].Values[i];
                    for (var s = 0; s < _t; s++) _g[r * _t + s] += zr * buffers[_c + s].Values[i];
                    for (var a = 0; a < _c; a++) _a[r * _c + a] += zr * v[a];
                }
                for (var k = 1; k < _groups.Length; k++)
                {
                    var node = _nodeStart[k] + _groups[k].Levels.Codes[row];
                    var size = _sizes[node];
                    var near = Near(node);
                    var diagonal = _diagonal[node];
                    for (var r = 0; r < size; r++)
                    {
                        var zr = w * buffers[z[k] + r].Values[i];
                        for (var s = 0; s < size; s++) diagonal[r * size + s] += zr * buffers[z[k] + s].Values[i];
                        for (int a = 0, at = starts[node] + r * _c; a < _c; a++) _right[at + a] += zr * v[a];
                        for (var s = 0; s < _t; s++) near[s * size + r] += zr * buffers[_c + s].Values[i];
                    }
                    for (var other = 1; other < k; other++) Cross(i, w, node, k, _nodeStart[other] + _groups[other].Levels.Codes[row], other, buffers, z);
                }
            }
        }

        /// <summary>The level's block with a node, T × size.</summary>
        double[] Near(int node)
        {
            if (_slot[node] >= 0) return _nearBlock[_slot[node]];
            _slot[node] = _near.Count;
            _near.Add(node);
            var block = new double[_t * _sizes[node]];
            _nearBlock.Add(block);
            return block;
        }

        void Cross(int i, double w, int node, int k, int other, int l, (ModelColumn Column, double[] Values)[] buffers, int[] z)
        {
            if (node < other) ((node, k), (other, l)) = ((other, l), (node, k));
            var pair = PairOf(node, other);
            ref var block = ref CollectionsMarshal.AsSpan(_pairBase)[pair];
            if (block.Length == 0) block = new double[_sizes[node] * _sizes[other]];
            for (var r = 0; r < _sizes[node]; r++)
                for (var s = 0; s < _sizes[other]; s++) block[r * _sizes[other] + s] += w * buffers[z[k] + r].Values[i] * buffers[z[l] + s].Values[i];
        }

        /// <summary>Puts a finished level into its pattern and cell.</summary>
        void Close(int level)
        {
            _a.CopyTo(_ofLevel.AsSpan(level * _t * _c));
            var pattern = PatternOf();
            var nodes = CollectionsMarshal.AsSpan(_near);
            var blocks = CollectionsMarshal.AsSpan(_nearBlock);
            if (nodes.Length > 1) nodes.ToArray().AsSpan().Sort(blocks);
            foreach (var node in nodes) _slot[node] = -1;
            nodes.Sort();
            var cell = CellOf(pattern, nodes, blocks);
            _cellOf[level] = cell;
            _cells[cell].Count++;
            for (var j = 0; j < _a.Length; j++) _cells[cell].Sum[j] += _a[j];
            _patterns[pattern].Take(_a);
            _near.Clear();
            _nearBlock.Clear();
            Array.Clear(_g);
            Array.Clear(_a);
        }

        int PatternOf()
        {
            var hash = Hash(14695981039346656037, _g);
            while (_patternOf.TryGetValue(hash, out var found))
            {
                if (_patterns[found].G.AsSpan().SequenceEqual(_g)) return found;
                hash = unchecked(hash + 1);
            }
            _patternOf.Add(hash, _patterns.Count);
            _patterns.Add(new LevelPattern((double[])_g.Clone(), _t, _c));
            return _patterns.Count - 1;
        }

        int CellOf(int pattern, ReadOnlySpan<int> nodes, ReadOnlySpan<double[]> blocks)
        {
            var hash = Hash(unchecked((ulong)pattern * 0x9E3779B97F4A7C15), []);
            for (var k = 0; k < nodes.Length; k++) hash = Hash(unchecked(hash ^ (ulong)(nodes[k] + 1)), blocks[k]);
            while (_cellAt.TryGetValue(hash, out var found))
            {
                if (_cells[found].Is(pattern, nodes, blocks)) return found;
                hash = unchecked(hash + 1);
            }
            _cellAt.Add(hash, _cells.Count);
            _cells.Add(new Cell(pattern, nodes.ToArray(), blocks.ToArray(), PairsOf(nodes), _t * _c));
            return _cells.Count - 1;
        }

        /// <summary>The pairs among a cell's nodes, row by row of the lower triangle.</summary>
        int[] PairsOf(ReadOnlySpan<int> nodes)
        {
            var pairs = new int[nodes.Length * (nodes.Length - 1) / 2];
            for (int r = 1, at = 0; r < nodes.Length; r++)
                for (var s = 0; s < r; s++) pairs[at++] = PairOf(nodes[r], nodes[s]);
            return pairs;
        }

        /// <summary>The number of a pair of nodes, the higher first; a new one when it was not seen before.</summary>
        int PairOf(int row, int column)
        {
            if (_pairTable is not null)
            {
                ref var at = ref _pairTable[row * _nodes + column];
                return at > 0 ? at - 1 : (at = NewPair(row, column) + 1) - 1;
            }
            ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (long)row * _nodes + column, out var known);
            return known ? pair : pair = NewPair(row, column);
        }

        int NewPair(int row, int column)
        {
            _pairList.Add((row, column));
            _pairBase.Add([]); // most pairs meet through the eliminated factor alone
            return _pairList.Count - 1;
        }

        static ulong Hash(ulong hash, ReadOnlySpan<double> values)
        {
            unchecked
            {
                foreach (var v in values) hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(v)) * 0x9E3779B97F4A7C15 ^ (hash >> 29);
                return hash ^ (hash >> 32);
            }
        }

        CrossProducts Made()
        {
            var pattern = new BlockPattern(_sizes, [.. _pairList]);
            var values = new double[pattern.Values];
            for (var i = 0; i < _nodes; i++) _diagonal[i].CopyTo(values, pattern.Diagonal[i]);
            for (var e = 0; e < _pairBase.Count; e++) _pairBase[e].CopyTo(values, pattern.PairAt[e]);
            for (var a = 0; a < _c; a++) for (var b = 0; b < a; b++) _corner[b * _c + a] = _corner[a * _c + b];
            if (_t == 1 && pattern.Plain) foreach (var cell in _cells) cell.Sizes = Array.ConvertAll(cell.Blocks, b => b[0]);
            return new CrossProducts
            {
                Groups = _groups,
                Columns = _c,
                Corner = _corner,
                Pattern = pattern,
                FactorOf = _factorOf,
                Base = values,
                Right = _right,
                Patterns = _patterns,
                Cells = _cells,
                CellOf = _cellOf,
                OfLevel = _ofLevel,
                LogWeights = _logWeights,
            };
        }

        static int[] ByLevel(int[] codes, int levels)
        {
            var at = new int[levels + 1];
            foreach (var c in codes) at[c + 1]++;
            for (var i = 0; i < levels; i++) at[i + 1] += at[i];
            var order = new int[codes.Length];
            for (var i = 0; i < codes.Length; i++) order[at[codes[i]]++] = i;
            return order;
        }
    }
}

/// <summary>Levels with the same G, and the second moments of their A = ZᵀWv: kept one by one while few, as one matrix when many.</summary>
sealed class LevelPattern(double[] g, int t, int columns)
{
    readonly List<double[]> _few = [];
    double[]? _moments;

    /// <summary>G, T × T.</summary>
    internal double[] G => g;

    /// <summary>How many levels.</summary>
    internal int Count { get; private set; }

    internal void Take(ReadOnlySpan<double> a)
    {
        Count++;
        if (_moments is null && Count <= a.Length)
        {
            _few.Add(a.ToArray());
            return;
        }
        if (_moments is null)
        {
            _moments = new double[a.Length * a.Length];
            foreach (var early in _few) AddMoment(early);
            _few.Clear();
        }
        AddMoment(a);
    }

    void AddMoment(ReadOnlySpan<double> a)
    {
        var n = a.Length;
        for (var i = 0; i < n; i++) for (int j = 0, at = i * n; j <= i; j++) _moments![at + j] += a[i] * a[j];
    }

    double Moment(int i, int j) => i >= j ? _moments![i * t * columns + j] : _moments![j * t * columns + i];

    /// <summary>C −= Σ AᵀWA.</summary>
    internal void SubtractFrom(Span<double> corner, ReadOnlySpan<double> w)
    {
        foreach (var a in _few)
        {
            Span<double> wa = new double[t * columns];
            Small.MultiplyAdd(w, a, wa, t, t, columns);
            Small.TransposedMultiplyAdd(a, wa, corner, t, columns, columns, -1);
        }
        if (_moments is null) return;
        for (var x = 0; x < columns; x++)
            for (var y = 0; y < columns; y++)
                for (var r = 0; r < t; r++)
                    for (var s = 0; s < t; s++) corner[x * columns + y] -= w[r * t + s] * Moment(r * columns + x, s * columns + y);
    }

    /// <summary>Q += Σ AΩAᵀ.</summary>
    internal void Contract(ReadOnlySpan<double> omega, Span<double> q)
    {
        foreach (var a in _few)
        {
            Span<double> ao = new double[t * columns];
            Small.MultiplyAdd(a, omega, ao, t, columns, columns);
            Small.MultiplyTransposedAdd(ao, a, q, t, columns, t);
        }
        if (_moments is null) return;
        for (var r = 0; r < t; r++)
            for (var s = 0; s < t; s++)
                for (var x = 0; x < columns; x++)
                    for (var y = 0; y < columns; y++) q[r * t + s] += omega[x * columns + y] * Moment(r * columns + x, s * columns + y);
    }
}

/// <summary>Levels of one pattern that meet the same nodes in the same way.</summary>
sealed class Cell(int pattern, int[] nodes, double[][] blocks, int[] pairs, int length)
{
    internal int Pattern => pattern;

    /// <summary>The nodes, ascending.</summary>
    internal int[] Nodes => nodes;

    /// <summary>ZᵀWZ of a level with each node, T × size.</summary>
    internal double[][] Blocks => blocks;

    /// <summary>The pairs of nodes, by rows of the lower triangle.</summary>
    internal int[] Pairs => pairs;

    /// <summary>The blocks where each is one number, and so is every block of the whole pattern; null otherwise.</summary>
    internal double[]? Sizes { get; set; }

    /// <summary>How many levels.</summary>
    internal int Count { get; set; }

    /// <summary>ΣA, T × columns.</summary>
    internal double[] Sum { get; } = new double[length];

    internal bool Is(int otherPattern, ReadOnlySpan<int> otherNodes, ReadOnlySpan<double[]> otherBlocks)
    {
        if (otherPattern != pattern || !otherNodes.SequenceEqual(nodes)) return false;
        for (var k = 0; k < nodes.Length; k++) if (!otherBlocks[k].AsSpan().SequenceEqual(blocks[k])) return false;
        return true;
    }
}
