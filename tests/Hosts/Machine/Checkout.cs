namespace Groeilijn.Hosts.Machine;

/// <summary>The repository that these tests were built in.</summary>
static class Checkout
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file of the samples for schools.</summary>
    public static string Sample(string name) => Path.Combine(Root, "samples", "school", name);

    static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Groeilijn.slnx"))) return folder;
        throw new InvalidOperationException("These tests run inside the repository.");
    }
}
