using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Storage;
using Groeilijn.Tests.Storage;

namespace Groeilijn.Tests.Office;

/// <summary>A clock that a test moves by hand.</summary>
sealed class HandClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;
    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A child of the small country: who it is for the register and for its school.</summary>
sealed record Child(string Key, string? Bsn, string Sex, string Born, string Postcode, int House)
{
    public string? Onderwijsnummer { get; init; }

    /// <summary>The n-th child; every number, birth date and address its own.</summary>
    public static Child Of(int n) => new($"p{n:D6}", BsnOf(n), n % 2 == 0 ? "m" : "f", $"2014-{1 + n % 12:D2}-{1 + n % 28:D2}", $"{1000 + n}AB", 1 + n % 90);

    /// <summary>The n-th BSN of an invented run: eight digits and the check digit that fits.</summary>
    public static string BsnOf(int n) => Enumerable.Range(0, 10).Select(d => $"9{n * 7 + 1:D7}{d}").FirstOrDefault(text => Groeilijn.Education.Bsn.Parse(text).Ok) ?? BsnOf(n + 500_000);

    /// <summary>As it stands in a delivery.</summary>
    public DeliveredPupil With(params DeliveredResult[] results) => new()
    {
        Person = new() { Bsn = Bsn, Onderwijsnummer = Onderwijsnummer, Sex = Sex, Born = Born, Postcode = Postcode, House = House },
        Results = results,
    };

    public static DeliveredResult Result(string day, string moment, int score, string subject = "maths", string scale = "lvs-3", int? group = null) => new()
    {
        Subject = subject,
        Taken = DateOnly.Parse(day, CultureInfo.InvariantCulture),
        Moment = moment,
        Group = group ?? moment[1] - '0',
        Scale = scale,
        Score = score,
    };
}

/// <summary>A school with its keys.</summary>
sealed record SmallSchool(string Location, SigningKey Key, IdentityKey Reports)
{
    public byte[] Enrolment => new SchoolEnrolment { School = Location, Name = $"De {Location}", Certificate = Convert.ToBase64String(Key.Certificate.RawData), Recipient = Reports.Recipient.ToString() }.ToJson();
}

/// <summary>An office with a register and schools, small enough to know by heart.</summary>
sealed class SmallOffice : IDisposable
{
    public static readonly Edition E23 = Edition.Parse("2023-2").Value;

    readonly Dictionary<string, SmallSchool> _schools = [];

    public SmallOffice()
    {
        Folder = Directory.CreateTempSubdirectory("groeilijn-office-").FullName;
        Home = OfficeHome.Create(Path.Combine(Folder, "home"), Clock, invented: true, PostgresServer.WhenAsked);
    }

    public string Folder { get; }
    public HandClock Clock { get; } = new(new(2023, 7, 1, 9, 0, 0, TimeSpan.Zero));
    public OfficeHome Home { get; private set; }

    public void Dispose()
    {
        Home.Dispose();
        Directory.Delete(Folder, true);
    }

    /// <summary>As after a crash or the next morning.</summary>
    public void Reopen()
    {
        Home.Dispose();
        Home = OfficeHome.Open(Path.Combine(Folder, "home"), Clock);
    }

    public SmallSchool School(string location, string province = "PV26", int validDays = 1000)
    {
        if (_schools.TryGetValue(location, out var known)) return known;
        var school = new SmallSchool(location, SigningKey.Create(location, Clock.Now.AddDays(-1), Clock.Now.AddDays(validDays)), IdentityKey.Generate());
        Assert.True(Schools.Enrol(Home, school.Enrolment, Province.Parse(province).Value).Ok);
        return _schools[location] = school;
    }

    public Round Open(Edition? edition = null) => Rounds.Open(Home, edition ?? E23, "Anna Eerste", "Bert Tweede").Value!;

