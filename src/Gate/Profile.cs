using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>To whom something leaves and which rule holds for them. A changed rule is a new version of the profile.</summary>
/// <param name="Name">Name and version: <c>school/1</c>.</param>
/// <param name="Audience">The folder under outgoing.</param>
/// <param name="Rule">The rule.</param>
public sealed record Profile(string Name, string Audience, MinimumCount Rule)
{
    /// <summary>A school reads of itself from 10 pupils on, and of others from 3 schools on.</summary>
    public static Profile School { get; } = new("school/1", "school", new MinimumCount(10, 3));

    /// <summary>Everybody: from 10 pupils and 3 schools on.</summary>
    public static Profile Public { get; } = new("public/1", "public", new MinimumCount(10, 3));

    /// <summary>A researcher's checked output: from 10 pupils and 3 schools on.</summary>
    public static Profile Researcher { get; } = new("researcher/1", "researcher", new MinimumCount(10, 3));

    /// <summary>All profiles.</summary>
    public static IReadOnlyList<Profile> All { get; } = [School, Public, Researcher];
}
