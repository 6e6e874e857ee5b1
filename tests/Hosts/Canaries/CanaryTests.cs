using System.Diagnostics;
using System.Text.Json;
using Groeilijn.Delivery;
using Groeilijn.Hosts.Machine;
using Groeilijn.Office;

namespace Groeilijn.Hosts.Canaries;

/// <summary>
/// "After linking these data are destroyed", looked for with the eyes of a thief: the office lives on a disk of its own, its pupils' numbers are
/// drawn at random, and the raw disk is searched for them before, during and after linking, deleted files and the journal included.
/// GROEILIJN_TORTURE=1 does it with 1,000 pupils and many more looks.
/// </summary>
public sealed class CanaryTests : IDisposable
{
    const int Schools = 10;

    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-canary-disk-").FullName;

    public CanaryTests() => LoopDisk.Demand("A search of the raw disk");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_number_of_a_pupil_is_ever_on_the_disk_and_none_in_memory_outside_linking()
    {
        using var disk = LoopDisk.Make(_folder, "disk", Needs.Torture ? 256 : 64);
        using var country = new CanaryCountry(Schools, pupils: Needs.Torture ? 100 : 10, Chance());
        var office = new Office(disk, country.Numbers);
        office.Done("init", "--invented");
        foreach (var (file, province) in country.Enrolments()) office.Done("enrol", file, "--province", province);
        office.Done("open", "--edition", CanaryCountry.EditionText, "--holder", "Anna Eerste", "--holder", "Bert Tweede");
        country.Seal(office.Recipient());
        office.Done("register", country.Register);
        using var console = await Console.Start(office, country.Inbox);
        await console.Until(() => Directory.GetFiles(Path.Combine(country.Inbox, "antwoorden"), "*.receipt.json").Length == Schools);
        await Nothing(disk, country, console, "after receiving");
        Assert.True(office.SharesOnDisk() > 0, "the search for the key must find it while it is there");

        var (looks, seen) = office.DoneUnderWatch(Needs.Torture ? 50 : 4, () => Nothing(disk, country, "while linking"), "link", "--edition", CanaryCountry.EditionText, "--without-review");
        Assert.True(looks > 0, "the linking was over before anybody could look");
        Assert.True(seen > 0, "the search of memory must find the numbers while they are being linked");
        await Nothing(disk, country, console, "after linking");

        office.Done("destroy", "--edition", CanaryCountry.EditionText, "--approver", "Carla Derde", "--approver", "Dirk Vierde");
        await Nothing(disk, country, console, "after destruction");
        console.Dispose();
        disk.Unmount();
        Assert.Equal(0, office.SharesOnDisk());
        Assert.Empty(Raw(disk.Image, country.Numbers));
    }

    [Theory]
    [MemberData(nameof(Leaks.All), MemberType = typeof(Leaks))]
    public void Every_way_in_which_a_number_has_ever_leaked_is_found(string leak)
    {
        using var disk = LoopDisk.Make(_folder, "disk", 16);
        using var country = new CanaryCountry(schools: 1, pupils: 3, Chance());
        Leaks.Plant(leak, disk.Folder, country.Numbers[0]);
        Assert.NotEmpty(Found(disk, [country.Numbers[0]]));
        Assert.Empty(Found(disk, [country.Numbers[1]]));
    }

    static async Task Nothing(LoopDisk disk, CanaryCountry country, Console console, string when)
    {
        Nothing(disk, country, when);
        await console.LookAround();
        Assert.Equal(0, console.Seen(country.Numbers));
    }

    static void Nothing(LoopDisk disk, CanaryCountry country, string when)
    {
        var found = Found(disk, country.Numbers);
        Assert.True(found.Count == 0, $"{when}: {found.Count} found, the first in {found.FirstOrDefault()}");
    }

    /// <summary>The scan: the raw disk as it is now, and every file with what is packed inside.</summary>
    static List<SweepHit> Found(LoopDisk disk, IReadOnlyList<string> numbers) => [.. Raw(disk.CopySynced("copy"), numbers), .. Sweep.Search(disk.Folder, numbers, TimeProvider.System).Hits];

    static IReadOnlyList<SweepHit> Raw(string image, IReadOnlyList<string> numbers)
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-raw-").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, "disk"), image);
            return Sweep.Search(folder, numbers, TimeProvider.System).Hits;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    static Random Chance() => new(Environment.TickCount);

