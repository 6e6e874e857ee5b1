using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Tests.Office;

/// <summary>Twins without a number wait for two people, and for nobody longer than 28 days.</summary>
public sealed class LinkingReviewTests : IDisposable
{
    static readonly Edition s_next = Edition.Parse("2024-1").Value;
    static readonly Child s_anna = Child.Of(1), s_twin = Child.Of(1) with { Key = "p000900", Bsn = Child.BsnOf(900) };

    readonly SmallOffice _office = new();
    readonly IdentityKey _key;

    public LinkingReviewTests()
    {
        _office.Register([.. Enumerable.Range(1, 30).Select(Child.Of), s_twin]);
        _office.Open();
        Assert.True(_office.Deliver(_office.School("99AA00"), [.. Enumerable.Range(2, 20).Select(n => SmallOffice.Grown(Child.Of(n), 4, n)), SmallOffice.Grown(s_anna with { Bsn = null }, 4, 77)]).Ok);
        Assert.Equal(new LinkCounts(21, 20, 0, 1, 0, 0), _office.Link().Value!.Counts);
        _key = Key(SmallOffice.E23);
    }

    public void Dispose()
    {
        _key.Dispose();
        _office.Dispose();
    }

    IdentityKey Key(Edition edition) => LinkingRun.Key(_office.Home, edition, File.ReadAllBytes(Rounds.ShareFile(_office.Home, edition, 1)), File.ReadAllBytes(Rounds.ShareFile(_office.Home, edition, 2))).Value!;

    ReviewSession Session(string name) => ReviewSession.Start(_office.Home, SmallOffice.E23, _key, name).Value!;

    /// <summary>Judges every pair as the one with this number would be judged: link with it, not with another.</summary>
    ReviewSettled Judge(string name, params ReadOnlySpan<Verdict> verdicts)
    {
        var session = Session(name);
        foreach (var verdict in verdicts) Assert.True(session.Judge(session.NextPlace(), verdict));
        return session.End();
    }

    ReviewStatus Status => Reviews.Status(_office.Home, SmallOffice.E23)!;

    int Results => Cohort.Rows(_office.Home).Count;

    [Fact]
    public void What_both_link_goes_to_the_cohort_with_its_counts_and_ends_the_review()
    {
        Assert.Equal((1, 2, 40), (Status.Pupils, Status.Pairs, Results));
        Assert.False(Judge("Eva", Verdict.Link, Verdict.Not).Ended);
        Assert.Equal(40, Results);
        Assert.Equal(new ReviewSettled(1, 0, 2, true), Judge("Fatima", Verdict.Link, Verdict.Unsure));
        Assert.Equal(42, Results);
        Assert.Equal(new LinkCounts(21, 20, 0, 0, 0, 0, ByReview: 1), LinkStore.Deliveries(_office.Home, SmallOffice.E23)[0].Counts);
        Assert.Equal((RoundState.Reviewed, ReviewEnd.Judged), (Rounds.Find(_office.Home, SmallOffice.E23)!.State, Status.Ended!.Value));
        Assert.True(_office.Destroy().Ok);
        Assert.True(DestructionCertificate.TryRead(_office.Destroy().Value!.Certificate, out var certificate, out _));
        Assert.Equal((21, 21), (certificate.Counts.Records, certificate.Counts.Linked));
    }

    [Fact]
    public void What_both_say_of_a_pair_updates_what_is_thought_of_the_links_and_doubt_does_not()
    {
        ReviewedLinks Reviewed() => ReviewLabels.Of(_office.Home, SmallOffice.E23)!;
        Assert.Equal(("tie", 2, 0, 0, 20), (Reviewed().Strata.Single().Stratum, Reviewed().Strata.Single().Pairs, Reviewed().Judged, Reviewed().Strata.Single().Linked, Reviewed().Links));
        var before = Reviewed().Estimate();
        Judge("Eva", Verdict.Link, Verdict.Not);
        Judge("Fatima", Verdict.Link, Verdict.Unsure);
        Assert.Equal((1, 1, 1), Reviewed().Strata.Select(s => (s.Judged, s.One, s.Linked)).Single());
        var after = Reviewed().Estimate();
        Assert.True(after.MissedLinks.Rate < before.MissedLinks.Rate, $"{after.MissedLinks} after {before.MissedLinks}");
        Assert.Equal(0.5 * 1, after.Strata.Single().Told, 0.05);
        Assert.InRange(after.Strata.Single().Now, 0.6, 0.7); // Beta of one and one, and one judged to be one person
        _office.Home.Sequence();
        var settled = _office.Home.Ledger.Entries().Select(e => LedgerEntry.TryRead(e, out var entry, out _) ? entry : null).Last(e => e is { Room: "review", Step: "settled" })!;
        Assert.Contains(settled.Facts, fact => fact.Name == "judged" && fact.ToString().Contains('1', StringComparison.Ordinal));
    }

