namespace Groeilijn.OpenData;

/// <summary>
/// The folder of the site. Each file is replaced in one step, and pages of tables that are no longer released go: a table that was
/// taken back must not stay readable. The site can be made again at any time, so nothing here waits for the disk.
/// </summary>
static class SiteFolder
{
    /// <summary>Whether we may write there: it is absent, empty, or a site of ours.</summary>
    public static bool IsOurs(string folder) =>
        !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any() || File.Exists(Path.Combine(folder, SiteAddress.Catalog));

    public static void Write(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (address, bytes) in files) Replace(Path.Combine(folder, address), bytes);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToList())
            if (!files.ContainsKey(Path.GetRelativePath(folder, file).Replace('\\', '/')) && IsPageOrData(file)) File.Delete(file);
    }

    /// <summary>What a site of ours may hold; what a web server's owner put beside it (robots.txt, a domain's name) stays.</summary>
    static bool IsPageOrData(string file) => Path.GetExtension(file) is ".html" or ".csv" or ".json";

    static void Replace(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        using (var stream = File.Create(temporary)) stream.Write(bytes);
        File.Move(temporary, path, overwrite: true);
    }
}
