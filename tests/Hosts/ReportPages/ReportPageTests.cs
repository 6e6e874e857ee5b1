using System.Diagnostics;
using System.Text;
using AngleSharp.Html.Parser;
using Groeilijn.Hosts.Browser;
using Groeilijn.Hosts.Machine;
using Groeilijn.Office;
using Groeilijn.Web;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.ReportPages;

/// <summary>A school's report as its readers meet it: on a laptop, a phone, at 400 %, in greyscale, on paper, and by ear.</summary>
public sealed class ReportPageTests(Chromium chromium) : IDisposable
{
    readonly InventedReport _report = new();
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-look-").FullName;

    public void Dispose()
    {
        _report.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    async Task<IPage> Open(string language, Visit visit)
    {
        foreach (var form in _report.Forms()) File.WriteAllBytes(Path.Combine(_folder, form.Name), form.Content);
        var page = await chromium.Page("file://" + _folder, visit);
        await page.GotoAsync($"file://{_folder}/99XX00-2025-2.{language}.html");
        return page;
    }

    [Theory]
    [InlineData("nl", 1280, "laptop")]
    [InlineData("en", 1280, "laptop")]
    [InlineData("nl", 360, "phone")]
    [InlineData("en", 320, "400-percent")] // 1280 at 400 %
    public async Task The_page_breaks_no_rule_and_fits(string language, int width, string name)
    {
        var page = await Open(language, new(Width: width));
        await Chromium.Axe(page);
        await Chromium.Fits(page);
        await Chromium.Shot(page, $"report-{language}-{name}");
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await Chromium.Axe(page);
        await Chromium.Fits(page);
    }

    [Fact]
    public async Task Without_script_all_is_there_and_what_is_folded_opens()
    {
        var page = await Open("nl", new(Script: false));
        await page.Locator("details.numbers > summary").First.ClickAsync();
        Assert.True(await page.Locator("details.numbers table").First.IsVisibleAsync());
    }

    [Fact]
    public async Task In_grey_every_shape_is_still_its_own()
    {
        var page = await Open("nl", new());
        await page.EvaluateAsync("document.documentElement.style.filter = 'grayscale(1)'");
        await Chromium.Shot(page, "report-nl-grey");
        // Dot, square and diamond are of different elements, so that no colour is needed to tell them apart.
        Assert.True(await page.Locator("svg circle").CountAsync() > 0 && await page.Locator("svg rect[width='10']").CountAsync() > 0 && await page.Locator("svg path[stroke='#2a6ebb']").CountAsync() > 0);
    }

    [Fact]
    public async Task By_ear_every_drawing_has_a_name_and_a_table_follows()
    {
        var page = await Open("nl", new());
        var drawings = await page.GetByRole(AriaRole.Img).AllAsync();
        Assert.Equal(16, drawings.Count); // coverage, and five for each subject
        var tree = await page.Locator("main").AriaSnapshotAsync();
        Assert.Contains("img \"Rekenen-wiskunde: meer of minder groei dan verwacht", tree, StringComparison.Ordinal);
        Assert.Contains("heading \"In het kort\" [level=2]", tree, StringComparison.Ordinal);
        Assert.Equal(drawings.Count, await page.Locator("figure.chart + details.numbers, figure.chart + .scroll").CountAsync());
    }

    [Fact]
    public async Task On_paper_the_tables_are_open_and_nothing_is_cut()
    {
        var page = await Open("nl", new());
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('details.numbers table')].filter(t => t.getBoundingClientRect().height < 20).length"));
        await page.PdfAsync(new() { Path = Path.Combine(_folder, "print.pdf"), Format = "A4" });
        var text = Run("pdftotext", "-layout", Path.Combine(_folder, "print.pdf"), "-");
        Assert.Contains("Om met uw team over te praten", text, StringComparison.Ordinal);
        Assert.Contains("Hoe lees ik dit?", text, StringComparison.Ordinal);
    }

    // ---- the print ----

    [Theory]
    [InlineData("nl"), InlineData("en")]
    public void The_print_is_tagged_reads_in_order_and_is_the_same_each_time(string language)
    {
        using var printer = PdfPrinter.Find();
        Needs.That(printer is not null, "Typst is not here (setup/typst.sh)");
        var forms = _report.Forms(printer);
        var again = _report.Forms(printer);
        var pdf = forms.Single(f => f.Name.EndsWith($"{language}.pdf", StringComparison.Ordinal)).Content;
        Assert.Equal(pdf, again.Single(f => f.Name.EndsWith($"{language}.pdf", StringComparison.Ordinal)).Content);
        var file = Path.Combine(_folder, "report.pdf");
        File.WriteAllBytes(file, pdf);
        Assert.Matches(@"Tagged:\s+yes", Run("pdfinfo", file));
        Assert.Contains("pdfuaid", Run("pdfinfo", "-meta", file), StringComparison.Ordinal);
        var structure = Run("pdfinfo", "-struct-text", file);
        Assert.True(structure.Split("Figure").Length > 16, "every drawing is a figure of the structure");
        // Poppler reads the headings in the order of the page.
        var html = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(forms.Single(f => f.Name.EndsWith($"{language}.html", StringComparison.Ordinal)).Content));
        var (text, at) = (string.Join(' ', Run("pdftotext", file, "-").Split((char[])[' ', '\n', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries)), 0);
        foreach (var heading in html.QuerySelectorAll("h1, h2"))
        {
            var found = text.IndexOf(heading.TextContent, at, StringComparison.Ordinal);
            Assert.True(found >= at, $"'{heading.TextContent}' does not follow in the print");
            at = found + heading.TextContent.Length;
        }
    }

