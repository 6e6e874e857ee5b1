using System.Diagnostics.CodeAnalysis;
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
    const int Block = 2048;

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

    internal static CrossProducts Of(Design design, Grouping[] groups, List<ModelColumn> columns, double[]? weights)
    {
        var frame = new Frame(design, groups, columns, weights);
        var passes = new Pass[frame.Parts];
        InParts.Each(passes.Length, part => (passes[part] = new Pass(frame)).Run(part));
        for (var step = 1; step < passes.Length; step *= 2) // two by two, whatever the number of processors
            InParts.Each((passes.Length + step - 1) / (2 * step), pair => passes[2 * step * pair].Take(passes[2 * step * pair + step]));
        return passes[0].Made();
    }

    /// <summary>The first node of a factor.</summary>
    internal int FirstNode(int factor)
    {
        var node = 0;
        for (var k = 1; k < factor; k++) node += Groups[k].Levels.Count;
        return node;
    }

    /// <summary>
    /// The share of the response's sum of squares that a factor with one constant effect explains by itself, less what chance would give its levels: (Σ(Σy)²/n − L·v)/(N − L)
    /// with v the mean square; at least a hundredth and at most nine tenths. The response is centred, or its mean counts too.
    /// </summary>
    internal double Explained(int factor)
    {
        var (levels, total, size, between) = (Groups[factor].Levels.Count, Corner[^1], 0.0, 0.0);
        var node = FirstNode(factor);
        for (var level = 0; level < levels; level++)
        {
            var n = factor == 0 ? Patterns[Cells[CellOf[level]].Pattern].G[0] : Base[Pattern.Diagonal[node + level]];
            var sum = factor == 0 ? OfLevel[level * Columns + Columns - 1] : Right[Pattern.Start[node + level] * Columns + Columns - 1];
            (size, between) = (size + n, between + sum * sum / n);
        }
        var share = (between - levels * total / size) / (size - levels) * size / total;
        return double.IsFinite(share) ? Math.Clamp(share, 0.01, 0.9) : 0.5;
    }

    /// <summary>What every pass needs to know, and where each puts what belongs to one level alone.</summary>
    sealed class Frame
    {
        const int RowsOfPart = 1 << 18, MostParts = 4, MostInTable = 4096, MostInTableOfPart = 1024;

        internal Frame(Design design, Grouping[] groups, List<ModelColumn> columns, double[]? weights)
        {
            (Groups, Columns, Weights) = (groups, columns, weights);
            NodeStart = new int[groups.Length];
            for (var k = 1; k < groups.Length; k++)
            {
                NodeStart[k] = Nodes;
                Nodes += groups[k].Levels.Count;
            }
            (Sizes, FactorOf, Starts) = (new int[Nodes], new int[Nodes], new int[Nodes + 1]);
            for (var k = 1; k < groups.Length; k++)
            {
                Sizes.AsSpan(NodeStart[k], groups[k].Levels.Count).Fill(groups[k].Columns.Count);
                FactorOf.AsSpan(NodeStart[k], groups[k].Levels.Count).Fill(k);
            }
            for (var i = 0; i < Nodes; i++) Starts[i + 1] = Starts[i] + Sizes[i] * columns.Count;
            var levels = groups[0].Levels;
            Order = ByLevel(levels.Codes, levels.Count);
            OfLevel = new double[(long)levels.Count * groups[0].Columns.Count * columns.Count];
            CellOf = new int[levels.Count];
            Parts = Math.Clamp(design.Rows / RowsOfPart, 1, MostParts);
            InTable = Nodes <= (Parts == 1 ? MostInTable : MostInTableOfPart);
        }

        internal Grouping[] Groups { get; }
        internal List<ModelColumn> Columns { get; }
        internal double[]? Weights { get; }
        internal int[] NodeStart { get; }
        internal int Nodes { get; }
        internal int[] Sizes { get; }
        internal int[] FactorOf { get; }

        /// <summary>Where a node's right side begins.</summary>
        internal int[] Starts { get; }

        /// <summary>The rows by level of the eliminated factor.</summary>
        internal int[] Order { get; }

        /// <summary>ZᵀWv of each level, and its cell.</summary>
        internal double[] OfLevel { get; }
        internal int[] CellOf { get; }

        /// <summary>In how many parts the rows are gone through: whole levels, by the number of rows alone.</summary>
        internal int Parts { get; }

        /// <summary>Whether pairs of nodes are found in a table rather than by hashing.</summary>
        internal bool InTable { get; }

        /// <summary>Where a part begins in the order: with the first row of a level.</summary>
        internal int Begin(int part)
        {
            var codes = Groups[0].Levels.Codes;
            var at = (int)((long)Order.Length * part / Parts);
            while (at > 0 && at < Order.Length && codes[Order[at]] == codes[Order[at - 1]]) at++;
            return at;
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

    /// <summary>The pass over the rows of some levels of the eliminated factor.</summary>
    sealed class Pass
    {
        readonly Frame _frame;
        readonly Grouping[] _groups;
        readonly int _t, _c, _nodes;
        readonly int[] _nodeStart, _sizes, _slot;
        readonly double[] _corner, _ofBlock, _right, _ofLevel; // the corner is added up block by block: millions of rows one by one would cost digits
        readonly int[] _cellOf;
        readonly double[][] _diagonal;
        readonly List<LevelPattern> _patterns = [];
        readonly List<Cell> _cells = [];
        readonly Dictionary<ulong, int> _patternOf = [], _cellAt = [];
        readonly Dictionary<long, int> _pairs = [];
        readonly int[]? _pairTable;
        readonly List<(int, int)> _pairList = [];
        readonly List<double[]> _pairBase = [];
        int _firstLevel, _endLevel;
        double _logWeights;

        // The level at hand.
        readonly double[] _g, _a;
        readonly List<int> _near = [];
        readonly List<double[]> _nearBlock = [];
        readonly Stack<double[]>[] _spare; // blocks that no cell kept, by the size of their node

        internal Pass(Frame frame)
        {
            (_frame, _groups, _t, _c, _nodes) = (frame, frame.Groups, frame.Groups[0].Columns.Count, frame.Columns.Count, frame.Nodes);
            (_nodeStart, _sizes, _ofLevel, _cellOf) = (frame.NodeStart, frame.Sizes, frame.OfLevel, frame.CellOf);
            _slot = new int[_nodes];
            Array.Fill(_slot, -1);
            _pairTable = frame.InTable ? new int[_nodes * _nodes] : null;
            (_corner, _ofBlock) = (new double[_c * _c], new double[_c * _c]);
            _diagonal = Array.ConvertAll(_sizes, s => new double[s * s]);
            _right = new double[frame.Starts[^1]];
            (_g, _a) = (new double[_t * _t], new double[_t * _c]);
            var widest = 0;
            foreach (var group in _groups) widest = Math.Max(widest, group.Columns.Count);
            _spare = new Stack<double[]>[widest + 1];
            for (var size = 0; size <= widest; size++) _spare[size] = new Stack<double[]>();
        }

        internal void Run(int part)
        {
            var codes = _groups[0].Levels.Codes;
            var (begin, end, order) = (_frame.Begin(part), _frame.Begin(part + 1), _frame.Order);
            if (begin >= end) return;
            var all = new List<ModelColumn>(_frame.Columns);
            foreach (var group in _groups) all.AddRange(group.Columns);
            var values = new double[all.Count][];
            for (var k = 0; k < values.Length; k++) values[k] = new double[Block];
            var z = new int[_groups.Length];
            for (var k = 0; k < _groups.Length; k++) z[k] = k == 0 ? _c : z[k - 1] + _groups[k - 1].Columns.Count;
            var v = new double[_c];
            var level = _firstLevel = codes[order[begin]];
            for (var from = begin; from < end; from += Block)
            {
                var rows = order.AsSpan(from, Math.Min(Block, end - from));
                for (var k = 0; k < values.Length; k++) all[k].Fill(rows, values[k]);
                for (var i = 0; i < rows.Length; i++)
                {
                    var row = rows[i];
                    if (codes[row] != level)
                    {
                        Close(level);
                        level = codes[row];
                    }
                    var w = _frame.Weights is null ? 1 : _frame.Weights[row];
                    if (_frame.Weights is not null) _logWeights += Math.Log(w);
                    for (var j = 0; j < _c; j++) v[j] = values[j][i];
                    Add(row, i, w, v, values, z);
                }
                Small.Add(_corner, _ofBlock);
                Array.Clear(_ofBlock);
            }
            Close(level);
            _endLevel = level + 1;
        }

        /// <summary>Adds what a later pass found; sums are added part by part, so that their bits do not depend on who was first.</summary>
        internal void Take(Pass later)
        {
            if (later._endLevel == 0) return;
            Dense.AddScaled(_corner, later._corner, 1);
            Dense.AddScaled(_right, later._right, 1);
            for (var i = 0; i < _nodes; i++) Small.Add(_diagonal[i], later._diagonal[i]);
            for (var e = 0; e < later._pairList.Count; e++)
            {
                var pair = PairOf(later._pairList[e].Item1, later._pairList[e].Item2);
                if (_pairBase[pair].Length == 0) _pairBase[pair] = later._pairBase[e];
                else Small.Add(_pairBase[pair], later._pairBase[e]);
            }
            var patternOf = new int[later._patterns.Count];
            for (var g = 0; g < patternOf.Length; g++)
            {
                patternOf[g] = PatternOf(later._patterns[g].G);
                _patterns[patternOf[g]].Take(later._patterns[g]);
            }
            var cellOf = new int[later._cells.Count];
            for (var k = 0; k < cellOf.Length; k++)
            {
                var cell = later._cells[k];
                cellOf[k] = CellOf(patternOf[cell.Pattern], cell.Nodes, cell.Blocks, out _);
                var into = _cells[cellOf[k]];
                into.Count += cell.Count;
                Small.Add(into.Sum, cell.Sum);
            }
            for (var level = later._firstLevel; level < later._endLevel; level++) _cellOf[level] = cellOf[_cellOf[level]];
            (_logWeights, _firstLevel, _endLevel) = (_logWeights + later._logWeights, _endLevel == 0 ? later._firstLevel : _firstLevel, later._endLevel);
        }

        void Add(int row, int i, double w, double[] v, double[][] values, int[] z)
        {
            unchecked
            {
                for (var a = 0; a < _c; a++) for (int b = 0, at = a * _c; b <= a; b++) _ofBlock[at + b] += w * v[a] * v[b];
                for (var r = 0; r < _t; r++)
                {
                    var zr = w * values[_c + r][i];
                    for (var s = 0; s < _t; s++) _g[r * _t + s] += zr * values[_c + s][i];
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
                        var zr = w * values[z[k] + r][i];
                        for (var s = 0; s < size; s++) diagonal[r * size + s] += zr * values[z[k] + s][i];
                        for (int a = 0, at = _frame.Starts[node] + r * _c; a < _c; a++) _right[at + a] += zr * v[a];
                        for (var s = 0; s < _t; s++) near[s * size + r] += zr * values[_c + s][i];
                    }
                    for (var other = 1; other < k; other++) Cross(i, w, node, k, _nodeStart[other] + _groups[other].Levels.Codes[row], other, values, z);
                }
            }
        }

        /// <summary>The level's block with a node, T × size.</summary>
        double[] Near(int node)
        {
            if (_slot[node] >= 0) return _nearBlock[_slot[node]];
            _slot[node] = _near.Count;
            _near.Add(node);
            if (_spare[_sizes[node]].TryPop(out var block)) Array.Clear(block);
            else block = new double[_t * _sizes[node]];
            _nearBlock.Add(block);
            return block;
        }

        void Cross(int i, double w, int node, int k, int other, int l, double[][] values, int[] z)
        {
            if (node < other) ((node, k), (other, l)) = ((other, l), (node, k));
            var pair = PairOf(node, other);
            ref var block = ref CollectionsMarshal.AsSpan(_pairBase)[pair];
            if (block.Length == 0) block = new double[_sizes[node] * _sizes[other]];
            for (var r = 0; r < _sizes[node]; r++)
                for (var s = 0; s < _sizes[other]; s++) block[r * _sizes[other] + s] += w * values[z[k] + r][i] * values[z[l] + s][i];
        }

        /// <summary>Puts a finished level into its pattern and cell.</summary>
        void Close(int level)
        {
            _a.CopyTo(_ofLevel.AsSpan(level * _t * _c));
            var pattern = PatternOf(_g);
            var nodes = CollectionsMarshal.AsSpan(_near);
            var blocks = CollectionsMarshal.AsSpan(_nearBlock);
            foreach (var node in nodes) _slot[node] = -1;
            Sort(nodes, blocks);
            var cell = CellOf(pattern, nodes, blocks, out var made);
            if (!made) for (var k = 0; k < nodes.Length; k++) _spare[_sizes[nodes[k]]].Push(blocks[k]);
            _cellOf[level] = cell;
            _cells[cell].Count++;
            Small.Add(_cells[cell].Sum, _a);
            _patterns[pattern].Take(_a);
            _near.Clear();
            _nearBlock.Clear();
            Array.Clear(_g);
            Array.Clear(_a);
        }

        /// <summary>By node; a level meets few, most often one or two.</summary>
        static void Sort(Span<int> nodes, Span<double[]> blocks)
        {
            for (var i = 1; i < nodes.Length; i++)
            {
                var (node, block, at) = (nodes[i], blocks[i], i);
                for (; at > 0 && nodes[at - 1] > node; at--) (nodes[at], blocks[at]) = (nodes[at - 1], blocks[at - 1]);
                (nodes[at], blocks[at]) = (node, block);
            }
        }

        int PatternOf(double[] g)
        {
            var hash = Hash(14695981039346656037, g);
            while (_patternOf.TryGetValue(hash, out var found))
            {
                if (_patterns[found].G.AsSpan().SequenceEqual(g)) return found;
                hash = unchecked(hash + 1);
            }
            _patternOf.Add(hash, _patterns.Count);
            _patterns.Add(new LevelPattern((double[])g.Clone(), _t, _c));
            return _patterns.Count - 1;
        }

        int CellOf(int pattern, ReadOnlySpan<int> nodes, ReadOnlySpan<double[]> blocks, out bool made)
        {
            made = false;
            var hash = Hash(unchecked((ulong)pattern * 0x9E3779B97F4A7C15), []);
            for (var k = 0; k < nodes.Length; k++) hash = Hash(unchecked(hash ^ (ulong)(nodes[k] + 1)), blocks[k]);
            while (_cellAt.TryGetValue(hash, out var found))
            {
                if (_cells[found].Is(pattern, nodes, blocks)) return found;
                hash = unchecked(hash + 1);
            }
            made = true;
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

        internal CrossProducts Made()
        {
            foreach (var kind in _patterns) kind.Settle();
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
                FactorOf = _frame.FactorOf,
                Base = values,
                Right = _right,
                Patterns = _patterns,
                Cells = _cells,
                CellOf = _cellOf,
                OfLevel = _ofLevel,
                LogWeights = _logWeights,
            };
        }
    }
}