    /// <summary>The console, serving people and a drop folder all the while: it handles every delivery and must never know a pupil.</summary>
    sealed class Console : IDisposable
    {
        static readonly string[] s_pages = ["", "rounds", "schools", "register", "cohort", "ledger", "withdrawals", $"rounds/{CanaryCountry.EditionText}", $"rounds/{CanaryCountry.EditionText}/deliveries", $"rounds/{CanaryCountry.EditionText}/linking", $"rounds/{CanaryCountry.EditionText}/destruction"];

        readonly Process _process;
        readonly HttpClient _visitor = new(new HttpClientHandler { CookieContainer = new() });
        readonly Uri _site;
        bool _ended;

        Console(Process process, Uri site) => (_process, _site) = (process, site);

        public static async Task<Console> Start(Office office, string drop)
        {
            var process = office.Start("serve", "--drop", drop);
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                var at = line.IndexOf("http://127.0.0.1", StringComparison.Ordinal);
                if (at < 0) continue;
                var console = new Console(process, new Uri(line[at..].Split(' ')[0]));
                (await console._visitor.GetAsync(console._site)).EnsureSuccessStatusCode();
                return console;
            }
            throw new InvalidOperationException("The console did not start: " + await process.StandardError.ReadToEndAsync());
        }

        public async Task Until(Func<bool> done)
        {
            for (var tries = 0; !Try(done); tries++)
            {
                Assert.True(tries < 600 && !_process.HasExited, "the console did not take the deliveries in");
                await Task.Delay(100);
            }
        }

        static bool Try(Func<bool> done)
        {
            try { return done(); }
            catch (DirectoryNotFoundException) { return false; }
        }

        /// <summary>Looks at every page; those that a state does not have may say so.</summary>
        public async Task LookAround()
        {
            var found = 0;
            foreach (var page in s_pages)
                if ((await _visitor.GetAsync(new Uri(_site, "/en/" + page))).IsSuccessStatusCode) found++;
            Assert.True(found > s_pages.Length / 2, $"{found} pages found");
        }

        public int Seen(IReadOnlyList<string> numbers)
        {
            var seen = 0;
            Assert.True(ProcessMemory.While(_process, () => seen = ProcessMemory.Search(_process, numbers)), "the console stopped");
            return seen;
        }

        public void Dispose()
        {
            _visitor.Dispose();
            if (_ended) return;
            _ended = true;
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }

    /// <summary>The office's program, with its home and its temporary folder on the disk.</summary>
    sealed class Office(LoopDisk disk, IReadOnlyList<string> numbers)
    {
        readonly List<byte[]> _shares = [];

        string Home => Path.Combine(disk.Folder, "office");

        public RecipientKey Recipient()
        {
            using var notice = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Home, "rounds", CanaryCountry.EditionText + ".json")));
            foreach (var share in Directory.EnumerateFiles(Path.Combine(Home, "keys"), "*", SearchOption.AllDirectories).Select(File.ReadAllBytes).Where(s => s.AsSpan().IndexOf("GROEILIJN-KEY-SHARE"u8) >= 0)) _shares.Add(share);
            Assert.Equal(2, _shares.Count);
            return RecipientKey.Parse(notice.RootElement.GetProperty("recipient").GetString()!);
        }

        /// <summary>How often a share of the key stands on the raw disk.</summary>
        public int SharesOnDisk()
        {
            var image = File.ReadAllBytes(disk.Image);
            return _shares.Sum(share =>
            {
                var text = share.AsSpan(share.AsSpan().IndexOf("GROEILIJN-KEY-SHARE"u8)).TrimEnd((byte)'\n');
                return image.AsSpan().Count(text);
            });
        }

        public void Done(params string[] words)
        {
            using var process = Start(words);
            End(process, words);
        }

        /// <summary>Runs a command and stands it still at chance moments, to look at the disk and into its memory.</summary>
        public (int Looks, int Seen) DoneUnderWatch(int most, Action look, params string[] words)
        {
            using var process = Start(words);
            var (looks, seen) = (0, 0);
            for (var still = 0; (looks < most || seen == 0) && !process.WaitForExit(20); still++)
                ProcessMemory.While(process, () =>
                {
                    seen += ProcessMemory.Search(process, numbers);
                    if (still % 5 != 0 && seen == 0) return; // the disk is slow to read: until the linking has begun, now and then
                    look();
                    looks++;
                });
            End(process, words);
            return (looks, seen);
        }

        internal Process Start(params string[] words)
        {
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "groeilijn"), ["office", .. words, "--home", Home]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(disk.Folder, "tmp")).FullName;
            start.Environment["DOTNET_EnableDiagnostics"] = "0";
            return Process.Start(start)!;
        }

        static void End(Process process, string[] words)
        {
            var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"office {words[0]} ended with {process.ExitCode}: {wrong.Result}{said.Result}");
        }
    }
}
