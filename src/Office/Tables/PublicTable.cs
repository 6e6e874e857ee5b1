using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Office;

/// <summary>A dimension of a public table: its code, its names and the codes it can have with theirs.</summary>
sealed record TableDimension(string Code, string Nl, string En, IReadOnlyList<(string Code, string Nl, string En)> Codes);

/// <summary>What a public table is, and how its protected cells become CSV and metadata.</summary>
sealed record PublicTable(string Name, Edition Edition, string Nl, string En, IReadOnlyList<TableDimension> Dimensions, string MeanNl, string MeanEn)
{
    const string Licence = "https://creativecommons.org/licenses/by/4.0/";

    /// <summary>The code of all parts of the country together.</summary>
    public const string Total = "NL";

    /// <summary>Neighbouring parts of the country: together they are shown where one of them may not be shown by itself.</summary>
    public static IReadOnlyList<(string Code, CountryPart[] Parts)> Pairs { get; } = [.. CountryPart.All.Chunk(2).Select(pair => ($"{pair[0].Code}-{pair[1].Code[2..]}", pair))];

    public static PublicTable Scores(CohortGrowth growth) => new("scores", growth.Edition,
        $"Vaardigheidsscores naar vak, jaargroep en landsdeel, {growth.Edition}", $"Ability scores by subject, year group and part of the country, {growth.Edition}",
        [SubjectDimension, ScaleDimension(growth), new("year_group", "Jaargroep van de leerling", "The pupil's year group", [.. Enumerable.Range(3, 6).Select(Text).Select(group => (group, $"groep {group}", $"group {group}"))]), PartDimension],
        "Gemiddelde vaardigheidsscore", "Mean ability score");

    public static PublicTable Growth(CohortGrowth growth) => new("growth", growth.Edition,
        $"Leergroei in een halfjaar naar vak, stap en landsdeel, {growth.Edition}", $"Growth over half a year by subject, step and part of the country, {growth.Edition}",
        [SubjectDimension, ScaleDimension(growth), new("step", "Stap", "Step", [.. GrowthStep.All(growth.Edition, Subject.Maths).Select(step => (step.Code, step.Words(true), step.Words(false)))]), PartDimension],
        "Gemiddelde groei in punten", "Mean growth in points");

    /// <summary>The year groups that can have a score; reading comprehension has no test halfway group 3.</summary>
    public static IEnumerable<int> YearGroups(Edition edition, Subject subject) => Enumerable.Range(3, 6).Where(group => !(subject == Subject.Reading && edition.Half == HalfYear.M && group == 3));

    public static string Text(int yearGroup) => yearGroup.ToString(CultureInfo.InvariantCulture);

    /// <summary>One line a cell: the dimensions, pupils, mean, status and reason.</summary>
    public string Csv(ProtectedTable table)
    {
        var csv = new StringBuilder(string.Join(',', Dimensions.Select(dimension => dimension.Code))).Append(",pupils,mean,status,reason\n");
        foreach (var cell in table.Cells)
        {
            csv.Append(string.Join(',', cell.Codes)).Append(',');
            csv.Append(cell.Hidden is { } hidden ? $",,hidden,{table.Rule.Code(hidden)}" : string.Create(CultureInfo.InvariantCulture, $"{cell.Values[0]:F0},{Math.Round(cell.Values[1], 1) + 0.0:F1},published,")).Append('\n');
        }
        return csv.ToString();
    }

