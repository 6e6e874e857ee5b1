using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Office;

/// <summary>What linking did with the pupils of one delivery, or of a whole round: counts, never a pupil.</summary>
/// <param name="Records">Pupils delivered.</param>
/// <param name="ByNumber">Linked by number.</param>
/// <param name="ByAddress">Linked by birth date, sex and address.</param>
/// <param name="Possible">Not linked: more than one answer fits.</param>
/// <param name="NotFound">Not linked: nobody fits.</param>
/// <param name="Refused">Not linked: the number is somebody else's.</param>
public readonly record struct LinkCounts(int Records, int ByNumber, int ByAddress, int Possible, int NotFound, int Refused)
{
    /// <summary>All that were linked.</summary>
    public int Linked => ByNumber + ByAddress;

    /// <summary>Two together.</summary>
    public static LinkCounts operator +(LinkCounts a, LinkCounts b) =>
        new(a.Records + b.Records, a.ByNumber + b.ByNumber, a.ByAddress + b.ByAddress, a.Possible + b.Possible, a.NotFound + b.NotFound, a.Refused + b.Refused);

    internal static LinkCounts Of(ReadOnlySpan<LinkResult> results)
    {
        var counts = new int[5];
        foreach (var result in results) counts[(int)result.Outcome]++;
        return new LinkCounts(results.Length, counts[(int)LinkOutcome.ByNumber], counts[(int)LinkOutcome.ByAddress], counts[(int)LinkOutcome.Possible], counts[(int)LinkOutcome.NotFound], counts[(int)LinkOutcome.Refused]);
    }
}

/// <summary>One delivery after linking.</summary>
/// <param name="School">Who delivered.</param>
/// <param name="Counts">What became of its pupils.</param>
/// <param name="Fault">Why it could not be read, when it could not: the line and the rule.</param>
public sealed record LinkedDelivery(string School, LinkCounts Counts, string? Fault);

/// <summary>A round after linking.</summary>
/// <param name="Edition">The half-year.</param>
/// <param name="Deliveries">Each delivery, in order of school.</param>
/// <param name="Results">Results that are new in the cohort.</param>
/// <param name="Parts">The files they are in.</param>
/// <param name="Warnings">What the process guard had to say.</param>
public sealed record LinkedRound(string Edition, IReadOnlyList<LinkedDelivery> Deliveries, int Results, IReadOnlyList<CohortPart> Parts, IReadOnlyList<string> Warnings)
{
    /// <summary>Of the results, those that correct an earlier one of the same school.</summary>
    public int Corrections { get; init; }

    /// <summary>Results that contradict what another school delivered earlier; they were not taken.</summary>
    public int Contradictions { get; init; }

    /// <summary>Pupils who bring results of a half-year in whose own round they were not linked.</summary>
    public int Recovered { get; init; }

    /// <summary>All deliveries together.</summary>
    public LinkCounts Counts => Deliveries.Aggregate(default(LinkCounts), (sum, delivery) => sum + delivery.Counts);
}
