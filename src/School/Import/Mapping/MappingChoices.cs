using System.Text.Json;
using System.Text.Json.Serialization;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>What one column holds, as the school said it.</summary>
public sealed record ColumnChoice
{
    /// <summary>The column's name made alike; a second column of one name has <c>#2</c> behind it.</summary>
    public string Column { get; init; } = "";

    /// <summary>What it holds.</summary>
    public TableField Field { get; init; }

    /// <summary>How days are written in it; must be said for a column of days.</summary>
    public DateOrder? Dates { get; init; }

    /// <summary>How sex is written in it; must be said for a column of sex.</summary>
    public SexWriting? Sex { get; init; }

    /// <summary>For a score or test day of one test, in a table with a column for each test: its subject (<c>reading</c>, <c>spelling</c>, <c>maths</c>).</summary>
    public string? Subject { get; init; }

    /// <summary>Its series (<c>lvs-2</c>, <c>lvs-3</c>).</summary>
    public string? Series { get; init; }

    /// <summary>Its moment (<c>M3</c> to <c>E8</c>).</summary>
    public string? Moment { get; init; }

    /// <summary>For a score without a column of its day: the day this year's test was taken. Holds for that school year alone.</summary>
    public DateOnly? Day { get; init; }

    internal TestWords Test => new(Subjects.TryRead(Subject, out var subject) ? subject : null, TestScale.Series.FirstOrDefault(s => s == Series), TestMoment.Parse(Moment).OrNull, false);

    internal bool IsOfOneTest => Subject is not null || Series is not null || Moment is not null;
}

/// <summary>Which test a name in the table means, as the school said it.</summary>
public sealed record TestChoice
{
    /// <summary>The name as the table has it, made alike.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its subject; null when the name says it.</summary>
    public string? Subject { get; init; }

    /// <summary>Its series.</summary>
    public string? Series { get; init; }

    /// <summary>Its moment; null when the name or a column says it.</summary>
    public string? Moment { get; init; }

    /// <summary>It is a test that is not needed.</summary>
    public bool NotUsed { get; init; }

    internal TestWords Test => new(Subjects.TryRead(Subject, out var subject) ? subject : null, TestScale.Series.FirstOrDefault(s => s == Series), TestMoment.Parse(Moment).OrNull, NotUsed);
}

/// <summary>All that a school says of a table once, to be remembered for every next file of that system. It holds no value of a pupil.</summary>
public sealed record MappingChoices
{
    /// <summary>What each column holds; a column that is not named is not used.</summary>
    public IReadOnlyList<ColumnChoice> Columns { get; init; } = [];

    /// <summary>Names of tests that do not say by themselves which test is meant.</summary>
    public IReadOnlyList<TestChoice> Tests { get; init; } = [];

    /// <summary>The decimal sign, comma or point.</summary>
    public string Decimal { get; init; } = ",";

    /// <summary>Whether pupils are taken from this table.</summary>
    public bool Pupils { get; init; }

    internal ColumnChoice? Of(TableField field) => Columns.FirstOrDefault(c => c.Field == field && !c.IsOfOneTest);

    internal bool Has(TableField field) => Of(field) is not null;

    /// <summary>Whether the table says whose its rows are.</summary>
    internal bool NamesPupils => Has(TableField.Key) || Has(TableField.EckId) || Has(TableField.Number) || NamesByNameAndDay;

    internal bool NamesByNameAndDay => Has(TableField.Born) && (Has(TableField.FullName) || Has(TableField.FirstName) && Has(TableField.LastName));

    internal bool HasResults => Columns.Any(c => c.Field == TableField.Score);

    internal bool HasAddresses => Has(TableField.HouseNumber) || Has(TableField.Address) || Has(TableField.Postcode);
}

