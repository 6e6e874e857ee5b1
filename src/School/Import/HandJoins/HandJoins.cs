using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>A pupil of this school who may be meant.</summary>
/// <param name="Person">The home's own number.</param>
/// <param name="Name">For the school's own screen.</param>
/// <param name="Born">For the school's own screen.</param>
/// <param name="YearGroup">The pupil's year group.</param>
/// <param name="Likeness">0 to 100, of name and birth date; only an order.</param>
public sealed record JoinCandidate(long Person, string Name, string Born, string YearGroup, int Likeness);

/// <summary>Data of a pupil of another file who was not recognised. Name, day and key are for the school's own screen.</summary>
/// <param name="Id">By which it is joined; means nothing elsewhere.</param>
/// <param name="Name">As the file has it; may be empty.</param>
/// <param name="Born">As the file has it; may be empty.</param>
/// <param name="Key">As the file has it; may be empty.</param>
/// <param name="Place">Where it stands first.</param>
/// <param name="Results">How many results.</param>
/// <param name="HasAddress">Whether an address.</param>
/// <param name="Candidates">Pupils who may be meant, the most alike first.</param>
public sealed record UnjoinedPupil(string Id, string Name, string Born, string Key, Place Place, int Results, bool HasAddress, IReadOnlyList<JoinCandidate> Candidates);

/// <summary>What the school decided of one.</summary>
/// <param name="Id">By which it is undone.</param>
/// <param name="Name">As the other file has it; empty when the last import did not have it.</param>
/// <param name="Person">Whose it is; null when it is left out.</param>
/// <param name="PersonName">The pupil's name, for the school's own screen.</param>
/// <param name="Decided">When.</param>
public sealed record HandJoin(string Id, string Name, long? Person, string PersonName, DateOnly Decided);

/// <summary>
/// What did not join by itself is joined by a person, once: the decision is kept under a keyed hash of how the other system names
/// the pupil, and the next import follows it. Nothing is ever joined here because it looks alike.
/// </summary>
public static class HandJoins
{
    const int MostCandidates = 5, LeastLikeness = 30;

    /// <summary>What waits for a person, with the pupils who may be meant.</summary>
    public static IReadOnlyList<UnjoinedPupil> Waiting(SchoolHome home)
    {
        var rows = home.Store.Read<EntryRow>(EntryRow.Select + " WHERE mark NOT IN (SELECT mark FROM hand_join)");
        if (rows.Count == 0) return [];
        var pupils = Enrolled(home);
        return [.. rows.Select(row => Waiting(row.Id, row.Open(home.Vault), pupils)).OrderBy(w => w.Name, StringComparer.OrdinalIgnoreCase).ThenBy(w => w.Place.File, StringComparer.Ordinal).ThenBy(w => w.Place.Line)];
    }

    static UnjoinedPupil Waiting(string id, UnjoinedEntry entry, List<(PupilEntry Entry, PupilIdentity Identity)> pupils)
    {
        var candidates = from p in pupils
                         let likeness = Likeness.Of(entry.Name, entry.Born, p.Identity.Name, p.Identity.Born ?? "")
                         where likeness >= LeastLikeness
                         orderby likeness descending, p.Identity.Name
                         select new JoinCandidate(p.Entry.Person, p.Identity.Name, p.Identity.Born ?? "", p.Entry.YearGroup ?? "", likeness);
        return new(id, entry.Name, entry.Born, entry.Key, new(entry.File, entry.Line, ""), entry.Results.Length, entry.HasAddress, [.. candidates.Take(MostCandidates)]);
    }

    static List<(PupilEntry Entry, PupilIdentity Identity)> Enrolled(SchoolHome home) =>
        [.. home.Store.Read<PupilEntry>(PupilEntry.Select + " WHERE gone = 0").Select(p => (p, p.Open(home.Vault)))];

