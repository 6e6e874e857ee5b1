namespace Groeilijn.Statistics.Disclosure;

/// <summary>What hiding a cell costs.</summary>
public enum Cost
{
    /// <summary>Each cell the same, with a small preference for small cells and low levels.</summary>
    Count,
    /// <summary>The value that is lost.</summary>
    Value,
}

/// <summary>How a publication is to be protected.</summary>
public sealed record ProtectionOptions
{
    /// <summary>What hiding a cell costs.</summary>
    public Cost Cost { get; init; }

    /// <summary>Own prices, one per cell; they take the place of <see cref="Cost"/>.</summary>
    public double[]? Prices { get; init; }

    /// <summary>Cells that are never sensitive, such as those of an unknown category.</summary>
    public bool[]? Safe { get; init; }

    /// <summary>Cells that must be published or are published already.</summary>
    public bool[]? Published { get; init; }

    /// <summary>How much the search for a better pattern may work; null: as suits the size.</summary>
    public long? Effort { get; init; }

    /// <summary>Told what is being done and how far it is.</summary>
    public Action<string, double>? Progress { get; init; }

    /// <summary>Makes a pattern another way (an outside optimiser); what it leaves open is repaired. Null: none.</summary>
    public Func<CellSystem, IReadOnlyList<Requirement>, double[], bool[]?>? Pattern { get; init; }
}

/// <summary>A publication with the reason of every hidden cell, the certificates, and the audit.</summary>
/// <param name="Publication">The cells.</param>
/// <param name="System">The cells and sums, with the groups of hidden cells that had to be protected together at the end.</param>
/// <param name="Reasons">Why each cell is hidden; <see cref="Disclosure.Reasons.None"/> for what is published.</param>
/// <param name="Pattern">The pattern and its certificates.</param>
/// <param name="Unprotected">Sensitive cells without a certificate, or that follow exactly: none in a publication that may leave.</param>
/// <param name="Eliminated">Whether the second opinion, elimination, was given: in a large dense pattern it takes too long, and the certificates stand alone.</param>
public sealed record ProtectedPublication(Publication Publication, CellSystem System, Reasons[] Reasons, Suppression Pattern, IReadOnlyList<int> Unprotected, bool Eliminated)
{
    /// <summary>Whether a cell was sensitive by itself.</summary>
    public bool IsPrimary(int cell) => (Reasons[cell] & ~Disclosure.Reasons.Secondary) != Disclosure.Reasons.None;
}

/// <summary>From a publication and rules to what may leave.</summary>
public static class Protection
{
    const int MostRounds = 8;
    const long MostMultiplications = 400_000_000;

    const double CellsSquaredTimesSensitive = 3e13;

    /// <summary>More sensitive cells than these take too long: in a large table the rows are long, and each sensitive cell costs a search along many of them (measured: over a second each in a million cells).</summary>
    public static int MostSensitive(int cells) => (int)Math.Min(25_000, CellsSquaredTimesSensitive / Math.Max(1, (double)cells * cells));

    /// <summary>Why so many sensitive cells are not protected; null when they are few enough.</summary>
    /// <param name="cells">The cells of all tables.</param>
    /// <param name="sensitive">How many are sensitive by the rules.</param>
    /// <param name="asked">The most that are protected; null: as suits the size.</param>
    public static ProtectionRefusal? TooMany(int cells, int sensitive, int? asked = null) => sensitive <= (asked ?? MostSensitive(cells)) ? null : new(ProtectionRefusalCode.TooLarge,
        FormattableString.Invariant($"{sensitive:N0} of {cells:N0} cells are sensitive, and {asked ?? MostSensitive(cells):N0} is the most that is protected at once"),
        "leave out a dimension or the lowest level of one, join small codes, protect each part of a dimension by itself, as tables without a total over the parts, or, for counts, use the method round");

    /// <summary>Applies the rules, hides what must be hidden, and audits the result.</summary>
    public static ProtectedPublication Protect(Publication publication, PrimaryRules rules, ProtectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(publication);
        ArgumentNullException.ThrowIfNull(rules);
        options ??= new();
        var (requirements, reasons) = rules.Apply(publication, options.Safe);
        var (system, unions, own) = (publication.System, new List<int[]>(), requirements.Count);
        var pattern = Hide(publication, system, requirements, options);
        for (var round = 1; round < MostRounds; round++)
        {
            var more = Unions(publication, rules, pattern.Hidden, unions);
            if (more.Count == 0) break;
            foreach (var (cells, requirement) in more)
            {
                requirements.Add(requirement with { Cell = publication.System.Cells + unions.Count });
                unions.Add(cells);
            }
            system = publication.System.With(unions);
            pattern = Hide(publication, system, requirements, options);
        }
        options.Progress?.Invoke("auditing", 0);
        var (open, eliminated) = Audit(system, requirements, pattern);
        for (var c = 0; c < reasons.Length; c++) if (pattern.Hidden[c] && reasons[c] == Reasons.None && !publication.Difference[c]) reasons[c] = Reasons.Secondary;
        return new(publication, system, reasons, pattern, open, eliminated);
    }

