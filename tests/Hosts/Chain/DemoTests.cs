using Groeilijn.Cli.Demo;
using Groeilijn.Columns;
using Groeilijn.Testland;

namespace Groeilijn.Hosts.Chain;

/// <summary>Demos that the tests share: each is run once.</summary>
public sealed class Demos : IDisposable
{
    /// <summary>Small by default; the size of the real demo behind <c>./test --torture</c>.</summary>
    static readonly bool s_torture = Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1";

    public static readonly int Schools = s_torture ? 40 : 6, Editions = s_torture ? 6 : 3;

    readonly string _root = Directory.CreateTempSubdirectory("groeilijn-demos-").FullName;
    readonly Dictionary<string, (string Folder, DemoOutcome Outcome)> _run = [];

    public (string Folder, DemoOutcome Outcome) Recorded => Run("recorded", 1, Objectors.Recorded);

    public (string Folder, DemoOutcome Outcome) Absent => Run("absent", 1, Objectors.Absent);

    /// <summary>Three schools and two half-years are enough for a report with growth in it.</summary>
    public (string Folder, DemoOutcome Outcome) OtherSeed => Run("other", 2, Objectors.Recorded, schools: 3, editions: 2);

    (string, DemoOutcome) Run(string name, ulong seed, Objectors objectors, int? schools = null, int? editions = null)
    {
        if (ColumnLibrary.Find() is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "DuckDB's library must be there in CI.");
            Assert.Skip("DuckDB's library is not here; setup/duckdb.sh fetches it.");
        }
        if (_run.TryGetValue(name, out var done)) return done;
        var folder = Path.Combine(_root, name);
        Directory.CreateDirectory(folder);
        return _run[name] = (folder, DemoRun.Run(new DemoOptions(folder, schools ?? Schools, editions ?? Editions, seed, objectors), new Story(TextWriter.Null, quiet: true)));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

public sealed class DemoTests(Demos demos) : IClassFixture<Demos>
{
    [Fact]
    public void The_chain_walks_from_export_to_public_table()
    {
        var (_, outcome) = demos.Recorded;
        Assert.Equal(Demos.Schools, outcome.Schools);
        Assert.InRange(outcome.Linked, outcome.Records * 98 / 100, outcome.Records);
        Assert.True(outcome.CohortResults > outcome.Records);
        Assert.Equal(Demos.Schools * Demos.Editions, outcome.Reports);
        Assert.True(outcome.Tables > 0);
    }

    [Fact]
    public void After_destruction_no_delivered_number_is_in_any_file_of_the_office()
    {
        var (_, outcome) = demos.Recorded;
        Assert.True(outcome.Numbers > 500);
        Assert.True(outcome.Search.Files > 50);
        Assert.Empty(outcome.Search.Hits);
    }

    [Fact]
    public void Another_seed_gives_other_reports_and_tables()
    {
        var (one, two) = (Repeatable(demos.Recorded.Folder), Repeatable(demos.OtherSeed.Folder));
        Assert.NotEmpty(one.Keys.Intersect(two.Keys));
        Assert.Contains(one.Keys.Intersect(two.Keys), name => !one[name].AsSpan().SequenceEqual(two[name]));
    }

    [Fact]
    public void An_objection_leaves_no_trace_after_the_preview()
    {
        Assert.True(demos.Recorded.Outcome.Objections > 0, "the seed must have objectors, or this proves nothing");
        Assert.Equal(0, demos.Absent.Outcome.Objections);
        var (with, without) = (new Artefacts(demos.Recorded.Folder).Read(), new Artefacts(demos.Absent.Folder).Read());
        Assert.Equal(with.Keys, without.Keys);
        Assert.True(with.Count >= 90, $"{with.Count} artefacts");
        Assert.All(with, artefact => Assert.True(artefact.Value == without[artefact.Key], $"{artefact.Key} differs"));
    }

    [Fact]
    public void Two_runs_of_one_seed_give_the_same_bytes_and_an_objection_leaves_no_trace_in_them()
    {
        var (with, without) = (Repeatable(demos.Recorded.Folder), Repeatable(demos.Absent.Folder));
        Assert.Equal(with.Keys, without.Keys);
        Assert.All(with, file => Assert.True(file.Value.AsSpan().SequenceEqual(without[file.Key]), file.Key));
    }

