namespace Groeilijn.Office;

/// <summary>How long the office keeps what it may not keep for ever. A term that was never set is the usual one.</summary>
public static class Terms
{
    /// <summary>How many days a backup may be restored; when they are over, the salts of tombstones go. People throw the backups themselves away.</summary>
    public const string BackupDays = "backup-days";

    /// <summary>How many years a result stays in the cohort, counted from the day of the pupil's last test.</summary>
    public const string CohortYears = "cohort-years";

    static readonly Dictionary<string, (int Usual, int Most)> s_terms = new() { [BackupDays] = (180, 3_650), [CohortYears] = (12, 100) };

    /// <summary>A term.</summary>
    public static int Of(OfficeHome home, string name) => (int)(home.Database.ReadOne<long?>("SELECT value FROM terms WHERE name = @name", new { name }) ?? s_terms[name].Usual);

    /// <summary>Sets a term; what was promised under the earlier one (the days on which salts go) is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one, or more than ten years of days or a hundred years.</exception>
    public static void Set(OfficeHome home, string name, int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, s_terms[name].Most);
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO terms (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value", new { name, value });
            t.Enter(home.Entry("office", "term-set", ("term", name), ("value", value)));
        });
    }
}
