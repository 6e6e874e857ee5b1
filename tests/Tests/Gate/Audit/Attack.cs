using System.Collections;
using System.Globalization;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Tests.Gate.Audit;

/// <summary>A released number as an outsider writes it down: the scores that it adds up, and whether it was shown. With every second half-year taken negatively, growth is such a sum as well.</summary>
/// <param name="Name">Where it stands, for a finding.</param>
/// <param name="Statistic">Subject and scale.</param>
/// <param name="Scores">The scores by number.</param>
/// <param name="Shown">Whether its value can be read.</param>
/// <param name="ForAnother">Whether it is hidden for another's sake alone: large enough itself, it may follow for who knows the other.</param>
sealed record Figure(string Name, string Statistic, IReadOnlyList<int> Scores, bool Shown, bool ForAnother = false)
{
    /// <summary>Which of them it takes away.</summary>
    public IReadOnlySet<int> Less { get; init; } = new HashSet<int>();
}

/// <summary>
/// What somebody can compute who has figures and knows some scores beforehand. It shares no code with the Gate: scores that stand alike in every figure are one column, and what follows
/// is decided by exact elimination. At risk is a hidden figure, or all in which two figures differ, or what one has more than the other, or scores that stand alike, when that is over some pupils but
/// fewer than the least.
/// </summary>
static class Attack
{
    /// <summary>What is at risk.</summary>
    /// <param name="figures">Everything that the attacker has, and the hidden cells beside it.</param>
    /// <param name="pupilOf">Whose a score is.</param>
    /// <param name="knows">The scores known beforehand.</param>
    /// <param name="least">Fewer pupils than these may not be told.</param>
    public static List<string> AtRisk(IEnumerable<Figure> figures, IReadOnlyList<int> pupilOf, Func<int, bool> knows, int least) =>
        [.. figures.GroupBy(f => f.Statistic, StringComparer.Ordinal).SelectMany(s => new One(s, pupilOf, knows, least).AtRisk().Select(risk => $"{s.Key}: {risk}"))];

    sealed class One
    {
        readonly List<(string Name, bool Shown, bool Guarded, int[] Scores)> _rows;
        readonly List<(List<int> Rows, HashSet<int> Pupils)> _columns;
        readonly BitArray[] _in, _less;
        readonly BitArray _many;
        readonly int _least;
        readonly List<(int, int)[]> _system = [];
        readonly List<(int Cell, string Name, int Pupils)> _targets = [];
        readonly HashSet<string> _seen = new(StringComparer.Ordinal);

        public One(IEnumerable<Figure> figures, IReadOnlyList<int> pupilOf, Func<int, bool> knows, int least)
        {
            // Figures without what is known; those that are then alike are one, shown when one of them is.
            _rows = [.. figures.Select(f => (f.Name, f.Shown, Guarded: !f.Shown && !f.ForAnother, Scores: Signed(f, knows))).Where(f => f.Scores.Length > 0)
                .GroupBy(f => string.Join(',', f.Scores)).Select(same => same.OrderByDescending(f => f.Shown).ThenByDescending(f => f.Guarded).First())];
            var stands = new SortedDictionary<int, List<int>>();
            foreach (var (r, row) in _rows.Index()) foreach (var score in row.Scores) (stands.TryGetValue(score < 0 ? ~score : score, out var list) ? list : stands[score < 0 ? ~score : score] = []).Add(score < 0 ? ~r : r);
            _columns = [.. stands.GroupBy(s => string.Join(',', s.Value)).Select(alike => (alike.First().Value, alike.Select(s => pupilOf[s.Key]).ToHashSet()))];
            _least = least;
            _in = [.. _rows.Select(_ => new BitArray(_columns.Count))];
            _less = [.. _rows.Select(_ => new BitArray(_columns.Count))];
            foreach (var (c, column) in _columns.Index()) foreach (var r in column.Rows) (_in[r < 0 ? ~r : r][c], _less[r < 0 ? ~r : r][c]) = (true, r < 0);
            _many = new BitArray([.. _columns.Select(c => c.Pupils.Count >= least)]);
        }

