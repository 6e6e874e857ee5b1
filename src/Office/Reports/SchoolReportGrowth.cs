using Groeilijn.Education;
using Groeilijn.Statistics.Growth;
using Groeilijn.Web;

namespace Groeilijn.Office;

/// <summary>One subject: more or less than expected, among all schools, year by year group, over three years, and which groups differ.</summary>
sealed partial class SchoolReport
{
    string Deviations => T("verschil in groei, in standaardafwijkingen", "difference in growth, in standard deviations");

    IEnumerable<Block> Growth(ReportSeries series)
    {
        var id = $"{series.Subject.Code()}-{series.Scale}".Replace('.', '-');
        yield return new Heading(2, id, Name(series));
        yield return Conclusion(series);
        foreach (var block in (IEnumerable<Block>)[.. Expected(series, id), .. Lines(series, id), .. Others(series, id), .. Trend(series, id), .. Groups(series, id)]) yield return block;
    }

    // ---- more or less than expected ----

    IEnumerable<Block> Expected(ReportSeries series, string id)
    {
        if (!HasModel(series)) yield break;
        if (numbers.Believed(series, "all", ReportCells.Effect) is not { } effect) yield break;
        if (Flat(effect))
        {
            yield return new Paragraph(T("Bij dit vak verschillen de scholen niet meer van elkaar dan door toeval kan. Daarom staat elke school hier op nul. Dat is geen bewijs dat alle scholen gelijk zijn.", "In this subject schools differ no more than chance can make them. So every school stands at zero here. That does not prove that all schools are alike."));
            yield break;
        }
        var (more, less, small) = EvidenceLevels.OfHundred(effect);
        yield return new Paragraph(T($"Stel u 100 scholen voor met dezelfde uitkomst. Bij ongeveer {more} van de 100 groeien leerlingen echt meer dan verwacht. Bij {less} van de 100 groeien ze minder. Bij {small} van de 100 is het verschil te klein om van belang te zijn.",
            $"Imagine 100 schools with the same outcome. At about {more} of the 100 pupils really grow more than expected. At {less} of the 100 they grow less. At {small} of the 100 the difference is too small to matter."), series.Claim("hundred", "all", ReportCells.Effect));
        var steps = Rows(series, numbers.Places(series, ReportCells.Effect)).ToList();
        List<DotRow> rows = [EffectRow(series, "all", T("Alle groepen samen", "All year groups together")) with { Strong = true }, .. steps.Select(step => EffectRow(series, step, StepWords(step)))];
        var title = T($"{Name(series)}: meer of minder groei dan verwacht", $"{Name(series)}: more or less growth than expected");
        var description = T("Per rij een punt met een band: het verschil met de verwachte groei en hoe zeker dat is. Rechts van de lijn is meer dan verwacht. De tabel heeft dezelfde getallen.",
            "For each row a dot with a band: the difference from the expected growth and how sure it is. Right of the line is more than expected. The table has the same numbers.");
        yield return new Picture(DotChart.Draw($"e-{id}", new DrawingWords(title, description, Deviations, _language),
            new DotLegend(T("uw school: de donkere kern is het waarschijnlijkst", "your school: the dark middle is the likeliest"), Zero: T("verwacht: dezelfde leerlingen, gemiddelde school", "expected: the same pupils, an average school"), Small: T("te klein om van belang te zijn", "too small to matter")), rows, EditionGrowth.SmallestRelevant), title, description,
            T("Ligt de hele band rechts van het grijze vlak? Dan groeiden uw leerlingen duidelijk meer dan verwacht. Ligt de band over de lijn? Dan kan het nog beide kanten op. De dunne streep is het 95%-interval: zo ver kan het schuiven met andere kinderen of een andere toetsdag. Een standaardafwijking is hoe ver leerlingen van elkaar verschillen in groei. Onder 0,1 noemen we een verschil klein.",
              "Does the whole band lie right of the grey area? Then your pupils clearly grew more than expected. Does the band lie across the line? Then it can still go either way. The thin line is the 95% interval: that is how far it may move with other children or another test day. A standard deviation is how far pupils differ in growth. Below 0.1 we call a difference small."));
        yield return new NumberTable(T($"{Name(series)}: verschil met verwacht", $"{Name(series)}: difference from expected"), [T("Groep", "Group"), Cell.Number(T("Verschil", "Difference")), Cell.Number(T("95%-interval", "95% interval")), T("In woorden", "In words")],
            [.. rows.Zip(["all", .. steps], (row, place) => EffectCells(series, place, row))], Folded: true);
    }

