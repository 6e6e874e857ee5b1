using System.Globalization;
using System.Text.Json;
using Groeilijn.Statistics.Growth;
using Groeilijn.Statistics.OutputChecks;

namespace Groeilijn.Cli.Commands;

/// <summary>The files of a check: CSV by the names of its columns, and JSON declarations by what they say. What cannot be read is an output that was not checked.</summary>
static class CheckFiles
{
    const long MostBytes = 1L << 30;

    internal static IReadOnlyList<OutputTable> Read(IReadOnlyList<string> paths)
    {
        var tables = new List<OutputTable>();
        foreach (var path in paths)
        {
            if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) tables.AddRange(CheckDeclaration.Read(path));
            else tables.Add(Table(path, Path.GetFileName(path)));
        }
        // Two files of one name keep their findings apart.
        foreach (var same in tables.Select((t, i) => (t.File, At: i)).GroupBy(t => t.File).Where(g => g.Count() > 1).ToList())
            foreach (var (n, (file, at)) in same.Index().Skip(1)) tables[at] = tables[at] with { File = FormattableString.Invariant($"{file} ({n + 1})") };
        return tables;
    }

    static OutputTable Table(string path, string name)
    {
        var (columns, fault) = Columns(path);
        return columns is null ? OutputTable.Unreadable(name, fault.What, fault.Remedy) : OutputTable.Guess(name, columns);
    }

    /// <summary>All columns of a CSV file, or why they cannot be read.</summary>
    internal static (IReadOnlyList<DataColumn>? Columns, (string What, string Remedy) Fault) Columns(string path)
    {
        const string remedy = "give a CSV file in UTF-8 with one header line, and one row a cell";
        try
        {
            var length = new FileInfo(path).Length;
            if (length == 0) return (null, ("the file is empty, so nothing was checked", remedy));
            if (length > MostBytes) return (null, ("the file is too large to be a result", remedy));
            if (!IsText(path)) return (null, ("the file is no CSV, so nothing was checked", remedy));
            var names = CsvTable.Names(path);
            if (names.Any(n => double.TryParse(n, NumberStyles.Float, CultureInfo.InvariantCulture, out _))) return (null, ("the first line holds numbers, so it is no header", remedy));
            if (names.Distinct(StringComparer.Ordinal).Count() != names.Count) return (null, ("two columns have the same name", "give every column its own name in the first line"));
            var read = CsvTable.Read(path, names);
            return read.Ok ? ([.. names.Select(n => read.Value.Find(n)!)], default) : (null, (read.Refusal!.What, read.Refusal.Remedy));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return (null, ("the file cannot be read", "check that it is there and may be read"));
        }
    }

    /// <summary>No zero bytes, and not the first mark of a page, a document, a picture or a program's data.</summary>
    static bool IsText(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4096];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        return !start.Contains((byte)0) && start[0] is not ((byte)'<' or (byte)'{' or (byte)'[') && !start.StartsWith("%PDF"u8) && !start.StartsWith("PK"u8) && !start.StartsWith("\x89PNG"u8) && !start.StartsWith("PAR1"u8);
    }
}

/// <summary>A declaration: what outputs are, which columns hold what, and what their owner knows of them.</summary>
sealed record CheckDeclaration
{
    public List<OutputOf>? Outputs { get; init; }

    internal sealed record OutputOf
    {
        public string? File { get; init; }
        public string? Name { get; init; }
        public string? Kind { get; init; }
        public List<string>? Groups { get; init; }
        public JsonElement? Count { get; init; }
        public string? Base { get; init; }
        public List<string>? Values { get; init; }
        public double? Value { get; init; }
        public double? Percent { get; init; }
        public JsonElement? Df { get; init; }
        public string? Term { get; init; }
        public string? Sum { get; init; }
        public string? AtRisk { get; init; }
        public string? Events { get; init; }
        public string? Time { get; init; }
        public string? Cluster { get; init; }
        public string? EndpointCount { get; init; }
        public string? ModeCount { get; init; }
        public List<string>? FourCounts { get; init; }
        public List<string>? Largest { get; init; }
        public string? Evidence { get; init; }
        public double[]? Range { get; init; }
        public bool StructuralZeros { get; init; }
        public bool? MinimumShown { get; init; }
        public bool? MaximumShown { get; init; }
        public string? Regressors { get; init; }
        public string? Total { get; init; }
    }

