namespace Groeilijn.Tests.Conventions;

/// <summary>The checkout these tests were built from: the conventions are read from its files.</summary>
static class Checkout
{
    internal static string Root { get; } = FindRoot();

    /// <summary>What all developers share, beside the checkout; null where it is not.</summary>
    internal static string? Shared { get; } = Path.Combine(Root, "..", "shared") is var path && Directory.Exists(path) ? path : null;

    /// <summary>A file by its path from the root, forward slashes.</summary>
    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal static bool Has(string path) => File.Exists(Path.Combine(Root, path));

    /// <summary>All files under a folder with one of these extensions, by path from the root; nothing that was built or fetched.</summary>
    internal static IEnumerable<(string Path, string Text)> Files(string folder, params string[] extensions) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where extensions.Contains(Path.GetExtension(path)) && !path.Split('/').Any(part => part is "obj" or "bin" or "node_modules")
        orderby path
        select (path, File.ReadAllText(file));

    /// <summary>The same text with comments and the inside of texts blanked: what is left is code. Positions and lines stay.</summary>
    internal static string CodeOnly(string source)
    {
        var code = source.ToCharArray();
        for (var i = 0; i < code.Length;)
        {
            var end = EndOfQuiet(source, i);
            if (end == i) { i++; continue; }
            for (; i < end; i++) if (code[i] != '\n') code[i] = ' ';
        }
        return new string(code);
    }

    /// <summary>Where the comment, text or character that starts at <paramref name="at"/> ends; <paramref name="at"/> itself when none does.</summary>
    static int EndOfQuiet(string s, int at)
    {
        bool Starts(string with) => string.CompareOrdinal(s, at, with, 0, with.Length) == 0;
        int After(string closing, int from) => s.IndexOf(closing, from, StringComparison.Ordinal) is >= 0 and var found ? found + closing.Length : s.Length;

        if (Starts("//")) return s.IndexOf('\n', at) is >= 0 and var line ? line : s.Length;
        if (Starts("/*")) return After("*/", at + 2);
        if (Starts("\"\"\"")) return After("\"\"\"", at + 3);
        if (Starts("'")) return s.Length > at + 2 && s[at + 1] != '\\' ? at + 3 : After("'", at + 3);
        var verbatim = Starts("@\"") ? 2 : Starts("$@\"") || Starts("@$\"") ? 3 : 0;
        if (verbatim == 0 && !Starts("\"")) return at;
        for (var i = at + Math.Max(verbatim, 1); i < s.Length; i++)
        {
            if (verbatim == 0 && s[i] == '\\') i++;
            else if (verbatim > 0 && s[i] == '"' && i + 1 < s.Length && s[i + 1] == '"') i++;
            else if (s[i] == '"') return i + 1;
        }
        return s.Length;
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Groeilijn.slnx"))) return folder.FullName;
        throw new InvalidOperationException("These tests read the checkout, and there is none above " + AppContext.BaseDirectory);
    }
}
