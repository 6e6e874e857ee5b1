using System.Text.Json;
using Groeilijn.Columns;
using Groeilijn.Hosts.Machine;
using Groeilijn.Testland;

namespace Groeilijn.Hosts.Commands;

/// <summary>
/// A small country's schools and their office, moved by commands only: what is typed is all that happens. It is walked once, and the
/// tests look at what each command answered and at what stands in the folders afterwards.
/// </summary>
public sealed class Chain : IDisposable
{
    const int Schools = 5;
    static readonly (string Edition, string Reference, string Until)[] s_rounds = [("2023-1", "2023-03-01", "2023-03-15"), ("2023-2", "2023-07-01", "2023-07-15")];

    readonly Session _session = new();

    /// <summary>Every location that takes part.</summary>
    public IReadOnlyList<string> Locations { get; }

    /// <summary>What stands in a letter to parents.</summary>
    static string Details { get; } = Checkout.Sample("brief.json");

    public string Office => _session.At("office");

    public string Certificate => Path.Combine(Office, "keys", "signing", "office.cert.pem");

    /// <summary>What each command answered, by what was typed first: <c>office link 2023-1</c>.</summary>
    public Dictionary<string, JsonElement> Said { get; } = [];

    public Chain()
    {
        if (ColumnLibrary.Find() is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "DuckDB's library must be there in CI.");
            Assert.Skip("DuckDB's library is not here; setup/duckdb.sh fetches it.");
        }
        TestlandWriter.Write(new TestlandOptions { Schools = Schools, Editions = 2 }, At("land"));
        Locations = [.. Directory.EnumerateDirectories(At("land", "exports", "2023-1")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];
        Enrol();
        foreach (var (edition, reference, until) in s_rounds)
        {
            Deliver(edition, reference, until);
            Process(edition);
        }
        Publish();
    }

    public string At(params ReadOnlySpan<string> parts) => _session.At(parts);

    /// <summary>A school's home.</summary>
    public string School(string location) => At("schools", location);

    /// <summary>Runs a school's command on its home.</summary>
    public Ran AtSchool(string location, params IReadOnlyList<string> words) => Session.Run(["school", .. words, "--home", School(location)]);

    /// <summary>Runs a command of the office on its home.</summary>
    public Ran AtOffice(params IReadOnlyList<string> words) => Session.Run(["office", .. words, "--home", Office]);

    void Enrol()
    {
        Keep("office init", AtOffice("init", "--invented", "--json"));
        var schools = File.ReadLines(At("land", "schools.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[0]);
        foreach (var location in Locations)
        {
            Keep($"school enrol {location}", AtSchool(location, "enrol", "--school", location, "--name", schools[location][1], "--json"));
            Keep($"office enrol {location}", AtOffice("enrol", Path.Combine(School(location), "enrolment.json"), "--province", schools[location][2], "--json"));
        }
    }

    void Deliver(string edition, string reference, string until)
    {
        var recipient = Keep($"office open {edition}", AtOffice("open", "--edition", edition, "--holder", "A. Sleutel", "--holder", "B. Sleutel", "--json")).GetProperty("recipient").GetString()!;
        foreach (var location in Locations)
        {
            string Export(string name) => At("land", "exports", edition, location, name);
            Keep($"school import {edition} {location}", AtSchool(location, "import", Export("edexml.xml"), Export("uwlr.xml"), Export("adressen.csv"), "--reference", reference, "--json"));
            Keep($"school check {edition} {location}", AtSchool(location, "check", "--edition", edition, "--json"));
            Keep($"school letter {edition} {location}", AtSchool(location, "letter", "--details", Details, "--sent", reference, "--until", until, "--json"));
            Keep($"school object {edition} {location}", AtSchool(location, "object", "--list", Export("bezwaren.csv"), "--json"));
            Keep($"school preview {edition} {location}", AtSchool(location, "preview", "--edition", edition, "--json"));
            AtSchool(location, "agreement", "--by", "bestuur", "--from", "2022-08-01", "--until", "2030-07-31").Done();
            Keep($"school seal {edition} {location}", AtSchool(location, "seal", "--edition", edition, "--to", recipient, "--approved-by", "A. Directeur", "--json"));
        }
    }

    void Process(string edition)
    {
        Keep($"office register {edition}", AtOffice("register", At("land", "register", edition), "--json"));
        foreach (var location in Locations)
        {
            Keep($"office receive {edition} {location}", AtOffice("receive", Outbox(location, edition), "--json"));
            Keep($"school receipt {edition} {location}", AtSchool(location, "receipt", Receipt(location, edition), "--office", Certificate, "--json"));
        }
        Keep($"office link {edition}", AtOffice("link", "--edition", edition, "--json"));
        Keep($"office destroy {edition}", AtOffice("destroy", "--edition", edition, "--approver", "A. Sleutel", "--approver", "B. Sleutel", "--without-review", "--json"));
        Keep($"office cohort {edition}", AtOffice("cohort", "--json"));
        foreach (var report in Keep($"office report {edition}", AtOffice("report", "--edition", edition, "--json")).EnumerateArray())
            foreach (var file in report.GetProperty("files").EnumerateArray())
                Keep($"school report {Path.GetFileName(file.GetString())}", AtSchool(report.GetProperty("id").GetString()!.Split('/')[2], "report", file.GetString()!, "--json"));
        Keep($"office table {edition}", AtOffice("table", "--edition", edition, "--json"));
    }

    void Publish()
    {
        Keep("office sweep", AtOffice(["sweep", .. Locations.SelectMany(Payloads), "--json"]));
        Keep("research project", Session.Run("research", "project", "growth", "--home", Office, "--edition", "2023-2", "--json"));
        Keep("opendata publish", Session.Run("opendata", "publish", "--from", Path.Combine(Office, "outgoing", "public"), "--to", At("public"), "--json"));
    }

    /// <summary>The sealed file in a school's outbox.</summary>
    public string Outbox(string location, string edition) => Path.Combine(School(location), "outbox", $"{location}-{edition}-1.age");

    /// <summary>The receipt as the office wrote it.</summary>
    public string Receipt(string location, string edition) => Path.Combine(Office, "receipts", $"{location}-{edition}-1.receipt.json");

    /// <summary>What a school keeps of what it sent.</summary>
    public string[] Payloads(string location) => [.. AtSchool(location, "sent", "--json").Json.GetProperty("deliveries").EnumerateArray().Select(d =>
    {
        var (edition, sequence) = (d.GetProperty("edition").GetString()!, d.GetProperty("sequence").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var file = At("lent", $"{location}-{edition}-{sequence}.jsonl");
        if (!File.Exists(file)) Keep($"school sent {edition} {location}", AtSchool(location, "sent", "--edition", edition, "--sequence", sequence, "--out", file, "--json"));
        return file;
    })];

    JsonElement Keep(string typed, Ran ran)
    {
        Assert.True(ran.Exit == 0, $"{typed}: exit {ran.Exit}: {ran.Error}{ran.Output}");
        Assert.DoesNotContain("error:", ran.Error);
        return Said[typed] = ran.Json;
    }

    public void Dispose() => _session.Dispose();
}
