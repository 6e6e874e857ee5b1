using Groeilijn.Delivery;
using Groeilijn.Gate;
using Groeilijn.Storage;

namespace Groeilijn.Research;

/// <summary>
/// The research desk's home: its memory of what left, its own ledger with its own key, and its own gate. It holds no project file; those
/// lie where the office put them.
/// </summary>
public sealed class ResearchHome : IDisposable
{
    const string SigningStem = "research", StoreFile = "research.db";

    ResearchHome(string folder, Database database, SigningKey key, TimeProvider clock)
    {
        (Folder, Database, Key, Clock) = (folder, database, key, clock);
        Ledger = new LedgerFolder(Path.Combine(folder, "ledger"), "groeilijn/research");
        Gate = new Outgoing(database, folder, clock);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The log of every release.</summary>
    public LedgerFolder Ledger { get; }

    /// <summary>The one way out.</summary>
    public Outgoing Gate { get; }

    internal Database Database { get; }

    internal TimeProvider Clock { get; }

    SigningKey Key { get; }

    /// <summary>Opens the home, and makes it (store, ledger, key for ten years) when it is not there.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="clock">The clock that dates every release.</param>
    /// <param name="postgres">For a new home: the connection to a PostgreSQL server that keeps the store; null for a SQLite file in the folder.</param>
    public static ResearchHome Open(string folder, TimeProvider clock, string? postgres = null)
    {
        folder = Path.GetFullPath(folder);
        DurableFile.CreateFolder(folder);
        var keys = Path.Combine(folder, "keys");
        if (!File.Exists(Path.Combine(keys, SigningStem + ".cert.pem")))
        {
            var now = clock.GetUtcNow();
            using var made = SigningKey.Create("Groeilijn research desk", now.AddDays(-1), now.AddYears(10));
            made.Save(keys, SigningStem);
        }
        var key = SigningKey.Load(keys, SigningStem);
        if (postgres is not null && !HomeStore.Exists(folder, StoreFile)) HomeStore.Keep(folder, HomeStore.NewAddress("research", postgres));
        var database = HomeStore.Open(folder, StoreFile, typeof(ResearchHome).Assembly, typeof(Outgoing).Assembly);
        try { return new ResearchHome(folder, database, key, clock); }
        catch
        {
            database.Dispose();
            key.Dispose();
            throw;
        }
    }

    /// <summary>Writes what waits in the outbox to the ledger and signs it.</summary>
    public Checkpoint Sequence() => LedgerOutbox.Sequence(Database, Ledger, Key);

    /// <summary>Closes the store and forgets the key.</summary>
    public void Dispose()
    {
        Database.Dispose();
        Key.Dispose();
    }
}
