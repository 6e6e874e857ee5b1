using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Cli.Commands;

/// <summary>From a specification and its data to a publication.</summary>
sealed class ProtectTables
{
    readonly ProtectSpec _spec;
    readonly ProtectData _data;
    readonly string _folder;
    readonly Dictionary<string, Dimension> _dimensions = new(StringComparer.Ordinal);
    readonly Dictionary<string, int[]> _codes = new(StringComparer.Ordinal);

    ProtectTables(ProtectSpec spec, ProtectData data, string folder) => (_spec, _data, _folder) = (spec, data, folder);

    internal Publication Publication { get; private set; } = null!;
    internal PrimaryRules Rules { get; private set; } = new();
    internal bool[]? Safe { get; private set; }
    internal double[]? Prices { get; private set; }

    /// <summary>By what the numbers of each table are divided when they are written.</summary>
    internal decimal[] Scales { get; private set; } = [];

    internal static (ProtectTables? Tables, ProtectionRefusal? Refusal) Make(ProtectSpec spec, ProtectData data, string folder)
    {
        var made = new ProtectTables(spec, data, folder);
        return made.Build() is { } refusal ? (null, refusal) : (made, null);
    }

    static ProtectionRefusal No(ProtectionRefusalCode code, string what, string remedy) => new(code, what, remedy);

    ProtectionRefusal? Build()
    {
        if (_data.Rows == 0) return No(ProtectionRefusalCode.Value, "the data has no rows", "there is nothing to publish");
        foreach (var name in _spec.Tables!.SelectMany(t => t.Dimensions!).Distinct(StringComparer.Ordinal)) if (AddDimension(name) is { } refusal) return refusal;
        var finished = _codes.Any(c => c.Value.Any(code => !_dimensions[c.Key].IsLowest(code)));
        var zeros = _spec.Rules?.Zeros ?? false;
        var decimals = _spec.Tables!.Select(t => t.Response ?? Response()).ToList();
        var numbers = new Dictionary<string, (long[] Values, int Decimals)>(StringComparer.Ordinal);
        foreach (var name in decimals.Append(_spec.Count).Append(_spec.Weight).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var (values, places, fault) = _data.Numbers(name, name == _spec.Weight ? 3 : 9);
            if (fault is not null) return No(ProtectionRefusalCode.Value, fault, "give plain numbers with a point, in every row");
            if (name == _spec.Count && (places > 0 || values!.Any(v => v < 0))) return No(ProtectionRefusalCode.Value, $"the column of counts `{name}` has a number that is no count", "counts are whole and not below zero");
            numbers.Add(name, (values!, places));
        }
        var made = finished ? Finished(decimals, numbers, zeros) : Micro(decimals, numbers, zeros);
        if (!made.Ok) return made.Refusal;
        Publication = made.Value;
        Rules = TheRules();
        Safe = Unknown();
        return Costs();
    }

    /// <summary>A finished τ-ARGUS table has its value in the first plain number.</summary>
    string? Response() => _data.Meta is { } meta && _spec.Count is null && meta.Variables.Any(v => v.Total is not null) ? meta.Variables.FirstOrDefault(v => v.Flags.Contains("NUMERIC") && !v.Flags.Overlaps(["SHADOW", "COSTVAR", "COST", "LOWERPL", "UPPERPL", "WEIGHT"]))?.Name : null;

    Checked<Publication> Micro(List<string?> responses, Dictionary<string, (long[] Values, int Decimals)> numbers, bool zeros)
    {
        long[]? weights = null;
        if (_spec.Weight is { } weight)
        {
            var (values, places) = numbers[weight];
            var factor = (long)Math.Pow(10, 3 - places);
            if (values.Any(v => v < 0)) return No(ProtectionRefusalCode.Value, $"the column of weights `{weight}` has a weight below zero", "weights are zero or more");
            weights = [.. values.Select(v => v * factor)];
        }
        foreach (var name in new[] { _spec.Unit, _spec.Holding }.OfType<string>()) if (_data.Find(name) is null) return No(ProtectionRefusalCode.UnknownCode, $"the data has no column `{name}`", "check the name in the specification");
        var records = new Records { Count = _data.Rows, Units = _spec.Count is null ? null : numbers[_spec.Count].Values, Weights = weights, Unit = _spec.Unit is null ? null : _data.Names(_spec.Unit), Holding = _spec.Holding is null ? null : _data.Names(_spec.Holding) };
        Scales = [.. responses.Select(r => (r is null ? 1m : (decimal)Math.Pow(10, numbers[r].Decimals)) * (weights is null ? 1 : 1000))];
        var rules = _spec.Rules;
        return Publication.Of(records, [.. _spec.Tables!.Select((t, i) => new TableInput(t.Name!, [.. t.Dimensions!.Select(d => _dimensions[d])], [.. t.Dimensions!.Select(d => _codes[d])], responses[i] is { } r ? numbers[r].Values : null, responses[i]))],
            zeros && responses.TrueForAll(r => r is null), rules?.PPercent is not null || rules?.Dominance is not null || rules?.MinContributors > 0 || (rules?.MinCount > 0 && responses.Exists(r => r is not null)));
    }

