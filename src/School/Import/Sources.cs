using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Decides whose word counts when several files speak of the same pupils. The pupils come from the kind of file that says most
/// of them; what that leaves open (a number, a birth date) the others fill in, for a pupil they surely share: the same ECK iD,
/// number or key, and no other birth date. A guess would link a child to another child's record.
/// </summary>
static class Sources
{
    /// <summary>UWLR gives groups and pupils in two answers when it is asked in steps: the pupils get the groups of the other.</summary>
    public static void ShareStructure(IReadOnlyList<Reading> readings)
    {
        foreach (var pupils in readings.Where(r => r.Kind == FileKind.UwlrPupils && r.Pupils.Count > 0))
            foreach (var structure in readings.Where(r => r.Kind == FileKind.UwlrStructure))
            {
                pupils.Groups.AddRange(structure.Groups.Where(g => !pupils.Groups.Contains(g)));
                pupils.Locations.AddRange(structure.Locations.Where(l => !pupils.Locations.Contains(l)));
            }
    }

    public static void Settle(IReadOnlyList<Reading> readings)
    {
        var speaking = readings.Where(r => r.Pupils.Count > 0).OrderBy(r => Rank(r.Kind)).ThenByDescending(r => OncePerPupil(r.Kind) ? r.School?.Created : null, StringComparer.Ordinal).ToList();
        if (speaking.Count < 2) return;
        var best = Rank(speaking[0].Kind);
        var known = new Known();
        foreach (var reading in speaking)
        {
            if (Rank(reading.Kind) > best) Spare(reading, known);
            else if (OncePerPupil(reading.Kind)) Merge(reading, known);
            foreach (var pupil in reading.Pupils) known.Add(pupil);
        }
    }

    /// <summary>EDEXML has numbers and postcodes; a dossier has them too, but speaks of one pupil and mostly of one who leaves.</summary>
    static int Rank(FileKind kind) => kind switch
    {
        FileKind.Edexml => 0,
        FileKind.UwlrPupils => 1,
        FileKind.OsoDossier => 3,
        FileKind.NextTestParticipants => 4,
        _ => 2,
    };

    /// <summary>A dossier may come in parts, and a list of participants as changes to an earlier one: there, and in two tables, the same pupil twice is one pupil.</summary>
    static bool OncePerPupil(FileKind kind) => kind is FileKind.OsoDossier or FileKind.NextTestParticipants or FileKind.PupilCsv;

    static void Spare(Reading reading, Known known)
    {
        reading.Find(Rules.FileSpare);
        foreach (var pupil in reading.Pupils)
            if (Shared(pupil, reading, known) is { } other) Join(pupil, other, reading);
            else reading.Bend(Rules.FileNobody, pupil.Line);
        reading.Pupils.Clear();
    }

    static void Merge(Reading reading, Known known)
    {
        foreach (var pupil in reading.Pupils.ToList())
            if (Shared(pupil, reading, known) is { } other)
            {
                Join(pupil, other, reading);
                reading.Pupils.Remove(pupil);
            }
    }

    static PupilRow? Shared(PupilRow pupil, Reading reading, Known known)
    {
        if (known.Find(pupil) is not { } other) return null;
        if (BirthDate.Parse(pupil.Born) is not { Ok: true } one || BirthDate.Parse(other.Born) is not { Ok: true } two || one.Value.Agrees(two.Value)) return other;
        reading.Bend(Rules.FileContradicts, pupil.Line);
        return null;
    }

    /// <summary>Fills in what the other lacks, and gives it the results and addresses that stood under this one's key.</summary>
    static void Join(PupilRow pupil, PupilRow other, Reading reading)
    {
        if (Complete(pupil, other))
        {
            reading.Completed++;
            reading.Bend(Rules.FileCompletes, pupil.Line);
        }
        if (reading.Kind != FileKind.OsoDossier) return;
        foreach (var result in reading.Results.Where(r => r.Key == pupil.Key)) (result.Key, result.Eck) = (other.Key, other.Eck);
        for (var i = 0; i < reading.Addresses.Count; i++)
            if (reading.Addresses[i].Key == pupil.Key) reading.Addresses[i] = reading.Addresses[i] with { Key = other.Key, Eck = other.Eck };
        other.YearGroupsAtTests.AddRange(pupil.YearGroupsAtTests);
    }

    static bool Complete(PupilRow from, PupilRow to)
    {
        var filled = Fill(ref to.Key, from.Key.StartsWith('#') ? "" : from.Key) | Fill(ref to.Eck, from.Eck) | Fill(ref to.Born, from.Born) | Fill(ref to.Postcode, from.Postcode);
        if (to.Sex is "" or "0") filled |= from.Sex is "1" or "2" or "9" && Set(ref to.Sex, from.Sex);
        if (to.Group.Length == 0) filled |= Fill(ref to.YearGroup, from.YearGroup);
        var fits = to.Number.Length == 0 || to.NumberColumn == EdexmlFile.LastFour && from.Number.EndsWith(to.Number, StringComparison.Ordinal);
        if (fits && from.NumberColumn != EdexmlFile.LastFour && PersonNumber.Parse(from.Number).Ok) filled |= Set(ref to.Number, from.Number) | Set(ref to.NumberColumn, from.NumberColumn);
        return filled;
    }

    static bool Fill(ref string to, string from) => to.Length == 0 && from.Length > 0 && Set(ref to, from);

    static bool Set(ref string to, string from)
    {
        to = from;
        return true;
    }

    /// <summary>The pupils so far by their marks; a mark that two of them carry points to neither.</summary>
    sealed class Known
    {
        readonly Dictionary<string, PupilRow?> _byMark = new(StringComparer.Ordinal);

        public void Add(PupilRow pupil)
        {
            foreach (var mark in Marks(pupil))
                if (!_byMark.TryAdd(mark, pupil) && _byMark[mark] != pupil) _byMark[mark] = null;
        }

        /// <summary>The one pupil that all marks point to.</summary>
        public PupilRow? Find(PupilRow pupil)
        {
            PupilRow? found = null;
            foreach (var mark in Marks(pupil))
                if (_byMark.TryGetValue(mark, out var other))
                {
                    if (other is null || found is not null && found != other) return null;
                    found = other;
                }
            return found;
        }

        static IEnumerable<string> Marks(PupilRow pupil)
        {
            if (EckId.Parse(pupil.Eck).Ok) yield return "eck " + pupil.Eck;
            if (pupil.NumberColumn != EdexmlFile.LastFour && PersonNumber.Parse(pupil.Number) is { Ok: true } number) yield return "number " + number.Value.Digits;
            if (pupil.Key.Length > 0 && pupil.Key[0] != '#') yield return "key " + pupil.Key;
        }
    }
}
