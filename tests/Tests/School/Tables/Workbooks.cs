using System.IO.Compression;
using System.Text;
using Groeilijn.School;

namespace Groeilijn.Tests.School.Tables;

/// <summary>Workbooks made of the sample by changing a part of it.</summary>
static class Workbooks
{
    public const string Sheet = "xl/worksheets/sheet2.xml", Workbook = "xl/workbook.xml";

    /// <summary>The sample with some parts replaced or added; null leaves a part out.</summary>
    public static byte[] With(params (string Part, string? Text)[] changes)
    {
        using var source = new ZipArchive(new MemoryStream(TableSamples.Bytes("systeem-d-leerlingen.xlsx")));
        using var memory = new MemoryStream();
        using (var target = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries.Where(e => !changes.Any(c => c.Part == e.FullName)))
            {
                using var from = entry.Open();
                using var to = target.CreateEntry(entry.FullName).Open();
                from.CopyTo(to);
            }
            foreach (var (part, text) in changes.Where(c => c.Text is not null))
            {
                using var to = target.CreateEntry(part).Open();
                to.Write(Encoding.UTF8.GetBytes(text!));
            }
        }
        return memory.ToArray();
    }

    public static string Part(string part)
    {
        using var source = new ZipArchive(new MemoryStream(TableSamples.Bytes("systeem-d-leerlingen.xlsx")));
        using var reader = new StreamReader(source.GetEntry(part)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>A sheet with these rows of XML.</summary>
    public static byte[] Rows(string rows) => With((Sheet, $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"));

    public static string Text(string cell, string text) => $"<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";

    public static ImportFile File(byte[] bytes) => ImportFile.OfBytes("map.xlsx", bytes);
}
