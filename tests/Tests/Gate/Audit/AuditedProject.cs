using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Research;

namespace Groeilijn.Tests.Gate.Audit;

/// <summary>
/// A research project in the country: it is made halfway, takes outputs out, tells the office what left, and takes more out when all tables are there.
/// </summary>
sealed class AuditedProject(string desk)
{
    const string Name = "audited";

    /// <summary>What it asks for: name, measures, groups, who is counted, and the same in words of the cohort.</summary>
    static readonly (string Name, string[] Measures, string[] By, string? Where, Func<CohortRow, bool> Chosen)[] s_first =
    [
        ("groups", ["count", "mean"], ["edition", "subject", "scale", "pupil_year_group"], null, _ => true),
        ("moments", ["count", "mean", "sd"], ["subject", "scale", "moment", "pupil_year_group"], null, _ => true),
        ("below", ["count", "mean"], ["subject", "scale", "edition"], "pupil_year_group < 6", row => row.PupilYearGroup < 6),
    ];

    static readonly (string Name, string[] Measures, string[] By, string? Where, Func<CohortRow, bool> Chosen)[] s_last =
    [
        ("all-years", ["count", "mean"], ["subject", "scale"], null, _ => true),
        ("own-level", ["mean"], ["subject", "scale", "edition", "pupil_year_group"], "pupil_year_group = test_year_group", row => row.PupilYearGroup == row.TestYearGroup),
        ("middle", ["count", "mean"], ["subject", "scale", "edition", "pupil_year_group"], "score_tenths > 1500", row => row.ScoreTenths > 1500),
        ("not-four", ["mean"], ["subject", "scale", "moment"], "NOT pupil_year_group = 4", row => row.PupilYearGroup != 4),
    ];

    readonly List<(string Name, string Csv, Func<CohortRow, bool> Chosen)> _left = [];
    Edition _made;

    /// <summary>The project's file, its first outputs, and the list of them for the office.</summary>
    public void Begin(OfficeHome office, Edition edition)
    {
        _made = edition;
        Assert.Null(Projects.Create(office, Name, edition, new ProjectFilter()).Refusal);
        Ask(office, s_first);
        using var home = ResearchHome.Open(desk, TimeProvider.System);
        var list = Path.Combine(desk, "told.txt");
        ToldOutputs.Write(home, Name, list);
        Assert.True(ProjectOutputs.Take(office, list).Value!.New > 10);
    }

    /// <summary>More outputs, beside every table.</summary>
    public void End(OfficeHome office) => Ask(office, s_last);

    /// <summary>Writes down what left.</summary>
    public void Tell(OfficeHome office, EditionTruth truth)
    {
        foreach (var (name, csv, chosen) in _left) truth.Output(office, Name, _made, name, csv, chosen);
    }

    void Ask(OfficeHome office, (string Name, string[] Measures, string[] By, string? Where, Func<CohortRow, bool> Chosen)[] requests)
    {
        using var workspace = Workspace.Open(Projects.Find(office, Name)!.File).Value!;
        using var home = ResearchHome.Open(desk, TimeProvider.System);
        foreach (var (name, measures, by, where, chosen) in requests)
            if (Outputs.Release(home, workspace, new(measures, by, where), name, hide: true) is { Ok: true, Value: var left }) _left.Add((name, File.ReadAllText(left.Csv), chosen));
    }
}
