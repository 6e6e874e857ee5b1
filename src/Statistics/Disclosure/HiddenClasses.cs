using Groeilijn.Statistics.Growth;

namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// A whole number that was published of two groups whose members its reader cannot see: the level of evidence of a gap, or a growth that is expected of them. It is a function of the tallies of the values in the two groups, step by step,
/// and of nothing else that is hidden.
/// </summary>
/// <param name="Step">The step in which each pupil counts; −1 for one who counts in none.</param>
/// <param name="Value">A value of each pupil in the smallest unit, that does not depend on its group.</param>
/// <param name="Steps">How many steps there are.</param>
/// <param name="Of">The published number for tallies of the first and the second group by step; null where nothing would be published. Exactly the function by which the number was made.</param>
/// <param name="Published">The number.</param>
public sealed record PublishedLevel(IReadOnlyList<int> Step, IReadOnlyList<int> Value, int Steps, Func<IReadOnlyList<(Tally First, Tally Second)>, int?> Of, int Published)
{
    /// <summary>Whether the number is what these classes give, by adding everything up anew.</summary>
    /// <param name="classes">0, 1 or 2 for each pupil: in neither group, in the first, in the second.</param>
    public bool Agrees(IReadOnlyList<int> classes) => Of(Tallies(classes)) == Published;

    /// <summary>The tallies of both groups by step.</summary>
    public (Tally First, Tally Second)[] Tallies(IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var tallies = new (Tally First, Tally Second)[Steps];
        for (var pupil = 0; pupil < classes.Count; pupil++) Take(tallies, pupil, classes[pupil], new Tally(1, Value[pupil], (long)Value[pupil] * Value[pupil]));
        return tallies;
    }

    internal void Move(Span<(Tally First, Tally Second)> tallies, int pupil, int from, int to)
    {
        var one = new Tally(1, Value[pupil], (long)Value[pupil] * Value[pupil]);
        Take(tallies, pupil, from, default(Tally) - one);
        Take(tallies, pupil, to, one);
    }

    void Take(Span<(Tally First, Tally Second)> tallies, int pupil, int @class, Tally one)
    {
        if (Step[pupil] < 0 || @class == 0) return;
        var (first, second) = tallies[Step[pupil]];
        tallies[Step[pupil]] = @class == 1 ? (first + one, second) : (first, second + one);
    }
}

/// <summary>Two ways in which the groups may lie, for one pupil: each agrees with everything published.</summary>
/// <param name="InFirst">The pupil is in the first group; null where none was found.</param>
/// <param name="InSecond">The pupil is in the second group; null where none was found.</param>
public readonly record struct HiddenWorlds(int[]? InFirst, int[]? InSecond)
{
    /// <summary>The pupil may be inside and outside of either group.</summary>
    public bool Proven => InFirst is not null && InSecond is not null;
}

/// <summary>
/// A school knows the values of its pupils and reads levels of evidence of a gap between groups that it cannot see. Does it learn who is in them? It does not as long as every pupil has a world in which it is in the
/// first group and one in which it is in the second, and all numbers published are the same in both (the first world has it outside of the second group, and the other way about). Worlds are
/// made from the true one by moving one, two or three pupils to another class, at first by an exchange of two who count in the same numbers, because that changes no count in any of them; they are the proof, and <see cref="PublishedLevel.Agrees"/> checks each by addition anew. A pupil for whom one is
/// not found counts as exposed. Pupils are tried in their order, so that the outcome is the same each time.
/// </summary>
public sealed class HiddenClasses
{
    readonly int[] _classes;
    readonly int _most;
    readonly List<PublishedLevel> _published = [];
    HiddenWorlds[] _worlds = [];
    int _proven;

    /// <summary>Before anything was published.</summary>
    /// <param name="classes">0, 1 or 2 for each pupil: in neither group, in the first, in the second.</param>
    /// <param name="most">How many moves are tried for a pupil and a group.</param>
    public HiddenClasses(IReadOnlyList<int> classes, int most = 20_000) => (_classes, _most) = ([.. classes], most);

    /// <summary>The worlds of each pupil beside what was added last; none before the first.</summary>
    public IReadOnlyList<HiddenWorlds> Worlds => _worlds;

    /// <summary>Adds what was published before and cannot be taken back, whatever it tells.</summary>
    public void Keep(PublishedLevel level) => _published.Add(level);

