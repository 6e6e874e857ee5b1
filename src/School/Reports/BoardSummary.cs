using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>The files of a summary, and the schools of which no report was opened.</summary>
public sealed record BoardSummaryMade(IReadOnlyList<string> Files, IReadOnlyList<string> Schools, IReadOnlyList<string> Without);

/// <summary>
/// One page for a board with several schools, made by the schools' own program from the reports that were opened there: conclusions, differences with their intervals and counts exactly as each
/// report shows them, hidden where it hides. The office makes nothing for a board, so nothing about a school leaves that its report did not show. Schools stand in order of their code: it is no ranking.
/// </summary>
public static class BoardSummary
{
    /// <summary>Letters of a school in a drawing, beside its number.</summary>
    const int LongestLabel = 36;

    static readonly string[] s_parts = ["effect", "counted", "three-years"];

    /// <summary>Makes page, print (where Typst is) and numbers of an edition in a folder.</summary>
    /// <param name="homes">The schools' homes.</param>
    /// <param name="edition">The half-year, <c>2025-2</c>.</param>
    /// <param name="folder">Where the files go.</param>
    public static Outcome<BoardSummaryMade> Make(IReadOnlyList<SchoolHome> homes, string edition, string folder)
    {
        ArgumentNullException.ThrowIfNull(homes);
        var opened = homes.OrderBy(home => home.Profile.Location.Code, StringComparer.Ordinal).Select(home => OpenedReport.Of(home, edition)).ToList();
        var with = opened.Where(one => one.Numbers is not null).ToList();
        if (with.Count < 2) return Refusals.NoReportsForBoard;
        DurableFile.CreateFolder(folder);
        using var printer = PdfPrinter.Find();
        List<string> files = [];
        foreach (var language in (string[])["nl", "en"])
        {
            var document = Document(language == "nl", edition, opened);
            Write($"{language}.html", Encoding.UTF8.GetBytes(BlockPage.Render(document, Name(edition, language == "nl" ? "en.html" : "nl.html"))));
            if (printer is not null) Write($"{language}.pdf", printer.Print(document));
        }
        Write("csv", Encoding.UTF8.GetBytes(Csv(with)));
        return new BoardSummaryMade(files, [.. with.Select(one => one.School)], [.. opened.Except(with).Select(one => one.School)]);

        void Write(string ending, byte[] content)
        {
            files.Add(Path.Combine(folder, Name(edition, ending)));
            DurableFile.Write(files[^1], content);
        }
    }

    static string Name(string edition, string ending) => $"bestuur-{edition}.{ending}";

    // ---- the page ----

    internal static BlockDocument Document(bool dutch, string edition, IReadOnlyList<OpenedReport> opened)
    {
        var reports = opened.Select(one => one.Page(dutch)).OfType<ReadReport>().ToList();
        string T(string nl, string en) => dutch ? nl : en;
        return new BlockDocument(dutch ? "nl" : "en", T("Leergroei op de scholen van het bestuur", "Learning growth at the board's schools"), T($"Samenvatting voor het bestuur {edition}", $"Summary for the board {edition}"),
        [
            new Paragraph(T("Hier staat per vak wat de rapporten van uw scholen laten zien, in dezelfde woorden en met dezelfde getallen.", "For each subject this page has what the reports of your schools show, in the same words and with the same numbers.")),
            new Remark(T("Dit is geen ranglijst. De scholen staan op volgorde van hun code. Elke school is vergeleken met wat van haar eigen leerlingen te verwachten was, niet met de andere scholen van uw bestuur.",
                "This is no ranking. The schools stand in order of their code. Each school was compared with what could be expected of its own pupils, not with the other schools of your board.")),
            .. reports.SelectMany(report => report.Subjects).Select(subject => subject.Id).Distinct().SelectMany(id => Subject(dutch, id, reports)),
            .. Absent(dutch, opened, reports),
            new Heading(2, "unknown", T("Wat deze bladzijde niet zegt", "What this page does not say")),
            new Points(
            [
                T("Welke school de beste is. De banden liggen vaak over elkaar: dan zijn scholen niet van elkaar te onderscheiden.", "Which school is best. The bands often overlap: then the schools cannot be told apart."),
                T("Hoe alle scholen van het bestuur samen groeiden. Zo'n getal staat in geen enkel rapport, en het zou iets over een kleine school kunnen verraden.", "How all schools of the board grew together. No report has such a number, and it could tell something of a small school."),
                T("Waarom leerlingen meer of minder groeiden. Praat daarover met de school; haar rapport heeft de uitleg en de groepen.", "Why pupils grew more or less. Talk about that with the school; its report has the explanation and the year groups."),
            ]),
        ]);
    }

