using System.Diagnostics;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Cli.Commands;

/// <summary>The cheapest pattern of a small table, by COIN-OR's <c>cbc</c> as a program of its own. Its answer is audited like any other.</summary>
static class OptimalPattern
{
    internal const int MostCells = 400;
    const int Seconds = 120;

    /// <summary>Where the program is, or null.</summary>
    internal static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "cbc.exe" : "cbc")).FirstOrDefault(File.Exists);

    /// <summary>The pattern, or null when tables are joined beyond the limit or the program finds none in time.</summary>
    internal static bool[]? Make(CellSystem system, IReadOnlyList<Requirement> requirements, double[] prices)
    {
        if (system.Cells > MostCells || requirements.Count == 0 || Find() is not { } program) return null;
        var folder = Directory.CreateTempSubdirectory("groeilijn-optimal-").FullName;
        try
        {
            var (model, answer) = (Path.Combine(folder, "model.lp"), Path.Combine(folder, "answer.txt"));
            using (var writer = new StreamWriter(model)) OptimalModel.Write(writer, system, requirements, prices);
            using var run = Process.Start(new ProcessStartInfo(program, [model, "sec", $"{Seconds}", "solve", "solution", answer]) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (run is null) return null;
            run.OutputDataReceived += (_, _) => { };
            run.BeginOutputReadLine();
            run.BeginErrorReadLine();
            if (!run.WaitForExit((Seconds + 60) * 1000)) { run.Kill(); return null; }
            return File.Exists(answer) ? OptimalModel.Read(File.ReadLines(answer), system) : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
