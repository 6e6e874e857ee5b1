using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>
/// What may leave, and why the rest may not. In order: the profile's rule for each cell by itself; groups whose members the receiver could find; hidden cells that a total
/// would give away; and everything beside what its reader has already. Each cell that is hidden anew is kept from being computed in turn, until nothing changes.
/// </summary>
sealed class Judgement
{
    readonly Leaving _leaving;
    readonly IReadOnlyList<RawCell> _raw;
    readonly RememberedSum[][] _sums;
    readonly (int Moment, string Set)[] _known;
    readonly (SchoolReader Reader, (int Moment, string Set)[] Knows)[] _readers;
    readonly PendingSets _pending;
    readonly int _judgedAt;

    Judgement(ReleaseMemory memory, Leaving leaving, IReadOnlyList<RawCell> raw)
    {
        (_leaving, _raw, _pending, _judgedAt) = (leaving, raw, memory.Begin(), memory.Kept.Count);
        Cells = leaving.Profile.Rule.Protect(raw).ToArray();
        // Cells of one report share sums: each is put in handles once.
        var made = new Dictionary<CellSum, RememberedSum>(ReferenceEqualityComparer.Instance);
        _sums = leaving.Pupils is { } pupils ? [.. raw.Select(cell => cell.Sums.Select(sum => made.TryGetValue(sum, out var one) ? one : made[sum] = memory.Sum(sum, pupils)).Where(sum => sum.Terms.Count > 0).ToArray())] : [];
        _known = leaving.Pupils is { } all ? Digests(leaving.Known, all) : [];
        _readers = leaving.Pupils is { } them ? [.. leaving.Readers.Select(reader => (reader, Digests(reader.Knows, them)))] : [];

        (int, string)[] Digests(IReadOnlyList<SumTerm> terms, IReadOnlyList<string> of) => [.. terms.Select(term => (term.Moment, memory.Digest(term.Members, of)))];
    }

    /// <summary>The cells after protection.</summary>
    public ProtectedCell[] Cells { get; }

    /// <summary>The codes of the cells that are unsafe given history.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Unsafe => [.. Cells.Where(cell => cell.Hidden == HiddenBecause.History).Select(cell => cell.Codes)];

    /// <summary>Whether history leaves nothing to show.</summary>
    public bool Held => Unsafe.Count > 0 && Cells.All(cell => cell.Hidden is not null);

    public static Judgement Of(ReleaseMemory memory, HistoryAudit audit, Leaving leaving, IReadOnlyList<RawCell> cells)
    {
        var judged = new Judgement(memory, leaving, cells);
        foreach (var place in UnseenGroups.Telling(cells, leaving.Earlier, place => judged.Cells[place].Hidden is null).ToList()) judged.Hide(place, HiddenBecause.Members);
        foreach (var place in UnseenGroups.TellingLevels(cells, leaving.EarlierLevels, place => judged.Cells[place].Hidden is null).ToList()) judged.Hide(place, HiddenBecause.Members);
        var released = judged.Released(memory);
        do judged.KeepTotals(released);
        while (judged.Beside(memory, audit));
        return judged;
    }

    /// <summary>Remembers what is about to leave.</summary>
    /// <exception cref="InvalidOperationException">Something left since it was judged that it should have been judged beside.</exception>
    public void Keep(ReleaseMemory memory)
    {
        if (memory.Kept.Skip(_judgedAt).Any(left => IsBeside(memory, left.Audience, left.Receiver))) throw new InvalidOperationException("What a reader has grew since this was judged; it must be judged again.");
        memory.Resume(_pending);
        // Many cells of a report tell the same sums: each is written once, at its first place.
        List<(string, RememberedSum)> sums = [.. Sums().DistinctBy(s => (s.Sum.Statistic, s.Sum.Text, s.Sum.Shown)).Select(s => (Code(s.Cell), s.Sum))];
        memory.Keep(_leaving.Profile.Audience, Receiver, _leaving.Id, sums, _known, _leaving.Readers.FirstOrDefault(reader => _leaving.Profile == Profile.School && reader.Schools.Contains(Receiver))?.Board);
    }

    /// <summary>Whether what somebody got is judged beside this one: what is public beside all and all beside it, one's own, and of schools what a reader of both has.</summary>
    bool IsBeside(ReleaseMemory memory, string audience, string receiver) =>
        audience == Profile.Public.Audience || _leaving.Profile == Profile.Public || (audience == _leaving.Profile.Audience && (receiver == Receiver
            || (_leaving.Profile == Profile.School && SharedReaders(memory, _leaving.Readers).Any(schools => schools.Contains(Receiver) && schools.Contains(receiver)))));

