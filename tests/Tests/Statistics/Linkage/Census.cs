using System.Globalization;

namespace Groeilijn.Tests.Statistics.Linkage;

/// <summary>How often a field of one person differs between census and register; missing values are among it.</summary>
sealed record CensusRates
{
    internal int Persons { get; init; } = 25_900;
    internal double InCensus { get; init; } = 0.978;
    internal double InRegister { get; init; } = 0.95;
    internal double Moved { get; init; } = 0.002;
    internal double Twins { get; init; } = 0.006;
    internal double SexMissing { get; init; } = 0.008;
    internal double SexWrong { get; init; } = 0.017;
    internal double BirthMissing { get; init; } = 0.001;
    internal double YearWrong { get; init; } = 0.053;
    internal double MonthMissing { get; init; } = 0.010;
    internal double MonthWrong { get; init; } = 0.071;
    internal double DayWrong { get; init; } = 0.015;
    internal double PostcodeMissing { get; init; } = 0.012;
    internal double PostcodeWrong { get; init; } = 0.055;
    internal double HouseMissing { get; init; } = 0.027;
    internal double HouseWrong { get; init; } = 0.075;
    internal double FirstMissing { get; init; } = 0.010;
    internal double FirstSlip { get; init; } = 0.080;
    internal double FirstOther { get; init; } = 0.015;
    internal double LastSlip { get; init; } = 0.060;
    internal double LastOther { get; init; } = 0.015;
    internal double NumberMissing { get; init; } = 0.05;
    internal double NumberSlip { get; init; } = 0.005;
    internal double NumberOfRelative { get; init; } = 0.002;
}

/// <summary>
/// Two invented counts of one population of all ages, with errors as often as between a census and an administrative register: sex agrees for 97.5 %, the birth
/// date for 86 to 87 % (year 94.5, month 92, day 97.5), the postcode for 93 % and the house number for 90 %. Families share address and mostly surname; buildings
/// share a number. The national number is missing for 5 %, written wrongly for 0.5 % and a relative's or a neighbour's for 0.2 %. Errors fall on either side. The same seed gives the same population.
/// </summary>
sealed class Census
{
    internal static readonly string[] Columns = ["id", "sex", "born", "postcode", "house", "first", "last", "number"];
    const int CountedIn = 2011;
    readonly List<string[]> _census = [], _register = [];
    readonly CensusRates _rates;
    readonly int _areas;
    readonly ulong _seed;
    ulong _state;

    internal Census(ulong seed, CensusRates rates)
    {
        (_seed, _state, _rates) = (seed, Bits(seed ^ 0xC3A5C85C97CB3127UL), rates);
        _areas = Math.Max(4, rates.Persons / 45);
        for (var id = 0; id < rates.Persons;)
        {
            var home = NewHome();
            foreach (var person in Household(home)) Count(person, id++);
        }
        Shuffle(_census);
        Shuffle(_register);
    }

    /// <summary>Rows in order of <see cref="Columns"/>; the identifier of a person is the same in both, after a letter.</summary>
    internal IReadOnlyList<string[]> Counted => _census;

    internal IReadOnlyList<string[]> Register => _register;

    /// <summary>How many are in both.</summary>
    internal int Partners { get; private set; }

    internal static bool AreOne(string[] counted, string[] registered) => counted[0].AsSpan(1).SequenceEqual(registered[0].AsSpan(1));

    sealed record Home(string Postcode, int House, string Suffix);

    sealed record Person(bool Woman, DateOnly Born, Home Home, string First, string Last);

