using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>An objection wins over everything, before and after sending, and leaves no trace in what is sent.</summary>
public sealed class ObjectionTests
{
    [Fact]
    public void With_an_objection_the_payload_is_as_if_the_child_never_was_there()
    {
        Assert.Equal(
            Body(school => { school.Import(Export.Usual()); Object(school, "L2"); }),
            Body(school =>
            {
                var export = Export.Usual();
                export.Pupils.RemoveAt(1);
                export.Results.RemoveAll(r => r.Pupil == "L2");
                export.Addresses.RemoveAt(1);
                school.Import(export);
            }));
    }

    [Fact]
    public void One_of_two_siblings_can_object()
    {
        var body = Body(school =>
        {
            var export = Export.Usual();
            export.Pupils[1]["geboortedatum"] = export.First["geboortedatum"];
            export.Pupils[1]["achternaam"] = export.First["achternaam"];
            export.Addresses[1] = "L2;1234AB;10;;";
            school.Import(export);
            Object(school, "L2");
        });
        Assert.Contains(Export.Numbers[0], body);
        Assert.DoesNotContain(Export.Numbers[1], body);
    }

    public static TheoryData<string> Changes => [.. s_changes.Keys];

    static readonly Dictionary<string, Action<Export>> s_changes = new()
    {
        ["nothing"] = _ => { },
        ["the key"] = e => Key(e, "L99"),
        ["the number, from onderwijsnummer to BSN"] = e => e.First["bsn"] = Export.Numbers[3],
        ["the number is gone"] = e => e.First.Elements.Remove("bsn"),
        ["key and number, the name stays"] = e => { Key(e, "L99"); e.First["bsn"] = Export.Numbers[3]; },
        ["the name and the key"] = e => { Key(e, "L99"); e.First["achternaam"] = "Anders"; },
        ["the name and the birth date"] = e => { e.First["achternaam"] = "Anders"; e.First["geboortedatum"] = "2015-10-06"; },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void It_still_holds_when_the_next_export_changes(string what)
    {
        var body = Body(school =>
        {
            var first = Export.Usual();
            first.First.Elements.Remove("bsn");
            first.First["onderwijsnummer"] = "101222331";
            if (what is not ("the number, from onderwijsnummer to BSN" or "key and number, the name stays")) { first.First.Elements.Remove("onderwijsnummer"); first.First["bsn"] = Export.Numbers[0]; }
            school.Import(first);
            Object(school, "L1");
            var next = Export.Usual();
            s_changes[what](next);
            Assert.True(school.Import(next).Stored);
        });
        Assert.Contains("\"pupils\":2,", body);
        Assert.DoesNotContain("\"house\":10,", body);
    }

    [Fact]
    public void Under_an_unstable_key_it_holds_by_number_and_does_not_move_to_another_child()
    {
        var body = Body(school =>
        {
            var first = Export.Usual();
            Key(first, "#1");
            school.Import(first);
            Object(school, "#1");
            var next = Export.Usual();
            Key(next, "#7");
            next.Pupils[1].Key = "#1";
            foreach (var result in next.Results.Where(r => r.Pupil == "L2")) result.Pupil = "#1";
            next.Addresses[1] = "#1;1234AB;11;;";
            school.Import(next);
        });
        Assert.DoesNotContain(Export.Numbers[0], body);
        Assert.Contains(Export.Numbers[1], body);
    }

    [Fact]
    public void Named_by_number_or_eck_id_it_is_the_same_child()
    {
        var eck = "https://ketenid.nl/201703/" + new string('d', 128);
        foreach (var name in new[] { Export.Numbers[0], eck, " L1 " })
        {
            var body = Body(school =>
            {
                var export = Export.Usual();
                export.First.Eck = eck;
                school.Import(export);
                Object(school, name);
            });
            Assert.DoesNotContain(Export.Numbers[0], body);
        }
    }

    [Fact]
    public void Taken_back_the_child_goes_along_again()
    {
        var body = Body(school =>
        {
            school.Import(Export.Usual());
            Object(school, "L1");
            Assert.True(Objections.Withdraw(school.Home, "L1").Ok);
        });
        Assert.Contains("\"pupils\":3,", body);
    }

    [Fact]
    public void An_objection_undoes_the_preview_so_that_it_cannot_be_sealed()
    {
        using var school = Ready();
        var made = school.Preview();
        Object(school, "L1");
        Assert.Null(Preview.Of(school.Home, made.Edition));
        Assert.False(Approving.Deliver(school.Home, made.Edition, Round()).Ok);
        Assert.Equal(2, school.Preview().Pupils);
        Assert.True(Approving.Deliver(school.Home, made.Edition, Round()).Ok);
    }

    [Fact]
    public void After_sending_a_withdrawal_goes_to_the_office_once()
    {
        using var school = Ready();
        var made = school.Preview();
        Assert.True(Approving.Deliver(school.Home, made.Edition, Round()).Ok);
        Assert.Equal(["2025-1"], Objections.Record(school.Home, "L1").Value!.SentIn);

        using var office = IdentityKey.Generate();
        var file = Assert.Single(Withdrawals.Seal(school.Home, office.Recipient));
        using var opened = Envelope.Open(File.ReadAllBytes(file), office);
        Assert.True(Withdrawal.TryRead(opened.Content, out var withdrawal, out _));
        Assert.Equal(Export.Numbers[0], withdrawal.Person.Bsn);
        Assert.True(Signature.Check(File.ReadAllBytes(file), File.ReadAllBytes(Path.ChangeExtension(file, ".p7s")), [school.Home.Signing.Certificate], school.Clock.GetUtcNow()).Ok);
        Assert.Empty(Withdrawals.Seal(school.Home, office.Recipient));
    }

    [Fact]
    public void Before_sending_there_is_nothing_to_pass_on()
    {
        using var school = Ready();
        Assert.Empty(Objections.Record(school.Home, "L1").Value!.SentIn);
        using var office = IdentityKey.Generate();
        Assert.Empty(Withdrawals.Seal(school.Home, office.Recipient));
    }

    [Fact]
    public void A_list_is_recorded_and_its_unknown_lines_are_told()
    {
        using var school = Ready();
        var list = Objections.RecordList(school.Home, school.File("b.csv", "leerling_key;datum\nL1;2025-02-01\nL9;\nL1;03-02-2025\n")).Value!;
        Assert.Equal([3], list.UnknownLines);
        Assert.Equal([false, false, true], list.Made.Select(m => m.Already));
        Assert.Equal(2, school.Preview().Pupils);
    }

    [Fact]
    public void An_objection_of_a_child_that_the_export_names_later_holds_from_the_start()
    {
        using var school = Ready();
        Assert.Single(Objections.RecordList(school.Home, school.File("b.csv", "leerling_key;datum\nL4;2025-02-01\n")).Value!.UnknownLines);
        var export = Export.Usual();
        Key(export, "L4");
        school.Import(export);
        Assert.Equal(2, school.Preview().Pupils);
    }

    [Fact]
    public void An_unknown_pupil_is_refused_and_so_is_tomorrow()
    {
        using var school = Ready();
        Assert.False(Objections.Record(school.Home, "L9").Ok);
        Assert.False(Objections.Record(school.Home, "").Ok);
        Assert.False(Objections.Record(school.Home, "L1", TestHome.Day.AddDays(1)).Ok);
        Assert.False(Objections.Withdraw(school.Home, "L1").Ok);
        Assert.Equal(3, school.Preview().Pupils);
    }

    [Fact]
    public void The_parent_gets_a_confirmation_that_asks_and_keeps_no_reason()
    {
        using var school = Ready();
        var page = Confirmation.Page(school.Home, Objections.Record(school.Home, "L1", new(2025, 3, 3)).Value!.Id);
        Assert.Contains("Kind0 Verzonnen0", page);
        Assert.Contains("3 maart 2025", page);
        Assert.Contains("3 March 2025", page);
        Assert.DoesNotContain("reden|", school.Dump());
    }

    [Fact]
    public void The_ledger_holds_a_commitment_and_no_pupil()
    {
        using var school = Ready();
        Object(school, "L1");
        var outbox = school.Dump().Split("== ledger_outbox\n")[1].Split("== ")[0];
        Assert.Contains("\"step\":\"objected\"", outbox);
        Assert.Contains("\"commitment\":\"", outbox);
        Assert.DoesNotContain("L1", outbox.Replace("\"salt\"", "", StringComparison.Ordinal).Split("\"facts\"")[^1]);
        Assert.DoesNotContain(Export.Numbers[0], outbox);
    }

    static TestHome Ready()
    {
        var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        school.Inform();
        return school;
    }

    static void Object(TestHome school, string pupil) => Assert.True(Objections.Record(school.Home, pupil).Ok);

    static RecipientKey Round()
    {
        using var key = IdentityKey.Generate();
        return key.Recipient;
    }

    static void Key(Export export, string key)
    {
        foreach (var result in export.Results.Where(r => r.Pupil == "L1")) result.Pupil = key;
        export.Addresses[0] = key + ";1234AB;10;;";
        export.First.Key = key;
    }

    static string Body(Action<TestHome> steps)
    {
        using var school = new TestHome();
        steps(school);
        school.Inform();
        var text = school.Body();
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
