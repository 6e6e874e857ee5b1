using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>
/// Records objections. No reason is asked and none can be stored. An objection hangs on the person, so that it holds when a key
/// or number changes; it wins over everything, and what was already sent is passed on to the office as a withdrawal, at once where its key is known.
/// </summary>
public static class Objections
{
    /// <summary>The pupils that match what is typed at the counter: part of a name, key or number, or a birth date. Nothing is written.</summary>
    public static FoundPupils Find(SchoolHome home, string text) => Counter.Find(home, text);

    /// <summary>All objections, those that hold first: for the school's own screen only.</summary>
    public static IReadOnlyList<ListedObjection> All(SchoolHome home) => ObjectionRegister.All(home);

    /// <summary>Records the objection of one pupil, named by key, ECK iD or number.</summary>
    public static Outcome<ObjectionMade> Record(SchoolHome home, string pupil, DateOnly? asked = null, Objector by = Objector.NotSaid) =>
        home.Store.Write(tx => PersonOf(tx, home.Vault, pupil)) is { } person ? Record(home, person, asked, by) : Refusals.NoSuchPupil;

    /// <summary>Records the objection of a person that <see cref="Find"/> gave.</summary>
    public static Outcome<ObjectionMade> Record(SchoolHome home, long person, DateOnly? asked = null, Objector by = Objector.NotSaid)
    {
        if (asked > home.Today) return Refusals.AskedInFuture;
        var made = home.Store.Write(tx => tx.ReadOne<long>("SELECT count(*) FROM person WHERE id = @person", new { person }) == 1 ? Make(tx, home, person, asked ?? home.Today, by) : null);
        if (made is null) return Refusals.NoSuchPupil;
        Withdrawals.Seal(home);
        return made;
    }

    /// <summary>
    /// Records a list (<c>leerling_key;datum</c>) in one transaction. A key that no pupil has is recorded all the same and its
    /// line is given back: it holds as soon as an export names it.
    /// </summary>
    public static Outcome<ListRecorded> RecordList(SchoolHome home, string file)
    {
        if (ObjectionList.Read(file) is not { } list) return Refusals.NotAList;
        if (list.Findings.Count > 0) return new ListRecorded([], [], list.Findings);
        var made = new List<ObjectionMade>();
        var unknown = new List<int>();
        home.Store.Write(tx =>
        {
            foreach (var (line, key, asked) in list.Rows)
            {
                var person = PersonOf(tx, home.Vault, key);
                if (person is null) unknown.Add(line);
                made.Add(Make(tx, home, person ?? NewPerson(tx, home.Vault, key), asked ?? home.Today, Objector.NotSaid));
            }
        });
        Withdrawals.Seal(home);
        return new ListRecorded(made, unknown, []);
    }

    /// <summary>Takes an objection back, because the parent asked who made it. That of another parent stands.</summary>
    public static Outcome<ObjectionMade> Withdraw(SchoolHome home, string pupil, Objector by = Objector.NotSaid) =>
        home.Store.Write(tx => PersonOf(tx, home.Vault, pupil)) is { } person ? Withdraw(home, person, by) : Refusals.NoSuchPupil;

    /// <inheritdoc cref="Withdraw(SchoolHome, string, Objector)"/>
    public static Outcome<ObjectionMade> Withdraw(SchoolHome home, long person, Objector by = Objector.NotSaid)
    {
        var standing = home.Store.Read<StandingObjection>(StandingObjection.Select, new { person });
        var own = standing.Where(o => o.Parent == by.Code()).ToList();
        if (standing.Count == 0) return Refusals.NoObjection;
        if (own.Count == 0) return Refusals.OtherParent;
        home.Store.Write(tx =>
        {
            foreach (var one in own)
            {
                tx.Execute("UPDATE objection SET withdrawn = @day WHERE id = @id", new { day = Rows.Day(home.Today), id = one.Id });
                tx.Enter(home.Entry("objection-withdrawn", ("commitment", Commitment(home, one))));
            }
            Picture.ForgetPreviews(tx);
        });
        Withdrawals.TakeBack(home, person);
        return new ObjectionMade(own[0].Id, false, []);
    }

    /// <summary>
    /// Undoes a slip of the pen on the day it was made: the wrong child, or nobody objected. The register then knows nothing of it. What was
    /// already sent to the office about it cannot be undone; then a parent who takes the objection back is the way.
    /// </summary>
    public static Outcome<ObjectionMade> Undo(SchoolHome home, long id)
    {
        if (home.Store.ReadOne<StandingObjection>("SELECT id AS Id, person AS Person, parent AS Parent, recorded AS Recorded, salt AS Salt FROM objection WHERE id = @id AND withdrawn IS NULL", new { id }) is not { } one) return Refusals.NoObjection;
        if (one.Recorded != Rows.Day(home.Today)) return Refusals.UndoTooLate;
        if (Withdrawals.LeftTheSchool(home, id)) return Refusals.UndoSent;
        Withdrawals.Drop(home, id);
        home.Store.Write(tx =>
        {
            tx.Execute("DELETE FROM objection WHERE id = @id", new { id });
            Picture.ForgetPreviews(tx);
            tx.Enter(home.Entry("objection-undone", ("commitment", Commitment(home, one))));
        });
        Withdrawals.Seal(home);
        return new ObjectionMade(id, false, []);
    }

