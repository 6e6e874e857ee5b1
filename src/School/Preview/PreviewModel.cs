using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// What a preview shows, for a page or a program: every field of every pupil with its reason, who stays behind and what to do, and what
/// changed since the delivery before. All of it is read from the bytes that will be sealed, so that it cannot show anything else.
/// </summary>
public sealed class PreviewModel
{
    PreviewModel(PreviewMade made, FieldSet set, IReadOnlyList<PreviewPupil> pupils, IReadOnlyList<PreviewLeftOut> leftOut, PreviewChanges? changes) =>
        (Made, Set, Pupils, LeftOut, Changes) = (made, set, pupils, leftOut, changes);

    /// <summary>Totals, hash and size.</summary>
    public PreviewMade Made { get; }

    /// <summary>The set it was made under.</summary>
    public FieldSet Set { get; }

    /// <summary>Who goes along, in the order of how the school calls them.</summary>
    public IReadOnlyList<PreviewPupil> Pupils { get; }

    /// <summary>Who stays behind, in the order of the rules.</summary>
    public IReadOnlyList<PreviewLeftOut> LeftOut { get; }

    /// <summary>What differs from the last delivery of an earlier edition; null when there is none, or its content is no longer kept.</summary>
    public PreviewChanges? Changes { get; }

    /// <summary>The pupils whose name or key holds a text, whatever its capitals and accents; page by page.</summary>
    /// <param name="text">What was typed; nothing finds everybody.</param>
    /// <param name="page">From 0.</param>
    /// <param name="size">Pupils on a page.</param>
    public PreviewFound Find(string text, int page, int size)
    {
        var found = Pupils.Where(p => Names.Hold(p.Called, text)).ToList();
        return new(found.Count, page, [.. found.Skip(Math.Max(0, page) * size).Take(size)]);
    }

    internal static PreviewModel Read(SchoolHome home, PreviewMade made, byte[] bytes)
    {
        var payload = Parse(bytes);
        var edition = made.Edition.ToString();
        var enrolled = Roster.Load(home).Pupils.ToDictionary(p => p.Person);
        var set = FieldSets.Of(home, payload.Header.Set);
        var shared = new Dictionary<(string Field, string Value), PreviewValue>();
        var persons = home.Store.Read<long>("SELECT person FROM previewed WHERE edition = @edition ORDER BY line", new { edition });
        var pupils = persons.Select((person, line) => PreviewPupil.Of(set, enrolled[person], line, payload.Pupils[line], shared)).OrderBy(p => p.Called, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Line).ToList();
        var leftOut = home.Store.Read<(long Person, string Rule)>("SELECT person, rule FROM preview_left_out WHERE edition = @edition ORDER BY rule, person", new { edition })
            .Select(l => PreviewLeftOut.Of(Rules.Of(l.Rule), enrolled[l.Person], home.Today)).ToList();
        return new(made, set, pupils, leftOut, PreviewChanges.SinceLast(home, made.Edition, persons, payload));
    }

    internal static DeliveryPayload Parse(byte[] bytes) => DeliveryPayload.TryRead(bytes, out var payload, out _) ? payload : throw new InvalidDataException("The store holds a payload that cannot be read.");
}

/// <summary>A page of found pupils, and how many there are in all.</summary>
public sealed record PreviewFound(int Total, int Page, IReadOnlyList<PreviewPupil> Pupils);

/// <summary>A field of the set with its value in the payload, as it is spelled there.</summary>
public sealed record PreviewValue(Field Field, string Value);

/// <summary>A pupil who goes along: what is said of the pupil, and of each result. <paramref name="Line"/> is its place in the payload, from 0.</summary>
public sealed record PreviewPupil(long Person, string Called, string? YearGroup, int Line, IReadOnlyList<PreviewValue> Values, IReadOnlyList<IReadOnlyList<PreviewValue>> Results)
{
    internal static PreviewPupil Of(FieldSet set, EnrolledPupil pupil, int place, DeliveredPupil line, Dictionary<(string Field, string Value), PreviewValue> shared) => new(pupil.Person, pupil.Called, pupil.YearGroup, place,
        [.. set.Person.Select(f => (f, Value: FieldPlaces.Read(line, f.Name))).Where(v => v.Value is not null).Select(v => new PreviewValue(v.f, v.Value!))],
        [.. line.Results.Select(r => (IReadOnlyList<PreviewValue>)[.. set.Result.Select(f => Shared(f, FieldPlaces.Result[f.Name](r), shared))])]);

    /// <summary>A hundred thousand results say a few thousand different things; each is kept once.</summary>
    static PreviewValue Shared(Field field, string value, Dictionary<(string Field, string Value), PreviewValue> shared) => shared.TryGetValue((field.Name, value), out var known) ? known : shared[(field.Name, value)] = new(field, value);
}

/// <summary>A pupil who stays behind, the rule, and the last day to object where the period still runs.</summary>
public sealed record PreviewLeftOut(long Person, string Called, string? YearGroup, Rule Rule, DateOnly? Until)
{
    internal static PreviewLeftOut Of(Rule rule, EnrolledPupil pupil, DateOnly today) =>
        new(pupil.Person, pupil.Called, pupil.YearGroup, rule, rule == Rules.PeriodRuns ? pupil.Periods.Where(u => u >= today).Select(u => (DateOnly?)u).Max() : null);
}
