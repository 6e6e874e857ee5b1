using Groeilijn.Statistics.Growth;
using Groeilijn.Web;

namespace Groeilijn.Office;

/// <summary>Which groups differ more than at other schools, how complete the report is, what is not known, what to talk about, and how it was computed.</summary>
sealed partial class SchoolReport
{
    // ---- groups ----

    static readonly Dictionary<string, (string Dutch, string English)> s_groups = new()
    {
        [PupilBackground.Start] = ("lage startscore min hoge startscore", "low starting score less high starting score"),
        [PupilBackground.Repeater] = ("groep overgedaan min niet overgedaan", "repeated a year less did not"),
        ["sex"] = ("meisjes min jongens", "girls less boys"),
        ["parent_education"] = ("ouders lager opgeleid min hoger opgeleid", "parents with less education less more"),
        ["income"] = ("lager inkomen min hoger inkomen", "lower income less higher income"),
        ["origin"] = ("herkomst buiten Europa min Nederland", "origin outside Europe less the Netherlands"),
    };

    IEnumerable<Block> Groups(ReportSeries series, string id)
    {
        var (seen, unseen) = (numbers.Places(series, ReportCells.Gap), numbers.Places(series, ReportCells.GapLevel));
        string[] variables = [.. seen, .. unseen];
        if (variables.Length == 0) yield break;
        yield return new Heading(3, $"{id}-groups", T("Welke groepen vragen aandacht?", "Which groups ask for attention?"));
        var shown = variables.Where(v => GapLevel(series, v) is not null).ToList();
        yield return shown.Select(v => (Variable: v, Level: GapLevel(series, v) ?? Evidence.None)).FirstOrDefault(g => g.Level > 0) is { Variable: { } first } top
            ? new Paragraph(T($"Het verschil tussen de groepen ‘{Group(first)}’ is {top.Level.WordsOfGap(true)} dan op andere scholen.", $"The difference between the groups ‘{Group(first)}’ is {top.Level.WordsOfGap(false)} than at other schools."), series.Claim("wider", first, seen.Contains(first) ? ReportCells.Gap : ReportCells.GapLevel))
            : new Paragraph(shown.Count == 0 ? T("Elke groep is te klein om te tonen.", "Every group is too small to show.") : T("Bij geen groep is het verschil duidelijk of waarschijnlijk groter dan op andere scholen.", "For no group the difference is clearly or probably wider than at other schools."), shown.Count == 0 ? null : $"no-wider|{Education.Subjects.Code(series.Subject)}|{series.Scale}");
        var (title, description) = (T($"{Name(series)}: verschil in groei tussen groepen", $"{Name(series)}: difference in growth between groups"),
            T("Per paar groepen een punt met een band: het verschil in groei op uw school. De ruit is hetzelfde verschil op alle scholen.", "For each pair of groups a dot with a band: the difference in growth at your school. The diamond is the same difference at all schools."));
        DotRow[] rows = [.. variables.Select(v => numbers.Values(series, v, ReportCells.Gap) is { } g && new Posterior(g[0], g[1]) is var e
            ? new DotRow(Group(v), series.Name(v, ReportCells.Gap, "mean"), e.Mean, e.Low, e.High) { National = g[4] }
            : new DotRow(Group(v), "", null, 0, 0) { Remark = numbers.Why(series, v, ReportCells.Gap, dutch) ?? numbers.Why(series, v, ReportCells.GapLevel, dutch) ?? T($"{Level(v)} (alleen in woorden)", $"{Level(v)} (in words only)") })];
        if (shown.Any(v => seen.Contains(v)))
            yield return new Picture(DotChart.Draw($"g-{id}", new DrawingWords(title, description, Deviations, _language), new DotLegend(T("uw school", "your school"), National: T("alle scholen die meedoen", "all schools that take part"), Zero: T("beide groepen groeiden evenveel", "both groups grew alike")), rows), title, description,
                T("Links van de lijn groeide de eerste groep minder dan de tweede. Vergelijk de punt met de ruit: ligt uw punt verder van de lijn, dan is het verschil op uw school groter. Bovenaan staat wat de meeste aandacht vraagt: een groot verschil dat ook zeker is.",
                  "Left of the line the first group grew less than the second. Compare the dot with the diamond: when your dot lies further from the line, the difference at your school is wider. At the top stands what asks for most attention: a large difference that is sure as well."));
        yield return new NumberTable(title, [T("Groepen", "Groups"), Cell.Number(T("Verschil", "Difference")), Cell.Number(T("95%-interval", "95% interval")), Cell.Number(T("Leerlingen", "Pupils")), Cell.Number(T("Alle scholen", "All schools")), T("Naast andere scholen", "Beside other schools")], [.. variables.Select(v => GapCells(series, v))], Folded: true);
        if (unseen.Count > 0) yield return new Paragraph(Unseen([.. unseen.Select(Group)]));
        if (GapContrast.All.Where(c => !variables.Contains(c.Variable)).Select(c => Group(c.Variable)).ToList() is { Count: > 0 } unknown)
            yield return new Paragraph(T($"Niet bekend of bij te weinig scholen, en dus niet getoond: {string.Join("; ", unknown)}.", $"Not known or at too few schools, and so not shown: {string.Join("; ", unknown)}."));

        string Level(string variable) => (GapLevel(series, variable) ?? Evidence.None).WordsOfGap(dutch);
    }