    public RegisterImport Register(params IEnumerable<Child> children)
    {
        var folder = Path.Combine(Folder, "register");
        Directory.CreateDirectory(folder);
        var sorted = children.OrderBy(c => c.Key, StringComparer.Ordinal).ToList();
        File.WriteAllText(Path.Combine(folder, "persons.csv"), "key,sex,born,registered\n" + string.Concat(sorted.Select(c => $"{c.Key},{c.Sex},{c.Born},2020-01-01\n")));
        File.WriteAllText(Path.Combine(folder, "numbers.csv"), "key,kind,number,from\n" + string.Concat(sorted.Select(c => c.Bsn is null ? $"{c.Key},onderwijsnummer,{c.Onderwijsnummer},2020-01-01\n" : $"{c.Key},bsn,{c.Bsn},2020-01-01\n")));
        File.WriteAllText(Path.Combine(folder, "addresses.csv"), "key,from,postcode,house,letter,addition\n" + string.Concat(sorted.Select(c => $"{c.Key},2020-01-01,{c.Postcode},{c.House},,\n")));
        return Groeilijn.Office.Register.Import(Home, folder).Value!;
    }

    /// <summary>The three files of a delivery, in memory.</summary>
    public (byte[] Manifest, byte[] Signature, byte[] Ciphertext) Sealed(SmallSchool school, IEnumerable<DeliveredPupil> pupils, int sequence = 1, Edition? edition = null, RecipientKey? recipient = null, SigningKey? signer = null, string set = "nco-basis/1", string? inside = null)
    {
        var round = edition ?? E23;
        var to = recipient ?? Rounds.Find(Home, round)!.Recipient;
        var payload = new DeliveryPayload(new() { School = school.Location, Edition = round.ToString(), Set = inside ?? set, Reference = new(2023, 6, 20) }, pupils);
        var clear = payload.ToBytes();
        var ciphertext = Envelope.Seal(clear, to);
        var manifest = new Manifest
        {
            School = school.Location,
            Edition = round.ToString(),
            Sequence = sequence,
            Set = set,
            Recipient = to.ToString(),
            Ciphertext = FileDigest.Of(ciphertext),
            Payload = FileDigest.Of(clear),
            Pupils = payload.Pupils.Count,
            Results = payload.Results,
            Sealed = Clock.Now,
        }.ToJson();
        return (manifest, Signature.Sign(manifest, signer ?? school.Key, Clock.Now), ciphertext);
    }

    public Outcome<Received> Deliver(SmallSchool school, IEnumerable<DeliveredPupil> pupils, int sequence = 1, Edition? edition = null)
    {
        var (manifest, signature, ciphertext) = Sealed(school, pupils, sequence, edition);
        return Intake.Receive(Home, manifest, signature, ciphertext);
    }

    public Outcome<LinkedRound> Link(Edition? edition = null) =>
        LinkingRun.Run(Home, edition ?? E23, File.ReadAllBytes(Rounds.ShareFile(Home, edition ?? E23, 1)), File.ReadAllBytes(Rounds.ShareFile(Home, edition ?? E23, 2)));

    public Outcome<DestroyedRound> Destroy(Edition? edition = null) => Destruction.Run(Home, edition ?? E23, "Carla Derde", "Dirk Vierde");

    /// <summary>A report as its school reads it.</summary>
    public string Report(SmallSchool school, string language, Edition? edition = null)
    {
        using var opened = Envelope.Open(File.ReadAllBytes(Home.At("outgoing", "school", (edition ?? E23).ToString(), $"{school.Location}-{edition ?? E23}.{language}.html.age")), school.Reports);
        return Encoding.UTF8.GetString(opened.Content!);
    }

    /// <summary>A child that took both maths tests of 2023 in a year group and grew by some tenths.</summary>
    public static DeliveredPupil Grown(Child child, int group, int tenths) =>
        child.With(Child.Result("2023-01-24", $"M{group}", 1500), Child.Result("2023-06-06", $"E{group}", 1500 + tenths));
}
