using System.Globalization;
using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>A child at a school: one stay, one LAS key.</summary>
sealed class Enrolment
{
    readonly District _district;

    internal Enrolment(District district, SchoolSite school, Child child, int from, int to)
    {
        (_district, School, Child, From, To) = (district, school, child, from, to);
        LasKey = KeyOf(district.Options.Seed, school, child, from);
    }

    internal SchoolSite School { get; }
    internal Child Child { get; }
    internal int From { get; }
    /// <summary>The day after the last.</summary>
    internal int To { get; }
    /// <summary>The key in the school's own administration: it does not change while the child is there and is not used again.</summary>
    internal string LasKey { get; }
    /// <summary>Tests made here, in order of time.</summary>
    internal List<Score> Scores { get; } = [];

    /// <summary>Whether the child is in the export of this edition: at the school, or lately gone and not yet taken out.</summary>
    internal bool Listed(Edition edition) => From <= Reference(edition) && (Reference(edition) < To || LeftButListed(edition));

    internal bool LeftButListed(Edition edition)
    {
        var before = Reference(edition.Previous);
        var asOf = edition.Half == HalfYear.M && To == new DateOnly(edition.Year - 1, 8, 1).DayNumber; // the summer's leavers are gone by then
        return To <= Reference(edition) && To > before && From <= before && !asOf
            && new Dice(_district.Options.Seed, Purpose.Other, Child.Id, (ulong)From).Chance(_district.Options.Rates.LeaverStillListed);
    }

    /// <summary>The year group at the reference date; of who left, the last one here.</summary>
    internal int GroupAt(Edition edition) => Math.Max(1, Child.Career!.GroupIn(Math.Min(edition.SchoolYear.Start, SchoolYear.Of(DateOnly.FromDayNumber(To - 1)).Start)));

    /// <summary>The edition whose list of objections names the child; null when nobody objects.</summary>
    internal int? ObjectionEdition
    {
        get
        {
            var first = _district.Options.FirstYear;
            var from = DateOnly.FromDayNumber(From);
            var entry = (from.Year - first) * 2 + (from.Month < 3 || (from.Month == 3 && from.Day == 1) ? 0 : from.Month < 7 || (from.Month == 7 && from.Day == 1) ? 1 : 2);
            return Child.ObjectionAt(entry);
        }
    }

    static int Reference(Edition edition) => Testing.Reference(edition).DayNumber;

    /// <summary>Half of the schools number their pupils, half have long identities. Either is unique in the school by construction.</summary>
    static string KeyOf(ulong seed, SchoolSite school, Child child, int from)
    {
        var stay = child.Career!.Stays.FindIndex(s => s.From == from);
        if (school.KeysAreNumbers) return (100_000 + (child.Local * 24_593L + school.Serial * 7L) % 32_768 * 27 + stay).ToString(CultureInfo.InvariantCulture);
        var dice = new Dice(seed, Purpose.LasKey, child.Id, (ulong)stay);
        var (a, b) = (dice.Next(), dice.Next());
        return string.Create(CultureInfo.InvariantCulture, $"{a >> 32:x8}-{(a >> 16) & 0xFFFF:x4}-4{a & 0xFFF:x3}-{0x8000 | (b >> 50):x4}-{b & 0xFFFFFFFFFFFF:x12}");
    }
}
