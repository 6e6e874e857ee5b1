using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Tests.Statistics.Linkage;

/// <summary>Who competes for a record is decided together.</summary>
public class CompetitionTests
{
    [Fact]
    public void Probabilities_and_the_best_way_are_those_of_all_ways_written_out()
    {
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var rivals = Random(seed, rows: 1 + (int)(seed % 4), columns: 1 + (int)(seed / 4 % 4));
            var (expected, best) = WrittenOut(rivals);
            var (probability, chosen) = Decided(rivals);
            for (var e = 0; e < rivals.Length; e++) Assert.Equal(expected[e], probability[e], 1e-9);
            Assert.Equal(best, Weight(rivals, chosen), best * 1e-9);
        }
    }

    [Fact]
    public void Beyond_ten_on_a_side_the_assignment_is_still_the_best_and_probabilities_of_a_chain_are_exact()
    {
        // A chain of thirteen rows and thirteen columns: no ring, so that belief propagation is exact.
        var chain = Enumerable.Range(0, 13).SelectMany(i => new[] { new Rival(i, i, 1.5 + i % 3), new Rival(Math.Min(12, i + 1), i, 0.7 + i % 2) }).DistinctBy(r => (r.Row, r.Column)).ToArray();
        var (expected, best) = WrittenOut(chain);
        var (probability, chosen) = Decided(chain);
        for (var e = 0; e < chain.Length; e++) Assert.Equal(expected[e], probability[e], 1e-6);
        Assert.Equal(best, Weight(chain, chosen), best * 1e-9);
    }

    [Fact]
    public void Two_that_fit_alike_share_the_probability()
    {
        var (probability, _) = Decided([new Rival(0, 0, 1000), new Rival(0, 1, 1000)]);
        Assert.Equal([0.49975, 0.49975], probability.Select(p => Math.Round(p, 5)));
    }

    /// <summary>Two candidates of a record are equally good, and all ways together make one the likelier: it is taken, in whatever order they come.</summary>
    [Fact]
    public void Of_ways_that_are_equally_good_the_likelier_pairs_are_taken_in_any_order()
    {
        Rival[] rivals = [new(0, 0, 300), new(0, 1, 300), new(1, 0, 1.3), new(2, 1, 1.3), new(3, 1, 0.4)];
        for (var turn = 0; turn < rivals.Length; turn++)
        {
            Rival[] turned = [.. rivals.Skip(turn).Concat(rivals.Take(turn))];
            foreach (var order in new[] { turned, [.. turned.Reverse()] })
            {
                var (probability, chosen) = Decided(order);
                var (one, other) = (Array.IndexOf(order, new Rival(0, 0, 300)), Array.IndexOf(order, new Rival(0, 1, 300)));
                Assert.NotEqual(probability[one], probability[other], 0.01);
                Assert.Equal(probability[one] > probability[other], chosen[one]);
                Assert.Equal(probability[one] < probability[other], chosen[other]);
            }
        }
    }

    static Rival[] Random(ulong seed, int rows, int columns)
    {
        var state = seed * 977;
        var rivals = new List<Rival>();
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++)
            {
                state = Bits.Mix(state + 0x9E37);
                if (state % 5 != 0 || (r == 0 && c == 0)) rivals.Add(new Rival(r, c, Math.Exp(state % 1000 / 100.0 - 4)));
            }
        return [.. rivals];
    }

    static (double[] Probability, bool[] Chosen) Decided(Rival[] rivals)
    {
        var (probability, chosen) = (new double[rivals.Length], new bool[rivals.Length]);
        Competition.Decide(rivals, probability, chosen);
        return (probability, chosen);
    }

    static double Weight(Rival[] rivals, bool[] chosen)
    {
        var taken = rivals.Where((_, e) => chosen[e]).ToArray();
        Assert.Equal(taken.Length, taken.DistinctBy(r => r.Row).Count());
        Assert.Equal(taken.Length, taken.DistinctBy(r => r.Column).Count());
        return taken.Aggregate(1.0, (product, r) => product * r.Odds);
    }

    static (double[] Probability, double Best) WrittenOut(Rival[] rivals)
    {
        var (sums, total, best) = (new double[rivals.Length], 0.0, 0.0);
        void Go(int e, HashSet<int> rows, HashSet<int> columns, List<int> taken, double weight)
        {
            if (e == rivals.Length)
            {
                total += weight;
                best = Math.Max(best, weight);
                foreach (var t in taken) sums[t] += weight;
                return;
            }
            Go(e + 1, rows, columns, taken, weight);
            if (rows.Contains(rivals[e].Row) || columns.Contains(rivals[e].Column)) return;
            Go(e + 1, [.. rows, rivals[e].Row], [.. columns, rivals[e].Column], [.. taken, e], weight * rivals[e].Odds);
        }
        Go(0, [], [], [], 1);
        return ([.. sums.Select(s => s / total)], best);
    }
}
