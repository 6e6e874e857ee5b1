using System.Globalization;
using BenchmarkDotNet.Attributes;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Benchmarks;

/// <summary>Linking in memory: how the cost grows with the files.</summary>
[MemoryDiagnoser, InProcess, WarmupCount(1), IterationCount(3), InvocationCount(1)]
public class LinkageBench
{
    RecordSet? _left, _right;

    /// <summary>Records of the larger file; the smaller has a twelfth.</summary>
    [Params(60_000, 180_000, 600_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var model = new LinkModel([new("number", Comparison.Number), new("born", Comparison.Date), new("postcode", Comparison.Postcode, true), new("house", Comparison.HouseNumber, true)],
            [["number", "born"]], [["number"], ["born", "postcode.4"], ["postcode", "house"]]);
        var texts = new Texts();
        (_left, _right) = (new RecordSet(model, texts), new RecordSet(model, texts));
        for (var i = 0; i < Records; i++)
        {
            var row = Row(i);
            _right.Add(row);
            // One number in thirteen is missing, one address in eleven is another.
            if (i % 12 == 0) _left.Add(i % 13 == 0 ? "" : row[0], row[1], i % 11 == 0 ? Row(i + 7)[2] : row[2], row[3]);
        }
    }

    /// <summary>Families of two at an address; birth dates over ten years.</summary>
    static string[] Row(int i)
    {
        var family = (long)i / 2 * 7919 % 1_000_003;
        return [(123_456_789L + i * 1_000_003L % 800_000_000L).ToString(CultureInfo.InvariantCulture), new DateOnly(2008, 1, 1).AddDays((int)(i * 7927L % 3650)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{1000 + family % 4000}{(char)('A' + family / 4000 % 23)}{(char)('A' + family / 92000 % 11)}"), (1 + family % 97).ToString(CultureInfo.InvariantCulture)];
    }

    [Benchmark]
    public int Link() => RecordLinker.Link(_left!, _right!).Links.Count;
}
