namespace Groeilijn.School;

/// <summary>What a check found, and what a person should do about it, first things first.</summary>
public sealed record CheckReport(IReadOnlyList<Finding> Findings, int Pupils, int Results)
{
    /// <summary>Whether a delivery is blocked.</summary>
    public bool Blocks => Findings.Any(f => f.Rule.Severity == Severity.BlocksDelivery);

    /// <summary>How often each rule was broken, in order of the table.</summary>
    public IReadOnlyList<(Rule Rule, int Count)> Counts
    {
        get
        {
            var counts = Findings.GroupBy(f => f.Rule).ToDictionary(g => g.Key, g => g.Sum(f => f.Count));
            return [.. Rules.All.Where(counts.ContainsKey).Select(rule => (rule, counts[rule]))];
        }
    }

    /// <summary>
    /// The rules that were broken, in the order in which a person should act: what blocks, then pupils that stay out, then results that
    /// stay out, then signals that are likely one cause, then the rest, and last what needs nothing.
    /// </summary>
    public IReadOnlyList<ToDo> ToDo => field ??= [.. Findings.GroupBy(f => f.Rule).Select(g => Groeilijn.School.ToDo.Of(g.Key, [.. g], Pupils, Called))
        .OrderBy(t => t.Urgency).ThenByDescending(t => t.Rule.OneCause).ThenBy(t => t.Rule.Where).ThenByDescending(t => t.Count).ThenBy(t => t.Rule.Code, StringComparer.Ordinal)];

    /// <summary>All that was found about one pupil, in the same order.</summary>
    public IReadOnlyList<Finding> ForPupil(long person)
    {
        var mine = Findings.Where(f => f.Person == person).ToLookup(f => f.Rule);
        return [.. ToDo.SelectMany(t => mine[t.Rule])];
    }

    /// <summary>Whether there is nothing that a person should do.</summary>
    public bool NothingToDo => ToDo.All(t => t.Urgency == Urgency.Nothing);

    /// <summary>Where the school stands, in a sentence or two.</summary>
    public string Words(string language) => (this, language) switch
    {
        ({ Blocks: true }, "nl") => "De levering kan nog niet worden gemaakt. Begin met het eerste punt.",
        ({ Blocks: true }, _) => "The delivery cannot be made yet. Begin with the first point.",
        ({ NothingToDo: true }, "nl") => "U hoeft niets te doen. Iedereen die mee kan, gaat mee.",
        ({ NothingToDo: true }, _) => "There is nothing to do. Everybody who can go along goes along.",
        (_, "nl") when OnlyWaiting => "U hoeft alleen te wachten tot de termijn voor bezwaar voorbij is.",
        (_, _) when OnlyWaiting => "You only have to wait until the period for objections is over.",
        (_, "nl") => "De levering kan worden gemaakt. Er is nog iets te verbeteren: begin met het eerste punt.",
        _ => "The delivery can be made. Some things can be better: begin with the first point.",
    };

    bool OnlyWaiting => ToDo.All(t => t.Rule.Where is Where.Nothing or Where.Wait);

    /// <summary>Who was checked: to call a pupil by name on the school's own screen, and by key in the list for its administrator.</summary>
    internal IReadOnlyList<EnrolledPupil> Enrolled { get; init; } = [];

    Dictionary<long, EnrolledPupil> ByPerson => field ??= Enrolled.ToDictionary(p => p.Person);

    string Called(long person) => ByPerson.TryGetValue(person, out var pupil) ? pupil.Called : "";

    /// <summary>The pupil's key in the school's administration; empty where there is none.</summary>
    internal string Key(long? person) => person is { } id && ByPerson.TryGetValue(id, out var pupil) ? pupil.Key : "";

    /// <summary>For each pupil that stays out, the first reason that keeps it out. An objection comes before all.</summary>
    internal Dictionary<long, Rule> LeftOut()
    {
        var reasons = new Dictionary<long, Rule>();
        foreach (var finding in Findings)
            if (finding is { Person: { } person, Rule.Severity: Severity.LeavesPupilOut } && (finding.Rule == Rules.Objected || !reasons.ContainsKey(person))) reasons[person] = finding.Rule;
        return reasons;
    }
}
