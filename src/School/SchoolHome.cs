using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>Which school this is.</summary>
public sealed record SchoolProfile(SchoolLocation Location, string Name);

/// <summary>
/// A school's home on the school's own computer: the database, the keys and the folders of what was made.
/// Everything of the school's program works on a home; the clock is passed in.
/// </summary>
public sealed class SchoolHome : IDisposable
{
    const string SigningStem = "school", ReportKeyFile = "report.key", StoreKeyFile = "store.key";
    SigningKey? _signing;
    LedgerFolder? _ledger;
    Vault? _vault;

    SchoolHome(string folder, Database store, TimeProvider clock)
    {
        (Folder, Store, Clock) = (folder, store, clock);
        var row = store.ReadOne<ProfileRow>("SELECT location AS Location, name AS Name FROM profile")!;
        Profile = new(SchoolLocation.Parse(row.Location).Value, row.Name);
    }

    /// <summary>Where the home is.</summary>
    public string Folder { get; }

    /// <summary>Which school.</summary>
    public SchoolProfile Profile { get; }

    /// <summary>Sealed deliveries and withdrawals, ready to send.</summary>
    public string OutboxFolder => Path.Combine(Folder, "outbox");

    /// <summary>Letters to parents, to print. No pupil is named in them.</summary>
    public string LettersFolder => Path.Combine(Folder, "letters");

    /// <summary>The office's signed receipts.</summary>
    public string ReceiptsFolder => Path.Combine(Folder, "receipts");

    /// <summary>The school's opened reports.</summary>
    public string ReportsFolder => Path.Combine(Folder, "reports");

    internal Database Store { get; }

    /// <summary>Seals and opens what is personal in the store.</summary>
    internal Vault Vault => _vault ??= Vault.Load(Path.Combine(KeysFolder, StoreKeyFile));

    internal TimeProvider Clock { get; }

    internal DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().DateTime);

    internal string KeysFolder => Path.Combine(Folder, "keys");

    /// <summary>The key with which this school signs.</summary>
    public SigningKey Signing => _signing ??= SigningKey.Load(KeysFolder, SigningStem);

    /// <summary>The log of every step at this school.</summary>
    public LedgerFolder Ledger => _ledger ??= new LedgerFolder(Path.Combine(Folder, "ledger"), $"groeilijn/school/{Profile.Location.Code}");

    /// <summary>Writes what the steps entered to the ledger and signs it.</summary>
    public Checkpoint Sequence() => LedgerOutbox.Sequence(Store, Ledger, Signing);

    /// <summary>Opens a home that was enrolled before; null when there is none in the folder.</summary>
    public static SchoolHome? TryOpen(string folder, TimeProvider clock)
    {
        if (!File.Exists(DatabaseFile(folder))) return null;
        var store = Database.Open(DatabaseFile(folder), typeof(SchoolHome).Assembly);
        if (store.ReadOne<long>("SELECT count(*) FROM profile") == 1) return new SchoolHome(folder, store, clock);
        store.Dispose();
        return null;
    }

    /// <summary>Opens the home of this school, or enrols it there first.</summary>
    /// <exception cref="ArgumentException">The folder is the home of another school.</exception>
    public static SchoolHome Open(string folder, SchoolProfile profile, TimeProvider clock)
    {
        var home = TryOpen(folder, clock);
        if (home is null)
        {
            Enrolment.Make(folder, profile, clock);
            home = TryOpen(folder, clock)!;
        }
        if (home.Profile.Location == profile.Location) return home;
        home.Dispose();
        throw new ArgumentException("The folder is the home of another school.", nameof(folder));
    }

    /// <summary>The private key that opens this school's sealed reports. Dispose it.</summary>
    internal IdentityKey ReportKey() =>
        IdentityKey.TryParseFile(File.ReadAllText(Path.Combine(KeysFolder, ReportKeyFile)), out var key)
            ? key : throw new InvalidDataException("The report key in the folder keys is damaged.");

    internal static string DatabaseFile(string folder) => Path.Combine(folder, "school.db");

    internal static RecipientKey MakeKeys(string folder, string name, DateTimeOffset now)
    {
        var keys = Path.Combine(folder, "keys");
        DurableFile.CreateFolder(keys);
        using (var signing = SigningKey.Create(name, now.AddDays(-1), now.AddYears(5))) signing.Save(keys, SigningStem);
        Vault.MakeKey(Path.Combine(keys, StoreKeyFile));
        using var report = IdentityKey.Generate();
        DurableFile.WriteSecret(Path.Combine(keys, ReportKeyFile), Encoding.ASCII.GetBytes($"# public key: {report.Recipient}\n{report.ToSecretText()}\n"));
        return report.Recipient;
    }

    internal byte[] Entry(string step, params ReadOnlySpan<(string Name, Fact Value)> facts) =>
        new LedgerEntry { Time = Clock.GetUtcNow(), Room = "school", Step = step, Facts = facts.ToArray() }.ToJson();

    internal string Now => Text(Clock.GetUtcNow());

    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Closes the database and forgets the keys.</summary>
    public void Dispose()
    {
        _signing?.Dispose();
        _vault?.Dispose();
        Store.Dispose();
    }

    sealed record ProfileRow
    {
        public string Location { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
