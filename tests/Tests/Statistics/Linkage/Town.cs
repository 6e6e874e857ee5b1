using System.Globalization;

namespace Groeilijn.Tests.Statistics.Linkage;

/// <summary>How often what goes wrong in the pupils' records, and what the town is like.</summary>
sealed record TownRates
{
    internal int Persons { get; init; } = 20_000;
    internal double PupilShare { get; init; } = 0.4;
    internal double NotRegistered { get; init; } = 0.01;
    internal double Twins { get; init; } = 0.016;
    internal double NumberMissing { get; init; } = 0.08;
    internal double NumberTypo { get; init; } = 0.004;
    internal double NumberOfSibling { get; init; } = 0.001;
    internal double BirthTypo { get; init; } = 0.01;
    internal double BirthMissing { get; init; } = 0.001;
    internal double SexWrong { get; init; } = 0.003;
    internal double SexMissing { get; init; } = 0.003;
    internal double Moved { get; init; } = 0.08;
    internal double PostcodeTypo { get; init; } = 0.01;
    internal double HouseTypo { get; init; } = 0.01;
    internal double SuffixMissing { get; init; } = 0.15;
    internal double FirstNameSlip { get; init; } = 0.05;
    internal double SurnameSlip { get; init; } = 0.03;
}

/// <summary>
/// An invented town whose families share surname and address: a register of all its children, and the records that schools keep of some of them, with
/// errors. Who is who is known. The same seed gives the same town.
/// </summary>
sealed class Town
{
    internal static readonly string[] Columns = ["id", "number", "sex", "born", "postcode", "house", "first", "last"];
    static readonly DateOnly s_first = new(2008, 1, 1);
    readonly List<string[]> _register = [], _pupils = [];
    ulong _state;

    internal Town(ulong seed, TownRates rates)
    {
        _state = unchecked(seed * 0xD1B54A32D192ED03UL + 12345);
        _state = Next() ^ seed;
        Settle(rates);
        Shuffle(_register);
    }

    /// <summary>Rows in order of <see cref="Columns"/>; the id of a person is that of the register.</summary>
    internal IReadOnlyList<string[]> Register => _register;

    internal IReadOnlyList<string[]> Pupils => _pupils;

    /// <summary>Per pupil, the id of the person in the register; empty when not registered.</summary>
    internal IReadOnlyList<string> Truth { get; private set; } = [];

    sealed record Person(int Id, string Number, bool Girl, DateOnly Born, int Family, string First);

    sealed record Home(string Postcode, int House, string Suffix);

    void Settle(TownRates rates)
    {
        var truth = new List<string>();
        for (int id = 0, family = 0; id < rates.Persons; family++)
        {
            var (home, last, children) = (NewHome(rates.Persons), Surname(), new List<Person>());
            var born = s_first.AddDays(Below(7300) - 3650);
            for (int child = 0, size = Unit() switch { < 0.22 => 1, < 0.72 => 2, < 0.94 => 3, _ => 4 }; child < size; child++, born = born.AddDays(480 + Below(1100)))
                for (var twin = 0; twin < (Chance(rates.Twins) ? 2 : 1); twin++)
                {
                    var girl = Chance(0.489);
                    children.Add(new Person(id, Number(id), girl, born, family, FirstName(girl)));
                    if (born >= s_first && born < s_first.AddDays(3650)) id++;
                }
            foreach (var child in children.Where(c => c.Born >= s_first && c.Born < s_first.AddDays(3650))) Keep(child, children, home, last, rates, truth);
        }
        Truth = truth;
    }

