using System.Text;
using Groeilijn.School;
using static Groeilijn.Tests.School.Tables.Workbooks;

namespace Groeilijn.Tests.School.Tables;

/// <summary>What a cell of a workbook says, and workbooks that mean harm.</summary>
public sealed class WorkbookTests
{
    static readonly string s_header = $"<row r=\"1\">{Text("A1", "Leerlingnummer")}{Text("B1", "Geboortedatum")}{Text("C1", "Geslacht")}{Text("D1", "Vaardigheidsscore")}</row>";

    static IReadOnlyList<IReadOnlyList<string>> Cells(byte[] workbook)
    {
        using var school = new TestHome();
        return TableSamples.Propose(school, File(workbook)).Samples(10);
    }

    [Theory]
    [InlineData("<c r=\"D2\"><v>206.59999999999999</v></c>", "206.6"), InlineData("<c r=\"D2\"><f>A1+1</f><v>206.6</v></c>", "206.6"), InlineData("<c r=\"D2\" t=\"str\"><f>A1</f><v>206,6</v></c>", "206,6")]
    [InlineData("<c r=\"D2\" s=\"1\"><v>42077</v></c>", "2015-03-14"), InlineData("<c r=\"D2\" s=\"1\"><v>42077.75</v></c>", "2015-03-14"), InlineData("<c r=\"D2\"><v>42077</v></c>", "42077"), InlineData("<c r=\"D2\"><v>9.00000119E8</v></c>", "900000119")]
    [InlineData("<c r=\"D2\" t=\"e\"><v>#REF!</v></c>", ""), InlineData("<c r=\"D2\" t=\"s\"><v>99</v></c>", ""), InlineData("<c r=\"D2\" t=\"s\"><v>-1</v></c>", ""), InlineData("<c r=\"D2\" t=\"b\"><v>1</v></c>", "1"), InlineData("<c r=\"D2\" s=\"77\"><v>5</v></c>", "5")]
    [InlineData("<c r=\"D2\"><v>NaN</v></c>", "NaN"), InlineData("<c r=\"D2\"><v>1E300</v></c>", "1000000000000000"), InlineData("<c r=\"D2\"/>", ""), InlineData("<c r=\"ZZZZZZZZZZ2\"><v>5</v></c>", "")]
    [InlineData("<c r=\"D2\" t=\"inlineStr\"><is><r><t>Z</t></r><r><t>oë</t></r><rPh sb=\"0\" eb=\"1\"><t>niet</t></rPh></is></c>", "Zoë")]
    public void A_cell_says_what_the_sheet_shows(string cell, string text) => Assert.Equal(["7", "", "", text], Cells(Rows($"{s_header}<row r=\"2\"><c r=\"A2\"><v>7</v></c>{cell}</row>"))[0]);

    [Theory]
    [InlineData("d-m-yyyy", true), InlineData("[$-413]dd mmmm yyyy;@", true), InlineData("dd\\-mm\\-jj", true), InlineData("0.00", false), InlineData("General", false), InlineData("#,##0 \"dagen\"", false), InlineData("[Red]0.0", false), InlineData("[hh]:mm", false)]
    public void A_format_shows_a_day_or_not(string format, bool isDay) => Assert.Equal(isDay, XlsxTexts.ShowsDay(format));

    [Fact]
    public void Days_counted_from_1904_are_read_so() =>
        Assert.Equal("2019-03-15", Cells(With((Workbook, Part(Workbook).Replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>", StringComparison.Ordinal))))[0][4]);

    [Fact]
    public void A_hidden_sheet_is_not_looked_at()
    {
        using var school = new TestHome();
        var hidden = With((Workbook, Part(Workbook).Replace("name=\"Leerlingen\"", "name=\"Leerlingen\" state=\"hidden\"", StringComparison.Ordinal)));
        Assert.Equal(Refusals.NotATable, ColumnMappings.Propose(school.Home, File(hidden)).Refusal);
        Assert.Equal(Rules.FileOtherColumns, Assert.Single(TableSamples.Import(school, File(hidden)).Findings).Rule);
    }

    [Fact]
    public void Other_sheets_with_a_table_are_told()
    {
        using var school = new TestHome();
        var two = With(("xl/worksheets/sheet1.xml", Part(Sheet).Replace("Nationaliteit", "Kleur", StringComparison.Ordinal)));
        TableSamples.Confirm(school, File(two));
        Assert.Equal(1, TableSamples.Import(school, File(two)).Findings.Single(f => f.Rule == Rules.SheetsUnread).Count);
    }

    static string Bomb => $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{new string(' ', 20 << 20)}<sheetData/></worksheet>";

    static readonly (string Name, Func<byte[]> File, string Code)[] s_hostile =
    [
        ("a sheet that grows a thousandfold", () => With((Sheet, Bomb)), "M04"),
        ("a part that grows", () => With(("xl/styles.xml", Bomb)), "M04"),
        ("a part nobody asks for that grows", () => With(("docProps/app.xml", Bomb)), "M04"),
        ("three thousand parts", () => With([.. Enumerable.Range(0, 3000).Select(i => ($"xl/deel{i}.xml", (string?)""))]), "M04"),
        ("entities", () => With((Sheet, "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>" + Part(Sheet)[Part(Sheet).IndexOf("<worksheet", StringComparison.Ordinal)..].Replace("Noa", "&b;", StringComparison.Ordinal))), "M03"),
        ("a sheet that breaks off", () => With((Sheet, Part(Sheet)[..2000])), "M03"),
        ("no sheet", () => With((Sheet, null), ("xl/worksheets/sheet1.xml", null)), "M03"),
        ("no relations", () => With(("xl/_rels/workbook.xml.rels", null)), "M03"),
        ("no content types", () => With(("[Content_Types].xml", null)), "M03"),
        ("a part above its folder", () => With(("../../etc/passwd", "x"), (Sheet, null), ("xl/worksheets/sheet1.xml", null)), "M03"),
        ("a binary workbook", () => With((Workbook, null), ("xl/workbook.bin", "x")), "M02"),
        ("an old workbook", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "M02"),
        ("no workbook", () => With((Workbook, null)), "F04"),
        ("half a zip", () => TableSamples.Bytes("systeem-d-leerlingen.xlsx")[..1500], "M03"),
        ("no table", () => Rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), "F11"),
        ("nothing", () => Rows(""), "F11"),
    ];

    public static TheoryData<string> Hostile => [.. s_hostile.Select(h => h.Name)];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_workbook_that_means_harm_is_refused_by_one_finding(string name)
    {
        using var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        var before = school.Dump();
        var (_, file, code) = s_hostile.Single(h => h.Name == name);
        var bytes = file();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var outcome = TableSamples.Import(school, File(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 60 << 20);
        Assert.Equal((false, code), (outcome.Stored, Assert.Single(outcome.Findings).Rule.Code));
        Assert.Equal(before, school.Dump());
    }

    [Fact]
    public void Links_to_elsewhere_are_not_followed()
    {
        const string Link = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"https://example.invalid/\" TargetMode=\"External\"/></Relationships>";
        Assert.Equal("Noa", Cells(With(("xl/worksheets/_rels/sheet2.xml.rels", Link)))[0][1]);
    }
}
