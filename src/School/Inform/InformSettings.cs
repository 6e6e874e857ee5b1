using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>What the school set once for its letters; nothing of a pupil.</summary>
static class InformSettings
{
    public static string? Read(SchoolHome home, string name) => home.Store.ReadOne<string>("SELECT value FROM inform_setting WHERE name = @name", new { name });

    public static void Write(Transaction tx, string name, string value) => tx.Execute("INSERT OR REPLACE INTO inform_setting (name, value) VALUES (@name, @value)", new { name, value });
}
