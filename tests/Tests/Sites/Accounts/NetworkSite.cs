using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Groeilijn.Education;
using Groeilijn.School;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;
using Groeilijn.Storage;
using Groeilijn.Tests.Office;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Tests.Sites.Accounts;

/// <summary>A school's site on a network: a real server with HTTPS and a certificate made here, with accounts.</summary>
sealed partial class NetworkSite : IAsyncDisposable
{
    static readonly X509Certificate2 s_certificate = Certificate("localhost");

    readonly SchoolHome _home;
    readonly Database _accounts;
    readonly bool _keepsFolder;

    NetworkSite(string folder, SchoolHome home, Database accounts, WebApplication site, HandClock clock, ConcurrentQueue<string> lines, bool keepsFolder) =>
        (Folder, _home, _accounts, Site, Clock, Lines, Address, _keepsFolder) = (folder, home, accounts, site, clock, lines, SiteHost.Address(site), keepsFolder);

    public string Folder { get; }

    public WebApplication Site { get; }

    public HandClock Clock { get; }

    /// <summary>The log of requests.</summary>
    public ConcurrentQueue<string> Lines { get; }

    public string Address { get; }

    public AccountBook Book => Site.Services.GetRequiredService<AccountBook>();

    public AccountLog Log => Site.Services.GetRequiredService<AccountLog>();

    /// <summary>What happened last, the newest first.</summary>
    public IEnumerable<AccountEvent> Events => Log.Read(0, 100).Select(l => l.What);

    public static async Task<NetworkSite> Start(Func<SiteOptions, SiteOptions>? with = null, string? folder = null)
    {
        var clock = new HandClock(new(2025, 2, 3, 10, 0, 0, TimeSpan.Zero));
        var keeps = folder is not null;
        folder ??= Directory.CreateTempSubdirectory("network").FullName;
        var home = SchoolHome.Open(folder, new SchoolProfile(SchoolLocation.Parse("99XX00").Value, "De Linde"), clock);
        var accounts = SchoolNetwork.OpenAccounts(home);
        var lines = new ConcurrentQueue<string>();
        var options = SchoolNetwork.Options(home, accounts, new("localhost", "https://127.0.0.1:0", s_certificate)) with { AttemptsPerMinute = 1000, Log = lines.Enqueue };
        var site = SchoolSite.Build(home, with is null ? options : with(options));
        await site.StartAsync();
        return new NetworkSite(folder, home, accounts, site, clock, lines, keeps);
    }

    /// <summary>A browser without script that trusts our certificate: keeps cookies, follows nothing by itself.</summary>
    public HttpClient Visitor() => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == s_certificate.Thumbprint,
    })
    { BaseAddress = new Uri(Address) };

    /// <summary>Makes an account by an invitation, as a person does, and gives its signed-in visitor and its codes.</summary>
    public async Task<(HttpClient Visitor, IReadOnlyList<string> Codes)> Join(string name, AccountRole role)
    {
        var visitor = Visitor();
        using var answer = await Post(visitor, "/nl/account/join", "/nl/account/join", ("Name", name), ("Invitation", Book.Invite(role, null)));
        return (visitor, [.. Code().Matches(await answer.Content.ReadAsStringAsync()).Select(m => m.Value)]);
    }

    /// <summary>Signs in with a code.</summary>
    public static Task<HttpResponseMessage> SignIn(HttpClient visitor, string name, string code) =>
        Post(visitor, "/nl/account/sign-in", "/nl/account/sign-in", ("Name", name), ("Code", code));

    /// <summary>Sends a form with the token of a page.</summary>
    public static async Task<HttpResponseMessage> Post(HttpClient visitor, string page, string path, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await visitor.GetStringAsync(page)).Groups[1].Value;
        return await visitor.PostAsync(path, new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        _accounts.Dispose();
        _home.Dispose();
        if (!_keepsFolder) Directory.Delete(Folder, recursive: true);
    }

    internal static X509Certificate2 Certificate(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")]
    private static partial Regex Code();
}
