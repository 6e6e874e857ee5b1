using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// What linking learned: how often one person, two of one household and strangers show each level, how many have a partner, and counts of
/// patterns of agreement. It can be kept and used again; no value of any record is in it.
/// </summary>
public sealed class LearnedModel
{
    internal LearnedModel(LinkModel model, MatchEstimate estimate) => (Model, Estimate) = (model, estimate);

    internal LinkModel Model { get; }

    internal MatchEstimate Estimate { get; }

    /// <summary>Expected partners of a record: the share of records that are in the register at all.</summary>
    public double Partners => Estimate.Parameters.Partners;

    /// <summary>The model as text. Numbers have eight digits and patterns none in a row, so that no number of a person can stand in it by chance.</summary>
    public string ToJson()
    {
        var (e, p) = (Estimate.Evidence, Estimate.Parameters);
        return JsonSerializer.Serialize(new Kept(
            Fields(Model), e.Sampled, e.Small, e.Others, p.Partners, p.HouseholdMembers, Estimate.Blocked, Estimate.Prior, Estimate.Rounds,
            [.. p.Units.Select((unit, c) => new KeptUnit(unit.Fields, unit.Household, [.. unit.Outcomes.Select((o, i) => new KeptOutcome(Spell(o), p.M[c][i], p.H[c][i], p.U[c][i]))]))],
            [.. e.Patterns.Select((pattern, i) => new KeptPattern(Spell(pattern), e.Pairs[i], Estimate.Counted[i]))],
            e.LackingSmall, e.LackingLarge, Estimate.BlockedShare, Estimate.BlockedAtHome, Estimate.Partners), LinkageJson.Options);
    }

    /// <summary>Reads what was kept; null when it is of another model or damaged.</summary>
    public static LearnedModel? Read(string json, LinkModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Kept? kept;
        try { kept = JsonSerializer.Deserialize<Kept>(json, LinkageJson.Options); }
        catch (JsonException) { return null; }
        if (kept is null || kept.Fields != Fields(model)) return null;
        var layout = new RecordLayout(model);
        var patterns = kept.Patterns.Select(p => (Pattern: Parse(p.Pattern), p.Pairs, p.Counted)).OrderBy(p => p.Pattern).ToArray();
        var evidence = new LinkageEvidence
        {
            Layout = layout,
            Sampled = kept.Sampled,
            Small = kept.Records,
            Others = kept.Others,
            Competing = true,
            Patterns = [.. patterns.Select(p => p.Pattern)],
            Pairs = [.. patterns.Select(p => p.Pairs)],
            Groups = [],
            LackingSmall = kept.LackingHere,
            LackingLarge = kept.LackingThere,
            Random = [],
            RandomPairs = 0,
        };
        var parameters = new MatchParameters
        {
            Units = [.. kept.Units.Select(u => new ComparisonUnit(u.Fields, [.. u.Outcomes.Select(o => Parse(o.Pattern))], u.Household))],
            M = [.. kept.Units.Select(u => u.Outcomes.Select(o => o.M).ToArray())],
            H = [.. kept.Units.Select(u => u.Outcomes.Select(o => o.H).ToArray())],
            U = [.. kept.Units.Select(u => u.Outcomes.Select(o => o.U).ToArray())],
            Partners = kept.Partners,
            HouseholdMembers = kept.HouseholdMembers,
            Others = kept.Others,
        };
        return new LearnedModel(model, new MatchEstimate(evidence, parameters, [.. patterns.Select(p => p.Counted)], kept.BlockedShare, kept.BlockedAtHome, kept.PartnersBy, kept.Blocked, kept.Prior, kept.Rounds));
    }

    /// <summary>The fields and rules that the numbers belong to.</summary>
    static string Fields(LinkModel model) => string.Join(' ', model.Fields.Select(f => $"{f.Name}:{f.Compare}{(f.Household ? "+" : "")}").Concat(model.Deterministic.Concat(model.Blocking).Select(rule => string.Join('+', rule))));

    /// <summary>Two octal digits a field: the parts that agree and the level.</summary>
    static string Spell(ulong pattern) => string.Join('.', Enumerable.Range(0, LinkModel.MostFields).Select(f => Convert.ToString(Agreement.Outcome(pattern, f), 8)));

    static ulong Parse(string pattern) => pattern.Split('.').Select((octal, f) => (ulong)Convert.ToInt32(octal, 8) << 6 * f).Aggregate(0UL, (all, field) => all | field);

    sealed record Kept(string Fields, int Sampled, int Records, double Others, double Partners, double HouseholdMembers, double Blocked, double Prior, int Rounds, KeptUnit[] Units, KeptPattern[] Patterns,
        IReadOnlyDictionary<int, double> LackingHere, IReadOnlyDictionary<int, double> LackingThere, IReadOnlyDictionary<int, double> BlockedShare, IReadOnlyDictionary<int, double> BlockedAtHome, IReadOnlyDictionary<int, double> PartnersBy);

    sealed record KeptUnit(int[] Fields, bool Household, KeptOutcome[] Outcomes);

    sealed record KeptOutcome(string Pattern, double M, double H, double U);

    sealed record KeptPattern(string Pattern, long Pairs, double Counted);
}

/// <summary>JSON of what linking learned: numbers with eight digits, so that nine in a row never stand in it.</summary>
static class LinkageJson
{
    internal static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new Short() } };

    sealed class Short : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToString("0.#######E0", CultureInfo.InvariantCulture));
    }
}
