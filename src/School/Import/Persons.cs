using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>
/// Recognises the pupils of an export as persons the home knows: by number, then ECK iD, then key, and at last by name and
/// birth date. Stronger marks choose first and nobody is chosen twice. A key that begins with # is no mark: it may change hands.
/// </summary>
sealed class Persons
{
    static readonly string[] s_kinds = ["bsn", "onderwijsnummer", "eck", "key", "who"];

    readonly Transaction _tx;
    readonly Dictionary<(string Kind, string Value), long> _known;
    readonly HashSet<long> _taken = [];

    Persons(Transaction tx)
    {
        _tx = tx;
        _known = tx.Read<IdentityRow>("SELECT kind AS Kind, value AS Value, person AS Person FROM identity").ToDictionary(i => (i.Kind, i.Value), i => i.Person);
    }

    public static void Recognise(Transaction tx, List<JoinedPupil> pupils)
    {
        var persons = new Persons(tx);
        foreach (var kind in s_kinds)
            foreach (var pupil in pupils.Where(p => p.Person == 0)) persons.Choose(pupil, kind);
        persons.MakeNew(pupils);
        foreach (var pupil in pupils) persons.CarryObjections(pupil);
        persons.Remember(pupils);
    }

    /// <summary>The marks of a pupil, in order of strength.</summary>
    static IEnumerable<(string Kind, string Value)> Marks(JoinedPupil pupil)
    {
        if (pupil.Number is { } number) yield return (Picture.Kind(number)!, number.Digits);
        if (pupil.Eck is { } eck) yield return ("eck", eck.Text);
        if (pupil.Key.Length > 0 && pupil.Key[0] != '#') yield return ("key", pupil.Key);
        if (pupil.Who.Length > 0) yield return ("who", pupil.Who);
    }

    void Choose(JoinedPupil pupil, string kind)
    {
        foreach (var mark in Marks(pupil))
            if (mark.Kind == kind && _known.TryGetValue(mark, out var person) && _taken.Add(person)) pupil.Person = person;
    }

    void MakeNew(List<JoinedPupil> pupils)
    {
        var next = _tx.ReadOne<long>("SELECT coalesce(max(id), 0) FROM person");
        using var insert = _tx.Prepare("INSERT INTO person (id) VALUES (@id)", "@id");
        foreach (var pupil in pupils.Where(p => p.Person == 0))
        {
            pupil.Person = ++next;
            _taken.Add(next);
            Rows.Run(insert, next);
        }
    }

    /// <summary>
    /// When another mark of this pupil belongs to a person who is not in the export, they are one: an objection made under
    /// that mark is this pupil's. Wrongly leaving out is a pity, wrongly sending is a broken promise.
    /// </summary>
    void CarryObjections(JoinedPupil pupil)
    {
        foreach (var mark in Marks(pupil))
            if (_known.TryGetValue(mark, out var other) && other != pupil.Person && !_taken.Contains(other))
                _tx.Execute("UPDATE objection SET person = @person WHERE person = @other", new { person = pupil.Person, other });
    }

    void Remember(List<JoinedPupil> pupils)
    {
        using var insert = _tx.Prepare("INSERT OR REPLACE INTO identity (kind, value, person) VALUES (@kind, @value, @person)", "@kind", "@value", "@person");
        foreach (var pupil in pupils)
            foreach (var mark in Marks(pupil))
                if (!_known.TryGetValue(mark, out var person) || person != pupil.Person) Rows.Run(insert, mark.Kind, mark.Value, pupil.Person);
    }

    sealed record IdentityRow
    {
        public string Kind { get; init; } = "";
        public string Value { get; init; } = "";
        public long Person { get; init; }
    }
}
