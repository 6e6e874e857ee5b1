namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// The three kinds of pairs and what each shows, unit by unit: m for one person, h for two people of one household, u for strangers.
/// Expected numbers are per record of the smaller side: π partners, k household members, and ν(γ) pairs of two people with pattern γ.
/// </summary>
sealed class MatchParameters
{
    internal required ComparisonUnit[] Units { get; init; }
    /// <summary>m, h and u by unit and outcome; each sums to 1 in a unit.</summary>
    internal required double[][] M { get; init; }
    internal required double[][] H { get; init; }
    internal required double[][] U { get; init; }
    /// <summary>π: expected partners of a record of the smaller side; at most 1 when partners exclude each other.</summary>
    internal double Partners { get; set; }
    /// <summary>k: expected household members on the other side.</summary>
    internal double HouseholdMembers { get; set; }
    /// <summary>Records that each is compared with.</summary>
    internal required double Others { get; init; }

    /// <summary>The product over units of one class, missing fields left out.</summary>
    internal static double Density(double[][] shares, int[][] outcomes)
    {
        var density = 1.0;
        for (var c = 0; c < outcomes.Length; c++)
        {
            var can = outcomes[c];
            if (can.Length == 0) continue;
            var sum = 0.0;
            foreach (var o in can) sum += shares[c][o];
            density *= sum;
        }
        return density;
    }

    /// <summary>Expected strangers with a pattern, what is missing left aside.</summary>
    internal double Strangers(int[][] outcomes) => Others * Density(U, outcomes);

    /// <summary>Expected members of the household with a pattern, what is missing left aside.</summary>
    internal double Household(int[][] outcomes) => HouseholdMembers == 0 ? 0 : HouseholdMembers * Density(H, outcomes);

    internal int[][] Outcomes(ulong pattern) => [.. Units.Select(unit => unit.Of(pattern))];

    /// <summary>The units of a model, with the outcomes that the data show, and values to start from.</summary>
    internal static MatchParameters Start(LinkageEvidence evidence)
    {
        var fields = evidence.Layout.Model.Fields;
        var seen = fields.Select((_, f) => Enumerable.Range(0, 64).Where(o => (o & 7) != 0 && (evidence.Random[f][o] > 0 || evidence.Patterns.Any(p => Agreement.Outcome(p, f) == o))).ToArray()).ToArray();
        var (postcode, house) = evidence.Layout.Address;
        var units = new List<ComparisonUnit>();
        for (var f = 0; f < seen.Length; f++)
        {
            if (seen[f].Length == 0 || (f == house && postcode >= 0 && seen[postcode].Length > 0)) continue;
            if (f == postcode && house >= 0 && seen[house].Length > 0)
                units.Add(new ComparisonUnit([f, house], [.. from a in seen[f] from b in seen[house] select (ulong)a << 6 * f | (ulong)b << 6 * house], fields[f].Household || fields[house].Household));
            else units.Add(new ComparisonUnit([f], [.. seen[f].Select(o => (ulong)o << 6 * f)], fields[f].Household));
        }
        var m = units.Select(unit => Normal(unit.Outcomes.Select(o => unit.Fields.Aggregate(1.0, (p, f) => p * Guess(o, f, seen[f]))))).ToArray();
        return new MatchParameters
        {
            Units = [.. units],
            M = m,
            U = [.. units.Select(unit => new double[unit.Outcomes.Length])],
            H = [.. m.Select(shares => shares.ToArray())],
            Partners = 0.5,
            HouseholdMembers = fields.Any(f => f.Household) ? 0.5 : 0,
            Others = evidence.Others,
        };
    }

    /// <summary>Takes over what was estimated before from fewer pairs; outcomes that were not seen then keep a trifle.</summary>
    internal void Follow(MatchParameters before)
    {
        (Partners, HouseholdMembers) = (before.Partners, before.HouseholdMembers);
        for (var c = 0; c < Units.Length; c++)
        {
            var was = Array.Find(before.Units, unit => unit.Fields.AsSpan().SequenceEqual(Units[c].Fields));
            if (was is null) continue;
            var b = Array.IndexOf(before.Units, was);
            var places = Units[c].Outcomes.Select(o => Array.IndexOf(was.Outcomes, o)).ToArray();
            Normal(places.Select(place => place < 0 ? Trifle : before.M[b][place])).CopyTo(M[c], 0);
            Normal(places.Select(place => place < 0 ? Trifle : before.H[b][place])).CopyTo(H[c], 0);
        }
    }

    const double Trifle = 1e-6;

    /// <summary>Most people agree with themselves; what is left is shared by nearness.</summary>
    static double Guess(ulong outcome, int field, int[] seen)
    {
        var level = Agreement.LevelOf(outcome, field);
        var share = level switch { Level.Equal => 0.9, Level.Compatible => 0.03, Level.Near => 0.03, Level.Alike => 0.02, _ => 0.02 };
        return share / seen.Count(o => (o & 7) == (int)level);
    }

    internal static double[] Normal(IEnumerable<double> shares)
    {
        var all = shares.ToArray();
        var sum = all.Sum();
        return sum > 0 ? [.. all.Select(s => s / sum)] : all;
    }
}
