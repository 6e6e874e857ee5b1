using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>What one room's memory tells another's: the figures that somebody has or may not have, as sums over pupils, without values.</summary>
/// <param name="Pupils">Who the pupils are that the sums number; empty for one who was withdrawn.</param>
/// <param name="Sums">The figures.</param>
public sealed record Told(IReadOnlyList<string> Pupils, IReadOnlyList<ToldSum> Sums)
{
    /// <summary>The handle of each pupil in the memory that tells it.</summary>
    public IReadOnlyList<int> Handles { get; init; } = [];
}

/// <summary>A figure.</summary>
/// <param name="Release">With what it left.</param>
/// <param name="Cell">Its place there.</param>
/// <param name="Shown">Whether it was shown; otherwise it may not follow.</param>
/// <param name="Sum">What it is the sum of.</param>
public sealed record ToldSum(string Release, string Cell, bool Shown, CellSum Sum);