    /// <summary>What was decided, to look at and to undo.</summary>
    public static IReadOnlyList<HandJoin> Decided(SchoolHome home)
    {
        var entries = home.Store.Read<EntryRow>(EntryRow.Select).ToDictionary(e => e.Id, StringComparer.Ordinal);
        var joins = home.Store.Read<(byte[] Mark, long? Person, string Decided)>("SELECT mark, person, decided FROM hand_join ORDER BY decided, mark");
        return [.. joins.Select(join =>
        {
            var id = Convert.ToHexStringLower(join.Mark);
            return new HandJoin(id, entries.TryGetValue(id, out var entry) ? entry.Open(home.Vault).Name : "", join.Person, join.Person is { } person ? PupilEntry.Of(home, person)?.Name ?? "" : "", Rows.Day(join.Decided));
        })];
    }

    /// <summary>Says whose waiting data are. They are the pupil's at once, and at every next import. Previews made before are forgotten.</summary>
    public static Outcome<HandJoin> Join(SchoolHome home, string unjoined, long person) => home.Store.Write<Outcome<HandJoin>>(tx =>
    {
        if (Find(tx, unjoined) is not { } row || IsDecided(tx, row.Mark)) return Refusals.NotWaiting;
        if (tx.ReadOne<PupilEntry>(PupilEntry.Select + " WHERE gone = 0 AND person = @person", new { person }) is not { } pupil) return Refusals.NoSuchPupil;
        var entry = row.Open(home.Vault);
        if (!PupilResults.Add(tx, home.Vault, person, entry.Results)) return Refusals.ResultsDiffer;
        TakeAddress(tx, home.Vault, pupil, entry);
        Decide(tx, home, row.Mark, person);
        foreach (var rule in new[] { Rules.ResultNobody, Rules.AddressNobody, Rules.KeyOfOther })
            tx.Execute("DELETE FROM finding WHERE rule = @rule AND file = @file AND line = @line", new { rule = rule.Code, file = entry.File, line = entry.Line });
        return new HandJoin(row.Id, entry.Name, person, pupil.Open(home.Vault).Name, home.Today);
    });

    /// <summary>Leaves waiting data out, now and at every next import.</summary>
    public static Outcome<HandJoin> Ignore(SchoolHome home, string unjoined) => home.Store.Write<Outcome<HandJoin>>(tx =>
    {
        if (Find(tx, unjoined) is not { } row || IsDecided(tx, row.Mark)) return Refusals.NotWaiting;
        Decide(tx, home, row.Mark, null);
        return new HandJoin(row.Id, row.Open(home.Vault).Name, null, "", home.Today);
    });

    /// <summary>Undoes a decision: the data wait again, and results that came with it leave the pupil. An address that came with it leaves at the next import.</summary>
    public static Outcome<HandJoin> Separate(SchoolHome home, string decided) => home.Store.Write<Outcome<HandJoin>>(tx =>
    {
        var joins = tx.Read<(byte[] Mark, long? Person, string Decided)>("SELECT mark, person, decided FROM hand_join").Where(j => Convert.ToHexStringLower(j.Mark) == decided).ToList();
        if (joins is not [var (mark, person, day)]) return Refusals.NotDecided;
        var entry = Find(tx, decided)?.Open(home.Vault);
        if (person is { } whose && entry is not null) PupilResults.Remove(tx, home.Vault, whose, entry.Results);
        tx.Execute("DELETE FROM hand_join WHERE mark = @mark", new { mark });
        Picture.ForgetPreviews(tx);
        return new HandJoin(decided, entry?.Name ?? "", person, "", Rows.Day(day));
    });

    static void Decide(Transaction tx, SchoolHome home, byte[] mark, long? person)
    {
        tx.Execute("INSERT INTO hand_join (mark, person, decided) VALUES (@mark, @person, @decided)", new { mark, person, decided = Rows.Day(home.Today) });
        Picture.ForgetPreviews(tx);
    }

    static bool IsDecided(Transaction tx, byte[] mark) => tx.ReadOne<long>("SELECT count(*) FROM hand_join WHERE mark = @mark", new { mark }) > 0;

    static EntryRow? Find(Transaction tx, string id) => tx.Read<EntryRow>(EntryRow.Select).FirstOrDefault(row => row.Id == id);

