using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>
/// The sets that came with the program, and the one in use at this school. A set that was used is kept with the home, so that it
/// can be shown later what parents were told, also when the program no longer brings that version.
/// </summary>
public static class FieldSets
{
    const string InUse = "field-set", Usual = "nco-basis/1";

    /// <summary>The sets that came with the program, by name and version.</summary>
    public static IReadOnlyDictionary<string, FieldSet> Shipped { get; } = Embedded().Select(FieldSet.Read).ToDictionary(set => set.Name);

    /// <summary>The set in use.</summary>
    public static FieldSet Current(SchoolHome home) => Of(home, InformSettings.Read(home, InUse) ?? Usual);

    /// <summary>A set by its name and version.</summary>
    /// <exception cref="ArgumentException">There is no such set.</exception>
    public static FieldSet Of(SchoolHome home, string name) =>
        home.Store.ReadOne<byte[]>("SELECT json FROM field_set WHERE name = @name", new { name }) is { } kept ? FieldSet.Read(kept)
            : Shipped.GetValueOrDefault(name) ?? throw new ArgumentException("There is no such set of fields.", nameof(name));

    /// <summary>Takes another set that came with the program into use. Parents who had a letter about another version keep what that version names.</summary>
    public static Outcome<FieldSet> Use(SchoolHome home, string name) => Shipped.TryGetValue(name, out var set) ? Use(home, set) : Refusals.NoSuchSet;

    internal static FieldSet Use(SchoolHome home, FieldSet set)
    {
        home.Store.Write(tx =>
        {
            Keep(tx, set);
            InformSettings.Write(tx, InUse, set.Name);
            Picture.ForgetPreviews(tx);
            tx.Enter(home.Entry("set-used", ("file", set.Sha256), ("set", set.Name)));
        });
        return set;
    }

    /// <summary>Keeps a set with the home.</summary>
    /// <exception cref="InvalidDataException">Another file was used under this name: a version never changes.</exception>
    internal static void Keep(Transaction tx, FieldSet set)
    {
        tx.Execute("INSERT OR IGNORE INTO field_set (name, sha256, json) VALUES (@Name, @Sha256, @Json)", new { set.Name, set.Sha256, set.Json });
        if (tx.ReadOne<string>("SELECT sha256 FROM field_set WHERE name = @Name", new { set.Name }) != set.Sha256)
            throw new InvalidDataException($"Set {set.Name} is not the file that was used before under this name. A change is a new version.");
    }

    static IEnumerable<byte[]> Embedded() => Resources.All("Sets.", ".json").Select(r => r.Content);
}

/// <summary>Files that came inside the program.</summary>
static class Resources
{
    public static IEnumerable<(string Name, byte[] Content)> All(string opening, string ending)
    {
        var assembly = typeof(Resources).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(opening, StringComparison.Ordinal) && n.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            yield return (name, content);
        }
    }
}
