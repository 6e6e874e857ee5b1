using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Benchmarks;

/// <summary>
/// All schools of the country deliver within minutes, to the program as it is run, while a steward looks at the console. The schools, their keys and their signed manifests
/// are made by another run, so that they do not count; a sealed file is noise of the size that real ones have.
/// </summary>
static class OfficeLoad
{
    const string Round = "2025-1";
    const int Smallest = 40_000, Largest = 400_000, AtOnce = 32;
    static readonly string[] s_pages = ["/nl/", $"/nl/rounds/{Round}/deliveries", "/nl/schools", "/nl/ledger"];

    public static int Run(string[] arguments) => arguments switch
    {
        ["files", var folder, var schools] => Files(folder, int.Parse(schools, CultureInfo.InvariantCulture)),
        ["run", var folder, var intake, var console, var server] => Measure(folder, new Uri(intake), console, int.Parse(server, CultureInfo.InvariantCulture)).GetAwaiter().GetResult(),
        _ => Usage(),
    };

    static int Usage()
    {
        Console.Error.WriteLine("error: not understood\nhint: office-load files FOLDER SCHOOLS, then office-load run FOLDER INTAKE CONSOLE PROCESS");
        return 2;
    }

    static int Files(string folder, int schools)
    {
        DurableFile.CreateFolder(folder);
        using var home = OfficeHome.Create(Path.Combine(folder, "office"), TimeProvider.System, invented: true);
        var round = Rounds.Open(home, Edition.Parse(Round).Value, "A. Sleutel", "B. Sleutel").Value!;
        var block = RandomNumberGenerator.GetBytes(Largest);
        DurableFile.Write(Path.Combine(folder, "block"), block);
        var made = new ConcurrentBag<(string Code, byte[] Certificate, string Recipient)>();
        using var reports = IdentityKey.Generate();
        Parallel.For(0, schools, n =>
        {
            var code = Code(n);
            using var key = SigningKey.Create(code, home.Now.AddDays(-1), home.Now.AddYears(3));
            var content = Content(block, n);
            var manifest = new Manifest { School = code, Edition = Round, Sequence = 1, Set = "nco-basis/1", Recipient = round.Recipient.ToString(), Ciphertext = FileDigest.Of(content), Payload = FileDigest.Of([1]), Pupils = content.Length / 1000, Results = content.Length / 160, Sealed = home.Now }.ToJson();
            using (var file = File.Create(Path.Combine(folder, code + ".json"))) file.Write(manifest);
            using (var file = File.Create(Path.Combine(folder, code + ".p7s"))) file.Write(Signature.Sign(manifest, key, home.Now));
            made.Add((code, key.Certificate.RawData, reports.Recipient.ToString()));
        });
        foreach (var (code, certificate, recipient) in made)
            if (Schools.Enrol(home, new SchoolEnrolment { School = code, Name = $"De {code}", Certificate = Convert.ToBase64String(certificate), Recipient = recipient }.ToJson(), Province.Parse("PV26").Value).Refusal is { } no) throw new InvalidOperationException(no.ToString());
        home.Sequence();
        return 0;
    }

