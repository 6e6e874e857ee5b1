using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// The home that this one was restored from. A round that was not certified yet when the backup was made has its shares and sealed files there: without that
/// disk there is nothing to overwrite, and no certificate.
/// </summary>
static class EarlierHome
{
    /// <summary>Refuses a round of which nobody said where its files lie; null when that is known, or they are here.</summary>
    public static Refusal? Unknown(OfficeHome home, Edition edition) => Folder(home, edition) is not "" ? null : new Refusal("files-elsewhere",
        $"The round of {edition} was begun in the home that this one was restored from; its shares and sealed files lie there.", "Give the folder of that home: office destroy --earlier-home DIR. As long as its disk is not at hand the round cannot be certified.");

    /// <summary>Writes down where the earlier home is. Null when it may be believed.</summary>
    public static Refusal? Tell(OfficeHome home, Edition edition, string folder)
    {
        folder = Path.GetFullPath(folder);
        if (Folder(home, edition) is null) return new Refusal("not-restored", $"The round of {edition} has its files in this home.", "Leave --earlier-home out.");
        if (folder == Path.GetFullPath(home.Folder) || !Directory.Exists(Path.Combine(folder, "intake"))) return new Refusal("no-earlier-home", "That folder is not the home that this one was restored from.", "Give the folder that has intake and keys of then; mount its disk first.");
        home.Database.Write(t =>
        {
            t.Execute("UPDATE rounds SET earlier_home = @folder WHERE edition = @edition", new { folder, edition = edition.ToString() });
            t.Enter(home.Entry("destruction", "earlier-home", ("edition", edition.ToString())));
        });
        return null;
    }

    /// <summary>Files of this home and, when it has an earlier one, the same of that.</summary>
    public static IReadOnlyList<string> Everywhere(OfficeHome home, Edition edition, IReadOnlyList<string> files) =>
        Folder(home, edition) is { Length: > 0 } earlier ? [.. files, .. files.Select(file => Path.Combine(earlier, Path.GetRelativePath(home.Folder, file)))] : files;

    static string? Folder(OfficeHome home, Edition edition) => home.Database.ReadOne<string?>("SELECT earlier_home FROM rounds WHERE edition = @edition", new { edition = edition.ToString() });
}
