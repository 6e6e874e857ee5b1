using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;

namespace Groeilijn.Gate;

/// <summary>A number that an audience has or is about to get, or that was hidden from it.</summary>
/// <param name="Statistic">What is added up.</param>
/// <param name="Terms">The latest first, and that one is added.</param>
/// <param name="Shown">Whether the audience has it; otherwise it must never follow.</param>
sealed record RememberedSum(string Statistic, IReadOnlyList<RememberedTerm> Terms, bool Shown = true)
{
    /// <summary>The place at which it first left or was hidden; empty for one that is judged.</summary>
    public string Cell { get; init; } = "";

    /// <summary>The terms as they are kept; equal sums are equal texts.</summary>
    public string Text { get; } = string.Join(',', Terms.Select(t => FormattableString.Invariant($"{t.Moment}:{(t.Less ? "-" : "")}{t.Set}")));

    public static RememberedSum Read(string statistic, string terms, bool shown) =>
        new(statistic, [.. terms.Split(',').Select(term => term.Split(':')).Select(t => new RememberedTerm(int.Parse(t[0], System.Globalization.CultureInfo.InvariantCulture), t[1].TrimStart('-'), t[1][0] == '-'))], shown);
}

/// <summary>A set of unknowns of one moment, added in a sum or taken away.</summary>
readonly record struct RememberedTerm(int Moment, string Set, bool Less = false);

/// <summary>The units of sets that are judged and not yet in the store, by digest.</summary>
sealed class PendingSets() : Dictionary<string, int[]>(StringComparer.Ordinal);

/// <summary>
/// What every audience has, append-only, as functionals of the values of random handles. A withdrawn pupil's row is cut: nothing leads from the person to the
/// handle any more, and the arithmetic of what was released stays.
/// </summary>
sealed class ReleaseMemory(Database database)
{
    /// <summary>A unit is a handle and, in its last bits, the number of the correction of its value.</summary>
    public const int VersionBits = 3;

    const string Public = "public";

    const int Handles = 1 << (31 - VersionBits), MostCachedSets = 4096, MostReceivers = 512;

    readonly ConditionalWeakTable<IReadOnlyList<string>, int[]> _handles = [];
    readonly ConditionalWeakTable<MemberSet, string> _digests = [];
    readonly Dictionary<string, int[]> _sets = new(StringComparer.Ordinal);
    readonly HashSet<string> _written = new(StringComparer.Ordinal);
    readonly Dictionary<(string Audience, string Receiver), RememberedSum[]> _has = [];
    PendingSets _pending = new();
    SortedDictionary<string, IReadOnlyList<string>>? _boards;
    readonly List<(string Audience, string Receiver, string? Board)> _kept = [];

    /// <summary>To whom something left since the memory was opened, in order.</summary>
    public IReadOnlyList<(string Audience, string Receiver, string? Board)> Kept => _kept;

    /// <summary>A new release is judged: its sets are its own until it leaves, and gone with it when it does not.</summary>
    public PendingSets Begin() => _pending = new();

    /// <summary>What was judged before is to leave now.</summary>
    public void Resume(PendingSets pending) => _pending = pending;

    /// <summary>The sum in handles. Its sets are in memory until <see cref="Keep"/> writes them.</summary>
    public RememberedSum Sum(CellSum sum, IReadOnlyList<string> pupils)
    {
        if (sum.Kept is { } kept) return RememberedSum.Read(sum.Statistic, kept, true);
        RememberedTerm[] terms = [.. sum.Terms.Where(t => t.Members.Pupils.Count > 0).Select(t => new RememberedTerm(t.Moment, Digest(t.Members, pupils), t.Less)).OrderByDescending(t => t.Moment).ThenBy(t => t.Set, StringComparer.Ordinal)];
        // A sum and its negative tell the same: the first term is added.
        return new(sum.Statistic, terms is [{ Less: true }, ..] ? [.. terms.Select(t => t with { Less = !t.Less })] : terms);
    }

