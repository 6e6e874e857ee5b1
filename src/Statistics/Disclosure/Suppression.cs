namespace Groeilijn.Statistics.Disclosure;

/// <summary>What the search for a pattern may do.</summary>
public sealed record SuppressionOptions
{
    /// <summary>The price of hiding each cell; null: one each. Higher is published rather.</summary>
    public double[]? Prices { get; init; }

    /// <summary>Cells that must be published (forced, or already released).</summary>
    public bool[]? Published { get; init; }

    /// <summary>Cells that are not published anyway and cost nothing.</summary>
    public bool[]? Hidden { get; init; }

    /// <summary>Cells to hide to begin with; they may be published again when they turn out superfluous.</summary>
    public bool[]? Start { get; init; }

    /// <summary>How much the local search may work, in pivots; zero: no search. The same everywhere, so that a pattern is the same on every machine.</summary>
    public long Effort { get; init; } = 60_000;

    /// <summary>Told what is being done and how far it is, from 0 to 1.</summary>
    public Action<string, double>? Progress { get; init; }
}

/// <summary>A pattern with its proofs.</summary>
/// <param name="Hidden">Which cells are not published.</param>
/// <param name="Witnesses">One certificate for each requirement that is met.</param>
/// <param name="Unprotected">The requirements for which none was found.</param>
/// <param name="Necessary">The added cells of which it was shown that publishing that one alone breaks a requirement.</param>
/// <param name="Work">Pivots done.</param>
public sealed record Suppression(bool[] Hidden, IReadOnlyList<Witness> Witnesses, IReadOnlyList<Requirement> Unprotected, bool[] Necessary, long Work);

/// <summary>
/// Secondary suppression: hides more cells until every requirement has a certificate, then takes back what turns out superfluous.
/// <para>
/// For one requirement the least costly movement of the cell is sought (<see cref="LocalSimplex"/>), in which a cell that is hidden already costs next to nothing;
/// the cells that move are hidden, and the movement is the certificate. This is the method of Kelly, Golden and Assad (1992)
/// and of Statistics Canada's CONFID on the whole system at once. Afterwards each added cell is published again if the
/// requirements that use it find another way, and whole groups of added cells are thrown away and made anew as long as that saves.
/// </para>
/// </summary>
public sealed partial class Suppressor
{
    const double Hardly = 0.05, Unbounded = 1e15;
    const int LargeTable = 4000, ManyCells = 20_000;

    readonly CellSystem _system;
    readonly SuppressionOptions _options;
    readonly LocalSimplex _simplex;
    readonly Requirement[] _requirements;
    readonly int[] _rowCells, _rowSigns, _rowStart, _hiddenInRow;
    readonly double[] _price;
    readonly bool[] _hidden, _fixed, _free, _necessary;
    readonly Movement?[] _up, _down;
    readonly List<int>[] _users;
    readonly List<Movement>[] _through;
    readonly Dictionary<int, long> _sums = [];
    bool _strict = true;
    readonly Throws _dice = new(0x9E3779B97F4A7C15);
    double[]? _jitter;

    Suppressor(CellSystem system, IReadOnlyList<Requirement> requirements, SuppressionOptions options)
    {
        (_system, _options, _requirements) = (system, options, [.. requirements]);
        (_hidden, _fixed, _free, _necessary, _price) = (new bool[system.Cells], new bool[system.Cells], new bool[system.Cells], new bool[system.Cells], new double[system.Cells]);
        (_users, _through) = (new List<int>[system.Cells], new List<Movement>[system.Cells]);
        (_up, _down) = (new Movement?[requirements.Count], new Movement?[requirements.Count]);
        _rowStart = new int[system.Rows + 1];
        for (var r = 0; r < system.Rows; r++) _rowStart[r + 1] = _rowStart[r] + system.CellsOf(r).Length;
        (_rowCells, _rowSigns, _hiddenInRow) = (new int[_rowStart[^1]], new int[_rowStart[^1]], new int[system.Rows]);
        for (var r = 0; r < system.Rows; r++)
        {
            system.CellsOf(r).CopyTo(_rowCells.AsSpan(_rowStart[r]));
            system.SignsOf(r).CopyTo(_rowSigns.AsSpan(_rowStart[r]));
        }
        (_imbalance, _inChain) = (new int[system.Rows], new int[system.Cells]);
        _simplex = new(system) { TermsOf = TermsOf, CellsOf = Moving };
        for (var c = 0; c < system.Cells; c++)
        {
            _fixed[c] = options.Published?[c] ?? false;
            _price[c] = (options.Prices?[c] ?? 1) * (1 + 1e-4 * Unit(c));
        }
        foreach (var r in requirements) { _free[r.Cell] = true; if (!_fixed[r.Cell]) Hide(r.Cell); }
        for (var c = 0; c < system.Cells; c++) if (options.Hidden?[c] ?? false) { _free[c] = true; Hide(c); }
    }

