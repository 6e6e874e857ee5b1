using System.Globalization;
using Groeilijn.Statistics.Growth;
using Groeilijn.Tests.Conventions;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>The published data, and tables made by hand.</summary>
static class Published
{
    internal static string File(string name) => Path.Combine(Checkout.Root, "tests", "Tests", "Published", "growth", name + ".csv");

    internal static DataTable Table(string name)
    {
        var lines = System.IO.File.ReadAllLines(File(name)).Select(l => l.Split(',')).ToArray();
        return new DataTable([.. lines[0].Select((column, c) => Column(column, [.. lines.Skip(1).Select(l => l[c])]))]);
    }

    internal static DataColumn Column(string name, string[] cells) =>
        Array.TrueForAll(cells, c => double.TryParse(c, CultureInfo.InvariantCulture, out _))
            ? DataColumn.OfNumbers(name, [.. cells.Select(c => double.Parse(c, CultureInfo.InvariantCulture))])
            : DataColumn.OfTexts(name, cells);

    /// <summary>Equal as the contract has it: within 1e-4 times the value, or 1e-4 for small ones.</summary>
    internal static void Close(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-4 * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:G10} for {expected:G10}");
}

/// <summary>SplitMix64 with normal throws, for simulated designs.</summary>
sealed class Dice(ulong seed)
{
    ulong _state = unchecked(seed * 0x2545F4914F6CDD1DUL + 1);

    internal double Unit()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }

    internal int Below(int n) => (int)(Unit() * n);

    internal double Normal()
    {
        while (true)
        {
            double u = 2 * Unit() - 1, v = 2 * Unit() - 1, s = u * u + v * v;
            if (s is > 0 and < 1) return u * Math.Sqrt(-2 * Math.Log(s) / s);
        }
    }

    internal double[] Normals(int n, double deviation = 1) => [.. Enumerable.Range(0, n).Select(_ => deviation * Normal())];
}
