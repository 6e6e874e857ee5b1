using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;

namespace Groeilijn.Research;

/// <summary>
/// The rules that every output meets before it leaves (European guidelines for the checking of output based on microdata: at least ten units
/// under every number), and what came of them. An output that breaks one is refused as a whole, with the cells named by their codes,
/// because a researcher who sees holes asks for less, and a researcher who gets holes asks again.
/// </summary>
static class OutputCheck
{
    const int MostNamed = 12;

    /// <summary>Why the cells may not leave as they are; null when they may.</summary>
    public static Refusal? Judge(Aggregate aggregate, MinimumCount rule)
    {
        var protectedCells = rule.Protect(aggregate.Cells);
        var small = protectedCells.Where(c => c.Hidden is not null).ToList();
        if (small.Count == 0) return null;
        var named = string.Join("; ", small.Take(MostNamed).Select(c => $"{Name(aggregate.Request, c.Codes)} ({rule.Code(c.Hidden!.Value)})"));
        var more = small.Count > MostNamed ? FormattableString.Invariant($"; and {small.Count - MostNamed} more") : "";
        return new("cells-too-small", FormattableString.Invariant($"{small.Count} of {protectedCells.Count} cells are under the minimum of {rule.Least} pupils and {rule.Schools} schools: {named}{more}."),
            small.Count == protectedCells.Count ? "Use fewer dimensions, or a wider where expression." : "Use fewer dimensions, leave these groups out with a where expression, or run with --hide to have them hidden.");
    }

    /// <summary>Cells that are large enough and would give a small group away beside earlier outputs of the project.</summary>
    public static Refusal Unsafe(Aggregate aggregate, IReadOnlyList<IReadOnlyList<string>> cells) => new("unsafe-given-history",
        FormattableString.Invariant($"Beside what left this project earlier and what is public, {cells.Count} of {aggregate.Cells.Count} cells would give a small group away: {string.Join("; ", cells.Take(MostNamed).Select(codes => Name(aggregate.Request, codes)))}{(cells.Count > MostNamed ? FormattableString.Invariant($"; and {cells.Count - MostNamed} more") : "")}."),
        cells.Count == aggregate.Cells.Count ? "Use the groups and the where expression of an earlier output, or make the difference larger." : "Leave these groups out with a where expression, or run with --hide to have them hidden.");

    static string Name(AggregateRequest request, IReadOnlyList<string> codes) =>
        codes.Count == 0 ? "the whole" : string.Join(", ", request.By.Zip(codes, (d, code) => $"{d} {(code.Length == 0 ? "unknown" : code)}"));
}
