using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Review;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>
/// An office with one round and two schools, and its linking process: of the first school everybody is in the register, of whom one is one of
/// twins without a number; one more bears the number of another child of the family. Of the second school a third is not in it.
/// </summary>
sealed class ReviewDesk : IAsyncDisposable
{
    public static readonly Edition Edition = Edition.Parse("2024-1").Value;

    readonly string _folder;
    readonly WebApplication _site;

    ReviewDesk(string folder, OfficeHome home, ReviewClock clock, WebApplication site, ReviewRoom room) => (_folder, Home, Clock, _site, Room) = (folder, home, clock, site, room);

    public OfficeHome Home { get; }

    public ReviewClock Clock { get; }

    public ReviewRoom Room { get; }

    public bool Stopped => _site.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    public static async Task<ReviewDesk> Start()
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-review-").FullName;
        var clock = new ReviewClock();
        var home = OfficeHome.Create(Path.Combine(folder, "home"), clock, invented: true);
        Fill(home, Path.Combine(folder, "register"), clock.Now);
        var room = new ReviewRoom(home, Edition);
        var site = ReviewSite.Build(room, ReviewSite.Options(clock));
        await site.StartAsync();
        return new ReviewDesk(folder, home, clock, site, room);
    }

    /// <summary>Somebody who came in by the one-time address.</summary>
    public async Task<IPage> Visit(Chromium chromium, string language = "nl", bool script = true, int width = 1100)
    {
        var page = await chromium.Page(SiteHost.Address(_site), new(Script: script, Width: width));
        await page.GotoAsync(_site.Services.GetRequiredService<Launch>().Address(SiteHost.Address(_site), language));
        return page;
    }

    /// <summary>The text of a share.</summary>
    public string Share(int number) => File.ReadAllText(Rounds.ShareFile(Home, Edition, number));

    public string ShareFile(int number) => Rounds.ShareFile(Home, Edition, number);

    static void Fill(OfficeHome home, string folder, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        var all = Enumerable.Range(1, 200).ToArray();
        File.WriteAllText(Path.Combine(folder, "persons.csv"), "key,sex,born,registered\n" + string.Concat(all.Select(n => $"{Key(n)},{Sex(n)},{Born(n)},2016-01-01\n")) + $"p999999,{Sex(7)},{Born(7)},2016-01-01\n");
        File.WriteAllText(Path.Combine(folder, "numbers.csv"), "key,kind,number,from\n" + string.Concat(all.Select(n => $"{Key(n)},bsn,{Bsn(n)},2016-01-01\n")) + $"p999999,bsn,{Bsn(999)},2016-01-01\n");
        File.WriteAllText(Path.Combine(folder, "addresses.csv"), "key,from,postcode,house,letter,addition\n" + string.Concat(all.Select(n => $"{Key(n)},2016-01-01,{Postcode(n)},{House(n)},,\n")) + $"p999999,2016-01-01,{Postcode(7)},{House(7)},,\n");
        Assert.True(Register.Import(home, folder).Ok);
        Assert.True(Rounds.Open(home, Edition, "Anna Eerste", "Bert Tweede").Ok);
        Deliver(home, "99AA00", now, Enumerable.Range(1, 60).Select(n => Pupil(n, n == 7 ? null : Bsn(n))).Append(Brother(150)));
        Deliver(home, "99BB00", now, Enumerable.Range(101, 30).Select(n => Pupil(n < 121 ? n : n + 400, Bsn(n < 121 ? n : n + 400))));
    }

    static void Deliver(OfficeHome home, string location, DateTimeOffset now, IEnumerable<DeliveredPupil> pupils)
    {
        using var key = SigningKey.Create(location, now.AddDays(-1), now.AddYears(1));
        using var reports = IdentityKey.Generate();
        Assert.True(Schools.Enrol(home, new SchoolEnrolment { School = location, Name = $"De {location}", Certificate = Convert.ToBase64String(key.Certificate.RawData), Recipient = reports.Recipient.ToString() }.ToJson(), Province.Parse("PV26").Value).Ok);
        var payload = new DeliveryPayload(new() { School = location, Edition = Edition.ToString(), Set = "nco-basis/1", Reference = new(2024, 2, 20) }, pupils);
        var (clear, to) = (payload.ToBytes(), Rounds.Find(home, Edition)!.Recipient);
        var ciphertext = Envelope.Seal(clear, to);
        var manifest = new Manifest { School = location, Edition = Edition.ToString(), Sequence = 1, Set = "nco-basis/1", Recipient = to.ToString(), Ciphertext = FileDigest.Of(ciphertext), Payload = FileDigest.Of(clear), Pupils = payload.Pupils.Count, Results = payload.Results, Sealed = now }.ToJson();
        Assert.True(Intake.Receive(home, manifest, Signature.Sign(manifest, key, now), ciphertext).Ok);
    }

    static DeliveredPupil Pupil(int n, string? bsn) => new()
    {
        Person = new() { Bsn = bsn, Sex = Sex(n), Born = Born(n), Postcode = Postcode(n), House = House(n) },
        Results = [new() { Subject = "maths", Taken = new(2024, 1, 24), Moment = "M4", Group = 4, Scale = "lvs-3", Score = 1500 + n }],
    };

    /// <summary>Who bears the number of a brother.</summary>
    static DeliveredPupil Brother(int n)
    {
        var pupil = Pupil(n, Bsn(n));
        return pupil with { Person = pupil.Person with { Born = "2012-11-30" } };
    }

    public static string Bsn(int n) => Enumerable.Range(0, 10).Select(d => string.Create(CultureInfo.InvariantCulture, $"9{n * 37 + 1:D7}{d}")).FirstOrDefault(text => Education.Bsn.Parse(text).Ok) ?? Bsn(n + 20_000);

    static string Key(int n) => $"p{n:D6}";

    static string Sex(int n) => n % 2 == 0 ? "m" : "f";

    static string Born(int n) => new DateOnly(2014, 1, 1).AddDays(n * 37 % 1400).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Postcode(int n) => string.Create(CultureInfo.InvariantCulture, $"{1000 + n * 13 % 8000}A{(char)('A' + n % 26)}");

    static int House(int n) => 1 + n % 90;

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Room.Dispose();
        Home.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A clock that stands until it is moved.</summary>
sealed class ReviewClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2024, 3, 10, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