    static async Task<int> Measure(string folder, Uri intake, string console, int server)
    {
        var block = await File.ReadAllBytesAsync(Path.Combine(folder, "block"));
        var schools = Directory.EnumerateFiles(folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal).ToList();
        var (times, pages, errors) = (new ConcurrentBag<double>(), new ConcurrentBag<double>(), new ConcurrentBag<string>());
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce });
        http.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
        using var stop = new CancellationTokenSource();
        var looking = Look(console, pages, errors, stop.Token);
        var (clock, bytes) = (Stopwatch.StartNew(), 0L);
        await Parallel.ForEachAsync(Enumerable.Range(0, schools.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            var (code, own) = (Code(n), Stopwatch.StartNew());
            var content = Content(block, n);
            try
            {
                await Send(http, intake, $"{code}-{Round}-1.manifest.p7s", await File.ReadAllBytesAsync(Path.Combine(folder, code + ".p7s"), CancellationToken.None));
                await Send(http, intake, $"{code}-{Round}-1.manifest.json", await File.ReadAllBytesAsync(Path.Combine(folder, code + ".json"), CancellationToken.None));
                await Send(http, intake, $"{code}-{Round}-1.age", content);
                using var receipt = await http.GetAsync(new Uri($"{intake}/{FileDigest.Of(content).Sha256}/receipt.json"), CancellationToken.None);
                if (receipt.StatusCode != HttpStatusCode.OK) errors.Add($"{code}: no receipt");
                times.Add(own.Elapsed.TotalSeconds);
                Interlocked.Add(ref bytes, content.Length);
            }
            catch (Exception broken) when (broken is HttpRequestException or InvalidOperationException or TaskCanceledException) { errors.Add($"{code}: {broken.Message}"); }
        });
        var seconds = clock.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await looking;
        Say(string.Create(CultureInfo.InvariantCulture, $"deliveries: {times.Count} of {schools.Count}, {bytes / 1e6:0} MB in {seconds:0.0} s: {times.Count / seconds:0} a second"));
        Say(string.Create(CultureInfo.InvariantCulture, $"one delivery: median {At(times, .5):0.00} s, 99th percentile {At(times, .99):0.00} s, slowest {At(times, 1):0.00} s, {AtOnce} at once"));
        Say(string.Create(CultureInfo.InvariantCulture, $"console meanwhile: {pages.Count} pages, median {At(pages, .5):0.00} s, 99th percentile {At(pages, .99):0.00} s, slowest {At(pages, 1):0.00} s"));
        Say($"server: peak {Status(server, "VmHWM")}, processor {await Processor(server)} s; errors: {errors.Count}");
        foreach (var error in errors.Take(5)) Say("  " + error);
        return errors.IsEmpty && times.Count == schools.Count ? 0 : 1;
    }

    /// <summary>A steward who opens one page after the other.</summary>
    static async Task Look(string console, ConcurrentBag<double> pages, ConcurrentBag<string> errors, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new Uri(new Uri(console).GetLeftPart(UriPartial.Authority)) };
        (await http.GetAsync(new Uri(console), CancellationToken.None)).Dispose();
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var clock = Stopwatch.StartNew();
            using var page = await http.GetAsync(s_pages[n % s_pages.Length], CancellationToken.None);
            await page.Content.ReadAsByteArrayAsync(CancellationToken.None);
            if (page.StatusCode != HttpStatusCode.OK) errors.Add($"{s_pages[n % s_pages.Length]}: {page.StatusCode}");
            pages.Add(clock.Elapsed.TotalSeconds);
            await Task.Delay(100, CancellationToken.None);
        }
    }

    static async Task Send(HttpClient http, Uri intake, string name, byte[] content)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, intake) { Headers = { { "Upload-Length", content.Length.ToString(CultureInfo.InvariantCulture) }, { "Upload-Metadata", "filename " + Convert.ToBase64String(Encoding.ASCII.GetBytes(name)) } } };
        using var created = await http.SendAsync(create);
        if (created.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"{(int)created.StatusCode} at creation");
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        using var patch = new HttpRequestMessage(HttpMethod.Patch, new Uri(intake, created.Headers.Location!)) { Content = body, Headers = { { "Upload-Offset", "0" } } };
        using var patched = await http.SendAsync(patch);
        if (patched.StatusCode != HttpStatusCode.NoContent) throw new InvalidOperationException($"{(int)patched.StatusCode} at sending");
    }

    /// <summary>The n-th sealed file: its own first bytes, then as much of the block as its size.</summary>
    static byte[] Content(byte[] block, int n)
    {
        var content = block.AsSpan(0, Smallest + (int)(n * 7919L % (Largest - Smallest))).ToArray();
        BitConverter.TryWriteBytes(content, n);
        return content;
    }

    static string Code(int n) => string.Create(CultureInfo.InvariantCulture, $"{n / 676:00}{(char)('A' + n / 26 % 26)}{(char)('A' + n % 26)}00");

    static double At(ConcurrentBag<double> times, double share) => times.Order().ElementAtOrDefault(Math.Max(0, (int)Math.Ceiling(share * times.Count) - 1));

    static string Status(int process, string name) => File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    static async Task<string> Processor(int process)
    {
        var fields = (await File.ReadAllTextAsync($"/proc/{process}/stat")).Split(' ');
        return ((long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100).ToString(CultureInfo.InvariantCulture);
    }

    static void Say(string line) => Console.WriteLine(line);
}
