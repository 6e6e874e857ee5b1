using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Hosts.Office;
using Groeilijn.Office;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;
using Groeilijn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>The office's console on a network with a certificate made here, the real program beside it, and a Chromium that trusts that one key.</summary>
public sealed class OfficeBrowser : IAsyncLifetime
{
    const string Program = "/usr/bin/chromium";

    readonly X509Certificate2 _certificate = MakeCertificate();
    IPlaywright? _playwright;
    IBrowser? _browser;
    Database _accounts = null!;
    WebApplication _site = null!;

    internal UploadOffice Office { get; } = new(TimeProvider.System);

    /// <summary>The accounts of the site.</summary>
    public AccountBook Book => _site.Services.GetRequiredService<AccountBook>();

    public async ValueTask InitializeAsync()
    {
        _accounts = OfficeSite.OpenAccounts(Office.Home);
        var program = new OfficeProgram(Office.Home.Folder, Path.Combine(AppContext.BaseDirectory, "groeilijn"));
        _site = OfficeSite.Build(Office.Home, program, OfficeSite.Options(Office.Home, _accounts, new("localhost", "https://127.0.0.1:0", _certificate)) with { AttemptsPerMinute = 1000, RequestsPerMinute = 100_000 }, "https://bureau.example:8444/tus");
        await _site.StartAsync();
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
        await Office.DisposeAsync();
        _certificate.Dispose();
    }

    /// <summary>A page of somebody who made an account by an invitation. Skips the test where there is no Chromium.</summary>
    public async Task<IPage> Join(string name, AccountRole role, IEnumerable<string> duties, string language, bool script, int width = 1100)
    {
        if (_browser is null) Assert.Skip($"{Program} is not there: apt-get install chromium");
        var context = await _browser!.NewContextAsync(new() { BaseURL = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{new Uri(SiteHost.Address(_site)).Port}"), JavaScriptEnabled = script, ViewportSize = new() { Width = width, Height = 900 }, Locale = language, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync($"/{language}/account/join");
        await page.Locator("#Name").FillAsync(name);
        await page.Locator("#Invitation").FillAsync(Book.Invite(role, null, duties));
        await page.Locator("main form button").ClickAsync();
        await page.Locator(".codes").WaitForAsync();
        return page;
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
