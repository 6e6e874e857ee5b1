using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>
/// A district in memory: its schools, the children that the register may know, and the enrolments of those who go to school in the
/// years that are written. Families start with a first child each year; every family is made from its own number alone.
/// </summary>
public sealed class District
{
    internal const int MostChildren = 32_768;
    const int MostWithoutBsn = 1800, YearsBack = 24;
    const double ChildrenPerFamily = 2.12 * 1.016;

    readonly double[] _shares;
    readonly List<(List<Enrolment> Stays, List<Standing> Standings)> _followed = [];
    int _familiesPerYear, _withoutBsn;

    internal District(Country country, int number)
    {
        (Options, Number) = (country.Options, number);
        Schools = country.SchoolsOf(number);
        var total = Schools.Sum(s => s.Pupils);
        var sum = 0.0;
        _shares = [.. Schools.Select(s => sum += (double)s.Pupils / total)];
        var families = total / 8.25 / ChildrenPerFamily; // a pupil is enrolled for eight years and a bit: from the fourth birthday
        _familiesPerYear = (int)Math.Ceiling(families);
        Streets = new Streets(Options.Seed, number, _familiesPerYear);
        Enrolments = [.. Schools.Select(_ => new List<Enrolment>())];
        Settle(families);
    }

    /// <summary>Its number, from 0.</summary>
    public int Number { get; }
    /// <summary>Its schools, those that take part first.</summary>
    public IReadOnlyList<SchoolSite> Schools { get; }

    internal TestlandOptions Options { get; }
    internal Streets Streets { get; }
    /// <summary>Ordered by key.</summary>
    internal List<Child> Children { get; private set; } = [];
    internal List<Enrolment>[] Enrolments { get; }
    internal int FirstFamilyYear => Options.FirstYear - YearsBack;

    internal ulong FamilyId(int year, int number) => (ulong)(((long)Number << 24) + (year - FirstFamilyYear) * _familiesPerYear + number);

    internal int AnySchool(double share)
    {
        var i = 0;
        while (i < _shares.Length - 1 && _shares[i] <= share) i++;
        return i;
    }

    void Settle(double familiesPerYear)
    {
        for (var year = FirstFamilyYear; year <= Options.LastSchoolYear - 2; year++)
        {
            var families = (int)(familiesPerYear + new Dice(Options.Seed, Purpose.Births, (ulong)Number, (ulong)year).Unit());
            Family? previous = null;
            for (var i = 0; i < families; i++) previous = AddFamily(year, i, previous);
        }
        Children.Sort((a, b) => (a.Local * 20_077 % MostChildren).CompareTo(b.Local * 20_077 % MostChildren));
        foreach (var child in Children)
            if (child.Career is { } career && career.Stays.Exists(s => Schools[s.School].TakesPart)) Enrol(child, career);
        Test();
        foreach (var list in Enrolments) list.Sort((a, b) => string.CompareOrdinal(a.LasKey, b.LasKey));
    }

    void Enrol(Child child, Career career)
    {
        var stays = career.Stays.ConvertAll(s => new Enrolment(this, Schools[s.School], child, s.From, s.To));
        foreach (var stay in stays) Enrolments[stay.School.Index].Add(stay);
        _followed.Add((stays, Ability.Follow(this, child, career)));
    }

    /// <summary>After all are enrolled, because a score depends on the average of the cohort.</summary>
    void Test()
    {
        var cohorts = new Cohorts(_followed.SelectMany(f => f.Standings));
        foreach (var (stays, standings) in _followed)
            foreach (var standing in standings) Testing.Take(this, stays, cohorts.Level(standing));
        _followed.Clear();
    }

    Family AddFamily(int year, int number, Family? previous)
    {
        var family = Family.Make(this, year, number);
        var dice = new Dice(Options.Seed, Purpose.Births, FamilyId(year, number), 1);
        var size = dice.Unit() switch { < 0.22 => 1, < 0.72 => 2, < 0.94 => 3, _ => 4 };
        var born = new DateOnly(year, 1, 1).DayNumber + dice.Below(365);
        var twinsLeft = 1;
        Sex? alike = null;
        if (previous is not null && dice.Chance(Options.Rates.LookAlikes))
        {
            (born, alike) = (previous.Children[0].Born, previous.Children[0].Sex);
            family.Addresses[0] = family.Addresses[0] with { Address = Streets.NextTo(year - FirstFamilyYear, number - 1) };
        }
        for (var birth = 0; birth < size; birth++)
        {
            var first = AddChild(family, year, number, born, alike);
            if (twinsLeft > 0 && dice.Chance(Options.Rates.Twins)) { twinsLeft--; first.Twin = AddChild(family, year, number, born, null).Twin = true; }
            born += 480 + dice.Below(1100);
            alike = null;
        }
        return family;
    }

    Child AddChild(Family family, int year, int number, int born, Sex? sex)
    {
        var local = ((year - FirstFamilyYear) * _familiesPerYear + number) * Family.MostChildren + family.Children.Count;
        if (local >= MostChildren) throw new InvalidOperationException("The district has more children than it has numbers: fewer other schools or fewer editions.");
        var id = (ulong)(((long)Number << 15) + local);
        var dice = new Dice(Options.Seed, Purpose.Child, id);
        var child = new Child { Family = family, Order = family.Children.Count, Local = local, Id = id, Born = born, Sex = sex ?? (dice.Chance(0.489) ? Sex.Female : Sex.Male) };
        family.Children.Add(child);
        Arrive(child, ref dice);
        TakeNumber(child, ref dice);
        child.Career = Career.Of(this, child);
        Children.Add(child);
        return child;
    }

    void Arrive(Child child, ref Dice dice)
    {
        var rates = Options.Rates;
        child.BornOutside = child.Family.Elsewhere && dice.Chance(rates.BornOutside);
        child.Present = child.BornOutside ? child.Born + 30 + dice.Below(11 * 365) : child.Born;
        child.Registered = child.Present + 3;
        var birth = DateOnly.FromDayNumber(child.Born);
        var unknown = child.BornOutside && dice.Chance(rates.RegisterBirthUnknown);
        child.RegisterBirth = birth.Year * 10000 + (unknown ? dice.Chance(0.5) ? birth.Month * 100 : 0 : birth.Month * 100 + birth.Day);
    }

    void TakeNumber(Child child, ref Dice dice)
    {
        var rates = Options.Rates;
        var bsn = Numbers.Bsn(Options.Seed, (long)Number * MostChildren + child.Local);
        var late = dice.Chance(rates.LateRegistration);
        if (!late && !dice.Chance(rates.WithoutBsn)) { (child.FirstKind, child.FirstNumber, child.FirstFrom) = (NumberKind.Bsn, bsn, child.Registered); return; }
        if (_withoutBsn == MostWithoutBsn) throw new InvalidOperationException("More children without BSN than a district has onderwijsnummers: lower the rates.");
        var other = Numbers.Onderwijsnummer(Options.Seed, (long)Number * MostWithoutBsn + _withoutBsn++);
        var school = Math.Max(child.Present, child.Born + 4 * 365);
        (child.FirstKind, child.FirstNumber, child.FirstFrom) = (NumberKind.Onderwijsnummer, other, late ? school : child.Registered);
        if (late)
        {
            child.Present = school - dice.Below(90);
            child.Registered = child.SecondFrom = school + 60 + dice.Below(1500);
            child.SecondNumber = bsn;
        }
        else if (dice.Chance(rates.BecomesBsn)) (child.SecondNumber, child.SecondFrom) = (bsn, school + 180 + dice.Below(6 * 365));
    }
}
