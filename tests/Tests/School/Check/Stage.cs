using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>
/// Where a pair plays: an export that is imported, the letter sent and the whole checked. With a mark, every name and every key in
/// every file carries it.
/// </summary>
sealed partial class Stage(TestHome school, string? mark = null)
{
    int _imports;

    public TestHome School => school;
    public Export Export { get; set; } = Export.Usual();
    public (DateOnly Sent, DateOnly Until)? Letter { get; set; } = (new(2025, 2, 11), new(2025, 3, 1));
    public Action? After { get; set; }

    /// <summary>How many bytes more than the largest file are allowed.</summary>
    public long Room { get; set; } = 1000;

    /// <summary>Files besides the export.</summary>
    public List<string> Files { get; } = [];

    public void Add(string name, byte[] content) => Files.Add(school.File(name, content));

    public void Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(Marked(content)));

    public string Key(string key) => Marked(key);

    /// <summary>An export of before.</summary>
    public void Import(Export export, params string[] more) => Assert.True(school.Import([.. Write(export), .. more]).Stored);

    public (ImportOutcome Outcome, CheckReport? Report, string[] Files) Run()
    {
        string[] files = [.. Write(Export), .. Files];
        var largest = files.Where(File.Exists).Max(f => new FileInfo(f).Length);
        var outcome = Groeilijn.School.Import.Run(school.Home, files, mostBytes: largest + Room);
        if (!outcome.Stored) return (outcome, null, files);
        if (Letter is { } letter) Assert.True(Inform.Send(school.Home, letter.Sent, letter.Until).Ok);
        After?.Invoke();
        return (outcome, Check.Run(school.Home, new Edition(new SchoolYear(2024), HalfYear.M)), files);
    }

    /// <summary>The codes that the import and the check found.</summary>
    public HashSet<string> Codes()
    {
        var (outcome, report, _) = Run();
        return [.. outcome.Findings.Concat(report?.Findings ?? []).Select(f => f.Rule.Code)];
    }

    string[] Write(Export export)
    {
        var files = export.Write(Path.Combine(school.Folder, "in" + (++_imports).ToString(CultureInfo.InvariantCulture)));
        foreach (var file in files) File.WriteAllBytes(file, Encoding.UTF8.GetBytes(Marked(File.ReadAllText(file))));
        return files;
    }

    string Marked(string text) => mark is null ? text : Names().Replace(Keys().Replace(text, mark + "$1"), mark);

    [GeneratedRegex(@"\bL(\d+)\b")]
    private static partial Regex Keys();

    [GeneratedRegex("Verzonnen|Kind")]
    private static partial Regex Names();
}
