using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.Hosts.Canaries;

/// <summary>
/// Schools whose pupils have numbers drawn at random, so that finding one of them anywhere is no chance; their deliveries, and the register that
/// knows them. It lives outside the disk that is searched.
/// </summary>
sealed class CanaryCountry : IDisposable
{
    const string Province = "PV26";
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;

    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-canaries-").FullName;
    readonly List<(string Location, SigningKey Key, List<DeliveredPupil> Pupils)> _schools = [];

    /// <summary>A country of so many schools of so many pupils.</summary>
    public CanaryCountry(int schools, int pupils, Random chance)
    {
        for (var n = 0; n < schools; n++)
        {
            var location = string.Create(CultureInfo.InvariantCulture, $"99XX{n:D2}");
            _schools.Add((location, SigningKey.Create(location, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1)), [.. Enumerable.Range(0, pupils).Select(_ => Pupil(chance))]));
        }
        Directory.CreateDirectory(Path.Combine(_folder, "register"));
        Directory.CreateDirectory(Inbox);
        WriteRegister();
    }

    /// <summary>Every number that must be found nowhere.</summary>
    public List<string> Numbers { get; } = [];

    /// <summary>The edition that everything is about.</summary>
    public static string EditionText => s_edition.ToString();

    /// <summary>The register's three files.</summary>
    public string Register => Path.Combine(_folder, "register");

    /// <summary>The deliveries as they travel.</summary>
    public string Inbox => Path.Combine(_folder, "inbox");

    /// <summary>The enrolments, with the province each school is in.</summary>
    public IEnumerable<(string File, string Province)> Enrolments()
    {
        foreach (var (location, key, _) in _schools)
        {
            using var reports = IdentityKey.Generate();
            var file = Path.Combine(_folder, location + ".json");
            Write(file, new SchoolEnrolment { School = location, Name = $"De {location}", Certificate = Convert.ToBase64String(key.Certificate.RawData), Recipient = reports.Recipient.ToString() }.ToJson());
            yield return (file, Province);
        }
    }

    /// <summary>Seals every school's delivery to the key of a round.</summary>
    public void Seal(RecipientKey to)
    {
        foreach (var (location, key, pupils) in _schools)
        {
            var payload = new DeliveryPayload(new() { School = location, Edition = EditionText, Set = "nco-basis/1", Reference = new(2025, 2, 1) }, pupils);
            var clear = payload.ToBytes();
            var sealedBytes = Envelope.Seal(clear, to);
            var manifest = new Manifest
            {
                School = location,
                Edition = EditionText,
                Sequence = 1,
                Set = "nco-basis/1",
                Recipient = to.ToString(),
                Ciphertext = FileDigest.Of(sealedBytes),
                Payload = FileDigest.Of(clear),
                Pupils = payload.Pupils.Count,
                Results = payload.Results,
                Sealed = DateTimeOffset.UtcNow,
            };
            var stem = Path.Combine(Inbox, manifest.FileStem);
            Write(stem + ".age", sealedBytes);
            Write(stem + ".manifest.json", manifest.ToJson());
            Write(stem + ".manifest.p7s", Signature.Sign(manifest.ToJson(), key, DateTimeOffset.UtcNow));
        }
    }

    DeliveredPupil Pupil(Random chance)
    {
        string number;
        do number = chance.Next(100_000_000, 1_000_000_000).ToString(CultureInfo.InvariantCulture);
        while (!Bsn.Parse(number).Ok || Numbers.Contains(number));
        Numbers.Add(number);
        return new()
        {
            Person = new() { Bsn = number, Sex = chance.Next(2) == 0 ? "m" : "f", Born = $"2015-{chance.Next(1, 13):D2}-{chance.Next(1, 29):D2}", Postcode = $"{chance.Next(1000, 9999)}AB", House = chance.Next(1, 200) },
            Results = [new() { Subject = "maths", Taken = new(2025, 1, 20), Moment = "M5", Group = 5, Scale = "lvs-3", Score = 1500 + chance.Next(400) }],
        };
    }

    void WriteRegister()
    {
        StringBuilder persons = new("key,sex,born,registered\n"), numbers = new("key,kind,number,from\n"), addresses = new("key,from,postcode,house,letter,addition\n");
        foreach (var (person, n) in _schools.SelectMany(s => s.Pupils).Select((p, n) => (p.Person, n)))
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"r{n:D7}");
            persons.Append(CultureInfo.InvariantCulture, $"{key},{person.Sex},{person.Born},2020-01-01\n");
            numbers.Append(CultureInfo.InvariantCulture, $"{key},bsn,{person.Bsn},2020-01-01\n");
            addresses.Append(CultureInfo.InvariantCulture, $"{key},2020-01-01,{person.Postcode},{person.House},,\n");
        }
        foreach (var (name, text) in new[] { ("persons", persons), ("numbers", numbers), ("addresses", addresses) }) Write(Path.Combine(Register, name + ".csv"), Encoding.UTF8.GetBytes(text.ToString()));
    }

    static void Write(string file, byte[] content)
    {
        using var stream = File.Create(file);
        stream.Write(content);
    }

    public void Dispose()
    {
        foreach (var school in _schools) school.Key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
