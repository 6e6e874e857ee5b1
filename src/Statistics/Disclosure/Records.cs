namespace Groeilijn.Statistics.Disclosure;

/// <summary>What a table is made of: one row per unit, or per group of units that were counted before.</summary>
public sealed record Records
{
    /// <summary>How many rows.</summary>
    public required int Count { get; init; }

    /// <summary>How many units each row stands for; null: one each.</summary>
    public long[]? Units { get; init; }

    /// <summary>By what a value counts, in thousandths; null: once. A weighted table publishes weighted sums and is judged by the units behind them.</summary>
    public long[]? Weights { get; init; }

    /// <summary>Who a row is about, numbered from zero; null: every row is somebody else.</summary>
    public int[]? Unit { get; init; }

    /// <summary>To whose group a row belongs (a school of a board, a firm of a holding), numbered from zero; null: everybody on their own.</summary>
    public int[]? Holding { get; init; }
}

/// <summary>One table: its dimensions, the code of every row in each, and what is added up.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions.</param>
/// <param name="Codes">Per dimension the code of each row, as its place in <see cref="Dimension.Codes"/>.</param>
/// <param name="Response">What each row contributes, in the smallest unit; null: the table counts.</param>
/// <param name="ResponseName">The column of <paramref name="Response"/>: tables with the same dimensions, codes and response share their cells.</param>
public sealed record TableInput(string Name, IReadOnlyList<Dimension> Dimensions, IReadOnlyList<int[]> Codes, long[]? Response = null, string? ResponseName = null)
{
    /// <summary>Every cell that a row counts in, given the distance between codes of each dimension.</summary>
    public IEnumerable<int> CellsOf(int[] strides, int row) => Publication.Above(this, strides, row);
}

/// <summary>A finished table: cells as somebody else computed them, totals included.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions.</param>
/// <param name="Codes">Per dimension the code of each cell.</param>
/// <param name="Values">The values, in the smallest unit.</param>
public sealed record FinishedTable(string Name, IReadOnlyList<Dimension> Dimensions, IReadOnlyList<int[]> Codes, long[] Values)
{
    /// <summary>How many contributors each cell has; null: not known, a count table counts them itself.</summary>
    public long[]? Contributors { get; init; }

    /// <summary>The largest contributions of each cell, largest first; null: not known.</summary>
    public long[][]? Largest { get; init; }

    /// <summary>Whether the owner calls the cell unsafe; null: the rules decide.</summary>
    public bool[]? Unsafe { get; init; }

    /// <summary>Whether the owner says that the cell must be published; null: none.</summary>
    public bool[]? Forced { get; init; }

    /// <summary>How far below and above the owner wants each unsafe cell protected; null: the rules decide.</summary>
    public (long Down, long Up)[]? Levels { get; init; }

    /// <summary>Whether the values are counts of units.</summary>
    public bool IsCount { get; init; }
}

/// <summary>The contributions to one cell by one level of units: the largest first, whose they are when that is known, and how many there are.</summary>
public readonly record struct Contributions(long[] Largest, int Number, int[]? Who = null);
