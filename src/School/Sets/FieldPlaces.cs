using System.Globalization;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// The fields that the payload's format has itself, by name: how a pupil is written under a set, and how each is read back.
/// A field that may not go along is not written, whatever the store holds.
/// </summary>
static class FieldPlaces
{
    public static readonly IReadOnlyDictionary<string, Func<DeliveredPerson, string?>> Person = new Dictionary<string, Func<DeliveredPerson, string?>>
    {
        ["bsn"] = p => p.Bsn,
        ["onderwijsnummer"] = p => p.Onderwijsnummer,
        ["sex"] = p => p.Sex,
        ["born"] = p => p.Born,
        ["postcode"] = p => p.Postcode,
        ["house"] = p => p.House?.ToString(CultureInfo.InvariantCulture),
        ["letter"] = p => p.Letter,
        ["addition"] = p => p.Addition,
    };

    public static readonly IReadOnlyDictionary<string, Func<DeliveredResult, string>> Result = new Dictionary<string, Func<DeliveredResult, string>>
    {
        ["subject"] = r => r.Subject,
        ["taken"] = r => Rows.Day(r.Taken),
        ["moment"] = r => r.Moment,
        ["group"] = r => r.Group.ToString(CultureInfo.InvariantCulture),
        ["scale"] = r => r.Scale,
        ["score"] = r => (r.Score / 10m).ToString("0.0", CultureInfo.InvariantCulture),
    };

    /// <summary>What no delivery can be without.</summary>
    public static IEnumerable<string> Required => ["sex", "born", .. Result.Keys];

    /// <summary>The line of a pupil: what the store holds of the fields that may go along, and of no other.</summary>
    public static DeliveredPupil Write(EnrolledPupil pupil, IReadOnlyCollection<Field> may, IReadOnlyList<DeliveredResult> results)
    {
        var names = may.Select(f => f.Name).ToHashSet();
        T? If<T>(string name, T? value) => names.Contains(name) ? value : default;
        return new()
        {
            Person = new()
            {
                Bsn = If("bsn", pupil.NumberKind == "bsn" ? pupil.Number : null),
                Onderwijsnummer = If("onderwijsnummer", pupil.NumberKind == "onderwijsnummer" ? pupil.Number : null),
                Sex = pupil.Sex,
                Born = pupil.Born!,
                Postcode = If("postcode", pupil.Postcode),
                House = If("house", pupil.House),
                Letter = If("letter", pupil.Letter),
                Addition = If("addition", pupil.Addition),
            },
            Extra = [.. pupil.Extras.Where(e => names.Contains(e.Key) && Spelling.ExtraName.Allows(e.Key)).Select(e => (e.Key, Fact.From(e.Value)))],
            Results = results,
        };
    }

    /// <summary>The value of a field in a pupil's line; null when the line has none.</summary>
    public static string? Read(DeliveredPupil pupil, string field)
    {
        if (Person.TryGetValue(field, out var read)) return read(pupil.Person);
        var extra = pupil.Extra.FirstOrDefault(e => e.Name == field);
        return extra.Name is null ? null : extra.Value.Text ?? extra.Value.Number!.Value.ToString(CultureInfo.InvariantCulture);
    }
}
