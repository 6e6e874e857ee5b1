using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Office;

/// <summary>From the records of register and delivery to the packed keys that the matching kernel compares.</summary>
static class Packing
{
    public static RegisterIndex Index(List<RegisterPerson> persons) => new([.. persons.Select(Person)]);

    public static PupilKeys Pupil(DeliveredPerson person)
    {
        var number = person.Bsn ?? person.Onderwijsnummer;
        return new PupilKeys(
            number is null ? 0 : Digits(number), Date(person.Born), Sex(person.Sex),
            person.Postcode is null ? 0 : Address.PackPostcode(person.Postcode), person.House ?? 0, Suffix(person.Letter, person.Addition));
    }

    static RegisteredPerson Person(RegisterPerson person)
    {
        var numbers = new int[person.Numbers.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = Digits(person.Numbers[i].Value);
        var addresses = new Address[person.Addresses.Count];
        for (var i = 0; i < addresses.Length; i++)
        {
            var at = person.Addresses[i];
            addresses[i] = new Address(Day(at.From), Address.PackPostcode(at.Postcode), at.House, Suffix(at.Letter, at.Addition));
        }
        return new RegisteredPerson(numbers, Date(person.Born), Sex(person.Sex), addresses);
    }

    static int Sex(string code) => code switch { "m" => 1, "f" => 2, "x" => 3, _ => 0 };

    /// <summary>Schools and register divide letter and addition differently, and write them in either case.</summary>
    static string Suffix(string? letter, string? addition) => letter is null && addition is null ? "" : (letter + addition).ToUpperInvariant();

    static int Date(string text) => Digits(text.AsSpan(0, 4)) * 10000 + Digits(text.AsSpan(5, 2)) * 100 + Digits(text.AsSpan(8, 2));

    static int Day(string text) => new DateOnly(Digits(text.AsSpan(0, 4)), Digits(text.AsSpan(5, 2)), Digits(text.AsSpan(8, 2))).DayNumber;

    static int Digits(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
