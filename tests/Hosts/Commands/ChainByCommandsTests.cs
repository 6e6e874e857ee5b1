using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Groeilijn.Hosts.Commands;

/// <summary>The whole chain through commands only: what each answers, what a second time does, and what anybody can verify afterwards.</summary>
public sealed class ChainByCommandsTests(Chain chain) : IClassFixture<Chain>
{
    static readonly string[] s_editions = ["2023-1", "2023-2"];

    [Fact]
    public void Every_pupil_that_a_school_sealed_reaches_the_office_and_nobody_else()
    {
        foreach (var edition in s_editions)
        {
            var linked = chain.Said[$"office link {edition}"];
            Assert.Equal(chain.Locations.Count, linked.GetProperty("deliveries").GetInt32());
            Assert.Equal(Sum("school seal", edition, "pupils"), linked.GetProperty("records").GetInt32());
            Assert.InRange(linked.GetProperty("linked").GetInt32(), linked.GetProperty("records").GetInt32() * 97 / 100, linked.GetProperty("records").GetInt32());
        }
        Assert.Equal(s_editions.Sum(edition => chain.Said[$"office link {edition}"].GetProperty("results").GetInt32()), chain.Said["office cohort 2023-2"].EnumerateArray().Sum(part => part.GetProperty("rows").GetInt32()));
    }

    [Fact]
    public void What_is_sealed_is_what_the_preview_showed_and_objections_stay_out()
    {
        foreach (var edition in s_editions)
        {
            Assert.True(Sum("school object", edition, "recorded") > 0, "a country without objections proves nothing");
            foreach (var location in chain.Locations)
            {
                var (preview, made) = (chain.Said[$"school preview {edition} {location}"], chain.Said[$"school seal {edition} {location}"]);
                Assert.Equal(preview.GetProperty("sha256").GetString(), made.GetProperty("payload").GetString());
                var objected = chain.Said[$"school object {edition} {location}"].GetProperty("recorded").GetInt32();
                Assert.True(preview.GetProperty("leftOut").EnumerateArray().Sum(reason => reason.GetProperty("pupils").GetInt32()) >= objected);
            }
        }
    }

    [Fact]
    public void The_fingerprint_that_the_school_reads_aloud_is_the_one_the_office_compares()
    {
        foreach (var location in chain.Locations)
            Assert.Equal(chain.Said[$"school enrol {location}"].GetProperty("fingerprint").GetString(), chain.Said[$"office enrol {location}"].GetProperty("fingerprint").GetString());
    }

    [Fact]
    public void Every_school_opens_its_own_report_and_no_other()
    {
        foreach (var report in chain.Said["office report 2023-2"].EnumerateArray())
        {
            var own = report.GetProperty("id").GetString()!.Split('/')[2];
            Assert.True(report.GetProperty("published").GetInt32() > 0);
            foreach (var file in report.GetProperty("files").EnumerateArray().Select(f => f.GetString()!))
            {
                Assert.True(File.Exists(chain.Said[$"school report {Path.GetFileName(file)}"].GetProperty("file").GetString()));
                var other = chain.Locations.First(location => location != own);
                var refused = chain.AtSchool(other, "report", file).Refused("niet verzegeld voor deze school");
                Assert.Equal("", refused.Output);
                Assert.False(File.Exists(Path.Combine(chain.School(other), "reports", Path.GetFileNameWithoutExtension(file))));
            }
        }
    }

    [Fact]
    public void The_search_reads_every_file_of_the_office_and_finds_no_delivered_number()
    {
        var search = chain.Said["office sweep"];
        Assert.Equal(0, search.GetProperty("hits").GetArrayLength());
        Assert.True(search.GetProperty("files").GetInt32() > 50);
        var planted = Path.Combine(chain.Office, "letter.txt");
        var number = File.ReadLines(chain.Payloads(chain.Locations[0])[0]).Skip(1).Select(Number).First(n => n is not null)!;
        File.WriteAllText(planted, $"about {number}");
        try
        {
            var found = chain.AtOffice("sweep", chain.Payloads(chain.Locations[0])[0]).Refused("1 places of the office hold the number");
            Assert.Contains("letter.txt", found.Output);
            Assert.DoesNotContain(number, found.Output + found.Error);
        }
        finally { File.Delete(planted); }
    }

