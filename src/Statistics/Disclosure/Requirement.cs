namespace Groeilijn.Statistics.Disclosure;

/// <summary>What must stay possible for one cell: for all that an attacker can tell, its value could be this much more, this much less, and this far apart.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Up">The upper end of what is possible lies at least this far above the value.</param>
/// <param name="Down">The lower end lies at least this far below it.</param>
/// <param name="Width">The ends are at least this far apart.</param>
public readonly record struct Requirement(int Cell, long Up, long Down, long Width);

/// <summary>A change of some cells that leaves every sum as it is; added to the true values it gives another table that looks the same from outside.</summary>
/// <param name="Parts">The cells and by how much each changes.</param>
public sealed record Movement(IReadOnlyList<(int Cell, long By)> Parts)
{
    /// <summary>Nothing changes.</summary>
    public static Movement None { get; } = new([]);

    /// <summary>By how much a cell changes.</summary>
    public long Of(int cell)
    {
        foreach (var (c, by) in Parts) if (c == cell) return by;
        return 0;
    }
}

/// <summary>The certificate of one requirement: two tables of whole numbers, as differences from the true one. It tells about the truth and never leaves the office.</summary>
/// <param name="Requirement">What it proves.</param>
/// <param name="Up">A table in which the cell is higher, or the true one.</param>
/// <param name="Down">A table in which the cell is lower, or the true one.</param>
public sealed record Witness(Requirement Requirement, Movement Up, Movement Down);
