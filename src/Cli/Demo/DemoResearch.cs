using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Cli.Demo;

/// <summary>Two research projects on the same cohort, and what they may take out.</summary>
sealed class DemoResearch(string folder, TimeProvider clock)
{
    readonly object[] _later = [folder, clock];

    public string Run(OfficeHome office, Edition last)
    {
        var first = Projects.Create(office, "growth-in-maths", last, new ProjectFilter { Subjects = [Subject.Maths] });
        return $"{first.Value!.Rows} rows {_later.Length}";
    }

    public TourStop Stop() => new(new(_later.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), ""), new("", ""), new("", ""), new("", ""));
}
