using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Cli.Commands;

/// <summary>The model as a file: MODEL.json, or a proposal made from the columns that both files have.</summary>
sealed partial record LinkModelFile(LinkModelFile.Side? Left, LinkModelFile.Side? Right, IReadOnlyList<LinkModelFile.Field>? Fields, IReadOnlyList<string>? Household, IReadOnlyList<string[]>? Deterministic, IReadOnlyList<string[]>? Blocking, bool OneToOne = true, double? Threshold = null)
{
    internal sealed record Side(string? Id);

    internal sealed record Field(string? Name, string? Left, string? Right, string? Compare, bool TermFrequency = false);

    static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly Dictionary<string, Comparison> s_compare = Enum.GetValues<Comparison>().ToDictionary(c => c.ToString().ToLowerInvariant());

    /// <summary>Reads a model; the fault says what is wrong with it.</summary>
    internal static (LinkModelFile? Model, string? Fault) Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LinkModelFile>(File.ReadAllBytes(path), s_json) is { } model ? (model, null) : (null, "the model is empty");
        }
        catch (JsonException wrong)
        {
            return (null, $"the model is no JSON of a model, line {wrong.LineNumber + 1}");
        }
    }

    internal string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>The model of the kernel; the fault names what does not fit.</summary>
    internal (LinkModel? Model, string? Fault) ToModel(LinkTable left, LinkTable? right)
    {
        if (Fields is not { Count: > 0 }) return (null, "the model has no fields");
        var fields = new List<LinkField>();
        foreach (var field in Fields)
        {
            if (field.Name is not { Length: > 0 } name || field.Compare is null || !s_compare.TryGetValue(field.Compare.ToLowerInvariant(), out var compare))
                return (null, "each field has a name, a column and compare: " + string.Join(", ", s_compare.Keys));
            if (Column(left, field.Left ?? name) < 0) return (null, $"field '{name}': the first file has no such column");
            if (right is not null && Column(right, field.Right ?? field.Left ?? name) < 0) return (null, $"field '{name}': the second file has no such column");
            fields.Add(new LinkField(name, compare, Household?.Contains(name) == true, field.TermFrequency));
        }
        if (Household?.FirstOrDefault(h => fields.All(f => f.Name != h)) is { } stray) return (null, $"household names '{stray}', which is no field");
        var model = new LinkModel(fields, Deterministic ?? [], Blocking ?? [], OneToOne, Threshold ?? 0.5, Threshold is null ? LinkModel.FewFalse : 1);
        return model.Fault() is { } fault ? (null, fault) : (model, null);
    }

    internal static int Column(LinkTable table, string name) => Array.FindIndex(table.Columns, c => string.Equals(c, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// A model from the columns that both files have: what each holds is guessed from its name and its first rows. Good enough to begin with; the person who
    /// knows the files corrects it.
    /// </summary>
    internal static (LinkModelFile? Model, string? Fault) Propose(string leftPath, string? rightPath)
    {
        var (left, right) = (Look(leftPath), rightPath is null ? null : Look(rightPath));
        // A number of the person may look like an identifier too; the first column that does is the row's.
        var (fields, id, otherId) = (new List<Field>(), left.FirstOrDefault(c => c.IsId)?.Name, right?.FirstOrDefault(c => c.IsId)?.Name);
        foreach (var column in left)
        {
            var other = right?.FirstOrDefault(c => string.Equals(c.Name, column.Name, StringComparison.OrdinalIgnoreCase));
            if ((right is not null && other is null) || column.Name == id || column.Filled == 0 || NoEvidence().IsMatch(column.Name) || fields.Count == LinkModel.MostFields) continue;
            fields.Add(new Field(FieldName().Replace(column.Name.ToLowerInvariant(), "_"), column.Name, right is null ? null : other!.Name, column.Guess(), column.Guess() == "name"));
        }
        if (fields.Count == 0) return (null, "the two files have no column in common that tells people apart");
        // A surname by itself does not make a household.
        var housed = fields.Any(f => f.Compare is "postcode" or "housenumber");
        var household = fields.Where(f => housed && (f.Compare is "postcode" or "housenumber" || Surname().IsMatch(f.Name!))).Select(f => f.Name!).ToArray();
        var (sure, rules) = Rules(fields, left.Where(c => c.Telling).Select(c => c.Name).ToHashSet());
        return (new LinkModelFile(new Side(id), right is null ? null : new Side(otherId), fields, household, sure, rules, right is not null), null);
    }

    /// <summary>Pairs of strong fields, and a strong field with part of another.</summary>
    static (string[][] Deterministic, string[][] Blocking) Rules(List<Field> fields, HashSet<string> telling)
    {
        string[] Of(params string[] kinds) => [.. fields.Where(f => kinds.Contains(f.Compare)).Select(f => f.Name!)];
        var (numbers, dates, names, postcodes, houses, rest) = (Of("number", "digits"), Of("date"), Of("name"), Of("postcode"), Of("housenumber"), Of("exact"));
        var rules = new List<string[]>();
        rules.AddRange(fields.Where(f => f.Compare is "number" or "digits" || (f.Compare == "exact" && telling.Contains(f.Left!))).Select(f => new[] { f.Name! }));
        foreach (var date in dates)
        {
            rules.AddRange(names.Take(3).Select(n => new[] { date + ".year", n }));
            rules.AddRange(postcodes.Take(1).Select(p => new[] { date, p + ".2" }));
            rules.AddRange(rest.Take(names.Length == 0 ? 1 : 0).Select(r => new[] { date, r }));
            // Without a number and without names, a slip in the date and one in the address must not hide a person.
            if (names.Length == 0)
                rules.AddRange(postcodes.Take(1).SelectMany(p => new string[][] { [date + ".year", date + ".month", p + ".4"], [date + ".year", date + ".day", p + ".4"], [date + ".month", date + ".day", p + ".4"], [p, date + ".year", .. rest.Take(1)] }));
            if (names.Length == 0) rules.AddRange(houses.Take(1).Select(h => new[] { date + ".month", date + ".day", h }));
            if (names.Length > 0) rules.Add([date]);
            // Nor a slip in the number and one in the date.
            else rules.AddRange(numbers.Take(1).SelectMany(n => postcodes.Take(1).Concat(houses.Take(1)).Append(date + ".year").Select(other => new[] { n + ".3", other })));
        }
        rules.AddRange(from p in postcodes.Take(1) from h in houses.Take(1) select new[] { p, h });
        rules.AddRange(from n in names.Take(3) from m in names.Take(3) where string.CompareOrdinal(n, m) < 0 select new[] { n, m });
        rules.AddRange(from p in postcodes.Take(1) from n in names.Take(2) select new[] { p, n });
        if (rules.Count == 0) rules.AddRange(fields.Select(f => new[] { f.Name! }));
        var sure = (from n in numbers.Take(1) from d in dates.Take(1) select new[] { n, d }).ToArray();
        return (sure, [.. rules.Take(LinkModel.MostRules - sure.Length)]);
    }

    /// <summary>What the first rows of a column hold.</summary>
    sealed record Sight(string Name, int Filled, int Distinct, double Digits, double Dates, double Postcodes, bool First)
    {
        internal bool IsId => First && Distinct == Filled && IdName().IsMatch(Name);

        /// <summary>Whether a value is shared by a few records only.</summary>
        internal bool Telling => Distinct > Filled / 5;

        internal string Guess() => Dates > 0.9 && Digits < 0.999 || (Dates > 0.9 && DateName().IsMatch(Name)) ? "date"
            : Postcodes > 0.9 || PostcodeName().IsMatch(Name) ? "postcode"
            : HouseName().IsMatch(Name) ? "housenumber"
            : Digits > 0.95 && Telling ? "number"
            : Distinct <= Math.Min(30, Filled / 4 + 1) || Name.Contains("mail", StringComparison.OrdinalIgnoreCase) ? "exact" : "name";
    }

    static List<Sight> Look(string path)
    {
        using var table = LinkTable.Open(path);
        var cells = table.Columns.Select(_ => new List<string>()).ToArray();
        for (var row = 0; row < 5000 && table.Next(); row++) for (var c = 0; c < cells.Length; c++) if (Encoding.UTF8.GetString(table.Row[table.Cells[c]]).Trim() is { Length: > 0 } text) cells[c].Add(text);
        return [.. table.Columns.Select((name, c) => new Sight(name, cells[c].Count, cells[c].Distinct().Count(), Share(cells[c], t => t.All(char.IsAsciiDigit) && t.Length >= 6), Share(cells[c], DateShape().IsMatch), Share(cells[c], DutchPostcode().IsMatch), c <= 1))];
    }

    static double Share(List<string> cells, Func<string, bool> holds) => cells.Count == 0 ? 0 : (double)cells.Count(holds) / cells.Count;

    [GeneratedRegex(@"^((unique_?|rec(ord)?_?|person_?)?id|.*_id|key|nr|sleutel)$", RegexOptions.IgnoreCase)]
    private static partial Regex IdName();

    [GeneratedRegex(@"^(cluster|label|truth|match|weight|source_dataset)", RegexOptions.IgnoreCase)]
    private static partial Regex NoEvidence();

    [GeneratedRegex(@"birth|dob|geboorte|datum|date", RegexOptions.IgnoreCase)]
    private static partial Regex DateName();

    [GeneratedRegex(@"postcode|postal|zip", RegexOptions.IgnoreCase)]
    private static partial Regex PostcodeName();

    [GeneratedRegex(@"house|huis|street_?n", RegexOptions.IgnoreCase)]
    private static partial Regex HouseName();

    [GeneratedRegex(@"surname|last|family|achternaam", RegexOptions.IgnoreCase)]
    private static partial Regex Surname();

    [GeneratedRegex(@"^(\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|(19|20)\d{6})")]
    private static partial Regex DateShape();

    [GeneratedRegex(@"^\d{4} ?[A-Za-z]{2}$")]
    private static partial Regex DutchPostcode();

    [GeneratedRegex(@"[^a-z0-9_]+")]
    private static partial Regex FieldName();
}
