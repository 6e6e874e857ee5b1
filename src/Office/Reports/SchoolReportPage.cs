using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Web;

namespace Groeilijn.Office;

/// <summary>
/// The page of one school, from protected cells only: first what stands out, then a chart with its table for each subject, then
/// what is not known and how it was computed, and a question to talk about.
/// </summary>
sealed class SchoolReportPage(EnrolledSchool school, Edition edition, IReadOnlyList<ReportLine> lines, ProtectedTable table, Checkpoint checkpoint, bool dutch)
{
    readonly string _language = dutch ? "nl" : "en";

    public string Render()
    {
        var head = new PageHead(_language, T($"Leergroei op {school.Name}", $"Learning growth at {school.Name}"), T($"Schoolrapport {edition}", $"School report {edition}"), $"{school.Location.Code}-{edition}.{T("en", "nl")}.html");
        return Page.Render(head, (lines.Count == 0 ? First() : Body()) + Witness());
    }

    string T(string nl, string en) => dutch ? nl : en;

    /// <summary>At the foot: what makes every school that keeps its report a witness of the office's ledger.</summary>
    string Witness() => P(T("Het logboek van het bureau op het moment van dit rapport: ", "The office's log at the time of this report: ") + checkpoint.Printed)
        + P(T("Bewaar dit rapport. Wie later in dat logboek iets verandert of weghaalt, komt met deze regel niet meer uit.", "Keep this report. Whoever changes the log later, or takes something away, can no longer match this line."));

    string Body()
    {
        var body = new StringBuilder();
        body.Append(P(Period())).Append(Summary());
        foreach (var subject in Subjects.All) body.Append(Section(subject));
        return body.Append(Unknown()).Append(Method()).Append(Question()).ToString();
    }

    /// <summary>The first time, there is one moment and no growth yet.</summary>
    string First() => P(Period())
        + P(T("Dit rapport kan nog geen leergroei laten zien. Daarvoor zijn twee toetsmomenten achter elkaar nodig, en die zijn er nog niet in de gegevens van de scholen die meedoen.",
              "This report cannot show growth yet. That takes two test moments in a row, and the schools that take part do not have them yet."))
        + P(T("U hoeft niets te doen. Lever na de volgende toetsen weer aan; dan staat in het volgende rapport de groei van elke groep, met de groei van alle scholen die meedoen ernaast.",
              "There is nothing you need to do. Deliver again after the next tests; the next report then shows the growth of each year group beside that of all schools that take part."))
        + Unknown() + Method();

    string Period() => edition.Half == HalfYear.M
        ? T($"Dit rapport laat zien hoeveel uw leerlingen groeiden van de eindtoetsen van {edition.Year - 1} (mei en juni) tot de middentoetsen van {edition.Year} (januari en februari).",
            $"This report shows how much your pupils grew from the end-of-year tests of {edition.Year - 1} (May and June) to the mid-year tests of {edition.Year} (January and February).")
        : T($"Dit rapport laat zien hoeveel uw leerlingen groeiden van de middentoetsen (januari en februari) tot de eindtoetsen (mei en juni) van {edition.Year}.",
            $"This report shows how much your pupils grew from the mid-year tests (January and February) to the end-of-year tests (May and June) of {edition.Year}.");

    string Summary()
    {
        var verdicts = lines.Select(Verdict).ToList();
        int more = verdicts.Count(v => v == 1), less = verdicts.Count(v => v == -1), same = verdicts.Count(v => v == 0), none = verdicts.Count(v => v is null);
        var figures = Html.Figures(
            (T("Meer groei dan gemiddeld", "More growth than average"), Html.Number(more, _language)),
            (T("Geen duidelijk verschil", "No clear difference"), Html.Number(same, _language)),
            (T("Minder groei dan gemiddeld", "Less growth than average"), Html.Number(less, _language)),
            (T("Niet te vergelijken", "Not comparable"), Html.Number(none, _language)));
        return Heading(T("In het kort", "In short"), "short")
            + P(T($"Er zijn {lines.Count} vergelijkingen: per vak en per groep. Zo vallen ze uit tegen het gemiddelde van alle scholen die meedoen:",
                  $"There are {lines.Count} comparisons, by subject and year group. This is how they turn out against the mean of all schools that take part:"))
            + figures
            + P(T("Let niet te veel op één uitkomst: van elke twintig vergelijkingen valt er door toeval ongeveer één duidelijk hoger of lager uit.",
                  "Do not make too much of one outcome: of every twenty comparisons about one turns out clearly higher or lower by chance."));
    }

