using Groeilijn.Delivery;
using Groeilijn.Gate;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>An objection made after sending: what was there goes from every place, what lies there does not come in, and the school hears the same of every child.</summary>
public sealed class WithdrawalTests : IDisposable
{
    readonly WithdrawalDesk _desk = new();
    readonly Child _child = Child.Of(3);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_withdrawn_pupil_is_gone_from_cohort_and_projects_and_the_others_stay()
    {
        var rin = _desk.RinOf(_child);
        Assert.Equal((2, 2L), (_desk.Rows(rin), _desk.ProjectRows(rin)));
        var before = _desk.FilesWith(rin.Text);
        Assert.Equal(2, before.Count);
        var about = _desk.Object(_child);
        Assert.Equal(WithdrawalState.Received, _desk.State(about));
        Assert.Equal(1, _desk.Process().Removed);
        Assert.Equal((0, 0L), (_desk.Rows(rin), _desk.ProjectRows(rin)));
        Assert.Equal(22, Cohort.Rows(_desk.Home).Count);
        Assert.Equal((11L, 22L), (Projects.Find(_desk.Home, "maths")!.Pupils, Projects.Find(_desk.Home, "maths")!.Rows));
        Assert.Equal(new Dictionary<string, string> { ["background"] = "not-applicable", ["cohort"] = "removed", ["deliveries"] = "removed", ["project/maths"] = "removed", ["releases"] = "not-applicable" }, _desk.Places(about));
        Assert.Equal(["received", "removed"], _desk.Told(about));
        Assert.Equal(WithdrawalState.Destroyed, _desk.State(about));
    }

    [Fact]
    public void Nothing_of_the_pupil_remains_in_any_file_but_the_sealed_register()
    {
        var rin = _desk.RinOf(_child);
        var pseudonym = Pseudonym(rin);
        Assert.NotEmpty(_desk.FilesWith(pseudonym));
        _desk.Object(_child);
        _desk.Process();
        Assert.True(_desk.Office.Destroy().Ok);
        Assert.Empty(_desk.FilesWith(rin.Text));
        Assert.Empty(_desk.FilesWith(pseudonym));
        Assert.Empty(Sweep.Search(_desk.Home.Folder, [_child.Bsn!], TimeProvider.System).Hits);
        Assert.Empty(Directory.GetFiles(_desk.Home.At("withdrawals")));
        Assert.Equal(2, Directory.GetFiles(_desk.Home.At("projects")).Length); // the file and its key

        string Pseudonym(Rin rin)
        {
            using var key = Projects.Key(_desk.Home, "maths");
            return key.Pupil(rin.Text);
        }
    }

    [Fact]
    public void The_list_of_public_figures_beside_a_projects_file_names_a_withdrawn_pupil_no_more_and_keeps_the_sums()
    {
        using var desk = new WithdrawalDesk(11);
        Assert.True(PublicTables.Make(desk.Home, SmallOffice.E23).Ok);
        var project = Projects.Find(desk.Home, "maths")!;
        string pseudonym;
        using (var key = Projects.Key(desk.Home, "maths")) pseudonym = key.Pupil(desk.RinOf(_child).Text);
        var before = File.ReadAllLines(ToldFile.Beside(project.File));
        Assert.Contains(pseudonym, before);
        desk.Object(_child);
        desk.Process();
        var after = File.ReadAllLines(ToldFile.Beside(project.File));
        Assert.DoesNotContain(pseudonym, after);
        Assert.Equal((0, 1), (before.Count(line => line[0] == '-'), after.Count(line => line[0] == '-')));
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(before.Sum(line => line.Split(' ').Length), after.Sum(line => line.Split(' ').Length));
    }

