namespace Groeilijn.Hosts.Machine;

/// <summary>What a test needs of the machine. Where it is absent the test is skipped by name; with GROEILIJN_CI=1 that is a failure.</summary>
static class Needs
{
    /// <summary>Whether this is the long run, <c>./test --torture</c>.</summary>
    public static bool Torture => Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1";

    public static void That(bool there, string what)
    {
        if (there) return;
        if (Environment.GetEnvironmentVariable("GROEILIJN_CI") == "1") Assert.Fail($"{what} (and GROEILIJN_CI=1 allows no skip)");
        Assert.Skip(what);
    }

    public static void Root(string what) => That(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, $"{what} needs root on Linux");

    public static void Program(string name) => That(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, name))), $"the program {name} is not here");
}
