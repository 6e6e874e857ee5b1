using System.Numerics;

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// In which order the nodes of a symmetric graph are eliminated, and what each then touches: least degree first, ties to the lowest
/// number. Nodes with few neighbours go through sets, what is left through rows of bits; once all that is left touches each other it
/// is one dense end.
/// </summary>
sealed class EliminationOrder
{
    const int FewNeighbours = 12, FewNodes = 4096;

    /// <summary>Beyond this many nodes that touch much, the graph is refused: the memory for it would be the machine's.</summary>
    internal const int MostDenseNodes = 40_000;

    readonly List<int> _order = [];
    readonly int[][] _structure;

    EliminationOrder(int nodes) => _structure = new int[nodes][];

    /// <summary>The nodes, first eliminated first.</summary>
    internal IReadOnlyList<int> Order => _order;

    /// <summary>For a node: the later nodes that its column of the factor touches.</summary>
    internal int[] Structure(int node) => _structure[node];

    /// <summary>The order of a graph; null when too many nodes touch too much.</summary>
    internal static EliminationOrder? Of(int nodes, ReadOnlySpan<(int Row, int Column)> pairs)
    {
        if (nodes <= FewNodes && pairs.Length > nodes * FewNeighbours)
        {
            var small = new EliminationOrder(nodes);
            small.Bits(nodes, pairs);
            return small;
        }
        var touching = new HashSet<int>[nodes];
        for (var i = 0; i < nodes; i++) touching[i] = [];
        foreach (var (row, column) in pairs)
        {
            touching[row].Add(column);
            touching[column].Add(row);
        }
        var result = new EliminationOrder(nodes);
        var left = result.Sparse(touching);
        if (left.Count > MostDenseNodes) return null;
        result.Bits(touching, left);
        return result;
    }

    /// <summary>Eliminates while somebody has few neighbours; gives who is left, in number order.</summary>
    List<int> Sparse(HashSet<int>[] touching)
    {
        var queue = new PriorityQueue<int, (int, int)>();
        for (var i = 0; i < touching.Length; i++) if (touching[i].Count <= FewNeighbours) queue.Enqueue(i, (touching[i].Count, i));
        while (queue.TryDequeue(out var node, out var rank))
        {
            if (_structure[node] is not null || rank.Item1 != touching[node].Count) continue;
            var neighbours = touching[node].Order().ToArray();
            Take(node, neighbours);
            foreach (var a in neighbours)
            {
                touching[a].Remove(node);
                foreach (var b in neighbours) if (a != b) touching[a].Add(b);
            }
            foreach (var a in neighbours) if (touching[a].Count <= FewNeighbours) queue.Enqueue(a, (touching[a].Count, a));
        }
        return [.. Enumerable.Range(0, touching.Length).Where(i => _structure[i] is null)];
    }

    void Take(int node, int[] structure)
    {
        _order.Add(node);
        _structure[node] = structure;
    }

    /// <summary>The whole graph by rows of bits.</summary>
    void Bits(int nodes, ReadOnlySpan<(int Row, int Column)> pairs)
    {
        var rows = new ulong[nodes][];
        var degree = new int[nodes];
        for (var i = 0; i < nodes; i++) rows[i] = new ulong[(nodes + 63) / 64];
        foreach (var (row, column) in pairs)
        {
            Set(rows[row], column);
            Set(rows[column], row);
            degree[row]++;
            degree[column]++;
        }
        Bits([.. Enumerable.Range(0, nodes)], rows, degree);
    }

    void Bits(HashSet<int>[] touching, List<int> left)
    {
        var n = left.Count;
        var place = new Dictionary<int, int>();
        for (var i = 0; i < n; i++) place[left[i]] = i;
        var words = (n + 63) / 64;
        var rows = new ulong[n][];
        var degree = new int[n];
        for (var i = 0; i < n; i++)
        {
            rows[i] = new ulong[words];
            foreach (var other in touching[left[i]]) Set(rows[i], place[other]);
            degree[i] = touching[left[i]].Count;
        }
        Bits(left, rows, degree);
    }

    void Bits(List<int> left, ulong[][] rows, int[] degree)
    {
        var alive = Enumerable.Range(0, left.Count).ToList();
        while (alive.Count > 0)
        {
            var least = alive[0];
            foreach (var i in alive) if (degree[i] < degree[least]) least = i;
            if (degree[least] == alive.Count - 1) { End(left, alive); return; }
            var neighbours = Members(rows[least]);
            Take(left[least], Array.ConvertAll(neighbours, i => left[i]));
            foreach (var i in neighbours) degree[i] = Join(rows[i], rows[least], i, least);
            alive.Remove(least);
        }
    }

    /// <summary>All that is left touches each other: the order no longer matters.</summary>
    void End(List<int> left, List<int> alive)
    {
        var nodes = Array.ConvertAll(alive.ToArray(), a => left[a]);
        for (var i = 0; i < nodes.Length; i++) Take(nodes[i], nodes[(i + 1)..]);
    }

    static void Set(ulong[] row, int bit) => row[bit >> 6] |= 1UL << (bit & 63);

    static void Clear(ulong[] row, int bit) => row[bit >> 6] &= ~(1UL << (bit & 63));

    static int Join(ulong[] row, ulong[] other, int self, int gone)
    {
        for (var w = 0; w < row.Length; w++) row[w] |= other[w];
        Clear(row, self);
        Clear(row, gone);
        var count = 0;
        foreach (var word in row) count += BitOperations.PopCount(word);
        return count;
    }

    static int[] Members(ulong[] row)
    {
        var members = new List<int>();
        for (var w = 0; w < row.Length; w++)
            for (var bits = row[w]; bits != 0; bits &= bits - 1) members.Add(w * 64 + BitOperations.TrailingZeroCount(bits));
        return [.. members];
    }
}
