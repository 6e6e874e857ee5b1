namespace Groeilijn.Statistics.Disclosure;

/// <summary>A number that was released or is about to be, as what it is over the units: the sum of some statistic over a set of them. A mean with its base is a sum too; a table is many.</summary>
/// <param name="Name">How it is called in a finding.</param>
/// <param name="Statistic">What is added up; only numbers of one statistic can be subtracted. Counts use one name.</param>
/// <param name="Units">The units, by handles that stay the same over releases.</param>
public sealed record ReleasedSum(string Name, string Statistic, IReadOnlyCollection<int> Units);

/// <summary>Who reads, and what they know beforehand.</summary>
/// <param name="Name">A name for findings.</param>
/// <param name="Known">Units whose values they know: a school its own pupils, a board all its schools' pupils; empty for the public.</param>
/// <param name="Coalition">How many units more, whichever, may work together: a parent 1 or 2 children.</param>
public sealed record Attacker(string Name, IReadOnlySet<int> Known, int Coalition = 0)
{
    /// <summary>Everybody, who knows nothing beforehand.</summary>
    public static Attacker Public { get; } = new("the public", new HashSet<int>());
}

/// <summary>A small group whose sum follows from what one attacker has.</summary>
/// <param name="Attacker">Who.</param>
/// <param name="Statistic">Of what.</param>
/// <param name="Units">How many units it is the sum of, the attacker's own left out.</param>
/// <param name="Because">The new releases that give it away.</param>
public sealed record Exposure(string Attacker, string Statistic, int Units, IReadOnlyList<string> Because);

/// <summary>
/// A new release together with everything its audience already has: spring against autumn, a correction against the first run, a report against the public table.
/// <para>
/// Units that stand in exactly the same releases form an atom; every release is a sum of atoms. An atom, or what one release has more than another, is exposed when it
/// follows from all releases by sums and differences (exact elimination) and has fewer units than the rule asks, yet some.
/// </para>
/// </summary>
public static class ReleaseAudit
{
    /// <summary>What the new releases would expose that was not exposed before; empty: they may go.</summary>
    /// <param name="before">Everything this audience has.</param>
    /// <param name="now">What it would get. What it has already is no new release.</param>
    /// <param name="minimum">The least number of units a known sum may rest on.</param>
    /// <param name="attacker">Who reads.</param>
    public static IReadOnlyList<Exposure> Exposures(IReadOnlyList<ReleasedSum> before, IReadOnlyList<ReleasedSum> now, int minimum, Attacker attacker)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(attacker);
        var found = new List<Exposure>();
        foreach (var statistic in now.Select(r => r.Statistic).Distinct(StringComparer.Ordinal))
        {
            var (old, sets) = (Distinct(before, statistic, attacker, []), new HashSet<string>(StringComparer.Ordinal));
            foreach (var (_, units) in old) sets.Add(Key(units));
            var fresh = Distinct(now, statistic, attacker, sets);
            if (fresh.Count == 0) continue;
            var had = Groups(old, minimum + attacker.Coalition).Select(Key).ToHashSet(StringComparer.Ordinal);
            var exposed = Groups([.. old, .. fresh], minimum + attacker.Coalition).Where(g => !had.Contains(Key(g))).ToList();
            if (exposed.Count == 0) continue;
            // Which of the new ones are to blame: those without which the group would not follow; all of them when any would do.
            var without = fresh.Count > MostBlamed ? [] : fresh.ConvertAll(f => (f.Name, Groups: Groups([.. old, .. fresh.Where(o => o != f)], minimum + attacker.Coalition).Select(Key).ToHashSet(StringComparer.Ordinal)));
            foreach (var units in exposed)
            {
                string[] because = [.. without.Where(w => !w.Groups.Contains(Key(units))).Select(w => w.Name)];
                found.Add(new(attacker.Name, statistic, units.Length, because.Length > 0 ? because : [.. fresh.Select(f => f.Name)]));
            }
        }
        return found;
    }

    static List<(string Name, int[] Units)> Distinct(IReadOnlyList<ReleasedSum> releases, string statistic, Attacker attacker, HashSet<string> seen)
    {
        var made = new List<(string, int[])>();
        var here = new HashSet<string>(seen, StringComparer.Ordinal);
        foreach (var release in releases)
        {
            if (release.Statistic != statistic) continue;
            int[] units = [.. release.Units.Where(u => !attacker.Known.Contains(u)).Distinct().Order()];
            if (units.Length > 0 && here.Add(Key(units))) made.Add((release.Name, units));
        }
        return made;
    }

    static string Key(int[] units) => string.Join(',', units);

    const int MostBlamed = 20;

    /// <summary>Groups of some but too few units whose sum follows.</summary>
    static IEnumerable<int[]> Groups(List<(string Name, int[] Units)> releases, int threshold)
    {
        var inReleases = new SortedDictionary<int, List<int>>();
        for (var r = 0; r < releases.Count; r++) foreach (var unit in releases[r].Units) { if (!inReleases.TryGetValue(unit, out var list)) inReleases.Add(unit, list = []); list.Add(r); }
        var atoms = inReleases.GroupBy(u => string.Join(',', u.Value)).Select(g => (Units: g.Select(u => u.Key).ToArray(), In: g.First().Value)).ToList();
        // Cells: the atoms, then the releases, then the differences; a row for each of the latter two.
        var rows = new List<(int, int)[]>();
        for (var r = 0; r < releases.Count; r++) rows.Add([(atoms.Count + r, 1), .. Enumerable.Range(0, atoms.Count).Where(a => atoms[a].In.Contains(r)).Select(a => (a, -1))]);
        var suspects = atoms.Select((a, i) => (a.Units, Cell: i)).Where(s => s.Units.Length < threshold).ToList();
        var seen = suspects.Select(s => Key(s.Units)).ToHashSet(StringComparer.Ordinal);
        var cells = atoms.Count + releases.Count;
        for (var a = 0; a < releases.Count; a++)
        {
            var near = releases[a].Units.SelectMany(u => inReleases[u]).CountBy(r => r).Where(r => r.Key != a && releases[a].Units.Length - r.Value < threshold && r.Value < releases[a].Units.Length);
            foreach (var (b, _) in near.OrderBy(n => n.Key))
            {
                int[] rest = [.. releases[a].Units.Except(releases[b].Units).Order()];
                if (!seen.Add(Key(rest))) continue;
                rows.Add([(cells, 1), .. Enumerable.Range(0, atoms.Count).Where(i => atoms[i].In.Contains(a) && !atoms[i].In.Contains(b)).Select(i => (i, -1))]);
                suspects.Add((rest, cells++));
            }
        }
        for (var r = 0; r < releases.Count; r++) if (releases[r].Units.Length < threshold && seen.Add(Key(releases[r].Units))) yield return releases[r].Units;
        var hidden = new bool[cells];
        Array.Fill(hidden, true);
        Array.Fill(hidden, false, atoms.Count, releases.Count);
        var known = Elimination.Recoverable(new(new long[cells], rows), hidden);
        foreach (var (units, cell) in suspects) if (known[cell]) yield return units;
    }
}
