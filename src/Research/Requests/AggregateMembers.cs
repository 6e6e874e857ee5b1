using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Research;

/// <summary>
/// Who is in each cell of a request, for the Gate's memory of the project: pupils by pseudonym, their results apart by edition, subject and scale. All measures of a cell
/// are judged as the sum over its results, which a mean with its count tells exactly. Who has several results in one half-year is another unknown by each choice of them.
/// </summary>
sealed class AggregateMembers
{
    /// <summary>What is added up.</summary>
    public const string Statistic = "results";

    /// <summary>The results, each with its place among those of its pupil in the half-year, and how many these are.</summary>
    const string Numbered = """
        SELECT *, row_number() OVER (PARTITION BY pupil, edition, subject, "scale" ORDER BY score_tenths, test_year_group, school) AS place,
        count(*) OVER (PARTITION BY pupil, edition, subject, "scale") AS of_all FROM results
        """;

    readonly Dictionary<string, List<SumTerm>> _terms = new(StringComparer.Ordinal);
    readonly List<string> _pupils = [];

    public AggregateMembers(Workspace workspace, AggregateRequest request)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var members = new Dictionary<(string Cell, int Slice), List<(int Pupil, byte Of)>>();
        var columns = string.Concat(request.By.Select(d => $"\"{d}\"::VARCHAR, "));
        var by = request.By.Count;
        var rows = workspace.Data.Query($"SELECT {columns}edition, subject, \"scale\", pupil, CASE WHEN max(of_all) = 1 THEN 0 ELSE bit_or(1 << (least(place, 3) - 1)::INTEGER) END FROM ({Numbered}) WHERE {Aggregate.Chosen(request)} GROUP BY ALL", row =>
        {
            var codes = new string[by];
            for (var i = 0; i < by; i++) codes[i] = row.Text(i);
            return (Cell: Key(codes), Slice: Slice(row.Text(by), row.Text(by + 1), row.Text(by + 2)), Pupil: row.GetString(by + 3), Of: (byte)row.GetInt32(by + 4));
        });
        foreach (var (cell, slice, pupil, of) in rows.OrderBy(row => row.Pupil, StringComparer.Ordinal))
        {
            if (numbers.TryAdd(pupil, _pupils.Count)) _pupils.Add($"{workspace.Project}/{pupil}");
            if (!members.TryGetValue((cell, slice), out var list)) members.Add((cell, slice), list = []);
            list.Add((numbers[pupil], of));
        }
        foreach (var ((cell, slice), list) in members.OrderBy(m => m.Key.Slice))
        {
            if (!_terms.TryGetValue(cell, out var terms)) _terms.Add(cell, terms = []);
            terms.Add(new(slice, new MemberSet([.. list.Select(one => one.Pupil)], [.. list.Select(one => one.Of)])));
        }
    }

    /// <summary>The pupils in any cell, as the memory knows them.</summary>
    public IReadOnlyList<string> Pupils => _pupils;

    public IReadOnlyList<CellSum> Of(IReadOnlyList<string> codes) => _terms.TryGetValue(Key(codes), out var terms) ? [new(Statistic, terms)] : [];

    /// <summary>Edition, subject and scale of such a number.</summary>
    public static (Edition Edition, Subject Subject, string Scale) OfSlice(int slice) =>
        (Edition.Parse(FormattableString.Invariant($"{slice / 512}-{1 + slice / 256 % 2}")).Value, (Subject)(slice / 16 % 16 - 1), TestScale.Series[slice % 16 - 1]);

    static string Key(IEnumerable<string> codes) => string.Join('\u001f', codes);

    /// <summary>A number of its own for each edition, subject and scale.</summary>
    public static int Slice(string edition, string subject, string scale)
    {
        var half = Edition.Parse(edition) is { Ok: true, Value: var e } ? e.Year * 2 + (e.Half == HalfYear.E ? 1 : 0) : 0;
        return (half * 16 + (Subjects.TryRead(subject, out var read) ? 1 + (int)read : 0)) * 16 + 1 + TestScale.Series.Index().Where(s => s.Item == scale).Select(s => s.Index).FirstOrDefault(-1);
    }
}