/// <summary>The JSON in which a mapping is written to a file, edited, and given back; fields by their codes, the rest in kebab-case.</summary>
public static class MappingJson
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 8,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FieldConverter(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>A proposal as a file to edit: in each column "field" may be changed; "why", "shape" and "sure" only tell.</summary>
    public static byte[] Write(MappingProposal proposal, string language) => JsonSerializer.SerializeToUtf8Bytes(MappingFile.Of(proposal, language), Options);

    /// <summary>Reads a file that <see cref="Write"/> made, as it was edited; null when it is none.</summary>
    public static MappingFile? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<MappingFile>(json.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? json[3..] : json, Options) is { Columns: not null, Tests: not null } file && file.Columns.All(c => c is not null) && file.Tests.All(t => t is not null) ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    sealed class FieldConverter : JsonConverter<TableField>
    {
        public override TableField Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && ColumnNames.TryFind(reader.GetString(), out var field) ? field : throw new JsonException("This is no field of a table.");

        public override void Write(Utf8JsonWriter writer, TableField value, JsonSerializerOptions options) => writer.WriteStringValue(ColumnNames.Of(value).Code);
    }
}

/// <summary>The file in which a school edits a mapping outside the program.</summary>
public sealed record MappingFile
{
    /// <summary>Which table it is for.</summary>
    public string Signature { get; init; } = "";

    /// <summary>The name of the system, for the school itself.</summary>
    public string System { get; init; } = "";

    /// <summary>How the file is written; only tells.</summary>
    public string Written { get; init; } = "";

    /// <summary>The decimal sign.</summary>
    public string Decimal { get; init; } = ",";

    /// <summary>Whether pupils are taken from this table.</summary>
    public bool Pupils { get; init; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>The names of tests to place.</summary>
    public IReadOnlyList<TestChoice> Tests { get; init; } = [];

    /// <summary>The codes that "field" can have, each with its meaning; only tells.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    /// <summary>The choices in it.</summary>
    public MappingChoices ToChoices() => new() { Columns = [.. Columns.Select(c => c.ToChoice())], Tests = Tests, Decimal = Decimal, Pupils = Pupils };

    internal static MappingFile Of(MappingProposal proposal, string language) => new()
    {
        Signature = proposal.Signature,
        System = proposal.System,
        Written = proposal.Written.In(language),
        Decimal = proposal.Choices.Decimal,
        Pupils = proposal.Choices.Pupils,
        Columns = [.. proposal.Columns.Select(c => Column.Of(c, language))],
        Tests = [.. proposal.Tests.Select(t => t.Choice)],
        Fields = ColumnNames.All.ToDictionary(w => w.Code, w => w.Words.In(language)),
    };

    /// <summary>A column with what the program thought of it.</summary>
    public sealed record Column
    {
        /// <summary>The name made alike, by which it is known.</summary>
        [JsonPropertyName("column")]
        public string Key { get; init; } = "";

        /// <summary>What it holds.</summary>
        public TableField Field { get; init; }

        /// <summary>The order of its days.</summary>
        public DateOrder? Dates { get; init; }

        /// <summary>Its writing of sex.</summary>
        public SexWriting? Sex { get; init; }

        /// <summary>The subject, for a column of one test.</summary>
        public string? Subject { get; init; }

        /// <summary>The series, for a column of one test.</summary>
        public string? Series { get; init; }

        /// <summary>The moment, for a column of one test.</summary>
        public string? Moment { get; init; }

        /// <summary>The day of the test, for a column of one test without days.</summary>
        public DateOnly? Day { get; init; }

        /// <summary>How sure the program is; only tells.</summary>
        public string Sure { get; init; } = "";

        /// <summary>Why; only tells.</summary>
        public string Why { get; init; } = "";

        /// <summary>What the column looks like; only tells.</summary>
        public string Shape { get; init; } = "";

        internal ColumnChoice ToChoice() => new() { Column = Key ?? "", Field = Field, Dates = Dates, Sex = Sex, Subject = Subject, Series = Series, Moment = Moment, Day = Day };

        internal static Column Of(ProposedColumn c, string language) => new()
        {
            Key = c.Choice.Column,
            Field = c.Choice.Field,
            Dates = c.Choice.Dates,
            Sex = c.Choice.Sex,
            Subject = c.Choice.Subject,
            Series = c.Choice.Series,
            Moment = c.Choice.Moment,
            Day = c.Choice.Day,
            Sure = Sureties.WordsOf(c.Sure).In(language),
            Why = c.Why.In(language),
            Shape = c.Shape.In(language),
        };
    }
}
