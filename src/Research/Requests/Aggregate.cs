using Groeilijn.Columns;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;

namespace Groeilijn.Research;

/// <summary>A request with its cells, before any is hidden: it stays at the desk.</summary>
/// <param name="Request">The request.</param>
/// <param name="Cells">The cells, each with who is in it.</param>
/// <param name="Pupils">The project's pseudonym of each pupil, by the number that the cells use.</param>
sealed record Aggregate(AggregateRequest Request, IReadOnlyList<RawCell> Cells, IReadOnlyList<string> Pupils)
{
    const double TenthsPerPoint = 10;

    /// <summary>Runs a request that was checked. Scores are summed as integers; a sum is divided once.</summary>
    public static Outcome<Aggregate> Run(Workspace workspace, AggregateRequest request)
    {
        if (request.Check(workspace) is { } refusal) return refusal;
        try
        {
            var cells = workspace.Data.Query(Sql(request), row => Cell(request, row));
            if (cells.Count == 0 || cells[0].Pupils == 0) return new Refusal("nothing-found", "No result in the project fits the request.", "Check the codes in the where expression.");
            var members = new AggregateMembers(workspace, request);
            return new Aggregate(request, [.. cells.Select(cell => cell with { Sums = members.Of(cell.Codes) })], members.Pupils);
        }
        catch (ColumnException e) when (e.Fault is not ColumnFault.Library)
        {
            return new Refusal("where-refused", $"The where expression cannot be run: {e.Message}.", "Compare a text column with a text in quotes, a year group or score_tenths with a number.");
        }
    }

    /// <summary>The rows that a where expression chooses; unknown counts as no.</summary>
    public static string Chosen(AggregateRequest request) => request.Where is { } where ? $"(({where}\n) IS TRUE)" : "true";

    static string Sql(AggregateRequest request)
    {
        var by = string.Join(", ", request.By.Select(d => $"\"{d}\""));
        var columns = string.Concat(request.By.Select(d => $"\"{d}\"::VARCHAR, "));
        return $"SELECT {columns}count(DISTINCT pupil), count(DISTINCT school), count(*), sum(score_tenths::BIGINT), sum(score_tenths::BIGINT * score_tenths::BIGINT) FROM results WHERE {Chosen(request)}"
            + (by.Length > 0 ? $" GROUP BY {by} ORDER BY {by}" : "");
    }

    static RawCell Cell(AggregateRequest request, ColumnRow row)
    {
        var codes = new string[request.By.Count];
        for (var i = 0; i < codes.Length; i++) codes[i] = row.Text(i);
        var (pupils, schools, n) = (row.GetInt64(codes.Length), row.GetInt32(codes.Length + 1), row.GetInt64(codes.Length + 2));
        var (sum, squares) = n == 0 ? (0, 0) : (row.GetInt128(codes.Length + 3), row.GetInt128(codes.Length + 4));
        return new RawCell(codes, pupils, schools, [.. request.Measures.Select(Value)]);

        double Value(string measure) => measure switch
        {
            "count" => pupils,
            "mean" => n == 0 ? 0 : (double)sum / n / TenthsPerPoint,
            _ => n < 2 ? 0 : Math.Sqrt((double)(n * squares - sum * sum) / ((double)n * (n - 1))) / TenthsPerPoint,
        };
    }
}
