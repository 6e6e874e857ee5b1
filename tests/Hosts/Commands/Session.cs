using System.CommandLine;
using System.Text.Json;
using Groeilijn.SchoolCli;

namespace Groeilijn.Hosts.Commands;

/// <summary>What a command ended with, and what it said on both streams.</summary>
public readonly record struct Ran(int Exit, string Output, string Error)
{
    /// <summary>The answer for a program.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    /// <summary>It was done, and nothing was said to be wrong.</summary>
    public Ran Done()
    {
        Assert.True(Exit == 0, $"exit {Exit}: {Error}{Output}");
        Assert.DoesNotContain("error:", Error);
        return this;
    }

    /// <summary>It was refused with a reason: <c>error:</c>, then <c>hint:</c>.</summary>
    public Ran Refused(string reason, int exit = 1)
    {
        Assert.True(Exit == exit, $"exit {Exit} in place of {exit}: {Error}{Output}");
        var lines = Error.Split('\n');
        var error = Array.FindIndex(lines, line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.True(error >= 0 && lines[error].Length > 12 && lines[error + 1].StartsWith("hint: ", StringComparison.Ordinal) && lines[error + 1].Length > 10, Error);
        Assert.Contains(reason, Error);
        return this;
    }
}

/// <summary>Both programs, run in this process, in a folder of their own that goes afterwards.</summary>
public sealed class Session : IDisposable
{
    /// <summary>One tree of each program serves every test: parsing does not change it.</summary>
    internal static readonly RootCommand Groeilijn = Cli.Program.Create();
    internal static readonly RootCommand GroeilijnSchool = School();

    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-commands-").FullName;

    /// <summary>A path in the folder.</summary>
    public string At(params ReadOnlySpan<string> parts) => Path.Combine([_folder, .. parts]);

    /// <summary>Writes a file in the folder.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        using (var file = File.Create(At(name))) file.Write(content);
        return At(name);
    }

    /// <summary>Writes a text in the folder.</summary>
    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Runs <c>groeilijn</c>.</summary>
    public static Ran Run(params IReadOnlyList<string> arguments) => Run(Groeilijn, arguments);

    /// <summary>Runs a program.</summary>
    internal static Ran Run(RootCommand program, IReadOnlyList<string> arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = Terminal.Run(program, arguments, output, error);
        return new(exit, output.ToString(), error.ToString());
    }

    static RootCommand School()
    {
        var program = new RootCommand("Groeilijn for schools");
        SchoolCommands.AddTo(program);
        return program;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
