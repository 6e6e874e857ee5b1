using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>With what a school or the office signs: an ECDSA P-256 key and a certificate of its own.</summary>
public sealed class SigningKey : IDisposable
{
    readonly X509Certificate2 _withKey;

    SigningKey(X509Certificate2 withKey)
    {
        _withKey = withKey;
        Certificate = X509CertificateLoader.LoadCertificate(withKey.RawData);
    }

    /// <summary>The certificate, without the key: what others trust.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the certificate in lower-case hexadecimal: what two people compare by telephone.</summary>
    public string Fingerprint => FingerprintOf(Certificate);

    /// <summary>The name in the certificate.</summary>
    public string Name => NameOf(Certificate);

    internal X509Certificate2 CertificateWithKey => _withKey;

    /// <summary>A new key with a self-signed certificate for <paramref name="name"/>, valid between the two times.</summary>
    public static SigningKey Create(string name, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], critical: false)); // e-mail protection: what `openssl cms -verify` asks for
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new(request.CreateSelfSigned(from, until));
    }

    /// <summary>Writes <c>stem.key.pem</c> (PKCS 8, mode 600) and <c>stem.cert.pem</c> durably.</summary>
    public void Save(string folder, string stem)
    {
        DurableFile.CreateFolder(folder);
        using ECDsa key = _withKey.GetECDsaPrivateKey()!;
        byte[] pem = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
        DurableFile.WriteSecret(KeyFile(folder, stem), pem);
        CryptographicOperations.ZeroMemory(pem);
        DurableFile.Write(CertificateFile(folder, stem), Certificate.ExportCertificatePem() + "\n");
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="CryptographicException">A file is damaged, or key and certificate do not belong together.</exception>
    public static SigningKey Load(string folder, string stem) => new(X509Certificate2.CreateFromPemFile(CertificateFile(folder, stem), KeyFile(folder, stem)));

    /// <summary>As <see cref="Fingerprint"/>, of any certificate.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    /// <summary>A fingerprint in groups of four, as two people read it to each other over the telephone.</summary>
    public static string Aloud(string fingerprint) => string.Join(' ', fingerprint.Chunk(4).Select(four => new string(four)));

    internal static string NameOf(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>The name and the fingerprint.</summary>
    public override string ToString() => $"{Name}, {Fingerprint}";

    /// <inheritdoc/>
    public void Dispose()
    {
        _withKey.Dispose();
        Certificate.Dispose();
    }

    static string KeyFile(string folder, string stem) => Path.Combine(folder, stem + ".key.pem");

    static string CertificateFile(string folder, string stem) => Path.Combine(folder, stem + ".cert.pem");
}
