using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>
/// Makes the letter to parents, keeps the very text, and records whose parents had it, how, and until when they can object. Who comes
/// to the school later has not been informed and stays out until a letter of their own.
/// </summary>
public static class Inform
{
    /// <summary>The least number of days parents have.</summary>
    public const int LeastDays = 14;

    /// <summary>Records a letter sent on a day, with the last day to object. Safe to repeat: the same letter to the same parents is one letter.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="sent">The day it went out.</param>
    /// <param name="until">The last day to object before anything is sent, at least <see cref="LeastDays"/> later.</param>
    /// <param name="way">How it went out.</param>
    /// <param name="readers">Whose parents had it; by default everybody who is enrolled.</param>
    public static Outcome<LetterSent> Send(SchoolHome home, DateOnly sent, DateOnly until, LetterWay way = LetterWay.Paper, Readers? readers = null)
    {
        if (until < sent.AddDays(LeastDays)) return Refusals.PeriodTooShort;
        if (sent > home.Today) return Refusals.SentInFuture;
        var enrolled = home.Store.Read<(long Person, string? YearGroup)>("SELECT person, year_group FROM pupil WHERE gone = 0 ORDER BY person");
        if (enrolled.Count == 0) return Refusals.NoImport;
        var to = readers ?? Readers.All;
        List<long> persons = [.. enrolled.Where(p => to.Include(p.Person, p.YearGroup)).Select(p => p.Person)];
        if (persons.Count == 0) return Refusals.NoReaders;
        if (LetterDetails.Of(home) is { Missing: { Count: > 0 } missing }) return Refusals.DetailsMissing(missing);

        var set = FieldSets.Current(home);
        if (Again(home, sent, until, way, set, persons) is { } already) return already;
        var texts = Texts(home, set, sent, until);
        DurableFile.CreateFolder(home.LettersFolder);
        foreach (var text in texts) DurableFile.Write(Path.Combine(home.LettersFolder, text.File), text.Html);
        return home.Store.Write(tx => Record(tx, home, new(sent, until, way, to, set, texts), persons));
    }

    /// <summary>Undoes a letter that was recorded by mistake; not once a delivery relied on it.</summary>
    public static Outcome<LetterSent> Undo(SchoolHome home, long letter)
    {
        if (Letters.Find(home, letter) is not { Undone: null } found) return Refusals.NoSuchLetter;
        var reliedOn = home.Store.ReadOne<long>("""
            SELECT count(*) FROM delivered d JOIN delivery s ON s.edition = d.edition AND s.sequence = d.sequence
            JOIN informed i ON i.person = d.person WHERE i.letter = @letter AND s.sealed >= @recorded
            """, new { letter, recorded = found.Recorded });
        if (reliedOn > 0) return Refusals.LetterReliedOn;
        return home.Store.Write(tx =>
        {
            tx.Execute("UPDATE letter SET undone = @day WHERE id = @letter", new { letter, day = Rows.Day(home.Today) });
            var pupils = tx.Execute("DELETE FROM informed WHERE letter = @letter", new { letter });
            Picture.ForgetPreviews(tx);
            tx.Enter(home.Entry("informed-undone", ("letter", found.Hash)));
            return new LetterSent(letter, pupils, []);
        });
    }

    static LetterSent? Again(SchoolHome home, DateOnly sent, DateOnly until, LetterWay way, FieldSet set, List<long> persons)
    {
        var same = Letters.All(home).Where(l => l.Undone is null && (l.Sent, l.Until, l.Way, l.Set) == (sent, until, way, set.Name));
        foreach (var letter in same)
        {
            var had = home.Store.Read<long>("SELECT person FROM informed WHERE letter = @Id", new { letter.Id }).ToHashSet();
            if (persons.TrueForAll(had.Contains)) return new(letter.Id, persons.Count, Letters.Files(home, letter.Id));
        }
        return null;
    }

    /// <summary>The letter in every language. Another letter on the same day has files of its own.</summary>
    static List<LetterFile> Texts(SchoolHome home, FieldSet set, DateOnly sent, DateOnly until)
    {
        var before = home.Store.ReadOne<long>("SELECT count(*) FROM letter WHERE sent = @day", new { day = Rows.Day(sent) });
        var stem = FormattableString.Invariant($"brief-{sent:yyyy-MM-dd}{(before == 0 ? "" : $"-{before + 1}")}");
        var details = LetterDetails.Of(home);
        return [.. Letter.Languages.Select(language => new LetterFile(language.Code, Letter.FileName(stem, language.Code),
            Encoding.UTF8.GetBytes(Letter.Render(LetterText.All[language.Code], set, home.Profile.Name, details, sent, until, stem))))];
    }

    static LetterSent Record(Transaction tx, SchoolHome home, NewLetter letter, List<long> persons)
    {
        var (sent, until) = (Rows.Day(letter.Sent), Rows.Day(letter.Until));
        FieldSets.Keep(tx, letter.Set);
        var id = tx.ReadOne<long>("INSERT INTO letter (sent, until, way, readers, field_set, recorded, hash) VALUES (@sent, @until, @way, @readers, @set, @now, @Hash) RETURNING id",
            new { sent, until, way = letter.Way.Code(), readers = letter.Readers.Words, set = letter.Set.Name, now = home.Now, letter.Hash });
        foreach (var text in letter.Texts)
            tx.Execute("INSERT INTO letter_text (letter, language, file, sha256, html) VALUES (@id, @Language, @File, @Sha256, @Html)", new { id, text.Language, text.File, text.Sha256, text.Html });
        using (var insert = tx.Prepare("INSERT INTO informed (letter, person, sent, until) VALUES (@letter, @person, @sent, @until)", "@letter", "@person", "@sent", "@until"))
            foreach (var person in persons) Rows.Run(insert, id, person, sent, until);
        Picture.ForgetPreviews(tx);
        tx.Enter(home.Entry("informed", ("letter", letter.Hash), ("set", letter.Set.Name), ("until", until)));
        return new LetterSent(id, persons.Count, [.. letter.Texts.Select(text => Path.Combine(home.LettersFolder, text.File))]);
    }

    sealed record LetterFile(string Language, string File, byte[] Html)
    {
        public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Html));
    }

    sealed record NewLetter(DateOnly Sent, DateOnly Until, LetterWay Way, Readers Readers, FieldSet Set, List<LetterFile> Texts)
    {
        /// <summary>As <c>sha256sum brief-*.html | sha256sum</c> gives it.</summary>
        public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Texts.OrderBy(t => t.File, StringComparer.Ordinal).Select(t => $"{t.Sha256}  {t.File}\n")))));
    }
}

/// <summary>A letter that was recorded, how many pupils' parents it is for, and its files: Dutch first, then the other languages.</summary>
public sealed record LetterSent(long Letter, int Pupils, IReadOnlyList<string> Files);