    [Fact]
    public void What_one_links_and_the_other_does_not_is_not_linked_and_not_both_of_two()
    {
        Judge("Eva", Verdict.Link, Verdict.Link);
        var settled = Judge("Fatima", Verdict.Link, Verdict.Not);
        Assert.Equal(new ReviewSettled(0, 0, 0, true), settled);
        Assert.Equal(40, Results);
    }

    [Fact]
    public void One_person_is_not_the_second_too_and_a_third_is_refused()
    {
        Judge("Eva", Verdict.Link);
        Assert.Equal(1, Session("eva ").Turn);
        Assert.Equal(2, Session("Fatima").Turn);
        Assert.Equal("two-reviewers", ReviewSession.Start(_office.Home, SmallOffice.E23, _key, "Gerrit").Refusal!.Code);
    }

    [Fact]
    public void A_verdict_holds_after_a_crash_and_the_last_can_be_taken_back_in_its_session()
    {
        var session = Session("Eva");
        Assert.False(session.CanUndo);
        Assert.True(session.Judge(0, Verdict.Link));
        Assert.False(session.Judge(0, Verdict.Not)); // a form sent twice
        Assert.Equal(Verdict.Link, session.Last!.Value.Verdict);
        Assert.True(session.Undo());
        Assert.True(session.Judge(0, Verdict.Not));
        _office.Reopen();
        var again = Session("Eva");
        Assert.Equal((1, 2), (again.Judged, again.Pairs));
        Assert.False(again.Undo());
    }

    [Fact]
    public void The_second_does_not_see_the_first_and_nobody_a_whole_value()
    {
        Judge("Eva", Verdict.Link, Verdict.Not);
        var fields = Session("Fatima").Next()!;
        Assert.Equal(["number", "born", "sex", "postcode", "house"], fields.Select(f => f.Name));
        Assert.All(fields.Skip(1), f => Assert.True(f.Same && f.School.All(c => c == '•'), f.Name));
        Assert.Equal(("", new string('•', 9)), (fields[0].School, fields[0].Register));
    }

    [Theory]
    [InlineData("123456782", "123456782", "•••••••••", "•••••••••", "")]
    [InlineData("123456782", "123456872", "••••••78•", "••••••87•", "7,8")]
    [InlineData("12345678", "123456782", "••••••••", "••••••••2", "9")]
    [InlineData("2014-03-09", "2014-09-03", "••••••3••9", "••••••9••3", "7,10")]
    [InlineData("", "m", "", "•", "")]
    public void Characters_that_agree_are_masked_and_those_that_differ_have_a_place(string school, string register, string shown, string beside, string places)
    {
        var field = ComparedField.Of("x", school, register);
        Assert.Equal((shown, beside, places), (field.School, field.Register, string.Join(',', field.Places)));
        Assert.Equal(school == register, field.Same);
    }

    [Fact]
    public void Nothing_is_destroyed_before_the_review_ended_its_days_are_over_or_two_people_gave_it_up()
    {
        Assert.Equal("review", _office.Destroy().Refusal!.Code);
        Session("Eva");
        Assert.Equal(("review", RoundState.Reviewing), (_office.Destroy().Refusal!.Code, Rounds.Find(_office.Home, SmallOffice.E23)!.State));
        _office.Clock.Now += TimeSpan.FromDays(Reviews.Days);
        Assert.Equal("review-over", ReviewSession.Start(_office.Home, SmallOffice.E23, _key, "Eva").Refusal!.Code);
        Assert.True(_office.Destroy().Ok);
        Assert.Equal((ReviewEnd.Deadline, 40), (Status.Ended!.Value, Results));
        Assert.Empty(Directory.GetFiles(_office.Home.At("review")));
    }

