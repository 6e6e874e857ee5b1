using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>
/// Which RIN a school's pupil had before, told by the results alone: deliveries are cumulative, so a pupil brings the results along that are in
/// the cohort already. Nothing that identifies is kept for it.
/// </summary>
sealed class EarlierLinks
{
    /// <summary>One result may be another child's by chance; two of one test day each are not.</summary>
    const int LeastShared = 2;

    readonly Dictionary<string, Dictionary<Rin, HashSet<Result>>> _bySchool;

    public EarlierLinks(IEnumerable<CohortRow> cohort) => _bySchool = cohort.GroupBy(row => row.School).ToDictionary(school => school.Key,
        school => school.GroupBy(row => row.Rin).ToDictionary(rin => rin.Key, rin => rin.Select(Result.Of).ToHashSet()), StringComparer.Ordinal);

    /// <summary>
    /// Of a delivery's links those that would change an earlier one: the pupil's results stand under another RIN, which nobody in the delivery
    /// confirms, or the new RIN has other results of this school for the same tests.
    /// </summary>
    /// <param name="school">Who delivers.</param>
    /// <param name="links">Each pupil's RIN and results.</param>
    /// <returns>By place in <paramref name="links"/> the RIN of before; null where only the results contradict.</returns>
    public Dictionary<int, Rin?> Changed(string school, IReadOnlyList<(Rin Rin, IReadOnlyList<CohortRow> Rows)> links)
    {
        var changed = new Dictionary<int, Rin?>();
        if (!_bySchool.TryGetValue(school, out var known)) return changed;
        var results = links.Select(link => link.Rows.Select(Result.Of).ToHashSet()).ToArray();
        var holders = known.SelectMany(rin => rin.Value.Select(result => (result, rin.Key))).ToLookup(pair => pair.result, pair => pair.Key);
        var confirmed = Enumerable.Range(0, links.Count).Where(i => Shared(known, links[i].Rin, results[i]) > 0).Select(i => links[i].Rin).ToHashSet();
        for (var i = 0; i < links.Count; i++)
        {
            if (confirmed.Contains(links[i].Rin) && Shared(known, links[i].Rin, results[i]) > 0) continue;
            var before = results[i].SelectMany(result => holders[result]).Distinct().Where(rin => !confirmed.Contains(rin) && IsSame(known[rin], results[i])).ToArray();
            if (before is [var one]) changed[i] = one;
            else if (known.TryGetValue(links[i].Rin, out var others) && others.Any(o => results[i].Any(r => r.Test == o.Test && r != o))) changed[i] = null;
        }
        return changed;
    }

    static int Shared(Dictionary<Rin, HashSet<Result>> known, Rin rin, HashSet<Result> results) => known.TryGetValue(rin, out var held) ? held.Count(results.Contains) : 0;

    /// <summary>Four of five of what is held: a school may correct a score.</summary>
    static bool IsSame(HashSet<Result> held, HashSet<Result> brought) => held.Count(brought.Contains) is var shared && shared >= LeastShared && shared * 5 >= held.Count * 4;

    readonly record struct Result((Subject, DateOnly, HalfYear, int, string) Test, int Score)
    {
        public static Result Of(CohortRow row) => new((row.Subject, row.TestDate, row.Moment, row.TestYearGroup, row.Scale), row.ScoreTenths);
    }
}