    /// <summary>The checks read the print back: what stands in it alone, or out of its place, is found.</summary>
    [Fact]
    public void What_only_the_print_shows_is_found()
    {
        using var printer = PdfPrinter.Find();
        Needs.That(printer is not null, "Typst is not here (setup/typst.sh)");
        Needs.Program("pdftotext");
        foreach (var dutch in (bool[])[true, false])
        {
            var document = new SchoolReport(_report.Head, _report.Numbers, dutch).Document;
            var page = CheckedReport.Read(BlockPage.Render(document, null))!;
            bool Follows(BlockDocument printed) => PrintedReport.Follows(printer!.Print(printed), page, document.Kind);
            Assert.True(Follows(document));
            var hidden = document.Blocks.OfType<NumberTable>().First(table => table.Rows.Any(row => row.Any(cell => cell.Kind == CellKind.Hidden)));
            var drawing = document.Blocks.OfType<Picture>().First();
            Assert.False(Follows(With(document, hidden, hidden with { Rows = [.. hidden.Rows.Select(row => row.Select(cell => cell.Kind == CellKind.Hidden ? Cell.Number("8,4") : cell).ToList())] })), "a hidden cell with a number");
            Assert.False(Follows(With(document, drawing, drawing with { Svg = drawing.Svg.Replace("</svg>", "<text x=\"40\" y=\"40\">8,4</text></svg>", StringComparison.Ordinal) })), "a number in a drawing");
            Assert.False(Follows(document with { Blocks = [.. document.Blocks, new Paragraph("8,4")] }), "a number at the end");
            Assert.False(Follows(document with { Blocks = [.. document.Blocks.Where(block => block != hidden)] }), "a table that is not there");
            var tables = document.Blocks.OfType<NumberTable>().Where(table => table.Folded).Take(2).ToList();
            Assert.False(Follows(With(With(With(document, tables[0], new Paragraph("")), tables[1], tables[0]), new Paragraph(""), tables[1])), "tables out of their order");
            Assert.False(Follows(document with { Kind = document.Kind.Replace("99XX00", "99YY00", StringComparison.Ordinal) }), "another school's print");
        }

        static BlockDocument With(BlockDocument document, Block before, Block after) => document with { Blocks = [.. document.Blocks.Select(block => ReferenceEquals(block, before) || (before is Paragraph && block == before) ? after : block)] };
    }

    /// <summary>What the school's program cuts for the inspectorate stands alone: conclusions, how complete, each subject's first picture with its numbers, method and log.</summary>
    [Theory]
    [InlineData("nl", "Voor de inspectie"), InlineData("en", "For the inspectorate")]
    public async Task The_page_for_the_inspectorate_stands_alone(string language, string kind)
    {
        var whole = Encoding.UTF8.GetString(_report.Forms().Single(f => f.Name.EndsWith($"{language}.html", StringComparison.Ordinal)).Content);
        var cut = Groeilijn.School.InspectoratePage.From(whole)!;
        Assert.StartsWith(kind, new HtmlParser().ParseDocument(cut).QuerySelector("p.room")!.TextContent, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "inspectie.html"), cut);
        var page = await chromium.Page("file://" + _folder, new(Width: 1280));
        await page.GotoAsync($"file://{_folder}/inspectie.html");
        await Chromium.Axe(page);
        await Chromium.Shot(page, $"inspectorate-{language}");
        Assert.Equal(["short", "complete", "reading-lvs-3", "spelling-lvs-3", "maths-lvs-3", "method", "ledger"], await page.EvaluateAsync<string[]>("[...document.querySelectorAll('h2')].map(h => h.id)"));
        Assert.Equal(4, await page.Locator("svg[role=img]").CountAsync());
        Assert.Equal(0, await page.Locator("nav, h3").CountAsync());
        Assert.Null(Groeilijn.School.InspectoratePage.From("<html><body>iets anders</body></html>"));
    }

    [Fact]
    public void Without_a_printer_there_are_page_and_numbers() =>
        Assert.Equal(["99XX00-2025-2.nl.html", "99XX00-2025-2.en.html", "99XX00-2025-2.csv"], _report.Forms(null).Select(f => f.Name));

    static string Run(string program, params string[] arguments)
    {
        Needs.Program(program);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000));
        return output;
    }
}
