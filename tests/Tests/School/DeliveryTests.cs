using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>From preview to receipt and report.</summary>
public sealed class DeliveryTests : IDisposable
{
    readonly TestHome _school = new();
    readonly IdentityKey _round = IdentityKey.Generate();
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;

    public DeliveryTests()
    {
        Assert.True(_school.Import(Samples.Import).Stored);
        _school.Inform();
    }

    [Fact]
    public void The_bytes_of_the_preview_are_the_bytes_that_are_sealed()
    {
        var made = _school.Preview();
        var sent = Sealed();
        using var opened = Envelope.Open(File.ReadAllBytes(sent.CiphertextFile), _round);
        Assert.Equal(_school.Payload(), opened.Content);
        Assert.Equal(made.Sha256, sent.Manifest.Payload.Sha256);
    }

    [Fact]
    public void The_three_files_are_as_the_format_says()
    {
        _school.Preview();
        var sent = Sealed();
        Assert.Equal(["99XX00-2025-1-1.age", "99XX00-2025-1-1.manifest.json", "99XX00-2025-1-1.manifest.p7s"],
            Directory.GetFiles(_school.Home.OutboxFolder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.True(Manifest.TryRead(File.ReadAllBytes(sent.ManifestFile), out var manifest, out _));
        Assert.Equal(FileDigest.OfFile(sent.CiphertextFile), manifest.Ciphertext);
        Assert.True(Signature.Check(File.ReadAllBytes(sent.ManifestFile), File.ReadAllBytes(sent.SignatureFile), [_school.Home.Signing.Certificate], _school.Clock.GetUtcNow()).Ok);
    }

    [Fact]
    public void Sealing_again_is_safe_and_counts_on()
    {
        _school.Preview();
        Assert.Equal([1, 2], new[] { Sealed().Manifest.Sequence, Sealed().Manifest.Sequence });
    }

    [Fact]
    public void A_preview_that_was_changed_or_is_older_than_an_import_is_not_sealed()
    {
        _school.Preview();
        _school.Change("UPDATE preview SET sha256 = 'x' || substr(sha256, 2)");
        Assert.Contains("changed", Approving.Deliver(_school.Home, s_edition, _round.Recipient).Refusal!.English);
        _school.Change("UPDATE preview SET payload = zeroblob(length(payload))");
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Approving.Deliver(_school.Home, s_edition, _round.Recipient));
        _school.Preview();
        Assert.True(_school.Import(Samples.Import).Stored);
        Assert.Contains("no preview", Approving.Deliver(_school.Home, s_edition, _round.Recipient).Refusal!.English);
        Assert.False(Directory.Exists(_school.Home.OutboxFolder));
    }

    [Fact]
    public void Nothing_of_who_stays_behind_is_in_the_payload_or_the_manifest()
    {
        Assert.True(Objections.RecordList(_school.Home, Samples.File("bezwaren.csv")).Ok);
        var made = _school.Preview();
        Assert.Equal(10, made.Pupils);
        Assert.Equal([(Rules.Objected, 2)], made.LeftOut);
        var sent = Sealed();
        var payload = Encoding.UTF8.GetString(_school.Payload());
        Assert.DoesNotContain("\"born\":\"2014-02-11\"", payload);
        Assert.EndsWith("{\"end\":true,\"pupils\":10,\"results\":52}\n", payload);
        Assert.DoesNotContain("12", File.ReadAllText(sent.ManifestFile).Split("\"pupils\"")[1].Split("\"sealed\"")[0]);
    }

    [Fact]
    public void Names_keys_and_sensitive_fields_cannot_appear()
    {
        var payload = _school.Body();
        Assert.All(new[] { "Voorbeeld", "Sanne", "Verzonnen", "L10", "etnic", "\"NL\"", "\"MA\"", "0,3", "WS-", "ketenid", "g34" }, mark => Assert.DoesNotContain(mark, payload));
        Assert.True(DeliveryPayload.TryRead(Encoding.UTF8.GetBytes(payload), out var read, out _));
        Assert.Equal(12, read.Pupils.Count);
    }

    [Fact]
    public void Results_of_a_later_edition_wait()
    {
        Assert.Equal(30, _school.Preview("2024-2").Results);
        Assert.Equal(64, _school.Preview("2025-1").Results);
        Assert.Equal(64, _school.Preview("2025-2").Results);
    }

    [Fact]
    public void The_page_shows_every_field_with_its_reason_and_who_stays_behind()
    {
        Assert.True(Objections.Record(_school.Home, "L1010").Ok);
        var made = _school.Preview();
        foreach (var language in new[] { "nl", "en" })
        {
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Preview.Page(_school.Home, made.Edition, language)!);
            Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
            Assert.All(FieldSets.Current(_school.Home).Fields, field => Assert.Contains(field.Reason(language), page.Body!.TextContent));
            Assert.Equal(made.Pupils, page.QuerySelectorAll("details").Length);
            Assert.Equal(made.Results, page.QuerySelectorAll("details tbody tr").Length);
            Assert.Contains("Sem Sprookje", page.Body!.TextContent);
            Assert.Contains(Rules.Objected.Sentence(language), page.Body.TextContent);
        }
    }

