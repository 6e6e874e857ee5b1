namespace Groeilijn.Testland;

/// <summary>Highest education of the parents.</summary>
enum ParentEducation { Low, Middle, High }

/// <summary>A family: its children share origin, income, address and, nearly always, school.</summary>
sealed class Family
{
    /// <summary>The register keeps at most four births and one twin to a family.</summary>
    internal const int MostChildren = 5;

    internal readonly List<Child> Children = [];
    /// <summary>Addresses in order; the first holds from before the eldest was born.</summary>
    internal readonly List<(int From, Address Address, int? School)> Addresses = [];
    internal ParentEducation Education;
    internal bool EducationKnown;
    internal int Income;
    internal string Origin = "";
    internal bool Elsewhere, Western, OneParent, OtherHousehold;
    internal int School;
    /// <summary>Editions after the first at which the parents have objected; negative when they do not.</summary>
    internal int ObjectsFrom = -1;
    /// <summary>The only child they object for, or −1 for all.</summary>
    internal int ObjectsForOnly = -1;

    static readonly string[] s_western = ["europe", "europe", "europe", "europe", "indonesia", "america-oceania"];
    static readonly string[] s_elsewhere = ["turkey", "turkey", "morocco", "morocco", "suriname", "suriname", "caribbean", "africa", "africa", "asia", "asia", "asia"];

    internal static Family Make(District district, int year, int number)
    {
        var (options, rates) = (district.Options, district.Options.Rates);
        var id = district.FamilyId(year, number);
        var dice = new Dice(options.Seed, Purpose.Family, id);
        var family = new Family { School = district.AnySchool(dice.Unit()) };
        family.TakeBackground(options, district.Schools[family.School], id);
        family.TakeAddresses(district, year, number, id);
        family.TakeObjection(rates, new Dice(options.Seed, Purpose.Objection, id));
        return family;
    }

    /// <summary>
    /// Families of a school resemble each other: 12% of the variance of education and 25% of that of origin lie between schools.
    /// Shares: education low 9.2, middle 31.1, high 59.7 (of the known: low 7.2, middle 24.4, high 46.8 with 21.6% unknown); origin elsewhere 26.4.
    /// </summary>
    void TakeBackground(TestlandOptions options, SchoolSite school, ulong id)
    {
        var dice = new Dice(options.Seed, Purpose.Background, id);
        var latent = Math.Sqrt(0.88) * dice.Normal() - Math.Sqrt(0.12) * school.Disadvantage;
        Education = latent < -1.3299 ? ParentEducation.Low : latent < -0.2457 ? ParentEducation.Middle : ParentEducation.High;
        EducationKnown = !dice.Chance(options.Rates.EducationUnknown);
        var wealth = 0.5 * latent + 0.866 * dice.Normal();
        Income = 1 + Math.Min(9, (int)(10 / (1 + Math.Exp(-1.702 * wealth))));
        Elsewhere = Math.Sqrt(0.75) * dice.Normal() + 0.5 * school.OriginElsewhere > 0.6311;
        Western = Elsewhere && dice.Chance(0.294);
        var list = Western ? s_western : s_elsewhere;
        Origin = Elsewhere ? list[dice.Below(list.Length)] : "nl";
        OneParent = dice.Chance(0.13);
        OtherHousehold = !OneParent && dice.Chance(0.01);
    }

    void TakeAddresses(District district, int year, int number, ulong id)
    {
        var options = district.Options;
        var dice = new Dice(options.Seed, Purpose.Moves, id);
        Addresses.Add((int.MinValue, district.Streets.Of(year - district.FirstFamilyYear, number, 0), null));
        for (var y = year; y <= options.LastSchoolYear + 1 && Addresses.Count < 4; y++)
        {
            if (!dice.Chance(options.Rates.HouseMoves)) { dice.Next(); dice.Next(); dice.Next(); continue; }
            var day = new DateOnly(y, 1, 1).DayNumber + dice.Below(365);
            var address = district.Streets.Of(year - district.FirstFamilyYear, number, Addresses.Count);
            var changes = dice.Chance(options.Rates.SchoolFollowsHouse);
            var school = district.AnySchool(dice.Unit());
            Addresses.Add((day, address, changes ? school : null));
        }
    }

    void TakeObjection(TestlandRates rates, Dice dice)
    {
        if (!dice.Chance(rates.Objections)) return;
        ObjectsFrom = dice.Chance(0.6) ? 0 : 1 + dice.Below(5);
        if (dice.Chance(rates.ObjectionForOneChild)) ObjectsForOnly = dice.Below(2);
    }

    /// <summary>The origin as Statistics Netherlands has classified it since 2022: born in the Netherlands or outside, and the country of origin.</summary>
    internal string OriginOf(Child child) => (child.BornOutside ? "out-" : "in-") + Origin;

    internal string Household => OneParent ? "one-parent" : OtherHousehold ? "other" : "two-parents";

    internal Address AddressOn(int day) => Addresses[IndexOn(day)].Address;

    internal int IndexOn(int day)
    {
        var i = Addresses.Count - 1;
        while (Addresses[i].From > day) i--;
        return i;
    }
}
