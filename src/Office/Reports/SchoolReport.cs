using Groeilijn.Education;
using Groeilijn.Web;

namespace Groeilijn.Office;

/// <summary>
/// The report of one school in one language, from protected cells only: first what it comes to, then how complete it is, each subject with its pictures, what is not known, what a team
/// can talk about, and how it was computed. Every sentence that says more or less takes its words from <see cref="EvidenceLevels"/> and names its number.
/// </summary>
sealed partial class SchoolReport(ReportHead head, ReportNumbers numbers, bool dutch)
{
    readonly string _language = dutch ? "nl" : "en";

    public BlockDocument Document => new(_language, Title, Kind, [.. Corrected(), .. numbers.Series.Any(HasGrowth) ? Body() : First(), .. Foot()]);

    string Title => T($"Leergroei op {head.Name}", $"Learning growth at {head.Name}");

    /// <summary>What it is, above the title.</summary>
    string Kind => T($"Schoolrapport {head.Edition} · {head.Code}", $"School report {head.Edition} · {head.Code}");

    bool HasGrowth(ReportSeries series) => numbers.Places(series, ReportCells.Own).Count > 0;

    IEnumerable<Block> Body() => [.. InShort(), .. Coverage(), .. numbers.Series.SelectMany(Growth), .. WithoutResults(), .. Unknown(), .. Talk(), .. Method()];

    string T(string nl, string en) => dutch ? nl : en;

    string Number(double value, int decimals) => Html.Number(Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0, decimals, _language);

    /// <summary>The subject, with its test series where there are two.</summary>
    string Name(ReportSeries series) => numbers.Series.Count(s => s.Subject == series.Subject) > 1 ? $"{series.Subject.Name(dutch)} ({series.Scale})" : series.Subject.Name(dutch);

    IEnumerable<Block> Corrected() => head.Version == 1 ? [] : [new Remark(T($"Dit is versie {head.Version} van dit rapport. Zij vervangt de vorige. De reden: {head.Reason.Dutch}", $"This is version {head.Version} of this report. It replaces the one before. The reason: {head.Reason.English}"))];

    string Period() => head.Edition.Half == HalfYear.M
        ? T($"Dit rapport gaat over de groei van de eindtoetsen van {head.Edition.Year - 1} (mei en juni) tot de middentoetsen van {head.Edition.Year} (januari en februari).",
            $"This report is about growth from the end-of-year tests of {head.Edition.Year - 1} (May and June) to the mid-year tests of {head.Edition.Year} (January and February).")
        : T($"Dit rapport gaat over de groei van de middentoetsen (januari en februari) tot de eindtoetsen (mei en juni) van {head.Edition.Year}.",
            $"This report is about growth from the mid-year tests (January and February) to the end-of-year tests (May and June) of {head.Edition.Year}.");

    // ---- in short ----

    IEnumerable<Block> InShort()
    {
        yield return new Heading(2, "short", T("In het kort", "In short"));
        foreach (var series in numbers.Series) yield return Conclusion(series);
        yield return new Paragraph(Period());
        if (numbers.Series.Any(HasModel)) yield return new Paragraph(T("‘Verwacht’ is de groei van dezelfde leerlingen op een gemiddelde school. Het zegt dus iets over de groei, niet over het niveau.",
            "‘Expected’ is the growth of the same pupils at an average school. So it is about growth and not about level."));
    }

    /// <summary>Whether the model says something of the school in this series, shown or not.</summary>
    bool HasModel(ReportSeries series) => numbers.Has(series, "all", ReportCells.Effect);

    Paragraph Conclusion(ReportSeries series)
    {
        var name = Name(series);
        if (numbers.Believed(series, "all", ReportCells.Effect) is { } effect) return new Paragraph(Says(name, EvidenceLevels.Of(effect)), series.Claim("level", "all", ReportCells.Effect), Lead: true);
        if (numbers.Why(series, "all", ReportCells.Effect, dutch) is { } why) return new Paragraph($"{name}: {Small(why)}.{(numbers.Values(series, "all", ReportCells.ThreeYears) is null ? "" : T(" Alle halfjaren samen staan hieronder wel.", " All half-years together do stand below."))}", Lead: true);
        return new Paragraph(numbers.Places(series, ReportCells.Own).Any(step => numbers.Values(series, step, ReportCells.Own) is not null)
            ? T($"{name}: wat we mochten verwachten is nog niet te zeggen. Daarvoor doen te weinig scholen mee. U ziet alleen gemiddelden.", $"{name}: what could be expected cannot be said yet. Too few schools take part for that. You see means only.")
            : T($"{name}: geen groep had {ReportCells.Least} leerlingen met beide toetsen op uw school. Daarom staan hier geen uitkomsten.", $"{name}: no year group had {ReportCells.Least} pupils with both tests at your school. So there are no outcomes here."), Lead: true);
    }

    static string Small(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    string Says(string name, Evidence level) => level == Evidence.None
        ? T($"{name}: er is geen duidelijk verschil met wat we verwachtten.", $"{name}: there is no clear difference from what we expected.")
        : T($"{name}: uw leerlingen groeiden {level.Words(true)} dan verwacht.", $"{name}: your pupils grew {level.Words(false)} than expected.");

    // ---- without growth ----

    /// <summary>The first time, there is one moment and no growth yet.</summary>
    IEnumerable<Block> First() =>
    [
        new Paragraph(Period()),
        new Paragraph(T("Dit rapport kan nog geen leergroei laten zien. Daarvoor zijn twee toetsmomenten achter elkaar nodig. Die zijn er nog niet in de gegevens die wij hebben.",
            "This report cannot show growth yet. That takes two test moments in a row. They are not yet in the data that we have.")),
        new Paragraph(T("U hoeft niets te doen. Lever na de volgende toetsen weer aan. Dan staat in het volgende rapport de groei van elke groep, met de andere scholen ernaast.",
            "There is nothing you need to do. Deliver again after the next tests. The next report then shows the growth of each year group, with the other schools beside it.")),
        .. Unknown(), .. Method(),
    ];

    IEnumerable<Block> WithoutResults()
    {
        var missing = Subjects.All.Where(subject => numbers.Series.All(s => s.Subject != subject)).Select(s => s.Name(dutch)).ToList();
        if (missing.Count > 0) yield return new Remark(T($"Van uw school hebben we geen toetsen van: {string.Join(", ", missing)}. Daarover zegt dit rapport niets.", $"We have no tests of your school in: {string.Join(", ", missing)}. This report says nothing about it."));
    }

    /// <summary>At the foot: what makes every school that keeps its report a witness of the office's ledger.</summary>
    IEnumerable<Block> Foot() =>
    [
        new Heading(2, "ledger", T("Het logboek van het bureau", "The office's log")),
        new Paragraph(T("Het logboek op het moment van dit rapport: ", "The log at the time of this report: ") + head.Checkpoint),
        new Paragraph(T("Bewaar dit rapport. Wie later in dat logboek iets verandert of weghaalt, komt met deze regel niet meer uit.", "Keep this report. Whoever changes the log later, or takes something away, can no longer match this line.")),
    ];
}