    static Suppression Hide(Publication publication, CellSystem system, List<Requirement> requirements, ProtectionOptions options)
    {
        var prices = new double[system.Cells];
        Array.Fill(prices, 1);
        (options.Prices ?? Prices(publication.System, options.Cost)).CopyTo(prices, 0);
        var (never, published) = (new bool[system.Cells], new bool[system.Cells]);
        publication.Difference.CopyTo(never, 0);
        options.Published?.CopyTo(published, 0);
        if (publication.Owner is { } owner) for (var c = 0; c < owner.Forced.Length; c++) published[c] |= owner.Forced[c];
        for (var c = publication.System.Cells; c < system.Cells; c++) never[c] = true;
        for (var c = 0; c < never.Length; c++) if (never[c]) published[c] = false;
        var effort = options.Effort ?? (system.Cells <= 4000 ? 80_000 : 20_000);
        return Suppressor.Protect(system, requirements, new() { Prices = prices, Published = published, Hidden = never, Effort = effort, Progress = options.Progress, Start = options.Pattern?.Invoke(system, requirements, prices) });
    }

    /// <summary>What hiding costs: high totals are dearer than what they are made of.</summary>
    public static double[] Prices(CellSystem system, Cost cost)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (system.Cells == 0) return []; // a table of which every cell is known to be empty
        var most = Math.Log(2 + system.Values.Max(v => Math.Abs((double)v)));
        var middle = Math.Max(1, system.Values.Select(v => Math.Abs((double)v)).Where(v => v > 0).Order().ElementAtOrDefault(system.Cells / 2));
        return [.. system.Values.Select(v => cost == Cost.Value ? 0.05 + Math.Abs((double)v) / middle : 1 + 0.5 * Math.Log(1 + Math.Abs((double)v)) / most)];
    }

    /// <summary>
    /// What is left of a published total when its published parts are taken away is the sum of its hidden parts: that sum is known, and must pass the rules as a cell would.
    /// Otherwise one of two lone contributors computes the other.
    /// </summary>
    static List<(int[] Cells, Requirement Requirement)> Unions(Publication publication, PrimaryRules rules, bool[] hidden, List<int[]> known)
    {
        var found = new List<(int[], Requirement)>();
        if (publication.Levels.Count == 0) return found;
        var had = known.Select(u => string.Join(',', u)).ToHashSet(StringComparer.Ordinal);
        var system = publication.System;
        for (var row = 0; row < system.Rows; row++)
        {
            var (parts, sign, mixed) = (new List<int>(), 0, false);
            for (var i = 0; i < system.CellsOf(row).Length; i++)
            {
                if (!hidden[system.CellsOf(row)[i]]) continue;
                parts.Add(system.CellsOf(row)[i]);
                mixed |= sign != 0 && sign != system.SignsOf(row)[i];
                sign = system.SignsOf(row)[i];
            }
            if (mixed || parts.Count < 2) continue;
            parts.Sort();
            var (reason, level, width) = (Reasons.None, 0L, 0L);
            var value = parts.Sum(p => Math.Abs(system.Values[p]));
            foreach (var contributions in publication.Levels)
                if (Contributors.Together([.. parts.Select(p => contributions[p])]) is { Largest: { } largest } together)
                    rules.Judge(largest, together.Number, parts.Sum(p => publication.Units[p]), value, ref reason, ref level, ref width);
            if (reason != Reasons.None && had.Add(string.Join(',', parts))) found.Add(([.. parts], new(-1, level, Math.Min(level, value), width)));
        }
        return found;
    }

    /// <summary>
    /// Three opinions that share nothing: the certificates were found by the simplex, the verifier recomputes them, the elimination looks for what follows exactly.
    /// Answers the sensitive cells that are not proven, and whether the elimination could be made.
    /// </summary>
    public static (IReadOnlyList<int> Unprotected, bool Eliminated) Audit(CellSystem system, IReadOnlyList<Requirement> requirements, Suppression pattern)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(requirements);
        ArgumentNullException.ThrowIfNull(pattern);
        var rows = new List<IReadOnlyList<(int, int)>>(system.Rows);
        for (var r = 0; r < system.Rows; r++)
        {
            var row = new (int, int)[system.CellsOf(r).Length];
            for (var i = 0; i < row.Length; i++) row[i] = (system.CellsOf(r)[i], system.SignsOf(r)[i]);
            rows.Add(row);
        }
        var open = WitnessVerifier.Unproven(system.Values, rows, pattern.Hidden, system.NonNegative, requirements, pattern.Witnesses).Select(r => r.Cell).ToHashSet();
        var exact = Elimination.Recoverable(system, pattern.Hidden, MostMultiplications);
        foreach (var requirement in requirements) if ((exact?[requirement.Cell] ?? false) || !pattern.Hidden[requirement.Cell]) open.Add(requirement.Cell);
        return ([.. open.Order()], exact is not null);
    }
}
