using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Groeilijn.Hosts.Browser;

/// <summary>
/// A certificate made here for sites of the name <c>localhost</c>, and how the browser comes to trust that one key: passkeys do not work on a page whose
/// certificate it merely ignores.
/// </summary>
static class SiteCertificate
{
    /// <summary>For a site, which may throw it away.</summary>
    public static X509Certificate2 Copy() => X509CertificateLoader.LoadPkcs12(s_made, null);

    /// <summary>The browser's option to trust it.</summary>
    public static string Trust { get; }

    static readonly byte[] s_made;

    static SiteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        s_made = made.Export(X509ContentType.Pkcs12);
        Trust = "--ignore-certificate-errors-spki-list=" + Convert.ToBase64String(SHA256.HashData(made.PublicKey.ExportSubjectPublicKeyInfo()));
    }
}