    static IEnumerable<Block> Subject(bool dutch, string id, List<ReadReport> reports)
    {
        string T(string nl, string en) => dutch ? nl : en;
        var rows = reports.Select(report => (Report: report, Subject: report.Subjects.FirstOrDefault(s => s.Id == id))).ToList();
        var name = rows.Select(row => row.Subject?.Name).OfType<string>().First();
        yield return new Heading(2, id, name);
        var dots = rows.Select(row => Dot(row.Report, row.Subject, dutch)).ToList();
        var (title, description) = (T($"{name}: elke school naast wat van haar te verwachten was", $"{name}: each school beside what could be expected of it"),
            T("Per school een punt met een band: het verschil met de verwachte groei en hoe zeker dat is. De tabel heeft dezelfde getallen.", "For each school a dot with a band: the difference from the expected growth and how sure it is. The table has the same numbers."));
        if (dots.Any(dot => dot.Value is not null))
            yield return new Web.Picture(DotChart.Draw($"b-{id}", new DrawingWords(title, description, T("verschil in groei, in standaardafwijkingen", "difference in growth, in standard deviations"), dutch ? "nl" : "en"),
                new DotLegend(T("een school: de donkere kern is het waarschijnlijkst", "a school: the dark middle is the likeliest"), Zero: T("verwacht bij de eigen leerlingen", "expected of its own pupils"), Small: T("te klein om van belang te zijn", "too small to matter")), dots, 0.1), title, description,
                T("Lees elke rij op zichzelf: ligt de hele band rechts van het grijze vlak, dan groeiden de leerlingen daar duidelijk meer dan verwacht. Liggen twee banden over elkaar? Dan is er geen verschil tussen die scholen aan te wijzen.",
                  "Read each row by itself: when the whole band lies right of the grey area, pupils there clearly grew more than expected. Do two bands overlap? Then no difference between those schools can be pointed out."));
        yield return new NumberTable(title, [T("School", "School"), T("Uitkomst", "Outcome"), Cell.Number(T("Verschil", "Difference")), Cell.Number(T("95%-interval", "95% interval")), Cell.Number(T("Leerlingen", "Pupils")), T("Alle halfjaren samen", "All half-years together")],
            [.. rows.Select(row => Cells(row.Report, row.Subject, dutch))], Folded: false);
    }

    static IReadOnlyList<Cell> Cells(ReadReport report, ReadSubject? subject, bool dutch) => subject is null
        ? [Label(report), Cell.Hidden(dutch ? "geen toetsen van dit vak" : "no tests in this subject"), "", "", "", ""]
        : [Label(report), subject.Difference is null && subject.Cells is null ? Cell.Hidden(subject.Conclusion) : subject.Conclusion, Cell.Number(subject.Difference ?? "") with { Name = subject.Difference is null ? null : $"{report.School}|{subject.Cells}|all|effect|mean" },
            Cell.Number(subject.Interval ?? ""), Cell.Number(subject.Pupils), subject.Lasting ?? ""];

    static string Label(ReadReport report) => $"{report.School} {report.Name}";

    static string Short(string label) => label.Length <= LongestLabel ? label : label[..(LongestLabel - 1)] + "…";

