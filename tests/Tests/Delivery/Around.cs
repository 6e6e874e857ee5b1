using System.Diagnostics;

namespace Groeilijn.Tests.Delivery;

/// <summary>What these tests find around the checkout: published vectors beside it, and programs of the system.</summary>
static class Around
{
    /// <summary>A folder of published vectors; the test is skipped by name where it is absent.</summary>
    public static string Vectors(string name)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "Groeilijn.slnx"))) root = Path.GetDirectoryName(root);
        string folder = Path.Combine(root ?? ".", "..", "shared", "vectors", name);
        Assert.SkipUnless(Directory.Exists(folder), $"the published vectors '{name}' are not beside the checkout");
        return folder;
    }

    /// <summary>Runs a program of the system; where it is absent the test is skipped by name, and fails in continuous integration.</summary>
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        bool present = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
        if (!present && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"the program '{program}' is missing; continuous integration must have it");
        Assert.SkipUnless(present, $"the program '{program}' is not installed");
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }
}

/// <summary>A folder of a test's own, gone when the test is over.</summary>
sealed class Scratch : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-").FullName;

    public string this[string name] => Path.Combine(_folder, name);

    public string Folder => _folder;

    public string[] Files => [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
