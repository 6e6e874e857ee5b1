namespace Groeilijn.School;

/// <summary>How soon something asks for a person, the first first.</summary>
public enum Urgency
{
    /// <summary>Nothing can be delivered before this is solved.</summary>
    Blocks,
    /// <summary>Pupils stay out who could go along.</summary>
    PupilsOut,
    /// <summary>Results stay out that could go along.</summary>
    ResultsOut,
    /// <summary>A signal about many pupils at once, with likely one cause.</summary>
    OneCause,
    /// <summary>A signal about single pupils.</summary>
    Rest,
    /// <summary>To know; there is nothing to do.</summary>
    Nothing,
}

/// <summary>One rule that was broken: how often, what to do and where, and at which pupils. For the school's own screen: it calls pupils by name.</summary>
/// <param name="Rule">The rule, with its sentence, its remedy and where to act.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Count">How often.</param>
/// <param name="Pupils">Each pupil once.</param>
/// <param name="Places">Where it was found when it is about no pupil in particular.</param>
public sealed record ToDo(Rule Rule, Urgency Urgency, int Count, IReadOnlyList<PupilFound> Pupils, IReadOnlyList<Place> Places)
{
    internal static ToDo Of(Rule rule, IReadOnlyList<Finding> findings, int pupils, Func<long, string> called)
    {
        var found = findings.Where(f => f.Person is not null).GroupBy(f => f.Person!.Value).Select(g => new PupilFound(g.Key, called(g.Key), [.. g.Select(f => f.Place)])).ToList();
        return new(rule, UrgencyOf(rule, found.Count, pupils), findings.Sum(f => f.Count), found, [.. findings.Where(f => f.Person is null && f.Place != Place.None).Select(f => f.Place)]);
    }

    static Urgency UrgencyOf(Rule rule, int found, int pupils) => rule switch
    {
        { Severity: Severity.RefusesFile or Severity.BlocksDelivery } => Urgency.Blocks,
        { Where: Where.Nothing } => Urgency.Nothing,
        { Severity: Severity.LeavesPupilOut } => Urgency.PupilsOut,
        { Severity: Severity.LeavesResultOut } => Urgency.ResultsOut,
        { OneCause: true } => Urgency.OneCause,
        _ => pupils >= Limits.FewestForPattern && found >= Limits.Half * pupils ? Urgency.OneCause : Urgency.Rest,
    };

    /// <summary>Masked: the names are for the screen alone.</summary>
    public override string ToString() => $"{Rule.Code} {Count}";
}

/// <summary>A pupil with whom something was found: the home's own number, how the school calls the pupil, and where.</summary>
public sealed record PupilFound(long Person, string Called, IReadOnlyList<Place> Places)
{
    /// <summary>Masked.</summary>
    public override string ToString() => "pupil";
}
