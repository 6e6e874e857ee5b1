using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// The configured set of fields, one version of it: a file from which the letter, the preview and the delivery are all made, so
/// that they cannot disagree. What is not in the set is not written.
/// </summary>
public sealed class FieldSet
{
    const string Format = "groeilijn-set/1";

    static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    FieldSet(SetFile file, byte[] json)
    {
        (Name, Fields, Json) = ($"{file.Name}/{file.Version}", file.Fields, json);
        (Person, Result) = ([.. Fields.Where(f => f.Part == FieldPart.Person)], [.. Fields.Where(f => f.Part == FieldPart.Result)]);
        Categories = [.. Fields.Select(f => f.Category).OfType<string>().Distinct()];
    }

    /// <summary>The name and version, as they stand in payload and manifest: <c>nco-basis/1</c>.</summary>
    public string Name { get; }

    /// <summary>Every field, in the order of the file.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>What is said of a pupil.</summary>
    public IReadOnlyList<Field> Person { get; }

    /// <summary>What a result says.</summary>
    public IReadOnlyList<Field> Result { get; }

    /// <summary>The special categories of personal data in it; each needs the parents' active consent.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The fields that the format does not have itself: they stand under <c>extra</c>.</summary>
    public IEnumerable<Field> Extra => Person.Where(f => !FieldPlaces.Person.ContainsKey(f.Name));

    /// <summary>The file.</summary>
    internal byte[] Json { get; }

    /// <summary>SHA-256 of the file.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Json));

    /// <summary>Whether the set has a field of this name.</summary>
    public bool Has(string field) => Fields.Any(f => f.Name == field);

    /// <summary>Reads a set file.</summary>
    /// <exception cref="InvalidDataException">The file breaks the schema; the message names the field and the rule.</exception>
    public static FieldSet Read(byte[] json)
    {
        SetFile file;
        try { file = JsonSerializer.Deserialize<SetFile>(json, s_strict) ?? throw Broken("it is empty"); }
        catch (JsonException fault) { throw Broken($"{fault.Path} does not fit the schema", fault); }
        if (file.Format != Format) throw Broken($"format must be {Format}");
        if (!Spelling.Set.Allows($"{file.Name}/{file.Version}")) throw Broken("name and version " + Spelling.Set.Rule);
        foreach (var field in file.Fields) CheckField(field, file);
        if (file.Fields.DistinctBy(f => f.Name).Count() != file.Fields.Count) throw Broken("each field stands in it once");
        foreach (var name in FieldPlaces.Required.Where(name => !file.Fields.Exists(f => f.Name == name))) throw Broken($"field {name} is missing: the delivery's format demands it");
        return new(file, json);
    }

    static void CheckField(Field field, SetFile file)
    {
        void Demand(bool holds, string rule) { if (!holds) throw Broken($"field {field.Name}: {rule}"); }
        var (person, result) = (FieldPlaces.Person.ContainsKey(field.Name), FieldPlaces.Result.ContainsKey(field.Name));
        Demand(field.Part == FieldPart.Result ? result : person || !result && Spelling.ExtraName.Allows(field.Name), "the delivery's format has no place for it in this part");
        Demand(field.Since >= 1 && field.Since <= file.Version, "since must be a version up to that of the file");
        Demand(field.Category is null || Spelling.Word.Allows(field.Category), "category " + Spelling.Word.Rule);
        Demand(field.Category is null || !person && !result, "a field that every pupil has cannot be of a special category");
        Demand(field.Of is null || file.Fields.Exists(f => f.Name == field.Of && f.Of is null && f.Part == field.Part && f.Category == field.Category && f.Purpose == field.Purpose), "of must name another field of the same kind");
        foreach (var words in new[] { field.Nl, field.En })
            Demand(Spelling.Line.Allows(words.Word) && Spelling.Line.Allows(words.Letter) && Spelling.Line.Allows(words.Reason), "word, letter and reason must each be one line");
    }

    static InvalidDataException Broken(string why, Exception? inner = null) => new($"The set file cannot be used: {why}.", inner);

    /// <summary>The file as it stands in JSON.</summary>
    sealed record SetFile(string Format, string Name, int Version, List<Field> Fields);
}
