namespace Groeilijn.Statistics.OutputChecks;

/// <summary>Means and sums, percentiles, ends, modes, concentration: statistics of values.</summary>
sealed partial class TableRules
{
    void Aggregates()
    {
        OutputColumn[] columns = [.. table.Of(Role.Mean, Role.Sum)];
        foreach (var column in columns)
        {
            Each(Statbarn.LinearAggregations, "minimum-count", FormattableString.Invariant($"at least {_limits.MinCount} units are under every value"), column, row => Shown(column, row) ? Units(row) : null);
            Each(Statbarn.LinearAggregations, "dominance", "no one or two contributions make up nearly all of a total", column, row =>
            {
                if (column.Number(row) is not { } value) return null;
                if (table.First(Role.Count)?.Number(row) is not { } n) return s_noContributions;
                return Dominance(column.Role == Role.Sum ? value : value * n, n, row, columns.Count(c => c.Role == column.Role) == 1);
            });
        }
    }

    static readonly Fault s_noContributions = Fault.Review("dominance", "whether one or two units make up nearly all of it cannot be told", "declare the range of the values, or give the largest contributions in a file of evidence");
    static readonly Fault s_negativeValues = Fault.Review("dominance", "with values below zero the dominance rules do not hold", "have a person look at the contributions in absolute value");

    /// <summary>The (n, k) and p% rules, from the largest contributions, or, when those are not given, from the largest that a unit can have.</summary>
    Fault? Dominance(double total, double units, int row, bool ofThisColumn)
    {
        var given = ofThisColumn ? table.Of(Role.Largest).Select(c => c.Number(row)).OfType<double>().OrderDescending().ToArray() : [];
        var needed = (int)Math.Min(Math.Max(_limits.DominanceN, 2), units);
        double[] largest;
        var certain = given.Length >= needed;
        if (certain) largest = given;
        else if (table.Range is { } range) largest = range.Low < 0 ? [-1] : [.. Enumerable.Repeat(range.High, needed)];
        else return s_noContributions;
        if (total < 0 || largest.Any(x => x < 0)) return s_negativeValues;
        if (certain && largest.Sum() > total * (1 + 1e-6) + 1) return Fault.Review("dominance", "the largest contributions are more than the total", "give the contributions to this very total");
        var most = largest.Take(_limits.DominanceN).Sum();
        var safe = most <= _limits.DominanceK / 100 * total * (1 + 1e-9) && total - largest.Take(2).Sum() >= _limits.PPercent / 100 * largest.FirstOrDefault() * (1 - 1e-9);
        if (safe) return null;
        return certain
            ? Fault.Refuse("dominance", FormattableString.Invariant($"{_limits.DominanceN} units make up more than {_limits.DominanceK}% of the total, or the second largest can tell the largest within {_limits.PPercent}%"), "join groups, or hide the cell and enough others (groeilijn protect)")
            : s_noContributions;
    }

    /// <summary>A percentile rests on the units on its smaller side.</summary>
    void Percentiles()
    {
        OutputColumn[] columns = [.. table.Of(Role.Percentile)];
        foreach (var column in columns)
            Each(Statbarn.Position, "percentile-sides", FormattableString.Invariant($"at least {_limits.MinCount} units are on each side of every percentile"), column, row =>
            {
                if (!Shown(column, row)) return null;
                if (column.Percent is not (> 0 and < 100)) return Fault.Review("percentile-sides", "it is not known which percentile this is", "name the column p25, p50 and so on, or declare percent");
                if (table.First(Role.Count)?.Number(row) is not { } n) return NeedsCount;
                var side = n * Math.Min(column.Percent.Value, 100 - column.Percent.Value) / 100;
                return side >= _limits.MinCount - 1e-9 ? null : Fault.Refuse("percentile-sides", FormattableString.Invariant($"fewer than {_limits.MinCount} units are on one side of the percentile (a median needs {2 * _limits.MinCount}, a quartile {4 * _limits.MinCount}, P10 {10 * _limits.MinCount})"), "join groups, or give a percentile nearer to the middle");
            });
        if (columns.Length < 2) return;
        var (low, high) = (columns.MinBy(c => c.Percent ?? 50)!, columns.MaxBy(c => c.Percent ?? 50)!);
        if (high.Percent - low.Percent >= 50)
            Each(Statbarn.Position, "group-share", "low and high percentiles differ", high, row => high.Number(row) is { } top && top == low.Number(row)
                ? Fault.Review("group-share", "a low and a high percentile are equal, so most units have one value", "have a person judge what that value tells of the group")
                : null);
    }