    [Fact]
    public void Giving_up_what_waits_is_recorded_and_its_sealed_files_go_with_the_round()
    {
        Assert.Single(Directory.GetFiles(_office.Home.At("review")));
        Assert.True(Destruction.Run(_office.Home, SmallOffice.E23, "Carla Derde", "Dirk Vierde", withoutReview: true).Ok);
        Assert.Empty(Directory.GetFiles(_office.Home.At("review")));
        _office.Home.Sequence();
        var ended = _office.Home.Ledger.Entries().Select(e => LedgerEntry.TryRead(e, out var entry, out _) ? entry : null).Single(e => e is { Room: "review", Step: "ended" });
        Assert.Contains(ended!.Facts, fact => fact is { Name: "how" } && fact.ToString().Contains("without-review", StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_of_the_review_cannot_be_opened_with_another_key_and_holds_no_identifier()
    {
        var file = Directory.GetFiles(_office.Home.At("review"))[0];
        using var other = IdentityKey.Generate();
        Assert.False(Envelope.Open(File.ReadAllBytes(file), other).Ok);
        using var opened = Envelope.Open(File.ReadAllBytes(file), _key);
        var text = System.Text.Encoding.UTF8.GetString(opened.Content!);
        Assert.All(new[] { s_anna.Bsn!, s_twin.Bsn!, s_anna.Born, s_anna.Postcode }, value => Assert.DoesNotContain(value, text, StringComparison.Ordinal));
    }

    // ---- earlier links ----

    [Fact]
    public void A_link_that_would_change_an_earlier_one_is_proposed_and_two_people_correct_it()
    {
        var rin = Cohort.Rows(_office.Home).Where(r => r.ScoreTenths == 1507).Select(r => r.Rin).Distinct().Single();
        var settled = Changed(keepNew: true, out var after);
        Assert.Equal((1, 1), (settled.Linked, settled.Corrected));
        Assert.NotEqual(rin, after);
        Assert.DoesNotContain(Cohort.Rows(_office.Home), r => r.Rin == rin);
        Assert.Equal(3, Cohort.Rows(_office.Home).Count(r => r.Rin == after));
        Assert.Contains(Cohort.Rows(_office.Home, SmallOffice.E23), r => r.Rin == rin); // as it was after that round
    }

    [Fact]
    public void Or_they_keep_the_earlier_link_and_the_new_result_goes_there()
    {
        var rin = Cohort.Rows(_office.Home).Where(r => r.ScoreTenths == 1507).Select(r => r.Rin).Distinct().Single();
        var settled = Changed(keepNew: false, out var after);
        Assert.Equal((1, 0, rin), (settled.Linked, settled.Corrected, after));
        Assert.Equal(3, Cohort.Rows(_office.Home).Count(r => r.Rin == rin));
    }

    /// <summary>The school gives child 7's results the number and address of child 25, who was nowhere before; a new result comes along.</summary>
    ReviewSettled Changed(bool keepNew, out Rin after)
    {
        _office.Open(s_next);
        var before = Cohort.Rows(_office.Home).Count;
        var grown = SmallOffice.Grown(Child.Of(7), 4, 7);
        var pupils = Enumerable.Range(2, 20).Where(n => n != 7).Select(n => SmallOffice.Grown(Child.Of(n), 4, n)).Append(Child.Of(25).With([.. grown.Results, Child.Result("2024-01-20", "M5", 1600)]));
        _office.Deliver(_office.School("99AA00"), pupils, edition: s_next);
        var round = _office.Link(s_next).Value!;
        Assert.Equal((1, 0, 1, 19), (round.Proposals, round.Results, round.Counts.Possible, round.Counts.Linked));
        Assert.Equal(before, Cohort.Rows(_office.Home).Count);
        using var key = Key(s_next);
        var old = Cohort.Rows(_office.Home).First(r => r.ScoreTenths == 1507).Rin.Text;
        ReviewSettled settled = null!;
        foreach (var name in new[] { "Eva", "Fatima" })
        {
            var file = ReviewFile.Open(_office.Home, Path.GetFileNameWithoutExtension(ReviewFileOf(s_next)), key);
            var session = ReviewSession.Start(_office.Home, s_next, key, name).Value!;
            foreach (var pair in file.Items[0].Pairs) Assert.True(session.Judge(session.NextPlace(), pair.Rin == old != keepNew ? Verdict.Link : Verdict.Not));
            settled = session.End();
        }
        after = Cohort.Rows(_office.Home).Single(r => r.ScoreTenths == 1600).Rin;
        return settled;
    }

    string ReviewFileOf(Edition edition) => ReviewFile.Path(_office.Home, _office.Home.Database.ReadOne<string>("SELECT ciphertext FROM reviews WHERE edition = @edition", new { edition = edition.ToString() })!);
}
