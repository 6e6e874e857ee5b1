using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Groeilijn.School;

/// <summary>What a cell says, as text: the texts that cells share, and which formats show a day.</summary>
sealed class XlsxTexts
{
    const int MostCharacters = 40_000_000, LongestCell = 4096;
    const uint FirstOwnFormat = 164;
    readonly List<string> _shared = [];
    readonly List<bool> _isDay = [];
    int _epoch;

    public static XlsxTexts Of(WorkbookPart workbook)
    {
        var texts = new XlsxTexts { _epoch = workbook.Workbook.WorkbookProperties?.Date1904?.Value == true ? 1462 : 0 };
        if (workbook.SharedStringTablePart is { } shared) texts.ReadShared(shared);
        if (workbook.WorkbookStylesPart is { } styles) texts.ReadStyles(styles);
        return texts;
    }

    void ReadShared(SharedStringTablePart part)
    {
        using var reader = OpenXmlReader.Create(part);
        var total = 0;
        while (reader.Read())
        {
            if (!reader.IsStartElement || reader.ElementType != typeof(SharedStringItem)) continue;
            var text = Plain((SharedStringItem)reader.LoadCurrentElement()!);
            if ((total += text.Length + 8) > MostCharacters) throw new FileRefused(Rules.WorkbookBomb);
            _shared.Add(text);
        }
    }

    /// <summary>The text without what is only pronunciation.</summary>
    static string Plain(OpenXmlElement item) => Cut(string.Concat(item.Descendants<Text>().Where(t => t.Parent is not PhoneticRun).Select(t => t.Text)));

    void ReadStyles(WorkbookStylesPart part)
    {
        var own = new Dictionary<uint, bool>();
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (!reader.IsStartElement) continue;
            if (reader.ElementType == typeof(NumberingFormat) && reader.LoadCurrentElement() is NumberingFormat { NumberFormatId.Value: var id } format) own[id] = ShowsDay(format.FormatCode?.Value ?? "");
            else if (reader.ElementType == typeof(CellFormats))
            {
                foreach (var cell in ((CellFormats)reader.LoadCurrentElement()!).Elements<CellFormat>())
                    _isDay.Add(cell.NumberFormatId?.Value is { } number && (number < FirstOwnFormat && !own.ContainsKey(number) ? number is >= 14 and <= 17 or 22 or >= 27 and <= 31 or 36 or >= 50 and <= 58 : own.GetValueOrDefault(number)));
            }
        }
    }

    /// <summary>A format with a y or a d outside its quoted and bracketed parts shows a day.</summary>
    internal static bool ShowsDay(string format)
    {
        var inside = '\0';
        for (var i = 0; i < format.Length; i++)
        {
            var c = char.ToLowerInvariant(format[i]);
            if (inside != '\0') inside = c == inside ? '\0' : inside;
            else if (c is '"' or '[') inside = c == '[' ? ']' : c;
            else if (c is '\\' or '_' or '*') i++;
            else if (c is 'y' or 'd' or 'j') return true;
        }
        return false;
    }

    public string Text(Cell cell)
    {
        var value = cell.CellValue?.Text ?? "";
        var type = cell.DataType?.Value;
        if (type == CellValues.SharedString) return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < _shared.Count ? _shared[at] : "";
        if (type == CellValues.InlineString) return cell.InlineString is { } inline ? Plain(inline) : "";
        if (type == CellValues.String) return Cut(value);
        if (type == CellValues.Date) return Cut(value);
        if (type == CellValues.Error) return "";
        if (type == CellValues.Boolean || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return Cut(value);
        return IsDay(cell) && number is >= 1 and < 100_000 ? Day(number) : Number(number);
    }

    bool IsDay(Cell cell) => cell.StyleIndex?.Value is { } style && style < _isDay.Count && _isDay[(int)style];

    string Day(double days) => new DateOnly(1899, 12, 30).AddDays((int)days + _epoch).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Fifteen digits, as the sheet shows it: 206.6 and not the nearest double.</summary>
    static string Number(double number) => Math.Abs(number) < 1e15 && number == Math.Truncate(number)
        ? ((long)number).ToString(CultureInfo.InvariantCulture) : ((decimal)Math.Clamp(number, -1e15, 1e15)).ToString("0.###############", CultureInfo.InvariantCulture);

    static string Cut(string text) => text.Length <= LongestCell ? text : text[..LongestCell];
}
