namespace Groeilijn.Statistics.Linkage;

/// <summary>A pair for a person to judge, who is not told how likely it is.</summary>
/// <param name="Left">Place of the record in the first file, from 0.</param>
/// <param name="Right">Place of the record in the second file.</param>
public readonly record struct SampledPair(int Left, int Right);

/// <summary>What a person said of a sampled pair.</summary>
/// <param name="Left">Place of the record in the first file, from 0.</param>
/// <param name="Right">Place of the record in the second file.</param>
/// <param name="IsOne">Whether the two are one person.</param>
public readonly record struct JudgedPair(int Left, int Right, bool IsOne);

/// <summary>A stratum before and after judging.</summary>
/// <param name="Stratum">Such as <c>linked from 0.9 to 0.99</c>.</param>
/// <param name="Pairs">How many pairs it has.</param>
/// <param name="Judged">How many of them were judged.</param>
/// <param name="One">Of those, one person.</param>
/// <param name="Told">The share that is one person, from the probabilities.</param>
/// <param name="Now">The same after judging: the mean of the posterior.</param>
public readonly record struct JudgedStratum(string Stratum, int Pairs, int Judged, int One, double Told, double Now);

/// <summary>The error rates after judging.</summary>
/// <param name="FalseLinks">The share of links that is false.</param>
/// <param name="MissedLinks">The share of true partners that is no link. Those that no rule saw, and those too unlikely to be sampled, count as the model tells them.</param>
/// <param name="Strata">What was judged.</param>
public sealed record ClericalEstimate(RateEstimate FalseLinks, RateEstimate MissedLinks, IReadOnlyList<JudgedStratum> Strata);

/// <summary>
/// A sample of pairs for people to judge, and what their judgement makes of the error rates. Pairs are stratified by fate and probability; a stratum gets more of the
/// sample the more of its pairs may turn out otherwise (Neyman's allocation by the probabilities). Pairs are chosen by what their records say and a seed, so that
/// neither the order of rows nor anybody's choice can matter, and shown in no order of likelihood. In each stratum the share of one person has a beta distribution,
/// at first as told, worth <see cref="Prior"/> judged pairs.
/// </summary>
public static class ClericalSample
{
    /// <summary>The told share counts as so many judged pairs, so that a few judgements outweigh it.</summary>
    public const double Prior = 2;

    /// <summary>Less likely than this no pair is shown: thousands would have to be judged to learn anything.</summary>
    public const double Least = 0.02;

    const int LeastOfStratum = 3;
    static readonly double[] s_bounds = [Least, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999];

    /// <summary>Draws about so many pairs.</summary>
    /// <param name="result">A one-to-one linking.</param>
    /// <param name="size">How many pairs people can judge, at least 1.</param>
    /// <param name="seed">Another seed is another sample.</param>
    public static IReadOnlyList<SampledPair> Draw(LinkageResult result, int size, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var strata = Strata(result);
        var need = strata.ConvertAll(s => s.Pairs.Length * Math.Sqrt(Math.Max(1e-6, s.Told * (1 - s.Told))));
        var all = need.Sum();
        var chosen = strata.SelectMany((s, k) => s.Pairs.Select(i => (Order: Order(result, i, seed), Place: i)).OrderBy(x => x.Order).Take(Math.Max(LeastOfStratum, (int)Math.Round(Steady(size * need[k] / all)))));
        return [.. chosen.OrderBy(c => Bits.Mix(c.Order)).Select(c => Pair(result, c.Place)).Select(p => new SampledPair(p.Left, p.Right))];
    }

    /// <summary>The error rates, given what people said. Pairs that are in no stratum are passed over.</summary>
    public static ClericalEstimate Update(LinkageResult result, IEnumerable<JudgedPair> judged)
    {
        ArgumentNullException.ThrowIfNull(result);
        var said = judged.DistinctBy(j => (j.Left, j.Right)).ToDictionary(j => (j.Left, j.Right), j => j.IsOne);
        var (wrong, missed, strata, seen, told) = ((Mean: 0.0, Variance: 0.0), (Mean: 0.0, Variance: 0.0), new List<JudgedStratum>(), 0.0, 0.0);
        foreach (var stratum in Strata(result))
        {
            var answers = stratum.Pairs.Select(i => Pair(result, i)).Where(said.ContainsKey).Select(p => said[p]).ToArray();
            var one = answers.Count(is1 => is1);
            var (now, rest) = (BetaShare.Of(stratum.Told, answers.Length, one), stratum.Pairs.Length - answers.Length);
            var (mean, variance) = now.Among(rest);
            if (stratum.Linked) wrong = (wrong.Mean + answers.Length - one + rest - mean, wrong.Variance + variance);
            else missed = (missed.Mean + one + mean, missed.Variance + variance);
            (seen, told) = (seen + one + mean, told + stratum.Told * stratum.Pairs.Length);
            strata.Add(new JudgedStratum(stratum.Name, stratum.Pairs.Length, answers.Length, one, stratum.Told, now.Mean));
        }
        var unseen = Math.Max(0, result.ExpectedPartners - told);
        return new ClericalEstimate(RateEstimate.Of(wrong, 0, result.Links.Count), RateEstimate.Of(missed, unseen, seen + unseen), strata);
    }

    sealed record Stratum(string Name, bool Linked, int[] Pairs, double Told);

    /// <summary>Strata that hold a pair, linked ones first; places are those of candidates.</summary>
    static List<Stratum> Strata(LinkageResult result)
    {
        var (decision, strata) = (result.Decision, new List<Stratum>());
        foreach (var linked in (ReadOnlySpan<bool>)[true, false])
            for (var b = linked ? -1 : 0; b < s_bounds.Length; b++)
            {
                var (low, high) = (b < 0 ? 0 : s_bounds[b], b + 1 < s_bounds.Length ? s_bounds[b + 1] : 1.01);
                var pairs = Enumerable.Range(0, decision.Candidates.Length).Where(i => decision.Fate[i] == Fate.Linked == linked && Steady(decision.Probability[i]) >= low && Steady(decision.Probability[i]) < high).ToArray();
                if (pairs.Length > 0) strata.Add(new Stratum(FormattableString.Invariant($"{(linked ? "linked" : "not linked")} from {low:0.####} to {Math.Min(1, high):0.####}"), linked, pairs, pairs.Average(i => decision.Probability[i])));
            }
        return strata;
    }

    /// <summary>Another order of rows adds up in another order: the last digits differ, and must decide nothing.</summary>
    static double Steady(double value) => Math.Round(value, 9);

    static (int Left, int Right) Pair(LinkageResult result, int candidate) => result.Sides(result.Decision.Candidates[candidate]);

    static ulong Order(LinkageResult result, int candidate, ulong seed)
    {
        var (left, right) = Pair(result, candidate);
        return Bits.Mix(unchecked(Bits.Mix(result.Left.ContentHash(left) + seed) + 0x9E3779B97F4A7C15UL * result.Right.ContentHash(right)));
    }
}