    string Unseen(IReadOnlyList<string> groups) => T(
        $"Alleen in woorden: {string.Join("; ", groups)}. Uit cijfers zou een school kunnen afleiden wie in de groep zit.",
        $"In words only: {string.Join("; ", groups)}. From figures a school could find out who is in the group.");

    string Group(string variable) => s_groups[variable] is var (nl, en) && dutch ? nl : en;

    /// <summary>Whether the gap is wider than at other schools, in the direction that it has there.</summary>
    /// <returns>Null where it is hidden.</returns>
    Evidence? GapLevel(ReportSeries series, string variable) => numbers.Values(series, variable, ReportCells.GapLevel) is { } level ? (Evidence)(int)level[0]
        : numbers.Values(series, variable, ReportCells.Gap) is { } g ? EvidenceLevels.Of(new Posterior(g[2], g[3]).Times(g[4] < 0 ? -1 : 1)) : null;

    IReadOnlyList<Cell> GapCells(ReportSeries series, string v)
    {
        if (GapLevel(series, v) is not { } level) return [Group(v), Cell.Hidden(numbers.Why(series, v, ReportCells.Gap, dutch) ?? numbers.Why(series, v, ReportCells.GapLevel, dutch) ?? ""), "", "", "", ""];
        if (numbers.Values(series, v, ReportCells.GapLevel) is { } words)
            return [Group(v), T("alleen in woorden", "in words only"), "", "", Named(series, v, ReportCells.GapLevel, "all", words[1], 2), new Cell(level.WordsOfGap(dutch)) { Name = series.Claim("wider", v, ReportCells.GapLevel) }];
        var g = numbers.Values(series, v, ReportCells.Gap)!;
        var sizes = numbers.Values(series, v, ReportCells.GapSizes) is { } n ? $"{Number(n[0], 0)} {T("en", "and")} {Number(n[1], 0)}" : T($"{ReportCells.Least} of meer elk", $"{ReportCells.Least} or more each");
        return [Group(v), Named(series, v, ReportCells.Gap, "mean", g[0], 2), Between(new Posterior(g[0], g[1])), Cell.Number(sizes), Cell.Number(Number(g[4], 2)) with { Name = series.Name(v, ReportCells.Gap, "all") },
            new Cell(level.WordsOfGap(dutch)) { Name = series.Claim("wider", v, ReportCells.Gap) }];
    }

    // ---- how complete ----