    [Fact]
    public void The_site_holds_the_released_tables()
    {
        var site = chain.Said["opendata publish"];
        Assert.Equal(s_editions.Sum(edition => chain.Said[$"office table {edition}"].GetArrayLength()), site.GetProperty("tables").GetInt32());
        Assert.Equal(site.GetProperty("files").GetInt32(), Directory.EnumerateFiles(chain.At("public"), "*", SearchOption.AllDirectories).Count(file => !Path.GetFileName(file).StartsWith('.')));
        Assert.True(File.Exists(chain.At("public", "index.html")));
    }

    [Fact]
    public void Research_lets_a_large_group_out_and_keeps_a_small_one()
    {
        string[] run = ["research", "run", chain.Said["research project"].GetProperty("file").GetString()!, "--home", chain.At("research")];
        string[] large = [.. run, "--name", "by-subject", "--measures", "count", "mean", "--by", "subject", "scale", "--where", "scale = 'lvs-3'", "--json"];
        var first = Session.Run(large).Done().Json;
        Assert.StartsWith("subject,", File.ReadLines(first.GetProperty("csv").GetString()!).First());
        Assert.False(first.GetProperty("again").GetBoolean());
        Assert.True(Session.Run(large).Done().Json.GetProperty("again").GetBoolean());

        string[] small = [.. run, "--name", "other-level", "--by", "edition", "subject", "scale", "pupil_year_group", "test_year_group", "--where", "pupil_year_group <> test_year_group"];
        var refused = Session.Run(small).Refused("cells-too-small");
        Assert.Equal("", refused.Output);
        Assert.DoesNotContain(Directory.EnumerateFiles(chain.At("research"), "*", SearchOption.AllDirectories), file => Path.GetFileName(file).Contains("other-level", StringComparison.Ordinal));
        Session.Run([.. run, "--name", "sql", "--where", "1 = 1); DROP TABLE results; --"]).Refused("[");
    }

    [Fact]
    public void Anybody_verifies_certificates_receipts_manifests_and_the_ledger()
    {
        var records = s_editions.SelectMany(edition => chain.Locations.Select(location => chain.Receipt(location, edition))
            .Append(chain.Said[$"office destroy {edition}"].GetProperty("certificate").GetString()!)).Append(Path.Combine(chain.Office, "ledger")).ToList();
        Assert.Equal(2 * chain.Locations.Count + 3, records.Count);
        foreach (var record in records)
        {
            Assert.EndsWith("signed by whom you trust.\n", Session.Run("verify", record, "--trust", chain.Certificate).Done().Output);
            Assert.Equal("Proved", Session.Run("verify", record, "--trust", chain.Certificate, "--json").Done().Json.GetProperty("outcome").GetString());
            Assert.Contains("Who signed it was not checked", Session.Run("verify", record).Done().Output);
        }
        var location = chain.Locations[0];
        Session.Run("verify", Path.ChangeExtension(chain.Outbox(location, "2023-1"), ".manifest.json"), "--trust", Directory.EnumerateFiles(Path.Combine(chain.School(location), "keys"), "*.cert.pem").Single(file => !file.EndsWith("office.cert.pem", StringComparison.Ordinal))).Done();
    }

