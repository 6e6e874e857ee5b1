using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>Adds results to a pupil in the store, and takes them away again, half-year by half-year as they lie sealed.</summary>
static class PupilResults
{
    /// <summary>Adds what the pupil does not have; false, and nothing is added, when one of them has another score there.</summary>
    public static bool Add(Transaction tx, Vault vault, long person, IReadOnlyList<StoredResult> results)
    {
        var halves = results.GroupBy(Half).Select(half => (half.Key, Has: Of(tx, vault, person, half.Key), Gets: half.ToList())).ToList();
        if (halves.Exists(h => h.Gets.Concat(h.Has).GroupBy(Test).Any(same => same.DistinctBy(r => r.Score).Count() > 1))) return false;
        foreach (var (half, has, gets) in halves) Put(tx, vault, person, half, [.. has.Concat(gets).DistinctBy(Test)]);
        return true;
    }

    public static void Remove(Transaction tx, Vault vault, long person, IReadOnlyList<StoredResult> results)
    {
        var gone = results.Select(r => (Test(r), r.File, r.Line)).ToHashSet();
        foreach (var half in results.Select(Half).Distinct()) Put(tx, vault, person, half, [.. Of(tx, vault, person, half).Where(r => !gone.Contains((Test(r), r.File, r.Line)))]);
    }

    static string Half(StoredResult result) => Edition.Of(result.Day).ToString();

    static (string, string, string, string) Test(StoredResult r) => (r.Subject, r.Scale, r.Moment, r.Taken);

    static StoredResult[] Of(Transaction tx, Vault vault, long person, string half) =>
        tx.ReadOne<byte[]>("SELECT results FROM result WHERE person = @person AND half = @half", new { person, half }) is { } results ? vault.OpenJson<StoredResult[]>(results, StoredResult.PlaceOf(person, half)) : [];

    static void Put(Transaction tx, Vault vault, long person, string half, StoredResult[] results)
    {
        if (results.Length == 0) tx.Execute("DELETE FROM result WHERE person = @person AND half = @half", new { person, half });
        else tx.Execute("INSERT OR REPLACE INTO result (person, half, results) VALUES (@person, @half, @results)", new { person, half, results = vault.SealJson(results, StoredResult.PlaceOf(person, half)) });
    }
}