    /// <summary>Whether schools were found not to differ: a picture of a number without width would look sure where nothing is known.</summary>
    static bool Flat(Posterior believed) => believed.Deviation < 0.005;

    string AllAlike => T("scholen verschillen hier niet aantoonbaar", "schools cannot be told apart here");

    DotRow EffectRow(ReportSeries series, string place, string label) => numbers.Believed(series, place, ReportCells.Effect) is { } e
        ? Flat(e) ? new DotRow(label, "", null, 0, 0) { Remark = AllAlike } : new DotRow(label, series.Name(place, ReportCells.Effect, "mean"), e.Mean, e.Low, e.High)
        : new DotRow(label, "", null, 0, 0) { Remark = numbers.Why(series, place, ReportCells.Effect, dutch) ?? "" };

    IReadOnlyList<Cell> EffectCells(ReportSeries series, string place, DotRow row) => numbers.Believed(series, place, ReportCells.Effect) is { } e
        ? [row.Label, .. Flat(e) ? (Cell[])[Cell.Hidden(AllAlike), ""] : [Named(series, place, ReportCells.Effect, "mean", e.Mean, 2), Between(e)], new Cell(EvidenceLevels.Of(e).Words(dutch)) { Name = series.Claim("level", place, ReportCells.Effect) }]
        : [row.Label, Cell.Hidden(row.Remark), "", ""];

    Cell Named(ReportSeries series, string place, string part, string measure, double value, int decimals) => Cell.Number(Number(value, decimals)) with { Name = series.Name(place, part, measure) };

    Cell Between(Posterior e) => Cell.Number($"{Number(e.Low, 2)} {T("tot", "to")} {Number(e.High, 2)}");

    /// <summary>Steps in order, small ones in one row where they are shown together.</summary>
    IEnumerable<string> Rows(ReportSeries series, IReadOnlyList<string> places)
    {
        var together = numbers.Places(series, ReportCells.Together).Where(places.Contains).ToDictionary(place => place, place => place.Split('+'));
        return places.Where(place => place != "all" && !together.ContainsKey(place)).Select(step => together.FirstOrDefault(t => t.Value.Contains(step)).Key ?? step).Distinct();
    }

    string StepWords(string code)
    {
        if (!code.Contains('+', StringComparison.Ordinal)) return OneStep(code);
        var groups = code.Split('+').Select(step => step[1..2]).ToList();
        var list = string.Join(", ", groups[..^1]) + T(" en ", " and ") + groups[^1];
        var (from, to) = (T("midden", "mid"), T("eind", "end"));
        return code[0] == 'M' ? T($"groep {list} samen: {from} → {to}", $"groups {list} together: {from} → {to}") : T($"groep {list} samen: {to} → {from}", $"groups {list} together: {to} → {from}");
    }

    string OneStep(string code) => GrowthStep.All(head.Edition, Subject.Maths).FirstOrDefault(step => step.Code == code) is { YearGroup: > 0 } step ? step.Words(dutch) : code;

    // ---- growth of each year group ----

