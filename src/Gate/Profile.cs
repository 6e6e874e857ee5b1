using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>
/// To whom something leaves and which rule holds for them. A changed rule is a new version of the profile. Since version 2 a cell keeps its minimum of 10 pupils without two children whom a parent may know.
/// </summary>
/// <param name="Name">Name and version: <c>school/2</c>.</param>
/// <param name="Audience">The folder under outgoing.</param>
/// <param name="Rule">The rule.</param>
public sealed record Profile(string Name, string Audience, MinimumCount Rule)
{
    /// <summary>A school reads of itself from 12 pupils on, and of others from 3 schools on.</summary>
    public static Profile School { get; } = new("school/2", "school", new MinimumCount(10, 3, Parents: 2));

    /// <summary>Everybody: from 12 pupils and 3 schools on.</summary>
    public static Profile Public { get; } = new("public/2", "public", new MinimumCount(10, 3, Parents: 2));

    /// <summary>A researcher's checked output: from 12 pupils and 3 schools on.</summary>
    public static Profile Researcher { get; } = new("researcher/2", "researcher", new MinimumCount(10, 3, Parents: 2));

    /// <summary>All profiles.</summary>
    public static IReadOnlyList<Profile> All { get; } = [School, Public, Researcher];

    /// <summary>The rules of earlier versions: what left under them stays as it was recorded.</summary>
    public static IReadOnlyList<MinimumCount> Earlier { get; } = [new MinimumCount(10, 3)];
}
