namespace Groeilijn.School;

/// <summary>How far each file came on its way to each place, in the store, so that it outlives the program.</summary>
static class SendingState
{
    public static bool Arrived(SchoolHome home, string file, SendTarget target) =>
        home.Store.ReadOne<long>("SELECT count(*) FROM sending WHERE file = @file AND target = @target AND arrived IS NOT NULL", Of(file, target)) == 1;

    /// <summary>From here on the file may have left the school.</summary>
    public static void Begin(SchoolHome home, string file, SendTarget target, string sha256) => home.Store.Write(tx =>
    {
        // Another content under the same name is another file: what was uploaded of the old one is of no use.
        tx.Execute("DELETE FROM sending WHERE file = @file AND target = @target AND sha256 <> @sha256", new { file, target = target.Name, sha256 });
        tx.Execute("INSERT OR IGNORE INTO sending (file, target, sha256) VALUES (@file, @target, @sha256)", new { file, target = target.Name, sha256 });
    });

    public static Uri? Upload(SchoolHome home, string file, SendTarget target) =>
        home.Store.ReadOne<string>("SELECT upload FROM sending WHERE file = @file AND target = @target", Of(file, target)) is { } address ? new Uri(address) : null;

    public static void Remember(SchoolHome home, string file, SendTarget target, Uri? upload) =>
        home.Store.Write(tx => tx.Execute("UPDATE sending SET upload = @upload WHERE file = @file AND target = @target", new { file, target = target.Name, upload = upload?.AbsoluteUri }));

    public static void End(SchoolHome home, string file, SendTarget target) =>
        home.Store.Write(tx => tx.Execute("UPDATE sending SET arrived = @now WHERE file = @file AND target = @target", new { file, target = target.Name, now = home.Now }));

    /// <summary>The place took a file and then not its fellow: all of them go again. That they may have left the school stays known.</summary>
    public static void Forget(SchoolHome home, IEnumerable<string> files, SendTarget target) =>
        home.Store.Write(tx => tx.Execute("UPDATE sending SET arrived = NULL, upload = NULL WHERE file = @file AND target = @target", files.Select(file => new { file, target = target.Name })));

    static object Of(string file, SendTarget target) => new { file, target = target.Name };
}