    string Section(Subject subject)
    {
        var own = lines.Where(line => line.Subject == subject).ToList();
        if (own.Count == 0) return "";
        var name = subject.Name(dutch);
        var text = new ChartText(
            T($"{name}: groei per groep", $"{name}: growth by year group"),
            T("Per groep een punt met een streep: de gemiddelde groei van uw leerlingen en hoe zeker die is. Een ruit is het gemiddelde van alle scholen die meedoen. De tabel eronder heeft dezelfde getallen.",
              "For each year group a dot with a bar: the mean growth of your pupils and how sure it is. A diamond is the mean of all schools that take part. The table below has the same numbers."),
            T("uw school, met 95%-interval", "your school, 95% interval"), T("alle scholen die meedoen", "all schools that take part"), T("groei in punten van de vaardigheidsschaal", "growth in points of the ability scale"), _language);
        return Heading(name, subject.Code())
            + Charts.Intervals($"chart-{subject.Code()}", text, [.. own.Select(line => ChartRow(line, own))])
            + Html.Table(T($"{name}: groei per groep, in punten", $"{name}: growth by year group, in points"), Headers(), own.Select(line => Row(line, own)));
    }

    IntervalRow ChartRow(ReportLine line, List<ReportLine> others)
    {
        var own = Cell(line, ReportCells.Own);
        double? reference = Cell(line, ReportCells.All) is { Hidden: null } all ? all.Values[0] : null;
        return own.Hidden is { } hidden
            ? new IntervalRow(Label(line, others), null, 0, 0, reference, table.Rule.Words(hidden, dutch))
            : new IntervalRow(Label(line, others), own.Values[0], own.Values[1], own.Values[2], reference);
    }

    Web.Cell[] Headers() =>
    [
        T("Stap", "Step"), Web.Cell.Number(T("Uw school", "Your school")), Web.Cell.Number(T("95%-interval", "95% interval")), Web.Cell.Number(T("Leerlingen", "Pupils")),
        Web.Cell.Number(T("Alle scholen", "All schools")), T("Verschil", "Difference"),
    ];

    Web.Cell[] Row(ReportLine line, List<ReportLine> others)
    {
        ProtectedCell own = Cell(line, ReportCells.Own), all = Cell(line, ReportCells.All);
        var mean = all.Hidden is { } few ? Web.Cell.Hidden(table.Rule.Words(few, dutch)) : Web.Cell.Number(Number(all.Values[0]));
        if (own.Hidden is { } hidden) return [Label(line, others), Web.Cell.Hidden(table.Rule.Words(hidden, dutch)), "", "", mean, ""];
        var interval = $"{Number(own.Values[1])} {T("tot", "to")} {Number(own.Values[2])}";
        return [Label(line, others), Web.Cell.Number(Number(own.Values[0])), Web.Cell.Number(interval), Web.Cell.Number((long)own.Values[3], _language), mean, Words(line)];
    }

    string Words(ReportLine line)
    {
        if (Verdict(line) is not { } verdict) return "";
        var difference = Number(Math.Abs(Cell(line, ReportCells.Difference).Values[0]));
        return verdict switch
        {
            1 => T($"meer ({difference} punten)", $"more ({difference} points)"),
            -1 => T($"minder ({difference} punten)", $"less ({difference} points)"),
            _ => T("geen duidelijk verschil", "no clear difference"),
        };
    }

    /// <summary>1 for more, −1 for less, 0 for no clear difference; null when there is nothing to compare. More or less only if the interval of the difference excludes zero.</summary>
    int? Verdict(ReportLine line)
    {
        if (Cell(line, ReportCells.Difference) is not { Hidden: null, Values: [_, var low, var high] }) return null;
        return low > 0 ? 1 : high < 0 ? -1 : 0;
    }

