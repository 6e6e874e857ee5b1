using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// What no single pupil shows and all together do: a file that was forgotten, a field that was filled with one value for everybody.
/// Each is one cause to put right and not a hundred.
/// </summary>
static class Patterns
{
    public static void Find(Roster roster, DateOnly reference, List<Finding> findings)
    {
        var pupils = roster.Pupils.Where(p => p.IsTested).ToList();
        if (pupils.Count >= Limits.FewestForPattern) Alike(pupils, findings);
        SameScores(pupils, findings);
        if (Halves.Of(pupils, reference) is not { } halves) return;
        var forgotten = halves.Forgotten();
        foreach (var pupil in forgotten) findings.Add(new(Rules.GroupWithoutResults, pupil.Place, pupil.Person));
        Missing(Rules.TestMissing, halves.Without(halves.Current).Where(m => !forgotten.Contains(m.Pupil)), findings);
        Missing(Rules.IntervalOpen, halves.Without(halves.Current.Previous).Where(m => halves.Has(m.Pupil, m.Subject, halves.Current)), findings);
    }

    static void Alike(List<EnrolledPupil> pupils, List<Finding> findings)
    {
        var day = Most(pupils.Where(p => p.Born is not null && !p.Born.EndsWith("-00", StringComparison.Ordinal)), p => p.Born![^5..]);
        if (day >= Limits.Half * pupils.Count) findings.Add(new(Rules.BornOneDay, Place.None, null, day));
        var postcode = Most(pupils.Where(p => p.Postcode is not null), p => p.Postcode!);
        if (postcode >= Limits.Half * pupils.Count) findings.Add(new(Rules.OnePostcode, Place.None, null, postcode));
        var homeless = pupils.Count(p => p.House is null);
        if (homeless >= Limits.NearlyAll * pupils.Count) findings.Add(new(Rules.HouseMissingAll, Place.None, null, homeless));
    }

    static void SameScores(List<EnrolledPupil> pupils, List<Finding> findings)
    {
        foreach (var test in pupils.SelectMany(p => p.Results).GroupBy(r => (r.Subject, r.Scale, r.Moment, r.Half)))
        {
            var results = test.ToList();
            if (results.Count < Limits.FewestForPattern) continue;
            var same = Most(results, r => r.Score);
            if (same >= Limits.NearlyAll * results.Count) findings.Add(new(Rules.SameScores, results[0].Place, null, same));
        }
    }

    /// <summary>How often the commonest value occurs.</summary>
    static int Most<T, TValue>(IEnumerable<T> all, Func<T, TValue> value) where TValue : notnull => all.CountBy(value).Select(c => c.Value).DefaultIfEmpty().Max();

    static void Missing(Rule rule, IEnumerable<(EnrolledPupil Pupil, string Subject)> missing, List<Finding> findings)
    {
        foreach (var pupil in missing.CountBy(m => m.Pupil)) findings.Add(new(rule, pupil.Key.Place, pupil.Key.Person, pupil.Value));
    }
}

/// <summary>Who has results of which subject in which half-year, and which half-year the school is in.</summary>
sealed class Halves
{
    readonly List<EnrolledPupil> _pupils;
    readonly HashSet<(long Person, string Subject, Edition Half)> _results;

    Halves(List<EnrolledPupil> pupils, HashSet<(long, string, Edition)> results, Edition current) => (_pupils, _results, Current) = (pupils, results, current);

    /// <summary>The last half-year of which enough pupils have results.</summary>
    public Edition Current { get; }

    /// <summary>Null where no half-year has enough results.</summary>
    public static Halves? Of(List<EnrolledPupil> pupils, DateOnly reference)
    {
        var results = pupils.SelectMany(p => p.Results.Where(r => r.Day <= reference).Select(r => (p.Person, r.Subject, r.Half))).ToHashSet();
        var begun = results.DistinctBy(r => (r.Person, r.Half)).CountBy(r => r.Half).Where(h => h.Value >= Limits.HalfBegun * pupils.Count).Select(h => h.Key).Order().ToList();
        return begun.Count == 0 ? null : new(pupils, results, begun[^1]);
    }

    public bool Has(EnrolledPupil pupil, string subject, Edition half) => _results.Contains((pupil.Person, subject, half));

    /// <summary>The pupils of groups without any result in the current half-year. Year group 8 makes no tests at the end of the year.</summary>
    public HashSet<EnrolledPupil> Forgotten() =>
        [.. _pupils.Where(p => Current.Half == HalfYear.M || p.YearGroup != "8").GroupBy(p => p.Group is { Length: > 0 } group ? "/" + group : p.YearGroup)
            .Where(group => group.Count() >= Limits.FewestInGroup && group.All(p => Subjects.All.All(s => !Has(p, s.Code(), Current)))).SelectMany(group => group)];

    /// <summary>Who has no result of a subject in a half-year in which the own year group has.</summary>
    public IEnumerable<(EnrolledPupil Pupil, string Subject)> Without(Edition half)
    {
        foreach (var group in _pupils.GroupBy(p => p.YearGroup).Select(g => g.ToList()).Where(g => g.Count >= Limits.FewestInGroup))
            foreach (var subject in Subjects.All.Select(s => s.Code()))
            {
                var without = group.Where(p => !Has(p, subject, half)).ToList();
                if (group.Count - without.Count < Limits.GroupTested * group.Count) continue;
                foreach (var pupil in without) yield return (pupil, subject);
            }
    }
}
