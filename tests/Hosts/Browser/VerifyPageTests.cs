using System.Text.Json;
using Groeilijn.Delivery;
using Groeilijn.Hosts.Deliveries;
using Groeilijn.Web;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>
/// The page that checks records, opened as a file as anybody would: the same verdicts in the same words as the program, for good records and
/// spoilt ones; in both languages, by keyboard, without a connection.
/// </summary>
public sealed class VerifyPageTests : IDisposable
{
    /// <summary>Every bit behind <c>./test --torture</c>; one in so many otherwise.</summary>
    static readonly bool s_torture = Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1";

    readonly Chromium _chromium;
    readonly VerifiedRecords _records = new();
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-verify-").FullName;

    public VerifyPageTests(Chromium chromium)
    {
        _chromium = chromium;
        File.WriteAllText(At("verify.html"), VerifyPage.Html);
        File.WriteAllText(At("office.cert.pem"), _records.Office.Certificate.ExportCertificatePem());
    }

    public void Dispose()
    {
        _records.Dispose();
        Directory.Delete(_folder, true);
    }

    string At(string name) => Path.Combine(_folder, name);

    async Task<IPage> Open(Visit? visit = null)
    {
        var page = await _chromium.Page("file://" + _folder, visit);
        await page.GotoAsync("file://" + At("verify.html"));
        return page;
    }

    [Fact]
    public async Task Good_and_spoilt_records_get_the_same_verdict_in_the_same_words_as_from_the_program()
    {
        var page = await Open();
        var good = _records.Good();
        foreach (var (name, files) in good.Concat(_records.Bad()))
        {
            foreach (var trusted in new[] { true, false })
            {
                var (ours, theirs) = (Program(files, trusted), await Page(page, files, trusted));
                Assert.Equal((name, ours.Kind, ours.Outcome), (name, theirs.Kind, theirs.Outcome));
                Assert.Equal(ours.Proved, theirs.Proved);
                if (!IsOfTheText(theirs.Reason)) Assert.Equal(ours.Reason, theirs.Reason);
                if (good.Any(one => one.Name == name) && name != "receipt without signature") Assert.Equal(trusted ? "Proved" : "IntegrityOnly", theirs.Outcome);
            }
        }
    }

    /// <summary>Which member breaks which rule is told by the program alone; that something does is told by both.</summary>
    static bool IsOfTheText(string? reason) => reason is not null && reason.StartsWith("it is not written as its format demands", StringComparison.Ordinal);

    [Theory]
    [InlineData("receipt", 0)]
    [InlineData("answer", 0)]
    [InlineData("round", 0)]
    [InlineData("destruction", 0)]
    [InlineData("manifest", 0)]
    [InlineData("proof", 0)]
    [InlineData("checkpoint", 0)]
    [InlineData("receipt with proof", 2)]
    public async Task With_any_bit_of_a_record_flipped_both_say_the_same(string name, int file) => await Flip(name, file, everyNth: s_torture ? 1 : 83);

    /// <summary>In a signature there are bits that change nothing (a version, a certificate's own signature): both must let the same ones pass.</summary>
    [Theory]
    [InlineData("receipt")]
    [InlineData("answer with a signing time")]
    public async Task With_any_bit_of_a_signature_flipped_both_say_the_same(string name) => await Flip(name, 1, everyNth: s_torture ? 1 : 19);

    async Task Flip(string name, int file, int everyNth)
    {
        var page = await Open();
        var files = _records.Good().Single(one => one.Name == name).Files;
        var bits = Enumerable.Range(0, files[file].Bytes.Length * 8).Where(bit => bit % everyNth == 0).ToList();
        foreach (var trusted in new[] { true, false })
        {
            var theirs = await Outcomes(page, files, file, bits, trusted);
            var different = bits.Zip(theirs).Select(pair => (Bit: pair.First, Ours: Program(Flipped(files, file, pair.First), trusted).Outcome, Theirs: pair.Second))
                .Where(one => one.Ours != one.Theirs).Select(one => $"bit {one.Bit}, byte {one.Bit / 8}: program {one.Ours}, page {one.Theirs}").ToList();
            Assert.Empty(different);
            if (file == 0 && trusted) Assert.All(theirs, outcome => Assert.Equal("Refused", outcome));
        }
    }

