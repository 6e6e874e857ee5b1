using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>
/// A certificate made here, and a Chromium that trusts that one key: passkeys do not work on a page whose certificate the browser merely ignores.
/// </summary>
sealed class TrustingChromium : IAsyncDisposable
{
    IPlaywright? _playwright;
    IBrowser? _browser;

    /// <summary>For the site, of the name <c>localhost</c>.</summary>
    public X509Certificate2 Certificate { get; } = MakeCertificate();

    public async Task Start()
    {
        if (!Chromium.IsHere) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.Launch(_playwright, "--ignore-certificate-errors-spki-list=" + Convert.ToBase64String(SHA256.HashData(Certificate.PublicKey.ExportSubjectPublicKeyInfo())));
    }

    /// <summary>A page of a new visitor. Skips the test where there is no Chromium.</summary>
    public Task<IPage> Page(string site, Visit visit) => Chromium.Page(_browser, site, visit);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        Certificate.Dispose();
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
