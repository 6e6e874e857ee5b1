using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// The same child twice in one export. Written twice in the same words it is one pupil. Under two keys it may be two children, and an
/// objection for the one would not hold for the other: so neither goes along.
/// </summary>
static class Doubles
{
    /// <summary>Takes out what is written twice; the first stays and says so.</summary>
    public static void Merge(List<JoinedPupil> pupils)
    {
        var first = new Dictionary<Words, JoinedPupil>();
        pupils.RemoveAll(pupil =>
        {
            var words = new Words(pupil.Key, pupil.Name, pupil.YearGroup, pupil.Number, pupil.Born);
            if (pupil.Key.Length == 0 || first.TryAdd(words, pupil)) return false;
            first[words].Findings.Add(new(Rules.PupilRepeated, new(pupil.File, pupil.Line, "")));
            return true;
        });
    }

    readonly record struct Words(string Key, string Name, string? YearGroup, PersonNumber? Number, BirthDate? Born);

    /// <summary>Finds one name and birth date under two keys, where no two numbers say that they are two children.</summary>
    public static void Find(IEnumerable<JoinedPupil> pupils)
    {
        foreach (var same in pupils.Where(p => p.Who.Length > 0).GroupBy(p => p.Who, StringComparer.Ordinal).Select(g => g.ToList()).Where(g => g.Count > 1))
            foreach (var pupil in same)
                if (same.Exists(other => other != pupil && other.Key != pupil.Key && (other.Number is null || pupil.Number is null))) pupil.Find(Rules.PupilUnderTwoKeys, "@key");
    }
}
