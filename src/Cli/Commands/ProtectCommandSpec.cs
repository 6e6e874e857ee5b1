using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groeilijn.Cli.Commands;

/// <summary>SPEC.json: what is to be published, under which rules.</summary>
sealed record ProtectSpec
{
    public DataOf? Data { get; init; }
    public string? Unit { get; init; }
    public string? Holding { get; init; }
    public string? Weight { get; init; }
    public string? Count { get; init; }
    public List<TableOf>? Tables { get; init; }
    public Dictionary<string, JsonElement>? Hierarchies { get; init; }
    public RulesOf? Rules { get; init; }
    public MethodOf? Protection { get; init; }

    public sealed record DataOf(string? File, string? Format, string? Meta);

    public sealed record TableOf(string? Name, List<string>? Dimensions, string? Response);

    public sealed record RulesOf(int? MinCount, double[]? PPercent, double[]? Dominance, int? MinContributors, bool? Zeros, List<string>? Missing, double? GroupShare);

    public sealed record MethodOf(string? Method, string? Cost, decimal? Interval, int? Base);

    static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a specification, or says what is wrong with it.</summary>
    internal static (ProtectSpec? Spec, string? Fault) Read(string path)
    {
        ProtectSpec? spec;
        try { spec = JsonSerializer.Deserialize<ProtectSpec>(File.ReadAllText(path), s_json); }
        catch (JsonException wrong) { return (null, $"the specification is no JSON of the known form, at {wrong.Path ?? "its start"}, line {wrong.LineNumber + 1}"); }
        if (spec?.Data?.File is null) return (null, "the specification has no data.file");
        if (spec.Data.Format is not (null or "csv" or "argus" or "jj")) return (null, "data.format is csv, argus or jj");
        if (spec.Data.Format == "argus" && spec.Data.Meta is null) return (null, "data.format argus needs data.meta, the .rda file");
        if (spec.Data.Format == "jj") return (spec, spec.Protection?.Method is null or "exact" ? null : "a jj file is protected by the method exact");
        if (spec.Tables is not { Count: > 0 }) return (null, "the specification has no tables");
        foreach (var table in spec.Tables)
        {
            if (string.IsNullOrEmpty(table.Name) || table.Name.AsSpan().IndexOfAny("/\\:*?\"<>|") >= 0 || table.Name.StartsWith('.')) return (null, "every table has a name that can be a file's name");
            if (table.Dimensions is not { Count: > 0 } || table.Dimensions.Distinct().Count() != table.Dimensions.Count) return (null, $"table `{table.Name}` needs dimensions, each once");
        }
        if (spec.Tables.Select(t => t.Name!.ToUpperInvariant()).Distinct().Count() != spec.Tables.Count) return (null, "two tables have the same name");
        if (spec.Rules?.PPercent is { } p && (p.Length is < 1 or > 2 || !(p[0] > 0) || p.Length == 2 && (p[1] < 1 || p[1] > 10))) return (null, "rules.pPercent is [p, n]: a percentage above 0 and a number of intruders from 1 to 10");
        if (spec.Rules?.Dominance is { } nk && (nk.Length != 2 || nk[0] < 1 || nk[0] > 10 || !(nk[1] > 0) || nk[1] > 100)) return (null, "rules.dominance is [n, k]: n from 1 to 10, k a percentage");
        if (spec.Rules is { MinCount: < 0 } or { MinContributors: < 0 } or { GroupShare: <= 0.5 or > 1 }) return (null, "a rule has a number it cannot have");
        if (spec.Protection?.Interval < 0) return (null, "protection.interval is zero or more");
        return spec.Protection?.Method switch
        {
            null or "exact" or "optimal" or "round" => (spec, null),
            "cellkey" => (null, "the method cellkey is not offered: its tables do not add up, and the same cell can be asked for in many ways; use exact or round"),
            _ => (null, "protection.method is exact, optimal or round"),
        };
    }

    /// <summary>The hierarchy files of a dimension.</summary>
    internal IReadOnlyList<string> HierarchiesOf(string dimension)
    {
        if (Hierarchies is null || !Hierarchies.TryGetValue(dimension, out var value)) return [];
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
            _ => [],
        };
    }
}
