using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Groeilijn.Hosts.Office;

/// <summary>The server is killed in the middle of an upload; the next one says how much there is, and the rest makes it whole.</summary>
public sealed class KilledServerTests
{
    static readonly string[] s_network = ["--network", "--host", "bureau.example", "--behind-proxy"];

    [Fact]
    public async Task A_killed_server_goes_on_with_every_upload_where_it_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        await using var office = new UploadOffice();
        office.Open();
        var files = office.Sealed("99XX00", 3_000_000);
        office.Close();
        var port = FreePort();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
        var endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/tus/2025-1"));
        var address = endpoint;
        long acknowledged = 0;
        for (var kill = 0; kill < 3; kill++)
        {
            using var server = await Start(office.At("office"), port);
            if (kill == 0)
            {
                foreach (var (name, content) in files.InOrder[..2]) await Patch(http, await Create(http, endpoint, name, content.Length), content, 0);
                address = await Create(http, endpoint, files.InOrder[2].Name, files.Ciphertext.Length);
            }
            var here = await Offset(http, address);
            Assert.True(here >= acknowledged, $"{here} of {acknowledged} acknowledged");
            acknowledged = (int)here + 400_000;
            await Patch(http, address, files.Ciphertext[(int)here..(int)acknowledged], here);
            var broken = Patch(http, address, files.Ciphertext[(int)acknowledged..((int)acknowledged + 400_000)], acknowledged);
            await Task.Delay(kill * 2, TestContext.Current.CancellationToken);
            server.Kill();
            await ((Task)broken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        using (var last = await Start(office.At("office"), port))
        {
            var here = await Offset(http, address);
            await Patch(http, address, files.Ciphertext[(int)here..], here);
            Assert.Equal(files.Ciphertext.Length, await Offset(http, address));
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"{endpoint}/{files.Sha256}/receipt.json"))).StatusCode);
            using var term = Process.Start("kill", ["-TERM", last.Id.ToString(CultureInfo.InvariantCulture)]);
            Assert.True(last.WaitForExit(60_000), "a service that is told to stop ends");
        }
        office.Reopen();
        Assert.Equal(1, office.Deliveries);
    }

    /// <summary>The program as it is run, in a process of its own, until its intake answers.</summary>
    static async Task<Process> Start(string home, int port)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "groeilijn");
        Assert.True(File.Exists(program), "the program stands beside the tests");
        var server = Process.Start(new ProcessStartInfo(program, ["office", "serve", "--home", home, .. s_network, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + 1}"), "--intake-urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")]) { RedirectStandardOutput = true })!;
        while (await server.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Schools upload to", StringComparison.Ordinal)) { }
        return server;
    }

    static int FreePort() => 21000 + Environment.ProcessId % 20000;

    static async Task<Uri> Create(HttpClient http, Uri endpoint, string name, int bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Headers = { { "Upload-Length", bytes.ToString(CultureInfo.InvariantCulture) }, { "Upload-Metadata", "filename " + Convert.ToBase64String(Encoding.ASCII.GetBytes(name)) } } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return new Uri(endpoint, answer.Headers.Location!);
    }

    static async Task Patch(HttpClient http, Uri address, byte[] piece, long at)
    {
        using var body = new ByteArrayContent(piece) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        using var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = body, Headers = { { "Upload-Offset", at.ToString(CultureInfo.InvariantCulture) } } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    static async Task<long> Offset(HttpClient http, Uri address)
    {
        using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }
}
