using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>
/// Records objections. No reason is asked and none can be stored. An objection hangs on the person, so that it holds when a key
/// or number changes; it wins over everything, and what was already sent is passed on to the office as a withdrawal.
/// </summary>
public static class Objections
{
    /// <summary>Records the objection of one pupil, named by key, ECK iD or number.</summary>
    public static Outcome<ObjectionMade> Record(SchoolHome home, string pupil, DateOnly? asked = null)
    {
        if (asked > home.Today) return Refusals.AskedInFuture;
        var made = home.Store.Write(tx => Find(tx, home.Vault, pupil) is { } person ? Make(tx, home, person, asked ?? home.Today) : null);
        return made is null ? Refusals.NoSuchPupil : made;
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
                var person = Find(tx, home.Vault, key);
                if (person is null) unknown.Add(line);
                made.Add(Make(tx, home, person ?? NewPerson(tx, home.Vault, key), asked ?? home.Today));
            }
        });
        return new ListRecorded(made, unknown, []);
    }

    /// <summary>Takes an objection back, because the parent asked.</summary>
    public static Outcome<ObjectionMade> Withdraw(SchoolHome home, string pupil)
    {
        Refusal? refusal = null;
        var taken = home.Store.Write(tx =>
        {
            if (Find(tx, home.Vault, pupil) is not { } person) { refusal = Refusals.NoSuchPupil; return null; }
            if (Open(tx, person) is not { } open) { refusal = Refusals.NoObjection; return null; }
            tx.Execute("UPDATE objection SET withdrawn = @day WHERE person = @person AND withdrawn IS NULL", new { day = Rows.Day(home.Today), person });
            Picture.ForgetPreviews(tx);
            tx.Enter(home.Entry("objection-withdrawn", ("commitment", Commitment(home, open.Salt, person))));
            return new ObjectionMade(open.Id, false, []);
        });
        return refusal is not null ? refusal : taken!;
    }

    static ObjectionMade Make(Transaction tx, SchoolHome home, long person, DateOnly asked)
    {
        var editions = tx.Read<string>("SELECT DISTINCT edition FROM delivered WHERE person = @person ORDER BY edition", new { person });
        if (Open(tx, person) is { } open) return new(open.Id, true, editions);
        var salt = RandomNumberGenerator.GetBytes(32);
        var id = tx.ReadOne<long>("INSERT INTO objection (person, asked, salt) VALUES (@person, @asked, @salt) RETURNING id", new { person, asked = Rows.Day(asked), salt });
        Picture.ForgetPreviews(tx);
        tx.Enter(home.Entry("objected", ("commitment", Commitment(home, salt, person))));
        return new(id, false, editions);
    }

    static string Commitment(SchoolHome home, byte[] salt, long person) => LedgerEntry.Commitment(salt, $"{home.Profile.Location.Code}/{person}");

    static OpenObjection? Open(Transaction tx, long person) =>
        tx.ReadOne<OpenObjection>("SELECT id AS Id, salt AS Salt FROM objection WHERE person = @person AND withdrawn IS NULL", new { person });

    /// <summary>
    /// The person behind a key, an ECK iD or a number. Who is enrolled now goes first: an unstable key (#) is only
    /// known from the current export.
    /// </summary>
    static long? Find(Transaction tx, Vault vault, string pupil)
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

    sealed record OpenObjection
    {
        public long Id { get; init; }
        public byte[] Salt { get; init; } = [];
    }
}

/// <summary>An objection, whether it was there already, and the editions in which data went along before. <see cref="Confirmation"/> makes its page for the parent.</summary>
public sealed record ObjectionMade(long Id, bool Already, IReadOnlyList<string> SentIn);

/// <summary>The objections of a list, the lines whose key no pupil has, and what was wrong with the file.</summary>
public sealed record ListRecorded(IReadOnlyList<ObjectionMade> Made, IReadOnlyList<int> UnknownLines, IReadOnlyList<Finding> Findings);
