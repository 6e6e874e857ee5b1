using System.Text;
using System.Text.Json.Nodes;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Sets of fields that do not exist, made from the one that does.</summary>
static class InventedSets
{
    /// <summary>The next version of the basic set, changed.</summary>
    public static FieldSet Next(Action<JsonArray> change) => FieldSet.Read(Json(file =>
    {
        file["version"] = 2;
        change(file["fields"]!.AsArray());
    }));

    public static FieldSet Without(params string[] names) => Next(fields => { foreach (var name in names) fields.Remove(fields.Single(f => (string)f!["name"]! == name)); });

    /// <summary>With how the child goes to school: ordinary data.</summary>
    public static FieldSet WithTravel() => Next(fields => fields.Add(Field("travel", null, "manier van reizen", "way of travelling")));

    /// <summary>With an allergy: a special category.</summary>
    public static FieldSet WithAllergy() => Next(fields => fields.Add(Field("allergy", "health", "allergie", "allergy")));

    public static JsonObject Field(string name, string? category, string dutch, string english) => new()
    {
        ["name"] = name,
        ["part"] = "person",
        ["purpose"] = "result",
        ["since"] = 2,
        ["category"] = category,
        ["nl"] = new JsonObject { ["word"] = dutch, ["letter"] = dutch, ["reason"] = $"Verzonnen reden voor {dutch}." },
        ["en"] = new JsonObject { ["word"] = english, ["letter"] = english, ["reason"] = $"Invented reason for {english}." },
    };

    public static byte[] Json(Action<JsonObject> change)
    {
        var file = JsonNode.Parse(FieldSets.Shipped["nco-basis/1"].Json)!.AsObject();
        change(file);
        return Encoding.UTF8.GetBytes(file.ToJsonString());
    }

    /// <summary>Gives every enrolled pupil a value, as an import would.</summary>
    public static void Fill(SchoolHome home, string field, string value) => home.Store.Write(tx =>
    {
        foreach (var person in tx.Read<long>("SELECT person FROM pupil WHERE gone = 0")) Extras.Put(tx, home.Vault, person, new Dictionary<string, string> { [field] = value });
    });
}
