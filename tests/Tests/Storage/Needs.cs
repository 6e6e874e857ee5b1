namespace Groeilijn.Tests.Storage;

/// <summary>What a test needs of the machine. Where it is absent the test is skipped by name; with GROEILIJN_CI=1 that is a failure.</summary>
static class Needs
{
    public static void That(bool there, string what)
    {
        if (there) return;
        if (Environment.GetEnvironmentVariable("GROEILIJN_CI") == "1") Assert.Fail($"{what} (and GROEILIJN_CI=1 allows no skip)");
        Assert.Skip(what);
    }
}
