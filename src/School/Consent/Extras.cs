using System.Globalization;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>Values of fields that a set adds to the format, sealed in the store. An import puts them there; only the set, the letter and consent let them out.</summary>
static class Extras
{
    /// <summary>Replaces what is kept of a pupil; nothing is kept of none.</summary>
    public static void Put(Transaction tx, Vault vault, long person, IReadOnlyDictionary<string, string> extras)
    {
        tx.Execute("DELETE FROM extra WHERE person = @person", new { person });
        if (extras.Count > 0) tx.Execute("INSERT INTO extra (person, extras) VALUES (@person, @extras)", new { person, extras = vault.SealJson(extras, PlaceOf(person)) });
    }

    /// <summary>What is kept, by pupil.</summary>
    public static IEnumerable<(long Person, Dictionary<string, string> Extras)> All(SchoolHome home) =>
        home.Store.Read<(long Person, byte[] Extras)>("SELECT person, extras FROM extra").Select(row => (row.Person, home.Vault.OpenJson<Dictionary<string, string>>(row.Extras, PlaceOf(row.Person))));

    static string PlaceOf(long person) => string.Create(CultureInfo.InvariantCulture, $"extra/{person}");
}
