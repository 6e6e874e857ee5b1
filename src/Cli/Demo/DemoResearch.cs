using Groeilijn.Columns;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Research;
using Groeilijn.Storage;

namespace Groeilijn.Cli.Demo;

/// <summary>Two research projects on the same cohort: what one may take out, what it may not, and that the two cannot be joined.</summary>
sealed class DemoResearch(string folder, TimeProvider clock)
{
    Project? _maths, _reading;
    CheckedOutput? _output;
    Refusal? _refused;
    long _shared;

    public string Run(OfficeHome office, Edition last)
    {
        _maths = Expect(Projects.Create(office, "growth-in-maths", last, new ProjectFilter { Subjects = [Subject.Maths] }));
        _reading = Expect(Projects.Create(office, "reading-and-maths", last, new ProjectFilter()));
        using (var workspace = Opened(_maths))
        using (var desk = ResearchHome.Open(Path.Combine(folder, "research"), clock))
        {
            _output = Outputs.Release(desk, workspace, new(["count", "mean", "sd"], ["subject", "scale", "moment", "pupil_year_group"], "scale = 'lvs-3' AND pupil_year_group BETWEEN 4 AND 7"), "maths-by-group").Value;
            // Pupils tested above or below their own year group are few: this one must not leave, and in a country this small perhaps neither the first.
            _refused = Outputs.Release(desk, workspace, new(["count", "mean"], ["edition", "subject", "scale", "pupil_year_group", "test_year_group"], "pupil_year_group <> test_year_group"), "other-level").Refusal;
            var list = Path.Combine(folder, "research", "told.txt");
            ToldOutputs.Write(desk, _maths.Name, list);
            Expect(ProjectOutputs.Take(office, list));
            desk.Sequence();
        }
        _shared = SharedPseudonyms();
        office.Sequence();
        var first = _output is null ? "one output refused: too few pupils or schools" : "one output checked and released";
        var second = _refused is null ? "one more released" : "one refused for its small cells";
        return $"two projects, {_maths.Rows + _reading.Rows:N0} rows, {_shared} pseudonyms in common; {first}, {second}";
    }

    /// <summary>The stop of the tour.</summary>
    public TourStop Stop()
    {
        var stop = new TourStop(new("Het onderzoek", "Research"),
            new("onderzoekers zien nooit om wie het gaat.", "researchers never see who it is."),
            new("Elk project krijgt een eigen bestand met eigen schuilnamen. Een onderzoeker vraagt om groepen; alleen groepen van ten minste 10 leerlingen en 3 scholen gaan naar buiten.", "Every project gets a file of its own with pseudonyms of its own. A researcher asks for groups; only groups of at least 10 pupils and 3 schools go out."),
            new($"Dezelfde kinderen heten in twee projecten anders: {_shared} schuilnamen gemeen.{(_refused is null ? "" : $" Een verzoek met te kleine groepen werd geweigerd ({_refused.Code}).")}", $"The same children have other names in two projects: {_shared} pseudonyms in common.{(_refused is null ? "" : $" A request with groups that are too small was refused ({_refused.Code}).")}"))
            .Count("Rijen in twee projecten", "Rows in two projects", _maths!.Rows + _reading!.Rows);
        return _output is null ? stop : stop.Open(new("Een gecontroleerde uitkomst", "A checked output"), Address(_output.Csv)).Open(new("Het verslag van de controle", "The record of the check"), Address(_output.Check));
    }

    /// <summary>How many pupils bear the same pseudonym in both projects. The demo may open both files; a researcher may not.</summary>
    long SharedPseudonyms()
    {
        using var maths = ColumnDatabase.Open(_maths!.File, new ColumnOptions { ReadOnly = true });
        using var reading = ColumnDatabase.Open(_reading!.File, new ColumnOptions { ReadOnly = true });
        var names = maths.Query("SELECT DISTINCT pupil FROM results", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
        return reading.Query("SELECT DISTINCT pupil FROM results", row => row.GetString(0)).Count(names.Contains);
    }

    static Workspace Opened(Project project) => Workspace.Open(project.File).Value ?? throw new InvalidOperationException("A project's file was refused.");

    static T Expect<T>(Outcome<T> outcome) where T : class => outcome.Value ?? throw new InvalidOperationException($"A project was refused: {outcome.Refusal}");

    string Address(string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
