using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Education;
using Groeilijn.School;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;
using Groeilijn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>
/// A school's site on a network with a certificate made here, and a Chromium that trusts that one key: passkeys do not work on a page whose certificate
/// the browser merely ignores.
/// </summary>
public sealed class PasskeyBrowser : IAsyncLifetime
{
    const string Program = "/usr/bin/chromium";

    readonly string _folder = Directory.CreateTempSubdirectory("network").FullName;
    readonly X509Certificate2 _certificate = MakeCertificate();
    IPlaywright? _playwright;
    IBrowser? _browser;
    SchoolHome _home = null!;
    Database _accounts = null!;
    WebApplication _site = null!;

    /// <summary>The accounts of the site.</summary>
    public AccountBook Book => _site.Services.GetRequiredService<AccountBook>();

    /// <summary>Their log.</summary>
    public AccountLog Log => _site.Services.GetRequiredService<AccountLog>();

    /// <summary>Where the site is, by a name: passkeys belong to a name, not to a number.</summary>
    public string Address => $"https://localhost:{new Uri(SiteHost.Address(_site)).Port}";

    public async ValueTask InitializeAsync()
    {
        _home = SchoolHome.Open(_folder, new SchoolProfile(SchoolLocation.Parse("99XX00").Value, "De Linde"), TimeProvider.System);
        _accounts = SchoolNetwork.OpenAccounts(_home);
        _site = SchoolSite.Build(_home, SchoolNetwork.Options(_home, _accounts, new("localhost", "https://127.0.0.1:0", _certificate)) with { AttemptsPerMinute = 1000 });
        await _site.StartAsync();
        Book.Join("Beheerder", Book.Invite(AccountRole.Administrator, null));
        if (!File.Exists(Program)) return;
        var key = Convert.ToBase64String(SHA256.HashData(_certificate.PublicKey.ExportSubjectPublicKeyInfo()));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--ignore-certificate-errors-spki-list=" + key] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _site.DisposeAsync();
        _accounts.Dispose();
        _home.Dispose();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A page of a new visitor. Skips the test where there is no Chromium.</summary>
    public async Task<IPage> Page(Visit? visit = null)
    {
        if (_browser is null) Assert.Skip($"{Program} is not there: apt-get install chromium");
        visit ??= new Visit();
        var context = await _browser!.NewContextAsync(new() { BaseURL = Address, JavaScriptEnabled = visit.Script, ViewportSize = new() { Width = visit.Width, Height = visit.Height }, Locale = visit.Locale, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        return page;
    }

    /// <summary>Gives the browser of a page a device that holds passkeys and whose owner always agrees.</summary>
    public static async Task<ICDPSession> Authenticator(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        return devtools;
    }

    static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
