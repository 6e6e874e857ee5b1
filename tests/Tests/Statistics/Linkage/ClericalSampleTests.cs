using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Tests.Statistics.Linkage;

/// <summary>People judge a sample: what that makes of the error rates, where who is who is known.</summary>
public class ClericalSampleTests
{
    static readonly Lazy<(TestlandFiles Files, LinkageResult Result)> s_country = new(() =>
    {
        var (files, texts) = (TestlandLinkageTests.Country(5, 60, names: false), new Texts());
        return (files, RecordLinker.Link(Files.Set(TestlandLinkageTests.Keys, texts, files.Pupils, TestlandFiles.Columns), Files.Set(TestlandLinkageTests.Keys, texts, files.Register, TestlandFiles.Columns)));
    });

    static IEnumerable<JudgedPair> Judged(int size, ulong seed) => ClericalSample.Draw(s_country.Value.Result, size, seed).Select(p => new JudgedPair(p.Left, p.Right, s_country.Value.Files.IsTrue(p.Left, p.Right)));

    static (double False, double Missed) Truth()
    {
        var (files, result) = s_country.Value;
        var right = result.Links.Count(l => files.IsTrue(l.Left, l.Right));
        return (1 - (double)right / result.Links.Count, 1 - (double)right / files.Partners);
    }

    [Fact]
    public void Without_a_judgement_the_rates_stay_as_told()
    {
        var result = s_country.Value.Result;
        var estimate = ClericalSample.Update(result, []);
        Assert.Equal(result.FalseLinkRate, estimate.FalseLinks.Rate, 1e-4);
        Assert.Equal(result.MissedLinkRate, estimate.MissedLinks.Rate, 2e-3);
        Assert.All(estimate.Strata, s => Assert.Equal(s.Told, s.Now, 1e-9));
    }

    [Fact]
    public void Judgements_bring_the_false_links_near_the_truth_and_narrow_their_interval()
    {
        var (before, truth) = (ClericalSample.Update(s_country.Value.Result, []).FalseLinks, Truth().False);
        var after = Enumerable.Range(1, 20).Select(seed => ClericalSample.Update(s_country.Value.Result, Judged(600, (ulong)seed)).FalseLinks).ToList();
        Assert.Equal(1, after.Average(a => a.Rate) / truth, 0.2);
        Assert.True(after.Count(a => a.Low <= truth && truth <= a.High) >= 17, "the truth lies in 17 of 20 intervals");
        Assert.True(after.Average(a => a.High - a.Low) < before.High - before.Low);
    }

    [Fact]
    public void What_was_judged_to_be_one_person_and_is_no_link_counts_as_missed()
    {
        var result = s_country.Value.Result;
        var (none, all) = (ClericalSample.Update(result, []).MissedLinks.Rate, ClericalSample.Update(result, ClericalSample.Draw(result, 300, 1).Select(p => new JudgedPair(p.Left, p.Right, true))).MissedLinks.Rate);
        Assert.True(all > 1.2 * none, $"{all} against {none}");
    }

    /// <summary>People judge every third pair that waits, or all; what they call one person is linked.</summary>
    [Fact]
    public void A_review_of_what_waits_brings_the_missed_links_nearer_to_the_truth()
    {
        var (files, result) = s_country.Value;
        var waiting = result.Waiting(0.1).ToList();
        ReviewedLinks Reviewed(int every)
        {
            var strata = waiting.Select((w, i) => (w, IsJudged: every > 0 && i % every == 0, IsOne: files.IsTrue(w.Left, w.Right))).GroupBy(x => x.w.Reason == "tie" ? "tie" : x.w.Probability < 0.5 ? "low" : "high");
            return new ReviewedLinks(result.Links.Count, result.Links.Sum(l => l.Probability), result.ExpectedPartners, [.. strata.Select(s => new ReviewedStratum(s.Key, s.Count(), s.Sum(x => x.w.Probability), s.Count(x => x.IsJudged), s.Count(x => x.IsJudged && x.IsOne), s.Count(x => x.IsJudged && x.IsOne)))]);
        }
        double Error(int every)
        {
            var reviewed = Reviewed(every);
            var missed = Truth().Missed * files.Partners - reviewed.Strata.Sum(s => s.Linked);
            return Math.Abs(reviewed.Estimate().MissedLinks.Rate * files.Partners - missed);
        }
        Assert.Equal(result.MissedLinkRate, Reviewed(0).Estimate().MissedLinks.Rate, 1e-6);
        Assert.Equal(result.FalseLinkRate, Reviewed(0).Estimate().FalseLinks.Rate, 1e-9);
        Assert.True(Error(1) < Error(0), $"{Error(0):F1} before, {Error(3):F1} after a third, {Error(1):F1} after all");
        Assert.True(Reviewed(1).Estimate().MissedLinks.Rate < 0.8 * Reviewed(0).Estimate().MissedLinks.Rate);
    }

    [Fact]
    public void The_sample_depends_on_the_seed_and_not_on_the_order_of_rows()
    {
        var files = TestlandLinkageTests.Country(1, 6, names: false);
        // Records that say the same stand for each other.
        static string Says(string[] row) => string.Join('|', row[2..6]);
        string[] Sample(IEnumerable<string[]> pupils, ulong seed)
        {
            var (texts, left) = (new Texts(), pupils.ToArray());
            var result = RecordLinker.Link(Files.Set(TestlandLinkageTests.Keys, texts, left, TestlandFiles.Columns), Files.Set(TestlandLinkageTests.Keys, texts, files.Register, TestlandFiles.Columns));
            return [.. ClericalSample.Draw(result, 40, seed).Select(p => Says(left[p.Left]) + " " + Says(files.Register[p.Right]))];
        }
        Assert.Equal(Sample(files.Pupils, 7), Sample(files.Pupils.Reverse(), 7));
        Assert.NotEqual(Sample(files.Pupils, 7), Sample(files.Pupils, 8));
    }

    [Fact]
    public void Most_of_the_sample_lies_where_most_is_uncertain_and_no_pair_is_in_it_twice()
    {
        var (result, sample) = (s_country.Value.Result, ClericalSample.Draw(s_country.Value.Result, 200, 3));
        Assert.InRange(sample.Count, 190, 230);
        Assert.Equal(sample.Count, sample.Distinct().Count());
        var linked = result.Links.ToDictionary(l => (l.Left, l.Right), l => l.Probability);
        Assert.True(sample.Count(p => linked.GetValueOrDefault((p.Left, p.Right)) > 0.9999) < 40);
    }
}