    /// <summary>The hash by which a set is known.</summary>
    public string Digest(MemberSet members, IReadOnlyList<string> pupils)
    {
        if (_digests.TryGetValue(members, out var known) && (_sets.ContainsKey(known) || _pending.ContainsKey(known) || _written.Contains(known))) return known;
        var handles = HandlesOf(pupils);
        var units = new int[members.Pupils.Count];
        for (var i = 0; i < units.Length; i++) units[i] = handles[members.Pupils[i]] << VersionBits | members.CorrectionsOf(i);
        Array.Sort(units);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Bytes(units)));
        if (_written.Contains(digest)) Cache(digest, units);
        else _pending[digest] = units; // in the store they are not yet, so the cache may not drop them
        _digests.AddOrUpdate(members, digest);
        return digest;
    }

    /// <summary>The units of a set.</summary>
    public int[] Units(string digest)
    {
        if (_sets.TryGetValue(digest, out var units) || _pending.TryGetValue(digest, out units)) return units;
        var bytes = database.ReadOne<byte[]>("SELECT units FROM release_sets WHERE digest = @digest", new { digest }) ?? throw new InvalidDataException("The release memory names a set that it does not hold.");
        units = new int[bytes.Length / sizeof(int)];
        for (var i = 0; i < units.Length; i++) units[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * sizeof(int)));
        Cache(digest, units);
        return units;
    }

    /// <summary>Everything that receivers have together, or may not have: what is public, and what each got itself and did not know.</summary>
    public IReadOnlyList<RememberedSum> Has(string audience, IReadOnlyList<string> receivers) =>
        audience == Public ? Read(Public, "") : [.. Read(Public, ""), .. receivers.SelectMany(receiver => Read(audience, receiver))];

    RememberedSum[] Read(string audience, string receiver)
    {
        if (_has.TryGetValue((audience, receiver), out var known)) return known;
        if (_has.Count >= MostReceivers) _has.Clear();
        return _has[(audience, receiver)] = [.. database
        .Read<(string Cell, string Statistic, string Terms, long Shown)>("SELECT cell, statistic, terms, shown FROM release_sums WHERE audience = @audience AND receiver = @receiver AND own = 0 ORDER BY number", new { audience, receiver })
        .Select(row => RememberedSum.Read(row.Statistic, row.Terms, row.Shown == 1) with { Cell = row.Cell })];
    }

    /// <summary>Whose values receivers know together, by moment.</summary>
    public IReadOnlyList<(int Moment, string Set)> Knows(string audience, IReadOnlyList<string> receivers) => [.. receivers.SelectMany(receiver =>
        database.Read<(int, string)>("SELECT moment, digest FROM release_known WHERE audience = @audience AND receiver = @receiver ORDER BY moment, digest", new { audience, receiver }))];

    /// <summary>Every board with the schools that got a report while they were its own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Boards => _boards ??= new(database.Read<(string Board, string School)>("SELECT board, receiver FROM release_boards ORDER BY board, receiver")
        .GroupBy(row => row.Board, StringComparer.Ordinal).ToDictionary(board => board.Key, board => (IReadOnlyList<string>)[.. board.Select(row => row.School)], StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Every receiver that knows values of its own, and every project.</summary>
    public IReadOnlyList<(string Audience, string Receiver)> Receivers =>
        database.Read<(string, string)>("SELECT DISTINCT audience, receiver FROM release_known UNION SELECT DISTINCT audience, receiver FROM release_sums WHERE audience = 'researcher' ORDER BY 1, 2");

    /// <summary>What a receiver has or may not have, with who is in it; of who was cut the handle.</summary>
    public Told Told(string audience, string receiver)
    {
        var identities = database.Read<(string Identity, int Handle)>("SELECT identity, handle FROM release_handles").ToDictionary(row => row.Handle, row => row.Identity);
        var (numbers, pupils, handles, sets) = (new Dictionary<int, int>(), new List<string>(), new List<int>(), new Dictionary<string, MemberSet>(StringComparer.Ordinal));
        return new(pupils, [.. database.Read<(string Release, string Cell, string Statistic, string Terms, long Shown)>(
            "SELECT release, cell, statistic, terms, shown FROM release_sums WHERE audience = @audience AND receiver = @receiver ORDER BY number", new { audience, receiver })
            .Select(row => new ToldSum(row.Release, row.Cell, row.Shown == 1, new(row.Statistic, [.. RememberedSum.Read(row.Statistic, row.Terms, true).Terms.Select(t => new SumTerm(t.Moment, Members(t.Set), t.Less))])))])
        { Handles = handles };

        MemberSet Members(string digest)
        {
            if (sets.TryGetValue(digest, out var known)) return known;
            var units = Units(digest);
            return sets[digest] = new([.. units.Select(unit => Number(unit >> VersionBits))], [.. units.Select(unit => (byte)(unit & ((1 << VersionBits) - 1)))]);
        }

        int Number(int handle)
        {
            if (!numbers.TryGetValue(handle, out var number))
            {
                numbers.Add(handle, number = pupils.Count);
                pupils.Add(identities.GetValueOrDefault(handle, ""));
                handles.Add(handle);
            }
            return number;
        }
    }

    /// <summary>Writes what is about to leave: to remember something that then did not leave harms nobody.</summary>
    public void Keep(string audience, string receiver, string release, IReadOnlyList<(string Cell, RememberedSum Sum)> sums, IReadOnlyList<(int Moment, string Set)> known, string? board = null)
    {
        if (sums.Count == 0 && known.Count == 0 && board is null) return;
        var own = known.GroupBy(k => k.Moment).ToDictionary(k => k.Key, k => k.SelectMany(one => Units(one.Set)).Select(unit => unit >> VersionBits).ToHashSet());
        List<string> fresh = [.. sums.SelectMany(s => s.Sum.Terms.Select(t => t.Set)).Concat(known.Select(k => k.Set)).Distinct().Where(set => !_written.Contains(set))];
        var units = fresh.ConvertAll(Units);
        database.Write(t =>
        {
            WriteSets(t, fresh, units);
            t.Execute("INSERT INTO release_sums (audience, receiver, release, cell, statistic, terms, own, shown) VALUES (@audience, @receiver, @release, @Cell, @Statistic, @Text, @own, @shown) ON CONFLICT DO NOTHING",
                sums.Select(s => new { audience, receiver, release, s.Cell, s.Sum.Statistic, s.Sum.Text, own = IsOwn(s.Sum, own) ? 1 : 0, shown = s.Sum.Shown ? 1 : 0 }));
            t.Execute("INSERT INTO release_known (audience, receiver, moment, digest) VALUES (@audience, @receiver, @Moment, @Set) ON CONFLICT DO NOTHING", known.Select(k => new { audience, receiver, k.Moment, k.Set }));
            if (board is not null) t.Execute("INSERT INTO release_boards (board, receiver) VALUES (@board, @receiver) ON CONFLICT DO NOTHING", new { board, receiver });
        });
        Written(fresh, units);
        _has.Remove((audience, receiver));
        _kept.Add((audience, receiver, board));
        if (board is not null && _boards is not null && _boards.GetValueOrDefault(board, []) is var schools && !schools.Contains(receiver)) _boards[board] = [.. schools.Append(receiver).Order(StringComparer.Ordinal)];
    }

    /// <summary>Writes the sets of sums that more releases are to tell, and says how to name these sums from then on.</summary>
    public IReadOnlyList<string> KeepSets(IReadOnlyList<CellSum> sums, IReadOnlyList<string> pupils)
    {
        var made = sums.Select(sum => Sum(sum, pupils)).ToList();
        List<string> fresh = [.. made.SelectMany(sum => sum.Terms.Select(term => term.Set)).Distinct().Where(set => !_written.Contains(set))];
        var units = fresh.ConvertAll(Units);
        database.Write(t => WriteSets(t, fresh, units));
        Written(fresh, units);
        return [.. made.Select(sum => sum.Text)];
    }

    static void WriteSets(Transaction t, List<string> digests, List<int[]> units)
    {
        using var insert = t.Prepare("INSERT INTO release_sets (digest, units) VALUES (@digest, @units) ON CONFLICT DO NOTHING", "digest", "units");
        foreach (var (digest, set) in digests.Zip(units))
        {
            insert.Parameters["digest"].Value = digest;
            insert.Parameters["units"].Value = Bytes(set);
            insert.ExecuteNonQuery();
        }
    }

    void Written(List<string> digests, List<int[]> units)
    {
        _written.UnionWith(digests);
        foreach (var (digest, set) in digests.Zip(units))
        {
            _pending.Remove(digest);
            Cache(digest, set);
        }
    }

    /// <summary>Whether a sum is over the values that its reader knows alone: it tells nothing.</summary>
    public bool IsOwn(RememberedSum sum, Dictionary<int, HashSet<int>> own) =>
        sum.Terms.All(term => own.TryGetValue(term.Moment, out var mine) && Units(term.Set) is var set && set.Length <= mine.Count << VersionBits && set.All(unit => mine.Contains(unit >> VersionBits)));

    /// <summary>Cuts everybody whose identity begins so and who is not there any more.</summary>
    public void CutAllBut(string prefix, IReadOnlySet<string> present) => database.Write(t =>
        Cut(t, [.. t.Read<string>("SELECT identity FROM release_handles").Where(identity => identity.StartsWith(prefix, StringComparison.Ordinal) && !present.Contains(identity))]));

    /// <summary>Cuts people from their handles; who of them had one.</summary>
    public static IReadOnlyList<string> Cut(Transaction t, IReadOnlyList<string> identities) =>
        [.. identities.Where(identity => t.Execute("DELETE FROM release_handles WHERE identity = @identity", new { identity }) > 0)];

    int[] HandlesOf(IReadOnlyList<string> pupils) => _handles.GetValue(pupils, list =>
    {
        var known = database.Read<(string Identity, int Handle)>("SELECT identity, handle FROM release_handles").ToDictionary(row => row.Identity, row => row.Handle, StringComparer.Ordinal);
        var taken = known.Values.ToHashSet();
        var added = new List<(string Identity, int Handle)>();
        foreach (var identity in list)
        {
            if (known.ContainsKey(identity)) continue;
            int handle;
            do handle = RandomNumberGenerator.GetInt32(Handles); while (!taken.Add(handle));
            known.Add(identity, handle);
            added.Add((identity, handle));
        }
        if (added.Count > 0)
            database.Write(t =>
            {
                using var insert = t.Prepare("INSERT INTO release_handles (identity, handle) VALUES (@identity, @handle)", "identity", "handle");
                foreach (var (identity, handle) in added)
                {
                    insert.Parameters["identity"].Value = identity;
                    insert.Parameters["handle"].Value = (long)handle;
                    insert.ExecuteNonQuery();
                }
            });
        return [.. list.Select(identity => known[identity])];
    });

    void Cache(string digest, int[] units)
    {
        if (_sets.Count >= MostCachedSets) _sets.Clear();
        _sets[digest] = units;
    }

    static byte[] Bytes(int[] units) => BitConverter.IsLittleEndian ? MemoryMarshal.AsBytes<int>(units).ToArray() : throw new PlatformNotSupportedException("Only little-endian machines are supported.");
}
