using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>What differs between a preview and the last delivery of an earlier edition; names for the school's own screen, values nowhere.</summary>
/// <param name="Edition">The edition of that delivery.</param>
/// <param name="Sequence">Its number within that edition.</param>
/// <param name="Came">Pupils who did not go along then and do now.</param>
/// <param name="Left">Pupils who went along then and do not now; who left the school is called by key.</param>
/// <param name="Changed">Pupils who go along again with something else.</param>
/// <param name="Same">How many go along with exactly the same.</param>
public sealed record PreviewChanges(string Edition, int Sequence, IReadOnlyList<string> Came, IReadOnlyList<string> Left, IReadOnlyList<PupilChange> Changed, int Same)
{
    internal static PreviewChanges? SinceLast(SchoolHome home, Edition edition, IReadOnlyList<long> persons, DeliveryPayload now)
    {
        var last = Sent.All(home).Where(s => Education.Edition.Parse(s.Edition).Value.CompareTo(edition) < 0).OrderBy(s => Education.Edition.Parse(s.Edition).Value).ThenBy(s => s.Sequence).LastOrDefault();
        if (last is null || Sent.Payload(home, last.Edition, last.Sequence) is not { } bytes) return null;
        var then = PreviewModel.Parse(bytes).Pupils;
        var before = home.Store.Read<(long Person, int Line)>("SELECT person, line FROM delivered WHERE edition = @Edition AND sequence = @Sequence", new { last.Edition, last.Sequence })
            .Where(d => d.Line < then.Count).ToDictionary(d => d.Person, d => then[d.Line]);
        var after = persons.Select((person, line) => (person, line)).ToDictionary(p => p.person, p => now.Pupils[p.line]);
        var changed = after.Where(a => before.ContainsKey(a.Key)).Select(a => PupilChange.Between(Called(home, a.Key), before[a.Key], a.Value)).ToList();
        return new(last.Edition, last.Sequence, Named(home, after.Keys.Except(before.Keys)), Named(home, before.Keys.Except(after.Keys)),
            [.. changed.Where(c => !c.Nothing).OrderBy(c => c.Called, StringComparer.OrdinalIgnoreCase)], changed.Count(c => c.Nothing));
    }

    static string Called(SchoolHome home, long person) => PupilEntry.Of(home, person) is { } pupil ? pupil.Name.Length > 0 ? pupil.Name : pupil.Key : "";

    static List<string> Named(SchoolHome home, IEnumerable<long> persons) => [.. persons.Select(p => Called(home, p)).Order(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>What changed of one pupil: names of fields, and how many results came, went and differ.</summary>
public sealed record PupilChange(string Called, IReadOnlyList<string> Fields, int Added, int Removed, int Differing)
{
    /// <summary>Whether nothing changed.</summary>
    public bool Nothing => Fields.Count == 0 && Added + Removed + Differing == 0;

    internal static PupilChange Between(string called, DeliveredPupil before, DeliveredPupil after)
    {
        var names = FieldPlaces.Person.Keys.Concat(before.Extra.Select(e => e.Name)).Concat(after.Extra.Select(e => e.Name)).Distinct();
        var (then, now) = (before.Results.ToLookup(Test), after.Results.ToLookup(Test));
        var kept = then.Sum(test => Math.Min(test.Count(), now[test.Key].Count()));
        return new(called, [.. names.Where(name => FieldPlaces.Read(before, name) != FieldPlaces.Read(after, name))],
            after.Results.Count - kept, before.Results.Count - kept, then.Sum(test => test.Zip(now[test.Key]).Count(pair => pair.First.CompareTo(pair.Second) != 0)));
    }

    /// <summary>Two results of one test are the same result: the school may have corrected its score.</summary>
    static (string, DateOnly, string, string) Test(DeliveredResult r) => (r.Subject, r.Taken, r.Moment, r.Scale);
}

/// <summary>Finding a name as people type it.</summary>
static class Names
{
    public static bool Hold(string name, string typed) => typed.Trim().Length == 0 || Plain(name).Contains(Plain(typed.Trim()), StringComparison.Ordinal);

    static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) plain.Append(char.ToUpperInvariant(c));
        return plain.ToString();
    }
}