        public IEnumerable<string> AtRisk()
        {
            // Cells for the elimination: the columns, then the figures, then what may not follow.
            for (var r = 0; r < _rows.Count; r++) _system.Add([(_columns.Count + _system.Count, 1), .. Of(_in[r]).Select(c => (c, -Sign(r, c)))]);
            foreach (var (c, column) in _columns.Index()) if (!_many[c]) _targets.Add((c, $"scores that stand alike in {column.Rows.Count} figures", column.Pupils.Count));
            for (var a = 0; a < _rows.Count; a++)
            {
                Target(_rows[a].Name, _in[a], c => Sign(a, c), always: _rows[a].Guarded);
                for (var b = 0; b < a; b++)
                {
                    var (more, less) = (With(_in[a]).And(With(_in[b]).Not()), With(_in[b]).And(With(_in[a]).Not()));
                    var against = With(_in[a]).And(_in[b]).And(With(_less[a]).Xor(_less[b]));
                    Target($"{_rows[a].Name} without {_rows[b].Name}", more, c => Sign(a, c));
                    Target($"{_rows[b].Name} without {_rows[a].Name}", less, c => Sign(b, c));
                    Target($"{_rows[a].Name} less {_rows[b].Name}", With(more).Or(less).Or(against), c => Sign(a, c) - Sign(b, c));
                    if (against.HasAnySet()) Target($"{_rows[a].Name} and {_rows[b].Name}", With(more).Or(less).Or(With(_in[a]).And(_in[b]).And(With(against).Not())), c => Sign(a, c) + Sign(b, c));
                }
            }
            var hidden = new bool[_columns.Count + _system.Count];
            Array.Fill(hidden, true);
            for (var r = 0; r < _rows.Count; r++) hidden[_columns.Count + r] = !_rows[r].Shown;
            var follows = Elimination.Recoverable(new CellSystem(new long[hidden.Length], _system), hidden);
            foreach (var (_, name, pupils) in _targets.Where(t => follows[t.Cell])) yield return string.Create(CultureInfo.InvariantCulture, $"{name}, {pupils} pupils");
        }

        /// <summary>How a figure has a column: added, taken away, or not.</summary>
        int Sign(int row, int column) => !_in[row][column] ? 0 : _less[row][column] ? -1 : 1;

        /// <summary>The scores that are not known, negative where they are taken away; a figure and its negative are one.</summary>
        static int[] Signed(Figure figure, Func<int, bool> knows)
        {
            int[] scores = [.. figure.Scores.Where(s => !knows(s)).Order()];
            var turn = scores.Length > 0 && figure.Less.Contains(scores[0]);
            return [.. scores.Select(s => figure.Less.Contains(s) != turn ? ~s : s)];
        }

        void Target(string name, BitArray columns, Func<int, int> times, bool always = false)
        {
            if (!always && With(columns).And(_many).HasAnySet()) return;
            (int Column, int Sign)[] parts = [.. Of(columns).Select(c => (c, -times(c)))];
            var pupils = parts.SelectMany(p => _columns[p.Column].Pupils).Distinct().Count();
            if (pupils == 0 || (pupils >= _least && !always) || !_seen.Add(string.Join(',', parts))) return;
            _targets.Add((_columns.Count + _system.Count, name, pupils));
            _system.Add([(_columns.Count + _system.Count, 1), .. parts]);
        }

        static BitArray With(BitArray bits) => new(bits);

        static IEnumerable<int> Of(BitArray bits) => Enumerable.Range(0, bits.Count).Where(c => bits[c]);
    }

    /// <summary>How wide the interval of each hidden count is for who has the total, the shown parts and the reasons: a small part is under the least, any other hidden part is not.</summary>
    public static IEnumerable<long> Widths(long total, IReadOnlyList<(long Pupils, bool Shown, bool Small)> parts, int least)
    {
        var rest = total - parts.Where(p => p.Shown).Sum(p => p.Pupils);
        var room = parts.Where(p => !p.Shown).Select(p => p.Small ? (From: 0L, To: Math.Min(rest, least - 1L)) : (From: least, To: rest)).ToList();
        foreach (var (from, to) in room)
            yield return Math.Min(to, rest - (room.Sum(r => r.From) - from)) - Math.Max(from, rest - (room.Sum(r => r.To) - to));
    }
}