    [Theory]
    [InlineData("nl", 1100)]
    [InlineData("en", 1100)]
    [InlineData("nl", 320)]
    public async Task Chosen_files_are_judged_in_words_and_nothing_breaks_a_rule_of_accessibility(string language, int width)
    {
        var page = await Open(new(Width: width, Locale: language == "nl" ? "nl-NL" : "en-GB"));
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await Chromium.Axe(page);
        await Choose(page, "receipt with proof", "destruction", "proof");
        await page.Locator("#verdicts section").First.WaitForAsync();
        Assert.Equal(3, await page.Locator("#verdicts section.warn").CountAsync());
        await page.SetInputFilesAsync("#trust", At("office.cert.pem"));
        await page.Locator("#verdicts section.good").First.WaitForAsync();
        Assert.Equal(3, await page.Locator("#verdicts section.good").CountAsync());
        Assert.Contains(SigningKey.Aloud(_records.Office.Fingerprint), await page.TextContentAsync("#certificate"));
        Assert.Contains(language == "nl" ? "Klopt, en ondertekend door wie u vertrouwt" : "Sound, and signed by whom you trust", await page.TextContentAsync("#verdicts"));
        Assert.Contains(language == "nl" ? "die stap gaat over precies dit stuk" : "that step is about this very record", await page.TextContentAsync("#verdicts"));
        await Chromium.Axe(page);
        await Chromium.Fits(page);
        await Chromium.Shot(page, $"verify-{language}-{width}");
        Assert.DoesNotContain(asked, url => !url.StartsWith("file://" + _folder, StringComparison.Ordinal));

        var spoilt = _records.Bad().Single(one => one.Name == "something readable after destruction").Files;
        await page.SetInputFilesAsync("#files", [.. spoilt.Select(f => new FilePayload { Name = f.Name, MimeType = "application/octet-stream", Buffer = f.Bytes })]);
        await page.Locator("#verdicts section.stop").WaitForAsync();
        Assert.Contains(language == "nl" ? "er was daarna nog iets te lezen" : "something could still be read afterwards", await page.TextContentAsync("#verdicts"));
        await Chromium.Axe(page);
        await Chromium.Shot(page, $"verify-refused-{language}-{width}");
        if (width < 1100) return;
        await page.ClickAsync("[data-language]:visible");
        Assert.Equal(language == "nl" ? "en" : "nl", await page.GetAttributeAsync("html", "lang"));
        Assert.Contains(language == "nl" ? "something could still be read afterwards" : "er was daarna nog iets te lezen", await page.TextContentAsync("#verdicts"));
    }

    [Fact]
    public async Task A_file_that_is_no_certificate_and_files_without_a_record_are_said_so()
    {
        var page = await Open();
        await page.SetInputFilesAsync("#trust", new FilePayload { Name = "x.pem", MimeType = "text/plain", Buffer = [1, 2, 3] });
        await page.Locator("#certificate .stop").WaitForAsync();
        await page.SetInputFilesAsync("#files", new FilePayload { Name = "x.p7s", MimeType = "text/plain", Buffer = [1, 2, 3] });
        await page.Locator("#verdicts p.warn").WaitForAsync();
    }

    [Fact]
    public async Task Files_can_be_dropped_on_it()
    {
        var page = await Open();
        var files = _records.Good().Single(one => one.Name == "receipt").Files;
        await page.EvaluateAsync("""
            files => {
              const moved = new DataTransfer();
              for (const file of files) moved.items.add(new File([Uint8Array.from(atob(file.bytes), c => c.charCodeAt(0))], file.name));
              document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: moved, bubbles: true, cancelable: true }));
            }
            """, Wire(files));
        await page.Locator("#verdicts section.warn").WaitForAsync();
    }

