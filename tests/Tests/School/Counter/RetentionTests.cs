using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>What is kept has an end: the plan says when, the run erases exactly that, and what others need stays.</summary>
public sealed class RetentionTests : IDisposable
{
    readonly IdentityKey _round = IdentityKey.Generate();
    readonly TestHome _school;

    public RetentionTests()
    {
        _school = Approving.Delivered(_round.Recipient);
        Assert.True(Objections.Record(_school.Home, "L2").Ok);
        var export = Export.Usual();
        export.Pupils.RemoveAt(0);
        export.Results.RemoveAll(r => r.Pupil == "L1");
        export.Addresses.RemoveAt(0);
        Assert.True(_school.Import(export).Stored); // L1 left on 10 February 2025
    }

    [Fact]
    public void The_plan_dates_who_left_and_nobody_who_is_enrolled()
    {
        var plan = Retention.Plan(_school.Home).Where(i => i.Kind is not RetentionKind.Letters).ToList();
        Assert.Equal([(RetentionKind.Pupils, 1, new DateOnly(2027, 2, 10)), (RetentionKind.SentLines, 1, new DateOnly(2027, 2, 10))], plan.Select(i => (i.Kind, i.Count, i.Due)));
        Assert.All(plan, item => Assert.False(item.IsDue));
        Assert.Contains("2 jaar nadat", plan[0].Words("nl"));
    }

    [Fact]
    public void The_day_before_nothing_goes_and_a_dry_run_never_does()
    {
        _school.Clock.Day = new(2027, 2, 9);
        var before = _school.Dump();
        Assert.Empty(Retention.Run(_school.Home));
        _school.Clock.Day = new(2027, 2, 10);
        Assert.Equal(2, Retention.Run(_school.Home, dryRun: true).Count);
        Assert.Equal(before, _school.Dump());
    }

    [Fact]
    public void On_the_day_the_pupil_goes_and_the_others_stay_byte_for_byte()
    {
        var whole = Sent.Payload(_school.Home, "2025-1", 1)!;
        var lines = System.Text.Encoding.UTF8.GetString(whole).Split('\n');
        var person = Objections.Find(_school.Home, Export.Numbers[0]).Pupils[0].Person;
        _school.Clock.Day = new(2027, 2, 10);
        Assert.Equal(2, Retention.Run(_school.Home).Count);

        Assert.Null(Inzage.Of(_school.Home, person));
        foreach (var table in _school.Home.Store.Read<string>("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'person' WHERE m.type = 'table'"))
            Assert.Equal(0, _school.Home.Store.ReadOne<long>($"SELECT count(*) FROM {table} WHERE person = @person", new { person }));
        Assert.Empty(Objections.Find(_school.Home, Export.Numbers[0]).Pupils);
        var cut = System.Text.Encoding.UTF8.GetString(Sent.Payload(_school.Home, "2025-1", 1)!).Split('\n');
        Assert.Equal(lines.Select(line => line.Contains(Export.Numbers[0], StringComparison.Ordinal) ? "" : line), cut);
        var delivery = Sent.All(_school.Home)[0];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(whole)), delivery.Payload);
        Assert.Equal(Export.Numbers[2], Assert.Single(Inzage.Of(_school.Home, Objections.Find(_school.Home, "L3").Pupils[0].Person)!.Sent).Line!.Person.Bsn);
        Assert.Empty(Retention.Run(_school.Home));
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(_school.Dump(), "\"step\":\"erased\""));
    }

    [Fact]
    public void No_byte_of_the_pupils_row_is_left_in_the_files_of_the_store()
    {
        var person = Objections.Find(_school.Home, Export.Numbers[0]).Pupils[0].Person;
        var row = _school.Home.Store.ReadOne<byte[]>("SELECT identity FROM pupil WHERE person = @person", new { person })!;
        Assert.True(Holds(row));
        _school.Clock.Day = new(2027, 2, 10);
        Retention.Run(_school.Home);
        Assert.False(Holds(row));
    }

    [Fact]
    public void An_objection_outlives_the_pupils_data_and_still_recognises_the_child()
    {
        Assert.True(Objections.Record(_school.Home, Export.Numbers[0], by: Objector.Parent1).Ok);
        _school.Home.Store.Write(tx => tx.Execute("DELETE FROM delivered")); // as if nothing was sent
        _school.Clock.Day = new(2028, 2, 10);
        Retention.Run(_school.Home);
        Assert.True(_school.Import(Export.Usual()).Stored);
        _school.Clock.Day = TestHome.Day;
        _school.Inform();
        Assert.DoesNotContain(Export.Numbers[0], _school.Body());
    }

    [Fact]
    public void An_objection_without_end_is_one_the_office_did_not_answer()
    {
        Assert.True(Objections.Record(_school.Home, Export.Numbers[0]).Ok); // was sent, key not known: waits
        Assert.DoesNotContain(Retention.Plan(_school.Home), item => item.Kind == RetentionKind.Objections);
    }

    [Fact]
    public void One_that_was_taken_back_goes_after_its_term()
    {
        Assert.True(Objections.Withdraw(_school.Home, "L2").Ok);
        var item = Assert.Single(Retention.Plan(_school.Home), i => i.Kind == RetentionKind.Objections);
        Assert.Equal(TestHome.Day.AddYears(2), item.Due);
        _school.Clock.Day = item.Due;
        Retention.Run(_school.Home);
        Assert.Empty(Objections.All(_school.Home));
    }

    [Fact]
    public void Old_previews_and_letters_go_and_terms_are_the_schools_own()
    {
        _school.Preview();
        RetentionTerms.Set(_school.Home, new RetentionTerms { Previews = 0, Letters = 1 });
        Assert.NotEmpty(Directory.GetFiles(_school.Home.LettersFolder));
        _school.Clock.Day = new(2026, 2, 11);
        Retention.Run(_school.Home);
        Assert.Null(Preview.Of(_school.Home, Approving.E251));
        Assert.Empty(Directory.GetFiles(_school.Home.LettersFolder));
        Assert.Equal(0, _school.Home.Store.ReadOne<long>("SELECT count(*) FROM letter_text"));
        Assert.ThrowsAny<Exception>(() => RetentionTerms.Set(_school.Home, new RetentionTerms { Pupils = 51 }));
    }

    [Fact]
    public void When_the_last_line_goes_nothing_of_the_payload_is_kept()
    {
        Assert.True(Objections.Withdraw(_school.Home, "L2").Ok);
        var other = Export.Usual();
        other.Pupils.RemoveRange(0, 3);
        other.Results.Clear();
        other.Addresses.Clear();
        var pupil = new ExportedPupil { Key = "N1" };
        foreach (var (name, value) in Export.Usual().First.Elements) pupil[name] = value;
        pupil["bsn"] = Export.Numbers[4];
        pupil["achternaam"] = "Nieuw";
        other.Pupils.Add(pupil);
        Assert.True(_school.Import(other).Stored);
        _school.Clock.Day = new(2028, 1, 1);
        Retention.Run(_school.Home);
        Assert.Null(Sent.Payload(_school.Home, "2025-1", 1));
        Assert.Single(Sent.All(_school.Home));
    }

    bool Holds(byte[] row) => Directory.GetFiles(_school.Home.Folder, "school.db*").Any(file =>
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        open.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(row.AsSpan(0, 40)) >= 0;
    });

    public void Dispose()
    {
        _round.Dispose();
        _school.Dispose();
    }
}
