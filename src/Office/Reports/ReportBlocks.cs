using Groeilijn.Web;

namespace Groeilijn.Office;

/// <summary>A part of a report, from which every form is made: the page, the print, and what checks read.</summary>
abstract record Block;

/// <summary>A heading of the second or third level.</summary>
sealed record Heading(int Level, string Id, string Text) : Block;

/// <summary>A paragraph. When it states something of a number, <paramref name="Claim"/> names statement and cell: <c>level|maths|lvs-3|all|effect</c>.</summary>
sealed record Paragraph(string Text, string? Claim = null, bool Lead = false) : Block;

/// <summary>A paragraph that must not be missed.</summary>
sealed record Remark(string Text) : Block;

/// <summary>A list.</summary>
sealed record Points(IReadOnlyList<string> Items) : Block;

/// <summary>A drawing with how to read it; its numbers stand in the table that follows.</summary>
sealed record Picture(string Svg, string Title, string Description, string HowToRead) : Block;

/// <summary>A table; a folded one opens on demand on the page and is open in print.</summary>
sealed record NumberTable(string Caption, IReadOnlyList<Cell> Headers, IReadOnlyList<IReadOnlyList<Cell>> Rows, bool Folded) : Block;

/// <summary>What a report is of.</summary>
/// <param name="Code">The school's code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Edition">The edition.</param>
/// <param name="Checkpoint">The office's ledger, as printed.</param>
/// <param name="Version">1, or the number of the correction.</param>
/// <param name="Reason">Why it was corrected, in Dutch and English; empty for the first.</param>
sealed record ReportHead(string Code, string Name, Education.Edition Edition, string Checkpoint, int Version, (string Dutch, string English) Reason)
{
    /// <summary>The name of a form of it: <c>99XX00-2025-2.nl.html</c>.</summary>
    public string FileName(string ending) => Version == 1 ? $"{Code}-{Edition}.{ending}" : FormattableString.Invariant($"{Code}-{Edition}-v{Version}.{ending}");
}