    Checked<Publication> Finished(List<string?> responses, Dictionary<string, (long[] Values, int Decimals)> numbers, bool zeros)
    {
        var tables = new List<FinishedTable>();
        Scales = new decimal[responses.Count];
        for (var t = 0; t < responses.Count; t++)
        {
            var (spec, name) = (_spec.Tables![t], responses[t] ?? _spec.Count);
            if (name is null) return No(ProtectionRefusalCode.Value, $"table `{spec.Name}` has totals among its rows, so it is finished, but no column of values", "name `response` or `count`");
            string[] others = [.. _dimensions.Keys.Where(d => !spec.Dimensions!.Contains(d))];
            int[] rows = [.. Enumerable.Range(0, _data.Rows).Where(r => Array.TrueForAll(others, o => _codes[o][r] == 0))];
            Scales[t] = (decimal)Math.Pow(10, numbers[name].Decimals);
            tables.Add(new(spec.Name!, [.. spec.Dimensions!.Select(d => _dimensions[d])], [.. spec.Dimensions!.Select(d => (int[])[.. rows.Select(r => _codes[d][r])])], [.. rows.Select(r => numbers[name].Values[r])])
            {
                IsCount = responses[t] is null || responses[t] == _spec.Count,
                Contributors = Column("FREQUENCY", rows) is { } f ? [.. f.Select(x => (long)x)] : null,
                Largest = Largest(rows, Scales[t]),
                Unsafe = Status(rows, _data.Meta?.Unsafe),
                Forced = Status(rows, _data.Meta?.Protect),
                Levels = Column("LOWERPL", rows) is { } lower && Column("UPPERPL", rows) is { } upper ? [.. lower.Select((l, i) => ((long)Math.Ceiling(l * Scales[t]), (long)Math.Ceiling(upper[i] * Scales[t])))] : null,
            });
        }
        return Publication.Of(tables, zeros);
    }

