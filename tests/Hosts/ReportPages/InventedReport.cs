using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Office;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Web;

namespace Groeilijn.Hosts.ReportPages;

/// <summary>The report of an invented school with every kind of picture and of hiding, through a Gate of its own.</summary>
sealed class InventedReport : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-report-").FullName;
    readonly OfficeHome _home;

    public InventedReport()
    {
        _home = OfficeHome.Create(Path.Combine(_folder, "home"), TimeProvider.System, invented: true);
        ReportNumbers? numbers = null;
        _home.Gate.Release(new Leaving("2025-2/report/99XX00", Profile.School, "99XX00", "2025-2"), [.. Series("reading", 0.28, 0.09), .. Series("spelling", 0.02, 0.08), .. Series("maths", -0.17, 0.07)], table =>
        {
            numbers = new ReportNumbers(table);
            return [new OutgoingFile("99XX00-2025-2.csv", [1])];
        });
        Numbers = numbers!;
    }

    public ReportHead Head { get; } = new("99XX00", "Basisschool De Lange Verzonnen Naam aan de Waterkant", Edition.Parse("2025-2").Value, "4821: 1a2b 3c4d 5e6f 7081 92a3 b4c5 d6e7 f809", 1, ("", ""));

    public ReportNumbers Numbers { get; }

    public IReadOnlyList<OutgoingFile> Forms(PdfPrinter? printer = null) => ReportForms.Of(Head, Numbers, printer);

    public void Dispose()
    {
        _home.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static IEnumerable<RawCell> Series(string subject, double effect, double deviation)
    {
        RawCell Cell(string place, string part, long pupils, params double[] values) => new([subject, "lvs-3", place, part], pupils, 40, values, OfReceiver: true);
        foreach (var (i, step) in ((string[])["M4-E4", "M5-E5", "M6-E6", "M7-E7", "M8-E8"]).Index())
        {
            var (n, mean, start) = (i >= 3 ? 4 + i : 24 + i, 14.2 - 2.3 * i + 6 * effect, 148.0 + 24 * i);
            yield return Cell(step, ReportCells.Own, n, mean, mean - 2.1, mean + 2.1, n);
            yield return Cell(step, ReportCells.All, 5000, 14.2 - 2.3 * i, 8.1);
            yield return Shown(Cell(step, ReportCells.Difference, n, 6 * effect, 6 * effect - 2, 6 * effect + 2));
            yield return Shown(Cell(step, ReportCells.Standardised, n, 0.75 * effect));
            yield return Cell(step, ReportCells.Reference, n, 14.0 - 2.3 * i);
            yield return Shown(Cell(step, ReportCells.Effect, n, effect + 0.04 * (i - 1), deviation * 1.3));
            yield return Cell(step, ReportCells.Level, n, start + 3, start + 3 + mean);
            yield return Cell(step, ReportCells.Spread, 5000, start, start - 11, start + 12, start + 14.2 - 2.3 * i, start + 3 - 2.3 * i, start + 26 - 2.3 * i);

            // The two small ones together.
            RawCell Shown(RawCell cell) => i < 3 ? cell : cell with { Pupils = 15, OfReceiver = false, Together = true };
        }
        yield return Cell("M7-E7+M8-E8", ReportCells.Together, 15, 0.7 * effect, 0.7 * effect - 0.4, 0.7 * effect + 0.4, 15);
        yield return Cell("M7-E7+M8-E8", ReportCells.Effect, 15, effect + 0.06, deviation * 1.2);
        yield return Cell("all", ReportCells.Schools, 5000, 412);
        yield return Cell("all", ReportCells.Effect, 82, effect, deviation);
        yield return Cell("all", ReportCells.Strip, 5000, [-0.6, 0.6, .. Enumerable.Range(0, ReportCells.StripPlaces).Select(k => Math.Exp(-0.5 * Math.Pow((-0.6 + 1.2 * k / 40) / 0.17, 2)))]);
        yield return Cell("all", ReportCells.IfLess, 14, effect - 0.04, deviation);
        yield return Cell("all", ReportCells.IfMore, 14, effect + 0.04, deviation);
        yield return Cell("all", ReportCells.Counted, 82, 82);
        yield return Cell("all", ReportCells.Missing, 14, 14);
        yield return Cell("all", ReportCells.Moved, 6, 6);
        yield return Cell("all", ReportCells.OtherStep, 5, 5);
        yield return Cell("all", ReportCells.Uncounted, 25, 25);
        yield return Cell("start_level", ReportCells.Gap, 21, -0.34, 0.12, -0.2, 0.08, -0.14);
        yield return Cell("start_level", ReportCells.GapSizes, 21, 27, 21);
        yield return Cell("parent_education", ReportCells.GapLevel, 82, 1, -0.11);
        yield return Cell("income", ReportCells.GapLevel, 82, 0, -0.08) with { UnseenLevels = [new("income", [1], new PublishedLevel([0], [0], 1, _ => null, 0))] };
        yield return Cell("repeater", ReportCells.Gap, 4, 0.1, 0.2, 0, 0.1, 0.05);
        yield return Cell("repeater", ReportCells.GapSizes, 4, 4, 78);
        foreach (var (i, edition) in ((string[])["2023-1", "2023-2", "2024-1", "2024-2", "2025-1", "2025-2"]).Index()) yield return Cell(edition, ReportCells.Trend, i == 0 ? 8 : 80, effect * (0.6 + 0.1 * i), deviation * 1.1, 80);
        yield return Cell("all", ReportCells.ThreeYears, 480, effect * 0.9, deviation * 0.7);
    }
}
