namespace Groeilijn.Statistics.Growth;

/// <summary>Work over rows in parts whose size does not depend on the processors: what is summed part by part has the same bits everywhere.</summary>
static class InParts
{
    internal const int Size = 1 << 18;

    /// <summary>How many parts so many rows make.</summary>
    internal static int Count(int rows) => Math.Max(1, (rows + Size - 1) / Size);

    /// <summary>Every part once: on this thread when there is one.</summary>
    internal static void Each(int parts, Action<int> work)
    {
        if (parts == 1) work(0);
        else Parallel.For(0, parts, work);
    }

    /// <summary>Every part of the rows once, from its first to before its last.</summary>
    internal static void Each(int rows, Action<int, int, int> work) => Each(Count(rows), part => work(part, part * Size, Math.Min(rows, (part + 1) * Size)));

    /// <summary>The sum over all rows of what each part sums.</summary>
    internal static double Sum(int rows, Func<int, int, double> of)
    {
        var sums = new double[Count(rows)];
        Each(rows, (part, from, to) => sums[part] = of(from, to));
        var sum = 0.0;
        foreach (var own in sums) sum += own;
        return sum;
    }
}
