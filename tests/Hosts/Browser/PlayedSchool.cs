using System.Text;
using Groeilijn.Cli.Demo;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Hosts.Machine;
using Groeilijn.Hosts.School;
using Groeilijn.School;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>A school of the samples whose parents were informed, its site, and an office that announces, confirms and answers.</summary>
sealed class PlayedSchool : IAsyncDisposable
{
    public static readonly Edition Edition = Edition.Parse("2025-1").Value;

    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-played-").FullName;
    readonly DemoClock _clock = new();
    readonly SigningKey _office;
    readonly IdentityKey _round = IdentityKey.Generate(), _withdrawals = IdentityKey.Generate();
    readonly WebApplication _site;
    Visit? _visit;

    PlayedSchool(DateOnly day)
    {
        _clock.GoTo(day);
        _office = SigningKey.Create("CBS", _clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddYears(20));
        Home = SchoolHome.Open(Path.Combine(_folder, "home"), new SchoolProfile(SchoolLocation.Parse("99XX00").Value, "De Verzonnen Linde"), _clock);
        Directory.CreateDirectory(Drop);
        _site = SchoolSite.Build(Home, SchoolSite.Options(Home));
    }

    public SchoolHome Home { get; }

    /// <summary>The folder that both can reach.</summary>
    public string Drop => Path.Combine(_folder, "map");

    /// <summary>The last group of the office's fingerprint, as it is read aloud.</summary>
    public string LastGroup => _office.Fingerprint[^4..];

    public static async Task<PlayedSchool> Start() => await Start(new(2025, 3, 20), imported: true);

    /// <summary>The school on a day, empty.</summary>
    public static async Task<PlayedSchool> Empty(DateOnly day) => await Start(day, imported: false);

    static async Task<PlayedSchool> Start(DateOnly day, bool imported)
    {
        var school = new PlayedSchool(day);
        if (imported) school.Fill();
        await school._site.StartAsync();
        return school;
    }

    void Fill()
    {
        Assert.True(LetterDetails.KeepFile(Home, Checkout.Sample("brief.json")).Ok);
        Assert.True(Import.Run(Home, SealedSchool.Files).Stored);
        Assert.True(Inform.Send(Home, new DateOnly(2025, 2, 11), new DateOnly(2025, 3, 1)).Ok);
    }

    /// <summary>A visitor who has come in.</summary>
    public async Task<IPage> Visit(Chromium chromium, string language, Visit visit)
    {
        _visit = visit;
        var page = await chromium.Page(SiteHost.Address(_site), visit);
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync(_site.Services.GetRequiredService<Launch>().Address(SiteHost.Address(_site), language));
        return page;
    }

    /// <summary>Looks at what the page shows: rules of accessibility, its width, a picture. Only where there is script to look with.</summary>
    public async Task Look(IPage page, string name)
    {
        if (_visit is not { Script: true }) return;
        await Chromium.Shot(page, $"{name}-{_visit.Locale}-{_visit.Width}");
        await Chromium.Axe(page);
        await Chromium.Fits(page);
    }

    public void GoTo(DateOnly day) => _clock.GoTo(day);

    public void MakePreview()
    {
        var made = Preview.Make(Home, Edition, new DateOnly(2025, 3, 1));
        Assert.True(made.Ok, made.Refusal?.English);
    }

    /// <summary>All that comes before the office has the delivery, without a page.</summary>
    public async Task Deliver()
    {
        var given = new SignedRecord(Notice().ToJson(), Signature.Sign(Notice().ToJson(), _office));
        Assert.True(Rounds.Accept(Home, given, _office.Fingerprint).Ok);
        Assert.True(Approvals.RecordAgreement(Home, "voorzitter", new DateOnly(2025, 1, 15), Edition.SchoolYear, Edition.SchoolYear).Ok);
        MakePreview();
        Assert.True(Approvals.Approve(Home, Edition, Preview.Of(Home, Edition)!.Sha256, "directeur").Ok);
        OfficeSettings.SetDropFolder(Home, Drop);
        Assert.True((await Dispatching.SealAndSend(Home, Edition, SendTarget.Folder(Drop))).Ok);
    }

    RoundNotice Notice() => new()
    {
        Edition = "2025-1",
        Recipient = _round.Recipient.ToString(),
        Withdrawals = _withdrawals.Recipient.ToString(),
        Opens = new(2025, 3, 1),
        Closes = new(2025, 4, 15),
        Certificate = _office.Fingerprint,
    };

    /// <summary>The notice of the round, as the office sends it.</summary>
    public FilePayload[] NoticeFiles() => Signed("round", Notice().ToJson());

    /// <summary>The receipt of the last delivery.</summary>
    public FilePayload[] ReceiptFiles()
    {
        var last = Sent.All(Home)[^1];
        var stem = $"99XX00-2025-1-{last.Sequence}";
        var manifest = FileDigest.OfFile(Path.Combine(Home.OutboxFolder, stem + ".manifest.json")).Sha256;
        return Signed(stem + ".receipt", new Receipt { School = "99XX00", Edition = "2025-1", Sequence = last.Sequence, Manifest = manifest, Ciphertext = last.Ciphertext, Payload = last.Payload, Received = _clock.GetUtcNow(), Checkpoint = "" }.ToJson());
    }

    /// <summary>The office puts the receipt where the school looks for it.</summary>
    public void PutReceipt()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Drop, Post.AnswersFolder)).FullName;
        foreach (var file in ReceiptFiles()) File.WriteAllBytes(Path.Combine(folder, file.Name), file.Buffer);
    }

    /// <summary>An answer about the last delivery.</summary>
    public FilePayload[] AnswerFiles(string outcome) => Signed("99XX00-a.answer", new Answer
    {
        School = "99XX00",
        About = Sent.All(Home)[^1].Ciphertext,
        Kind = "delivery",
        Outcome = outcome,
        Counts = outcome == "linked" ? new(Sent.All(Home)[^1].Pupils, Sent.All(Home)[^1].Pupils - 1) : null,
        At = _clock.GetUtcNow(),
        Checkpoint = "",
    }.ToJson());

    /// <summary>A report, sealed to this school.</summary>
    public FilePayload Report(string name, string html)
    {
        Assert.True(SchoolEnrolment.TryRead(File.ReadAllBytes(Path.Combine(Home.Folder, Enrolment.FileName)), out var enrolment, out _));
        return new() { Name = name, MimeType = "application/octet-stream", Buffer = Envelope.Seal(Encoding.UTF8.GetBytes(html), RecipientKey.Parse(enrolment.Recipient)) };
    }

    FilePayload[] Signed(string stem, byte[] record) =>
    [
        new() { Name = stem + ".json", MimeType = "application/json", Buffer = record },
        new() { Name = stem + ".p7s", MimeType = "application/pkcs7-signature", Buffer = Signature.Sign(record, _office) },
    ];

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Home.Dispose();
        _office.Dispose();
        _round.Dispose();
        _withdrawals.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
