using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>A child of the country. Days are day numbers, so that a district of children stays small.</summary>
sealed class Child
{
    internal required Family Family { get; init; }
    /// <summary>Place in the family, twins after each other.</summary>
    internal required int Order { get; init; }
    /// <summary>Number within the district; with the district it is unique in the country.</summary>
    internal required int Local { get; init; }
    internal required ulong Id { get; init; }
    internal required Sex Sex { get; init; }
    internal required int Born { get; init; }

    internal bool BornOutside, Twin;
    /// <summary>The day the register first knows the child.</summary>
    internal int Registered;
    /// <summary>The first day in the country: birth, or arrival.</summary>
    internal int Present;
    /// <summary>The birth date as the register has it, yyyymmdd, with zeros for what it does not know.</summary>
    internal int RegisterBirth;
    internal NumberKind FirstKind;
    internal int FirstNumber, FirstFrom;
    /// <summary>A BSN that took the place of an onderwijsnummer; 0 when none did.</summary>
    internal int SecondNumber, SecondFrom;
    internal Career? Career;

    internal string Key(int district) => string.Create(8, (district, Local), static (key, who) =>
    {
        var local = who.Local * 20_077 % District.MostChildren; // scattered: neighbours in the key are not siblings
        for (var i = 3; i >= 0; i--, local /= 16) key[4 + i] = (char)('a' + local % 16);
        for (int i = 3, d = who.district; i >= 0; i--, d /= 16) key[i] = (char)('a' + d % 16);
    });

    internal (NumberKind Kind, int Number) NumberOn(int day) =>
        SecondNumber != 0 && day >= SecondFrom ? (NumberKind.Bsn, SecondNumber) : (FirstKind, FirstNumber);

    /// <summary>The edition, counted from the first, from which the parents' objection holds at a school the child entered before edition <paramref name="entry"/>.</summary>
    internal int? ObjectionAt(int entry) =>
        Family.ObjectsFrom < 0 || (Family.ObjectsForOnly >= 0 && Family.ObjectsForOnly != Order) ? null : Math.Max(Family.ObjectsFrom, entry);
}
