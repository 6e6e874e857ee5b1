using System.Globalization;
using System.Runtime.CompilerServices;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Storage;

namespace Groeilijn.Hosts.Faults;

/// <summary>
/// The process that is killed, cut off and refused its disk: an office that lives round after round (open, receive, sequence, link, withdraw, destroy step
/// by step) and says a line for every step that it acknowledges. Begun again it goes on where the store says it was. The schools' side lies in another
/// folder, on another disk: a delivery that got no answer is sent again, the very same.
/// </summary>
sealed class OfficeLife : IDisposable
{
    /// <summary>The folder to live in; set, this program is that process and not a run of tests.</summary>
    public const string Folder = "GROEILIJN_OFFICE_LIFE";

    /// <summary>Set, the store does not wait for the disk: the control that must lose something.</summary>
    public const string Hasty = "GROEILIJN_OFFICE_HASTY";

    /// <summary>Set, the life ends after so many rounds.</summary>
    public const string Rounds = "GROEILIJN_OFFICE_ROUNDS";

    /// <summary>A home whose store is to be brought up to date, and no more.</summary>
    public const string Upgrade = "GROEILIJN_OFFICE_UPGRADE";

    /// <summary>How the life ends when the disk refuses, and when something happens that should not.</summary>
    public const int Refused = 3, Broken = 4;

    static readonly (string School, int Sequence)[] s_plan = [("99AA00", 1), ("99AB00", 1), ("99AA00", 2), ("99AC00", 1)];

    readonly OfficeHome _home;
    readonly string _post;
    readonly Action<string> _say;

    OfficeLife(string folder, Action<string> say)
    {
        _say = say;
        _post = Path.Combine(folder, "post");
        _home = OfficeHome.Open(HomeIn(folder), TimeProvider.System);
        if (Environment.GetEnvironmentVariable(Hasty) is not null) _home.Database.Read<string>("PRAGMA synchronous=NORMAL");
    }

    public static string HomeIn(string folder) => Path.Combine(folder, "disk", "home");

    public static IEnumerable<Edition> Editions { get { for (var edition = Edition.Parse("2001-1").Value; ; edition = edition.Next) yield return edition; } }

