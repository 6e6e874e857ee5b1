using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>What a review brought so far.</summary>
/// <param name="Linked">Pupils whom both reviewers linked.</param>
/// <param name="Corrected">Of them those whose earlier link was changed.</param>
/// <param name="Results">Results that are new in the cohort.</param>
/// <param name="Ended">Whether both judged everything, so that the review is over.</param>
sealed record ReviewSettled(int Linked, int Corrected, int Results, bool Ended);

/// <summary>
/// Carries out what both reviewers said, in one transaction: results to the cohort, corrections of earlier links, counts. It works out everything that both
/// linked, each time; the cohort takes what it does not have yet.
/// </summary>
sealed class ReviewSettling(OfficeHome home, Edition edition)
{
    readonly HashSet<(Rin, Subject, DateOnly, HalfYear, int, string)> _known = [.. Cohort.Rows(home).Select(row => row.Key)];
    readonly List<CohortRow> _rows = [];
    readonly List<(string School, string Before, string After)> _corrections = [];
    readonly List<(string Ciphertext, int Possible, int Refused)> _linked = [];
    readonly List<ReviewItem> _items = [];
    readonly HashSet<ReviewItem> _now = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds one delivery's review. Two pupils whom the reviewers gave to one person are both left out.</summary>
    public void Add(ReviewFile file, OpenedDelivery delivery)
    {
        var agreed = file.Items.Where(item => item.Agreed is not null).ToArray();
        var taken = agreed.GroupBy(item => item.Agreed!.Rin).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        ReviewItem[] linked = [.. agreed.Where(item => !taken.Contains(item.Agreed!.Rin))];
        _items.AddRange(file.Items);
        _now.UnionWith(linked);
        foreach (var item in linked) Link(item, delivery);
        var refused = linked.Count(item => item.Reason == "number-alone");
        _linked.Add((file.Ciphertext, linked.Length - refused, refused));
    }

    void Link(ReviewItem item, OpenedDelivery delivery)
    {
        var rin = Rin.TryParse(item.Agreed!.Rin, out var read) ? read : throw new InvalidDataException("A RIN in a file of the review is not 16 letters.");
        var before = item.Before is not null && item.Before != item.Agreed.Rin && Rin.TryParse(item.Before, out var earlier) ? earlier : (Rin?)null;
        if (before is { } wrong) _corrections.Add((delivery.School, wrong.Text, rin.Text));
        // What stands under the wrong RIN is read under the right one from here on; it does not come twice.
        _rows.AddRange(delivery.Rows(item.Pupil, rin).Where(row => before is not { } old || !_known.Contains((row with { Rin = old }).Key)));
    }

    public ReviewSettled Write()
    {
        var added = Cohort.Write(home, edition, _rows);
        var (ended, arguments) = (false, new { edition = edition.ToString() });
        home.Database.Write(t =>
        {
            Cohort.Name(t, added);
            foreach (var c in _corrections)
                if (t.ReadOne<long>("SELECT count(*) FROM link_corrections WHERE school = @School AND rin_before = @Before AND rin_after = @After", new { c.School, c.Before, c.After }) == 0)
                    t.Execute("INSERT INTO link_corrections (edition, school, rin_before, rin_after) VALUES (@edition, @School, @Before, @After)", new { edition = edition.ToString(), c.School, c.Before, c.After });
            foreach (var (ciphertext, possible, refused) in _linked)
            {
                t.Execute("UPDATE reviews SET linked = @linked WHERE ciphertext = @ciphertext", new { linked = possible + refused, ciphertext });
                t.Execute("""
                    UPDATE deliveries SET by_review = @linked,
                           possible = (SELECT r.possible FROM reviews r WHERE r.ciphertext = @ciphertext) - @possible,
                           refused = (SELECT r.refused FROM reviews r WHERE r.ciphertext = @ciphertext) - @refused
                    WHERE ciphertext = @ciphertext
                    """, new { linked = possible + refused, possible, refused, ciphertext });
            }
            var judged = ReviewLabels.Judge(t, edition, _items, _now);
            t.Enter(home.Entry("review", "settled", ("corrected", _corrections.Count), ("edition", edition.ToString()), ("judged", judged), ("linked", _linked.Sum(l => l.Possible + l.Refused)), ("results", added.Rows)));
            ended = t.ReadOne<long>("SELECT count(*) FROM reviews WHERE edition = @edition AND (judged_1 < pairs OR judged_2 < pairs)", arguments) == 0;
            if (ended) Reviews.End(home, t, edition);
        });
        return new ReviewSettled(_linked.Sum(l => l.Possible + l.Refused), _corrections.Count, added.Rows, ended);
    }
}
