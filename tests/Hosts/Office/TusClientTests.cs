using System.Diagnostics;
using Groeilijn.Delivery;
using Groeilijn.Hosts.Machine;
using Groeilijn.Office;

namespace Groeilijn.Hosts.Office;

/// <summary>The client of others, npm's <c>tus-js-client</c>, delivers: in pieces, broken off and resumed, refused in a code, ended.</summary>
public sealed class TusClientTests
{
    const string Script = """
        const fs = require('fs'), tus = require('tus-js-client');
        const [endpoint, mode, ...files] = process.argv.slice(2);
        const name = file => file.split('/').pop();
        const upload = (file, more) => new Promise((done, failed) => {
          const one = new tus.Upload(fs.readFileSync(file), { endpoint, retryDelays: [50, 100], chunkSize: 1000, metadata: { filename: name(file) }, onSuccess: () => done(one), onError: failed, ...more });
          if (more && more.stopAfter) { let pieces = 0; one.options.onChunkComplete = () => { if (++pieces === more.stopAfter) one.abort(false).then(() => done(one)); }; }
          one.start();
        });
        (async () => {
          for (const file of files) {
            if (mode === 'whole' || !file.endsWith('.age')) await upload(file, mode === 'whole' ? { chunkSize: Infinity } : {});
            else if (mode === 'broken') {
              const half = await upload(file, { stopAfter: 3 });
              console.log('stopped at ' + half.url.split('/').length);
              await upload(file, { uploadUrl: half.url });
            } else {
              const half = await upload(file, { stopAfter: 3 });
              await half.abort(true);
              console.log('ended');
            }
          }
          console.log('done');
        })().catch(error => { console.log('refused ' + (error.originalResponse ? error.originalResponse.getStatus() + ' ' + error.originalResponse.getBody() : error)); });
        """;

    [Theory]
    [InlineData("whole")]
    [InlineData("broken")]
    public async Task It_delivers(string mode)
    {
        await using var office = new UploadOffice();
        await office.Start();
        var files = office.Sealed("99XX00", 20_000);
        Assert.EndsWith("done", await Run(office, mode, files), StringComparison.Ordinal);
        Assert.Equal(1, office.Deliveries);
        Assert.EndsWith("done", await Run(office, mode, files), StringComparison.Ordinal);
        Assert.Equal(1, office.Deliveries);
    }

    [Fact]
    public async Task It_ends_an_upload_and_nothing_of_it_stays()
    {
        await using var office = new UploadOffice();
        await office.Start();
        Assert.Contains("ended", await Run(office, "ended", office.Sealed("99XX00", 20_000)), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(office.Home.At("uploads")));
        Assert.Equal(0, office.Deliveries);
    }

    [Fact]
    public async Task It_is_told_a_code_and_no_more()
    {
        await using var office = new UploadOffice();
        await office.Start();
        var files = office.Sealed("99XX00", 20_000);
        Assert.Null(RoundDays.Close(office.Home, UploadOffice.Edition));
        Assert.Equal("refused 403 refused-round", await Run(office, "whole", files));
        Assert.Equal("refused 403 refused-signature", await Run(office, "whole", office.Sealed("99XX01", 20_000) with { Signature = [1, 2, 3] }));
    }

    static async Task<string> Run(UploadOffice office, string mode, SealedFiles files)
    {
        var modules = Modules();
        var script = office.At("deliver.cjs");
        DurableFile.Write(script, Script);
        foreach (var (name, content) in files.InOrder) DurableFile.Write(office.At(name), content);
        var start = new ProcessStartInfo("node", [script, office.Address.AbsoluteUri, mode, .. files.InOrder.Select(f => office.At(f.Name))]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_PATH"] = modules;
        using var node = Process.Start(start)!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await error);
        return (await output).Trim();
    }

    /// <summary>Where setup/tus.sh put the client. Skips by name where it or node is not there; in CI that is a failure.</summary>
    static string Modules()
    {
        var modules = Path.Combine(Checkout.Root, ".setup", "tus", "node_modules");
        Needs.Program("node");
        Needs.That(File.Exists(Path.Combine(Checkout.Root, ".setup", "tus", "whole")), "tus-js-client is not here: setup/tus.sh fetches it");
        return modules;
    }
}
