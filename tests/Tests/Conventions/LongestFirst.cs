using Groeilijn.Tests.Gate.Audit;
using Groeilijn.Tests.Office;
using Groeilijn.Tests.Statistics.Growth;
using Groeilijn.Tests.Statistics.Linkage;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Groeilijn.Tests.Conventions.LongestFirst))]

namespace Groeilijn.Tests.Conventions;

/// <summary>The classes that take longest begin first, so that the run does not end with one of them alone.</summary>
sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly string[] s_long = [.. ((Type[])[typeof(CensusTests), typeof(BesideLme4Tests), typeof(TestlandLinkageTests), typeof(EditionAuditTests), typeof(GrowthPercentilesTests), typeof(RecordLinkerTests), typeof(WithdrawalCrashTests)]).Select(one => one.FullName + " "), nameof(ReportOffice)];

    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections) where T : ITestCollection => [.. testCollections.OrderBy(one => Place(one.TestCollectionDisplayName))];

    static int Place(string collection)
    {
        var place = Array.FindIndex(s_long, one => collection.Contains(one, StringComparison.Ordinal));
        return place < 0 ? s_long.Length : place;
    }
}
