using Groeilijn.Office;
using Groeilijn.Sites;
using Groeilijn.Sites.Work;
using Groeilijn.Statistics.Linkage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Groeilijn.Review.Pages;

/// <summary>The round: linking it, what came of it per school, how good the links are thought to be, and the way into the review.</summary>
public sealed class RoundPage(ReviewRoom room, Jobs jobs) : SitePage
{
    /// <summary>So many standard errors below the whole round, a school is pointed out.</summary>
    const double Low = 3;

    /// <summary>The round.</summary>
    public ReviewRoom Room => room;

    /// <summary>The reviewer who wants to begin.</summary>
    [BindProperty]
    public string? Reviewer { get; set; }

    /// <summary>Where the round is.</summary>
    public RoundState State { get; private set; }

    /// <summary>How the review stands.</summary>
    public ReviewStatus Review { get; private set; } = null!;

    /// <summary>Each delivery with what became of its pupils.</summary>
    public IReadOnlyList<LinkedDelivery> Deliveries { get; private set; } = [];

    /// <summary>What was learned; null before linking.</summary>
    public LinkSummary? Summary { get; private set; }

    /// <summary>Deliveries that wait to be linked.</summary>
    public int Waiting { get; private set; }

    /// <summary>All deliveries together.</summary>
    public LinkCounts Together => Deliveries.Aggregate(default(LinkCounts), (sum, d) => sum + d.Counts);

    /// <summary>Whether there is something to review, and time to do it.</summary>
    public bool CanReview => State is RoundState.Linked or RoundState.Reviewing && Review.Pairs > 0 && room.Home.Now < Review.Until;

    /// <summary>The last day of the review.</summary>
    public string Until => Review.Until is { } until ? Speech.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(until, room.Home.Clock.LocalTimeZone).DateTime)) : "–";

    /// <summary>Whether a school lies far below the whole.</summary>
    public bool IsLow(LinkCounts counts)
    {
        double all = Share(Together), n = counts.Records;
        return n > 0 && Share(counts) < all - Low * Math.Sqrt(Math.Max(all * (1 - all), 1 / n) / n);
    }

    /// <summary>The share that is linked.</summary>
    public static double Share(LinkCounts counts) => (double)counts.Linked / Math.Max(1, counts.Records);

    /// <summary>A share in percent.</summary>
    public string Percent(double share, int decimals = 1) => Speech.Number(share * 100, decimals) + " %";

    /// <summary>Shows the round, to who holds the key.</summary>
    public IActionResult OnGet() => room.Step == KeyStep.Held ? Shown() : Go("/");

    /// <summary>Links what waits, as long work.</summary>
    public IActionResult OnPostLink()
    {
        if (room.Step != KeyStep.Held) return Go("/");
        var job = jobs.Start("link", new Spoken("Koppelen", "Linking"), "/round", (progress, stop) => Task.FromResult(Link(progress, stop)));
        return Go(job.Path);
    }

    /// <summary>Begins a review.</summary>
    public IActionResult OnPostReview()
    {
        if (room.Step != KeyStep.Held) return Go("/");
        if (room.Session is not null) return Go("/pairs");
        if (room.Begin(Reviewer ?? "") is not { } refusal) return Go("/pairs");
        var (what, remedy) = ReviewWords.Of(refusal);
        Wrong(nameof(Reviewer), $"{what.Dutch} {remedy.Dutch}", $"{what.English} {remedy.English}");
        return Shown();
    }

    JobEnd Link(JobProgress progress, CancellationToken stop)
    {
        var linked = room.Link((step, share) =>
        {
            // Before anything is written it may be stopped.
            if (step != "linking") stop.ThrowIfCancellationRequested();
            var (part, dutch, english) = step switch
            {
                "opening" => (0.0, "Leveringen openen in het geheugen", "Opening deliveries in memory"),
                "learning" => (0.2, "Leren wat overeenkomst waard is", "Learning what agreement is worth"),
                "linking" => (0.3 + 0.5 * share, "Kinderen zoeken in het register", "Looking for children in the register"),
                _ => (0.8, "Resultaten naar het cohort schrijven", "Writing results to the cohort"),
            };
            progress.At(part, dutch, english);
        });
        if (linked.Ok) return JobEnd.At("/round");
        var (what, remedy) = ReviewWords.Of(linked.Refusal);
        return JobEnd.Refused(what, remedy);
    }

    PageResult Shown()
    {
        (State, Review) = (Rounds.Find(room.Home, room.Edition)!.State, Reviews.Status(room.Home, room.Edition)!);
        (Deliveries, Summary) = (LinkStore.Deliveries(room.Home, room.Edition), LinkStore.Summary(room.Home, room.Edition));
        Waiting = LinkStore.Received(room.Home, room.Edition);
        return Page();
    }
}
