using System.Text.Json.Nodes;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>One set file makes the letter, the preview and the delivery: change it, and all three change.</summary>
public sealed class SetTests : IDisposable
{
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;
    readonly TestHome _school = new();

    public SetTests() => Assert.True(_school.Import(Samples.Import).Stored);

    [Fact]
    public void The_basic_set_is_in_use_and_needs_no_consent()
    {
        var set = FieldSets.Current(_school.Home);
        Assert.Equal("nco-basis/1", set.Name);
        Assert.Equal(["bsn", "onderwijsnummer", "sex", "born", "postcode", "house", "letter", "addition"], set.Person.Select(f => f.Name));
        Assert.Equal(["subject", "taken", "moment", "group", "scale", "score"], set.Result.Select(f => f.Name));
        Assert.All(set.Person, field => Assert.Equal(FieldPurpose.Linking, field.Purpose));
        Assert.Empty(set.Extra);
        Assert.Empty(set.Categories);
    }

    [Fact]
    public void A_field_that_is_dropped_is_gone_from_letter_preview_and_payload_at_once()
    {
        _school.Inform();
        var (letter, page, body) = (Letter("nl"), Page("nl"), _school.Body());
        Assert.Contains("huisnummer, met huisletter en toevoeging", letter);
        Assert.Contains("Huisnummer", page);
        Assert.Contains("\"house\":", body);

        FieldSets.Use(_school.Home, InventedSets.Without("house", "letter", "addition"));
        _school.Inform();
        Assert.DoesNotContain("huisnummer", Letter("nl"));
        Assert.DoesNotContain("house number", Letter("en"));
        Assert.DoesNotContain("Huisnummer", Page("nl"));
        Assert.DoesNotContain("\"house\":", _school.Body());
        Assert.DoesNotContain("\"addition\":", _school.Body());
        Assert.Contains("\"set\":\"nco-basis/2\"", _school.Body());
    }

    [Fact]
    public void A_field_that_is_added_comes_in_letter_preview_and_payload_at_once()
    {
        InventedSets.Fill(_school.Home, "travel", "te voet");
        _school.Inform();
        Assert.DoesNotContain("travel", _school.Body());
        FieldSets.Use(_school.Home, InventedSets.WithTravel());
        _school.Inform();
        Assert.Contains("manier van reizen", Letter("nl"));
        Assert.Contains("way of travelling", Letter("en"));
        Assert.Contains("\"extra\":{\"travel\":\"te voet\"}", _school.Body());
        Assert.Contains("te voet", Page("nl"));
        Assert.Contains("Verzonnen reden voor manier van reizen.", Page("nl"));
    }

    [Fact]
    public void What_is_not_in_the_set_is_not_written_whatever_the_store_holds()
    {
        InventedSets.Fill(_school.Home, "travel", "te voet");
        FieldSets.Use(_school.Home, InventedSets.Without("bsn", "onderwijsnummer", "postcode"));
        _school.Inform();
        var body = _school.Body();
        Assert.All(new[] { "postcode", "bsn", "onderwijsnummer", "1234AB", "te voet", "extra" }, absent => Assert.DoesNotContain(absent, body));
        Assert.Contains("\"house\":", body);
    }

    [Fact]
    public void Whose_parents_know_an_older_version_is_not_sent_a_new_field()
    {
        InventedSets.Fill(_school.Home, "travel", "te voet");
        _school.Inform();
        FieldSets.Use(_school.Home, InventedSets.WithTravel());
        Assert.DoesNotContain("travel", _school.Body());
        Assert.True(Informed.StatusOf(_school.Home)[0].OtherSet);

        var told = Informed.StatusOf(_school.Home)[0].Person;
        Assert.True(Inform.Send(_school.Home, new(2025, 2, 12), new(2025, 3, 1), LetterWay.Paper, Readers.Pupils(told)).Ok);
        var lines = _school.Body().Split('\n').Where(line => line.Contains("\"travel\"", StringComparison.Ordinal));
        Assert.Single(lines);
        Assert.False(Informed.StatusOf(_school.Home)[0].OtherSet);
    }

    [Fact]
    public void Whose_parents_know_a_later_version_is_not_sent_what_it_dropped()
    {
        FieldSets.Use(_school.Home, InventedSets.Without("postcode"));
        _school.Inform();
        Assert.True(FieldSets.Use(_school.Home, "nco-basis/1").Ok);
        Assert.DoesNotContain("postcode", _school.Body());
    }

