using Groeilijn.Delivery;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>The last time the ledger was recomputed from this console; kept until the program ends.</summary>
public sealed class LastCheck
{
    /// <summary>What it showed, and when; null while nobody asked.</summary>
    public (DateTimeOffset At, LedgerCheck Check)? Value { get; set; }
}

/// <summary>The latest entries of the ledger, its checkpoint, and a button that recomputes all of it.</summary>
public sealed class LedgerPage(OfficeHome home, Jobs jobs, LastCheck last) : OfficePage(home)
{
    const int Shown = 50, LongText = 24;

    /// <summary>The last check.</summary>
    public (DateTimeOffset At, LedgerCheck Check)? Last => last.Value;

    /// <summary>How many entries there are.</summary>
    public long Size { get; private set; }

    /// <summary>The latest checkpoint.</summary>
    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>The latest entries with their numbers, the newest first.</summary>
    public IReadOnlyList<(long Number, LedgerEntry Entry)> Latest { get; private set; } = [];

    public void OnGet() => (Size, Checkpoint, Latest) = Home.ReadLedger(ledger =>
    {
        var from = Math.Max(0, ledger.Size - Shown);
        var entries = ledger.Entries(from).Select((bytes, i) => (from + i, LedgerEntry.TryRead(bytes, out var entry, out _) ? entry : null)).Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2!)).Reverse().ToList();
        return (ledger.Size, ledger.Checkpoint(), entries);
    });

    /// <summary>Recomputes every hash from the entries.</summary>
    public IActionResult OnPostVerify()
    {
        var home = Home;
        return Go(jobs.Start("ledger", new("Het logboek narekenen", "Recomputing the ledger"), "/ledger", (progress, _) =>
        {
            progress.At(null, "Elke regel wordt nagerekend.", "Every entry is being recomputed.");
            last.Value = (home.Now, home.ReadLedger(ledger => ledger.Check()));
            return Task.FromResult(JobEnd.At("/ledger"));
        }).Path);
    }

    /// <summary>A fact, shortened where it is a hash.</summary>
    public string Words((string Name, Fact Value) fact)
    {
        var text = fact.Value.Text ?? Speech.Number(fact.Value.Number ?? 0);
        return $"{fact.Name} {(text.Length > LongText ? text[..16] + "…" : text)}";
    }
}
