using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

public sealed class RegisterTests : IDisposable
{
    readonly SmallOffice _office = new();

    public void Dispose() => _office.Dispose();

    [Fact]
    public void A_person_keeps_the_RIN_over_updates_and_new_ones_get_their_own()
    {
        Assert.Equal((3, 3), Counts(_office.Register(Child.Of(1), Child.Of(2), Child.Of(3))));
        var before = Rins();
        Assert.Equal((4, 1), Counts(_office.Register(Child.Of(2), Child.Of(3) with { House = 77 }, Child.Of(4))));
        var after = Rins();
        Assert.All(before, pair => Assert.Equal(pair.Value, after[pair.Key]));
        Assert.Equal(4, after.Values.Distinct().Count());
    }

    [Fact]
    public void A_new_number_joins_the_earlier_ones()
    {
        var child = Child.Of(1) with { Bsn = null, Onderwijsnummer = "101222331" };
        _office.Register(child);
        _office.Register(child with { Bsn = Child.BsnOf(1), Onderwijsnummer = null });
        Assert.Equal(["onderwijsnummer", "bsn"], Persons().Single().Numbers.Select(n => n.Kind));
    }

    [Fact]
    public void Nothing_of_the_register_lies_in_clear_on_the_disk()
    {
        var children = Enumerable.Range(1, 50).Select(Child.Of).ToList();
        _office.Register(children);
        _office.Register(children);
        var swept = Sweep.Search(_office.Home.Folder, children.Select(c => c.Bsn!), TimeProvider.System);
        Assert.Empty(swept.Hits);
        Assert.Single(Directory.GetFiles(_office.Home.At("register")));
    }

    [Fact]
    public void A_wrong_row_is_refused_with_its_place_and_without_its_value()
    {
        _office.Register(Child.Of(1));
        var outcome = Register.Import(_office.Home, Broken("p1,ZZZSENTINEL,2014-01-01,2020-01-01"));
        Assert.Equal("register-files", outcome.Refusal!.Code);
        Assert.Contains("persons.csv, line 2", outcome.Refusal.What, StringComparison.Ordinal);
        Assert.DoesNotContain("SENTINEL", outcome.Refusal.ToString(), StringComparison.Ordinal);
        Assert.Single(Persons());
    }

    [Fact]
    public void Rows_of_a_person_who_is_not_there_are_refused()
    {
        var folder = Broken("p1,m,2014-01-01,2020-01-01");
        File.WriteAllText(Path.Combine(folder, "numbers.csv"), "key,kind,number,from\np0,bsn,123456782,2020-01-01\n");
        Assert.Contains("numbers.csv", Register.Import(_office.Home, folder).Refusal!.What, StringComparison.Ordinal);
    }

    string Broken(string person)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_office.Folder, "broken")).FullName;
        File.WriteAllText(Path.Combine(folder, "persons.csv"), "key,sex,born,registered\n" + person + "\n");
        File.WriteAllText(Path.Combine(folder, "numbers.csv"), "key,kind,number,from\n");
        File.WriteAllText(Path.Combine(folder, "addresses.csv"), "key,from,postcode,house,letter,addition\n");
        return folder;
    }

    static (int, int) Counts(RegisterImport import) => (import.Persons, import.Added);

    /// <summary>The snapshot, opened with the register's key as the linking process does.</summary>
    List<RegisterPerson> Persons()
    {
        using var key = Groeilijn.Delivery.IdentityKey.Parse(File.ReadAllText(_office.Home.At("keys", "register", "identity")).TrimEnd());
        using var opened = Groeilijn.Delivery.Envelope.Open(File.ReadAllBytes(Directory.GetFiles(_office.Home.At("register")).Single()), key);
        return RegisterSnapshot.Read(opened.Content).Persons;
    }

    Dictionary<string, Rin> Rins() => Persons().ToDictionary(p => p.Key, p => p.Rin);
}
