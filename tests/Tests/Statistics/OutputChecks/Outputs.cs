using System.Text.Json;

namespace Groeilijn.Tests.Statistics.OutputChecks;

/// <summary>A folder of outputs and the command that checks them.</summary>
sealed class Outputs : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-check-").FullName;

    public string At(string file) => Path.Combine(_folder, file);

    public void Write(string file, string text) => File.WriteAllText(At(file), text);

    /// <summary>Runs the command; a word that names a file of the folder is made its path.</summary>
    public (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var exit = Groeilijn.SchoolCli.Terminal.Run(Groeilijn.Cli.Program.Create(), ["check", .. arguments.Select(a => a.Contains('.', StringComparison.Ordinal) && a.Length > 4 && !a.StartsWith("--", StringComparison.Ordinal) ? At(a) : a)], output, error);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Runs the command with an answer for a program.</summary>
    public (int Exit, JsonElement Answer) Check(params string[] arguments)
    {
        var (exit, output, error) = Run([.. arguments, "--json"]);
        Assert.True(output.Length > 0, error);
        return (exit, JsonDocument.Parse(output).RootElement);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
