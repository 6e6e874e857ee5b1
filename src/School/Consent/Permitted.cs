namespace Groeilijn.School;

/// <summary>
/// Which fields of a pupil may go along: those of the set in use that the last letter to the parents named too, and of these the special
/// ones only with a consent that still holds.
/// </summary>
sealed class Permitted
{
    readonly SchoolHome _home;
    readonly FieldSet _set;
    readonly Dictionary<string, FieldSet> _told = [];
    readonly HashSet<(long Person, string Category)> _consents;

    public Permitted(SchoolHome home, FieldSet set)
    {
        (_home, _set) = (home, set);
        _consents = [.. home.Store.Read<(long, string)>("SELECT c.person, c.category FROM consent c JOIN letter l ON l.id = c.letter WHERE c.withdrawn IS NULL AND l.undone IS NULL AND c.given >= l.sent")];
    }

    /// <summary>The fields, in the order of the set; none for whose parents no letter counts yet.</summary>
    public IReadOnlyList<Field> Of(EnrolledPupil pupil)
    {
        if (Informed.Counting(pupil, _home.Today) is not { } letter) return [];
        if (!_told.TryGetValue(letter.Set, out var told)) _told[letter.Set] = told = FieldSets.Of(_home, letter.Set);
        return [.. _set.Fields.Where(f => Told(told, f) && (f.Category is null || _consents.Contains((pupil.Person, f.Category))))];
    }

    /// <summary>A field that was ordinary in the letter and is special now was not asked for.</summary>
    static bool Told(FieldSet told, Field field) => told.Fields.Any(t => (t.Name, t.Part, t.Category) == (field.Name, field.Part, field.Category));
}
