namespace Groeilijn.Web;

/// <summary>A document in blocks, from which every form is made: the page, the print, and what checks read.</summary>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
/// <param name="Title">Its one heading of the first level.</param>
/// <param name="Kind">What it is, above the title.</param>
/// <param name="Blocks">In the order of reading.</param>
public sealed record BlockDocument(string Language, string Title, string Kind, IReadOnlyList<Block> Blocks);

/// <summary>A part of a document.</summary>
public abstract record Block;

/// <summary>A heading of the second or third level.</summary>
public sealed record Heading(int Level, string Id, string Text) : Block;

/// <summary>A paragraph. When it states something of a number, <paramref name="Claim"/> names statement and cell: <c>level|maths|lvs-3|all|effect</c>.</summary>
public sealed record Paragraph(string Text, string? Claim = null, bool Lead = false) : Block;

/// <summary>A paragraph that must not be missed.</summary>
public sealed record Remark(string Text) : Block;

/// <summary>A list.</summary>
public sealed record Points(IReadOnlyList<string> Items) : Block;

/// <summary>A drawing with how to read it; its numbers stand in the table that follows.</summary>
public sealed record Picture(string Svg, string Title, string Description, string HowToRead) : Block;

/// <summary>A table; a folded one opens on demand on the page and is open in print.</summary>
public sealed record NumberTable(string Caption, IReadOnlyList<Cell> Headers, IReadOnlyList<IReadOnlyList<Cell>> Rows, bool Folded) : Block;