    /// <summary>A pupil without an address takes the one that came along.</summary>
    static void TakeAddress(Transaction tx, Vault vault, PupilEntry pupil, UnjoinedEntry entry)
    {
        var identity = pupil.Open(vault);
        if (!entry.HasAddress || identity.House is not null || HouseNumber.Parse(entry.House, entry.Letter, entry.Addition).OrNull is not { } house) return;
        identity = identity with { Postcode = PostcodeNl.Parse(entry.Postcode).OrNull?.Text ?? identity.Postcode, House = house.Number, Letter = house.Letter?.ToString(), Addition = house.Addition.Length > 0 ? house.Addition : null };
        tx.Execute("UPDATE pupil SET identity = @identity WHERE person = @person", new { identity = vault.SealJson(identity, pupil.Place), person = pupil.Person });
    }

    // ---- at an import ----

    /// <summary>Follows what was decided for the rows that did not join, and keeps them all; what an earlier import kept and this one does not have is dropped.</summary>
    internal static void Apply(Transaction tx, SchoolHome home, Joining joined)
    {
        var decided = tx.Read<(byte[] Mark, long? Person)>("SELECT mark, person FROM hand_join").ToDictionary(j => Convert.ToHexStringLower(j.Mark), j => j.Person, StringComparer.Ordinal);
        var pupils = joined.Pupils.ToDictionary(p => p.Person);
        tx.Execute("DELETE FROM unjoined");
        using var insert = tx.Prepare("INSERT INTO unjoined (mark, rows) VALUES (@mark, @rows)", "@mark", "@rows");
        foreach (var same in joined.Unjoined.GroupBy(rows => rows.Foreign, StringComparer.Ordinal))
        {
            var mark = home.Vault.Mark("foreign", same.Key);
            var id = Convert.ToHexStringLower(mark);
            Rows.Run(insert, mark, home.Vault.SealJson(UnjoinedEntry.Of([.. same]), EntryRow.PlaceOf(id)));
            var known = decided.TryGetValue(id, out var person);
            foreach (var rows in same)
                if (person is { } whose && pupils.TryGetValue(whose, out var pupil)) Take(joined, pupil, rows);
                else if (!known || person is not null) Find(joined, rows);
        }
    }

    static void Take(Joining joined, JoinedPupil pupil, UnjoinedRows rows)
    {
        foreach (var result in rows.Results) joined.Take(pupil, result);
        foreach (var address in rows.Addresses) Joining.TakeAddress(pupil, address, rows.File);
        pupil.Findings.AddRange(rows.Findings);
        pupil.Findings.Add(new(Rules.JoinedByHand, new(rows.File, rows.Line, "")));
    }

    static void Find(Joining joined, UnjoinedRows rows)
    {
        if (rows.Seen > 0) joined.Findings.Add(new(Rules.ResultNobody, new(rows.File, rows.Line, ""), null, rows.Seen));
        if (rows.Addresses.Count > 0) joined.Findings.Add(new(Rules.AddressNobody, new(rows.File, rows.Line, ""), null, rows.Addresses.Count));
    }

    sealed class EntryRow
    {
        public const string Select = "SELECT mark AS Mark, rows AS Sealed FROM unjoined";

        public byte[] Mark { get; init; } = [];
        public byte[] Sealed { get; init; } = [];

        public string Id => Convert.ToHexStringLower(Mark);

        public static string PlaceOf(string id) => "unjoined/" + id;

        public UnjoinedEntry Open(Vault vault) => vault.OpenJson<UnjoinedEntry>(Sealed, PlaceOf(Id));
    }
}

static partial class Refusals
{
    public static readonly Refusal NotWaiting = new("Deze gegevens wachten niet op een koppeling.", "These data do not wait to be joined.", "Bekijk de lijst opnieuw.", "Look at the list again.");
    public static readonly Refusal NotDecided = new("Deze koppeling met de hand is niet bekend.", "This join by hand is not known.", "Bekijk de lijst opnieuw.", "Look at the list again.");
    public static readonly Refusal ResultsDiffer = new("Deze leerling heeft al een andere score voor dezelfde toets op dezelfde dag. Er is niets gekoppeld.", "This pupil has another score for the same test on the same day already. Nothing was joined.", "Kies een andere leerling, of verbeter de score in uw administratie en lees de bestanden opnieuw in.", "Choose another pupil, or correct the score in your administration and import the files again.");
}
