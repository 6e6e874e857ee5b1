namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// a: who lives where a record says, for partners and for those who have none. A household that moved does not live there any more; of one of whom a single person moved
/// the others do; a slip in the postcode leads to a street where nobody lives. The data say how often each is so, by how the two addresses agree.
/// </summary>
sealed class Dwellings
{
    const int Kinds = 3, Unknown = Kinds;
    const double PriorPartners = 20, PriorAlone = 20, PriorMet = 20, Least = 1e-6;

    readonly Dwelling[] _of;
    readonly int[] _placeOf;
    readonly Whereabouts[] _where;
    readonly double[] _share = new double[Kinds];
    readonly double[,] _partners, _met, _ofPattern, _ofKind;

    /// <summary>Before anything is known: no dwelling tells anything.</summary>
    /// <param name="of">By record of the smaller side, who lives where it says.</param>
    /// <param name="patterns">All patterns of the run.</param>
    /// <param name="layout">Says how the addresses of a pattern agree.</param>
    /// <param name="kinds">How many kinds of records there are, by what they lack.</param>
    internal Dwellings(Dwelling[] of, ulong[] patterns, RecordLayout layout, int kinds)
    {
        _of = of;
        var places = patterns.Select(layout.PlaceOf).Distinct().Order().ToArray();
        (_placeOf, _where) = (Array.ConvertAll(patterns, p => Array.BinarySearch(places, layout.PlaceOf(p))), new Whereabouts[places.Length]);
        for (var p = 0; p < patterns.Length; p++) _where[_placeOf[p]] = layout.Where(patterns[p]);
        var known = Math.Max(1, of.Count(d => d != Dwelling.Unknown));
        for (var d = 0; d < Kinds; d++) _share[d] = (double)of.Count(other => (int)other == d) / known;
        (_partners, _met) = (new double[places.Length, Kinds], new double[patterns.Length, Kinds]);
        (_ofPattern, _ofKind) = (Ones(patterns.Length), Ones(kinds));
    }

    /// <summary>Who of the larger side lives where each record of the smaller says.</summary>
    /// <param name="small">The smaller side.</param>
    /// <param name="large">The larger.</param>
    /// <param name="livesThere">By record of the smaller side, whether somebody lives just there.</param>
    internal static Dwelling[] Of(RecordSet small, RecordSet large, bool[] livesThere)
    {
        var of = new Dwelling[small.Count];
        if (small.Layout.Address is not { Postcode: >= 0 and var postcode, House: >= 0 and var house })
        {
            Array.Fill(of, Dwelling.Unknown);
            return of;
        }
        var (asked, inhabited) = (new HashSet<ulong>(), new HashSet<ulong>());
        for (var i = 0; i < of.Length; i++) if (!livesThere[i]) asked.Add(small.Value(i, postcode));
        for (var j = 0; j < large.Count; j++) if (large.Value(j, postcode) is not 0 and var street && asked.Contains(street)) inhabited.Add(street);
        for (var i = 0; i < of.Length; i++)
            of[i] = livesThere[i] ? Dwelling.Somebody
                : small.Value(i, postcode) == 0 || small.Value(i, house) == 0 ? Dwelling.Unknown
                : inhabited.Contains(small.Value(i, postcode)) ? Dwelling.Neighbours : Dwelling.Nobody;
        return of;
    }

    /// <summary>How much oftener a dwelling is so for partners with a pattern than for who has no partner here, over how much oftener such a record shows two people so.</summary>
    internal double Factor(int pattern, int kind, int record)
    {
        var d = (int)_of[record];
        return _ofPattern[pattern, d] * _ofKind[kind, d];
    }

    /// <summary>Counts a pair: how likely it is one person, and for how many pairs of two people it stands.</summary>
    internal void Count(int pattern, int record, double one, double others)
    {
        var d = (int)_of[record];
        if (d == Unknown) return;
        _partners[_placeOf[pattern], d] += one;
        _met[pattern, d] += others;
    }

