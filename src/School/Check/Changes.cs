using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>What differs from the previous export in a way that points at the export and not at the pupils.</summary>
static class Changes
{
    /// <summary>Compares the pupils of an export, recognised, with the picture of before.</summary>
    public static void Find(IReadOnlyList<PupilEntry> before, Vault vault, Joining joined)
    {
        var known = before.ToDictionary(p => p.Person, p => p.Open(vault));
        foreach (var pupil in joined.Pupils)
            if (pupil.Number is { } number && known.GetValueOrDefault(pupil.Person)?.Number is { } old && old != number.Digits) pupil.Find(Rules.NumberChanged);
        Gone(before, joined);
        Sexes(known, joined);
    }

    /// <summary>By person and not by number of pupils: an export with new keys for everybody is as bad as half an export.</summary>
    static void Gone(IReadOnlyList<PupilEntry> before, Joining joined)
    {
        var enrolled = before.Where(p => !p.Gone).Select(p => p.Person).ToList();
        var stay = joined.Pupils.Select(p => p.Person).ToHashSet();
        if (enrolled.Count(p => !stay.Contains(p)) > Limits.Half * enrolled.Count) joined.Findings.Add(new(Rules.ManyGone, Place.None));
    }

    /// <summary>OSO writes 1 for a girl where EDEXML writes 1 for a boy.</summary>
    static void Sexes(Dictionary<long, PupilIdentity> known, Joining joined)
    {
        var (both, reversed) = (0, 0);
        foreach (var pupil in joined.Pupils)
        {
            if (known.GetValueOrDefault(pupil.Person)?.Sex is not ("m" or "f") || pupil.Sex is not (Sex.Male or Sex.Female)) continue;
            both++;
            if (known[pupil.Person].Sex != SexCodes.Write(SexCoding.Delivery, pupil.Sex)) reversed++;
        }
        if (both >= Limits.FewestForPattern && reversed >= Limits.NearlyAll * both) joined.Findings.Add(new(Rules.SexReversed, Place.None, null, reversed));
    }
}
