using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Office;

/// <summary>
/// What the office compares, and how register and delivery become cells of it. A person of the register shows every number it ever had, at the
/// address of the day of the school's export and at the one it left within a year before.
/// </summary>
static class OfficeModel
{
    /// <summary>A link that no person looked at is false at most once in so many: below, it waits for review.</summary>
    const double Threshold = 0.9;

    /// <summary>Less likely than this, nobody is asked.</summary>
    public const double LeastForReview = 0.1;

    const int Year = 366;

    /// <summary>The passes that need no probability, and what they count as.</summary>
    public const string ByNumber = "number+born", ByNumberAndSex = "number+sex", ByAddress = "born+sex+postcode+house";

    /// <summary>The model.</summary>
    public static LinkModel Model { get; } = new(
        [new("number", Comparison.Number), new("born", Comparison.Date), new("sex", Comparison.Exact), new("postcode", Comparison.Postcode, Household: true), new("house", Comparison.HouseNumber, Household: true)],
        [ByNumber.Split('+'), ByNumberAndSex.Split('+'), ByAddress.Split('+')],
        [["number"], ["postcode", "house"], ["born.year", "born.month", "postcode.4"], ["born.year", "born.day", "postcode.4"], ["postcode", "sex", "born.year"], ["born", "number.3"]],
        Threshold: Threshold);

    /// <summary>The register as it was on a day; a person's place in it is the place in the list.</summary>
    public static LinkRegister Index(IReadOnlyList<RegisterPerson> persons, DateOnly day)
    {
        var register = new LinkRegister(Model);
        foreach (var person in persons) register.Add([.. Faces(person, day)]);
        return register;
    }

    /// <summary>The register with every address that each person ever had, to find a pupil as it was named at a time that is not known.</summary>
    public static LinkRegister Index(IReadOnlyList<RegisterPerson> persons)
    {
        var register = new LinkRegister(Model);
        foreach (var person in persons) register.Add([.. Faces(person, person.Addresses.Reverse().Select(Cells))]);
        return register;
    }

    /// <summary>The cells of a delivered pupil.</summary>
    public static string[] Cells(DeliveredPerson pupil) =>
        [pupil.Bsn ?? pupil.Onderwijsnummer ?? "", pupil.Born, Sex(pupil.Sex), pupil.Postcode ?? "", pupil.House is { } house ? House(house, pupil.Letter, pupil.Addition) : ""];

    /// <summary>The cells of a person of the register as it is known now, for people to compare.</summary>
    public static string[] Cells(RegisterPerson person, DateOnly day) => Faces(person, day).First();

    static IEnumerable<string[]> Faces(RegisterPerson person, DateOnly day) => Faces(person, Addresses(person.Addresses, day));

    static IEnumerable<string[]> Faces(RegisterPerson person, IEnumerable<(string, string)> addresses)
    {
        var (born, sex) = (person.Born, Sex(person.Sex));
        foreach (var (postcode, house) in addresses.DefaultIfEmpty(("", "")))
            foreach (var number in person.Numbers.Reverse().Select(n => n.Value).DefaultIfEmpty(""))
                yield return [number, born, sex, postcode, house];
    }

    /// <summary>The address of the day first; the one before it if it was left within a year. Who had none yet is taken at the first.</summary>
    static IEnumerable<(string Postcode, string House)> Addresses(IReadOnlyList<RegisterAddress> addresses, DateOnly day)
    {
        var at = addresses.Count - 1;
        while (at > 0 && Day(addresses[at].From) > day) at--;
        if (at < 0) yield break;
        yield return Cells(addresses[at]);
        if (at > 0 && day.DayNumber - Day(addresses[at].From).DayNumber < Year) yield return Cells(addresses[at - 1]);
    }

    static (string, string) Cells(RegisterAddress address) => (address.Postcode, House(address.House, address.Letter, address.Addition));

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Sex(string code) => code == "u" ? "" : code;

    /// <summary>Schools and register divide letter and addition differently, and write them in either case.</summary>
    static string House(int house, string? letter, string? addition) => string.Create(CultureInfo.InvariantCulture, $"{house} {letter}{addition}").TrimEnd().ToUpperInvariant();
}
