using System.Diagnostics;
using System.Text.RegularExpressions;
using Groeilijn.Hosts.Machine;

namespace Groeilijn.Hosts.Docs;

/// <summary>Who follows docs/how-to/office.md and then researcher.md from top to bottom, pasting every command, gets the answers that stand there.</summary>
public sealed partial class OfficeWalkTests : IDisposable
{
    const string Done = "@@ done";

    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-walk-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_command_of_the_office_page_and_the_researchers_gives_the_answer_that_stands_below_it()
    {
        foreach (var program in (string[])["bash", "age", "openssl"]) Needs.Program(program);
        Needs.That(Columns.ColumnLibrary.Find() is not null, "DuckDB's library is not here; setup/duckdb.sh fetches it");
        var office = Steps(Page("office.md").Split("\n## 9.")[0]);
        // Between its commands stands what is in their files.
        var researcher = Steps(Page("researcher.md")).Where(step => Command().IsMatch(step.Commands)).ToList();
        Assert.True(office.Count >= 12 && researcher.Count >= 7, $"{office.Count} and {researcher.Count} steps");
        List<Step> steps = [.. office, .. researcher];
        Prepare();
        var said = Run(steps.Select(s => s.Commands)).Split(Done + "\n");
        Assert.Equal(steps.Count + 1, said.Length);
        Assert.All(steps.Zip(said), pair => Follows(pair.Second, pair.First));
    }

    static string Page(string name) => File.ReadAllText(Path.Combine(Checkout.Root, "docs", "how-to", name));

    [GeneratedRegex(@"^(\./groeilijn|sha256sum) ")] private static partial Regex Command();

    /// <summary>Every line of the answer stands in what was said, in that order; … is anything.</summary>
    static void Follows(string said, Step step)
    {
        var at = 0;
        foreach (var line in step.Answer)
        {
            var found = Pattern(line).Match(said, at);
            Assert.True(found.Success, $"after\n{step.Commands}\nexpected\n{line}\nin\n{said}");
            at = found.Index + found.Length;
        }
    }

    /// <summary>Keys, hashes, times and sizes differ from run to run; everything else is as it stands.</summary>
    static Regex Pattern(string line) => new(string.Join("", Differs().Split(line).Select((part, i) => i % 2 == 0 ? Regex.Escape(part) : @"[0-9a-z.]+")).Replace("…", @"[^\n]*", StringComparison.Ordinal), RegexOptions.CultureInvariant);

    [GeneratedRegex(@"(age1[0-9a-z]+|[0-9a-f]{64}|\d+\.\d(?= s\b)|\d+(?= MB)|\d+(?= bytes| files| entries)|(?<= at )\d+(?=:))")]
    private static partial Regex Differs();

    sealed record Step(string Commands, IReadOnlyList<string> Answer);

    /// <summary>A block of commands, with the answer when a block follows at once.</summary>
    static List<Step> Steps(string page)
    {
        List<Step> steps = [];
        foreach (Match match in Blocks().Matches(page)) steps.Add(new Step(match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value.TrimEnd('\n').Split('\n') : []));
        return steps;
    }

    [GeneratedRegex(@"^```\n(.*?)^```\n(?:```\n(.*?)^```\n)?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    /// <summary>Groeilijn's folder as a newcomer has it: the program and the samples.</summary>
    void Prepare()
    {
        var launcher = Path.Combine(_folder, "groeilijn");
        File.WriteAllText(launcher, $"#!/bin/sh\nDOTNET_EnableDiagnostics=0 exec '{Path.Combine(AppContext.BaseDirectory, "groeilijn")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "samples"), Path.Combine(Checkout.Root, "samples"));
    }

    string Run(IEnumerable<string> commands)
    {
        var start = new ProcessStartInfo("bash", ["-s"]) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var said = shell.StandardOutput.ReadToEndAsync();
        shell.StandardInput.Write("exec 2>&1\ngroeilijn() { ./groeilijn \"$@\"; }\n" + string.Concat(commands.Select(c => $"{{\n{c}}} </dev/null\necho '{Done}'\n")));
        shell.StandardInput.Close();
        return said.Result.Replace(_folder + "/", "", StringComparison.Ordinal);
    }
}
