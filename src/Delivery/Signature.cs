using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Groeilijn.Delivery;

/// <summary>A signature beside the file it signs: detached CMS SignedData (RFC 5652), SHA-256 and ECDSA, as <c>openssl cms -verify</c> reads it.</summary>
public static class Signature
{
    const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>Signs <paramref name="content"/>; the moment of signing is in the signature only when <paramref name="at"/> gives it.</summary>
    public static byte[] Sign(byte[] content, SigningKey key, DateTimeOffset? at = null)
    {
        SignedCms cms = new(new ContentInfo(content), detached: true);
        CmsSigner signer = new(SubjectIdentifierType.IssuerAndSerialNumber, key.CertificateWithKey)
        {
            DigestAlgorithm = new Oid(Sha256),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        if (at is not null) signer.SignedAttributes.Add(new Pkcs9SigningTime(at.Value.UtcDateTime));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    /// <summary>Checks a signature against the certificates that are trusted, each for itself; <paramref name="at"/> is the moment at which the certificate must be valid.</summary>
    public static SignatureCheck Check(byte[] content, byte[] signature, IEnumerable<X509Certificate2> trusted, DateTimeOffset at)
    {
        SignedCms cms = new(new ContentInfo(content), detached: true);
        X509Certificate2Collection known = [.. trusted];
        try
        {
            cms.Decode(signature);
            if (cms.SignerInfos.Count != 1 || cms.SignerInfos[0].DigestAlgorithm.Value != Sha256) return new(SignatureOutcome.Broken, null);
            cms.CheckSignature(known, verifySignatureOnly: true);
        }
        catch (CryptographicException)
        {
            return new(SignatureOutcome.Broken, null);
        }

        X509Certificate2? signer = cms.SignerInfos[0].Certificate;
        if (signer is null) return new(SignatureOutcome.Broken, null);
        if (!known.Any(certificate => certificate.RawDataMemory.Span.SequenceEqual(signer.RawDataMemory.Span))) return new(SignatureOutcome.UnknownSigner, signer);
        if (at < signer.NotBefore) return new(SignatureOutcome.NotYetValid, signer);
        return new(at > signer.NotAfter ? SignatureOutcome.Expired : SignatureOutcome.Ok, signer);
    }
}

/// <summary>What a check of a signature showed.</summary>
public enum SignatureOutcome
{
    /// <summary>Signed by a trusted certificate that was valid.</summary>
    Ok,
    /// <summary>Content and signature do not belong together, or the signature cannot be read.</summary>
    Broken,
    /// <summary>The signature is right, but nobody trusts who made it.</summary>
    UnknownSigner,
    /// <summary>The certificate was no longer valid.</summary>
    Expired,
    /// <summary>The certificate was not valid yet.</summary>
    NotYetValid,
}

/// <summary>The outcome, and who signed where that could be read.</summary>
public sealed record SignatureCheck(SignatureOutcome Outcome, X509Certificate2? Signer)
{
    /// <summary>Whether a trusted certificate signed exactly this.</summary>
    [MemberNotNullWhen(true, nameof(Signer))]
    public bool Ok => Outcome == SignatureOutcome.Ok;
}
