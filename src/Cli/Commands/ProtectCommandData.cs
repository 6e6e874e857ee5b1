using System.Globalization;
using System.Text;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Cli.Commands;

/// <summary>The columns of the data, as texts, with what the metadata says of each.</summary>
sealed class ProtectData(Dictionary<string, List<string>> columns, ArgusMeta? meta)
{
    internal ArgusMeta? Meta => meta;

    internal int Rows => columns.Count == 0 ? 0 : columns.Values.First().Count;

    internal List<string>? Find(string name) => columns.GetValueOrDefault(name) ?? columns.FirstOrDefault(c => string.Equals(c.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads the named columns of a CSV or Parquet file.</summary>
    internal static (ProtectData? Data, string? Fault) OfTable(string path, IReadOnlyCollection<string> names)
    {
        using var table = LinkTable.Open(path);
        var places = names.ToDictionary(n => n, n => LinkModelFile.Column(table, n));
        foreach (var (name, place) in places) if (place < 0) return (null, $"the data has no column `{name}`");
        var (columns, texts) = (names.ToDictionary(n => n, _ => new List<string>()), new Dictionary<string, string>(StringComparer.Ordinal));
        while (table.Next())
            foreach (var (name, place) in places)
            {
                var text = Encoding.UTF8.GetString(table.Row[table.Cells[place]]).Trim();
                if (!texts.TryGetValue(text, out var one) && texts.Count < 100_000) texts.Add(text, one = text);
                columns[name].Add(one ?? text);
            }
        return (new(columns, null), null);
    }

    /// <summary>Reads τ-ARGUS data: fixed columns, or a separator as the metadata says.</summary>
    internal static (ProtectData? Data, string? Fault) OfArgus(string path, ArgusMeta meta)
    {
        var columns = meta.Variables.ToDictionary(v => v.Name, _ => new List<string>());
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var parts = meta.Separator is { } separator ? line.Split(separator) : null;
            if (parts is not null && parts.Length < meta.Variables.Count) return (null, $"row {number} of the data has fewer cells than the metadata has variables");
            for (var v = 0; v < meta.Variables.Count; v++)
            {
                var variable = meta.Variables[v];
                if (parts is null && line.Length < variable.Start - 1) return (null, $"row {number} of the data is too short for `{variable.Name}`");
                var text = parts is not null ? parts[v] : line.Substring(variable.Start - 1, Math.Min(variable.Length, line.Length - variable.Start + 1));
                columns[variable.Name].Add(text.Trim().Trim('"'));
            }
        }
        return (new(columns, meta), null);
    }

    /// <summary>A column as whole numbers of its smallest unit, with the number of decimals.</summary>
    internal (long[]? Values, int Decimals, string? Fault) Numbers(string name, int most = 9)
    {
        if (Find(name) is not { } texts) return (null, 0, $"the data has no column `{name}`");
        var numbers = new decimal[texts.Count];
        var decimals = 0;
        for (var row = 0; row < numbers.Length; row++)
        {
            if (!decimal.TryParse(texts[row], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[row])) return (null, 0, $"row {row + 1} of column `{name}` is no number");
            while (decimals < most && decimal.Round(numbers[row], decimals) != numbers[row]) decimals++;
        }
        var (scale, values) = ((decimal)Math.Pow(10, decimals), new long[numbers.Length]);
        for (var row = 0; row < values.Length; row++)
        {
            var scaled = decimal.Round(numbers[row] * scale);
            if (Math.Abs(scaled) > 4_000_000_000_000_000m) return (null, 0, $"row {row + 1} of column `{name}` is too large to be added exactly: 4·10¹⁵ of its smallest unit is the most");
            values[row] = (long)scaled;
        }
        return (values, decimals, null);
    }

    /// <summary>A column of names as numbers.</summary>
    internal int[]? Names(string name)
    {
        if (Find(name) is not { } texts) return null;
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. texts.Select(t => { if (!known.TryGetValue(t, out var at)) known.Add(t, at = known.Count); return at; })];
    }
}

/// <summary>τ-ARGUS metadata (.rda).</summary>
sealed record ArgusMeta(string? Separator, IReadOnlyList<ArgusMeta.Variable> Variables, string Safe, string Unsafe, string Protect)
{
    internal sealed record Variable(string Name, int Start, int Length)
    {
        public HashSet<string> Flags { get; } = [];
        public string? Total { get; set; }
        public string? Hierarchy { get; set; }
        public string Lead { get; set; } = "@";
        public int[] Levels { get; set; } = [];
        public int Decimals { get; set; }
    }

