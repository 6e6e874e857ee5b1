namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// One dimension of a table: its codes, with a total above all, and the sums that hold between them. A dimension may have several
/// hierarchies over the same lowest codes; each is a set of sums "this code is the sum of those codes".
/// </summary>
public sealed class Dimension
{
    /// <summary>The code of the total in every file this program writes.</summary>
    public const string Total = "Total";

    readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    readonly List<string> _codes = [Total];
    readonly List<Sum> _sums = [];
    readonly HashSet<int> _unpublished = [];
    int[][]? _above;

    Dimension(string name)
    {
        Name = name;
        _places.Add(Total, 0);
    }

    /// <summary>A code and the codes that it is the sum of.</summary>
    public readonly record struct Sum(int Parent, int[] Children);

    /// <summary>The column it comes from; tables that share a name share the dimension.</summary>
    public string Name { get; }

    /// <summary>The codes, the total first.</summary>
    public IReadOnlyList<string> Codes => _codes;

    /// <summary>The sums that hold between the codes.</summary>
    public IReadOnlyList<Sum> Sums => _sums;

    /// <summary>Whether a code stands for a difference between two codes and is never published itself.</summary>
    public bool IsDifference(int code) => _unpublished.Contains(code);

    /// <summary>The place of a code, or -1.</summary>
    public int Find(string code) => _places.GetValueOrDefault(code, -1);

    /// <summary>Whether no sum makes the code out of others.</summary>
    public bool IsLowest(int code) => !_sums.Exists(s => s.Parent == code);

    /// <summary>The code itself and every code it counts in.</summary>
    public IReadOnlyList<int> Above(int code) => (_above ??= MakeAbove())[code];

    /// <summary>A list of codes under one total.</summary>
    public static Checked<Dimension> Flat(string name, IEnumerable<string> codes) => Of(name, [[.. codes.Select(c => (c, (string?)null))]]);

    /// <summary>
    /// Codes with the parent of each, one list per hierarchy; a code without a parent is under the total. Every hierarchy is brought
    /// down to the same lowest codes: a lowest code that a hierarchy does not have hangs directly under its total.
    /// </summary>
    public static Checked<Dimension> Of(string name, IReadOnlyList<IReadOnlyList<(string Code, string? Parent)>> hierarchies)
    {
        ArgumentNullException.ThrowIfNull(hierarchies);
        var made = new Dimension(name);
        foreach (var (code, parent) in hierarchies.SelectMany(h => h))
            if (code.Length == 0 || code == Total || code == parent) return Wrong(name, "a code is empty, is the total, or is its own parent");
            else made.Place(code);
        foreach (var hierarchy in hierarchies)
        {
            var parents = new Dictionary<int, int>();
            foreach (var (code, parent) in hierarchy)
            {
                if (parent is not (null or "" or Total) && !hierarchy.Any(h => h.Code == parent)) return Wrong(name, "a parent is in no row of its own: the hierarchy has a hole");
                if (!parents.TryAdd(made._places[code], parent is null or "" or Total ? 0 : made._places[parent])) return Wrong(name, "a code has two parents in one hierarchy");
            }
            foreach (var code in parents.Keys)
                for (var (at, steps) = (code, 0); at != 0; at = parents[at]) if (++steps > parents.Count) return Wrong(name, "the parents go round in a circle");
            foreach (var group in parents.GroupBy(p => p.Value, p => p.Key)) made.Add(group.Key, [.. group.Order()]);
        }
        if (hierarchies.Count > 1) made.HangLooseCodes(hierarchies.Select(h => h.Select(r => r.Code).ToHashSet(StringComparer.Ordinal)));
        if (made._codes.Count == 1) return Wrong(name, "there are no codes");
        return made;
    }

    /// <summary>
    /// Two codes of different hierarchies of which one lies within the other give away what they differ by: that difference is a code
    /// too, though nobody publishes it.
    /// </summary>
    public void AddDifferences()
    {
        var lowest = Enumerable.Range(0, _codes.Count).Select(LowestUnder).ToArray();
        var known = lowest.Select(Key).ToHashSet(StringComparer.Ordinal);
        var parents = _sums.Select(s => s.Parent).Distinct().Where(p => p != 0).Order().ToArray();
        foreach (var a in parents)
            foreach (var b in parents)
            {
                if (a == b || Above(b).Contains(a) || lowest[b].Count >= lowest[a].Count || !lowest[b].IsSubsetOf(lowest[a])) continue;
                var rest = lowest[a].Where(l => !lowest[b].Contains(l)).ToHashSet();
                if (!known.Add(Key(rest))) continue;
                var code = Place($"{_codes[a]} without {_codes[b]}");
                _unpublished.Add(code);
                Add(a, [b, code]);
                Add(code, [.. rest.Order()]);
            }
        _above = null;

        static string Key(HashSet<int> codes) => string.Join(',', codes.Order());
    }

    HashSet<int> LowestUnder(int code)
    {
        var found = new HashSet<int>();
        var seen = new HashSet<int> { code };
        var open = new Stack<int>([code]);
        while (open.TryPop(out var at))
        {
            if (IsLowest(at)) found.Add(at);
            foreach (var child in _sums.Where(s => s.Parent == at).SelectMany(s => s.Children)) if (seen.Add(child)) open.Push(child);
        }
        return found;
    }

    void HangLooseCodes(IEnumerable<HashSet<string>> perHierarchy)
    {
        var lowest = Enumerable.Range(1, _codes.Count - 1).Where(IsLowest).ToArray();
        var (which, tops) = (0, Enumerable.Range(0, _sums.Count).Where(i => _sums[i].Parent == 0).ToArray());
        foreach (var has in perHierarchy)
        {
            int[] loose = [.. lowest.Where(l => !has.Contains(_codes[l]))];
            if (loose.Length > 0) _sums[tops[which]] = new(0, [.. _sums[tops[which]].Children.Concat(loose).Order()]);
            which++;
        }
    }

    int[][] MakeAbove()
    {
        var direct = new List<int>[_codes.Count];
        for (var i = 0; i < direct.Length; i++) direct[i] = [];
        foreach (var (parent, children) in _sums) foreach (var child in children) direct[child].Add(parent);
        return [.. direct.Select((_, code) =>
        {
            var seen = new SortedSet<int> { code };
            var open = new Stack<int>([code]);
            while (open.TryPop(out var at)) foreach (var parent in direct[at]) if (seen.Add(parent)) open.Push(parent);
            return seen.ToArray();
        })];
    }

    int Place(string code)
    {
        if (_places.TryGetValue(code, out var place)) return place;
        _places.Add(code, _codes.Count);
        _codes.Add(code);
        return _codes.Count - 1;
    }

    void Add(int parent, int[] children)
    {
        if (!_sums.Exists(s => s.Parent == parent && s.Children.AsSpan().SequenceEqual(children))) _sums.Add(new(parent, children));
    }

    static ProtectionRefusal Wrong(string name, string what) => new(ProtectionRefusalCode.Hierarchy, $"the hierarchy of `{name}`: {what}", "give every code one row with its parent; the highest codes have none");
}
