using Groeilijn.Hosts.Browser;
using Groeilijn.Hosts.Canaries;
using Groeilijn.Hosts.Chain;
using Groeilijn.Hosts.Commands;
using Groeilijn.Hosts.Docs;
using Groeilijn.Hosts.Faults;
using Groeilijn.Hosts.ReportPages;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Groeilijn.Hosts.Machine.LongestFirst))]

namespace Groeilijn.Hosts.Machine;

/// <summary>The classes that take longest begin first, so that the run does not end with one of them alone.</summary>
sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly string[] s_long = [.. ((Type[])[typeof(OfficeWalkTests), typeof(OfficeConsoleTests), typeof(DemoTests), typeof(SendTests), typeof(ReportPageTests), typeof(ImportTests), typeof(OfficeKillTests), typeof(DiskFaultTests), typeof(ChainByCommandsTests), typeof(CanaryTests)]).Select(one => one.FullName + " ")];

    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections) where T : ITestCollection => [.. testCollections.OrderBy(one => Place(one.TestCollectionDisplayName))];

    static int Place(string collection)
    {
        var place = Array.FindIndex(s_long, one => collection.Contains(one, StringComparison.Ordinal));
        return place < 0 ? s_long.Length : place;
    }
}
