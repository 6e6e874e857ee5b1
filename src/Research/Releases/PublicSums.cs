using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Research;

/// <summary>
/// What everybody has, as a project sees it: each published figure of the public tables is a sum over pupils of the project, and a researcher has it beside the project's own outputs. Who is in a figure follows
/// from the project's file; a figure by part of the country needs the file's table <c>regions</c>. Of growth both ends are taken as known, which is more than is told. Half-years that the project does not
/// hold tell nothing of it.
/// </summary>
sealed class PublicSums
{
    readonly Dictionary<(string Edition, string Subject, string Scale), List<(int Pupil, int YearGroup, string Region)>> _results = [];
    readonly List<string> _pupils = [];
    readonly List<(string Cell, CellSum Sum)> _sums = [];

    PublicSums(Workspace workspace)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var regions = workspace.Data.Query("SELECT table_name FROM duckdb_tables() WHERE table_name = 'regions' AND NOT internal", row => row.GetString(0)).Count > 0;
        var rows = workspace.Data.Query($"SELECT DISTINCT edition, subject, \"scale\", pupil, pupil_year_group, {(regions ? "coalesce(region, '')" : "''")} FROM results {(regions ? "LEFT JOIN regions USING (school)" : "")}",
            row => (Key: (row.GetString(0), row.GetString(1), row.GetString(2)), Pupil: row.GetString(3), YearGroup: row.GetInt32(4), Region: row.GetString(5)));
        foreach (var (key, pupil, yearGroup, region) in rows.OrderBy(r => r.Pupil, StringComparer.Ordinal))
        {
            if (numbers.TryAdd(pupil, _pupils.Count)) _pupils.Add($"{workspace.Project}/{pupil}");
            (_results.TryGetValue(key, out var list) ? list : _results[key] = []).Add((numbers[pupil], yearGroup, region));
        }
    }

    /// <summary>Lets the desk's memory know what the tables in a folder tell of a project's pupils. How many tables there were.</summary>
    public static int Know(ResearchHome home, Workspace workspace, string folder)
    {
        if (!Directory.Exists(folder)) return 0;
        string[] tables = [.. Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories).Where(file => Path.GetFileNameWithoutExtension(file) is "scores" or "growth").Order(StringComparer.Ordinal)];
        var sums = new PublicSums(workspace);
        foreach (var table in tables) sums.Read(table);
        home.Gate.Know($"{workspace.Project}/public", sums._pupils, sums._sums);
        return tables.Length;
    }

    /// <summary>A table in the folder of its edition: subject, scale, year group or step, region, pupils, mean, status, reason.</summary>
    void Read(string file)
    {
        if (Edition.Parse(Path.GetFileName(Path.GetDirectoryName(file))) is not { Ok: true, Value: var edition }) return;
        foreach (var cell in File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Where(cell => cell.Length == 8 && cell[6] == "published"))
        {
            var name = $"{edition} {string.Join(' ', cell[..4])}";
            if (cell[2] is [var group]) Add(name, edition, cell, group - '0', null);
            else if (cell[2] is [_, var from, '-', _, var to])
            {
                Add(name + " start", edition.Previous, cell, from - '0', (edition, to - '0'));
                Add(name + " end", edition, cell, to - '0', (edition.Previous, from - '0'));
            }
        }
    }

    /// <summary>The scores of a half-year of who was in a year group then, and in another at another time.</summary>
    void Add(string name, Edition edition, string[] cell, int yearGroup, (Edition Edition, int YearGroup)? also)
    {
        var others = also is { } other ? Of(other.Edition, cell, other.YearGroup).ToHashSet() : null;
        int[] pupils = [.. Of(edition, cell, yearGroup).Where(pupil => others is null || others.Contains(pupil)).Distinct().Order()];
        if (pupils.Length > 0) _sums.Add((name, new(AggregateMembers.Statistic, [new(AggregateMembers.Slice(edition.ToString(), cell[0], cell[1]), new MemberSet(pupils))])));
    }

    IEnumerable<int> Of(Edition edition, string[] cell, int yearGroup) =>
        _results.GetValueOrDefault((edition.ToString(), cell[0], cell[1]), []).Where(r => r.YearGroup == yearGroup && IsIn(r.Region, cell[3])).Select(r => r.Pupil);

    /// <summary>A region is a part of the country, two (<c>LD01-02</c>), or all.</summary>
    static bool IsIn(string region, string place) => place == "NL" || (region.Length == 4 && (place == region || (place.Length > 4 && (place[..4] == region || place[5..] == region[2..]))));
}