    /// <summary>What a reader or a program needs to know about the table, as JSON.</summary>
    public byte[] Metadata(ProtectedTable table)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("name", Name);
            json.WriteString("edition", Edition.ToString());
            Words(json, "title", Nl, En);
            WriteLoss(json, table);
            json.WriteStartArray("dimensions");
            foreach (var dimension in Dimensions) Write(json, dimension, table);
            json.WriteEndArray();
            WriteMeasures(json);
            WriteHidden(json, table);
            Words(json, "source", "Groeilijn: toetsresultaten van scholen die meedoen aan het cohortonderzoek", "Groeilijn: test results of schools that take part in the cohort study");
            json.WriteString("licence", Licence);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    /// <summary>What protection took: how many of the figures by part of the country stand only for two parts together, and how many not at all. In counts of figures, which the table shows anyway.</summary>
    static void WriteLoss(Utf8JsonWriter json, ProtectedTable table)
    {
        var parts = table.Cells.Where(cell => CountryPart.All.Any(part => part.Code == cell.Codes[^1])).ToList();
        bool InPair(ProtectedCell cell) => Pairs.Any(pair => pair.Parts.Any(part => part.Code == cell.Codes[^1]) && table.Find([.. cell.Codes.SkipLast(1), pair.Code]) is { Hidden: null });
        var (together, not) = (parts.Count(cell => cell.Hidden is not null && InPair(cell)), parts.Count(cell => cell.Hidden is not null && !InPair(cell)));
        Words(json, "description",
            FormattableString.Invariant($"Van de {parts.Count} cijfers per landsdeel staan er {together} alleen samen met een ander landsdeel, en {not} niet. Zo is niemand te herkennen."),
            FormattableString.Invariant($"Of the {parts.Count} figures by part of the country {together} stand only together with another part, and {not} not at all. So nobody can be recognised."));
    }

    void WriteMeasures(Utf8JsonWriter json)
    {
        json.WriteStartArray("measures");
        Measure(json, "pupils", "Leerlingen", "Pupils", 0, "aantal", "count");
        Measure(json, "mean", MeanNl, MeanEn, 1, "punten van de vaardigheidsschaal", "points of the ability scale");
        json.WriteEndArray();
    }

    static void WriteHidden(Utf8JsonWriter json, ProtectedTable table)
    {
        var counts = table.Reasons();
        json.WriteStartArray("hidden");
        foreach (var reason in Enum.GetValues<HiddenBecause>())
        {
            json.WriteStartObject();
            json.WriteString("code", table.Rule.Code(reason));
            Words(json, "label", table.Rule.Words(reason, true), table.Rule.Words(reason, false));
            json.WriteNumber("cells", counts.GetValueOrDefault(table.Rule.Code(reason)));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Only the codes that occur in the table.</summary>
    void Write(Utf8JsonWriter json, TableDimension dimension, ProtectedTable table)
    {
        var place = Dimensions.Index().First(one => one.Item == dimension).Index;
        var used = table.Cells.Select(cell => cell.Codes[place]).ToHashSet(StringComparer.Ordinal);
        json.WriteStartObject();
        json.WriteString("code", dimension.Code);
        Words(json, "label", dimension.Nl, dimension.En);
        json.WriteStartArray("codes");
        foreach (var (code, nl, en) in dimension.Codes.Where(one => used.Contains(one.Code)))
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            Words(json, "label", nl, en);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Measure(Utf8JsonWriter json, string code, string nl, string en, int decimals, string unitNl, string unitEn)
    {
        json.WriteStartObject();
        json.WriteString("code", code);
        Words(json, "label", nl, en);
        json.WriteNumber("decimals", decimals);
        Words(json, "unit", unitNl, unitEn);
        json.WriteEndObject();
    }

    static void Words(Utf8JsonWriter json, string member, string nl, string en)
    {
        json.WriteStartObject(member);
        json.WriteString("nl", nl);
        json.WriteString("en", en);
        json.WriteEndObject();
    }

    static TableDimension SubjectDimension => new("subject", "Vak", "Subject", [.. Subjects.All.Select(subject => (subject.Code(), subject.Name(true), subject.Name(false)))]);

    static TableDimension PartDimension => new("region", "Landsdeel van de school", "Part of the country of the school", [.. CountryPart.All.Select(part => (part.Code, part.Name(dutch: true), part.Name(dutch: false))), .. Pairs.Select(pair => (pair.Code, $"{pair.Parts[0].Name(true)} en {pair.Parts[1].Name(true)}", $"{pair.Parts[0].Name(false)} and {pair.Parts[1].Name(false)}")), (Total, "alle landsdelen", "all parts of the country")]);

    static TableDimension ScaleDimension(CohortGrowth growth) => new("scale", "Toetsreeks", "Test series",
        [.. Subjects.All.SelectMany(growth.Scales).Distinct().Order(StringComparer.Ordinal).Select(scale => (scale, $"reeks {scale[^1]}", $"series {scale[^1]}"))]);
}