    List<Person> Household(Home home)
    {
        var (people, last, age) = (new List<Person>(), Surname(), 19 + (int)(60 * Unit()));
        Person New(double years, bool woman, string name) => new(woman, new DateOnly(CountedIn, 3, 27).AddDays(-(int)(365.25 * years) - Below(365)), home, First(woman), name);
        var woman = Chance(0.51);
        people.Add(New(age, woman, last));
        var kind = Unit();
        if (kind < 0.30) return people;
        if (kind < 0.33) { for (var other = Below(3); other >= 0; other--) people.Add(New(19 + 20 * Unit(), Chance(0.5), Surname())); return people; }
        if (kind < 0.90) people.Add(New(Math.Max(18, age - 6 + 12 * Unit()), !woman, Chance(0.85) ? last : Surname()));
        if (kind < 0.60 || age > 62) return people;
        var born = Math.Max(0, age - 30 + 8 * Unit());
        for (var children = Unit() switch { < 0.35 => 1, < 0.8 => 2, < 0.95 => 3, _ => 4 }; children > 0 && born >= 0; children--, born -= 1.5 + 3 * Unit())
        {
            people.Add(New(born, Chance(0.49), last));
            if (Chance(_rates.Twins)) people.Add(people[^1] with { Woman = Chance(0.5) == people[^1].Woman, First = First(people[^1].Woman) });
        }
        return people;
    }

    void Count(Person person, int id)
    {
        var (counted, registered) = (Cells(person, person.Home), Cells(person, Chance(_rates.Moved) ? NewHome() : person.Home));
        void Err(double rate, int field, Func<string, string> slip)
        {
            var cells = Chance(0.5) ? counted : registered;
            if (Chance(rate)) cells[field] = slip(cells[field]);
        }
        Err(_rates.SexMissing, 1, _ => "");
        Err(_rates.SexWrong, 1, sex => sex == "m" ? "f" : "m");
        Err(_rates.YearWrong, 2, born => SlipYear(born[..4]) + born[4..]);
        Err(_rates.MonthWrong, 2, born => born[..5] + SlipMonth(born[5..7]) + born[7..]);
        Err(_rates.DayWrong, 2, born => Chance(0.2) && born[8] < '1' ? $"{born[..4]}-{born[8..]}-{born[5..7]}" : born[..8] + Text(1 + Below(28), "00"));
        Err(_rates.MonthMissing, 2, born => born[..4] + "-00-00");
        Err(_rates.BirthMissing, 2, _ => "");
        Err(_rates.PostcodeWrong, 3, postcode => Chance(0.2) ? NearPostcode(postcode) : SlipPostcode(postcode));
        Err(_rates.PostcodeMissing, 3, _ => "");
        Err(_rates.HouseWrong, 4, house => Unit() switch { < 0.3 => SlipDigit(house), < 0.5 => house.TrimEnd('A', 'B', 'C', 'D') + (house[^1] >= 'A' ? "" : "A"), < 0.7 => Text(Number(house) + (Chance(0.5) ? 2 : 1)), _ => Text(1 + Below(90)) });
        Err(_rates.HouseMissing, 4, _ => "");
        Err(_rates.FirstSlip, 5, SlipName);
        Err(_rates.FirstOther, 5, _ => First(person.Woman));
        Err(_rates.FirstMissing, 5, _ => "");
        Err(_rates.LastSlip, 6, SlipName);
        Err(_rates.LastOther, 6, _ => Surname());
        WriteNumber(id, counted, registered);
        var (inCensus, inRegister) = (Chance(_rates.InCensus), Chance(_rates.InRegister));
        if (inCensus) _census.Add([$"C{id}", .. counted[1..]]);
        if (inRegister) _register.Add([$"R{id}", .. registered[1..]]);
        if (inCensus && inRegister) Partners++;
    }