    void Keep(Person child, List<Person> family, Home home, string last, TownRates rates, List<string> truth)
    {
        var registered = !Chance(rates.NotRegistered);
        if (registered) _register.Add([$"R{child.Id}", child.Number, child.Girl ? "f" : "m", Text(child.Born), home.Postcode, $"{home.House}{home.Suffix}", child.First, last]);
        if (!Chance(rates.PupilShare)) return;
        var lives = Chance(rates.Moved) ? NewHome(rates.Persons) : home;
        var number = Chance(rates.NumberMissing) ? "" : Chance(rates.NumberOfSibling) && family.Count > 1 ? family.First(s => s != child).Number : Chance(rates.NumberTypo) ? Slip(child.Number) : child.Number;
        var sex = Chance(rates.SexMissing) ? "" : child.Girl != Chance(rates.SexWrong) ? "f" : "m";
        var postcode = Chance(rates.PostcodeTypo) ? SlipPostcode(lives.Postcode) : lives.Postcode;
        var house = (Chance(rates.HouseTypo) ? Slip(Text(lives.House + 10)) : Text(lives.House)) + (Chance(rates.SuffixMissing) ? "" : lives.Suffix);
        _pupils.Add([$"P{child.Id}", number, sex, Chance(rates.BirthMissing) ? "" : Chance(rates.BirthTypo) ? SlipDate(child.Born) : Text(child.Born), postcode, house,
            Chance(rates.FirstNameSlip) ? SlipName(child.First) : child.First, Chance(rates.SurnameSlip) ? SlipName(last) : last]);
        truth.Add(registered ? $"R{child.Id}" : "");
    }

    Home NewHome(int persons)
    {
        var street = Below(Math.Max(8, persons / 18));
        return new Home($"{1000 + street / 60 * 7 % 9000}{(char)('A' + street % 23)}{(char)('A' + street / 23 % 23)}", 1 + street % 90 + 2 * Below(12), Chance(0.05) ? $"{(char)('A' + Below(4))}" : "");
    }

    static string Number(int id) => Text((int)(123_456_789L + id * 1_000_003L % 800_000_000L));

    string FirstName(bool girl) => Word(Math.Min(399, (int)Math.Exp(Unit() * 6)), girl ? 7 : 11) + (girl ? "a" : "o");

    string Surname() => Word(Math.Min(7999, (int)Math.Exp(Unit() * 9)), 3);

    static string Word(int number, int kind)
    {
        string[] parts = ["ba", "de", "lin", "mor", "sta", "ker", "vos", "wie", "jon", "han", "pie", "ros", "tel", "gra", "hul", "zon", "bre"];
        var word = "";
        for (var rest = number * kind + kind; rest > 0; rest /= 17) word += parts[(rest + kind) % 17];
        return word;
    }

    string Slip(string digits)
    {
        var at = Below(digits.Length);
        return digits[..at] + (char)('0' + (digits[at] - '0' + 1 + Below(9)) % 10) + digits[(at + 1)..];
    }

    string SlipPostcode(string postcode)
    {
        var at = Below(6);
        var other = at < 4 ? (char)('0' + (postcode[at] - '0' + 1 + Below(9)) % 10) : (char)('A' + (postcode[at] - 'A' + 1 + Below(25)) % 26);
        return postcode[..at] + other + postcode[(at + 1)..];
    }

    string SlipDate(DateOnly born) => Unit() switch
    {
        < 0.4 when born.Day <= 12 && born.Day != born.Month => $"{born.Year}-{born.Day:D2}-{born.Month:D2}",
        < 0.7 => Text(born.AddDays(born.Day % 10 == 9 ? -1 : 1)),
        < 0.85 => Text(born.AddYears(1)),
        _ => Text(born.AddMonths(1)),
    };

    string SlipName(string name)
    {
        var at = Below(name.Length - 1);
        return Unit() switch
        {
            < 0.4 => name[..at] + name[at + 1] + name[at] + name[(at + 2)..],
            < 0.8 => name[..at] + (char)('a' + Below(26)) + name[(at + 1)..],
            _ => name[..Math.Min(3, name.Length)],
        };
    }

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    bool Chance(double probability) => Unit() < probability;

    int Below(int n) => (int)(Unit() * n);

    double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    void Shuffle(List<string[]> rows)
    {
        for (var i = rows.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }
}