    IEnumerable<Block> Coverage()
    {
        yield return new Heading(2, "complete", T("Hoe volledig is dit rapport?", "How complete is this report?"));
        yield return new Paragraph(T($"Een leerling telt mee met beide toetsen op uw school. Hieronder staat hoeveel dat er zijn. Een reden met minder dan {ReportCells.Least} leerlingen tonen we niet.", $"A pupil counts with both tests at your school. Below you see how many there are. A reason with fewer than {ReportCells.Least} pupils is not shown."));
        var (title, description) = (T("Hoeveel leerlingen tellen mee?", "How many pupils count?"), T("Per vak een balk: wie meetelt en waarom anderen niet. De tabel heeft de aantallen.", "For each subject a bar: who counts and why others do not. The table has the counts."));
        var bars = numbers.Series.Where(s => numbers.Values(s, "all", ReportCells.Counted) is not null).Select(s => (Name(s), (IReadOnlyList<BarPart>)Parts(s), Beside(s))).ToList();
        if (bars.Count > 0) yield return new Picture(CoverageBar.Draw("coverage", new DrawingWords(title, description, "", _language), bars), title, description,
            T("De donkere balk is wie meetelt. Hoe korter de rest, hoe vollediger het rapport.", "The dark bar is who counts. The shorter the rest, the more complete the report."));
        yield return new NumberTable(title, [T("Vak", "Subject"), .. s_reasons.Select(r => Cell.Number(dutch ? r.Dutch : r.English))], [.. numbers.Series.Select(series => (IReadOnlyList<Cell>)[Name(series), .. s_reasons.Select(r => CountCell(series, r.Part))])], Folded: false);
    }

    static readonly (string Part, string Dutch, string English)[] s_reasons =
    [
        (ReportCells.Counted, "Telt mee", "Counts"), (ReportCells.Missing, "Mist een van de twee toetsen", "Missed one of the two tests"), (ReportCells.Moved, "Wisselde van school", "Changed schools"),
        (ReportCells.OtherStep, "Deed een groep over of sloeg er een over", "Repeated or skipped a year"),
    ];

    Cell CountCell(ReportSeries series, string part) => numbers.Values(series, "all", part) is { } n ? Named(series, "all", part, "n", n[0], 0) : Cell.Hidden(T($"minder dan {ReportCells.Least}", $"fewer than {ReportCells.Least}"));

    List<BarPart> Parts(ReportSeries series)
    {
        List<BarPart> parts = [.. s_reasons.Where(r => numbers.Values(series, "all", r.Part) is not null).Select(r => new BarPart(dutch ? r.Dutch : r.English, numbers.Values(series, "all", r.Part)![0], series.Name("all", r.Part, "n")))];
        var rest = (numbers.Values(series, "all", ReportCells.Uncounted)?[0] ?? 0) - parts.Skip(1).Sum(p => p.Value);
        if (rest > 0) parts.Add(new BarPart(T($"Andere redenen, elk minder dan {ReportCells.Least}", $"Other reasons, each fewer than {ReportCells.Least}"), rest, series.Name("all", ReportCells.Uncounted, "rest")));
        return parts;
    }

    string Beside(ReportSeries series) => numbers.Values(series, "all", ReportCells.Uncounted) is { } not && numbers.Values(series, "all", ReportCells.Counted) is { } counted
        ? T($"{Number(100 * counted[0] / (counted[0] + not[0]), 0)} van de 100 tellen mee", $"{Number(100 * counted[0] / (counted[0] + not[0]), 0)} of 100 count")
        : numbers.Series.Count > 0 ? T($"de andere redenen: elk minder dan {ReportCells.Least}", $"the other reasons: each fewer than {ReportCells.Least}") : "";

    // ---- what is not known ----

    IEnumerable<Block> Unknown() =>
    [
        new Heading(2, "unknown", T("Wat we niet weten", "What we do not know")),
        new Points(
        [
            T("Waarom leerlingen meer of minder groeiden. Dit rapport vergelijkt gemiddelden. Over de oorzaak zegt het niets.", "Why pupils grew more or less. This report compares means. It says nothing about causes."),
            T("Hoe de leerlingen groeiden die niet meetellen: wie een toets miste, van school wisselde, een groep overdeed of oversloeg, een toets uit een andere reeks maakte, niet gekoppeld kon worden of bezwaar maakte.",
              "How the pupils grew who do not count: who missed a test, changed schools, repeated or skipped a year group, took a test of another series, could not be linked or objected."),
            T("Of de scholen die meedoen lijken op alle scholen van het land. ‘Alle scholen’ zijn hier de scholen die meedoen.", "Whether the schools that take part resemble all schools in the country. ‘All schools’ are here the schools that take part."),
            T($"Hoe een kleine groep groeide. Onder de {ReportCells.Least} leerlingen tonen we niets: een kind kan herkenbaar worden, en het gemiddelde zegt weinig.", $"How a small group grew. Below {ReportCells.Least} pupils nothing is shown: a child could be recognised, and the mean would say little."),
        ]),
        .. numbers.Series.SelectMany(MissingTests),
    ];

