using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Testland;

namespace Groeilijn.Tests.Statistics.Linkage;

/// <summary>How schools write names, which Testland's own rates do not say: the register has them as they are.</summary>
sealed record NameRates(double FirstSlip, double FirstOther, double LastSlip, double LastOther);

/// <summary>
/// The invented country as two files: its pupils as their schools have them on record, and the register of the same day. Families move house together; a school that
/// did not hear of it keeps the old address. Surnames are the family's. Who is who is known.
/// </summary>
sealed class TestlandFiles
{
    internal static readonly string[] Columns = ["id", "number", "sex", "born", "postcode", "house", "first", "last"];
    static readonly string[] s_parts = ["ba", "de", "lin", "mor", "sta", "ker", "vos", "wie", "jon", "han", "pie", "ros", "tel", "gra", "hul", "zon", "bre"];
    readonly List<string[]> _pupils = [], _register = [];
    readonly TestlandOptions _options;
    readonly NameRates _names;

    internal TestlandFiles(TestlandOptions options, NameRates? names = null)
    {
        (_options, _names) = (options with { Editions = 1 }, names ?? new NameRates(0, 0, 0, 0));
        var (country, edition) = (new Country(_options), _options.AllEditions.First());
        for (var d = 0; d < country.Districts; d++) Add(country.District(d), edition);
    }

    /// <summary>Rows in order of <see cref="Columns"/>; one person has one id in both.</summary>
    internal IReadOnlyList<string[]> Pupils => _pupils;

    internal IReadOnlyList<string[]> Register => _register;

    /// <summary>Pupils whom the register knows.</summary>
    internal int Partners { get; private set; }

    internal bool IsTrue(int pupil, int person) => _pupils[pupil][0] == _register[person][0];

    void Add(District district, Edition edition)
    {
        var reference = Testing.Reference(edition);
        var known = new HashSet<ulong>();
        foreach (var child in district.Children)
        {
            if (child.Registered > reference.DayNumber || child.Born > reference.AddYears(-3).DayNumber || child.Born <= reference.AddYears(-14).DayNumber) continue;
            known.Add(child.Id);
            var home = child.Family.AddressOn(reference.DayNumber);
            var (first, last) = NamesOf(child);
            _register.Add([Text(child.Id), Text(child.NumberOn(reference.DayNumber).Number), child.Sex == Sex.Male ? "m" : "f", $"{child.RegisterBirth / 10000}-{child.RegisterBirth / 100 % 100:D2}-{child.RegisterBirth % 100:D2}",
                home.Postcode, $"{home.House}{home.Letter}{home.Addition}", first, last]);
        }
        var listed = new HashSet<ulong>();
        foreach (var enrolment in district.Enrolments.SelectMany(e => e))
        {
            if (!enrolment.School.TakesPart || !enrolment.Listed(edition) || !listed.Add(enrolment.Child.Id)) continue;
            var (child, kept) = (enrolment.Child, Kept.Of(district, enrolment, edition));
            var (first, last) = Written(child);
            _pupils.Add([Text(child.Id), kept.Bsn ?? kept.Onderwijsnummer ?? "", kept.Sex switch { Sex.Male => "m", Sex.Female => "f", _ => "" }, kept.Born?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                kept.Postcode ?? "", $"{kept.House}{kept.Letter}{kept.Addition}", first, last]);
            if (known.Contains(child.Id)) Partners++;
        }
    }

    (string First, string Last) NamesOf(Child child)
    {
        var (own, family) = (new Dice(_options.Seed, Purpose.Names, child.Id), new Dice(_options.Seed, Purpose.Names, child.Id - (ulong)child.Order, 1));
        return (First(child.Sex == Sex.Male, ref own), Last(ref family));
    }

    (string First, string Last) Written(Child child)
    {
        var (first, last) = NamesOf(child);
        var dice = new Dice(_options.Seed, Purpose.Names, child.Id, 2);
        var (slip, other, lastSlip, lastOther) = (dice.Chance(_names.FirstSlip), dice.Chance(_names.FirstOther), dice.Chance(_names.LastSlip), dice.Chance(_names.LastOther));
        if (slip) first = Slip(first, ref dice);
        if (lastSlip) last = Slip(last, ref dice);
        return (other ? First(child.Sex == Sex.Male, ref dice) : first, lastOther ? Last(ref dice) : last);
    }

    /// <summary>Few common names and many rare ones.</summary>
    static string First(bool boy, ref Dice dice) => Word((int)Math.Exp(dice.Unit() * 6.5), boy ? 11 : 7) + (boy ? "o" : "a");

    static string Last(ref Dice dice) => Word((int)Math.Exp(dice.Unit() * 9), 3);

    static string Word(int number, int kind)
    {
        var word = "";
        for (var rest = number * kind + kind; rest > 0; rest /= 17) word += s_parts[(rest + kind) % 17];
        return word;
    }

    static string Slip(string name, ref Dice dice)
    {
        var (at, how) = (dice.Below(name.Length - 1), dice.Unit());
        return how < 0.35 ? name[..at] + name[at + 1] + name[at] + name[(at + 2)..] : how < 0.75 ? name[..at] + (char)('a' + dice.Below(26)) + name[(at + 1)..] : name[..Math.Min(3, name.Length)];
    }

    static string Text<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
