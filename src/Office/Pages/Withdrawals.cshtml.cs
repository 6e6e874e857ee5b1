namespace Groeilijn.Office.Pages;

/// <summary>Objections made after sending: counts and states, and the schools to call.</summary>
public sealed class WithdrawalsPage(OfficeHome home) : OfficePage(home)
{
    static readonly string[] s_order = ["needs-review", "received", "tombstoned", "refused", "removed", "destroyed"];

    /// <summary>How many are in each state, those with something to do first.</summary>
    public IReadOnlyList<(string State, long Count)> States => [.. Counts(Home).OrderBy(row => Array.IndexOf(s_order, row.Key)).Select(row => (row.Key, row.Value))];

    /// <summary>Schools whose objection fits no single person well enough.</summary>
    public IReadOnlyList<(string School, DateTimeOffset At)> Calls =>
        [.. Home.Database.Read<(string School, string At)>("SELECT school, received FROM withdrawals WHERE state = 'needs-review' ORDER BY received, about").Select(row => (row.School, OfficeHome.Time(row.At)))];

    /// <summary>How many are in each state.</summary>
    internal static IReadOnlyDictionary<string, long> Counts(OfficeHome home) =>
        home.Database.Read<(string State, long Count)>("SELECT state, count(*) FROM withdrawals GROUP BY state").ToDictionary(row => row.State, row => row.Count);
}