    /// <summary>The schools of each board, now and when they got something.</summary>
    public static IEnumerable<HashSet<string>> SharedReaders(ReleaseMemory memory, IReadOnlyList<SchoolReader> readers)
    {
        var boards = readers.Where(reader => reader.Board is not null).ToLookup(reader => reader.Board!, reader => reader.Schools, StringComparer.Ordinal);
        return boards.Select(board => board.Key).Union(memory.Boards.Keys).Select(board => boards[board].SelectMany(schools => schools).Concat(memory.Boards.GetValueOrDefault(board, [])).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>To whom it goes: one school, one project, or everybody.</summary>
    string Receiver => _leaving.Profile == Profile.Public ? "" : _leaving.Subject;

    /// <summary>Hides what would give a hidden cell away by subtraction. What its reader has already protects nothing.</summary>
    void KeepTotals(bool[] released)
    {
        foreach (var place in KeptTotals.Complement(_leaving.Profile.Rule, _raw, _leaving.Totals, [.. Cells.Select(cell => cell.Hidden is not null)], released)) Hide(place, HiddenBecause.Complement);
    }

    /// <summary>
    /// Which cells the reader has. Of several with one and the same sum (a total of a single part) it is the one that left, so that made again the same ones are shown.
    /// </summary>
    bool[] Released(ReleaseMemory memory)
    {
        if (_sums.Length == 0) return new bool[Cells.Length];
        var shown = memory.Has(_leaving.Profile.Audience, [Receiver]).Where(sum => sum.Shown).ToLookup(sum => (sum.Statistic, sum.Text), sum => sum.Cell);
        var places = _sums.Index().SelectMany(cell => cell.Item.Select(sum => ((sum.Statistic, sum.Text), Code: Code(cell.Index)))).ToLookup(p => p.Item1, p => p.Code);
        return [.. Enumerable.Range(0, Cells.Length).Select(cell => _sums[cell].Length > 0 && _sums[cell].All(sum => Had((sum.Statistic, sum.Text), Code(cell))))];

        bool Had((string, string) sum, string code) => shown[sum].Any(left => left == code || !places[sum].Contains(left));
    }

    string Code(int cell) => string.Join('|', _raw[cell].Codes);

    /// <summary>Hides what is unsafe beside what each reader has; whether anything was.</summary>
    bool Beside(ReleaseMemory memory, HistoryAudit audit)
    {
        var (sums, any) = (Sums().ToList(), false);
        if (!sums.Exists(s => s.Sum.Shown)) return false;
        // What is hidden for another cell's sake alone may follow for who knows that other cell anyway.
        var others = sums.FindAll(s => Cells[s.Cell].Hidden is not (HiddenBecause.Complement or HiddenBecause.Together));
        foreach (var ((has, knows), first) in Readers(memory).Select((reader, i) => (reader, i == 0)))
        {
            var judged = first ? sums : others;
            foreach (var place in audit.Refused(has, judged.ConvertAll(s => s.Sum), knows, _leaving.Profile.Rule.Least))
            {
                Hide(judged[place].Cell, HiddenBecause.History);
                any = true;
            }
        }
        return any;
    }

    /// <summary>
    /// Who reads it: the receiver; its board, that has what all its schools have and knows what they know; and of what is public also every school and every board. That any of them may be a parent too, and
    /// know two children more, is in the rule's least count.
    /// </summary>
    IEnumerable<(IReadOnlyList<RememberedSum> Has, IReadOnlyList<(int, string)> Knows)> Readers(ReleaseMemory memory)
    {
        var (audience, school, seen) = (_leaving.Profile.Audience, Profile.School.Audience, new HashSet<string>(StringComparer.Ordinal));
        yield return (memory.Has(audience, [Receiver]), [.. memory.Knows(audience, [Receiver]), .. _known]);
        var earlier = memory.Boards;
        foreach (var (reader, knows) in _readers)
        {
            string[] schools = [.. reader.Schools.Concat(reader.Board is { } board ? earlier.GetValueOrDefault(board, []) : []).Distinct().Order(StringComparer.Ordinal)];
            if (seen.Add(string.Join(',', schools))) yield return (memory.Has(school, schools), [.. memory.Knows(school, schools), .. knows, .. _known]);
        }
        // Who is not named any more still has what it got: a board that a school left, a school that takes part no longer.
        // A single school is a reader of its own report alone, and of what is public.
        foreach (var schools in _leaving.Profile == Profile.Public ? earlier.Values.Concat(memory.Receivers.Where(r => r.Audience == school).Select(r => (IReadOnlyList<string>)[r.Receiver])) : earlier.Values)
            if ((_leaving.Profile == Profile.Public || (_leaving.Profile == Profile.School && schools.Count > 1 && schools.Contains(Receiver))) && seen.Add(string.Join(',', schools)))
                yield return (memory.Has(school, schools), [.. memory.Knows(school, schools), .. _known]);
        if (_leaving.Profile == Profile.Public) foreach (var (of, receiver) in memory.Receivers) if (of != school) yield return (memory.Has(of, [receiver]), memory.Knows(of, [receiver]));
    }

    /// <summary>What is shown, and what is hidden and may not follow: not even what was hidden to protect another, for it may differ little from what was shown before.</summary>
    IEnumerable<(int Cell, RememberedSum Sum)> Sums() =>
        from cell in Enumerable.Range(0, _sums.Length)
        let hidden = Cells[cell].Hidden
        from sum in _sums[cell]
        select (cell, sum with { Shown = hidden is null });

    void Hide(int place, HiddenBecause reason) => Cells[place] = Cells[place].HiddenFor(reason);
}
