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

    [Fact]
    public void The_same_files_again_change_nothing_and_leave_no_entry()
    {
        var first = _office.Register(Child.Of(1), Child.Of(2));
        _office.Home.Sequence();
        var entries = _office.Home.Ledger.Size;
        _office.Clock.Now += TimeSpan.FromDays(30);
        var again = _office.Register(Child.Of(1), Child.Of(2));
        Assert.Equal((2, 0, 0, first.Sha256), (again.Persons, again.Added, again.Changed, again.Sha256));
        Assert.Equal(0, _office.Register(Child.Of(2)).Changed); // of some only, who stay as they are
        _office.Home.Sequence();
        Assert.Equal(entries, _office.Home.Ledger.Size);
    }

    [Fact]
    public void Addresses_keep_their_history_and_a_corrected_birth_date_takes_the_old_ones_place()
    {
        _office.Register(Child.Of(1));
        var rin = Persons().Single().Rin;
        var folder = Files("p000001,f,2014-12-31,2020-01-01", $"p000001,bsn,{Child.BsnOf(1)},2020-01-01", "p000001,2022-05-01,9999ZZ,7,,");
        Assert.Equal(1, Register.Import(_office.Home, folder).Value!.Changed);
        var person = Persons().Single();
        Assert.Equal((rin, "2014-12-31"), (person.Rin, person.Born));
        Assert.Equal(["2020-01-01", "2022-05-01"], person.Addresses.Select(a => a.From));
    }

    [Fact]
    public void A_number_that_moves_to_another_person_is_refused_with_its_line_and_nothing_changes()
    {
        var import = _office.Register(Child.Of(1), Child.Of(2));
        var taken = Child.BsnOf(1);
        foreach (var person in (string[])["p000002,m,2014-03-03,2020-01-01", "p000009,m,2011-01-01,2020-01-01"])
        {
            var outcome = Register.Import(_office.Home, Files(person, $"{person[..7]},bsn,{taken},2020-01-01", ""));
            Assert.Equal("register-files", outcome.Refusal!.Code);
            Assert.Contains("numbers.csv, line 2: the number is, or was, another person's", outcome.Refusal.What, StringComparison.Ordinal);
            Assert.DoesNotContain(taken, outcome.Refusal.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(import.Sha256, _office.Home.Database.ReadOne<string>("SELECT sha256 FROM register_snapshots ORDER BY number DESC LIMIT 1"));
        Assert.Contains("persons.csv, line 3: a key stands in one row", Register.Import(_office.Home, Files("p000001,f,2014-02-02,2020-01-01\np000001,f,2014-02-02,2020-01-01", "", "")).Refusal!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_gets_another_key_of_the_register_is_known_by_number_and_keeps_the_RIN()
    {
        _office.Register(Child.Of(1), Child.Of(2));
        var rin = Rins()["p000001"];
        _office.Register(Child.Of(1) with { Key = "p000007" });
        Assert.Equal(rin, Rins()["p000007"]);
        Assert.Equal(["p000002", "p000007"], Rins().Keys.Order());
    }

    [Fact]
    public void Six_half_years_of_an_invented_country_keep_every_RIN_and_every_number()
    {
        var land = Path.Combine(_office.Folder, "land");
        var options = new Groeilijn.Testland.TestlandOptions { Schools = 3, Editions = 6 };
        Groeilijn.Testland.TestlandWriter.Write(options, land, parts: Groeilijn.Testland.TestlandParts.Register);
        var rins = new Dictionary<string, Rin>();
        var (arrived, changed) = (0, 0);
        foreach (var edition in options.AllEditions)
        {
            _office.Clock.Now += TimeSpan.FromDays(180);
            var import = Register.Import(_office.Home, Path.Combine(land, "register", edition.ToString())).Value!;
            (arrived, changed) = (rins.Count > 0 ? arrived + import.Added : 0, changed + import.Changed);
            var now = Rins();
            Assert.All(rins, pair => Assert.Equal(pair.Value, now[pair.Key]));
            Assert.Equal(now.Count, now.Values.Distinct().Count());
            rins = now;
        }
        var last = File.ReadLines(Path.Combine(land, "register", "2025-2", "persons.csv")).Skip(1).Select(line => line.Split(',')[0]).ToHashSet();
        Assert.True(arrived > 50 && changed > 20, $"{arrived} arrived, {changed} changed");
        Assert.Contains(rins.Keys, key => !last.Contains(key)); // who left is still known
        Assert.Contains(Persons(), person => person.Numbers.Select(n => n.Kind).SequenceEqual(["onderwijsnummer", "bsn"]));
        Assert.Equal(0, Register.Import(_office.Home, Path.Combine(land, "register", "2025-2")).Value!.Changed);
    }

    string Files(string persons, string numbers, string addresses)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_office.Folder, "files")).FullName;
        foreach (var (name, heading, rows) in new[] { ("persons.csv", "key,sex,born,registered", persons), ("numbers.csv", "key,kind,number,from", numbers), ("addresses.csv", "key,from,postcode,house,letter,addition", addresses) })
            File.WriteAllText(Path.Combine(folder, name), heading + "\n" + (rows.Length == 0 ? "" : rows + "\n"));
        return folder;
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
