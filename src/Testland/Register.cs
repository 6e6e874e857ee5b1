using System.Globalization;
using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>The population register as known at a reference date: children of 3 to 13, whatever school they go to, in order of key.</summary>
static class Register
{
    const int Youngest = 3, Oldest = 13;

    internal static readonly (string File, string Header)[] Files =
    [
        ("persons.csv", "key,sex,born,registered\n"),
        ("numbers.csv", "key,kind,number,from\n"),
        ("addresses.csv", "key,from,postcode,house,letter,addition\n"),
        ("background.csv", "key,parent_education,income,origin,household\n"),
    ];

    internal static void Write(Utf8Text[] files, District district, Edition edition)
    {
        var reference = Testing.Reference(edition);
        var (day, earliest, latest) = (reference.DayNumber, reference.AddYears(-Oldest - 1).DayNumber, reference.AddYears(-Youngest).DayNumber);
        foreach (var child in district.Children)
        {
            if (child.Registered > day || child.Born > latest || child.Born <= earliest) continue;
            var key = child.Key(district.Number);
            files[0].Put(key).Put(',').Put(child.Sex == Sex.Male ? 'm' : 'f').Put(',');
            var born = child.RegisterBirth;
            files[0].Put(born / 10000, 4).Put('-').Put(born / 100 % 100, 2).Put('-').Put(born % 100, 2).Put(',').PutDay(child.Registered).Put('\n');
            Number(files[1], key, child.FirstKind, child.FirstNumber, child.FirstFrom);
            if (child.SecondNumber != 0 && child.SecondFrom <= day) Number(files[1], key, NumberKind.Bsn, child.SecondNumber, child.SecondFrom);
            Addresses(files[2], key, child, day);
            var family = child.Family;
            files[3].Put(key).Put(',').Put(!family.EducationKnown ? "unknown"u8 : family.Education switch { ParentEducation.Low => "low"u8, ParentEducation.Middle => "middle"u8, _ => "high"u8 })
                .Put(',').Put(family.Income).Put(',').Put(family.OriginOf(child)).Put(',').Put(family.Household).Put('\n');
        }
    }

    static void Number(Utf8Text text, string key, NumberKind kind, int number, int from) =>
        text.Put(key).Put(kind == NumberKind.Bsn ? ",bsn,"u8 : ",onderwijsnummer,"u8).Put(number, 9).Put(',').PutDay(from).Put('\n');

    /// <summary>From the day the child was there; moves of the family before that are not the child's.</summary>
    static void Addresses(Utf8Text text, string key, Child child, int day)
    {
        var moves = child.Family.Addresses;
        for (var i = child.Family.IndexOn(child.Present); i < moves.Count && moves[i].From <= day; i++)
        {
            var (from, address) = (Math.Max(moves[i].From, child.Present), moves[i].Address);
            text.Put(key).Put(',').PutDay(from).Put(',').Put(address.Postcode).Put(',').Put(address.House).Put(',')
                .Put(address.Letter?.ToString(CultureInfo.InvariantCulture) ?? "").Put(',').Put(address.Addition).Put('\n');
        }
    }
}
