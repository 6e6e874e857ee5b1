using Groeilijn.Delivery;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Office;

/// <summary>Who a withdrawal is about.</summary>
enum Found
{
    /// <summary>One person of the register.</summary>
    Person,
    /// <summary>Nobody of the register.</summary>
    Nobody,
    /// <summary>More than one, or one but not well enough: nothing is removed on a guess.</summary>
    Unclear,
}

/// <summary>
/// Finds the pupil of a withdrawal as linking finds the pupils of a delivery: by number, else by birth date, sex and address, on the days on which the school
/// sealed something, for the withdrawal names the pupil as it went along then. Where that finds nobody, it looks whether the school's own part of the cohort holds
/// somebody who is nearly this one: linking may have seen through an error that this search does not.
/// </summary>
sealed class PupilSearch(List<RegisterPerson> persons)
{
    readonly RegisterIndex _index = Packing.Index(persons);
    readonly Dictionary<Rin, int> _places = persons.Select((person, i) => (person.Rin, i)).ToDictionary(p => p.Rin, p => p.i);

    /// <summary>Looks for one pupil.</summary>
    /// <param name="person">As the withdrawal names it.</param>
    /// <param name="days">The days whose addresses may fit.</param>
    /// <param name="held">The RINs that the cohort holds from this school; asked for only when needed.</param>
    public (Found Found, Rin Rin) Find(DeliveredPerson person, IEnumerable<DateOnly> days, Func<IEnumerable<Rin>> held)
    {
        var keys = Packing.Pupil(person);
        var results = days.Select(day => DeterministicPasses.Link(_index, [keys], day.DayNumber)[0]).ToList();
        var found = results.Where(result => result.Linked).Select(result => result.Person).Distinct().ToList();
        if (found is [var one]) return (Found.Person, persons[one].Rin);
        var unclear = found.Count > 1 || results.Exists(result => result.Outcome is LinkOutcome.Possible or LinkOutcome.Refused) || held().Any(rin => _places.TryGetValue(rin, out var i) && Near(persons[i], person));
        return (unclear ? Found.Unclear : Found.Nobody, default);
    }

    /// <summary>Whether two of birth date, sex and address agree, or a number of the person is the pupil's.</summary>
    static bool Near(RegisterPerson candidate, DeliveredPerson person)
    {
        if (candidate.Numbers.Any(number => number.Value == (person.Bsn ?? person.Onderwijsnummer))) return true;
        var born = SameDay(candidate.Born, person.Born) ? 1 : 0;
        var sex = candidate.Sex != "u" && candidate.Sex == person.Sex ? 1 : 0;
        var address = person.Postcode is not null && candidate.Addresses.Any(a => a.Postcode == person.Postcode && a.House == person.House) ? 1 : 0;
        return born + sex + address >= 2;
    }

    /// <summary>Every known part is equal: YYYY-MM-DD, with zeros for what is unknown.</summary>
    static bool SameDay(string a, string b) => a[..4] == b[..4] && SamePart(a[5..7], b[5..7]) && SamePart(a[8..], b[8..]);

    static bool SamePart(string a, string b) => a == b || a == "00" || b == "00";
}
