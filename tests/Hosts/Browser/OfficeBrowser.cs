using System.Globalization;
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

/// <summary>The office's console on a network, the real program beside it, and a Chromium that trusts its certificate.</summary>
public sealed class OfficeBrowser(Chromium chromium) : IAsyncLifetime
{
    readonly X509Certificate2 _certificate = SiteCertificate.Copy();
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
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _accounts.Dispose();
        await Office.DisposeAsync();
        _certificate.Dispose();
    }

    /// <summary>A page of somebody who made an account by an invitation. Skips the test where there is no Chromium.</summary>
    public async Task<IPage> Join(string name, AccountRole role, IEnumerable<string> duties, string language, bool script, int width = 1100)
    {
        var page = await chromium.Page(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{new Uri(SiteHost.Address(_site)).Port}"), new(Script: script, Width: width, Locale: language));
        await page.GotoAsync($"/{language}/account/join");
        await page.Locator("#Name").FillAsync(name);
        await page.Locator("#Invitation").FillAsync(Book.Invite(role, null, duties));
        await page.Locator("main form button").ClickAsync();
        await page.Locator(".codes").WaitForAsync();
        return page;
    }
}
