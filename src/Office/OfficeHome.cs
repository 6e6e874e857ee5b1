using System.Globalization;
using System.Reflection;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Gate;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// The office's home: one folder with its store, its ledger, its keys and what passes through. Everything that the office
/// does begins by opening it. One process at a time writes in it.
/// </summary>
public sealed class OfficeHome : IDisposable
{
    const string SigningStem = "office", StoreFile = "office.db";

    static readonly Assembly[] s_scripts = [typeof(OfficeHome).Assembly, typeof(Outgoing).Assembly];

    readonly Lock _sequencing = new();

    OfficeHome(string folder, TimeProvider clock, Database database)
    {
        (Folder, Clock, Database) = (folder, clock, database);
        Key = SigningKey.Load(At("keys", "signing"), SigningStem);
        Ledger = OpenLedger();
        Invented = database.ReadOne<bool>("SELECT invented FROM home");
        Gate = new Outgoing(database, folder, clock);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The clock that dates every step.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Whether its pupils are invented, so that a machine with swap will do.</summary>
    public bool Invented { get; }

    /// <summary>The store of record.</summary>
    public Database Database { get; }

    /// <summary>With what the office signs receipts, certificates and checkpoints.</summary>
    public SigningKey Key { get; }

    /// <summary>The log of every step.</summary>
    public LedgerFolder Ledger { get; private set; }

    /// <summary>The one way out.</summary>
    public Outgoing Gate { get; }

    /// <summary>The moment, to the second.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Whether a folder is an office's home.</summary>
    public static bool Exists(string folder) => HomeStore.Exists(folder, StoreFile);

    /// <summary>Makes a new home: store, ledger, signing key (ten years) and the register's key.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="clock">The clock that dates every step.</param>
    /// <param name="invented">Whether all pupils are invented.</param>
    /// <param name="postgres">The connection to a PostgreSQL server that keeps the store; null for a SQLite file in the folder.</param>
    /// <exception cref="IOException">There is one already, or the store cannot be made.</exception>
    /// <exception cref="FormatException">The connection is not right.</exception>
    public static OfficeHome Create(string folder, TimeProvider clock, bool invented, string? postgres = null)
    {
        if (Exists(folder)) throw new IOException("This folder is an office's home already; open it, or choose another folder.");
        var address = postgres is null ? null : HomeStore.NewAddress("office", postgres);
        folder = Path.GetFullPath(folder);
        DurableFile.CreateFolder(folder);
        var now = clock.GetUtcNow();
        using (var key = SigningKey.Create("Groeilijn office", now.AddDays(-1), now.AddYears(10)))
        {
            key.Save(Path.Combine(folder, "keys", "signing"), SigningStem);
            Register.MakeKey(Path.Combine(folder, "keys", "register"));
            using var database = address is null ? OpenDatabase(folder) : Database.Open(address, s_scripts);
            database.Write(t =>
            {
                t.Execute("INSERT INTO home (\"only\", invented, created) VALUES (1, @invented, @created)", new { invented, created = Text(now) });
                t.Enter(new LedgerEntry { Time = now, Room = "office", Step = "made", Facts = [("certificate", key.Fingerprint), ("invented", invented ? 1 : 0)] }.ToJson());
            });
        }
        if (address is not null) HomeStore.Keep(folder, address);
        return Open(folder, clock);
    }

    /// <summary>Opens a home.</summary>
    /// <exception cref="IOException">The folder is no office's home.</exception>
    public static OfficeHome Open(string folder, TimeProvider clock)
    {
        if (!Exists(folder)) throw new IOException("This folder is no office's home; make one first (office init).");
        folder = Path.GetFullPath(folder);
        var database = OpenDatabase(folder);
        try { return new OfficeHome(folder, clock, database); }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A path inside the home.</summary>
    public string At(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>
    /// Writes what waits in the outbox to the ledger and signs it: after this the checkpoint holds every step taken. One writer at a time, also when the
    /// console serves and a command runs beside it: the turn is a lock on a file, and the ledger is opened anew in it.
    /// </summary>
    public Checkpoint Sequence()
    {
        lock (_sequencing)
            using (TakeTurn())
            {
                Ledger = OpenLedger();
                return LedgerOutbox.Sequence(Database, Ledger, Key);
            }
    }

    /// <summary>Reads the ledger while nobody writes in it.</summary>
    internal T ReadLedger<T>(Func<LedgerFolder, T> read)
    {
        lock (_sequencing)
            using (TakeTurn()) return read(OpenLedger());
    }

    LedgerFolder OpenLedger() => new(At("ledger"), "groeilijn/office");

    FileStream TakeTurn()
    {
        for (var tries = 0; ; tries++)
        {
            try { return new FileStream(At("ledger.turn"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException) when (tries < 300) { Thread.Sleep(100); }
        }
    }

    /// <summary>The key to which schools seal the objections that were made after sending; made at its first use, and kept as long as the cohort.</summary>
    internal RecipientKey WithdrawalKey()
    {
        var file = At("keys", "withdrawals", "withdrawals.key");
        if (!File.Exists(file))
        {
            using var made = IdentityKey.Generate();
            DurableFile.CreateFolder(Path.GetDirectoryName(file)!);
            DurableFile.WriteSecret(file, Encoding.ASCII.GetBytes($"# public key: {made.Recipient}\n{made.ToSecretText()}\n"));
        }
        if (!IdentityKey.TryParseFile(File.ReadAllText(file), out var key)) throw new InvalidDataException("The key for withdrawals in the folder keys is damaged.");
        using (key) return key.Recipient;
    }

    /// <summary>Closes the store and forgets the key.</summary>
    public void Dispose()
    {
        Database.Dispose();
        Key.Dispose();
    }

    /// <summary>A ledger entry of this moment.</summary>
    internal byte[] Entry(string room, string step, params (string, Fact)[] facts) =>
        new LedgerEntry { Time = Now, Room = room, Step = step, Facts = facts }.ToJson();

    /// <summary>A time as the store and the records spell it.</summary>
    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static Database OpenDatabase(string folder) => HomeStore.Open(folder, StoreFile, s_scripts);
}