    IEnumerable<Block> Lines(ReportSeries series, string id)
    {
        var (steps, together) = (numbers.Places(series, ReportCells.Own), numbers.Places(series, ReportCells.Together));
        yield return new Heading(3, $"{id}-lines", T("Hoeveel groeide elke groep?", "How much did each year group grow?"));
        var title = T($"{Name(series)}: van de eerste naar de tweede toets", $"{Name(series)}: from the first test to the second");
        var description = T("Per groep een lijn van de eerste naar de tweede toets, met de lijn van alle scholen en het gebied van de middelste helft van alle leerlingen. De tabel heeft de groei in getallen.",
            "For each year group a line from the first test to the second, with the line of all schools and the area of the middle half of all pupils. The table has the growth in numbers.");
        BandPanel[] panels = [.. steps.Select(step => Panel(series, step)).Where(panel => panel.Own is not null || panel.Band is not null)];
        if (panels.Length > 0)
            yield return new Picture(BandChart.Draw($"l-{id}", new DrawingWords(title, description, T("gemiddelde vaardigheidsscore", "mean ability score"), _language), panels,
                (T("uw school", "your school"), T("alle scholen die meedoen", "all schools that take part"), T("de middelste helft van alle leerlingen", "the middle half of all pupils"))), title, description,
                T("Een steilere lijn is meer groei. Vergelijk alleen de twee lijnen in hetzelfde vakje. Over de zomer groeien leerlingen in punten vaak meer dan binnen een schooljaar; dat ligt aan de toetsen. Ligt uw lijn hoger of lager? Dat is niveau en geen groei.",
                  "A steeper line is more growth. Compare only the two lines in one panel. Over the summer pupils often grow more points than within a school year; that lies in the tests. Is your line higher or lower? That is level and not growth."));
        var model = numbers.Places(series, ReportCells.Reference).Count > 0;
        Cell[] headers = [T("Stap", "Step"), Cell.Number(T("Uw school", "Your school")), Cell.Number(T("95%-interval", "95% interval")), Cell.Number(T("Leerlingen", "Pupils")), .. model ? [Cell.Number(T("Verwacht", "Expected"))] : (Cell[])[],
            Cell.Number(T("Alle scholen", "All schools")), Cell.Number(T("Gestandaardiseerd", "Standardised")), T("Oordeel", "Verdict")];
        yield return new NumberTable(T($"{Name(series)}: groei per groep, in punten", $"{Name(series)}: growth by year group, in points"), headers, [.. steps.Select(step => StepCells(series, step, model)), .. together.Select(place => TogetherCells(series, place, model))], Folded: false);
        if (together.Count > 0) yield return new Paragraph(T($"Groepen met minder dan {ReportCells.Least} leerlingen staan ook samen in één rij. U ziet dan niet hoe elk van die groepen groeide.", $"Year groups with fewer than {ReportCells.Least} pupils also stand together in one row. You then do not see how each of them grew."));
        yield return new Paragraph(T("‘Gestandaardiseerd’ is het verschil met alle scholen, gedeeld door de standaardafwijking. Dan zijn vakken te vergelijken. Alle scholen samen zijn daarin 0.", "‘Standardised’ is the difference from all schools, divided by the standard deviation. Subjects can then be compared. In it all schools together are 0."));
    }

    BandPanel Panel(ReportSeries series, string step)
    {
        var (own, all) = (numbers.Values(series, step, ReportCells.Level), numbers.Values(series, step, ReportCells.Spread));
        var (from, to) = (step[0], step[3]) is ('M', _) ? (T("midden", "mid"), T("eind", "end")) : (T("eind", "end"), T("midden", "mid"));
        return new BandPanel(StepWords(step).Split(':')[0], from, to, series.Name(step, ReportCells.Level, "")[..^1], own is null ? null : (own[0], own[1]), all is null ? null : (all[0], all[3]), all is null ? null : ((all[1], all[2]), (all[4], all[5])),
            T("niet getoond", "not shown"));
    }

    IReadOnlyList<Cell> StepCells(ReportSeries series, string step, bool model)
    {
        Cell Part(string part, int decimals) => numbers.Values(series, step, part) is { } v ? Named(series, step, part, ReportCells.Measures[part][0], v[0], decimals)
            : numbers.Why(series, step, part, dutch) is { } why && part is ReportCells.All or ReportCells.Reference ? Cell.Hidden(why) : "";
        var mean = Part(ReportCells.All, 1);
        if (numbers.Values(series, step, ReportCells.Own) is not { } own)
            return [StepWords(step), Cell.Hidden(numbers.Why(series, step, ReportCells.Own, dutch) ?? ""), "", "", .. model ? [(Cell)""] : (Cell[])[], mean, "", ""];
        return
        [
            StepWords(step), Named(series, step, ReportCells.Own, "mean", own[0], 1), Cell.Number($"{Number(own[1], 1)} {T("tot", "to")} {Number(own[2], 1)}"), Cell.Number((long)own[3], _language) with { Name = series.Name(step, ReportCells.Own, "n") },
            .. model ? [Part(ReportCells.Reference, 1)] : (Cell[])[], mean, Part(ReportCells.Standardised, 2), Verdict(series, step),
        ];
    }

