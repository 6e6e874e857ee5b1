using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>Something whose term ends: what, how many, the first day it is no longer kept, and whether that day has come.</summary>
public sealed record RetentionItem(RetentionKind Kind, int Count, DateOnly Due, bool IsDue)
{
    /// <summary>Why, in a language.</summary>
    public required RetentionTerms Terms { get; init; }

    /// <summary>What is kept how long, in a language.</summary>
    public string Words(string language) => Terms.Words(Kind, language);
}

/// <summary>
/// The clock of what is kept: shows what goes when and why, and erases what is due. A pupil who is enrolled has no date. What was sent
/// loses the line of the pupil whose term is over; the hash of the whole stays, and the counts.
/// </summary>
public static class Retention
{
    /// <summary>What has a date, the first first.</summary>
    public static IReadOnlyList<RetentionItem> Plan(SchoolHome home)
    {
        var terms = RetentionTerms.Of(home);
        var dated = RetentionDates.Of(home, terms);
        return [.. dated.GroupBy(d => (d.Kind, d.Due)).Select(g => new RetentionItem(g.Key.Kind, g.Count(), g.Key.Due, g.Key.Due <= home.Today) { Terms = terms }).OrderBy(i => i.Due).ThenBy(i => i.Kind)];
    }

    /// <summary>Erases what is due and gives back what that was. A dry run only says it.</summary>
    public static IReadOnlyList<RetentionItem> Run(SchoolHome home, bool dryRun = false)
    {
        var plan = Plan(home).Where(item => item.IsDue).ToList();
        if (dryRun || plan.Count == 0) return plan;
        var due = RetentionDates.Of(home, RetentionTerms.Of(home)).Where(d => d.Due <= home.Today).ToList();
        home.Store.Write(tx =>
        {
            foreach (var one in due) Erase(tx, home, one);
            foreach (var person in due.Where(d => d.Person != 0).Select(d => d.Person).Distinct()) EraseNobody(tx, person);
            foreach (var kind in due.Select(d => d.Kind).Distinct().Order()) tx.Enter(home.Entry("erased", ("kind", kind.ToString()), ("until", Rows.Day(home.Today))));
        });
        foreach (var letter in due.Where(d => d.Kind == RetentionKind.Letters)) File.Delete(Path.Combine(home.LettersFolder, letter.Name));
        home.Store.ReadOne<long>("PRAGMA wal_checkpoint(TRUNCATE)"); // what was overwritten must not live on in the journal
        return plan;
    }

    static void Erase(Transaction tx, SchoolHome home, DatedThing thing)
    {
        var of = new { person = thing.Person, objection = thing.Id, name = thing.Name };
        switch (thing.Kind)
        {
            case RetentionKind.Pupils:
                foreach (var table in OfPersons(tx).Except(s_outlivePupil)) tx.Execute($"DELETE FROM {table} WHERE person = @person", of);
                break;
            case RetentionKind.SentLines:
                CutLines.Cut(tx, home, thing.Person);
                break;
            case RetentionKind.Objections:
                tx.Execute("DELETE FROM answer WHERE about IN (SELECT sha256 FROM withdrawal WHERE objection = @objection)", of);
                tx.Execute("DELETE FROM withdrawal WHERE objection = @objection", of);
                tx.Execute("DELETE FROM objection WHERE id = @objection", of);
                break;
            case RetentionKind.Previews:
                tx.Execute("DELETE FROM preview WHERE edition = @name", of);
                break;
            default: // its file goes when this is on the disk
                tx.Execute("DELETE FROM letter_text WHERE file = @name", of);
                break;
        }
    }

    /// <summary>What has a term of its own, or is needed to recognise a child with an objection. Every other table that speaks of a person goes with the pupil.</summary>
    static readonly string[] s_outlivePupil = ["objection", "delivered", "identity", "departure"];

    static readonly string[] s_heldBy = ["pupil", "objection", "delivered"];

    /// <summary>A person of whom nothing is left is forgotten, marks and all; as long as an objection holds, its marks stay so that it is recognised.</summary>
    static void EraseNobody(Transaction tx, long person)
    {
        if (s_heldBy.Any(table => tx.ReadOne<long>($"SELECT count(*) FROM {table} WHERE person = @person", new { person }) > 0)) return;
        foreach (var table in OfPersons(tx)) tx.Execute($"DELETE FROM {table} WHERE person = @person", new { person });
        tx.Execute("DELETE FROM person WHERE id = @person", new { person });
    }

    /// <summary>Every table with a column "person", asked of the store itself, so that a new one is not forgotten.</summary>
    static IReadOnlyList<string> OfPersons(Transaction tx) =>
        tx.Read<string>("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'person' WHERE m.type = 'table' ORDER BY m.name");
}
