using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>What became of a school's report.</summary>
public enum ReportState
{
    /// <summary>Checked and sealed.</summary>
    Made,
    /// <summary>A check found something: nothing left.</summary>
    Held,
}

/// <summary>A report that a check held: which school, and codes and names of cells, never a value.</summary>
/// <param name="School">The school.</param>
/// <param name="Version">The version.</param>
/// <param name="Findings">What was found.</param>
public sealed record HeldReport(string School, int Version, IReadOnlyList<string> Findings);

/// <summary>How a run over an edition's reports stands.</summary>
/// <param name="Version">1, or the number of the correction.</param>
/// <param name="Dutch">Why it was corrected; empty for the first.</param>
/// <param name="English">The same in English.</param>
/// <param name="Made">Reports that were checked and sealed.</param>
/// <param name="Held">Reports that a check holds.</param>
/// <param name="Finished">When it ended; null when it runs or was broken off.</param>
public sealed record ReportStanding(int Version, string Dutch, string English, int Made, int Held, DateTimeOffset? Finished);

/// <summary>A run over an edition's reports, in the store: it goes on where it stopped, and each correction is a version of its own.</summary>
/// <param name="Edition">The edition.</param>
/// <param name="Version">1, or the number of the correction.</param>
/// <param name="Reason">Why it was corrected, in Dutch and English; empty for the first.</param>
/// <param name="Done">Schools of which the state is known in this run.</param>
sealed record ReportRun(Edition Edition, int Version, (string Dutch, string English) Reason, IReadOnlyDictionary<string, ReportState> Done)
{
    const char Between = '\n';

    /// <summary>The run to go on with, or a new one over the newest version when the last was finished.</summary>
    public static ReportRun Continue(OfficeHome home, Edition edition)
    {
        var key = new { edition = edition.ToString() };
        var (version, reason, finished) = home.Database.Read<(long, string, string?)>("SELECT version, reason, finished FROM report_runs WHERE edition = @edition ORDER BY version DESC LIMIT 1", key) is [var newest, ..] ? newest : (0, "", null);
        if (version == 0) return Begin(home, edition, 1, ("", ""));
        if (finished is not null)
            home.Database.Write(t =>
            {
                t.Execute("DELETE FROM report_states WHERE edition = @edition AND version = @version", new { key.edition, version });
                t.Execute("UPDATE report_runs SET finished = NULL WHERE edition = @edition AND version = @version", new { key.edition, version });
            });
        var states = home.Database.Read<(string School, string State)>("SELECT school, state FROM report_states WHERE edition = @edition AND version = @version", new { key.edition, version });
        var parts = reason.Split(Between);
        return new ReportRun(edition, (int)version, (parts[0], parts[^1]), states.ToDictionary(s => s.School, s => s.State == "held" ? ReportState.Held : ReportState.Made, StringComparer.Ordinal));
    }

    /// <summary>A new version.</summary>
    public static ReportRun Begin(OfficeHome home, Edition edition, int version, (string Dutch, string English) reason)
    {
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO report_runs (edition, version, reason, started) VALUES (@edition, @version, @reason, @now)",
                new { edition = edition.ToString(), version, reason = reason.Dutch.Length == 0 ? "" : reason.Dutch + Between + reason.English, now = OfficeHome.Text(home.Now) });
            t.Enter(home.Entry("reports", "begun", ("edition", edition.ToString()), ("version", version)));
        });
        return new ReportRun(edition, version, reason, new Dictionary<string, ReportState>());
    }

    /// <summary>The newest version that was begun; 0 without.</summary>
    public static int Newest(OfficeHome home, Edition edition) => (int)(home.Database.ReadOne<long?>("SELECT max(version) FROM report_runs WHERE edition = @edition", new { edition = edition.ToString() }) ?? 0);

    public void Note(OfficeHome home, string school, IReadOnlyList<string> findings) => home.Database.Write(t => t.Execute(
        "INSERT INTO report_states (edition, version, school, state, findings) VALUES (@edition, @Version, @school, @state, @findings) ON CONFLICT (edition, version, school) DO UPDATE SET state = excluded.state, findings = excluded.findings",
        new { edition = Edition.ToString(), Version, school, state = findings.Count == 0 ? "made" : "held", findings = string.Join(Between, findings) }));

    public void Finish(OfficeHome home) => home.Database.Write(t =>
    {
        var key = new { edition = Edition.ToString(), Version };
        t.Execute("UPDATE report_runs SET finished = @now WHERE edition = @edition AND version = @Version", new { key.edition, Version, now = OfficeHome.Text(home.Now) });
        var held = t.Read<long>("SELECT count(*) FROM report_states WHERE edition = @edition AND version = @Version AND state = 'held'", key)[0];
        if (held > 0) t.Enter(home.Entry("reports", "held", ("edition", key.edition), ("reports", (int)held), ("version", Version)));
    });

    public static ReportStanding? Standing(OfficeHome home, Edition edition)
    {
        var key = new { edition = edition.ToString(), version = Newest(home, edition) };
        if (home.Database.Read<(string Reason, string? Finished)>("SELECT reason, finished FROM report_runs WHERE edition = @edition AND version = @version", key) is not [var run]) return null;
        var states = home.Database.Read<(string State, long Count)>("SELECT state, count(*) FROM report_states WHERE edition = @edition AND version = @version GROUP BY state", key).ToDictionary(s => s.State, s => (int)s.Count, StringComparer.Ordinal);
        var reason = run.Reason.Split(Between);
        return new ReportStanding(key.version, reason[0], reason[^1], states.GetValueOrDefault("made"), states.GetValueOrDefault("held"), run.Finished is { } at ? OfficeHome.Time(at) : null);
    }

    /// <summary>The reports of the newest version that are held.</summary>
    public static IReadOnlyList<HeldReport> Held(OfficeHome home, Edition edition) => [.. home.Database
        .Read<(string School, long Version, string Findings)>("SELECT school, version, findings FROM report_states WHERE edition = @edition AND version = @version AND state = 'held' ORDER BY school", new { edition = edition.ToString(), version = Newest(home, edition) })
        .Select(r => new HeldReport(r.School, (int)r.Version, r.Findings.Split(Between)))];
}
