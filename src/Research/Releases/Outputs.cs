using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.Gate;
using Groeilijn.Storage;

namespace Groeilijn.Research;

/// <summary>An output that left.</summary>
/// <param name="Record">The Gate's record.</param>
/// <param name="Csv">The output.</param>
/// <param name="Check">What was checked.</param>
/// <param name="Again">Whether the very same had left before.</param>
public sealed record CheckedOutput(ReleaseRecord Record, string Csv, string Check, bool Again);

/// <summary>
/// From a request to an output: run it in the workspace, check the cells, lay it beside what left before, and let the Gate release it.
/// A request that fails a check is refused and nothing is written or remembered.
/// </summary>
public static partial class Outputs
{
    /// <summary>Runs, checks and releases a request.</summary>
    /// <param name="home">The research desk's home.</param>
    /// <param name="workspace">The project.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="name">The output's name in the project: small letters, digits, dashes.</param>
    /// <param name="hide">Let cells under the minimum be hidden, where otherwise the output is refused.</param>
    public static Outcome<CheckedOutput> Release(ResearchHome home, Workspace workspace, AggregateRequest request, string name, bool hide = false)
    {
        if (!PlainName().IsMatch(name)) return new Refusal("output-name", "An output's name is 1 to 40 small letters, digits and dashes.", "Choose such a name.");
        var run = Aggregate.Run(workspace, request);
        if (run.Refusal is { } refusal) return refusal;
        var (aggregate, profile) = (run.Value!, Profile.Researcher);
        if (!hide && OutputCheck.Judge(aggregate, profile.Rule) is { } small) return small;

        var published = profile.Rule.Protect(aggregate.Cells).Where(c => c.Hidden is null).Select(c => c.Codes).ToList();
        if (published.Count == 0) return new Refusal("nothing-left", "Every cell is under the minimum: nothing would be left to release.", "Use fewer dimensions, or a wider where expression.");
        var output = new EarlierOutput(name, request, published);
        var memory = new OutputMemory(home, workspace.Project);
        var earlier = memory.All;
        if (earlier.FirstOrDefault(o => o.Id == name) is { } same && (OutputMemory.Text(same.Request) != OutputMemory.Text(request) || same.Published.Count != published.Count))
            return new Refusal("output-exists", "There is another output of that name in this project.", "Choose another name; what left is never replaced.");
        // The same again is judged as it was then; what left later was laid beside it already.
        earlier = [.. earlier.TakeWhile(o => o.Id != name)];
        if (Differencing.Judge(workspace, output, earlier, profile.Rule) is { } close) return close;

        ForgetWithdrawn(home, workspace);
        var tables = PublicFigures.Know(home, workspace);
        var leaving = Leaving(workspace, aggregate, name);
        var together = home.Gate.UnsafeGivenHistory(leaving, aggregate.Cells);
        if (together.Count == published.Count || (together.Count > 0 && !hide)) return OutputCheck.Unsafe(aggregate, together);
        memory.Keep(output);
        return Leave(home, workspace, aggregate, leaving, $"{workspace.Project}-{name}", earlier.Count, tables);
    }

    static Leaving Leaving(Workspace workspace, Aggregate aggregate, string name) =>
        new($"{workspace.Edition}/output/{workspace.Project}-{name}", Profile.Researcher, workspace.Project, workspace.Edition) { Pupils = aggregate.Pupils };

    /// <summary>Who is no longer in the project's file was withdrawn: the memory keeps the arithmetic and not the pseudonym.</summary>
    static void ForgetWithdrawn(ResearchHome home, Workspace workspace)
    {
        var present = workspace.Data.Query("SELECT DISTINCT pupil FROM results", row => $"{workspace.Project}/{row.GetString(0)}").ToHashSet(StringComparer.Ordinal);
        home.Gate.ForgetAllBut($"{workspace.Project}/", present);
    }

    static CheckedOutput Leave(ResearchHome home, Workspace workspace, Aggregate aggregate, Leaving leaving, string stem, int compared, int tables)
    {
        var released = home.Gate.Release(leaving, aggregate.Cells, table =>
        {
            var csv = Encoding.UTF8.GetBytes(Csv(aggregate.Request, table));
            return [new($"{stem}.csv", csv), new($"{stem}.check.json", CheckRecord.Write(workspace, aggregate, table, Profile.Researcher, compared, tables, csv))];
        });
        return new(released.Record, released.Paths[0], released.Paths[1], released.Again);
    }

    /// <summary>One line a cell: the codes, the measures, status and reason. Scores in points, two decimals.</summary>
    static string Csv(AggregateRequest request, ProtectedTable table)
    {
        var csv = new StringBuilder(string.Join(',', [.. request.By, .. request.Measures.Select(m => m == "count" ? "pupils" : m), "status", "reason"])).Append('\n');
        foreach (var cell in table.Cells)
            csv.Append(string.Join(',', [
                .. cell.Codes,
                .. request.Measures.Select((m, i) => cell.Hidden is not null ? "" : cell.Values[i].ToString(m == "count" ? "F0" : "F2", CultureInfo.InvariantCulture)),
                cell.Hidden is null ? "published" : "hidden",
                cell.Hidden is { } hidden ? table.Rule.Code(hidden) : ""])).Append('\n');
        return csv.ToString();
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z")] private static partial Regex PlainName();
}