    static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true, UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The outputs that a declaration names; one that was not checked when it cannot be read.</summary>
    internal static IEnumerable<OutputTable> Read(string path)
    {
        var name = Path.GetFileName(path);
        CheckDeclaration? read;
        try { read = JsonSerializer.Deserialize<CheckDeclaration>(File.ReadAllText(path), s_json); }
        catch (JsonException) { return [OutputTable.Unreadable(name, "the declaration is no JSON of the known form", "docs/METHODS.md says what a declaration holds")]; }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException) { return [OutputTable.Unreadable(name, "the file cannot be read", "check that it may be read")]; }
        if (read?.Outputs is not { Count: > 0 } outputs || outputs.Contains(null!)) return [OutputTable.Unreadable(name, "the declaration names no outputs", "give it a list `outputs`")];
        return [.. outputs.Select((o, i) => Table(o, Path.GetDirectoryName(Path.GetFullPath(path))!, o.File is { } file ? Path.GetFileName(file) : FormattableString.Invariant($"{name} output {i + 1}")))];
    }

    static OutputTable Table(OutputOf said, string folder, string name)
    {
        OutputTable Wrong(string what) => OutputTable.Unreadable(name, what, "docs/METHODS.md says what a declaration holds");
        if (said.Kind is null || Ontology.Find(said.Kind) is not { } kind) return Wrong("the kind of output is not one of the known analyses");
        if (said.Range is { } range && (range.Length != 2 || !(range[0] < range[1]))) return Wrong("a range is two numbers, the lowest value and the highest");
        if (said.Regressors is not (null or "continuous" or "dummies")) return Wrong("regressors are continuous or dummies");
        if (said.Percent is <= 0 or >= 100) return Wrong("percent is between 0 and 100");
        if (new[] { said.Count, said.Df }.Any(given => given is { ValueKind: not (JsonValueKind.Number or JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Null) })) return Wrong("count and df are columns or numbers");
        OutputTable table;
        if (said.File is null)
        {
            if (said.Value is not { } value) return Wrong("an output without a file needs a value");
            table = new() { File = name, Rows = 1, Columns = [new(DataColumn.OfNumbers("value", [value]), ValueRole(kind, said.Kind), "value") { Percent = Percent(said) }] };
        }
        else
        {
            var path = Path.Combine(folder, said.File);
            if (!File.Exists(path)) return Wrong("the file that the declaration names is not there");
            var (columns, fault) = CheckFiles.Columns(path);
            if (columns is null) return OutputTable.Unreadable(name, fault.What, fault.Remedy);
            table = OutputTable.Guess(name, columns);
        }
        if (said.Evidence is { } evidence)
        {
            var path = Path.Combine(folder, evidence);
            if (!File.Exists(path)) return Wrong("the file of evidence is not there");
            var (columns, fault) = CheckFiles.Columns(path);
            if (columns is null) return Wrong("the file of evidence cannot be read: " + fault.What);
            var beside = OutputTable.Guess(name, columns);
            if (beside.Rows != table.Rows) return Wrong("the file of evidence has another number of rows than the output");
            foreach (var shared in beside.Columns)
                if (shared.Role == Role.Group && table.Columns.FirstOrDefault(c => c.Data.Name == shared.Data.Name) is { } own && Enumerable.Range(0, table.Rows).Any(r => Text(own.Data, r) != Text(shared.Data, r))) return Wrong("the rows of the evidence are not those of the output, in the same order");
            table = table with { Columns = [.. table.Columns, .. beside.Columns.Where(c => table.Columns.All(t => t.Data.Name != c.Data.Name)).Select(c => c with { IsEvidence = true })] };
        }
        var roles = Roles(said, kind);
        if (roles.Any(r => table.Columns.All(c => c.Data.Name != r.Column))) return Wrong("a column that the declaration names is not there");
        if (roles.GroupBy(r => r.Column).Any(g => g.Count() > 1)) return Wrong("a column is declared twice");
        return table with
        {
            Columns = [.. table.Columns.Select(c => roles.Find(r => r.Column == c.Data.Name) is { Column: not null } told ? c with { Role = told.Role, Label = c.Data.Name, Percent = told.Role == Role.Percentile ? Percent(said) ?? c.Percent : c.Percent } : c), .. Constants(said, table)],
            Kind = kind,
            Range = said.Range is { } ends ? (ends[0], ends[1]) : null,
            StructuralZeros = said.StructuralZeros,
            EndsShown = said.MinimumShown == true || said.MaximumShown == true ? true : said.MinimumShown == false && said.MaximumShown == false ? false : null,
            Continuous = said.Regressors switch { "continuous" => true, "dummies" => false, _ => null },
            Total = said.Total,
        };
    }

    static string Text(DataColumn column, int row) => column.Codes is { } codes ? codes[row] < 0 ? "" : column.Levels![codes[row]] : column.Numbers![row].ToString(CultureInfo.InvariantCulture);

    static double? Percent(OutputOf said) => said.Percent ?? (said.Kind!.ToUpperInvariant() switch { "MEDIAN" => 50, "QUARTILES" or "INTERQUARTILERANGE" or "BOXPLOT" => 25, _ => null });

    /// <summary>Counts and degrees of freedom that are the same for all rows.</summary>
    static IEnumerable<OutputColumn> Constants(OutputOf said, OutputTable table)
    {
        foreach (var (given, role, label) in new[] { (said.Count, Role.Count, "declared count"), (said.Df, Role.Df, "declared df") })
            if (given is { ValueKind: JsonValueKind.Number } number) yield return new(DataColumn.OfNumbers(label, [.. Enumerable.Repeat(number.GetDouble(), table.Rows)]), role, label) { IsEvidence = true };
    }

    static List<(string Column, Role Role)> Roles(OutputOf said, Statbarn kind)
    {
        var roles = new List<(string, Role)>();
        Add(Role.Group, said.Groups);
        foreach (var (given, role) in new[] { (said.Count, Role.Count), (said.Df, Role.Df) })
        {
            if (given is { ValueKind: JsonValueKind.String } one) roles.Add((one.GetString()!, role));
            if (given is { ValueKind: JsonValueKind.Array } several) roles.AddRange(several.EnumerateArray().Select(e => (e.ToString(), role)));
        }
        Add(ValueRole(kind, said.Kind!), said.Values);
        foreach (var (column, role) in new[] { (said.Base, Role.Base), (said.Term, Role.Term), (said.Sum, Role.Sum), (said.AtRisk, Role.AtRisk), (said.Events, Role.Events), (said.Time, Role.Time), (said.Cluster, Role.Cluster), (said.EndpointCount, Role.EndpointCount), (said.ModeCount, Role.ModeCount) })
            if (column is not null) roles.Add((column, role));
        Add(Role.FourCounts, said.FourCounts);
        Add(Role.Largest, said.Largest);
        return roles;

        void Add(Role role, List<string>? columns) => roles.AddRange((columns ?? []).Select(c => (c, role)));
    }

    /// <summary>What the values of a kind are; a kernel density tells no count that a rule could check.</summary>
    static Role ValueRole(Statbarn kind, string name) => name.ToUpperInvariant() is "KERNELESTIMATES" or "SMOOTHEDHISTOGRAM" ? Role.Unknown : kind switch
    {
        Statbarn.Frequencies => Role.Percentage,
        Statbarn.LinearAggregations => name.Equals("Sum", StringComparison.OrdinalIgnoreCase) ? Role.Sum : Role.Mean,
        Statbarn.Position => Role.Percentile,
        Statbarn.Endpoints => Role.Endpoint,
        Statbarn.Mode => Role.Mode,
        Statbarn.Shape => Role.Shape,
        Statbarn.CorrelationCoefficients => Role.Coefficient,
        Statbarn.StatisticalHypothesisTests => Role.Test,
        Statbarn.CalculatedRatios => Role.Ratio,
        Statbarn.HazardSurvivalTables => Role.Survival,
        Statbarn.NonLinearConcentrationRatios => Role.Concentration,
        Statbarn.GiniCoefficient => Role.Gini,
        Statbarn.Clusters => Role.Mean,
        Statbarn.UnitValues => Role.UnitValue,
        _ => Role.Unknown,
    };
}