    /// <summary>Adds what is to be published, if beside everything before it nobody is exposed; whether it was added.</summary>
    public bool TryAdd(PublishedLevel level)
    {
        // What these groups do not give was made by another function: nothing is proven of it.
        if (!level.Agrees(_classes) || Prove([.. _published, level]) is not { } worlds) return false;
        _published.Add(level);
        (_worlds, _proven) = (worlds, _published.Count);
        return true;
    }

    /// <summary>The worlds of everybody; null as soon as a pupil lacks one.</summary>
    HiddenWorlds[]? Prove(IReadOnlyList<PublishedLevel> published)
    {
        var (search, worlds) = (new Search(_classes, published, _most), new HiddenWorlds[_classes.Length]);
        for (var pupil = 0; pupil < worlds.Length; pupil++)
        {
            var before = _worlds.Length == 0 ? default : _worlds[pupil];
            worlds[pupil] = new HiddenWorlds(World(before.InFirst, pupil, 1), World(before.InSecond, pupil, 2));
            if (!worlds[pupil].Proven) return null;
        }
        return worlds;

        // A world that agreed before need only agree with what came since.
        int[]? World(int[]? before, int pupil, int to) => before is not null && published.Skip(_proven).All(level => level.Agrees(before)) ? before : search.World(pupil, to);
    }

    sealed class Search(int[] classes, IReadOnlyList<PublishedLevel> published, int most)
    {
        readonly (Tally First, Tally Second)[][] _tallies = [.. published.Select(level => level.Tallies(classes))];
        readonly bool[] _agrees = [.. published.Select(level => level.Agrees(classes))];
        readonly (Tally First, Tally Second)[][] _scratch = [.. published.Select(level => new (Tally, Tally)[level.Steps])];
        readonly List<(int Pupil, int To)> _moves = [];
        readonly Lazy<ILookup<(ulong, int), int>> _alike = new(() => Enumerable.Range(0, classes.Length).ToLookup(pupil => (Presence(published, pupil), classes[pupil])));
        int _tries;

        public int[]? World(int pupil, int to)
        {
            _tries = most;
            _moves.Clear();
            if (classes[pupil] != to)
            {
                _moves.Add((pupil, to));
                foreach (var other in _alike.Value[(Presence(published, pupil), to)])
                {
                    _moves.Add((other, classes[pupil]));
                    if (Try() is { } exchanged) return exchanged;
                    _moves.RemoveAt(1);
                }
            }
            // As few others as possible: nobody, one, two.
            for (var others = 0; others <= 2; others++) if (With(pupil, 0, others) is { } world) return world;
            return null;
        }

        /// <summary>In which steps of which numbers a pupil counts, mixed into one number; that two may be mixed alike costs a try.</summary>
        static ulong Presence(IReadOnlyList<PublishedLevel> published, int pupil) => published.Aggregate(14695981039346656037UL, (mixed, level) => unchecked((mixed ^ (ulong)(level.Step[pupil] + 1)) * 1099511628211UL));

        int[]? With(int pupil, int from, int others)
        {
            if (others == 0) return Try();
            for (var other = from; other < classes.Length && _tries > 0; other++)
            {
                if (other == pupil) continue;
                for (var to = 0; to <= 2; to++)
                {
                    if (to == classes[other]) continue;
                    _moves.Add((other, to));
                    var world = With(pupil, other + 1, others - 1);
                    _moves.RemoveAt(_moves.Count - 1);
                    if (world is not null) return world;
                }
            }
            return null;
        }

        int[]? Try()
        {
            if (--_tries < 0) return null;
            for (var i = 0; i < published.Count; i++) if (!Same(i)) return null;
            var world = classes.ToArray();
            foreach (var (pupil, to) in _moves) world[pupil] = to;
            return published.All(level => level.Agrees(world)) ? world : null;
        }

        bool Same(int i)
        {
            var touched = false;
            foreach (var (pupil, _) in _moves) touched |= published[i].Step[pupil] >= 0;
            if (!touched) return _agrees[i];
            _tallies[i].CopyTo(_scratch[i], 0);
            foreach (var (pupil, to) in _moves) published[i].Move(_scratch[i], pupil, classes[pupil], to);
            return published[i].Of(_scratch[i]) == published[i].Published;
        }
    }
}
