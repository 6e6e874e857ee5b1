using Groeilijn.Gate;

namespace Groeilijn.Office;

/// <summary>
/// Files of the cohort and of projects that a stopped run left and no row names. They may hold a pupil who is withdrawn since, so each processing of
/// withdrawals erases them. A run that is about to name its files finds that a tombstone was set meanwhile, and starts again.
/// </summary>
static class Unnamed
{
    public static void Erase(OfficeHome home)
    {
        var named = home.Database.Read<string>("SELECT path FROM cohort_parts UNION ALL SELECT path FROM background_parts UNION ALL SELECT path FROM leftovers").Select(path => home.At(path)).ToHashSet(StringComparer.Ordinal);
        foreach (var project in Projects.All(home)) named.UnionWith([project.File, Path.ChangeExtension(project.File, ".key"), ToldFile.Beside(project.File)]);
        foreach (var folder in (string[])[home.At("cohort"), home.At("background"), home.At("projects")])
            if (Directory.Exists(folder))
                foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !named.Contains(file)).ToList()) Leftovers.Erase(file);
    }
}
