using Groeilijn.Delivery;

namespace Groeilijn.Storage;

/// <summary>
/// The sequencer: takes what the steps entered and writes it to the ledger's tiles, in order, once. A row's position is its place in the log
/// plus one, so a crash between the tiles and the clearing of the outbox repeats nothing and loses nothing.
/// </summary>
public static class LedgerOutbox
{
    /// <summary>Writes what waits in the outbox to the ledger and signs it: after this the checkpoint holds every step taken.</summary>
    /// <exception cref="InvalidDataException">Ledger and outbox come from two different copies of the home.</exception>
    public static Checkpoint Sequence(Database database, LedgerFolder ledger, SigningKey key)
    {
        var waiting = database.Read<(long Position, byte[] Entry)>("SELECT position, entry FROM ledger_outbox ORDER BY position");
        var unwritten = waiting.Where(row => row.Position > ledger.Size).ToList();
        if ((unwritten.Count > 0 && unwritten[0].Position != ledger.Size + 1) || !AreWritten(ledger, [.. waiting.Take(waiting.Count - unwritten.Count)]))
            throw new InvalidDataException("The ledger and its outbox do not follow each other: restore both from one copy.");
        ledger.Append([.. unwritten.Select(row => row.Entry)]);
        if (waiting.Count > 0) database.Write(t => t.Execute("DELETE FROM ledger_outbox WHERE position <= @Size", new { ledger.Size }));
        var latest = ledger.Checkpoint();
        return latest is not null && latest.Size == ledger.Size ? latest : ledger.Sign(key);
    }

    /// <summary>Whether the entries that a crash left in the outbox are those that stand in the ledger. In a store that is older than its ledger they are others.</summary>
    static bool AreWritten(LedgerFolder ledger, List<(long Position, byte[] Entry)> rows) =>
        rows.Count == 0 || rows.Zip(ledger.Entries(rows[0].Position - 1), (row, entry) => row.Entry.AsSpan().SequenceEqual(entry)).All(same => same);
}
