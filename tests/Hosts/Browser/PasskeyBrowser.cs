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

/// <summary>A school's site on a network, and a Chromium that trusts its certificate.</summary>
public sealed class PasskeyBrowser(Chromium chromium) : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("network").FullName;
    readonly X509Certificate2 _certificate = SiteCertificate.Copy();
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
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _accounts.Dispose();
        _home.Dispose();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A page of a new visitor. Skips the test where there is no Chromium.</summary>
    public Task<IPage> Page(Visit? visit = null) => chromium.Page(Address, visit);

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
}
