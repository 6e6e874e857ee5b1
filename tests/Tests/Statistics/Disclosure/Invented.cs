using System.Diagnostics;
using System.Globalization;
using System.Text;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Tests.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Disclosure;

/// <summary>Invented tables, and glpsol as somebody else's opinion.</summary>
static class Invented
{
    /// <summary>Counts over two dimensions with a hierarchy each, three in some draws.</summary>
    internal static Publication Counts(ulong seed, bool zeros)
    {
        var dice = new Dice(seed);
        var dimensions = new List<Dimension> { Tree("region", 3, 3), Tree("size", 2, 2) };
        if (seed % 3 == 0) dimensions.Add(Dimension.Flat("kind", ["a", "b", "c"]).Value);
        var codes = dimensions.Select(_ => new List<int>()).ToList();
        var units = new List<long>();
        foreach (var cell in Lowest(dimensions, 0, []))
        {
            for (var d = 0; d < codes.Count; d++) codes[d].Add(cell[d]);
            units.Add((long)(dice.Unit() * dice.Unit() * 14));
        }
        return Publication.Of(new Records { Count = units.Count, Units = [.. units] }, [new TableInput("t", dimensions, [.. codes.Select(c => c.ToArray())])], zeros, false).Value;
    }

    /// <summary>Two tables of counts that share regions, which lie in counties and in groups across them.</summary>
    internal static Publication Linked(ulong seed, bool zeros)
    {
        var dice = new Dice(seed);
        (string, string?)[] Under(string letter, Func<int, int> parent) => [.. Enumerable.Range(0, 6).Select(r => ($"r{r}", (string?)$"{letter}{parent(r)}")), .. Enumerable.Range(0, 6).Select(r => ($"{letter}{parent(r)}", (string?)null)).Distinct()];
        Dimension[] dimensions = [Dimension.Of("region", [Under("county", r => r / 2), Under("group", r => r % 2)]).Value, Dimension.Flat("size", ["s", "m", "l"]).Value, Dimension.Flat("kind", ["a", "b", "c"]).Value];
        var codes = dimensions.Select(_ => new List<int>()).ToArray();
        List<long> units = [];
        for (var r = 0; r < 6; r++)
            for (var s = 0; s < 3; s++)
                for (var k = 0; k < 3; k++)
                {
                    foreach (var (d, code) in ((string[])[$"r{r}", "sml"[s..(s + 1)], "abc"[k..(k + 1)]]).Index()) codes[d].Add(dimensions[d].Find(code));
                    units.Add((long)(dice.Unit() * dice.Unit() * 9));
                }
        TableInput Of(string name, params int[] of) => new(name, [.. of.Select(d => dimensions[d])], [.. of.Select(d => codes[d].ToArray())]);
        return Publication.Of(new Records { Count = units.Count, Units = [.. units] }, [Of("by-size", 0, 1), Of("by-kind", 0, 2)], zeros, false).Value;
    }

    /// <summary>Turnover of firms, a few of them large.</summary>
    internal static (Publication Publication, Records Records) Turnover(ulong seed, int rows = 160)
    {
        var dice = new Dice(seed);
        List<Dimension> dimensions = [Tree("activity", 4, 3), Tree("region", 3, 2)];
        var codes = dimensions.Select(d => new int[rows]).ToArray();
        var (values, holding) = (new long[rows], new int[rows]);
        var lowest = dimensions.Select(d => Enumerable.Range(0, d.Codes.Count).Where(d.IsLowest).ToArray()).ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var d = 0; d < 2; d++) codes[d][row] = lowest[d][(int)(dice.Unit() * lowest[d].Length)];
            values[row] = 10 + (long)Math.Exp(3 + 5 * dice.Unit() * dice.Unit());
            holding[row] = row / 2;
        }
        var records = new Records { Count = rows, Holding = holding };
        return (Publication.Of(records, [new TableInput("t", dimensions, codes, values, "turnover")], false, true).Value, records);
    }

    internal static Dimension Tree(string name, int groups, int each) => Dimension.Of(name,
        [[.. Enumerable.Range(0, groups).Select(g => ($"{name}{g}", (string?)null)), .. Enumerable.Range(0, groups * each).Select(c => ($"{name}{c / each}.{c % each}", (string?)$"{name}{c / each}"))]]).Value;

    static IEnumerable<int[]> Lowest(List<Dimension> dimensions, int at, int[] before) =>
        at == dimensions.Count ? [before] : Enumerable.Range(0, dimensions[at].Codes.Count).Where(dimensions[at].IsLowest).SelectMany(code => Lowest(dimensions, at + 1, [.. before, code]));

    /// <summary>Where a program is, or a skip by its name.</summary>
    internal static string Program(string name, string package)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
        if (found is null) Assert.Skip($"{name} is not here (Debian: {package}): the second opinion could not be asked.");
        return found!;
    }

    /// <summary>The least and the most that a cell can be, for an attacker who knows what is published; by glpsol, in fractions or in whole numbers.</summary>
    internal static (double Least, double Most) Glpk(string program, CellSystem system, bool[] hidden, int cell, bool whole)
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-glpk-").FullName;
        try
        {
            return (Solve("Minimize"), Solve("Maximize"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        double Solve(string sense)
        {
            var text = new StringBuilder($"{sense}\n z: x{cell}\nSubject To\n");
            for (var row = 0; row < system.Rows; row++)
            {
                var (terms, right) = ("", 0L);
                for (var i = 0; i < system.CellsOf(row).Length; i++)
                {
                    var (c, sign) = (system.CellsOf(row)[i], system.SignsOf(row)[i]);
                    if (hidden[c]) terms += string.Create(CultureInfo.InvariantCulture, $" {(sign < 0 ? "-" : "+")} {Math.Abs(sign)} x{c}");
                    else right -= sign * system.Values[c];
                }
                if (terms.Length > 0) text.Append(CultureInfo.InvariantCulture, $" r{row}:{terms} = {right}\n");
            }
            var names = string.Join('\n', Enumerable.Range(0, system.Cells).Where(c => hidden[c]).Select(c => $" x{c} <= 1000000"));
            text.Append("Bounds\n").Append(names).Append('\n');
            if (whole) text.Append("Generals\n").Append(string.Join('\n', Enumerable.Range(0, system.Cells).Where(c => hidden[c]).Select(c => $" x{c}"))).Append('\n');
            text.Append("End\n");
            var (model, answer) = (Path.Combine(folder, "m.lp"), Path.Combine(folder, "a.txt"));
            File.WriteAllText(model, text.ToString());
            using var run = Process.Start(new ProcessStartInfo(program, ["--lp", model, "-o", answer, "--tmlim", "20"]) { RedirectStandardOutput = true })!;
            run.StandardOutput.ReadToEnd();
            run.WaitForExit();
            var objective = File.ReadLines(answer).First(l => l.StartsWith("Objective:", StringComparison.Ordinal));
            return double.Parse(objective.Split('=', '(')[1].Trim(), CultureInfo.InvariantCulture);
        }
    }
}
