using Groeilijn.Education;
using Groeilijn.Testland;

namespace Groeilijn.Tests.Testland;

[Collection(WrittenCountryCollection.Name)]
public sealed class RegisterTests(WrittenCountry country)
{
    [Fact]
    public void Every_number_in_the_register_passes_its_own_test_alone_and_belongs_to_one_person()
    {
        var owner = new Dictionary<string, string>();
        foreach (var edition in WrittenCountry.Editions)
            foreach (var row in country.Register(edition, "numbers.csv"))
            {
                Assert.Equal(row[1] == "bsn", Bsn.Parse(row[2]).Ok);
                Assert.Equal(row[1] == "onderwijsnummer", Onderwijsnummer.Parse(row[2]).Ok);
                Assert.Equal(row[0], owner.GetValueOrDefault(row[2], row[0]));
                owner[row[2]] = row[0];
            }
        Assert.True(owner.Count > 5000);
    }

    [Fact]
    public void Numbers_are_valid_and_unique_far_into_their_ranges()
    {
        var (bsns, others) = (new HashSet<int>(), new HashSet<int>());
        for (var i = 0; i < 60_000; i++)
        {
            var (bsn, other) = (Numbers.Bsn(3, i * (Numbers.MostBsns / 60_000)), Numbers.Onderwijsnummer(3, i * (Numbers.MostOthers / 60_000)));
            Assert.True(bsns.Add(bsn) && others.Add(other));
            Assert.True(Bsn.Parse($"{bsn:D9}") is { Ok: true, Signal: Signal.None });
            Assert.True(Onderwijsnummer.Parse($"{other:D9}") is { Ok: true, Signal: Signal.None });
        }
    }

    [Fact]
    public void The_register_is_sorted_by_key_and_its_files_know_the_same_persons()
    {
        foreach (var edition in WrittenCountry.Editions)
        {
            var keys = country.Register(edition, "persons.csv").Select(r => r[0]).ToArray();
            Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
            Assert.Distinct(keys);
            foreach (var file in (string[])["numbers.csv", "addresses.csv", "background.csv"])
                Assert.Equal(keys, country.Register(edition, file).Select(r => r[0]).Distinct());
        }
    }

    [Fact]
    public void The_register_knows_nothing_from_after_its_reference_date()
    {
        foreach (var edition in WrittenCountry.Options.AllEditions)
        {
            var day = edition.Half == HalfYear.M ? $"{edition.Year}-03-01" : $"{edition.Year}-07-01";
            foreach (var (file, column) in ((string, int)[])[("persons.csv", 3), ("numbers.csv", 3), ("addresses.csv", 1)])
                Assert.All(country.Register(edition.ToString(), file), row => Assert.True(string.CompareOrdinal(row[column], day) <= 0));
        }
    }

    [Fact]
    public void Addresses_are_well_formed_and_about_eight_houses_share_a_postcode()
    {
        var houses = new HashSet<(string Postcode, string House)>();
        foreach (var row in country.Register("2024-2", "addresses.csv"))
        {
            Assert.True(PostcodeNl.Parse(row[2]) is { Ok: true, Signal: Signal.None });
            Assert.True(HouseNumber.Parse(row[3], row[4], row[5]).Ok);
            houses.Add((row[2], $"{row[3]} {row[4]} {row[5]}"));
        }
        Assert.InRange(houses.GroupBy(h => h.Postcode).Max(g => g.Count()), 6, 9);
    }

    [Fact]
    public void The_register_holds_many_more_children_than_the_schools_deliver_and_nearly_all_of_those()
    {
        var persons = country.Register("2024-1", "persons.csv").Select(r => r[0]).ToHashSet();
        var delivered = country.Truth("2024-1").Select(r => r[2]).Distinct().ToArray();
        Assert.InRange(persons.Count, delivered.Length * 1.2, delivered.Length * 2.0);
        var unknown = delivered.Count(key => !persons.Contains(key));
        Assert.InRange(unknown, 1, delivered.Length / 100);
    }

    [Fact]
    public void Some_children_enter_the_register_late_and_some_change_number()
    {
        var first = country.Register("2023-1", "persons.csv").Select(r => r[0]).ToHashSet();
        var pupils = country.Truth("2023-1").Select(r => r[2]).ToHashSet();
        Assert.Contains(country.Register("2024-2", "persons.csv"), r => !first.Contains(r[0]) && pupils.Contains(r[0]));
        var changed = country.Register("2024-2", "numbers.csv").GroupBy(r => r[0]).Where(g => g.Count() == 2).Select(g => g.ToArray()).ToArray();
        Assert.NotEmpty(changed);
        Assert.All(changed, g => Assert.Equal(["onderwijsnummer", "bsn"], g.Select(r => r[1])));
    }

    [Fact]
    public void Children_with_the_same_birth_date_sex_and_postcode_live_in_different_houses_as_well_as_in_one()
    {
        var home = country.Register("2023-1", "addresses.csv").GroupBy(r => r[0]).ToDictionary(g => g.Key, g => (Postcode: g.Last()[2], House: g.Last()[3] + g.Last()[4]));
        var alike = country.Register("2023-1", "persons.csv").GroupBy(r => (r[1], r[2], home[r[0]].Postcode)).Where(g => g.Count() > 1).ToArray();
        Assert.True(alike.Count(g => g.Select(r => home[r[0]].House).Distinct().Count() > 1) > 5);
        Assert.True(alike.Count(g => g.Select(r => home[r[0]].House).Distinct().Count() == 1) > 5);
    }

    [Fact]
    public void Some_birth_dates_are_known_in_part_only()
    {
        var signals = country.Register("2023-1", "persons.csv").Select(r => BirthDate.Parse(r[2])).ToArray();
        Assert.All(signals, born => Assert.True(born.Ok));
        Assert.Contains(signals, born => born.Signal == Signal.Partial);
    }
}
