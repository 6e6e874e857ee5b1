using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>
/// The checkpoint of the office's ledger on its reports: every school that keeps one is a witness of the ledger as it was. It is taken once an
/// edition; made again, a report has the same bytes.
/// </summary>
static class PrintedCheckpoints
{
    /// <summary>The checkpoint for an edition's reports.</summary>
    public static Checkpoint Of(OfficeHome home, Edition edition)
    {
        if (Stored(home, edition) is { } known) return known;
        var latest = home.Sequence();
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO printed_checkpoints (edition, checkpoint) VALUES (@edition, @checkpoint)", new { edition = edition.ToString(), checkpoint = latest.ToString() });
            t.Enter(home.Entry("office", "checkpoint-printed", ("edition", edition.ToString()), ("root", Convert.ToHexStringLower(latest.Root)), ("size", latest.Size)));
        });
        return latest;
    }

    static Checkpoint? Stored(OfficeHome home, Edition edition) =>
        home.Database.ReadOne<string>("SELECT checkpoint FROM printed_checkpoints WHERE edition = @edition", new { edition = edition.ToString() }) is not { } text ? null
        : Checkpoint.TryParse(text, out var checkpoint) ? checkpoint : throw new InvalidDataException("A checkpoint in the store cannot be read.");
}
