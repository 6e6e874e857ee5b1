using System.Diagnostics;
using System.Text.Json;

namespace Groeilijn.Office;

/// <summary>What a step of its own process ended with.</summary>
/// <param name="Ok">Whether it was done.</param>
/// <param name="Answer">What it answered, in JSON; null when it did not.</param>
/// <param name="Refusal">What it said was wrong and what to do; empty when it was done.</param>
public sealed record ProgramEnd(bool Ok, JsonElement? Answer, string Refusal);

/// <summary>
/// Runs the steps that make or touch a key, or open the register, as <c>groeilijn office …</c> in a process of their own: that process is guarded and short, the
/// console is reached by a network and lives for weeks. Not a byte of a key or a register is ever in the console's memory.
/// </summary>
/// <param name="home">The office's home.</param>
/// <param name="file">The program.</param>
/// <param name="before">Its arguments before those of the step, such as the path of an assembly.</param>
public sealed class OfficeProgram(string home, string file, params IReadOnlyList<string> before)
{
    /// <summary>The program that runs now.</summary>
    public static OfficeProgram Same(string home) =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet" ? new(home, path) : new(home, "dotnet", Path.Combine(AppContext.BaseDirectory, "groeilijn.dll"));

    /// <summary>Runs one step and waits for it.</summary>
    public async Task<ProgramEnd> Run(IEnumerable<string> step, CancellationToken stop = default)
    {
        var start = new ProcessStartInfo(file, [.. before, "office", .. step, "--home", home, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // No diagnostics port and no dumps, as the launcher does it.
        (start.Environment["DOTNET_EnableDiagnostics"], start.Environment["DOTNET_DbgEnableMiniDump"]) = ("0", "0");
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The program cannot be started.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        await process.WaitForExitAsync(stop).ConfigureAwait(false);
        var (said, wrong) = (await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        return new ProgramEnd(process.ExitCode == 0, Read(said), process.ExitCode == 0 ? "" : Sentence(wrong));
    }

    static JsonElement? Read(string said)
    {
        try
        {
            using var document = JsonDocument.Parse(said);
            return document.RootElement.Clone();
        }
        catch (JsonException) { return null; }
    }

    /// <summary>The lines <c>error:</c> and <c>hint:</c> as two sentences; they never hold a pupil's value.</summary>
    static string Sentence(string error) =>
        string.Join(' ', error.Split('\n').Where(line => line.StartsWith("error: ", StringComparison.Ordinal) || line.StartsWith("hint: ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim())) is { Length: > 0 } text ? text : "The step ended without a word.";
}
