using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>What of a round's results is new, what corrects an earlier one, and what may not come in.</summary>
sealed class CohortMerge
{
    readonly OfficeHome _home;
    readonly Edition _round;
    readonly Dictionary<(Rin, Subject, DateOnly, HalfYear, int, string), CohortRow> _known;
    readonly HashSet<(Rin, string)> _ofSchool;
    readonly HashSet<(Rin, string)> _recovered = [];
    readonly HashSet<(string School, string Edition)> _delivered;
    readonly List<Tombstone> _tombstones;

    public CohortMerge(OfficeHome home, Edition round, List<CohortRow> known)
    {
        (_home, _round) = (home, round);
        _known = known.ToDictionary(row => row.Key);
        _ofSchool = known.Select(row => (row.Rin, row.School)).ToHashSet();
        _delivered = [.. home.Database.Read<(string, string)>("SELECT school, edition FROM deliveries WHERE state = @linked", new { linked = DeliveryState.Linked.Code() })];
        _tombstones = [.. Tombstones.All(home)];
    }

    public List<CohortRow> Added { get; } = [];
    public int Corrections { get; private set; }
    public int Contradictions { get; private set; }

    /// <summary>Pupils who are new from their school, with a result of an earlier half-year in whose round that school delivered: they were not linked then.</summary>
    public int Recovered => _recovered.Count;

    /// <summary>The newest tombstone that these rows were held against.</summary>
    public long Tombstone => _tombstones.Count == 0 ? 0 : _tombstones[^1].Number;

    /// <summary>Without the rows of pupils who were withdrawn after their school's delivery of this round was sealed, or while it lay here.</summary>
    public IEnumerable<CohortRow> Standing(IEnumerable<CohortRow> rows)
    {
        var stops = Deliveries().ToDictionary(d => d.School, d => _tombstones.Where(tombstone => tombstone.Stops(d.Sealed, d.Received)).ToList());
        foreach (var school in rows.GroupBy(row => row.School))
        {
            var stopped = Tombstones.Match(stops.GetValueOrDefault(school.Key, []), school.Select(row => row.Rin).Distinct()).Select(match => match.Rin).ToHashSet();
            foreach (var row in school.Where(row => !stopped.Contains(row.Rin))) yield return row;
        }
    }

    /// <summary>Takes one result, in order.</summary>
    public void Take(CohortRow row)
    {
        if (!_known.TryGetValue(row.Key, out var before)) Add(row);
        else if (before.ScoreTenths == row.ScoreTenths || before.IsOf(_round)) return;
        else if (before.School != row.School) Contradictions++;
        else
        {
            Corrections++;
            Add(row with { Correction = before.Correction + 1 });
        }
    }

    void Add(CohortRow row)
    {
        _known[row.Key] = row with { Round = _round };
        Added.Add(row);
        if (row.Edition.CompareTo(_round) < 0 && !_ofSchool.Contains((row.Rin, row.School)) && _delivered.Contains((row.School, row.Edition.ToString()))) _recovered.Add((row.Rin, row.School));
    }

    /// <summary>The delivery of this round that counts, of each school.</summary>
    IEnumerable<(string School, DateTimeOffset Sealed, DateTimeOffset Received)> Deliveries() =>
        from row in _home.Database.Read<(string School, byte[] Manifest, string Received)>(
            "SELECT school, manifest, received FROM deliveries WHERE edition = @edition AND state <> @replaced ORDER BY school", new { edition = _round.ToString(), replaced = DeliveryState.Replaced.Code() })
        group row by row.School into school
        let last = school.Last()
        select (school.Key, Manifest.TryRead(last.Manifest, out var manifest, out _) ? manifest.Sealed : throw new InvalidDataException("A manifest in the store cannot be read."), OfficeHome.Time(last.Received));
}

/// <summary>What a round adds to the cohort, before it is named.</summary>
/// <param name="Round">The round.</param>
/// <param name="Parts">The files.</param>
/// <param name="Corrections">Results that correct an earlier one.</param>
/// <param name="Contradictions">Results that contradict one that another school delivered; they are not taken.</param>
/// <param name="Recovered">Pupils who were not linked in the round of results that they now bring.</param>
/// <param name="Tombstone">The newest tombstone that was known.</param>
sealed record CohortAddition(Edition Round, IReadOnlyList<CohortPart> Parts, int Corrections, int Contradictions, int Recovered, long Tombstone)
{
    /// <summary>Results that are new.</summary>
    public int Rows => Parts.Sum(part => part.Rows);
}
