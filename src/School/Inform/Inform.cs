using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// Writes the letter to parents and records that the parents of everybody who is enrolled now had it, and until when they can
/// object. Who comes to the school later has not been informed and stays out until the next letter.
/// </summary>
public static class Inform
{
    /// <summary>The least number of days parents have.</summary>
    public const int LeastDays = 14;

    /// <summary>Records a letter sent on a day, with the last day to object.</summary>
    public static Outcome<LetterSent> Send(SchoolHome home, DateOnly sent, DateOnly until)
    {
        if (until < sent.AddDays(LeastDays)) return Refusals.PeriodTooShort;
        if (sent > home.Today) return Refusals.SentInFuture;
        if (home.Store.ReadOne<long>("SELECT count(*) FROM pupil WHERE gone = 0") == 0) return Refusals.NoImport;

        DurableFile.CreateFolder(home.LettersFolder);
        var files = new List<string>();
        foreach (var language in new[] { "nl", "en" })
        {
            var file = Path.Combine(home.LettersFolder, $"brief-{Rows.Day(sent)}.{language}.html");
            DurableFile.Write(file, Letter.Render(home.Profile.Name, sent, until, language));
            files.Add(file);
        }
        return home.Store.Write(tx =>
        {
            var informed = tx.Execute("INSERT OR REPLACE INTO informed (person, sent, until) SELECT person, @sent, @until FROM pupil WHERE gone = 0", new { sent = Rows.Day(sent), until = Rows.Day(until) });
            Picture.ForgetPreviews(tx);
            tx.Enter(home.Entry("informed", ("until", Rows.Day(until))));
            return new LetterSent(informed, files);
        });
    }
}

/// <summary>How many pupils' parents were informed, and the letter in Dutch and English.</summary>
public sealed record LetterSent(int Pupils, IReadOnlyList<string> Files);