    [Fact]
    public void The_letter_makes_every_promise_in_two_languages()
    {
        var sent = Inform.Send(_school.Home, new(2025, 3, 1), new(2025, 3, 15)).Value!;
        var (dutch, english) = (File.ReadAllText(sent.Files[0]), File.ReadAllText(sent.Files[1]));
        Assert.All(new[] { "De Verzonnen School", "15 maart 2025", "burgerservicenummer", "onderwijsnummer", "geslacht", "geboortedatum", "postcode", "huisnummer", "vernietigd", "alleen om te koppelen", "Twee keer per jaar", "geen reden", "nooit een leerling of een school herkennen", "bijzondere gegevens" }, promise => Assert.Contains(promise, dutch));
        Assert.All(new[] { "De Verzonnen School", "15 March 2025", "destroyed", "only for linking", "Twice a year", "no reason", "never recognise a pupil or a school" }, promise => Assert.Contains(promise, english));
    }

    [Fact]
    public void Thirteen_days_are_too_few_and_a_letter_is_not_sent_tomorrow()
    {
        Assert.False(Inform.Send(_school.Home, new(2025, 3, 1), new(2025, 3, 14)).Ok);
        Assert.False(Inform.Send(_school.Home, TestHome.Day.AddDays(1), TestHome.Day.AddDays(30)).Ok);
    }

    [Fact]
    public void A_receipt_of_the_office_about_this_delivery_is_kept_and_others_are_not()
    {
        _school.Preview();
        var sent = Sealed();
        using var office = SigningKey.Create("CBS", _school.Clock.GetUtcNow().AddDays(-1), _school.Clock.GetUtcNow().AddYears(1));
        using var stranger = SigningKey.Create("CBS", _school.Clock.GetUtcNow().AddDays(-1), _school.Clock.GetUtcNow().AddYears(1));
        var receipt = new Receipt
        {
            School = "99XX00",
            Edition = "2025-1",
            Sequence = 1,
            Manifest = FileDigest.OfFile(sent.ManifestFile).Sha256,
            Ciphertext = sent.Manifest.Ciphertext.Sha256,
            Payload = sent.Manifest.Payload.Sha256,
            Received = _school.Clock.GetUtcNow(),
            Checkpoint = "",
        };
        string Put(Receipt content, SigningKey by)
        {
            _school.File("r.receipt.p7s", Signature.Sign(content.ToJson(), by));
            return _school.File("r.receipt.json", content.ToJson());
        }

        Assert.Contains("not known", Receipts.Keep(_school.Home, Put(receipt, office)).Refusal!.English);
        Assert.Contains("no delivery", Receipts.Keep(_school.Home, Put(receipt with { Sequence = 2 }, office), office.Certificate).Refusal!.English);
        Assert.Contains("signature", Receipts.Keep(_school.Home, Put(receipt, stranger), office.Certificate).Refusal!.English);
        Assert.True(Receipts.Keep(_school.Home, Put(receipt, office), office.Certificate).Ok);
        Assert.True(Receipts.Keep(_school.Home, Put(receipt, office)).Ok);
        Assert.Contains("recorded before", Receipts.Keep(_school.Home, Put(receipt, stranger), stranger.Certificate).Refusal!.English);
        Assert.Contains("not a receipt", Receipts.Keep(_school.Home, _school.File("x.json", "{}")).Refusal!.English);
    }

    [Fact]
    public void A_report_opens_with_the_schools_own_key_and_no_other()
    {
        var enrolment = Enrolled();
        var report = Encoding.UTF8.GetBytes("<!DOCTYPE html><p>Rapport</p>");
        var opened = Reports.Open(_school.Home, _school.File("99XX00-2025-1-report.html.age", Envelope.Seal(report, RecipientKey.Parse(enrolment.Recipient))));
        Assert.Equal(report, File.ReadAllBytes(opened.Value!.File));
        Assert.False(Reports.Open(_school.Home, _school.File("other.html.age", Envelope.Seal(report, _round.Recipient))).Ok);
        Assert.Single(Directory.GetFiles(_school.Home.ReportsFolder));
    }

    [Fact]
    public void The_enrolment_names_the_key_that_signs()
    {
        var enrolment = Enrolled();
        using var certificate = enrolment.ReadCertificate();
        Assert.Equal(("99XX00", "De Verzonnen School", _school.Home.Signing.Fingerprint), (enrolment.School, enrolment.Name, SigningKey.FingerprintOf(certificate)));
    }

    [Fact]
    public void Every_step_stands_in_the_ledger_with_the_facts_it_may_have()
    {
        _school.Preview();
        Sealed();
        var outbox = _school.Dump().Split("== ledger_outbox\n")[1].Split("== ")[0];
        var steps = System.Text.RegularExpressions.Regex.Matches(outbox, "\"step\":\"([a-z-]+)\".*?\"facts\":\\{(.*?)\\}").Select(m => m.Groups[1].Value + " " + string.Join(",", System.Text.RegularExpressions.Regex.Matches(m.Groups[2].Value, "\"(\\w+)\":").Select(f => f.Groups[1].Value)));
        Assert.Equal(["enrolled certificate", "imported files,pupils,results", "informed letter,set,until", "previewed edition,payload", "agreed first,last", "approved edition,payload", "sealed ciphertext,edition,payload,sequence"], steps);
    }

    SchoolEnrolment Enrolled()
    {
        Assert.True(SchoolEnrolment.TryRead(File.ReadAllBytes(Path.Combine(_school.Home.Folder, Enrolment.FileName)), out var enrolment, out _));
        return enrolment;
    }

    SealedDelivery Sealed()
    {
        var sent = Approving.Deliver(_school.Home, s_edition, _round.Recipient);
        Assert.True(sent.Ok, sent.Refusal?.English);
        return sent.Value!;
    }

    public void Dispose()
    {
        _round.Dispose();
        _school.Dispose();
    }
}