    /// <summary>How many pupils have an objection that holds, and how many messages about them wait or are under way: for the school's own screen only.</summary>
    public static ObjectionStatus Status(SchoolHome home)
    {
        var holding = All(home).Where(o => o.Holds).DistinctBy(o => o.Person).ToList();
        return new(holding.Count, holding.Count(o => o.Message is MessageState.Waits or MessageState.Sealed or MessageState.Refused), holding.Count(o => o.Message is MessageState.Sent or MessageState.Received));
    }

    static ObjectionMade Make(Transaction tx, SchoolHome home, long person, DateOnly asked, Objector by)
    {
        var editions = tx.Read<string>("SELECT DISTINCT edition FROM delivered WHERE person = @person ORDER BY edition", new { person });
        if (tx.Read<StandingObjection>(StandingObjection.Select, new { person }).FirstOrDefault(o => o.Parent == by.Code()) is { } open) return new(open.Id, true, editions);
        var salt = RandomNumberGenerator.GetBytes(32);
        var id = tx.ReadOne<long>("INSERT INTO objection (person, asked, salt, parent, recorded) VALUES (@person, @asked, @salt, @parent, @today) RETURNING id", new { person, asked = Rows.Day(asked), salt, parent = by.Code(), today = Rows.Day(home.Today) });
        Picture.ForgetPreviews(tx);
        tx.Enter(home.Entry("objected", ("commitment", Commitment(home, new() { Id = id, Salt = salt }))));
        return new(id, false, editions);
    }

    /// <summary>Stands for the objection and not for the person: a person's number may change when an export shows that two are one.</summary>
    static string Commitment(SchoolHome home, StandingObjection one) => LedgerEntry.Commitment(one.Salt, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{home.Profile.Location.Code}/objection/{one.Id}"));

    /// <summary>
    /// The person behind a key, an ECK iD or a number. Who is enrolled now goes first: an unstable key (#) is only
    /// known from the current export.
    /// </summary>
    static long? PersonOf(Transaction tx, Vault vault, string pupil)
    {
        var mark = pupil.Trim();
        if (mark.Length == 0) return null;
        var padded = mark.Length is 7 or 8 && mark.All(char.IsAsciiDigit) ? mark.PadLeft(9, '0') : mark;
        var enrolled = tx.Read<PupilEntry>(PupilEntry.Select + " WHERE gone = 0").Where(p => p.Open(vault).Key == mark).ToList();
        if (enrolled.Count == 1) return enrolled[0].Person;
        var known = s_marks.SelectMany(kind => tx.Read<long>("SELECT person FROM identity WHERE kind = @kind AND mark = @mark", new { kind, mark = vault.Mark(kind, kind is "bsn" or "onderwijsnummer" ? padded : mark) })).Distinct().ToList();
        return known.Count == 1 ? known[0] : null;
    }

    static readonly string[] s_marks = ["bsn", "onderwijsnummer", "eck", "key"];

    static long NewPerson(Transaction tx, Vault vault, string key)
    {
        var person = tx.ReadOne<long>("INSERT INTO person DEFAULT VALUES RETURNING id");
        tx.Execute("INSERT OR REPLACE INTO identity (kind, mark, person) VALUES ('key', @mark, @person)", new { mark = vault.Mark("key", key), person });
        return person;
    }

    sealed record StandingObjection
    {
        public const string Select = "SELECT id AS Id, person AS Person, parent AS Parent, recorded AS Recorded, salt AS Salt FROM objection WHERE person = @person AND withdrawn IS NULL ORDER BY id";

        public long Id { get; init; }
        public long Person { get; init; }
        public string Parent { get; init; } = "";
        public string Recorded { get; init; } = "";
        public byte[] Salt { get; init; } = [];
    }
}

/// <summary>An objection, whether it was there already, and the editions in which data went along before. <see cref="Confirmation"/> makes its page for the parent.</summary>
public sealed record ObjectionMade(long Id, bool Already, IReadOnlyList<string> SentIn);

/// <summary>How many pupils have an objection that holds; for how many a message is still to be sent; for how many an answer is awaited.</summary>
public sealed record ObjectionStatus(int Holding, int ToSend, int ToBeAnswered);

/// <summary>The objections of a list, the lines whose key no pupil has, and what was wrong with the file.</summary>
public sealed record ListRecorded(IReadOnlyList<ObjectionMade> Made, IReadOnlyList<int> UnknownLines, IReadOnlyList<Finding> Findings);

static partial class Refusals
{
    public static readonly Refusal OtherParent = new("Het bezwaar is van een andere ouder. Het blijft staan tot die ouder het intrekt.", "The objection is another parent's. It stands until that parent takes it back.", "Kies de ouder die het bezwaar maakte.", "Choose the parent who made the objection.");
    public static readonly Refusal UndoTooLate = new("Ongedaan maken kan alleen op de dag waarop het bezwaar is vastgelegd.", "Undoing is possible only on the day the objection was recorded.", "Wil de ouder het bezwaar niet meer, leg dan vast dat die het intrekt.", "If the parent no longer wants the objection, record that it is taken back.");
    public static readonly Refusal UndoSent = new("Het bezwaar is al doorgegeven aan het bureau.", "The objection was already passed on to the office.", "Leg vast dat de ouder het intrekt. De gegevens gaan dan in de volgende levering weer mee.", "Record that the parent takes it back. The data then go along again in the next delivery.");
}
