using System.Globalization;
using System.Security.Cryptography;
using Groeilijn.Delivery;

namespace Groeilijn.Office;

/// <summary>
/// The log that everybody may keep: one leaf a day, in <c>outgoing/log</c> as tiles with a signed checkpoint. A leaf stands for all entries that
/// the office's ledger got that day and shows none of them; a day without any has a leaf as well. Whoever was given a proof can check it against it.
/// </summary>
public static class PublicLog
{
    /// <summary>A day in the store.</summary>
    sealed record Day(long Number, DateOnly Date, long From, int Entries, byte[] Seed, string Batch)
    {
        public byte[] Leaf => new LogDay { Day = Date, Batch = Batch }.ToJson();
    }

    /// <summary>Closes every day that is over, writes the log, and the proofs of the receipts and certificates in it. Run it once a day, at a fixed hour.</summary>
    /// <returns>The public checkpoint; null as long as no day is over.</returns>
    public static Checkpoint? Publish(OfficeHome home)
    {
        home.Sequence();
        Close(home);
        var log = Log(home);
        var days = Days(home, "number >= @size", new { size = log.Size });
        log.Append([.. days.Select(day => day.Leaf)]);
        if (log.Size == 0) return null;
        var checkpoint = log.Checkpoint() is { } latest && latest.Size == log.Size ? latest : log.Sign(home.Key);
        Proofs.Write(home);
        return checkpoint;
    }

    /// <summary>Whether a day that is over is not in the log yet.</summary>
    public static bool IsBehind(OfficeHome home) => Next(home, Last(home)) < Date(home.Now);

    /// <summary>The proof that an entry of the office's ledger stands in the public log; null as long as its day is not published.</summary>
    public static LogProof? Proof(OfficeHome home, long entry) => Prove(home, [entry]).Select(proof => proof.Proof).FirstOrDefault();

    /// <summary>Proofs of many entries; those of one day share its tree.</summary>
    internal static IEnumerable<(long Entry, LogProof Proof)> Prove(OfficeHome home, IReadOnlyList<long> entries)
    {
        var log = Log(home);
        if (entries.Count == 0 || log.Checkpoint() is not { } checkpoint) yield break;
        foreach (var day in Days(home, "number < @Size AND from_entry <= @last AND from_entry + entries > @first", new { checkpoint.Size, first = entries.Min(), last = entries.Max() }))
        {
            var wanted = entries.Where(entry => entry >= day.From && entry < day.From + day.Entries).ToList();
            if (wanted.Count == 0) continue;
            List<byte[]> content = [.. home.Ledger.Entries(day.From).Take(day.Entries)];
            var batch = new DayBatch(day.Seed, content);
            var path = log.Tree(checkpoint.Size).InclusionProof(day.Number);
            foreach (var entry in wanted)
            {
                var index = (int)(entry - day.From);
                var (salt, place, beside) = batch.Proof(index);
                yield return (entry, new LogProof
                {
                    Entry = System.Text.Encoding.UTF8.GetString(content[index]),
                    Salt = Convert.ToBase64String(salt),
                    Place = place,
                    Batch = [.. beside.Select(Convert.ToHexStringLower)],
                    Day = day.Date,
                    Number = day.Number,
                    Log = [.. path.Select(Convert.ToHexStringLower)],
                    Checkpoint = checkpoint.ToString(),
                });
            }
        }
    }

    static LedgerFolder Log(OfficeHome home) => new(home.At("outgoing", "log"), LogDay.Origin);

    /// <summary>Gives every day that is over, and has none yet, its row. What does not fit in a day goes along with the next.</summary>
    static void Close(OfficeHome home)
    {
        var last = Last(home);
        var day = Next(home, last);
        var (number, next) = (last?.Number + 1 ?? 0, last is null ? 0 : last.From + last.Entries);
        List<Day> closed = [];
        using var waiting = home.Ledger.Entries(next).GetEnumerator();
        var more = waiting.MoveNext();
        for (; day < Date(home.Now); day = day.AddDays(1))
        {
            List<byte[]> entries = [];
            for (; more && entries.Count < DayBatch.Most && Date(TimeOf(waiting.Current)) <= day; more = waiting.MoveNext()) entries.Add(waiting.Current);
            var seed = RandomNumberGenerator.GetBytes(DayBatch.SeedLength);
            // Of a day on which nothing happened the root is random too: nobody can tell the difference.
            var batch = entries.Count > 0 ? new DayBatch(seed, entries).Root : RandomNumberGenerator.GetBytes(DayBatch.SeedLength);
            closed.Add(new Day(number++, day, next, entries.Count, seed, Convert.ToHexStringLower(batch)));
            next += entries.Count;
        }
        if (closed.Count == 0) return;
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO public_days (number, day, from_entry, entries, seed, batch) VALUES (@Number, @day, @From, @Entries, @Seed, @Batch)",
                closed.Select(row => new { row.Number, day = Text(row.Date), row.From, row.Entries, row.Seed, row.Batch }));
            t.Enter(home.Entry("office", "log-published", ("days", closed.Count), ("until", Text(closed[^1].Date))));
        });
    }

    static Day? Last(OfficeHome home) => Days(home, "number = (SELECT max(number) FROM public_days)", null) is [var latest] ? latest : null;

    /// <summary>The day to close next: the home's first, or that after the last.</summary>
    static DateOnly Next(OfficeHome home, Day? last) => last?.Date.AddDays(1) ?? Date(OfficeHome.Time(home.Database.ReadOne<string>("SELECT created FROM home")!));

    static IReadOnlyList<Day> Days(OfficeHome home, string where, object? arguments) => [.. home.Database
        .Read<(long Number, string Day, long From, long Entries, byte[] Seed, string Batch)>($"SELECT number, day, from_entry, entries, seed, batch FROM public_days WHERE {where} ORDER BY number", arguments)
        .Select(row => new Day(row.Number, DateOnly.ParseExact(row.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture), row.From, (int)row.Entries, row.Seed, row.Batch))];

    static DateTimeOffset TimeOf(byte[] entry) => LedgerEntry.TryRead(entry, out var read, out _) ? read.Time : throw new InvalidDataException("An entry of the ledger cannot be read.");

    static DateOnly Date(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