    [Fact]
    public void Nothing_leads_from_a_withdrawn_pupil_to_what_was_released_and_its_arithmetic_stays()
    {
        var rin = _desk.RinOf(_child);
        Assert.True(SchoolReports.Make(_desk.Home, SmallOffice.E23).Ok);
        long Count(string of) => _desk.Home.Database.ReadOne<long>($"SELECT count(*) FROM {of}");
        var (people, sets, sums) = (Count("release_handles"), Count("release_sets"), Count("release_sums"));
        Assert.Equal(12, people);
        Assert.True(sets > 0 && sums > 0);
        var about = _desk.Object(_child);
        _desk.Process();
        Assert.Equal("removed", _desk.Places(about)["releases"]);
        Assert.Equal((11, sets, sums), (Count("release_handles"), Count("release_sets"), Count("release_sums")));
        Assert.Equal(0, _desk.Home.Database.ReadOne<long>("SELECT count(*) FROM release_handles WHERE identity = @Text", new { rin.Text }));
    }

    [Fact]
    public void The_next_report_and_table_are_as_if_the_pupil_never_was()
    {
        using var never = new WithdrawalDesk(11);
        using var withdrawn = new WithdrawalDesk(12);
        withdrawn.Object(Child.Of(12));
        withdrawn.Process();
        foreach (var desk in (WithdrawalDesk[])[never, withdrawn]) Assert.True(SchoolReports.Make(desk.Home, SmallOffice.E23).Ok && PublicTables.Make(desk.Home, SmallOffice.E23).Ok);
        Assert.Equal(WithoutCheckpoint(never.Office.Report(never.School, "nl")), WithoutCheckpoint(withdrawn.Office.Report(withdrawn.School, "nl")));
        var tables = Directory.GetFiles(never.Home.At("outgoing", "public", "2023-2"));
        Assert.NotEmpty(tables);
        Assert.All(tables, file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(withdrawn.Home.At("outgoing", "public", "2023-2", Path.GetFileName(file)))));
    }

    [Fact]
    public void The_school_hears_the_same_at_the_same_moment_whether_or_not_the_office_held_the_pupil()
    {
        var (held, unknown) = (_desk.Object(_child), _desk.Object(Child.Of(40)));
        _desk.Pass(TimeSpan.FromHours(5));
        _desk.Process();
        var answers = Answers.To(_desk.Home, "99AA00").Select(a => WithdrawalDesk.Read(a.Answer)).Where(a => a.Outcome == "removed").ToList();
        Assert.Equal(new[] { held, unknown }.Order(), answers.Select(a => a.About).Order());
        Assert.Single(answers.Select(a => (a.School, a.Kind, a.At, a.Checkpoint)).Distinct());
        _desk.Home.Sequence();
        var steps = _desk.Home.Ledger.Entries().Select(bytes => LedgerEntry.TryRead(bytes, out var entry, out _) ? entry : null).Where(entry => entry!.Room == "withdrawals").GroupBy(entry => entry!.Step).ToDictionary(step => step.Key, step => step.Count());
        Assert.Equal((2, 2, 2), (steps["received"], steps["noted"], steps["removed"]));
    }

    [Fact]
    public void The_log_has_a_commitment_only_and_it_is_to_the_RIN()
    {
        var rin = _desk.RinOf(_child);
        _desk.Object(_child);
        _desk.Process();
        var tombstone = Assert.Single(Tombstones.All(_desk.Home));
        Assert.Equal(LedgerEntry.Commitment(tombstone.Salt, rin.Text), tombstone.Commitment);
        _desk.Home.Sequence();
        Assert.Contains(_desk.Home.Ledger.Entries(), entry => System.Text.Encoding.UTF8.GetString(entry).Contains(tombstone.Commitment, StringComparison.Ordinal));
    }

    [Fact]
    public void A_delivery_that_lay_here_when_the_objection_came_brings_nothing_and_a_later_one_does()
    {
        var rin = _desk.RinOf(_child);
        _desk.Office.Open(WithdrawalDesk.Next);
        Assert.True(_desk.Office.Deliver(_desk.School, [January(_child), January(Child.Of(4))], edition: WithdrawalDesk.Next).Ok);
        _desk.Pass(TimeSpan.FromHours(1));
        _desk.Object(_child);
        _desk.Process();
        Assert.Equal(2, _desk.Office.Link(WithdrawalDesk.Next).Value!.Counts.Linked); // counted as linked, so that no count tells; nothing of it comes in
        Assert.Equal((0, 3), (_desk.Rows(rin), _desk.Rows(_desk.RinOf(Child.Of(4)))));

        // The parent takes the objection back; the next delivery holds the child, with all that was before.
        var last = WithdrawalDesk.Next.Next;
        _desk.Pass(TimeSpan.FromDays(120));
        _desk.Office.Open(last);
        Assert.True(_desk.Office.Deliver(_desk.School, [January(_child)], edition: last).Ok);
        Assert.True(_desk.Office.Link(last).Ok);
        Assert.Equal(1, _desk.Rows(rin));
    }

    [Fact]
    public void A_delivery_that_was_sealed_before_the_objection_and_came_after_it_is_stopped()
    {
        _desk.Office.Open(WithdrawalDesk.Next);
        var (manifest, signature, ciphertext) = _desk.Office.Sealed(_desk.School, [January(_child)], edition: WithdrawalDesk.Next);
        _desk.Pass(TimeSpan.FromHours(1));
        _desk.Object(_child);
        _desk.Process();
        _desk.Pass(TimeSpan.FromHours(1));
        Assert.True(Intake.Receive(_desk.Home, manifest, signature, ciphertext).Ok);
        Assert.True(_desk.Office.Link(WithdrawalDesk.Next).Ok);
        Assert.Equal(0, _desk.Rows(_desk.RinOf(_child)));
    }

    [Fact]
    public void Another_schools_delivery_of_before_is_stopped_too()
    {
        var (rin, other) = (_desk.RinOf(_child), _desk.Office.School("99BB00"));
        _desk.Office.Open(WithdrawalDesk.Next);
        Assert.True(_desk.Office.Deliver(other, [January(_child)], edition: WithdrawalDesk.Next).Ok);
        _desk.Pass(TimeSpan.FromHours(1));
        _desk.Object(_child);
        Assert.True(_desk.Office.Link(WithdrawalDesk.Next).Ok); // linking processes what lies here first
        Assert.Equal(0, _desk.Rows(rin));
    }

    [Fact]
    public void A_pupil_whom_only_a_later_register_knows_is_stopped_all_the_same()
    {
        var late = Child.Of(30);
        _desk.Office.Open(WithdrawalDesk.Next);
        Assert.True(_desk.Office.Deliver(_desk.School, [January(late)], edition: WithdrawalDesk.Next).Ok);
        _desk.Pass(TimeSpan.FromHours(1));
        var about = _desk.Object(late);
        _desk.Process();
        Assert.Equal(WithdrawalState.Removed, _desk.State(about));
        _desk.Office.Register(late);
        Assert.True(_desk.Office.Link(WithdrawalDesk.Next).Ok);
        Assert.Equal(0, _desk.Rows(_desk.RinOf(late)));
        Assert.Equal(["received", "removed"], _desk.Told(about));
        Assert.Equal(WithdrawalState.Destroyed, _desk.State(about));
    }

    [Fact]
    public void A_round_that_was_gathered_before_an_objection_cannot_be_named_after_it()
    {
        var added = Cohort.Write(_desk.Home, SmallOffice.E23, []);
        _desk.Object(_child);
        _desk.Process();
        Assert.Throws<InvalidOperationException>(() => _desk.Home.Database.Write(t => Cohort.Name(t, added)));
    }

    [Fact]
    public void Whoever_has_a_number_that_changed_is_found_by_the_old_one()
    {
        var rin = _desk.RinOf(_child);
        _desk.Office.Register(_child with { Bsn = Child.BsnOf(99) });
        _desk.Object(_child);
        _desk.Process();
        Assert.Equal(0, _desk.Rows(rin));
    }

    [Fact]
    public void Twins_without_a_number_wait_for_the_steward_and_nothing_is_removed_on_a_guess()
    {
        var twin = Child.Of(50) with { Key = "p000051", Sex = Child.Of(3).Sex, Born = _child.Born, Postcode = _child.Postcode, House = _child.House };
        _desk.Office.Register([.. Enumerable.Range(1, 12).Select(Child.Of), twin]);
        var about = _desk.Object(_child with { Bsn = null });
        Assert.Equal(1, _desk.Process().NeedReview);
        Assert.Equal((WithdrawalState.NeedsReview, 2), (_desk.State(about), _desk.Rows(_desk.RinOf(_child))));
        Assert.Equal(["received"], _desk.Told(about));

        Assert.Equal("number", Withdrawals.Resolve(_desk.Home, about, "12345").Refusal!.Code);
        Assert.Equal("number-fits-nobody", Withdrawals.Resolve(_desk.Home, about, Child.BsnOf(77)).Refusal!.Code);
        Assert.True(Withdrawals.Resolve(_desk.Home, about, _child.Bsn).Ok);
        Assert.Equal((WithdrawalState.Destroyed, 0), (_desk.State(about), _desk.Rows(_desk.RinOf(_child))));
        Assert.Equal("no-such-withdrawal", Withdrawals.Resolve(_desk.Home, about, _child.Bsn).Refusal!.Code);
    }

    [Fact]
    public void Who_is_nearly_somebody_of_the_school_waits_too_and_may_turn_out_to_be_nobody()
    {
        var about = _desk.Object(_child with { Bsn = null, House = 88, Postcode = "9999ZZ" });
        Assert.Equal(1, _desk.Process().NeedReview);
        Assert.True(Withdrawals.Resolve(_desk.Home, about, null).Ok);
        Assert.Equal(["received", "removed"], _desk.Told(about));
        Assert.Equal(2, _desk.Rows(_desk.RinOf(_child)));
    }

    [Fact]
    public void What_a_correction_of_links_says_is_another_pupils_goes_with_that_pupil_and_stays_with_the_other()
    {
        // What 99AA00 delivered under the RIN of child 3 was found to be child 20's, who has nothing else.
        var other = Child.Of(20);
        _desk.Office.Register([.. Enumerable.Range(1, 12).Select(Child.Of), other]);
        var (bears, owner) = (_desk.RinOf(_child), _desk.RinOf(other));
        _desk.Home.Database.Write(t => t.Execute("INSERT INTO link_corrections (edition, school, rin_before, rin_after) VALUES ('2023-2', '99AA00', @bears, @owner)", new { bears = bears.Text, owner = owner.Text }));
        Assert.Equal((0, 2), (_desk.Rows(bears), _desk.Rows(owner)));

        var first = _desk.Object(_child); // whose RIN stands on the rows, and who has none of them
        _desk.Process();
        Assert.Equal((2, 24), (_desk.Rows(owner), Cohort.Rows(_desk.Home).Count));
        Assert.Equal("removed", _desk.Places(first)["cohort"]);
        _desk.Office.Reopen();
        Assert.Empty(_desk.FilesWith(bears.Text));

        _desk.Object(other);
        _desk.Process();
        Assert.Equal((0, 22), (_desk.Rows(owner), Cohort.Rows(_desk.Home).Count));
        Assert.Empty(_desk.FilesWith(owner.Text));
    }

    [Fact]
    public void What_bears_anothers_pseudonym_in_a_project_goes_with_the_pupil_whose_it_is()
    {
        var other = Child.Of(20);
        _desk.Office.Register([.. Enumerable.Range(1, 12).Select(Child.Of), other]);
        _desk.Home.Database.Write(t => t.Execute("INSERT INTO link_corrections (edition, school, rin_before, rin_after) VALUES ('2023-2', '99AA00', @bears, @owner)", new { bears = _desk.RinOf(_child).Text, owner = _desk.RinOf(other).Text }));
        Assert.Equal(2, _desk.ProjectRows(_desk.RinOf(_child))); // made before the correction
        var about = _desk.Object(other);
        _desk.Process();
        Assert.Equal(0, _desk.ProjectRows(_desk.RinOf(_child)));
        Assert.Equal(("removed", "removed"), (_desk.Places(about)["cohort"], _desk.Places(about)["project/maths"]));
    }

    /// <summary>The page without the size and root of the log at its moment, which depend on every step that was taken.</summary>
    static string WithoutCheckpoint(string page) => System.Text.RegularExpressions.Regex.Replace(page, "[0-9]+: ([0-9a-f]{4} ){7}[0-9a-f]{4}", "#");

    static DeliveredPupil January(Child child) => child.With(Child.Result("2024-01-20", "M5", 1600));
}
