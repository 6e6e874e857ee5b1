using System.Xml.Linq;
using Groeilijn.Testland;

namespace Groeilijn.Tests.Testland;

/// <summary>What the schools have on record against what is true.</summary>
[Collection(WrittenCountryCollection.Name)]
public sealed class RecordsTests(WrittenCountry country)
{
    [Fact]
    public void A_record_without_errors_agrees_with_the_register_in_number_sex_birth_date_and_address()
    {
        const string edition = "2023-2";
        var persons = country.Register(edition, "persons.csv").ToDictionary(r => r[0]);
        var number = country.Register(edition, "numbers.csv").GroupBy(r => r[0]).ToDictionary(g => g.Key, g => g.Last()[2]);
        var home = country.Register(edition, "addresses.csv").GroupBy(r => r[0]).ToDictionary(g => g.Key, g => g.Last()[2..]);
        var compared = 0;
        foreach (var (export, pupils) in Records(edition))
        {
            var addresses = WrittenCountry.Rows(Path.Combine(export, "adressen.csv"), ';').ToDictionary(r => r[0], r => r[1..]);
            foreach (var (pupil, truth) in pupils)
            {
                if (truth[4].Length > 0 || !persons.TryGetValue(truth[2], out var person) || pupil.Element("uitstroomdatum") is not null) continue;
                Assert.Equal(number[truth[2]], (pupil.Element("bsn") ?? pupil.Element("onderwijsnummer"))!.Value);
                Assert.Equal(person[1] == "m" ? "1" : "2", pupil.Element("geslacht")!.Value);
                if (!person[2].EndsWith("-00", StringComparison.Ordinal)) Assert.Equal(person[2], pupil.Element("geboortedatum")!.Value);
                Assert.Equal(home[truth[2]][0], pupil.Element("postcodenl")!.Value);
                var kept = addresses[truth[1]];
                Assert.Equal([home[truth[2]][0], .. home[truth[2]][1..]], (string[])[kept[0].Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(), .. kept[1..]]);
                compared++;
            }
        }
        Assert.True(compared > 2500);
    }

    [Fact]
    public void Every_listed_pupil_has_one_line_of_truth()
    {
        foreach (var edition in WrittenCountry.Editions)
            Assert.All(Records(edition), e => Assert.All(e.Pupils, p => Assert.NotNull(p.Truth)));
    }

    [Fact]
    public void Errors_occur_at_their_rates()
    {
        var rows = WrittenCountry.Editions.SelectMany(country.Truth).ToArray();
        var rates = new TestlandRates();
        Occurs("number-missing", rates.NumberMissing);
        Occurs("number-typo", rates.NumberTypo);
        Occurs("birth-typo", rates.BirthTypo);
        Occurs("sex-missing", rates.SexMissing);
        Occurs("postcode-typo", rates.PostcodeTypo);
        Occurs("house-typo", rates.HouseTypo);

        // Both editions of a school year share their errors: half as many independent draws as rows, hence a wide band.
        void Occurs(string error, double rate)
        {
            var share = rows.Count(r => r[4].Split(' ').Contains(error)) / (double)rows.Length;
            Assert.InRange(share, rate * 0.6, rate * 1.5);
        }
    }

    [Fact]
    public void About_one_and_a_half_percent_object_in_the_end_and_each_objection_is_new_once()
    {
        var last = country.Truth("2024-2").ToArray();
        Assert.InRange(last.Count(r => r[3] == "1") / (double)last.Length, 0.007, 0.025);
        var listed = WrittenCountry.Editions.SelectMany(e => country.Exports(e).SelectMany(x => WrittenCountry.Rows(Path.Combine(x, "bezwaren.csv"), ';').Select(r => (Path.GetFileName(x), r[0])))).ToArray();
        Assert.Distinct(listed);
        var objecting = WrittenCountry.Editions.SelectMany(country.Truth).Where(r => r[3] == "1").Select(r => (r[0], r[1])).ToHashSet();
        Assert.Equal(objecting, listed.ToHashSet());
    }

    [Fact]
    public void Some_who_left_are_still_listed_with_their_leaving_date()
    {
        var leavers = WrittenCountry.Editions.SelectMany(e => Records(e).SelectMany(r => r.Pupils)).Count(p => p.Pupil.Element("uitstroomdatum") is not null);
        Assert.InRange(leavers, 2, 200);
    }

    IEnumerable<(string Export, List<(XElement Pupil, string[] Truth)> Pupils)> Records(string edition)
    {
        var truth = country.Truth(edition).ToDictionary(r => (r[0], r[1]));
        foreach (var export in country.Exports(edition))
            yield return (export, [.. WrittenCountry.Edexml(export).Element("leerlingen")!.Elements().Select(l => (l, truth[(Path.GetFileName(export), l.Attribute("key")!.Value)]))]);
    }
}
