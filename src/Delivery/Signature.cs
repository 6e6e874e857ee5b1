using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Groeilijn.Delivery;

/// <summary>A signature beside the file it signs: detached CMS SignedData (RFC 5652), SHA-256 and ECDSA, as <c>openssl cms -verify</c> reads it.</summary>
public static class Signature
{
    const string Sha256 = "2.16.840.1.101.3.4.2.1";
    const string Data = "1.2.840.113549.1.7.1";
    const string EcdsaSha256 = "1.2.840.10045.4.3.2";

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
            if (!IsDetached(signature)) return new(SignatureOutcome.Broken, null);
            if (cms.SignerInfos.Count != 1 || cms.SignerInfos[0].DigestAlgorithm.Value != Sha256 || cms.SignerInfos[0].SignatureAlgorithm.Value != EcdsaSha256) return new(SignatureOutcome.Broken, null);
            cms.CheckSignature(known, verifySignatureOnly: true);
        }
        catch (Exception damage) when (damage is CryptographicException or AsnContentException)
        {
            return new(SignatureOutcome.Broken, null);
        }

        X509Certificate2? signer = cms.SignerInfos[0].Certificate;
        if (signer is null) return new(SignatureOutcome.Broken, null);
        if (!known.Any(certificate => certificate.RawDataMemory.Span.SequenceEqual(signer.RawDataMemory.Span))) return new(SignatureOutcome.UnknownSigner, signer);
        if (at < signer.NotBefore) return new(SignatureOutcome.NotYetValid, signer);
        return new(at > signer.NotAfter ? SignatureOutcome.Expired : SignatureOutcome.Ok, signer);
    }

    /// <summary>Whether a certificate's own key signed it: the least that can be asked of one for which nobody else vouches.</summary>
    internal static bool VouchesForItself(X509Certificate2 certificate)
    {
        try
        {
            AsnReader body = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            ReadOnlyMemory<byte> signed = body.ReadEncodedValue(), algorithm = body.ReadEncodedValue();
            byte[] signature = body.ReadBitString(out int unused);
            using ECDsa? key = certificate.GetECDsaPublicKey();
            return unused == 0 && !body.HasData && IsEcdsaSha256(algorithm) && key is not null && key.VerifyData(signed.Span, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception damage) when (damage is CryptographicException or AsnContentException)
        {
            return false;
        }
    }

    static bool IsEcdsaSha256(ReadOnlyMemory<byte> algorithm)
    {
        AsnReader reader = new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence();
        return reader.ReadObjectIdentifier() == EcdsaSha256 && !reader.HasData;
    }

    /// <summary>Whether it is a signature over plain data that lies beside it, and nothing follows it in its file.</summary>
    static bool IsDetached(byte[] signature)
    {
        AsnReader file = new(signature, AsnEncodingRules.BER);
        AsnReader outer = file.ReadSequence();
        outer.ReadObjectIdentifier();
        AsnReader signed = outer.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        signed.ReadInteger();
        signed.ReadSetOf(skipSortOrderValidation: true);
        AsnReader content = signed.ReadSequence();
        return content.ReadObjectIdentifier() == Data && !content.HasData && !file.HasData;
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