/// <summary>Levels with the same G, and the second moments of their A = ZᵀWv: kept one by one while few, as one matrix when many.</summary>
sealed class LevelPattern(double[] g, int t, int columns)
{
    const int MostRecent = 512;
    readonly List<double[]> _few = [];
    double[]? _moments, _recentMoments;
    int _recent;

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
        Gather();
        AddMoment(a);
    }

    /// <summary>The levels of the same pattern that another pass met.</summary>
    internal void Take(LevelPattern other)
    {
        foreach (var a in other._few) Take(a);
        if (other._moments is null) return;
        Gather();
        other.Settle();
        Small.Add(_moments, other._moments);
        Count += other.Count;
    }

    /// <summary>From now on as one matrix.</summary>
    [MemberNotNull(nameof(_moments))]
    void Gather()
    {
        if (_moments is not null) return;
        (_moments, _recentMoments) = (new double[t * columns * t * columns], new double[t * columns * t * columns]);
        foreach (var early in _few) AddMoment(early);
        _few.Clear();
    }

    /// <summary>Adds to the recent ones: a sum of a million levels one by one would cost digits.</summary>
    void AddMoment(ReadOnlySpan<double> a)
    {
        var n = a.Length;
        for (var i = 0; i < n; i++) for (int j = 0, at = i * n; j <= i; j++) _recentMoments![at + j] += a[i] * a[j];
        if (++_recent == MostRecent) Settle();
    }

    /// <summary>The recent ones to all the others; once more after the last level.</summary>
    internal void Settle()
    {
        if (_moments is null || _recent == 0) return;
        Small.Add(_moments, _recentMoments!);
        Array.Clear(_recentMoments!);
        _recent = 0;
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
