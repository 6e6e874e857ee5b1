using System.Globalization;
using Groeilijn.Education;
using Groeilijn.School;
using Groeilijn.Testland;

namespace Groeilijn.Tests.School;

/// <summary>How often the check speaks where nothing is wrong. An alarm that is usually false is not read.</summary>
public sealed class CleanExportTests(ITestOutputHelper output)
{
    /// <summary>Most false alarms per hundred pupils of all judgements of scores together, and of patterns of a whole school none at all.</summary>
    const double MostPerHundred = 0.5;

    /// <summary>A pupil who came just after a test, or left just before it, has no result and is pointed at.</summary>
    const double MostWithoutTest = 1;

    /// <summary>Rules that judge what is written, and can be wrong.</summary>
    static readonly string[] s_judging = ["P12", "P27", "P29", "P30", "R05", "R06", "R09", "R10", "R14", "R21", "R25"];

    /// <summary>Rules on what really is so in any school: year groups 1 and 2, pupils who came from elsewhere, results of other tests.</summary>
    static readonly string[] s_true = ["P23", "R16", "R17", "R20", "R23", "O01", "R01", "R04", "P25", "P02"];

    static readonly TestlandRates s_nothingWrong = new()
    {
        RoundMissing = 0,
        TestMissing = 0,
        TestsAtM8 = 1,
        OldSeries = 0,
        LeaverStillListed = 0,
        WithoutBsn = 0,
        LateRegistration = 0,
        LookAlikes = 0,
        NumberMissing = 0,
        NumberTypo = 0,
        NumberOfSibling = 0,
        NumberOld = 0,
        NumberInWrongElement = 0,
        BirthTypo = 0,
        BirthMissing = 0,
        SexMissing = 0,
        SexWrong = 0,
        AddressOld = 0,
        AddressMissing = 0,
        PostcodeTypo = 0,
        PostcodeSpelling = 0,
        HouseTypo = 0,
        SuffixMissing = 0,
        SuffixSwapped = 0,
        SuffixJoined = 0,
    };

    [Fact]
    public void On_clean_exports_false_alarms_are_rare_and_no_pattern_is_seen()
    {
        var (perHundred, codes) = Measure(new TestlandOptions { Schools = 8, Editions = 3, Seed = 11, Rates = s_nothingWrong });
        Assert.DoesNotContain(codes.Keys, IsPattern);
        Assert.Empty(codes.Keys.Except(s_judging).Except(s_true).Except(["R22"]));
        Assert.InRange(s_judging.Sum(perHundred), 0, MostPerHundred);
        Assert.InRange(perHundred("R22"), 0, MostWithoutTest);
    }

    [Fact]
    public void On_exports_with_the_usual_mistakes_no_pattern_is_seen_either()
    {
        var (_, codes) = Measure(new TestlandOptions { Schools = 8, Editions = 3, Seed = 12 });
        Assert.DoesNotContain(codes.Keys, IsPattern);
        Assert.True(codes.ContainsKey("P01") && codes.ContainsKey("P05"));
    }

    static bool IsPattern(string code) => code[0] == 'S' || code == "R24";

    /// <summary>Imports every half-year as it comes, and counts what the check of the last one finds.</summary>
    (Func<string, double> PerHundred, Dictionary<string, int> Codes) Measure(TestlandOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-clean-").FullName;
        try
        {
            TestlandWriter.Write(options, folder, parts: TestlandParts.Exports);
            var (pupils, counts) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
            var editions = options.AllEditions.ToList();
            foreach (var export in Directory.GetDirectories(Path.Combine(folder, "exports", editions[^1].ToString())))
            {
                using var school = new TestHome(Path.GetFileName(export));
                foreach (var edition in editions)
                    Assert.True(school.Import([.. new[] { "edexml.xml", "uwlr.xml", "adressen.csv" }.Select(f => Path.Combine(folder, "exports", edition.ToString(), Path.GetFileName(export), f))]).Stored);
                var report = Check.Run(school.Home, editions[^1]);
                pupils += report.Pupils;
                foreach (var (rule, count) in report.Counts) counts[rule.Code] = counts.GetValueOrDefault(rule.Code) + count;
            }
            foreach (var (code, count) in counts.OrderBy(c => c.Key, StringComparer.Ordinal)) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{code} {100.0 * count / pupils:F2}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pupils {pupils}"));
            return (code => 100.0 * counts.GetValueOrDefault(code) / pupils, counts);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
