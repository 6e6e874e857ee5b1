using Groeilijn.Cli.Demo;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;

namespace Groeilijn.Hosts.Office;

/// <summary>The three files of a delivery.</summary>
sealed record SealedFiles(string School, byte[] Manifest, byte[] Signature, byte[] Ciphertext)
{
    public string Sha256 => FileDigest.Of(Ciphertext).Sha256;

    /// <summary>In the order in which they are sent.</summary>
    public (string Name, byte[] Content)[] InOrder => [($"{School}-2025-1-1.manifest.p7s", Signature), ($"{School}-2025-1-1.manifest.json", Manifest), ($"{School}-2025-1-1.age", Ciphertext)];
}

/// <summary>An office with an open round and its intake on a free port, in a folder of its own that goes afterwards.</summary>
sealed class UploadOffice : IAsyncDisposable
{
    public static readonly Edition Edition = Edition.Parse("2025-1").Value;
    readonly TimeProvider _clock;
    readonly Dictionary<string, SigningKey> _keys = [];
    WebApplication? _intake;

    public UploadOffice(TimeProvider? clock = null)
    {
        var demo = new DemoClock();
        demo.GoTo(new DateOnly(2025, 3, 20));
        _clock = clock ?? demo;
        Home = OfficeHome.Create(At("office"), _clock, invented: true);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("groeilijn-intake-").FullName;

    public OfficeHome Home { get; private set; }

    public Uri Address { get; private set; } = null!;

    public string At(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Starts the intake and opens the round with its address in the notice.</summary>
    public async Task Start(UploadLimits? limits = null)
    {
        _intake = IntakeSite.Build(Home, new IntakePlace { Limits = limits ?? new() });
        await _intake.StartAsync();
        Address = new Uri($"{SiteHost.Address(_intake)}/tus/{Edition}");
        Assert.True(Rounds.Open(Home, Edition, "Anna Eerste", "Bert Tweede", upload: Address.AbsoluteUri).Ok);
    }

    public void Open() => Assert.True(Rounds.Open(Home, Edition, "Anna Eerste", "Bert Tweede").Ok);

    public void Close() => Home.Dispose();

    public void Reopen() => Home = OfficeHome.Open(At("office"), _clock);

    public void Enrol(string school, byte[] enrolment) => Assert.True(Schools.Enrol(Home, enrolment, Province.Parse("PV26").Value).Ok, school);

    /// <summary>A delivery of an invented school, whose content is noise: nobody opens it here.</summary>
    public SealedFiles Sealed(string school, int bytes)
    {
        if (!_keys.TryGetValue(school, out var key))
        {
            _keys[school] = key = SigningKey.Create(school, _clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddYears(3));
            using var reports = IdentityKey.Generate();
            Enrol(school, EnrolmentOf(school, key, reports));
        }
        var content = System.Security.Cryptography.RandomNumberGenerator.GetBytes(bytes);
        var manifest = new Manifest
        {
            School = school,
            Edition = Edition.ToString(),
            Sequence = 1,
            Set = "nco-basis/1",
            Recipient = Rounds.Find(Home, Edition)!.Recipient.ToString(),
            Ciphertext = FileDigest.Of(content),
            Payload = FileDigest.Of([1]),
            Pupils = 200,
            Results = 1200,
            Sealed = _clock.GetUtcNow(),
        }.ToJson();
        return new(school, manifest, Signature.Sign(manifest, key, _clock.GetUtcNow()), content);
    }

    /// <summary>What a school that is not enrolled yet sends of itself.</summary>
    public byte[] Enrolment(string school)
    {
        _keys[school] = SigningKey.Create(school, _clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddYears(3));
        using var reports = IdentityKey.Generate();
        return EnrolmentOf(school, _keys[school], reports);
    }

    static byte[] EnrolmentOf(string school, SigningKey key, IdentityKey reports) =>
        new SchoolEnrolment { School = school, Name = $"De {school}", Certificate = Convert.ToBase64String(key.Certificate.RawData), Recipient = reports.Recipient.ToString() }.ToJson();

    public long Deliveries => Home.Database.ReadOne<long>("SELECT count(*) FROM deliveries");

    public async ValueTask DisposeAsync()
    {
        if (_intake is not null) await _intake.DisposeAsync();
        Home.Dispose();
        foreach (var key in _keys.Values) key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