    [Fact]
    public void A_change_of_set_makes_the_preview_void_and_stands_in_the_ledger()
    {
        _school.Inform();
        _school.Preview();
        var set = InventedSets.WithTravel();
        FieldSets.Use(_school.Home, set);
        Assert.Null(Preview.Of(_school.Home, s_edition));
        Assert.Contains($"\"step\":\"set-used\"", _school.Dump());
        Assert.Contains($"\"facts\":{{\"file\":\"{set.Sha256}\",\"set\":\"nco-basis/2\"}}", _school.Dump());
    }

    [Fact]
    public void The_sealed_manifest_names_the_set_of_the_preview()
    {
        FieldSets.Use(_school.Home, InventedSets.Without("postcode"));
        _school.Inform();
        using var round = IdentityKey.Generate();
        _school.Preview();
        Assert.Equal("nco-basis/2", Approving.Deliver(_school.Home, s_edition, round.Recipient).Value!.Manifest.Set);
    }

    [Fact]
    public void A_version_never_changes()
    {
        FieldSets.Use(_school.Home, InventedSets.WithTravel());
        Assert.Throws<InvalidDataException>(() => FieldSets.Use(_school.Home, InventedSets.WithAllergy()));
        Assert.Contains("no such set", FieldSets.Use(_school.Home, "nco-basis/9").Refusal!.English);
        Assert.Equal("nco-basis/2", FieldSets.Current(_school.Home).Name);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "format", "format must be groeilijn-set/1" },
        { "name", "name and version must be" },
        { "version", "name and version must be" },
        { "unknown", "does not fit the schema" },
        { "no word", "does not fit the schema" },
        { "part", "does not fit the schema" },
        { "empty reason", "field bsn: word, letter and reason must each be one line" },
        { "twice", "each field stands in it once" },
        { "since", "field bsn: since must be a version up to that of the file" },
        { "no score", "field score is missing" },
        { "no sex", "field sex is missing" },
        { "place", "field bsn: the delivery's format has no place for it in this part" },
        { "result field", "field colour: the delivery's format has no place for it in this part" },
        { "own name", "field results: the delivery's format has no place for it in this part" },
        { "special of all", "field bsn: a field that every pupil has cannot be of a special category" },
        { "of", "field letter: of must name another field" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_set_file_that_breaks_the_schema_is_refused_with_the_field_and_the_rule(string how, string message)
    {
        var fault = Assert.Throws<InvalidDataException>(() => FieldSet.Read(InventedSets.Json(file => Break(file, file["fields"]!.AsArray(), how))));
        Assert.Contains(message, fault.Message);
    }

    static void Break(JsonObject file, JsonArray fields, string how)
    {
        var bsn = fields[0]!;
        switch (how)
        {
            case "format": file["format"] = "x"; break;
            case "name": file["name"] = "NCO"; break;
            case "version": file["version"] = 0; break;
            case "unknown": file["colour"] = "red"; break;
            case "no word": bsn["nl"]!.AsObject().Remove("word"); break;
            case "part": bsn["part"] = "school"; break;
            case "empty reason": bsn["nl"]!["reason"] = ""; break;
            case "twice": fields.Add(bsn.DeepClone()); break;
            case "since": bsn["since"] = 2; break;
            case "no score": fields.RemoveAt(fields.Count - 1); break;
            case "no sex": fields.RemoveAt(2); break;
            case "place": bsn["part"] = "result"; break;
            case "result field": var colour = InventedSets.Field("colour", null, "kleur", "colour"); colour["part"] = "result"; colour["since"] = 1; fields.Add(colour); break;
            case "own name": var results = InventedSets.Field("results", null, "x", "x"); results["since"] = 1; fields.Add(results); break;
            case "special of all": bsn["category"] = "health"; break;
            case "of": fields[6]!["of"] = "street"; break;
        }
    }

    string Letter(string language) => Groeilijn.School.Letter.Preview(_school.Home, new(2025, 2, 11), new(2025, 3, 1), language).Value!;

    string Page(string language)
    {
        _school.Preview();
        return Preview.Page(_school.Home, s_edition, language)!;
    }

    public void Dispose() => _school.Dispose();
}