    /// <summary>A dot where the report has a number; its interval is the one that the report prints.</summary>
    static DotRow Dot(ReadReport report, ReadSubject? subject, bool dutch) =>
        subject is { Difference: { } difference, Interval: { } interval } && interval.Split(dutch ? " tot " : " to ") is [var low, var high] && Number(difference) is { } value && Number(low) is { } from && Number(high) is { } to
            ? new DotRow(Short(Label(report)), $"{report.School}|{subject.Cells}|all|effect|mean", value, from, to)
            : new DotRow(Short(Label(report)), "", null, 0, 0) { Remark = dutch ? "geen getal in het rapport" : "no number in the report" };

    static double? Number(string text) => double.TryParse(text.Replace('−', '-').Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    static IEnumerable<Block> Absent(bool dutch, IReadOnlyList<OpenedReport> opened, List<ReadReport> reports)
    {
        if (opened.Where(one => one.Numbers is null).Select(one => one.School).ToList() is { Count: > 0 } closed)
            yield return new Remark(dutch ? $"Van deze scholen is hier geen rapport geopend: {string.Join(", ", closed)}." : $"No report of these schools was opened here: {string.Join(", ", closed)}.");
        if (reports.Where(report => report.Subjects.Count == 0).Select(report => report.School).ToList() is { Count: > 0 } first)
            yield return new Remark(dutch ? $"Het rapport van deze scholen heeft nog geen groei: {string.Join(", ", first)}." : $"The report of these schools has no growth yet: {string.Join(", ", first)}.");
    }

    // ---- the numbers ----

    /// <summary>The lines of the schools' own files of numbers that are about what stands on the page, unchanged.</summary>
    static string Csv(List<OpenedReport> with) =>
        string.Join("\r\n", [with[0].Numbers!.Split("\r\n")[0], .. with.SelectMany(one => one.Numbers!.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)).Where(line => line.Split(',') is [_, _, _, _, _, "all", var part, ..] && s_parts.Contains(part)), ""]);
}

/// <summary>The newest version of a school's report of an edition, as it was opened: both pages and the numbers; or nothing, when one of them is not there.</summary>
sealed record OpenedReport(string School, ReadReport? Dutch, ReadReport? English, string? Numbers)
{
    public ReadReport? Page(bool dutch) => dutch ? Dutch : English;

    public static OpenedReport Of(SchoolHome home, string edition)
    {
        var school = home.Profile.Location.Code;
        foreach (var version in Reports.All(home).Where(r => r.Edition == edition && Path.GetFileName(r.File).StartsWith($"{school}-{edition}", StringComparison.Ordinal)).GroupBy(r => VersionOf(r, $"{school}-{edition}")).OrderByDescending(v => v.Key))
        {
            var (dutch, english) = (Page(version, edition, "nl"), Page(version, edition, "en"));
            if (dutch?.School == school && english?.School == school && version.FirstOrDefault(r => r.File.EndsWith(".csv", StringComparison.Ordinal)) is { } numbers) return new OpenedReport(school, dutch, english, File.ReadAllText(numbers.File));
        }
        return new OpenedReport(school, null, null, null);
    }

    static int VersionOf(ListedReport report, string stem) => Path.GetFileName(report.File)[stem.Length..] is ['-', 'v', ..] rest && int.TryParse(rest[2..rest.IndexOf('.', StringComparison.Ordinal)], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 1;

    static ReadReport? Page(IEnumerable<ListedReport> files, string edition, string language) =>
        files.FirstOrDefault(r => r.File.EndsWith($".{language}.html", StringComparison.Ordinal)) is { } page ? ReadReport.From(File.ReadAllText(page.File), edition, language) : null;
}

static partial class Refusals
{
    public static readonly Refusal NoReportsForBoard = new("Voor een samenvatting zijn de rapporten van ten minste twee scholen nodig; per school beide bladzijden (nl en en) en de cijfers (csv).", "A summary takes the reports of at least two schools; of each both pages (nl and en) and the numbers (csv).",
        "Open eerst de rapporten: school report --board MAP {school}-EDITIE.nl.html.age.", "Open the reports first: school report --board FOLDER {school}-EDITION.nl.html.age.");
}