    /// <summary>Before anything else of this program: is it to be an office?</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Upgrade) is { } old)
        {
            HomeStore.Open(old, "office.db", typeof(OfficeHome).Assembly, typeof(Gate.Outgoing).Assembly).Dispose();
            Environment.Exit(0);
        }
        if (Environment.GetEnvironmentVariable(Folder) is not { } folder) return;
        try
        {
            var life = new OfficeLife(folder, Write);
            Write("ready");
            life.Live(int.TryParse(Environment.GetEnvironmentVariable(Rounds), CultureInfo.InvariantCulture, out var most) ? most : int.MaxValue);
            Environment.Exit(0);
        }
        catch (Exception refused)
        {
            Console.Error.WriteLine(refused is IOException disk && StoreFault.Of(disk) is { } fault ? $"{fault.What} {fault.Remedy}" : refused.ToString());
            Environment.Exit(refused is IOException ? Refused : Broken);
        }
    }

    /// <summary>Lives on in the calling process; returns what it said.</summary>
    public static IReadOnlyList<string> GoOn(string folder, int rounds)
    {
        var said = new List<string>();
        using var life = new OfficeLife(folder, said.Add);
        life.Live(rounds);
        return said;
    }

    /// <summary>Makes home, register and schools, in the calling process and without faults.</summary>
    public static void Prepare(string folder, string? postgres)
    {
        Directory.CreateDirectory(Path.Combine(folder, "post"));
        var now = TimeProvider.System.GetUtcNow();
        using var home = OfficeHome.Create(HomeIn(folder), TimeProvider.System, invented: true, postgres);
        foreach (var school in s_plan.Select(p => p.School).Distinct())
        {
            using var key = SigningKey.Create(school, now.AddDays(-1), now.AddDays(900));
            using var reports = IdentityKey.Generate();
            key.Save(Path.Combine(folder, "post"), school);
            var enrolment = new SchoolEnrolment { School = school, Name = $"De {school}", Certificate = Convert.ToBase64String(key.Certificate.RawData), Recipient = reports.Recipient.ToString() };
            Assert.True(Schools.Enrol(home, enrolment.ToJson(), Province.Parse("PV26").Value).Ok);
        }
        File.WriteAllText(Path.Combine(folder, "post", "persons.csv"), "key,sex,born,registered\np1,m,2014-03-09,2020-01-01\np2,f,2014-04-10,2020-01-01\n");
        File.WriteAllText(Path.Combine(folder, "post", "numbers.csv"), $"key,kind,number,from\np1,bsn,{Bsn(1)},2020-01-01\np2,bsn,{Bsn(2)},2020-01-01\n");
        File.WriteAllText(Path.Combine(folder, "post", "addresses.csv"), "key,from,postcode,house,letter,addition\np1,2020-01-01,1234AB,1,,\np2,2020-01-01,1234AB,2,,\n");
        Assert.True(Register.Import(home, Path.Combine(folder, "post")).Ok);
        home.Sequence();
    }

    public void Dispose() => _home.Dispose();

    void Live(int rounds)
    {
        foreach (var edition in Editions.Take(rounds)) Live(edition);
    }

    void Live(Edition edition)
    {
        if (Groeilijn.Office.Rounds.Find(_home, edition) is null && Groeilijn.Office.Rounds.Open(_home, edition, "Anna Eerste", "Bert Tweede").Ok) Say("round", edition);
        if (State(edition) == RoundState.Open) Receive(edition);
        if (State(edition) == RoundState.Open) Link(edition);
        if (State(edition) < RoundState.DestructionIntended) Withdraw(edition);
        while (State(edition) != RoundState.Certified)
        {
            if (Destruction.Step(_home, edition, "Carla Derde", "Dirk Vierde") is { } refusal) throw new InvalidOperationException(refusal.ToString());
            Say("state", edition, State(edition).Code());
        }
        if (!File.Exists(_home.At("certificates", $"{edition}.json"))) Destruction.Run(_home, edition, "Carla Derde", "Dirk Vierde");
        Say("certificate", edition, FileDigest.Of(Destruction.Certificate(_home, edition)!.Certificate).Sha256);
        Sequence();
    }

    void Receive(Edition edition)
    {
        for (var i = 0; i < s_plan.Length; i++)
        {
            var answered = Path.Combine(_post, $"{edition}-{i}.answered");
            if (File.Exists(answered)) continue;
            var received = Intake.ReceiveFiles(_home, Seal(edition, i));
            if (!received.Ok) throw new InvalidOperationException(received.Refusal.ToString());
            Say("received", received.Value.Manifest.Ciphertext.Sha256, FileDigest.Of(received.Value.Receipt).Sha256);
            Intake.WriteReceipt(_home, received.Value);
            File.WriteAllText(answered, "");
            if (i % 2 == 1) Sequence();
        }
    }

    void Link(Edition edition)
    {
        var linked = LinkingRun.Run(_home, edition, File.ReadAllBytes(Groeilijn.Office.Rounds.ShareFile(_home, edition, 1)), File.ReadAllBytes(Groeilijn.Office.Rounds.ShareFile(_home, edition, 2)));
        if (!linked.Ok) throw new InvalidOperationException(linked.Refusal.ToString());
        Say("linked", edition, linked.Value.Results);
    }

    /// <summary>The second pupil's parent objects after sending: the message is taken in and carried out everywhere.</summary>
    void Withdraw(Edition edition)
    {
        var received = Withdrawals.ReceiveFile(_home, SealObjection(edition));
        if (!received.Ok) throw new InvalidOperationException(received.Refusal.ToString());
        var about = received.Value.About;
        Say("objection", about);
        if (Withdrawals.Process(_home).Refusal is { } refusal) throw new InvalidOperationException(refusal.ToString());
        if (Withdrawals.Find(_home, about)!.State is var state and not (WithdrawalState.Removed or WithdrawalState.Destroyed)) throw new InvalidOperationException($"The withdrawal is {state.Code()}.");
        Say("withdrawn", about, edition);
    }

    void Sequence()
    {
        var checkpoint = _home.Sequence();
        Say("checkpoint", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(checkpoint.ToString())));
    }

    RoundState State(Edition edition) => Groeilijn.Office.Rounds.Find(_home, edition)!.State;

    /// <summary>The sealed delivery as the school keeps it: made once, the manifest last.</summary>
    string Seal(Edition edition, int number)
    {
        var (school, sequence) = s_plan[number];
        var recipient = Groeilijn.Office.Rounds.Find(_home, edition)!.Recipient;
        var stem = Path.Combine(_post, $"{edition}-{number}");
        if (File.Exists(stem + ".manifest.json")) return stem + ".age";
        using var key = SigningKey.Load(_post, school);
        var day = new DateOnly(edition.Year, edition.Half == HalfYear.M ? 1 : 6, 10);
        var payload = new DeliveryPayload(new() { School = school, Edition = edition.ToString(), Set = "nco-basis/1", Reference = day.AddDays(1) }, [Pupil(1, day, sequence), Pupil(2, day, sequence)]);
        var clear = payload.ToBytes();
        var ciphertext = Envelope.Seal(clear, recipient);
        var manifest = new Manifest
        {
            School = school,
            Edition = edition.ToString(),
            Sequence = sequence,
            Set = "nco-basis/1",
            Recipient = recipient.ToString(),
            Ciphertext = FileDigest.Of(ciphertext),
            Payload = FileDigest.Of(clear),
            Pupils = 2,
            Results = payload.Results,
            Sealed = _home.Now,
        }.ToJson();
        File.WriteAllBytes(stem + ".age", ciphertext);
        File.WriteAllBytes(stem + ".manifest.p7s", Signature.Sign(manifest, key, _home.Now));
        File.WriteAllBytes(stem + ".manifest.tmp", manifest);
        File.Move(stem + ".manifest.tmp", stem + ".manifest.json");
        return stem + ".age";
    }

    /// <summary>The sealed message as the school keeps it: made once, the signature last.</summary>
    string SealObjection(Edition edition)
    {
        var school = s_plan[0].School;
        var stem = Path.Combine(_post, $"{school}-withdrawal-{edition}");
        if (File.Exists(stem + ".p7s")) return stem + ".age";
        if (!RoundNotice.TryRead(File.ReadAllBytes(Groeilijn.Office.Rounds.NoticeFile(_home, edition)), out var notice, out _)) throw new InvalidOperationException("The notice cannot be read.");
        using var key = SigningKey.Load(_post, school);
        var message = new Withdrawal { School = school, Asked = DateOnly.FromDateTime(_home.Now.UtcDateTime), Person = Pupil(2, DateOnly.MinValue, 0).Person };
        var ciphertext = Envelope.Seal(message.ToJson(), RecipientKey.Parse(notice.Withdrawals));
        File.WriteAllBytes(stem + ".age", ciphertext);
        File.WriteAllBytes(stem + ".tmp", Signature.Sign(ciphertext, key, _home.Now));
        File.Move(stem + ".tmp", stem + ".p7s");
        return stem + ".age";
    }

    static DeliveredPupil Pupil(int n, DateOnly day, int sequence) => new()
    {
        Person = new() { Bsn = Bsn(n), Sex = n == 1 ? "m" : "f", Born = n == 1 ? "2014-03-09" : "2014-04-10", Postcode = "1234AB", House = n },
        Results = [new() { Subject = "maths", Taken = day, Moment = day.Month == 1 ? "M5" : "E5", Group = 5, Scale = "lvs-3", Score = 1500 + sequence }],
    };

    /// <summary>An invented BSN whose check digit is right.</summary>
    static string Bsn(int n) => Enumerable.Range(0, 10).Select(d => $"9{(n * 7) + 1:D7}{d}").First(text => Groeilijn.Education.Bsn.Parse(text).Ok);

    void Say(params ReadOnlySpan<object> words) => _say(string.Join(' ', words.ToArray()));

    /// <summary>In one write, so that a line is said or not said, never a part of it.</summary>
    static void Write(string line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
    }
}
