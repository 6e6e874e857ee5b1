using Groeilijn.Sites.Work;
using Groeilijn.Statistics.Disclosure;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>The reports of a round in counts: made, held by a check and why, and what left with how much hidden. Nobody reads a report here; they are made in a process of its own.</summary>
public sealed class ReportsPage(OfficeHome home, OfficeProgram program, Jobs jobs) : RoundPageBase(home)
{
    const int LongestReason = 200;

    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    IReadOnlyList<Gate.ReleaseRecord>? _left;

    /// <summary>Why a correction is made, for schools.</summary>
    [BindProperty] public string? Dutch { get; set; }

    /// <summary>The same in English.</summary>
    [BindProperty] public string? English { get; set; }

    /// <summary>How the newest run stands; null before the first.</summary>
    public ReportStanding? Standing => SchoolReports.Standing(Home, Edition);

    /// <summary>Schools that get a report.</summary>
    public int Expected => SchoolReports.Expected(Home, Edition);

    /// <summary>The reports that a check holds.</summary>
    public IReadOnlyList<HeldReport> Held => SchoolReports.Held(Home, Edition);

    /// <summary>What left of this edition, by kind: how many files, cells shown and hidden.</summary>
    public IReadOnlyList<(string Audience, int Releases, long Published, long Hidden)> Left =>
        [.. (_left ??= Home.Gate.Of(Edition.ToString())).GroupBy(r => r.Audience).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Count(), g.Sum(r => (long)r.Published), g.Sum(r => (long)r.Hidden)))];

    /// <summary>Why cells are hidden, over everything that left: the code and how many, most first.</summary>
    public IReadOnlyList<(string Reason, long Cells)> Reasons =>
        [.. (_left ??= Home.Gate.Of(Edition.ToString())).SelectMany(r => r.Reasons).GroupBy(r => r.Key).Select(g => (g.Key, g.Sum(r => (long)r.Value))).OrderByDescending(r => r.Item2).ThenBy(r => r.Key, StringComparer.Ordinal)];

    /// <summary>Whether there is anything to report on.</summary>
    public bool IsLinked => Round.State != RoundState.Open;

    /// <summary>Whether the visitor may have them made.</summary>
    public bool MayMake => OfficeDuties.May(HttpContext, "/Reports", "");

    /// <summary>An audience in words.</summary>
    public string Name(string audience) => audience switch { "school" => Say("voor scholen, ieder haar eigen", "for schools, each its own"), "public" => Say("voor iedereen", "for everybody"), _ => audience };

    /// <summary>A reason in words; its code when no profile gives it any more.</summary>
    public string Why(string code) => (from profile in Gate.Profile.All from because in Enum.GetValues<HiddenBecause>() where profile.Rule.Code(because) == code select profile.Rule.Words(because, Language == "nl")).FirstOrDefault() ?? code;

    /// <summary>Makes the reports, or goes on with a run that was broken off.</summary>
    public IActionResult OnPost() => IsLinked ? Start([]) : Go(At("/reports"));

    /// <summary>Makes them all again as the next version.</summary>
    public IActionResult OnPostCorrect()
    {
        if (Standing is null) return Go(At("/reports"));
        Demand(nameof(Dutch), Dutch, "in het Nederlands", "in Dutch");
        Demand(nameof(English), English, "in het Engels", "in English");
        return ModelState.IsValid ? Start(["--because", Dutch!.Trim(), English!.Trim()]) : Page();
    }

    void Demand(string field, string? reason, string dutch, string english)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > LongestReason || reason.Contains('\n') || reason.TrimStart().StartsWith('-')) Wrong(field, $"Schrijf {dutch} in één regel van ten hoogste 200 tekens waarom de rapporten opnieuw worden gemaakt.", $"Write {english} in one line of at most 200 characters why the reports are made again.");
    }

    RedirectResult Start(IReadOnlyList<string> because)
    {
        var (home, edition, path, expected) = (Home, Edition, At("/reports"), Math.Max(1, Expected));
        return Go(jobs.Start("report", new($"Rapporten van {edition} maken", $"Making the reports of {edition}"), path, async (progress, stop) =>
        {
            var running = program.Run(["report", "--edition", edition.ToString(), .. because], stop);
            while (await Task.WhenAny(running, Task.Delay(s_look, CancellationToken.None)) != running)
            {
                var done = SchoolReports.Standing(home, edition) is { Finished: null } standing ? standing.Made + standing.Held : 0;
                progress.At((double)done / expected, $"{done} van {expected} scholen.", $"{done} of {expected} schools.");
            }
            return End(await running, path);
        }).Path);
    }
}
