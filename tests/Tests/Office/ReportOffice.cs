using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>The classes that read the one office with reports.</summary>
[CollectionDefinition(nameof(ReportOffice))]
public sealed class ReadsReports : ICollectionFixture<ReportOffice>;

/// <summary>
/// An office with schools of every size, three years of tests in maths and reading, and reports of the last half-year. Made once for the classes that read it.
/// </summary>
public sealed class ReportOffice : IDisposable
{
    internal static readonly Edition Last = SmallOffice.E23;

    /// <summary>Regular schools; the first grows much more and the second less than the others.</summary>
    internal static readonly string[] Regular = [.. Enumerable.Range(0, 12).Select(i => $"20{(char)('A' + i)}A00")];

    internal const string Tiny = "30AA00", Small = "30BB00", Middle = "30CC00", Large = "30DD00", Huge = "30EE00", New = "30FF00", WithoutReading = "30GG00", OnlyMovers = "30HH00";

    internal SmallOffice Office { get; } = new();

    int _child;

    public ReportOffice()
    {
        var pupils = new Dictionary<string, List<(Child Child, List<DeliveredResult> Results)>>();
        foreach (var school in Regular) Add(school, 60);
        Add(Tiny, 8);
        Add(Small, 15);
        Add(Middle, 40);
        Add(Large, 220);
        Add(Huge, 900);
        Add(New, 36, moments: 2);
        Add(WithoutReading, 48, reading: false);
        // Movers: all tests but the last elsewhere, the last here.
        pupils.Add(OnlyMovers, []);
        foreach (var (i, (child, results)) in pupils[Huge].Take(24).Index().ToList())
        {
            var last = results.Where(r => r.Taken > new DateOnly(2023, 5, 1)).ToList();
            pupils[Huge][i] = (child, [.. results.Except(last)]);
            pupils[OnlyMovers].Add((child, last));
        }
        Office.Register(pupils.Values.SelectMany(p => p.Select(x => x.Child)).DistinctBy(c => c.Key));
        Office.Open();
        foreach (var (school, list) in pupils) Assert.True(Office.Deliver(Office.School(school), list.Where(p => p.Results.Count > 0).Select(p => p.Child.With([.. p.Results]))).Ok);
        Assert.True(Office.Link().Ok);
        using var printer = WithoutPrints.Printer();
        HasPrints = printer is not null;
        Made = SchoolReports.Run(Office.Home, ReportRun.Continue(Office.Home, Last), (done, of) => Progress.Add((done, of)), null, printer).Value!;

        void Add(string school, int count, int moments = 7, bool reading = true) =>
            pupils.Add(school, [.. Enumerable.Range(0, count).Select(i => Pupil(school, i, moments, reading))]);
    }

    internal IReadOnlyList<Groeilijn.Gate.Released> Made { get; }

    /// <summary>Whether its reports were printed, too.</summary>
    internal bool HasPrints { get; }

    internal ReportStatistics Statistics => field ??= ReportStatistics.Of(Office.Home, Last);

    internal List<(int Done, int Of)> Progress { get; } = [];

    public void Dispose() => Office.Dispose();

    (Child, List<DeliveredResult>) Pupil(string school, int i, int moments, bool reading)
    {
        var n = ++_child;
        var child = Child.Of(n);
        var last = 4 + i % 4; // the year group of the last test, E
        var results = new List<DeliveredResult>();
        var (maths, read) = (1300 + 3 * Dice(n, 1, 100), 1100 + 4 * Dice(n, 2, 100));
        for (var back = 6; back >= 0; back--)
        {
            var (year, half) = (2023 - back / 2, back % 2 == 0 ? "E" : "M");
            var group = last - back / 2;
            var extra = school == Regular[0] ? 45 : school == Regular[1] ? -35 : 0;
            (maths, read) = (maths + 40 + Dice(n, 10 + back, 90) + extra, read + 30 + Dice(n, 30 + back, 110));
            if (group < 3 || back >= moments || Dice(n, 50 + back, 100) < 2) continue;
            var day = year.ToString(CultureInfo.InvariantCulture) + (half == "M" ? "-01-24" : "-06-06");
            results.Add(Child.Result(day, $"{half}{group}", maths));
            if (reading && !(group == 3 && half == "M")) results.Add(Child.Result(day, $"{half}{group}", read, "reading"));
        }
        return (child, results);
    }

    /// <summary>A throw that is the same each time.</summary>
    static int Dice(int pupil, int of, int sides) => unchecked((int)((uint)(pupil * 2654435761u + of * 40503u) * 2246822519u >> 9) % sides + sides) % sides;

    internal string Page(string school, string language) => Office.Report(Office.School(school), language);

    internal byte[] Form(string school, string ending)
    {
        using var opened = Envelope.Open(File.ReadAllBytes(Office.Home.At("outgoing", "school", Last.ToString(), $"{school}-{Last}.{ending}.age")), Office.School(school).Reports);
        return opened.Content!.ToArray();
    }
}
