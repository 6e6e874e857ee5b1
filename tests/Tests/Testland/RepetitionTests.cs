using System.Security.Cryptography;
using Groeilijn.Testland;

namespace Groeilijn.Tests.Testland;

[Collection(WrittenCountryCollection.Name)]
public sealed class RepetitionTests(WrittenCountry country)
{
    static readonly TestlandOptions s_small = WrittenCountry.Options with { Schools = 6, Editions = 2 };

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_another_country()
    {
        var (first, again, other) = (country.Another("first"), country.Another("again"), country.Another("other"));
        TestlandWriter.Write(s_small, first);
        TestlandWriter.Write(s_small, again);
        TestlandWriter.Write(s_small with { Seed = 8 }, other);
        Assert.Equal(Hashes(first), Hashes(again));
        Assert.NotEqual(Hashes(first)["schools.csv"], Hashes(other)["schools.csv"]);
        Assert.DoesNotContain(Hashes(first), file => file.Key.EndsWith("persons.csv", StringComparison.Ordinal) && Hashes(other).GetValueOrDefault(file.Key) == file.Value);
    }

    [Fact]
    public void More_editions_leave_the_earlier_ones_as_they_were()
    {
        var shorter = country.Another("shorter");
        TestlandWriter.Write(WrittenCountry.Options with { Editions = 1 }, shorter);
        var longer = Hashes(country.Folder);
        Assert.All(Hashes(shorter), file => Assert.Equal(longer[file.Key], file.Value));
    }

    [Fact]
    public void A_part_written_alone_is_the_same_part()
    {
        var part = country.Another("part");
        TestlandWriter.Write(WrittenCountry.Options, part, parts: TestlandParts.Register);
        var (whole, alone) = (Hashes(country.Folder), Hashes(part));
        Assert.Equal(4 * WrittenCountry.Options.Editions, alone.Count);
        Assert.All(alone, file => Assert.Equal(whole[file.Key], file.Value));
    }

    [Fact]
    public void With_objectors_absent_only_their_own_lines_are_gone()
    {
        var gone = 0;
        foreach (var edition in WrittenCountry.Editions)
        {
            var objectors = country.Truth(edition).Where(row => row[3] == "1").Select(row => (Location: row[0], Key: row[1])).ToLookup(o => o.Location, o => o.Key);
            foreach (var export in country.Exports(edition))
                foreach (var file in Directory.GetFiles(export))
                {
                    var keys = objectors[Path.GetFileName(export)].ToHashSet();
                    var all = File.ReadAllLines(file);
                    var kept = all.Where(line => !keys.Contains(KeyIn(line))).ToArray();
                    gone += all.Length - kept.Length;
                    Assert.Equal(kept, File.ReadAllLines(file.Replace(country.Folder, country.Absent, StringComparison.Ordinal)));
                }
        }
        Assert.True(gone > 50, $"only {gone} lines of objectors: the country is too small for this test");
    }

    [Fact]
    public void With_objectors_absent_register_truth_and_schools_are_the_same()
    {
        var (recorded, absent) = (Hashes(country.Folder), Hashes(country.Absent));
        Assert.Equal(recorded.Keys, absent.Keys);
        Assert.All(recorded.Where(f => !f.Key.StartsWith("exports", StringComparison.Ordinal)), file => Assert.Equal(file.Value, absent[file.Key]));
    }

    /// <summary>The LAS key of a line that is about one pupil.</summary>
    static string KeyIn(string line) =>
        line.StartsWith("<leerling key=", StringComparison.Ordinal) ? line.Split('"')[1]
        : line.StartsWith("<toetsafname>", StringComparison.Ordinal) ? line.Split("leerlingid>")[1][..^2]
        : line.Split(';')[0];

    static SortedDictionary<string, string> Hashes(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))),
        StringComparer.Ordinal);
}