    [Fact]
    public void The_log_goes_on_from_what_somebody_kept_and_goes_out_as_Logboek_Dataverwerkingen()
    {
        var ledger = Path.Combine(chain.Office, "ledger");
        var kept = chain.At("kept");
        File.Copy(Path.Combine(ledger, "checkpoint"), kept, overwrite: true);
        var shown = Session.Run("office", "log", "--home", chain.Office, "--json").Done().Json;
        Assert.Contains("it goes on from the earlier checkpoint", Session.Run("verify", "--log", ledger, "--earlier", kept, "--trust", chain.Certificate).Done().Output);
        var printed = $"{shown.GetProperty("entries")}: {shown.GetProperty("root").GetString()![..32]}";
        Session.Run("verify", "--log", ledger, "--earlier", printed).Done();
        Session.Run("verify", "--log", ledger, "--earlier", "1: " + new string('0', 32)).Refused("does not go on from the earlier checkpoint");
        Session.Run("verify", "--log", ledger, "--earlier", "no checkpoint").Refused("earlier checkpoint cannot be read");

        Assert.True(Session.Run("office", "log", "--home", chain.Office, "--logboek", "--out", chain.At("logboek.jsonl"), "--json").Done().Json.GetProperty("spans").GetInt64() > 10);
        Assert.All(File.ReadLines(chain.At("logboek.jsonl")), line => Assert.StartsWith("{\"trace_id\":\"", line));
        Session.Run("office", "log", "--home", chain.Office, "--logboek").Refused("--out is missing", exit: 2);
        Session.Run("office", "log", "--home", chain.Office, "--proof", new string('0', 64), "--out", chain.At("no.proof")).Refused("no step in the ledger");
        Session.Run("office", "revoke", "99ZZ99", "--home", chain.Office).Refused("unknown-school");

        Session.Run("verify", "--page", chain.At("verify.html")).Done();
        Assert.StartsWith("<!DOCTYPE html>", File.ReadLines(chain.At("verify.html")).First());
    }

    [Fact]
    public void A_certificate_of_which_a_digit_was_changed_does_not_hold()
    {
        var (certificate, copy) = (chain.Said["office destroy 2023-1"].GetProperty("certificate").GetString()!, chain.At("changed.json"));
        File.Copy(Path.ChangeExtension(certificate, ".p7s"), chain.At("changed.p7s"), overwrite: true);
        var text = File.ReadAllText(certificate);
        var at = text.IndexOf("\"sha256\":\"", StringComparison.Ordinal) is > 0 and var found ? found + 10 : text.IndexOf("\"ciphertext\":\"", StringComparison.Ordinal) + 14;
        File.WriteAllText(copy, text[..at] + (text[at] == 'a' ? 'b' : 'a') + text[(at + 1)..]);
        var refused = Session.Run("verify", copy, "--trust", chain.Certificate).Refused("does not hold");
        Assert.Equal("", refused.Output);
        Assert.Equal("Refused", Session.Run("verify", copy, "--json").Refused("does not hold").Json.GetProperty("outcome").GetString());
        Session.Run("verify", certificate, "--trust", Path.Combine(chain.School(chain.Locations[0]), "enrolment.json")).Refused("cannot be read");
    }

    [Fact]
    public void Linking_and_destroying_a_second_time_change_nothing()
    {
        var certificate = chain.Said["office destroy 2023-1"].GetProperty("certificate").GetString()!;
        var (before, cohort) = (SHA256.HashData(File.ReadAllBytes(certificate)), chain.AtOffice("cohort", "--json").Output);
        chain.AtOffice("link", "--edition", "2023-1").Refused("a share of the round's key is missing");
        Assert.Equal(certificate, chain.AtOffice("destroy", "--edition", "2023-1", "--approver", "C. Ander", "--approver", "D. Ander", "--json").Done().Json.GetProperty("certificate").GetString());
        Assert.Equal(before, SHA256.HashData(File.ReadAllBytes(certificate)));
        Assert.Equal(cohort, chain.AtOffice("cohort", "--json").Done().Output);
        chain.AtOffice("open", "--edition", "2023-1", "--holder", "A", "--holder", "B").Refused("round-exists");
    }

    [Fact]
    public void The_same_delivery_a_second_time_gets_the_same_receipt_and_brings_no_ciphertext_back()
    {
        var location = chain.Locations[0];
        var before = File.ReadAllBytes(chain.Receipt(location, "2023-1"));
        var again = chain.AtOffice("receive", chain.Outbox(location, "2023-1"), "--json").Done().Json[0];
        Assert.True(again.GetProperty("received").GetBoolean() && again.GetProperty("again").GetBoolean());
        Assert.Equal(before, File.ReadAllBytes(chain.Receipt(location, "2023-1")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(chain.Office, "intake")));
        chain.AtSchool(location, "receipt", chain.Receipt(location, "2023-1"), "--json").Done();
    }