    /// <summary>A pattern under which every requirement that can be met is met.</summary>
    public static Suppression Protect(CellSystem system, IReadOnlyList<Requirement> requirements, SuppressionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(requirements);
        var made = new Suppressor(system, requirements, options ?? new());
        for (var c = 0; c < system.Cells; c++) if ((options?.Start?[c] ?? false) && !made._fixed[c]) made.Hide(c);
        made.Repair(made.InOrder(), 0);
        made.TakeBack();
        made.Search();
        return made.Result();
    }

    /// <summary>What an attacker can tell when exactly these cells are hidden: nothing is added.</summary>
    public static Suppression Audit(CellSystem system, IReadOnlyList<Requirement> requirements, bool[] hidden)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(requirements);
        ArgumentNullException.ThrowIfNull(hidden);
        var open = requirements.Where(r => !hidden[r.Cell]).ToArray();
        var made = new Suppressor(system, [.. requirements.Where(r => hidden[r.Cell])], new() { Hidden = hidden });
        foreach (var i in made.InOrder()) made.Prove(i);
        var result = made.Result();
        return result with { Hidden = [.. hidden], Unprotected = [.. open, .. result.Unprotected] };
    }

    Suppression Result()
    {
        var (witnesses, open) = (new List<Witness>(), new List<Requirement>());
        for (var i = 0; i < _requirements.Length; i++)
            if (_up[i] is { } up && _down[i] is { } down) witnesses.Add(new(_requirements[i], up, down));
            else open.Add(_requirements[i]);
        return new([.. _hidden], witnesses, open, [.. _necessary.Select((n, c) => n && IsAdded(c))], _simplex.Work);
    }

    // Order and search.

    /// <summary>The most demanding first: what hides them often hides the others.</summary>
    int[] InOrder() => [.. Enumerable.Range(0, _requirements.Length).OrderByDescending(i => Math.Max(_requirements[i].Width, Math.Max(_requirements[i].Up, _requirements[i].Down))).ThenBy(i => _system.Values[_requirements[i].Cell]).ThenBy(i => i)];

    void Repair(int[] order, double from)
    {
        for (var n = 0; n < order.Length; n++)
        {
            if (from >= 0 && n % 64 == 0) _options.Progress?.Invoke("hiding", (double)n / order.Length);
            if (!Met(order[n]) && !Prove(order[n], false)) Make(order[n]);
        }
    }

    bool Met(int i) => _up[i] is not null && _down[i] is not null;

    /// <summary>Publishes again, the dearest first, what every requirement can do without.</summary>
    void TakeBack(IEnumerable<int>? among = null)
    {
        // In a large table a proof that a cell is needed may take longer than it is worth: such a cell stays, and is not called necessary.
        if (_system.Cells > LargeTable) _simplex.MostPivots = 300;
        var n = 0;
        int[] added = [.. (among ?? Enumerable.Range(0, _system.Cells)).Where(IsAdded).OrderByDescending(c => _price[c]).ThenBy(c => c)];
        foreach (var cell in added)
        {
            if (n++ % 16 == 0) _options.Progress?.Invoke("taking back", (double)n / added.Length);
            var gaveUp = _simplex.GivenUp;
            _necessary[cell] = !TryPublish(cell) && gaveUp == _simplex.GivenUp;
        }
        _simplex.MostPivots = 20_000;
    }

    bool IsAdded(int cell) => _hidden[cell] && !_free[cell];

    bool TryPublish(int cell)
    {
        var users = Users(cell);
        Publish(cell);
        var before = new List<(int, Movement?, Movement?)>();
        foreach (var i in users)
        {
            before.Add((i, _up[i], _down[i]));
            (_up[i], _down[i]) = (null, null);
            if (Prove(i)) continue;
            Hide(cell);
            foreach (var (j, up, down) in before) Keep(j, up, down);
            return false;
        }
        return true;
    }

    /// <summary>Throws a neighbourhood of added cells away and makes it anew under shaken prices, as long as the effort lasts; what costs more is undone.</summary>
    void Search()
    {
        var until = _simplex.Work + _options.Effort;
        var (cost, better) = (Cost(), false);
        while (_simplex.Work < until)
        {
            int[] added = [.. Enumerable.Range(0, _system.Cells).Where(IsAdded)];
            if (added.Length < 2) return;
            _options.Progress?.Invoke("searching", 1 - (double)(until - _simplex.Work) / _options.Effort);
            var (hidden, up, down, spent) = (_hidden.ToArray(), _up.ToArray(), _down.ToArray(), _simplex.Work);
            Remake(Around(added[Below(added.Length)], 2 + Below(Math.Min(added.Length, 16))));
            if (Cost() is var now && now < cost - 1e-9 && !Enumerable.Range(0, up.Length).Any(i => up[i] is not null && !Met(i))) (cost, better) = (now, true);
            else
            {
                for (var c = 0; c < hidden.Length; c++) if (hidden[c] != _hidden[c]) { if (hidden[c]) Hide(c); else Publish(c); }
                for (var i = 0; i < up.Length; i++) if (_up[i] != up[i] || _down[i] != down[i]) Keep(i, up[i], down[i]);
            }
            // What is done without pivots counts too: in a large table every round looks at all cells, and some thousand take as long as a pivot.
            until -= (_simplex.Work == spent ? 1 : 0) + _system.Cells / ManyCells * 10;
        }
        if (better) TakeBack();
    }

    void Remake(List<int> cells)
    {
        _jitter = new double[_system.Cells];
        for (var c = 0; c < _jitter.Length; c++) _jitter[c] = 0.6 + 0.8 * _dice.Unit();
        var users = cells.SelectMany(Users).Distinct().Order().ToArray();
        foreach (var cell in cells) Publish(cell);
        foreach (var i in users) (_up[i], _down[i]) = (null, null);
        for (var i = users.Length - 1; i > 0; i--) { var j = Below(i + 1); (users[i], users[j]) = (users[j], users[i]); }
        var before = _hidden.ToArray();
        Repair(users, -1);
        _jitter = null;
        TakeBack(Enumerable.Range(0, before.Length).Where(c => _hidden[c] && (!before[c] || Below(4) == 0)).ToArray());
    }

    /// <summary>Added cells in rows near one of them.</summary>
    List<int> Around(int cell, int most)
    {
        var (found, seen) = (new List<int> { cell }, new HashSet<int> { cell });
        for (var at = 0; at < found.Count && found.Count < most; at++)
            foreach (var row in _system.RowsOf(found[at]))
                for (var k = _rowStart[row]; k < _rowStart[row] + _hiddenInRow[row] && found.Count < most; k++)
                    if (IsAdded(_rowCells[k]) && seen.Add(_rowCells[k])) found.Add(_rowCells[k]);
        return found;
    }

    double Cost()
    {
        double sum = 0;
        for (var c = 0; c < _price.Length; c++) if (IsAdded(c)) sum += _price[c];
        return sum;
    }

    static double Unit(int cell) => unchecked((uint)((cell + 1) * 2654435761u)) / 4294967296.0;

    int Below(int most) => (int)(_dice.Next() % (ulong)most);
}