    static string[] Cells(Person person, Home home) =>
        ["", person.Woman ? "f" : "m", person.Born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), home.Postcode, $"{Text(home.House)}{home.Suffix}", person.First, person.Last, ""];

    /// <summary>By throws of its own, so that populations are the same with a number and without.</summary>
    void WriteNumber(int id, string[] counted, string[] registered)
    {
        var rest = _state;
        _state = Bits(_seed ^ Bits(unchecked((ulong)id + 0x9E3779B97F4A7C15UL)));
        counted[7] = registered[7] = NumberOf(id);
        var (slipped, missing) = (Chance(0.5) ? counted : registered, Chance(0.5) ? counted : registered);
        if (Chance(_rates.NumberSlip)) slipped[7] = SlipDigit(slipped[7]);
        if (Chance(_rates.NumberOfRelative)) slipped[7] = NumberOf(Math.Max(0, id - 1));
        if (Chance(_rates.NumberMissing)) missing[7] = "";
        _state = rest;
    }

    /// <summary>Nine digits, another for each.</summary>
    static string NumberOf(int id) => (100_000_000 + (id + 1) * 104_729L * 5_003 % 899_999_963).ToString(CultureInfo.InvariantCulture);

    Home NewHome()
    {
        var area = Below(_areas);
        return new Home($"{1000 + area / 200 * 3 % 9000}{(char)('A' + area % 200 / 20)}{(char)('A' + area % 20)}", 1 + area % 7 * 12 + Below(22), Chance(0.06) ? $"{(char)('A' + Below(4))}" : "");
    }

    string SlipYear(string year) => Text(Unit() switch { < 0.25 => Number(year) + (Chance(0.5) ? 1 : -1), < 0.45 => Number(year) + (Chance(0.5) ? 10 : -10), < 0.9 => Number(year[..2] + SlipDigit(year[2..])), _ => 1920 + Below(90) });

    string SlipMonth(string month) => Text(Chance(0.5) ? 1 + Below(12) : 1 + (Number(month) + (Chance(0.5) ? 0 : 10)) % 12, "00");

    string SlipDigit(string text)
    {
        var at = Below(text.Length);
        if (!char.IsAsciiDigit(text[at])) at = 0;
        return text[..at] + (char)('0' + (text[at] - '0' + 1 + Below(9)) % 10) + text[(at + 1)..];
    }

    string SlipPostcode(string postcode)
    {
        var at = Below(6);
        if (at < 5 && at != 3 && Chance(0.25)) return postcode[..at] + postcode[at + 1] + postcode[at] + postcode[(at + 2)..];
        return postcode[..at] + (at < 4 ? (char)('0' + (postcode[at] - '0' + 1 + Below(9)) % 10) : (char)('A' + (postcode[at] - 'A' + 1 + Below(25)) % 26)) + postcode[(at + 1)..];
    }

    string NearPostcode(string postcode) => $"{postcode[..4]}{(char)('A' + Below(10))}{(char)('A' + Below(20))}";

    string SlipName(string name)
    {
        var at = Below(name.Length - 1);
        return Unit() switch
        {
            < 0.3 => name[..at] + name[at + 1] + name[at] + name[(at + 2)..],
            < 0.6 => name[..at] + (char)('a' + Below(26)) + name[(at + 1)..],
            < 0.8 => name[..at] + name[(at + 1)..],
            < 0.9 => name[..1],
            _ => name[..Math.Min(4, name.Length)],
        };
    }

    string First(bool woman) => Word((int)Math.Exp(Unit() * 6.3), woman ? 7 : 11) + (woman ? "a" : "o");

    string Surname() => Word((int)Math.Exp(Unit() * 9), 3);

    static string Word(int number, int kind)
    {
        string[] parts = ["ba", "de", "lin", "mor", "sta", "ker", "vos", "wie", "jon", "han", "pie", "ros", "tel", "gra", "hul", "zon", "bre"];
        var word = "";
        for (var rest = number * kind + kind; rest > 0; rest /= 17) word += parts[(rest + kind) % 17];
        return word;
    }

    static int Number(string digits) => int.Parse(digits.TrimEnd('A', 'B', 'C', 'D'), CultureInfo.InvariantCulture);

    static string Text(int number, string format = "0") => number.ToString(format, CultureInfo.InvariantCulture);

    bool Chance(double probability) => Unit() < probability;

    int Below(int n) => (int)(Unit() * n);

    double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    ulong Next() => Bits(unchecked(_state += 0x9E3779B97F4A7C15UL));

    static ulong Bits(ulong z) => Groeilijn.Statistics.Linkage.Bits.Mix(z);

    void Shuffle(List<string[]> rows)
    {
        for (var i = rows.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }
}
