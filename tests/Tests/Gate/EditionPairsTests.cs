using System.Globalization;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;
using Groeilijn.Tests.Statistics.Growth;

namespace Groeilijn.Tests.Gate;

/// <summary>
/// Pairs of editions of one table with totals, of which between 1 in 2,000 and 1 in 5 pupils came, went, moved or were corrected. An attacker who shares no code with the Gate has all that was
/// shown of both, exactly, and looks for every hidden cell and everything in which two cells differ.
/// </summary>
public sealed class EditionPairsTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Ten remain without two whom a parent knows.</summary>
    const int Least = 12;

    const int Parts = 4, Groups = 6, Pupils = 900;

    /// <summary>A thousand in the torture run, or as many as are asked for.</summary>
    static readonly int s_pairs = Environment.GetEnvironmentVariable("GROEILIJN_PAIRS") is { } pairs ? int.Parse(pairs, CultureInfo.InvariantCulture) : Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1" ? 1000 : 12;

    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-pairs-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    /// <summary>Where a pupil stands in an edition; part −1 is nowhere.</summary>
    readonly record struct Seat(int Part, int Group, int School, int Version);

    [Fact]
    public void Of_no_pair_of_editions_a_small_difference_can_be_computed()
    {
        using var database = Database.Open(Path.Combine(_folder, "gate.db"), typeof(Outgoing).Assembly);
        var gate = new Outgoing(database, _folder, TimeProvider.System);
        var (shown, alone, told, bands) = (0, 0, 0, new (int Shown, int Alone)[3]);
        for (var pair = 0; pair < s_pairs; pair++)
        {
            var dice = new Dice((ulong)pair + 1);
            var share = Math.Exp(Math.Log(0.0005) + (Math.Log(0.2) - Math.Log(0.0005)) * pair / Math.Max(1, s_pairs - 1));
            var spring = Enumerable.Range(0, Pupils).Select(p => p < Pupils * 9 / 10 ? Sit(dice) : default(Seat) with { Part = -1 }).ToArray();
            var autumn = spring.Select(seat => dice.Unit() < share ? Change(seat, dice) : seat).ToArray();
            var (first, second) = (Release(gate, $"pair-{pair}", "1", spring), Release(gate, $"pair-{pair}", "2", autumn));
            var without = Release(gate, $"alone-{pair}", "2", autumn);
            shown += second.Count(c => c);
            alone += without.Count(c => c);
            ref var band = ref bands[share < 0.01 ? 0 : share < 0.05 ? 1 : 2];
            band = (band.Shown + second.Count(c => c), band.Alone + without.Count(c => c));
            var small = Told(spring, first, autumn, second);
            Assert.True(small == 0, $"pair {pair}: {small} small groups follow");
            told += Told(spring, first, autumn, without);
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s_pairs} pairs: 0 small groups follow; without history {told} would; {shown} of {alone} cells are shown that would be without, by share changed (under 1 %, 1 to 5 %, 5 to 20 %) {string.Join(", ", bands.Select(b => FormattableString.Invariant($"{1 - (double)b.Shown / b.Alone:P0} hidden")))}"));
        // The attacker can find something: without the memory it does.
        Assert.True(told > s_pairs / 5, $"without history {told} small groups follow");
        Assert.True(shown > alone / 3, $"{shown} of {alone} cells are shown");
    }

    static Seat Sit(Dice dice)
    {
        var school = (int)(dice.Unit() * 24);
        return new(school % Parts == 0 && dice.Unit() < 0.7 ? 1 : school % Parts, (int)(dice.Unit() * Groups), school, 0);
    }

    /// <summary>Went, or came, or is elsewhere, or has another score.</summary>
    static Seat Change(Seat seat, Dice dice) => seat.Part < 0 ? Sit(dice) : (int)(dice.Unit() * 3) switch
    {
        0 => seat with { Part = -1 },
        1 => Sit(dice),
        _ => seat with { Version = 1 },
    };

    /// <summary>Cells by group: the parts, then their total. Which were shown.</summary>
    static bool[] Release(Outgoing gate, string project, string id, Seat[] seats)
    {
        var shown = new bool[Groups * (Parts + 1)];
        var cells = Enumerable.Range(0, shown.Length).Select(place =>
        {
            int[] pupils = [.. Enumerable.Range(0, seats.Length).Where(p => IsIn(seats[p], place))];
            var perSchool = pupils.GroupBy(p => seats[p].School).ToDictionary(s => s.Key, s => (long)s.Count());
            return new RawCell([place.ToString(CultureInfo.InvariantCulture)], pupils.Length, perSchool.Count, [1]) { PerSchool = perSchool, Sums = [new("maths", [new(1, new MemberSet(pupils, [.. pupils.Select(p => (byte)seats[p].Version)]))])] };
        }).ToList();
        var totals = Enumerable.Range(0, Groups).Select(g => new CellTotal(g * (Parts + 1) + Parts, [.. Enumerable.Range(g * (Parts + 1), Parts)])).ToList();
        gate.Release(new Leaving(id, Profile.Researcher, project, "2023-2") { Pupils = [.. seats.Select((_, p) => $"p{p}")], Totals = totals }, cells, table =>
        {
            for (var c = 0; c < shown.Length; c++) shown[c] = table.Cells[c].Hidden is null;
            return [new($"{project}-{id}.txt", [1])];
        });
        return shown;
    }

    static bool IsIn(Seat seat, int place) => seat.Part >= 0 && seat.Group == place / (Parts + 1) && (place % (Parts + 1) == Parts || seat.Part == place % (Parts + 1));

    /// <summary>How many small groups follow from what was shown of both editions: the attacker's own elimination, modulo a prime, a column for each pupil and version.</summary>
    static int Told(Seat[] spring, bool[] first, Seat[] autumn, bool[] second)
    {
        var cells = new List<(long[] Values, bool Shown)>();
        foreach (var (seats, shown) in ((Seat[], bool[])[])[(spring, first), (autumn, second)])
            for (var place = 0; place < shown.Length; place++)
            {
                var values = new long[2 * Pupils];
                for (var p = 0; p < Pupils; p++) if (IsIn(seats[p], place)) values[2 * p + seats[p].Version] = 1;
                cells.Add((values, shown[place]));
            }
        // Columns that are alike in every cell are one, with the people in it.
        var alike = Enumerable.Range(0, 2 * Pupils).Where(i => cells.Exists(c => c.Values[i] != 0)).GroupBy(i => string.Concat(cells.Select(c => c.Values[i]))).Select(same => (First: same.First(), People: same.Select(i => i / 2).ToHashSet())).ToArray();
        var rows = cells.ConvertAll(c => (Values: Array.ConvertAll(alike, column => c.Values[column.First]), c.Shown));
        var basis = new List<(int Pivot, long[] Values)>();
        foreach (var row in rows.Where(r => r.Shown))
            if (Reduced(row.Values, basis) is var rest && Array.FindIndex(rest, v => v != 0) is >= 0 and var pivot)
                basis.Add((pivot, Times(rest, Inverse(rest[pivot]))));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var told = 0;
        foreach (var one in rows.Select(r => r.Values))
            foreach (var other in rows.Select(r => r.Values).Append(new long[alike.Length]))
                foreach (var signs in (bool[])[false, true])
                {
                    // All in which two cells differ, or what one has more than the other; a cell beside nothing is itself.
                    long[] group = [.. one.Zip(other, (a, b) => signs ? (a - b + Prime) % Prime : a > b ? 1 : 0)];
                    if (group.Zip(alike).Any(c => c.First != 0 && c.Second.People.Count >= Least)) continue;
                    var people = group.Zip(alike).Where(c => c.First != 0).SelectMany(c => c.Second.People).Distinct().Count();
                    if (people is > 0 and < Least && seen.Add(string.Join(',', group)) && Array.TrueForAll(Reduced(group, basis), v => v == 0)) told++;
                }
        return told;
    }

    const long Prime = 2147483629;

    static long[] Reduced(long[] values, List<(int Pivot, long[] Values)> basis)
    {
        var rest = (long[])values.Clone();
        foreach (var (pivot, row) in basis)
            if (rest[pivot] is not 0 and var factor)
                for (var i = 0; i < rest.Length; i++) rest[i] = (rest[i] + (Prime - factor) * row[i]) % Prime;
        return rest;
    }

    static long[] Times(long[] values, long factor) => [.. values.Select(v => v * factor % Prime)];

    static long Inverse(long value)
    {
        var (result, power) = (1L, Prime - 2);
        for (var square = value; power > 0; power >>= 1, square = square * square % Prime) if ((power & 1) == 1) result = result * square % Prime;
        return result;
    }
}
