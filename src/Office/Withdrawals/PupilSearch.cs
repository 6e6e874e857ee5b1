using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Office;

/// <summary>
/// Finds the pupil of a withdrawal as linking finds the pupils of a delivery, with what linking learned last, and among all addresses that people ever had: the withdrawal
/// names the pupil as it went along then. Where that finds nobody, it looks whether the school's own part of the cohort holds somebody who is nearly this one: linking may
/// have had a delivery before it that said more.
/// </summary>
sealed class PupilSearch(OfficeHome home, List<RegisterPerson> persons)
{
    readonly LinkRegister _register = OfficeModel.Index(persons);
    readonly Dictionary<Rin, RegisterPerson> _persons = persons.ToDictionary(person => person.Rin);

    /// <summary>Looks for one pupil.</summary>
    /// <param name="person">As the withdrawal names it.</param>
    /// <param name="held">The RINs that the cohort holds from this school; asked for only when needed.</param>
    public (Found Found, Rin Rin) Find(DeliveredPerson person, Func<IEnumerable<Rin>> held)
    {
        var records = _register.Records();
        records.Add(OfficeModel.Cells(person));
        var result = _register.Link(records, [records.Count], Learned() ?? _register.Learn(records));
        if (result.Links is [var one]) return (Found.Person, persons[one.Right].Rin);
        var unclear = result.Waiting(OfficeModel.LeastForReview).Any() || held().Any(rin => _persons.TryGetValue(rin, out var candidate) && Near(candidate, person));
        return (unclear ? Found.Unclear : Found.Nobody, default);
    }

    /// <summary>What the last round that was linked learned; null before the first.</summary>
    LearnedModel? Learned() => home.Database.ReadOne<string>("SELECT edition FROM link_models ORDER BY edition DESC LIMIT 1") is { } edition ? LinkStore.Model(home, Edition.Parse(edition).Value) : null;

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