    /// <summary>Takes over what was counted since the last time.</summary>
    /// <param name="kindOf">By record of the smaller side, its kind.</param>
    /// <param name="alone">And how likely it has no partner here.</param>
    internal void Update(int[] kindOf, Func<int, double> alone)
    {
        var free = UpdateAlone(kindOf, alone);
        var partners = Partners(free);
        for (var p = 0; p < _placeOf.Length; p++)
        {
            var (met, elsewhere) = (0.0, _where[_placeOf[p]] == Whereabouts.Elsewhere);
            for (var d = 0; d < Kinds; d++) met += _met[p, d];
            for (var d = 0; d < Kinds; d++) _ofPattern[p, d] = partners[_placeOf[p], d] / (elsewhere && _share[d] > 0 ? (_met[p, d] / _share[d] + PriorMet) / (met + PriorMet) : 1);
        }
        Array.Clear(_partners);
        Array.Clear(_met);
    }

    /// <summary>Where who has no partner is said to live: of all, and what each kind differs from that. Who lacks a birth date has a partner unseen oftener, for one.</summary>
    double[] UpdateAlone(int[] kindOf, Func<int, double> alone)
    {
        var kinds = _ofKind.GetLength(0);
        var (by, sum, all, free) = (new double[kinds, Kinds], new double[kinds], new double[Kinds], new double[Kinds]);
        for (var i = 0; i < _of.Length; i++)
        {
            if (_of[i] == Dwelling.Unknown) continue;
            var (kind, d, share) = (kindOf[i], (int)_of[i], alone(i));
            by[kind, d] += share;
            sum[kind] += share;
            all[d] += share;
        }
        for (var d = 0; d < Kinds; d++)
        {
            free[d] = Math.Max(Least, (all[d] + PriorAlone * _share[d]) / (all.Sum() + PriorAlone));
            for (var k = 0; k < kinds; k++) _ofKind[k, d] = free[d] / Math.Max(Least, (by[k, d] + PriorAlone * free[d]) / (sum[k] + PriorAlone));
        }
        return free;
    }

    /// <summary>
    /// By how the addresses agree, how much oftener a dwelling is so for partners; few pairs follow their whereabouts. Two people at one address are such a pair only
    /// where somebody lives there, and of those records fewer have no partner.
    /// </summary>
    double[,] Partners(double[] free)
    {
        var (factor, common, sums) = (new double[_where.Length, Kinds], new double[4, Kinds], new double[4]);
        for (var place = 0; place < _where.Length; place++)
            for (var d = 0; d < Kinds; d++) (common[(int)_where[place], d], sums[(int)_where[place]]) = (common[(int)_where[place], d] + _partners[place, d], sums[(int)_where[place]] + _partners[place, d]);
        for (var place = 0; place < _where.Length; place++)
        {
            var (where, sum) = ((int)_where[place], 0.0);
            for (var d = 0; d < Kinds; d++) sum += _partners[place, d];
            for (var d = 0; d < Kinds; d++)
                factor[place, d] = _where[place] == Whereabouts.There ? d == (int)Dwelling.Somebody ? _share[d] / free[d] : 1
                    : (_partners[place, d] / free[d] + PriorPartners * (common[where, d] / free[d] + PriorPartners) / (sums[where] + PriorPartners)) / (sum + PriorPartners);
        }
        return factor;
    }

    /// <summary>Who does not say where it lives keeps 1.</summary>
    static double[,] Ones(int rows)
    {
        var ones = new double[rows, Kinds + 1];
        for (var r = 0; r < rows; r++) for (var d = 0; d <= Kinds; d++) ones[r, d] = 1;
        return ones;
    }
}

/// <summary>Who of the larger side lives where a record says.</summary>
enum Dwelling
{
    /// <summary>Nobody, nor anywhere with that postcode.</summary>
    Nobody,
    /// <summary>Others with the same postcode.</summary>
    Neighbours,
    /// <summary>Somebody, just there.</summary>
    Somebody,
    /// <summary>The record does not say where.</summary>
    Unknown,
}

/// <summary>Where the other lives, as a pattern says.</summary>
enum Whereabouts
{
    /// <summary>Where the record says.</summary>
    There,
    /// <summary>A slip aside there.</summary>
    Near,
    /// <summary>Elsewhere.</summary>
    Elsewhere,
    /// <summary>Nobody knows: a part of the address is missing.</summary>
    Unknown,
}