    [Fact]
    public void A_delivery_after_its_round_is_refused_and_so_is_a_damaged_one()
    {
        var location = chain.Locations[1];
        var folder = Directory.CreateDirectory(chain.At("late")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(chain.School(location), "outbox"), $"{location}-2023-2-1.*")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var ciphertext = Path.Combine(folder, $"{location}-2023-2-1.age");
        var bytes = File.ReadAllBytes(ciphertext);
        bytes[^1] ^= 1;
        File.WriteAllBytes(ciphertext, bytes);
        Assert.Contains("damaged", chain.AtOffice("receive", folder).Refused("1 of 1 deliveries were refused").Output);
        Assert.Equal("ciphertext", chain.AtOffice("receive", folder, "--json").Refused("1 of 1").Json[0].GetProperty("code").GetString());

        chain.AtSchool(location, "preview", "--edition", "2023-2", "--json").Done();
        var made = chain.AtSchool(location, "seal", "--edition", "2023-2", "--to", chain.Said["office open 2023-2"].GetProperty("recipient").GetString()!, "--approved-by", "A. Directeur", "--json").Done().Json;
        Assert.Equal(2, made.GetProperty("sequence").GetInt32());
        Assert.Equal("round-closed", chain.AtOffice("receive", made.GetProperty("files")[0].GetString()!, "--json").Refused("refused").Json[0].GetProperty("code").GetString());
    }

    [Fact]
    public void Releases_made_again_are_the_ones_that_were_made()
    {
        foreach (var verb in (string[])["report", "table"])
        {
            var before = chain.Said[$"office {verb} 2023-2"].EnumerateArray().Select(r => r.GetProperty("artefact").GetString()).ToList();
            var again = chain.AtOffice(verb, "--edition", "2023-2", "--json").Done().Json.EnumerateArray().ToList();
            Assert.Equal(before, again.Select(r => r.GetProperty("artefact").GetString()));
            Assert.All(again, release => Assert.True(release.GetProperty("again").GetBoolean()));
        }
    }

    [Fact]
    public void The_commands_say_in_words_what_they_say_in_json()
    {
        Assert.Contains("results from", chain.AtOffice("cohort").Done().Output);
        Assert.Contains("figures published", chain.AtOffice("report", "--edition", "2023-2").Done().Output);
        Assert.Contains("Anybody can check it", chain.AtOffice("destroy", "--edition", "2023-1", "--approver", "A", "--approver", "B").Done().Output);
        Assert.Contains("received, as before", chain.AtOffice("receive", chain.Outbox(chain.Locations[0], "2023-1")).Done().Output);
        Assert.Contains("Gecontroleerd:", chain.AtSchool(chain.Locations[0], "check").Done().Output);
        Assert.Contains("Checked:", chain.AtSchool(chain.Locations[0], "check", "--lang", "en").Done().Output);
    }

    [Fact]
    public async Task Without_DuckDB_the_program_says_how_to_get_it()
    {
        foreach (var words in (string[][])[["doctor"], ["office", "report", "--edition", "2023-2", "--home", chain.Office], ["research", "run", chain.Said["research project"].GetProperty("file").GetString()!, "--name", "x", "--home", chain.At("desk")]])
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "groeilijn.dll"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["GROEILIJN_DUCKDB"] = chain.At("not-there");
            using var program = Process.Start(start)!;
            var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
            await program.WaitForExitAsync();
            var ran = new Ran(program.ExitCode, await output, await error).Refused(words[0] == "doctor" ? "needed is missing" : "library");
            Assert.Contains("setup/duckdb.sh", ran.Output + ran.Error);
        }
    }

    int Sum(string command, string edition, string member) => chain.Locations.Sum(location => chain.Said[$"{command} {edition} {location}"].GetProperty(member).GetInt32());

    static string? Number(string line)
    {
        using var pupil = JsonDocument.Parse(line);
        return pupil.RootElement.TryGetProperty("bsn", out var number) ? number.GetString() : null;
    }
}