    decimal[]? Column(string flag, int[] rows)
    {
        if (_data.Meta?.With(flag) is not { } variable || _data.Find(variable.Name) is not { } texts) return null;
        return [.. rows.Select(r => decimal.TryParse(texts[r], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : 0)];
    }

    bool[]? Status(int[] rows, string? code) => code is not null && _data.Meta?.With("STATUS") is { } variable && _data.Find(variable.Name) is { } texts ? [.. rows.Select(r => string.Equals(texts[r], code, StringComparison.OrdinalIgnoreCase))] : null;

    long[][]? Largest(int[] rows, decimal scale)
    {
        var tops = _data.Meta?.Variables.Where(v => v.Flags.Contains("MAXSCORE")).Select(v => _data.Find(v.Name)!).ToArray() ?? [];
        return tops.Length == 0 ? null : [.. rows.Select(r => tops.Select(t => decimal.TryParse(t[r], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) ? (long)(value * scale) : 0).ToArray())];
    }

    ProtectionRefusal? AddDimension(string name)
    {
        if (_data.Find(name) is not { } texts) return No(ProtectionRefusalCode.UnknownCode, $"the data has no column `{name}`", "check the name in the specification; capitals do not count");
        var variable = _data.Meta?.Variables.FirstOrDefault(v => string.Equals(v.Name, name, StringComparison.OrdinalIgnoreCase));
        var total = variable?.Total ?? Dimension.Total;
        var (files, hierarchies) = (_spec.HierarchiesOf(name).ToList(), new List<IReadOnlyList<(string, string?)>>());
        if (files.Count == 0 && variable?.Hierarchy is { } own) files.Add(own);
        foreach (var file in files)
        {
            var path = Path.Combine(_folder, file.Trim());
            if (!File.Exists(path)) return No(ProtectionRefusalCode.Hierarchy, $"a hierarchy file of `{name}` is not there", "give its path from the folder of the specification");
            var (rows, fault) = HierarchyFile.Read(path, variable?.Lead ?? "@");
            if (fault is not null) return No(ProtectionRefusalCode.Hierarchy, $"the hierarchy of `{name}`: {fault}", "every code is one level below the line it belongs to");
            hierarchies.Add(rows!);
        }
        if (hierarchies.Count == 0 && variable is { Levels.Length: > 1 }) hierarchies.Add(Prefixes(texts, variable.Levels, total));
        var made = hierarchies.Count > 0 ? Dimension.Of(name, hierarchies) : Dimension.Flat(name, texts.Where(t => t != total && t != Dimension.Total).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (!made.Ok) return made.Refusal;
        if (hierarchies.Count > 1) made.Value.AddDifferences();
        var codes = new int[texts.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = texts[row] == total ? 0 : made.Value.Find(texts[row]);
            if (codes[row] < 0) return No(ProtectionRefusalCode.UnknownCode, $"row {row + 1} has a code of `{name}` that its hierarchy does not have", "add the code to the hierarchy, or correct the row");
        }
        _dimensions.Add(name, made.Value);
        _codes.Add(name, codes);
        return null;
    }

    /// <summary>Levels by the first characters of a code.</summary>
    static List<(string, string?)> Prefixes(List<string> texts, int[] levels, string total)
    {
        var rows = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var code in texts.Distinct(StringComparer.Ordinal))
        {
            if (code == total) continue;
            var (parent, length) = ((string?)null, 0);
            foreach (var part in levels)
            {
                length += part;
                var prefix = code[..Math.Min(length, code.Length)];
                if (prefix == parent) break;
                rows.TryAdd(prefix, parent);
                parent = prefix;
            }
            if (parent != code) rows.TryAdd(code, parent);
        }
        return [.. rows.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, r.Value))];
    }

    PrimaryRules TheRules()
    {
        var (rules, scale) = (_spec.Rules, Scales.Length > 0 ? Scales[0] : 1);
        return new()
        {
            MinCount = rules?.MinCount ?? 0,
            Zeros = rules?.Zeros ?? false,
            PPercent = rules?.PPercent is { } p ? (p[0], p.Length > 1 ? (int)p[1] : 1) : null,
            Dominance = rules?.Dominance is { } nk ? ((int)nk[0], nk[1]) : null,
            MinContributors = rules?.MinContributors ?? 0,
            GroupShare = rules?.GroupShare,
            Interval = (long)Math.Ceiling((_spec.Protection?.Interval ?? 0) * scale),
        };
    }

    /// <summary>Cells of an unknown category are never sensitive.</summary>
    bool[]? Unknown()
    {
        if (_spec.Rules?.Missing is not { Count: > 0 } codes) return null;
        var safe = new bool[Publication.System.Cells];
        foreach (var table in Publication.Tables)
            for (var at = 0; at < table.Cells.Length; at++)
                if (table.Cells[at] >= 0 && table.CodesAt(at).Where((c, d) => codes.Contains(table.Dimensions[d].Codes[c])).Any()) safe[table.Cells[at]] = true;
        return safe;
    }

    ProtectionRefusal? Costs()
    {
        if (_spec.Protection?.Cost is not { } cost || cost is "count" or "value") return null;
        var (values, _, fault) = _data.Numbers(cost);
        if (fault is not null) return No(ProtectionRefusalCode.Value, fault, "protection.cost is count, value or a column of numbers");
        Prices = new double[Publication.System.Cells];
        foreach (var (table, spec) in Publication.Tables.Zip(_spec.Tables!))
        {
            var input = new TableInput(table.Name, table.Dimensions, [.. spec.Dimensions!.Select(d => _codes[d])]);
            int[] strides = [.. table.Dimensions.Select((_, d) => table.Dimensions.Skip(d + 1).Aggregate(1, (product, next) => product * next.Codes.Count))];
            for (var row = 0; row < _data.Rows; row++)
                foreach (var at in input.CellsOf(strides, row)) if (table.Cells[at] is >= 0 and var cell) Prices[cell] += values![row];
        }
        var middle = Math.Max(1e-9, Prices.Order().ElementAt(Prices.Length / 2));
        for (var c = 0; c < Prices.Length; c++) Prices[c] = Math.Max(0.05, Prices[c] / middle);
        return null;
    }
}
