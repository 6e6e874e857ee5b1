using System.Globalization;
using System.Security.Cryptography;
using AngleSharp.Html.Parser;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>What you see is the delivery: on the page stands every value of the payload, and nothing else.</summary>
public sealed class PreviewModelTests : IDisposable
{
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;
    readonly TestHome _school = new();
    readonly IdentityKey _round = IdentityKey.Generate();

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void Of_a_random_export_every_value_of_the_payload_is_on_the_page_and_nothing_else(int seed)
    {
        Assert.True(_school.Import(RandomExport(new Random(seed))).Stored);
        _school.Inform();
        _school.Preview();
        var bytes = _school.Payload();
        Assert.True(DeliveryPayload.TryRead(bytes, out var payload, out _));
        foreach (var language in new[] { "nl", "en" })
        {
            using var page = new HtmlParser().ParseDocument(Preview.Page(_school.Home, s_edition, language)!);
            var shown = page.QuerySelectorAll("details").Select(d => string.Join('|', d.QuerySelectorAll("[data-field]").Select(cell => $"{cell.GetAttribute("data-field")}={Plain(cell)}")));
            Assert.Equal(payload.Pupils.Select(p => Line(p, language)).Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        }
        var made = Preview.Of(_school.Home, s_edition)!;
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length), (made.Sha256, made.Bytes));
        var seal = Approving.Deliver(_school.Home, s_edition, _round.Recipient).Value!;
        using var opened = Envelope.Open(File.ReadAllBytes(seal.CiphertextFile), _round);
        Assert.Equal(bytes, opened.Content);
    }

    [Fact]
    public void A_pupil_is_found_by_part_of_the_name_whatever_capitals_and_accents_page_by_page()
    {
        var export = Export.Usual();
        (export.Pupils[0]["roepnaam"], export.Pupils[1]["roepnaam"]) = ("Zoë", "Noémie");
        Assert.True(_school.Import(export).Stored);
        _school.Inform();
        var model = Model();
        Assert.Equal(["Zoë Verzonnen0"], model.Find("zoe", 0, 10).Pupils.Select(p => p.Called));
        Assert.Equal(["Noémie Verzonnen1"], model.Find(" NOÉM ", 0, 10).Pupils.Select(p => p.Called));
        Assert.Equal((3, 1), (model.Find("", 0, 2).Total, model.Find("", 1, 2).Pupils.Count));
        Assert.Empty(model.Find("niemand", 0, 10).Pupils);
        Assert.Equal(["Kind2 Verzonnen2", "Noémie Verzonnen1", "Zoë Verzonnen0"], model.Pupils.Select(p => p.Called));
        Assert.Equal([0, 1, 2], model.Pupils.Select(p => p.Line).Order());
    }

    [Fact]
    public void Who_stays_behind_is_named_with_the_rule_and_until_when()
    {
        Assert.True(_school.Import(Export.Usual()).Stored);
        _school.Inform();
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        var second = Informed.StatusOf(_school.Home).Single(s => s.Called.StartsWith("Kind1", StringComparison.Ordinal)).Person;
        Assert.True(Inform.Send(_school.Home, new(2025, 3, 10), new(2025, 3, 24), LetterWay.Other, Readers.Pupils(second)).Ok);
        var left = Model().LeftOut;
        Assert.Equal([("Kind1 Verzonnen1", Rules.PeriodRuns, new DateOnly(2025, 3, 24)), ("Kind0 Verzonnen0", Rules.Objected, (DateOnly?)null)], left.Select(l => (l.Called, l.Rule, l.Until)));
        Assert.Contains("Kind1 Verzonnen1 (tot en met 24 maart 2025)", Preview.Page(_school.Home, s_edition, "nl")!);
        Assert.Contains("Kind1 Verzonnen1 (up to and including 24 March 2025)", Preview.Page(_school.Home, s_edition, "en")!);
    }

    [Fact]
    public void Against_the_delivery_before_it_says_who_came_who_left_and_what_changed()
    {
        var export = Export.Usual();
        foreach (var pupil in new[] { "L1", "L2", "L3" }) export.Results.Add(new() { Pupil = pupil, Test = "RW3-E4", Score = "190.3", Taken = "2024-06-05" });
        Assert.True(_school.Import(export).Stored);
        _school.Inform();
        Assert.Null(Model("2024-2").Changes);
        Assert.True(Approving.Deliver(_school.Home, Edition.Parse("2024-2").Value, _round.Recipient).Ok);

        var added = new ExportedPupil { Key = "L4" };
        foreach (var (name, value) in export.First.Elements) added[name] = value;
        (added["bsn"], added["roepnaam"]) = (Export.Numbers[3], "Nieuw");
        export.Pupils.Add(added);
        export.Results.Add(new() { Pupil = "L4" });
        export.Pupils.RemoveAll(p => p.Key == "L3");
        export.Results.RemoveAll(r => r.Pupil == "L3" || r.Pupil == "L2" && r.Test != "RW3-E4");
        export.Results.Single(r => r.Pupil == "L1" && r.Test == "RW3-E4").Score = "191.3";
        export.Addresses[0] = "L1;1234AB;99;;";
        Assert.True(_school.Import(export).Stored);
        _school.Inform();
        Assert.True(Inform.Send(_school.Home, new(2025, 2, 12), new(2025, 3, 1)).Ok);

        var changes = Model().Changes!;
        Assert.Equal(("2024-2", 1), (changes.Edition, changes.Sequence));
        Assert.Equal(["Nieuw Verzonnen0"], changes.Came);
        Assert.Equal(["L3"], changes.Left);
        Assert.Equal(1, changes.Same);
        var one = Assert.Single(changes.Changed);
        Assert.Equal(("Kind0 Verzonnen0", 3, 0, 1), (one.Called, one.Added, one.Removed, one.Differing));
        Assert.Equal(["house"], one.Fields);
        var page = Preview.Page(_school.Home, s_edition, "nl")!;
        Assert.Contains("Huisnummer, resultaten erbij: 3, resultaten veranderd: 1", page);
        Assert.Contains("gaat niet meer mee", page);
    }

    [Fact]
    public void A_result_that_went_is_counted_as_gone()
    {
        DeliveredResult Result(int score, string moment = "M5") => new() { Subject = "maths", Taken = new(2025, 1, 20), Moment = moment, Group = 5, Scale = "lvs-3", Score = score };
        DeliveredPupil Pupil(params DeliveredResult[] results) => new() { Person = new() { Sex = "f", Born = "2015-10-05" }, Results = results };
        var (before, after) = (Pupil(Result(2066), Result(1500, "M4")), Pupil(Result(2070), Result(1700, "M6")));
        var change = PupilChange.Between("x", before, after with { Extra = [("travel", "te voet")] });
        Assert.Equal((1, 1, 1), (change.Added, change.Removed, change.Differing));
        Assert.Equal(["travel"], change.Fields);
        Assert.True(PupilChange.Between("x", before, before).Nothing);
    }

    PreviewModel Model(string edition = "2025-1")
    {
        _school.Preview(edition);
        return Preview.Model(_school.Home, Edition.Parse(edition).Value)!;
    }

    static string Plain(AngleSharp.Dom.IElement cell) => cell.TagName == "DD" ? cell.FirstChild!.TextContent[..^" – ".Length] : cell.TextContent;

    static string Line(DeliveredPupil pupil, string language)
    {
        var p = pupil.Person;
        IEnumerable<string?> person = [Part("bsn", p.Bsn), Part("onderwijsnummer", p.Onderwijsnummer), Part("sex", p.Sex), Part("born", p.Born), Part("postcode", p.Postcode), Part("house", p.House?.ToString(CultureInfo.InvariantCulture)), Part("letter", p.Letter), Part("addition", p.Addition)];
        var results = pupil.Results.Select(r => string.Create(CultureInfo.InvariantCulture, $"subject={Subject(r, language)}|taken={r.Taken:yyyy-MM-dd}|moment={r.Moment}|group={r.Group}|scale={r.Scale}|score={r.Score / 10}.{r.Score % 10}"));
        return string.Join('|', person.OfType<string>().Concat(results));
    }

    static string Subject(DeliveredResult result, string language) => Subjects.TryRead(result.Subject, out var subject) ? subject.Name(language == "nl") : "";

    static string? Part(string name, string? value) => value is null ? null : $"{name}={value}";

    static Export RandomExport(Random random)
    {
        var export = Export.Usual();
        foreach (var pupil in export.Pupils)
        {
            if (random.Next(3) == 0) pupil.Elements.Remove("bsn");
            if (random.Next(4) == 0) pupil.Elements.Remove("postcodenl");
            pupil["roepnaam"] = new string([.. Enumerable.Range(0, 6).Select(_ => "ABcdé&'"[random.Next(7)])]).Replace("&", "&amp;", StringComparison.Ordinal);
            pupil["geslacht"] = random.Next(3).ToString(CultureInfo.InvariantCulture);
        }
        export.Addresses.Clear();
        for (var i = 0; i < 3; i++)
            if (random.Next(4) > 0) export.Addresses.Add($"L{i + 1};{1000 + random.Next(8000)}AB;{1 + random.Next(200)};{(random.Next(2) == 0 ? "" : "B")};{(random.Next(2) == 0 ? "" : "II")}");
        export.Results.RemoveAll(_ => random.Next(3) == 0);
        for (var i = 0; i < 3; i++) export.Results.Add(new() { Pupil = $"L{i + 1}", Test = "RW3-M4", Score = (150 + random.Next(200) / 10m).ToString(CultureInfo.InvariantCulture), Taken = "2024-01-22" });
        return export;
    }

    public void Dispose()
    {
        _round.Dispose();
        _school.Dispose();
    }
}
