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
            if (!IsPlain(signature)) return new(SignatureOutcome.Broken, null);
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
            return unused == 0 && !body.HasData && IsAlgorithm(algorithm, EcdsaSha256) && key is not null && key.VerifyData(signed.Span, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception damage) when (damage is CryptographicException or AsnContentException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether it is what RFC 5652 prescribes for one signer of plain data that lies beside it, in DER: one digest algorithm, one certificate at most,
    /// both versions 1, nothing behind it. The library reads more than that, and what it passes over could be changed unseen.
    /// </summary>
    static bool IsPlain(byte[] signature)
    {
        Asn1Tag first = new(TagClass.ContextSpecific, 0);
        AsnReader file = new(signature, AsnEncodingRules.DER);
        AsnReader outer = file.ReadSequence();
        outer.ReadObjectIdentifier();
        AsnReader explicitly = outer.ReadSequence(first);
        AsnReader signed = explicitly.ReadSequence();
        if (file.HasData || outer.HasData || explicitly.HasData || signed.ReadInteger() != 1) return false;
        AsnReader digests = signed.ReadSetOf();
        if (!IsAlgorithm(digests.ReadEncodedValue(), Sha256) || digests.HasData) return false;
        AsnReader content = signed.ReadSequence();
        if (content.ReadObjectIdentifier() != Data || content.HasData) return false;
        if (signed.PeekTag().HasSameClassAndValue(first))
        {
            AsnReader certificates = signed.ReadSetOf(first);
            certificates.ReadSequence();
            if (certificates.HasData) return false;
        }
        AsnReader signers = signed.ReadSetOf();
        AsnReader signer = signers.ReadSequence();
        if (signed.HasData || signers.HasData || signer.ReadInteger() != 1) return false;
        signer.ReadSequence();
        if (!IsAlgorithm(signer.ReadEncodedValue(), Sha256)) return false;
        if (signer.PeekTag().HasSameClassAndValue(first)) signer.ReadSetOf(first);
        if (!IsAlgorithm(signer.ReadEncodedValue(), EcdsaSha256)) return false;
        signer.ReadOctetString();
        return !signer.HasData;
    }

    /// <summary>Whether an algorithm is this one; parameters, where there are any, are NULL.</summary>
    static bool IsAlgorithm(ReadOnlyMemory<byte> algorithm, string wanted)
    {
        AsnReader reader = new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence();
        if (reader.ReadObjectIdentifier() != wanted) return false;
        if (reader.HasData) reader.ReadNull();
        return !reader.HasData;
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