    /// <summary>Reads metadata: a line per variable, then lines of marks in angle brackets.</summary>
    internal static (ArgusMeta? Meta, string? Fault) Read(string path)
    {
        var (variables, separator, number) = (new List<Variable>(), (string?)null, 0);
        var (safe, unsafes, protect) = ("S", "U", "P");
        foreach (var raw in File.ReadLines(path))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0) continue;
            if (!line.StartsWith('<'))
            {
                var words = Words(line);
                if (separator is null && (words.Count < 3 || !int.TryParse(words[1], out _) || !int.TryParse(words[2], out _))) return (null, $"line {number} of the metadata is neither a variable with its place and length nor a mark in angle brackets");
                variables.Add(new(words[0], separator is null ? int.Parse(words[1], CultureInfo.InvariantCulture) : 0, separator is null ? int.Parse(words[2], CultureInfo.InvariantCulture) : 0));
                continue;
            }
            foreach (var part in line.Split('<', StringSplitOptions.RemoveEmptyEntries))
            {
                var (mark, rest) = (part.Split('>')[0].Trim().ToUpperInvariant(), Words(part[(part.IndexOf('>', StringComparison.Ordinal) + 1)..]));
                var value = rest.Count > 0 ? rest[0] : "";
                switch (mark)
                {
                    case "SEPARATOR": separator = value == "\\t" ? "\t" : value; continue;
                    case "SAFE": safe = value; continue;
                    case "UNSAFE": unsafes = value; continue;
                    case "PROTECT": protect = value; continue;
                }
                if (variables.Count == 0) return (null, $"line {number} of the metadata is a mark before any variable");
                var last = variables[^1];
                if (mark is "TOTCODE") last.Total = value;
                else if (mark is "HIERCODELIST") last.Hierarchy = value;
                else if (mark is "HIERLEADSTRING") last.Lead = value;
                else if (mark is "HIERLEVELS") last.Levels = [.. rest.Select(r => int.TryParse(r, out var n) ? n : 0).Where(n => n > 0)];
                else if (mark is "DECIMALS" && int.TryParse(value, out var decimals)) last.Decimals = decimals;
                else last.Flags.Add(mark);
            }
        }
        return variables.Count == 0 ? (null, "the metadata names no variable") : (new(separator, variables, safe, unsafes, protect), null);
    }

    internal Variable? With(string flag) => Variables.FirstOrDefault(v => v.Flags.Contains(flag));

    static List<string> Words(string line)
    {
        var (words, at) = (new List<string>(), 0);
        while (at < line.Length)
        {
            if (char.IsWhiteSpace(line[at])) { at++; continue; }
            var quoted = line[at] == '"';
            var end = quoted ? line.IndexOf('"', at + 1) : line.AsSpan(at).IndexOfAny(' ', '\t') is >= 0 and var space ? at + space : line.Length;
            if (end < 0) end = line.Length;
            words.Add(quoted ? line[(at + 1)..end] : line[at..end]);
            at = end + 1;
        }
        return words;
    }
}

/// <summary>Hierarchy files: τ-ARGUS's <c>.hrc</c>, or CSV with a code and its parent on each line.</summary>
static class HierarchyFile
{
    internal static (IReadOnlyList<(string Code, string? Parent)>? Rows, string? Fault) Read(string path, string lead = "@")
    {
        var lines = File.ReadAllLines(path).Where(l => !string.IsNullOrWhiteSpace(l)).ToArray();
        return path.EndsWith(".hrc", StringComparison.OrdinalIgnoreCase) ? OfLevels(lines, lead) : OfParents(lines);
    }

    static (IReadOnlyList<(string, string?)>?, string?) OfLevels(string[] lines, string lead)
    {
        var (rows, path) = (new List<(string, string?)>(), new List<string>());
        for (var i = 0; i < lines.Length; i++)
        {
            var (line, level) = (lines[i].TrimEnd(), 0);
            while (lead.Length > 0 && line.StartsWith(lead, StringComparison.Ordinal)) (line, level) = (line[lead.Length..], level + 1);
            if (level > path.Count) return (null, $"line {i + 1} of the hierarchy jumps over a level: there is a hole above it");
            var code = line.Trim().Trim('"');
            path.RemoveRange(level, path.Count - level);
            rows.Add((code, level == 0 ? null : path[^1]));
            path.Add(code);
        }
        return (rows, null);
    }

    static (IReadOnlyList<(string, string?)>?, string?) OfParents(string[] lines)
    {
        var rows = new List<(string, string?)>();
        for (var i = 0; i < lines.Length; i++)
        {
            var separator = lines[i].Contains(';', StringComparison.Ordinal) ? ';' : lines[i].Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
            var cells = lines[i].Split(separator).Select(c => c.Trim().Trim('"')).ToArray();
            if (i == 0 && cells[0].Equals("code", StringComparison.OrdinalIgnoreCase)) continue;
            if (cells.Length != 2) return (null, $"line {i + 1} of the hierarchy is not a code and its parent");
            rows.Add((cells[0], cells[1].Length == 0 ? null : cells[1]));
        }
        // Parents that have no line of their own are the highest level.
        var codes = rows.Select(r => r.Item1).ToHashSet(StringComparer.Ordinal);
        string[] tops = [.. rows.Select(r => r.Item2).OfType<string>().Where(p => p != Dimension.Total && !codes.Contains(p)).Distinct()];
        return ([.. rows, .. tops.Select(t => (t, (string?)null))], null);
    }
}
