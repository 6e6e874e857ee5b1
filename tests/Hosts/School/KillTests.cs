using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Groeilijn.Delivery;
using Groeilijn.Hosts.Machine;
using Groeilijn.School;

namespace Groeilijn.Hosts.School;

/// <summary>
/// The school's program is killed (SIGKILL) at random moments of import, objection, seal and send. What it had acknowledged is there, nothing
/// is half there, nothing goes twice, and the log agrees with the store. GROEILIJN_TORTURE=1 kills ten times as often.
/// </summary>
public sealed class KillTests : IDisposable
{
    const int Usual = 20, Torture = 400;
    static readonly string[] s_keys = ["L1001", "L1002", "L1003", "L1004"];

    readonly SealedSchool _school = new(deliver: false);
    readonly IdentityKey _round = IdentityKey.Generate();
    readonly Luck _luck = new(20250320);
    readonly Dictionary<string, bool> _acknowledged = [];
    readonly string _fewer;
    readonly Dictionary<string, double> _longest = [];
    int _killed, _finished, _told;

    public KillTests()
    {
        var export = XDocument.Load(Checkout.Sample("edexml.xml"));
        export.Descendants().Last(e => e.Name.LocalName == "leerling").Remove();
        Directory.CreateDirectory(_school.At("drop"));
        _fewer = _school.At("fewer.xml");
        using var file = File.Create(_fewer);
        export.Save(file);
    }

    [Fact]
    public void Killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_half_done()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        Assert.True(File.Exists(Program), "the school's program stands beside the tests");
        var kills = Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1" ? Torture : Usual;
        var whole = Check.Run(_school.Home).Pupils;
        _school.Close();
        for (var round = 0; (_killed < kills || _told == 0) && round < 4 * kills; round++)
        {
            Step(round);
            _school.Reopen();
            Holds(whole);
            _school.Close();
        }
        _school.Reopen();
        Assert.True(_killed >= kills, $"{_killed} kills");
        Assert.True(_finished > 0 && _told > 0, $"{_finished} steps came to their end, {_told} objections were acknowledged");
    }

    void Step(int round)
    {
        switch (round % 4)
        {
            case 0:
                Run("import", _luck.Below(2) == 0 ? _fewer : Checkout.Sample("edexml.xml"), Checkout.Sample("uwlr.xml"), Checkout.Sample("adressen.csv"));
                break;
            case 1:
                var (pupil, withdraw) = (s_keys[_luck.Below(s_keys.Length)], _luck.Below(2) == 0);
                var said = Run(withdraw ? ["object", "--pupil", pupil, "--withdraw"] : ["object", "--pupil", pupil]);
                if (said.Contains("vastgelegd", StringComparison.Ordinal)) Tell(pupil, true);
                else if (said.Contains("ingetrokken", StringComparison.Ordinal)) Tell(pupil, false);
                else _acknowledged.Remove(pupil); // killed before it said anything: both are right
                break;
            case 2:
                _school.Reopen();
                _school.Look();
                _school.Close();
                Run("seal", "--edition", "2025-1", "--to", _round.Recipient.ToString(), "--approved-by", "A. Directeur");
                break;
            default:
                Run("send", "--edition", "2025-1", "--target", _school.At("drop"));
                break;
        }
    }

    void Tell(string pupil, bool stands)
    {
        _acknowledged[pupil] = stands;
        _told++;
    }

    /// <summary>
    /// Runs a command and kills it after a chance time, sometimes too late. How long that can be follows the command and the machine: longer after
    /// a kill, shorter after an end, so that both go on happening however slow it is.
    /// </summary>
    string Run(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, [.. words, "--home", _school.At("home")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => { lock (output) output.AppendLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var longest = _longest.GetValueOrDefault(words[0], 1000);
        var ended = process.WaitForExit(20 + _luck.Below((int)longest));
        _longest[words[0]] = longest * (ended ? 0.7 : 1.25);
        if (ended) _finished++;
        else
        {
            process.Kill();
            _killed++;
        }
        process.WaitForExit();
        lock (output) return output.ToString();
    }

    void Holds(int whole)
    {
        var home = _school.Home;
        Assert.Contains(Check.Run(home).Pupils, new[] { whole, whole - 1 });
        var standing = Objections.All(home).Where(o => o.Holds).Select(o => o.Key).ToHashSet();
        Assert.All(_acknowledged, a => Assert.Equal(a.Value, standing.Contains(a.Key)));

        var deliveries = Sent.All(home);
        Assert.Equal(Enumerable.Range(1, deliveries.Count), deliveries.Select(d => d.Sequence));
        Assert.All(deliveries, d => Assert.Equal(d.Payload, Convert.ToHexStringLower(SHA256.HashData(Sent.Payload(home, d.Edition, d.Sequence)!))));
        Assert.All(deliveries, d => Assert.True(Verification.Verify(Path.Combine(home.OutboxFolder, Stem(d) + ".manifest.json"), home.Signing.Certificate).Ok));
        Arrived(deliveries);

        home.Sequence();
        Assert.True(Verification.Verify(Path.Combine(home.Folder, "ledger"), home.Signing.Certificate).Ok);
        var steps = home.Ledger.Entries().Select(bytes => LedgerEntry.TryRead(bytes, out var entry, out _) ? entry.Step : "").ToLookup(step => step);
        Assert.Equal(deliveries.Count, steps["sealed"].Count());
        Assert.Equal(deliveries.Count(d => d.SentAt is not null), steps["sent"].Count());
        Assert.Equal(Objections.All(home).Count, steps["objected"].Count());
    }

    /// <summary>What lies in the other folder is what was sealed, and a manifest is there only with what it speaks of.</summary>
    void Arrived(IReadOnlyList<SentDelivery> deliveries)
    {
        var files = Directory.GetFiles(_school.At("drop")).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal)).ToDictionary(f => Path.GetFileName(f)!, File.ReadAllBytes);
        foreach (var (name, content) in files) Assert.Equal(File.ReadAllBytes(Path.Combine(_school.Home.OutboxFolder, name)), content);
        foreach (var d in deliveries.Where(d => d.SentAt is not null || files.ContainsKey(Stem(d) + ".manifest.json")))
            Assert.All(new[] { ".age", ".manifest.p7s", ".manifest.json" }, ending => Assert.Contains(Stem(d) + ending, files.Keys));
        Assert.All(files.Keys.Where(name => name.EndsWith(".manifest.json", StringComparison.Ordinal)), name => Assert.Contains(deliveries, d => Stem(d) + ".manifest.json" == name));
    }

    static string Stem(SentDelivery d) => string.Create(CultureInfo.InvariantCulture, $"99XX00-{d.Edition}-{d.Sequence}");

    static string Program => Path.Combine(AppContext.BaseDirectory, "groeilijn-school");

    public void Dispose()
    {
        _round.Dispose();
        _school.Dispose();
    }
}
