using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Office;

/// <summary>What linking did with the pupils of one delivery, or of a whole round: counts, never a pupil.</summary>
/// <param name="Records">Pupils delivered.</param>
/// <param name="ByNumber">Linked by number, with agreement on birth date or sex.</param>
/// <param name="ByAddress">Linked by birth date, sex and address.</param>
/// <param name="Possible">Not linked: more than one answer fits, or none surely; waits for two people.</param>
/// <param name="NotFound">Not linked: nobody fits.</param>
/// <param name="Refused">Not linked: the number agrees and nothing else of the person; waits for two people.</param>
/// <param name="ByProbability">Linked because all that agrees and differs together makes it likely enough.</param>
/// <param name="ByReview">Linked because two people say so.</param>
public readonly record struct LinkCounts(int Records, int ByNumber, int ByAddress, int Possible, int NotFound, int Refused, int ByProbability = 0, int ByReview = 0)
{
    /// <summary>All that were linked.</summary>
    public int Linked => ByNumber + ByAddress + ByProbability + ByReview;

    /// <summary>Two together.</summary>
    public static LinkCounts operator +(LinkCounts a, LinkCounts b) => new(
        a.Records + b.Records, a.ByNumber + b.ByNumber, a.ByAddress + b.ByAddress, a.Possible + b.Possible, a.NotFound + b.NotFound, a.Refused + b.Refused, a.ByProbability + b.ByProbability, a.ByReview + b.ByReview);

    /// <summary>One pupil that was linked in a pass.</summary>
    internal static LinkCounts Of(string pass) => pass switch
    {
        OfficeModel.ByNumber or OfficeModel.ByNumberAndSex => new(1, 1, 0, 0, 0, 0),
        OfficeModel.ByAddress => new(1, 0, 1, 0, 0, 0),
        _ => new(1, 0, 0, 0, 0, 0, ByProbability: 1),
    };
}

/// <summary>One delivery after linking.</summary>
/// <param name="School">Who delivered.</param>
/// <param name="Counts">What became of its pupils.</param>
/// <param name="Fault">Why it could not be read, when it could not: the line and the rule.</param>
/// <param name="Ciphertext">SHA-256 of the sealed file.</param>
public sealed record LinkedDelivery(string School, LinkCounts Counts, string? Fault, string Ciphertext);

/// <summary>A round after linking.</summary>
/// <param name="Edition">The half-year.</param>
/// <param name="Deliveries">Each delivery that was linked in this run, in order of school.</param>
/// <param name="Results">Results that are new in the cohort.</param>
/// <param name="Parts">The files they are in.</param>
/// <param name="Warnings">What the process guard had to say.</param>
/// <param name="Summary">What was learned and how good the links are thought to be.</param>
/// <param name="Proposals">Pupils whose link would change an earlier one: they wait for two people.</param>
public sealed record LinkedRound(string Edition, IReadOnlyList<LinkedDelivery> Deliveries, int Results, IReadOnlyList<CohortPart> Parts, IReadOnlyList<string> Warnings, LinkSummary Summary, int Proposals)
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