    IReadOnlyList<Cell> TogetherCells(ReportSeries series, string place, bool model)
    {
        if (numbers.Values(series, place, ReportCells.Together) is not { } d) return [StepWords(place), Cell.Hidden(numbers.Why(series, place, ReportCells.Together, dutch) ?? ""), "", "", .. model ? [(Cell)""] : (Cell[])[], "", "", ""];
        return
        [
            StepWords(place), "", "", Cell.Number((long)d[3], _language) with { Name = series.Name(place, ReportCells.Together, "n") }, .. model ? [(Cell)""] : (Cell[])[], "",
            Named(series, place, ReportCells.Together, "estimate", d[0], 2), numbers.Believed(series, place, ReportCells.Effect) is null ? AgainstAll(d, T("standaardafwijking", "standard deviation"), 2, series.Claim("difference", place, ReportCells.Together)) : Verdict(series, place),
        ];
    }

    /// <summary>With a model: more or less than expected. Without: more or less than all, and only if the interval of the difference leaves zero out.</summary>
    Cell Verdict(ReportSeries series, string step)
    {
        if (numbers.Believed(series, step, ReportCells.Effect) is { } effect) return new Cell(EvidenceLevels.Of(effect).Words(dutch)) { Name = series.Claim("level", step, ReportCells.Effect) };
        if (numbers.Values(series, step, ReportCells.Difference) is not { } d) return "";
        return AgainstAll(d, T("punten", "points"), 1, series.Claim("difference", step, ReportCells.Difference));
    }

    Cell AgainstAll(IReadOnlyList<double> difference, string unit, int decimals, string claim)
    {
        var size = $"({Number(Math.Abs(difference[0]), decimals)} {unit})";
        var words = difference[1] > 0 ? T($"meer dan alle scholen {size}", $"more than all schools {size}") : difference[2] < 0 ? T($"minder dan alle scholen {size}", $"less than all schools {size}")
            : T("geen duidelijk verschil", "no clear difference");
        return new Cell(words) { Name = claim };
    }

    // ---- among all schools ----

    IEnumerable<Block> Others(ReportSeries series, string id)
    {
        if (numbers.Believed(series, "all", ReportCells.Effect) is not { } effect || numbers.Values(series, "all", ReportCells.Strip) is not { } strip || Flat(effect)) yield break;
        var density = new Density(strip[0], strip[1], [.. strip.Skip(2)]);
        var title = T($"{Name(series)}: uw school naast alle scholen", $"{Name(series)}: your school beside all schools");
        var description = T("Een grijze heuvel laat zien hoe scholen verdeeld zijn. Eronder staat uw school als een punt met een streep. Het vierkant is een school met dezelfde leerlingen die groeit als verwacht.",
            "A grey hill shows how schools are spread. Below it your school is a dot with a line. The square is a school with the same pupils that grows as expected.");
        yield return new Heading(3, $"{id}-others", T("Vergeleken met andere scholen", "Compared with other schools"));
        if (numbers.Values(series, "all", ReportCells.Schools) is { } schools) yield return new Paragraph(T($"Er doen {Number(schools[0], 0)} scholen mee.", $"{Number(schools[0], 0)} schools take part."));
        yield return new Picture(StripChart.Draw($"s-{id}", new DrawingWords(title, description, Deviations, _language), density, new DotRow("", series.Name("all", ReportCells.Effect, "mean"), effect.Mean, effect.Low, effect.High),
            (T("uw school, met 95%-interval", "your school, with 95% interval"), T("een school met dezelfde leerlingen", "a school with the same pupils"), T("alle scholen: hoe hoger, hoe meer scholen", "all schools: the higher, the more schools"), T("hiertussen liggen 8 van de 10 scholen", "8 of 10 schools lie between these"))), title, description,
            T("Waar de heuvel hoog is, liggen veel scholen. Er staat geen volgorde in: scholen die dicht bij elkaar liggen, zijn niet van elkaar te onderscheiden. Kijk daarom naar de streep van uw school en niet alleen naar de punt.",
              "Where the hill is high, many schools lie. It is no ranking: schools that lie close together cannot be told apart. So look at the line of your school and not only at the dot."));
        yield return new NumberTable(T($"{Name(series)}: uw school en alle scholen", $"{Name(series)}: your school and all schools"), [T("Wat", "What"), Cell.Number(T("Verschil met verwacht", "Difference from expected"))],
            [[T("Uw school", "Your school"), Named(series, "all", ReportCells.Effect, "mean", effect.Mean, 2)], [T("Een school met dezelfde leerlingen", "A school with the same pupils"), Cell.Number(Number(0, 2))],
             [T("1 op de 10 scholen ligt onder", "1 in 10 schools lies below"), Cell.Number(Number(density.Quantile(0.1), 2))], [T("1 op de 10 scholen ligt boven", "1 in 10 schools lies above"), Cell.Number(Number(density.Quantile(0.9), 2))]], Folded: true);
    }

