using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>All that the school's own screen says of one pupil: whether it goes along and why not, what was found, what its parents know, what was sent.</summary>
public sealed record PupilCard
{
    /// <summary>The home's own number.</summary>
    public required long Person { get; init; }

    /// <summary>The name, or the key where there is none; who left has no name any more.</summary>
    public required string Called { get; init; }

    /// <summary>The key in the school's administration.</summary>
    public required string Key { get; init; }

    /// <summary>The year group.</summary>
    public string? YearGroup { get; init; }

    /// <summary>Whether the pupil is no longer in the export.</summary>
    public bool Gone { get; init; }

    /// <summary>The first rule that keeps the pupil out of the delivery; null when it goes along.</summary>
    public Rule? LeftOut { get; init; }

    /// <summary>What was found, first things first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>How many results of language and arithmetic tests there are.</summary>
    public int Results { get; init; }

    /// <summary>The day of the last letter to the parents, and the last day to object; null when they had none.</summary>
    public (DateOnly Sent, DateOnly Until)? Letter { get; init; }

    /// <summary>The day of the objection that holds; null when there is none.</summary>
    public DateOnly? Objected { get; init; }

    /// <summary>The deliveries in which data went along.</summary>
    public IReadOnlyList<(string Edition, int Sequence)> Sent { get; init; } = [];

    /// <summary>The card of a pupil, for the delivery of an edition; null when nobody has this number.</summary>
    public static PupilCard? Of(SchoolHome home, long person, Edition edition)
    {
        if (home.Store.ReadOne<PupilEntry>(PupilEntry.Select + " WHERE person = @person", new { person }) is not { } entry) return null;
        var pupil = entry.Open(home.Vault);
        var report = Check.Run(home, edition);
        var letter = home.Store.ReadOne<(string? Sent, string? Until)>("SELECT sent, until FROM informed WHERE person = @person ORDER BY sent DESC, until DESC LIMIT 1", new { person });
        return new()
        {
            Person = person,
            Called = pupil.Name.Length > 0 ? pupil.Name : pupil.Key,
            Key = pupil.Key,
            YearGroup = entry.YearGroup,
            Gone = entry.Gone,
            LeftOut = report.LeftOut().GetValueOrDefault(person),
            Findings = report.ForPupil(person),
            Results = report.Enrolled.FirstOrDefault(p => p.Person == person)?.Results.Count ?? 0,
            Letter = letter.Sent is null ? null : (Rows.Day(letter.Sent), Rows.Day(letter.Until!)),
            Objected = home.Store.ReadOne<string>("SELECT min(asked) FROM objection WHERE person = @person AND withdrawn IS NULL", new { person }) is { } asked ? Rows.Day(asked) : null,
            Sent = [.. home.Store.Read<(string, int)>("SELECT edition, sequence FROM delivered WHERE person = @person ORDER BY edition, sequence", new { person })],
        };
    }

    /// <summary>Masked: the name is for the screen alone.</summary>
    public override string ToString() => "pupil";
}
