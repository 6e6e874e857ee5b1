using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>How many of the pupils that were delivered are linked.</summary>
/// <param name="Pupils">Pupils delivered.</param>
/// <param name="Linked">Of them linked.</param>
public readonly record struct LinkRate(int Pupils, int Linked)
{
    /// <summary>The share that is linked, from 0 to 1; 1 when nobody was delivered.</summary>
    public double Share => Pupils == 0 ? 1 : (double)Linked / Pupils;

    /// <summary>Two together.</summary>
    public static LinkRate operator +(LinkRate a, LinkRate b) => new(a.Pupils + b.Pupils, a.Linked + b.Linked);
}

/// <summary>A school's delivery beside the national picture.</summary>
/// <param name="School">BRIN and vestiging.</param>
/// <param name="State">The state of the delivery.</param>
/// <param name="Counts">What became of its pupils, in counts.</param>
/// <param name="Fault">Why it could not be read; null when it could.</param>
/// <param name="Unusual">Whether so few are linked that chance hardly explains it.</param>
public sealed record SchoolRate(string School, string State, LinkCounts Counts, string? Fault, bool Unusual)
{
    /// <summary>How many are linked.</summary>
    public LinkRate Rate => new(Counts.Records, Counts.Linked);
}

/// <summary>
/// Linking school by school against the national picture. A school is unusual when, were its pupils linked as often as those of the whole round, the chance of so few
/// links or fewer is below one in a thousand (the exact binomial tail), and it delivered ten pupils or more. Of 6,500 schools about six are then flagged for no
/// reason at all: a flag asks for a telephone call about addresses and numbers, it proves nothing.
/// </summary>
public static class LinkRates
{
    /// <summary>Below this chance a school is unusual.</summary>
    public const double Chance = 0.001;

    /// <summary>Fewer pupils than these say nothing.</summary>
    public const int FewestPupils = 10;

    /// <summary>Every delivery of a round that was linked or could not be read, in order of school, and the national picture.</summary>
    public static (IReadOnlyList<SchoolRate> Schools, LinkRate National) Of(OfficeHome home, Edition edition)
    {
        var deliveries = LinkStore.Deliveries(home, edition);
        var national = deliveries.Aggregate(default(LinkRate), (sum, one) => sum + new LinkRate(one.Counts.Records, one.Counts.Linked));
        return ([.. deliveries.Select(one => new SchoolRate(one.School, one.Fault is null ? DeliveryState.Linked.Code() : DeliveryState.Unreadable.Code(), one.Counts, one.Fault, IsUnusual(new(one.Counts.Records, one.Counts.Linked), national.Share)))], national);
    }

    /// <summary>Whether so few are linked that chance hardly explains it.</summary>
    public static bool IsUnusual(LinkRate rate, double national) => rate.Pupils >= FewestPupils && AtMost(rate.Linked, rate.Pupils, national) < Chance;

    /// <summary>The chance of at most k successes in n tries that each succeed with chance p. Summed from k downwards, in logarithms, so that it neither over- nor underflows.</summary>
    public static double AtMost(int k, int n, double p)
    {
        if (k >= n || p <= 0) return 1;
        if (p >= 1) return 0;
        double term = k * Math.Log(p) + (n - k) * Math.Log(1 - p), sum = 0;
        for (var i = 1; i <= k; i++) term += Math.Log((double)(n - k + i) / i);
        for (var i = k; i >= 0; i--)
        {
            sum += Math.Exp(term);
            if (i > 0) term += Math.Log((double)i / (n - i + 1) * (1 - p) / p);
        }
        return Math.Min(1, sum);
    }
}
