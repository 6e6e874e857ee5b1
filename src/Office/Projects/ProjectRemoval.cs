using Groeilijn.Delivery;

namespace Groeilijn.Office;

/// <summary>
/// Removes pupils from the projects' files. A file is made anew without them, so that no page of the old one remains, and takes the old one's place in one step; the old
/// one is overwritten where it lies, also under whoever has it open: they open the project again.
/// </summary>
static class ProjectRemoval
{
    public static void Remove(OfficeHome home, Gone gone, Action<string> step)
    {
        foreach (var project in Projects.All(home)) Remove(home, project, gone, step);
    }

    static void Remove(OfficeHome home, Project project, Gone gone, Action<string> step)
    {
        var place = "project/" + project.Name;
        if (!File.Exists(project.File))
        {
            home.Database.Write(t =>
            {
                gone.Answer(home, t, place, "missing");
                t.Enter(home.Entry("projects", "missing", ("project", project.Name)));
            });
            return;
        }
        using var key = Projects.Key(home, project.Name);
        var pseudonyms = gone.Rins.ToDictionary(rin => key.Pupil(rin.Text));
        // What a school delivered of a withdrawn pupil under a RIN that was corrected since bears the other's pseudonym.
        foreach (var (school, before, after) in CohortCorrections.All(home))
            if (gone.Rins.Contains(after)) pseudonyms.TryAdd(key.Pupil(before.Text) + key.School(school), after);
        var next = project.File + ".next";
        Leftovers.Erase(next);
        var (held, pupils, rows) = ProjectFile.Without(project.File, next, [.. pseudonyms.Keys]);
        if (held.Count == 0) return;
        ProjectFigures.Write(home, project, [.. gone.Rins.Select(rin => rin.Text), .. CohortCorrections.All(home).Where(link => gone.Rins.Contains(link.After)).Select(link => link.Before.Text)]);

        var sha256 = FileDigest.OfFile(next).Sha256;
        step("project made");
        home.Database.Write(t =>
        {
            t.Execute("UPDATE projects SET sha256 = @sha256, pupils = @pupils, rows = @rows WHERE name = @Name", new { project.Name, sha256, pupils, rows });
            Leftovers.Exchange(t, Path.GetRelativePath(home.Folder, next), Path.GetRelativePath(home.Folder, project.File), sha256);
            gone.Removed(home, t, place, held.Select(pseudonym => pseudonyms[pseudonym]));
            t.Enter(home.Entry("projects", "rewritten", ("file", sha256), ("project", project.Name)));
        });
        step("project named");
        Leftovers.Finish(home);
        step("project exchanged");
    }
}