    string Unknown() => Heading(T("Wat we niet weten", "What we do not know"), "unknown") + List(
        T("Waarom leerlingen meer of minder groeiden. Dit rapport vergelijkt gemiddelden; het zegt niets over de oorzaak.", "Why pupils grew more or less. This report compares means; it says nothing about causes."),
        T("Hoe de leerlingen groeiden die niet meetellen: wie een van de twee toetsen niet maakte, tussen de twee toetsen van school wisselde, bleef zitten of een groep oversloeg, een toets uit een andere reeks maakte, niet gekoppeld kon worden, of bezwaar maakte.",
          "How the pupils grew who do not count: who missed one of the two tests, changed schools in between, repeated or skipped a year group, took a test of another series, could not be linked, or objected."),
        T("Of de scholen die meedoen lijken op alle scholen van het land. Het gemiddelde is dat van de scholen die meedoen.", "Whether the schools that take part resemble all schools in the country. The mean is that of the schools that take part."),
        T("Hoe een kleine groep groeide. Onder de 10 leerlingen tonen we niets, want dan kan een kind herkenbaar worden en zegt het gemiddelde weinig.", "How a small group grew. Below 10 pupils nothing is shown: a child could be recognised, and the mean would say little."));

    string Method() => Heading(T("Hoe dit is berekend", "How this was computed"), "method")
        + P(T("Groei is de latere vaardigheidsscore min de eerdere, van dezelfde leerling, op dezelfde school, op dezelfde schaal, over één halfjaar. De groep is de eigen jaargroep van de leerling bij de eerste toets, ook als de toets voor een andere groep is gemaakt.",
              "Growth is the later ability score minus the earlier one, of the same pupil, at the same school, on the same scale, over half a year. The year group is the pupil's own at the first test, even when the test was made for another."))
        + P(T("Het 95%-interval laat zien hoe ver het gemiddelde kan schuiven als andere kinderen of een andere toetsdag meetelden. We schrijven alleen ‘meer’ of ‘minder’ als het interval van het verschil met alle scholen nul niet bevat. In het gemiddelde van alle scholen telt elke leerling even zwaar; uw eigen leerlingen tellen mee.",
              "The 95% interval shows how far the mean could move with other children or another test day. We write ‘more’ or ‘less’ only when the interval of the difference from all schools excludes zero. In the mean of all schools every pupil weighs the same; your own pupils are part of it."))
        + P(T("Vergelijk alleen dezelfde stap. Over de zomer groeien leerlingen in punten vaak meer dan binnen een schooljaar; dat ligt aan de toetsen.", "Compare the same step only. Over the summer pupils often grow more points than within a school year; that lies in the tests."));

    string Question() => Heading(T("Om over te praten", "To talk about"), "question")
        + P(T("Welke uitkomst had u niet verwacht, en wat weten de leerkrachten van die groep dat de toetsen niet laten zien?", "Which outcome did you not expect, and what do that group's teachers know that the tests do not show?"));

    ProtectedCell Cell(ReportLine line, string part) => table.Find(line.Codes(part)) ?? throw new InvalidOperationException("A line of the report has no cell.");

    /// <summary>The step; with its test series where the school has two in one subject.</summary>
    string Label(ReportLine line, List<ReportLine> others) =>
        others.Any(other => other.Scale != line.Scale) ? $"{line.Step.Words(dutch)} ({line.Scale})" : line.Step.Words(dutch);

    /// <summary>One decimal; what rounds to zero has no sign.</summary>
    string Number(double value) => Html.Number(Math.Round(value, 1) + 0.0, 1, _language);

    static string Heading(string text, string id) => $"<h2 id=\"{id}\">{Html.Encode(text)}</h2>\n";

    static string P(string text) => $"<p>{Html.Encode(text)}</p>\n";

    static string List(params ReadOnlySpan<string> items)
    {
        var list = new StringBuilder("<ul>\n");
        foreach (var item in items) list.Append("<li>").Append(Html.Encode(item)).Append("</li>\n");
        return list.Append("</ul>\n").ToString();
    }
}
