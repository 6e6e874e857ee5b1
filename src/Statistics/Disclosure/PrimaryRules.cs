namespace Groeilijn.Statistics.Disclosure;

/// <summary>Why a cell is not shown as it is.</summary>
[Flags]
public enum Reasons
{
    /// <summary>It is shown.</summary>
    None = 0,
    /// <summary>Fewer units than the rule asks.</summary>
    MinimumCount = 1,
    /// <summary>Nobody is in it, and that is a secret.</summary>
    Zero = 2,
    /// <summary>The p% rule: a contributor could estimate another too well.</summary>
    PPercent = 4,
    /// <summary>The (n,k) rule: a few contributors make up most of it.</summary>
    Dominance = 8,
    /// <summary>Fewer contributors than the rule asks.</summary>
    MinimumContributors = 16,
    /// <summary>All or nearly all of a group are in it.</summary>
    Group = 32,
    /// <summary>It is what two published cells differ by.</summary>
    Difference = 64,
    /// <summary>The owner of the table says so.</summary>
    Owner = 128,
    /// <summary>It would give other cells away.</summary>
    Secondary = 256,
    /// <summary>It is what remains unpublished of a total, and rests on too few contributors.</summary>
    Union = 512,
}

/// <summary>The rules that say which cells are sensitive, and how far an attacker must be kept from each.</summary>
public sealed record PrimaryRules
{
    /// <summary>A count below this is sensitive; zero: no such rule.</summary>
    public int MinCount { get; init; }

    /// <summary>Whether an empty cell is sensitive too.</summary>
    public bool Zeros { get; init; }

    /// <summary>The p% rule: percent and the number of contributors that work together (one is usual).</summary>
    public (double P, int N)? PPercent { get; init; }

    /// <summary>The (n,k) rule: the n largest make up more than k percent.</summary>
    public (int N, double K)? Dominance { get; init; }

    /// <summary>Fewer contributors than this are too few; zero: no such rule.</summary>
    public int MinContributors { get; init; }

    /// <summary>A part above this share of its whole tells about the whole group, between 0.5 and 1; null: no such rule.</summary>
    public double? GroupShare { get; init; }

    /// <summary>The least width an attacker must be left with, in the smallest unit.</summary>
    public long Interval { get; init; }

    /// <summary>Whether a rule looks at single contributions.</summary>
    public bool NeedsContributions => PPercent is not null || Dominance is not null || MinContributors > 0;

    /// <summary>The sensitive cells with their requirements, and the reason of every cell.</summary>
    /// <param name="publication">The cells.</param>
    /// <param name="safe">Cells that are never sensitive (those of unknown category); null: none.</param>
    public (List<Requirement> Requirements, Reasons[] Reasons) Apply(Publication publication, bool[]? safe = null)
    {
        ArgumentNullException.ThrowIfNull(publication);
        var (system, requirements, reasons) = (publication.System, new List<Requirement>(), new Reasons[publication.System.Cells]);
        var groups = GroupShare is { } share && publication.Counts ? GroupsTold(system, share) : null;
        for (var cell = 0; cell < system.Cells; cell++)
        {
            if (safe?[cell] ?? false) continue;
            var reason = Reasons.None;
            var (value, level, width) = (Math.Abs(system.Values[cell]), 0L, 0L);
            var units = publication.Units[cell];
            if (publication.Counts && units == 0 && Zeros) (reason, width) = (reason | Reasons.Zero, Math.Max(1, Interval));
            if (units > 0 && units < MinCount && publication.Counts) (reason, width) = (reason | Reasons.MinimumCount, Math.Max(1, Interval));
            foreach (var contributions in publication.Levels)
                if (contributions[cell].Largest is { } largest) Judge(largest, contributions[cell].Number, units, value, ref reason, ref level, ref width);
            if (groups is not null && groups.TryGetValue(cell, out var down)) (reason, width) = (reason | Reasons.Group, Math.Max(width, down));
            var (lower, upper) = (level, level);
            if (publication.Owner is { } owner && owner.Unsafe[cell])
            {
                reason |= Reasons.Owner;
                if (owner.Levels?[cell] is { } own) (lower, upper) = (Math.Max(lower, own.Down), Math.Max(upper, own.Up));
                if (lower == 0 && upper == 0) width = Math.Max(width, Math.Max(1, Interval));
            }
            if (reason == Reasons.None) continue;
            if (publication.Difference[cell]) reason |= Reasons.Difference;
            reasons[cell] = reason;
            if (lower > 0 || upper > 0) width = Math.Max(width, Interval);
            requirements.Add(new(cell, upper, system.NonNegative ? Math.Min(lower, value) : lower, width));
        }
        return (requirements, reasons);
    }

    /// <summary>Whether a group of these contributors would be sensitive, and how far it must be protected.</summary>
    internal void Judge(long[] largest, int number, long units, long value, ref Reasons reason, ref long level, ref long width)
    {
        if (number == 0 || value == 0) return;
        if (PPercent is { } p)
        {
            // What an intruder does not know of the others: the total less the largest and the intruders' own.
            var rest = value - largest.Take(p.N + 1).Sum();
            var margin = p.P / 100 * largest[0] - rest;
            if (margin > 0) (reason, level) = (reason | Reasons.PPercent, Math.Max(level, (long)Math.Ceiling(margin - 1e-9 * margin)));
        }
        if (Dominance is { } nk)
        {
            var margin = 100 / nk.K * largest.Take(nk.N).Sum() - value;
            if (margin > 1e-9 * value) (reason, level) = (reason | Reasons.Dominance, Math.Max(level, (long)Math.Ceiling(margin)));
        }
        if (number < MinContributors) (reason, width) = (reason | Reasons.MinimumContributors, Math.Max(width, Math.Max(Interval, (value + 9) / 10)));
        if (MinCount > 0 && units < MinCount) (reason, width) = (reason | Reasons.MinimumCount, Math.Max(width, Math.Max(Interval, (value + 9) / 10)));
    }

    /// <summary>Parts that are nearly their whole: an attacker must think a smaller share possible.</summary>
    static Dictionary<int, long> GroupsTold(CellSystem system, double share)
    {
        var told = new Dictionary<int, long>();
        for (var row = 0; row < system.Rows; row++)
        {
            var cells = system.CellsOf(row);
            var signs = system.SignsOf(row);
            var whole = 0L;
            for (var i = 0; i < cells.Length; i++) if (signs[i] > 0) whole += system.Values[cells[i]];
            if (whole == 0) continue;
            for (var i = 0; i < cells.Length; i++)
                if (signs[i] < 0 && system.Values[cells[i]] > share * whole)
                    told[cells[i]] = Math.Max(told.GetValueOrDefault(cells[i]), system.Values[cells[i]] - (long)Math.Floor(share * whole));
        }
        return told;
    }
}
