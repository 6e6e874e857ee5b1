using System.Buffers.Binary;
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
    readonly Vault _vault;
    readonly Dictionary<(string Kind, UInt128 Mark), long> _known;
    readonly HashSet<long> _taken = [];
    readonly Dictionary<JoinedPupil, (string Kind, UInt128 Mark)[]> _marks = [];

    Persons(Transaction tx, Vault vault)
    {
        (_tx, _vault) = (tx, vault);
        _known = tx.Read<IdentityRow>("SELECT kind AS Kind, mark AS Mark, person AS Person FROM identity").ToDictionary(i => (i.Kind, Number(i.Mark)), i => i.Person);
    }

    public static void Recognise(Transaction tx, Vault vault, List<JoinedPupil> pupils)
    {
        var persons = new Persons(tx, vault);
        foreach (var kind in s_kinds)
            foreach (var pupil in pupils.Where(p => p.Person == 0)) persons.Choose(pupil, kind);
        persons.MakeNew(pupils);
        foreach (var pupil in pupils) persons.CarryObjections(pupil);
        persons.Remember(pupils);
    }

    /// <summary>The marks of a pupil, in order of strength; asked for in every round, computed once.</summary>
    (string Kind, UInt128 Mark)[] Marks(JoinedPupil pupil) => _marks.TryGetValue(pupil, out var marks) ? marks : _marks[pupil] = [.. Compute(pupil)];

    IEnumerable<(string Kind, UInt128 Mark)> Compute(JoinedPupil pupil)
    {
        if (pupil.Number is { } number) yield return Mark(Picture.Kind(number)!, number.Digits);
        if (pupil.Eck is { } eck) yield return Mark("eck", eck.Text);
        if (pupil.Key.Length > 0 && pupil.Key[0] != '#') yield return Mark("key", pupil.Key);
        if (pupil.Who.Length > 0) yield return Mark("who", pupil.Who);
    }

    (string, UInt128) Mark(string kind, string value) => (kind, Number(_vault.Mark(kind, value)));

    static UInt128 Number(ReadOnlySpan<byte> mark) => BinaryPrimitives.ReadUInt128BigEndian(mark);

    static byte[] Bytes(UInt128 mark)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, mark);
        return bytes;
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
        using var insert = _tx.Prepare("INSERT OR REPLACE INTO identity (kind, mark, person) VALUES (@kind, @mark, @person)", "@kind", "@mark", "@person");
        foreach (var pupil in pupils)
            foreach (var mark in Marks(pupil))
                if (!_known.TryGetValue(mark, out var person) || person != pupil.Person) Rows.Run(insert, mark.Kind, Bytes(mark.Mark), pupil.Person);
    }

    sealed record IdentityRow
    {
        public string Kind { get; init; } = "";
        public byte[] Mark { get; init; } = [];
        public long Person { get; init; }
    }
}
