using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>What went along of one pupil in one delivery. <c>Line</c> is null when its term is over and it was cut.</summary>
public sealed record SentAbout(SentDelivery Delivery, FieldSet Set, DeliveredPupil? Line, IReadOnlyList<KnownAnswer> Answers);

/// <summary>When parents were informed, and until when they could object before the first delivery.</summary>
public sealed record InformedOn(DateOnly Sent, DateOnly Until);

/// <summary>All that a parent may ask: what was sent of a child, when and to whom; when they were told; whether an objection holds.</summary>
public sealed record InzageAnswer(long Person, string Called, bool Gone, IReadOnlyList<SentAbout> Sent, IReadOnlyList<InformedOn> Informed, IReadOnlyList<ListedObjection> Objections);

/// <summary>
/// Answers a parent who asks what the school sent about their child: every field, from the very bytes that were sealed, so that the answer
/// depends on nobody's memory and no other system. Who left is found by number or key as long as the term runs.
/// </summary>
public static class Inzage
{
    /// <summary>The answer for a person that <see cref="Objections.Find"/> gave; null when there is no such person.</summary>
    public static InzageAnswer? Of(SchoolHome home, long person)
    {
        if (home.Store.ReadOne<long>("SELECT count(*) FROM person WHERE id = @person", new { person }) == 0) return null;
        var pupil = PupilEntry.Of(home, person);
        var gone = home.Store.ReadOne<long>("SELECT count(*) FROM pupil WHERE person = @person AND gone = 0", new { person }) == 0;
        var lines = home.Store.Read<(string Edition, int Sequence, int Line)>("SELECT edition, sequence, line FROM delivered WHERE person = @person", new { person }).ToDictionary(d => (d.Edition, d.Sequence), d => d.Line);
        return new(person, pupil is null ? "" : pupil.Name.Length > 0 ? pupil.Name : pupil.Key, gone,
            [.. Sent.All(home).Where(s => lines.ContainsKey((s.Edition, s.Sequence))).Select(s => new SentAbout(s, FieldSets.Of(home, s.Set), Sent.Line(home, s.Edition, s.Sequence, lines[(s.Edition, s.Sequence)]), Answers.About(home, s.Ciphertext)))],
            [.. home.Store.Read<(string Sent, string Until)>("SELECT sent, until FROM informed WHERE person = @person ORDER BY sent", new { person }).Select(i => new InformedOn(Rows.Day(i.Sent), Rows.Day(i.Until)))],
            [.. Objections.All(home).Where(o => o.Person == person).OrderBy(o => o.Id)]);
    }

    /// <summary>The answer as a page to print for the parent; null when there is no such person.</summary>
    public static string? Page(SchoolHome home, long person, string language, string? other = null) =>
        Of(home, person) is { } answer ? InzagePage.Render(home.Profile.Name, home.Today, answer, language, other) : null;
}