    IEnumerable<Block> MissingTests(ReportSeries series)
    {
        if (numbers.Believed(series, "all", ReportCells.IfLess) is not { } less || numbers.Believed(series, "all", ReportCells.IfMore) is not { } more) yield break;
        var shift = Number(EditionGrowth.MissingShift, 1);
        yield return new Paragraph(T($"{Name(series)}, als leerlingen met een gemiste toets {shift} standaardafwijking minder groeiden dan de rest. Het oordeel is dan: {EvidenceLevels.Of(less).Words(true)}.", $"{Name(series)}, if pupils with a missed test grew {shift} standard deviations less than the others. The verdict is then: {EvidenceLevels.Of(less).Words(false)}."), series.Claim("level", "all", ReportCells.IfLess));
        yield return new Paragraph(T($"{Name(series)}, als zij {shift} standaardafwijking meer groeiden. Het oordeel is dan: {EvidenceLevels.Of(more).Words(true)}.", $"{Name(series)}, if they grew {shift} standard deviations more. The verdict is then: {EvidenceLevels.Of(more).Words(false)}."), series.Claim("level", "all", ReportCells.IfMore));
    }

    // ---- to talk about ----

    IEnumerable<Block> Talk() =>
    [
        new Heading(2, "question", T("Om met uw team over te praten", "To talk about with your team")),
        new Points(
        [
            T("Welke uitkomst had u niet verwacht? Wat weten de leerkrachten van die groep dat de toetsen niet laten zien?", "Which outcome did you not expect? What do that group's teachers know that the tests do not show?"),
            T("Wat staat er bij drie jaar samen, en past dat bij wat u zelf ziet?", "What does the row of all half-years say, and does it fit what you see yourselves?"),
            T("Wie telde niet mee? Zou het beeld anders zijn met die leerlingen erbij?", "Who did not count? Would the picture be different with those pupils?"),
        ]),
    ];

    // ---- method ----

    IEnumerable<Block> Method() =>
    [
        new Heading(2, "method", T("Hoe dit is berekend", "How this was computed")),
        new Paragraph(T("Groei is de latere vaardigheidsscore min de eerdere. Het gaat om dezelfde leerling, op dezelfde school en dezelfde schaal, over één halfjaar. De groep is de eigen jaargroep bij de eerste toets.",
            "Growth is the later ability score less the earlier. It is of the same pupil, at the same school and on the same scale, over half a year. The year group is the pupil's own at the first test.")),
        new Paragraph(T("De verwachting komt uit een model van alle scholen die meedoen. Het let op de startscore, op zittenblijven en op wat over het gezin bekend is. Het model trekt kleine scholen naar het gemiddelde. Zo lijkt toeval niet op een verschil.",
            "The expectation comes from a model of all schools that take part. It takes account of the starting score, of repeating a year, and of what is known of the family. The model draws small schools towards the mean. So chance does not look like a difference.")),
        new Paragraph(T("‘Duidelijk’ schrijven we bij een kans van 97,5% of meer op een verschil groter dan 0,1 standaardafwijking. ‘Waarschijnlijk’ schrijven we bij 80% of meer. We hebben dit nagespeeld met scholen die niet van elkaar verschillen. Dan staat bij minder dan 1 op de 1000 scholen ten onrechte ‘duidelijk’ of ‘waarschijnlijk’.",
            "We write ‘clearly’ for a probability of 97.5% or more of a difference larger than 0.1 standard deviations. We write ‘probably’ for 80% or more. We tried this on invented schools that do not differ. Then fewer than 1 in 1000 schools wrongly reads ‘clearly’ or ‘probably’.")),
        new Paragraph(T("Zonder model schrijven we ‘meer’ of ‘minder’ als het 95%-interval van het verschil nul niet bevat. Van 20 zulke vergelijkingen valt er ongeveer 1 toevallig buiten. In ‘alle scholen’ telt elke leerling even zwaar; de uwe tellen mee. In alle halfjaren samen telt een groep alleen mee naast genoeg leerlingen van andere scholen.",
            "Without a model we write ‘more’ or ‘less’ when the 95% interval of the difference leaves zero out. Of 20 such comparisons about 1 does so by chance. In ‘all schools’ every pupil weighs the same; yours are part of it. In all half-years together a year group counts only beside enough pupils of other schools.")),
    ];
}
