using System.Text.RegularExpressions;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>How many schools have a board, and how many boards there are.</summary>
public sealed record BoardsKept(int Schools, int Boards);

/// <summary>
/// Which board each school is of. A board reads the reports of all its schools and knows their pupils, so what leaves is audited for it as for one reader; a board whose schools the office does not know
/// together cannot be. The list comes from the register of schools (number of the bevoegd gezag), as lines <c>school,board</c> under that heading.
/// </summary>
public static partial class Boards
{
    const string Heading = "school,board";

    /// <summary>Keeps a list in place of the one before; a school that is not enrolled yet may be on it. Nothing is kept of a list with a fault.</summary>
    public static Outcome<BoardsKept> Keep(OfficeHome home, IEnumerable<string> lines)
    {
        var boards = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, line) in lines.Select(line => line.TrimEnd('\r')).Index())
        {
            if (i == 0 ? line == Heading : line.Length == 0) continue;
            if (i == 0) return new Refusal("boards-heading", $"The first line is not {Heading}.", "Give a list of two columns: the school's code and its board's number.");
            if (line.Split(',') is not [var school, var board] || !SchoolLocation.Parse(school).Ok || !Number().IsMatch(board))
                return new Refusal("boards-line", FormattableString.Invariant($"Line {i + 1} is not a school's code and a board's number."), "Write 99XX00,41234: BRIN and vestiging, a comma, and at most 20 letters, digits and dashes.");
            if (!boards.TryAdd(SchoolLocation.Parse(school).Value.Code, board)) return new Refusal("boards-twice", FormattableString.Invariant($"Line {i + 1} names a school for the second time."), "A school has one board.");
        }
        var kept = new BoardsKept(boards.Count, boards.Values.Distinct().Count());
        home.Database.Write(t =>
        {
            t.Execute("DELETE FROM boards");
            t.Execute("INSERT INTO boards (school, board) VALUES (@Key, @Value)", boards.Select(b => new { b.Key, b.Value }));
            t.Enter(home.Entry("office", "boards", ("boards", kept.Boards), ("schools", kept.Schools)));
        });
        return kept;
    }

    /// <summary>The board of each school of which it is known.</summary>
    public static IReadOnlyDictionary<string, string> All(OfficeHome home) =>
        home.Database.Read<(string School, string Board)>("SELECT school, board FROM boards").ToDictionary(row => row.School, row => row.Board, StringComparer.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,20}\z")]
    private static partial Regex Number();
}
