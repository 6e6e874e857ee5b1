using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Groeilijn.Office;
using Groeilijn.Storage;

namespace Groeilijn.Hosts.Office;

/// <summary>Many schools at once: nothing is lost, nothing is doubled, nobody waits long. bench/office-load.sh does it with 6,500.</summary>
public sealed class LoadTests
{
    const int Schools = 100, AtOnce = 16;

    [Fact]
    public async Task A_hundred_schools_deliver_at_once_and_each_has_its_receipt()
    {
        await using var office = new UploadOffice();
        await office.Start(new UploadLimits { RequestsPerMinute = 1_000_000 });
        var deliveries = Enumerable.Range(0, Schools).Select(n => office.Sealed(string.Create(CultureInfo.InvariantCulture, $"{n / 26:00}X{(char)('A' + n % 26)}00"), 50_000)).ToList();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
        var slowest = TimeSpan.Zero;
        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (files, stop) =>
        {
            var clock = Stopwatch.StartNew();
            foreach (var (name, content) in files.InOrder) await Send(http, office.Address, name, content, stop);
            using var receipt = await http.GetAsync(new Uri($"{office.Address}/{files.Sha256}/receipt.json"), stop);
            Assert.Equal(HttpStatusCode.OK, receipt.StatusCode);
            lock (deliveries) slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
        });
        Assert.Equal(Schools, office.Deliveries);
        Assert.Empty(Directory.GetFiles(office.Home.At("uploads")));
        Assert.Equal(Schools, Directory.GetFiles(office.Home.At("intake")).Length);
        office.Home.Sequence();
        Assert.True(office.Home.Ledger.Check().Ok);
        Assert.True(slowest < TimeSpan.FromSeconds(30), $"the slowest delivery took {slowest}");
    }

    static async Task Send(HttpClient http, Uri address, string name, byte[] content, CancellationToken stop)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, address) { Headers = { { "Upload-Length", content.Length.ToString(CultureInfo.InvariantCulture) }, { "Upload-Metadata", "filename " + Convert.ToBase64String(Encoding.ASCII.GetBytes(name)) } } };
        using var created = await http.SendAsync(create, stop);
        Assert.True(created.StatusCode == HttpStatusCode.Created, $"{name}: {created.StatusCode}");
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        using var patch = new HttpRequestMessage(HttpMethod.Patch, new Uri(address, created.Headers.Location!)) { Content = body, Headers = { { "Upload-Offset", "0" } } };
        using var patched = await http.SendAsync(patch, stop);
        Assert.True(patched.StatusCode == HttpStatusCode.NoContent, $"{name}: {patched.StatusCode} {await patched.Content.ReadAsStringAsync(stop)}");
    }
}