    void Endpoints()
    {
        var sharers = table.First(Role.EndpointCount);
        foreach (var column in table.Of(Role.Endpoint))
            Each(Statbarn.Endpoints, "endpoint", FormattableString.Invariant($"at least {_limits.MinCount} units share every end"), column, row =>
            {
                if (!Shown(column, row)) return null;
                if (sharers is null) return Fault.Refuse("endpoint", "the smallest and the largest value are one unit's unless many share them", "give P10 and P90, or a column n_min or n_max with the units that share the end");
                return sharers.Number(row) is not { } n ? Fault.Review("endpoint", "how many units share the end is not given here", "fill in the column of those who share it")
                    : n >= _limits.MinCount ? null : Fault.Refuse("endpoint", FormattableString.Invariant($"fewer than {_limits.MinCount} units share the end"), "give P10 and P90 in its place");
            });
    }

    void Modes()
    {
        var having = table.First(Role.ModeCount);
        foreach (var column in table.Of(Role.Mode))
            Each(Statbarn.Mode, "group-share", "the most frequent value is not nearly everybody's", column, row =>
            {
                if (!Shown(column, row)) return null;
                if (Units(row) is { } few) return few;
                if (having?.Number(row) is not { } n) return Fault.Review("group-share", "whether nearly everybody has the most frequent value cannot be told", "add a column mode_count with the units that have it");
                return n > _limits.GroupShare * table.First(Role.Count)!.Number(row) ? Fault.Refuse("group-share", FormattableString.Invariant($"more than {100 * _limits.GroupShare:0.#}% of the group have this value"), "join groups or classes of the value") : null;
            });
    }

    /// <summary>With shares s of a total, H = Σ s²: the largest share is at most √H and the two largest at most √(2H), which may be proof enough.</summary>
    void Concentrations()
    {
        foreach (var column in table.Of(Role.Concentration))
        {
            Each(Statbarn.NonLinearConcentrationRatios, "minimum-count", FormattableString.Invariant($"at least {_limits.MinCount} units are under every index"), column, row => Shown(column, row) ? Units(row) : null);
            Each(Statbarn.NonLinearConcentrationRatios, "dominance", "the index itself bounds the largest shares", column, row =>
            {
                if (column.Number(row) is not { } index) return null;
                var h = index > 1 ? index / 10_000 : index;
                if (h is < 0 or > 1) return Fault.Review("dominance", "the index is not between 0 and 1, nor between 0 and 10,000", "say how it was computed");
                var (one, few) = (Math.Sqrt(h), Math.Min(1, Math.Sqrt(_limits.DominanceN * h)));
                if (few <= _limits.DominanceK / 100 && 1 - Math.Min(1, Math.Sqrt(2 * h)) >= _limits.PPercent / 100 * one) return null;
                // All but certainly one unit holds k percent: the largest share is at least H.
                return h > _limits.DominanceK / 100 ? Fault.Refuse("dominance", FormattableString.Invariant($"so high an index means that one unit has more than {_limits.DominanceK}% of the total"), "join groups") : s_noContributions;
            });
        }
        foreach (var column in table.Of(Role.Gini))
            Each(Statbarn.GiniCoefficient, "minimum-count", FormattableString.Invariant($"at least {_limits.MinCount} units are under every coefficient"), column, row => Shown(column, row) ? Units(row) : null);
    }
}
