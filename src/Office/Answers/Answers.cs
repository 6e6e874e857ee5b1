using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// Tells a school what became of its delivery or its withdrawal, in a signed answer that names the sealed file and nobody. The answer is
/// recorded in the step's own transaction, so that what was done is also told; the files follow from the rows.
/// </summary>
public static class Answers
{
    /// <summary>Gives an answer once: the same outcome of the same file is told again in the same words and bytes.</summary>
    internal static void Give(OfficeHome home, Transaction t, string kind, string school, string about, string outcome, AnswerCounts? counts = null)
    {
        if (t.ReadOne<long>("SELECT count(*) FROM answers WHERE about = @about AND outcome = @outcome", new { about, outcome }) > 0) return;
        var answer = new Answer { School = school, About = about, Kind = kind, Outcome = outcome, Counts = counts, At = home.Now, Checkpoint = home.Ledger.Checkpoint()?.ToString() ?? "" }.ToJson();
        t.Execute("INSERT INTO answers (about, school, outcome, answer, signature) VALUES (@about, @school, @outcome, @answer, @signature)",
            new { about, school, outcome, answer, signature = Signature.Sign(answer, home.Key, home.Now) });
    }

    /// <summary>Every answer to a school, in the order in which they were given.</summary>
    public static IReadOnlyList<(byte[] Answer, byte[] Signature)> To(OfficeHome home, string school) =>
        home.Database.Read<(byte[] Answer, byte[] Signature)>("SELECT answer, signature FROM answers WHERE school = @school ORDER BY number", new { school });

    /// <summary>Writes every answer that has no file yet to a folder: <c>99XX00-0123456789abcdef-linked.answer.json</c> and <c>.answer.p7s</c>.</summary>
    /// <returns>How many were written.</returns>
    public static int Write(OfficeHome home, string folder)
    {
        DurableFile.CreateFolder(folder);
        var written = 0;
        foreach (var row in home.Database.Read<(string About, string School, string Outcome, byte[] Answer, byte[] Signature)>("SELECT about, school, outcome, answer, signature FROM answers ORDER BY number"))
        {
            var stem = Path.Combine(folder, $"{row.School}-{row.About[..16]}-{row.Outcome}");
            if (File.Exists(stem + ".answer.json")) continue;
            DurableFile.Write(stem + ".answer.p7s", row.Signature);
            DurableFile.Write(stem + ".answer.json", row.Answer);
            written++;
        }
        return written;
    }
}
