using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Groeilijn.School;

/// <summary>
/// One sheet of a workbook (.xlsx) as a table, row after row, never as a whole. Days come by the format of their cell, formulas by the
/// value that was stored with them. Links to other files are not followed, macros and hidden sheets are not looked at.
/// </summary>
sealed class XlsxFile : Table
{
    const int MostColumns = 1000, MostSheets = 60;
    readonly SpreadsheetDocument _document;
    readonly WorksheetPart _sheet;
    readonly XlsxTexts _texts;
    readonly int _number;

    XlsxFile(SpreadsheetDocument document, WorksheetPart sheet, XlsxTexts texts, int number) => (_document, _sheet, _texts, _number) = (document, sheet, texts, number);

    public override Words Written => new($"Excel-werkmap, werkblad {_number}", $"Excel workbook, sheet {_number}");

    public static void Read(Stream file, Reading into, ConfirmedMappings mappings) => Open(file, (table, header, others) =>
    {
        if (header is null) throw new FileRefused(Rules.FileOtherColumns, 1);
        TableReading.Read(table, header, into, mappings);
        if (others > 0) into.Findings.Add(new(Rules.SheetsUnread, new(into.File, 0, ""), null, others));
    });

    /// <summary>Opens the workbook at the sheet that has the most names of columns and hands it on; whatever is wrong with the file is a refusal.</summary>
    /// <param name="file">The workbook.</param>
    /// <param name="read">Takes the sheet, its header, and the number of other sheets that have a header too.</param>
    public static void Open(Stream file, Action<Table, TableHeader?, int> read)
    {
        try
        {
            XlsxGuard.Check(file);
            using var document = SpreadsheetDocument.Open(file, isEditable: false);
            var texts = XlsxTexts.Of(document.WorkbookPart ?? throw new FileRefused(Rules.WorkbookBroken));
            var sheets = Sheets(document, texts).Select(table => (Table: table, Header: TableHeader.Find(table))).ToList();
            if (sheets.Count == 0) throw new FileRefused(Rules.WorkbookBroken);
            var best = sheets.MaxBy(s => s.Header?.Known ?? 0);
            read(best.Table, best.Header, sheets.Count(s => s.Header is not null && s.Table != best.Table));
        }
        // The library and the zip below it throw whatever a damaged file makes of them; each means the same here.
        catch (Exception damaged) when (damaged is not (FileRefused or OutOfMemoryException))
        {
            throw new FileRefused(Rules.WorkbookBroken);
        }
    }

    static IEnumerable<XlsxFile> Sheets(SpreadsheetDocument document, XlsxTexts texts)
    {
        var number = 0;
        foreach (var sheet in document.WorkbookPart!.Workbook.Descendants<Sheet>().Take(MostSheets))
        {
            number++;
            if (sheet.State is not null && sheet.State.Value != SheetStateValues.Visible || sheet.Id?.Value is not { } id) continue;
            if (document.WorkbookPart.GetPartById(id) is WorksheetPart part) yield return new(document, part, texts, number);
        }
    }

    public override IEnumerable<TableRow> Rows()
    {
        ObjectDisposedException.ThrowIf(_document.WorkbookPart is null, this);
        using var reader = OpenXmlReader.Create(_sheet);
        var cells = new List<string>();
        var line = 0;
        while (reader.Read())
        {
            if (!reader.IsStartElement || reader.ElementType != typeof(Row)) continue;
            line = reader.Attributes.FirstOrDefault(a => a.LocalName == "r").Value is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var said) && said > line ? said : line + 1;
            cells.Clear();
            if (reader.ReadFirstChild())
                do
                    if (reader.ElementType == typeof(Cell)) Put(cells, (Cell)reader.LoadCurrentElement()!);
                while (reader.ReadNextSibling());
            if (cells.Count > 0) yield return new(line, cells);
        }
    }

    void Put(List<string> cells, Cell cell)
    {
        var column = cell.CellReference?.Value is { } reference ? Column(reference) : cells.Count;
        if (column is < 0 or >= MostColumns) return;
        while (cells.Count <= column) cells.Add("");
        cells[column] = _texts.Text(cell);
    }

    /// <summary>The column of "AB12", from 0; −1 when it has no letters.</summary>
    static int Column(string reference)
    {
        var column = 0;
        foreach (var c in reference)
        {
            if (!char.IsAsciiLetter(c) || column > MostColumns) break;
            column = column * 26 + (char.ToUpperInvariant(c) - 'A' + 1);
        }
        return column - 1;
    }
}