    // ---- three years ----

    IEnumerable<Block> Trend(ReportSeries series, string id)
    {
        var editions = numbers.Places(series, ReportCells.Trend);
        // A school that is small in every half-year has all of them together, in place of nothing; one half-year is no trend.
        if (editions.Count(e => numbers.Values(series, e, ReportCells.Trend) is not null) == 1 || numbers.Believed(series, "all", ReportCells.ThreeYears) is not { } pooled || Flat(pooled)) yield break;
        var (title, description) = (T($"{Name(series)}: zes halfjaren", $"{Name(series)}: six half-years"),
            T("Per halfjaar een punt met een band: het verschil met de verwachte groei. De laatste rij neemt alle halfjaren samen.", "For each half-year a dot with a band: the difference from the expected growth. The last row takes all half-years together."));
        yield return new Heading(3, $"{id}-trend", T("Houdt het stand?", "Does it last?"));
        yield return new Paragraph(EvidenceLevels.Of(pooled) is var level && level == Evidence.None
            ? T("Alle halfjaren samen: er is geen duidelijk verschil met wat we verwachtten.", "All half-years together: there is no clear difference from what we expected.")
            : T($"Alle halfjaren samen: uw leerlingen groeiden {level.Words(true)} dan verwacht.", $"All half-years together: your pupils grew {level.Words(false)} than expected."), series.Claim("level", "all", ReportCells.ThreeYears));
        List<(string Place, string Part, string Label)> places = [.. editions.Select(e => (e, ReportCells.Trend, EditionWords(e))), ("all", ReportCells.ThreeYears, T("Alle halfjaren samen", "All half-years together"))];
        DotRow[] rows = [.. places.Select(p => numbers.Believed(series, p.Place, p.Part) is { } e
            ? new DotRow(p.Label, series.Name(p.Place, p.Part, "mean"), e.Mean, e.Low, e.High) { Strong = p.Place == "all" }
            : new DotRow(p.Label, "", null, 0, 0) { Remark = numbers.Why(series, p.Place, p.Part, dutch) ?? "" })];
        yield return new Picture(DotChart.Draw($"t-{id}", new DrawingWords(title, description, Deviations, _language), new DotLegend(T("uw school", "your school"), Zero: T("verwacht", "expected"), Small: T("te klein om van belang te zijn", "too small to matter")), rows, EditionGrowth.SmallestRelevant), title, description,
            T("Eén halfjaar zegt weinig: het schommelt. Kijk vooral naar de vette laatste rij. Elk punt leunt ook op de andere halfjaren, zodat toeval minder meespeelt.", "One half-year says little: it goes up and down. Look above all at the bold last row. Each dot also leans on the other half-years, so that chance plays a smaller part."));
        yield return new NumberTable(title, [T("Halfjaar", "Half-year"), Cell.Number(T("Verschil", "Difference")), Cell.Number(T("95%-interval", "95% interval"))],
            [.. places.Zip(rows, (p, row) => numbers.Believed(series, p.Place, p.Part) is { } e ? (IReadOnlyList<Cell>)[row.Label, Named(series, p.Place, p.Part, "mean", e.Mean, 2), Between(e)] : [row.Label, Cell.Hidden(row.Remark), ""])], Folded: true);
    }

    string EditionWords(string text) => Edition.Parse(text) is { Ok: true, Value: var e } ? e.Half == HalfYear.M ? T($"tot midden {e.Year}", $"until mid {e.Year}") : T($"tot eind {e.Year}", $"until the end of {e.Year}") : text;
}