    [Fact]
    public async Task Without_script_it_says_what_to_do()
    {
        var page = await Open(new(Script: false));
        Assert.Contains("groeilijn verify", await page.TextContentAsync("noscript"));
        Assert.False(await page.Locator("#files").IsVisibleAsync());
    }

    [Fact]
    public void It_is_one_file_that_may_reach_nothing()
    {
        Assert.Contains("default-src 'none'; script-src 'sha256-", VerifyPage.Html);
        Assert.DoesNotMatch("""(src|href)="(?!#)|url\(|https?://|@import|fetch\(|XMLHttpRequest|WebSocket|eval\(""", VerifyPage.Html);
    }

    async Task Choose(IPage page, params string[] names) => await page.SetInputFilesAsync("#files",
        [.. _records.Good().Where(one => names.Contains(one.Name)).SelectMany(one => one.Files).Select(f => new FilePayload { Name = f.Name, MimeType = "application/octet-stream", Buffer = f.Bytes })]);

    (string Kind, string Outcome, List<string> Proved, string? Reason) Program(List<(string Name, byte[] Bytes)> files, bool trusted)
    {
        var folder = Directory.CreateDirectory(At("case")).FullName;
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(folder, name), bytes);
        var result = Verification.Verify(Path.Combine(folder, files[0].Name), trusted ? _records.Office.Certificate : null);
        Directory.Delete(folder, true);
        return (result.Kind, result.Outcome.ToString(), [.. result.Proved], result.Reason);
    }

    async Task<(string Kind, string Outcome, List<string> Proved, string? Reason)> Page(IPage page, List<(string Name, byte[] Bytes)> files, bool trusted)
    {
        var verdict = await page.EvaluateAsync<JsonElement>("""
            async ([files, pem]) => {
              const map = new Map(files.map(file => [file.name, Uint8Array.from(atob(file.bytes), c => c.charCodeAt(0))]));
              const verdict = await groeilijn.verify(files[0].name, map, pem && groeilijn.certificateOfPem(pem));
              return { kind: verdict.kind, outcome: verdict.outcome, proved: verdict.proved.map(clause => clause.en), reason: verdict.reason?.en ?? null };
            }
            """, new object?[] { Wire(files), Pem(trusted) });
        return (verdict.GetProperty("kind").GetString()!, verdict.GetProperty("outcome").GetString()!, [.. verdict.GetProperty("proved").EnumerateArray().Select(c => c.GetString()!)], verdict.GetProperty("reason").GetString());
    }

    /// <summary>The outcomes for one file with each of these bits flipped, computed in the page.</summary>
    async Task<string[]> Outcomes(IPage page, List<(string Name, byte[] Bytes)> files, int file, List<int> bits, bool trusted) => await page.EvaluateAsync<string[]>("""
        async ([files, at, bits, pem]) => {
          const map = new Map(files.map(file => [file.name, Uint8Array.from(atob(file.bytes), c => c.charCodeAt(0))]));
          const certificate = pem && groeilijn.certificateOfPem(pem);
          const bytes = map.get(files[at].name);
          const outcomes = [];
          for (const bit of bits) {
            bytes[bit >> 3] ^= 1 << (bit & 7);
            outcomes.push((await groeilijn.verify(files[0].name, map, certificate)).outcome);
            bytes[bit >> 3] ^= 1 << (bit & 7);
          }
          return outcomes;
        }
        """, new object?[] { Wire(files), file, bits, Pem(trusted) });

    string? Pem(bool trusted) => trusted ? _records.Office.Certificate.ExportCertificatePem() : null;

    static Dictionary<string, string>[] Wire(List<(string Name, byte[] Bytes)> files) => [.. files.Select(f => new Dictionary<string, string> { ["name"] = f.Name, ["bytes"] = Convert.ToBase64String(f.Bytes) })];

    static List<(string Name, byte[] Bytes)> Flipped(List<(string Name, byte[] Bytes)> files, int file, int bit)
    {
        var bytes = files[file].Bytes.ToArray();
        bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
        return [.. files.Select((f, i) => i == file ? (f.Name, bytes) : f)];
    }
}