    [Fact]
    public void The_comparison_would_see_one_pupil_more()
    {
        var with = new Artefacts(demos.Recorded.Folder).Read();
        var payload = with.First(a => a.Key.EndsWith(".jsonl", StringComparison.Ordinal));
        var lines = payload.Value.Split('\n');
        Assert.NotEqual(payload.Value, string.Join('\n', lines.Take(1).Concat(lines.Skip(2))));
        Assert.Contains(with.Keys, name => name.Contains("cohort/", StringComparison.Ordinal));
        Assert.Contains(with.Keys, name => name.EndsWith(".db", StringComparison.Ordinal));
        Assert.Contains(with.Keys, name => name.EndsWith(".age", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_certificate_and_receipt_verifies_with_the_offices_certificate()
    {
        var (folder, _) = demos.Recorded;
        using var office = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folder, "office", "keys", "signing", "office.cert.pem")));
        var records = Directory.EnumerateFiles(Path.Combine(folder, "office", "certificates"), "*.json", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(folder, "schools"), "*.receipt.json", SearchOption.AllDirectories)).ToList();
        Assert.Equal(2 * Demos.Schools * Demos.Editions + Demos.Editions, records.Count);
        Assert.All(records, record => Assert.Equal(Groeilijn.Delivery.VerificationOutcome.Proved, Groeilijn.Delivery.Verification.Verify(record, office).Outcome));
        Assert.True(Groeilijn.Delivery.Verification.Verify(Path.Combine(folder, "office", "ledger"), office).Ok);
    }

    [Fact]
    public void A_parent_who_objects_after_sending_is_answered_and_no_sealed_message_is_left()
    {
        var (folder, _) = demos.Recorded;
        var told = Assert.Single(Directory.GetFiles(Path.Combine(folder, "office", "answers"), "*-removed.answer.json"));
        using var office = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folder, "office", "keys", "signing", "office.cert.pem")));
        Assert.Equal(Delivery.VerificationOutcome.Proved, Delivery.Verification.Verify(told, office).Outcome);
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "schools", Path.GetFileName(told)[..6], "receipts"), "*-removed-*.answer.json"));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "office", "withdrawals")));
    }

    [Fact]
    public void After_destruction_no_key_share_and_no_ciphertext_is_left()
    {
        var (folder, _) = demos.Recorded;
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "office"), "share-*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "office", "intake"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Every_link_of_the_tour_opens_a_file()
    {
        var (folder, _) = demos.Recorded;
        var parser = new AngleSharp.Html.Parser.HtmlParser();
        foreach (var name in (string[])["index.html", "index.en.html"])
        {
            var page = parser.ParseDocument(File.ReadAllText(Path.Combine(folder, name)));
            var links = page.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!).ToList();
            Assert.True(links.Count >= 12);
            Assert.All(links, link => Assert.True(File.Exists(Path.Combine(folder, link)), link));
        }
    }

    /// <summary>What must be the same byte for byte: opened reports, public tables, the public site, research outputs.</summary>
    static SortedDictionary<string, byte[]> Repeatable(string folder)
    {
        var all = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var files = Directory.EnumerateDirectories(Path.Combine(folder, "schools")).Select(s => Path.Combine(s, "reports"))
            .Append(Path.Combine(folder, "office", "outgoing", "public")).Append(Path.Combine(folder, "public")).Append(Path.Combine(folder, "research", "outgoing"))
            .Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories));
        foreach (var file in files) all[Path.GetRelativePath(folder, file)] = WithoutRoot(File.ReadAllBytes(file));
        Assert.NotEmpty(all);
        return all;
    }

    /// <summary>A report names size and root of the office's log: the size must be the same, the root hangs on keys and salts.</summary>
    static byte[] WithoutRoot(byte[] file) => System.Text.Encoding.Latin1.GetBytes(System.Text.RegularExpressions.Regex.Replace(PrintedText.IsPrint(file) ? PrintedText.Of(file) : System.Text.Encoding.Latin1.GetString(file), "([0-9a-f]{4} ){7}[0-9a-f]{4}", "#root"));
}
