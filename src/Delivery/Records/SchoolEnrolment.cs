using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Groeilijn.Delivery;

/// <summary>
/// What a school tells the office of itself before its first delivery (<c>groeilijn-enrolment/1</c>): the public halves of the keys it made.
/// That it comes from that school is for people to settle: the fingerprint of the certificate is read aloud and compared.
/// </summary>
public sealed record SchoolEnrolment
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-enrolment/1";

    static readonly Spelling s_certificate = new("must be an X.509 certificate in base64", text => Certified(text) is not null);

    /// <summary>BRIN and vestiging.</summary>
    public required string School { get; init => field = Spelling.School.Demand(value); }

    /// <summary>The school's name, for its own report.</summary>
    public required string Name { get; init => field = Spelling.Line.Demand(value); }

    /// <summary>The certificate with which the school signs, DER in base64.</summary>
    public required string Certificate { get; init => field = s_certificate.Demand(value); }

    /// <summary>The key to which the school's reports are sealed.</summary>
    public required string Recipient { get; init => field = Spelling.Recipient.Demand(value); }

    /// <summary>The certificate itself; the caller disposes it.</summary>
    public X509Certificate2 ReadCertificate() => Certified(Certificate)!;

    /// <summary>The record's one line, with its LF.</summary>
    public byte[] ToJson() => RecordFile.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("school", School, Spelling.School);
        json.Text("name", Name, Spelling.Line);
        json.Text("certificate", Certificate, s_certificate);
        json.Text("recipient", Recipient, Spelling.Recipient);
    });

    /// <summary>Reads the record; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SchoolEnrolment? value, [NotNullWhen(false)] out JsonFault? fault) => RecordFile.TryRead(bytes, Read, out value, out fault);

    static SchoolEnrolment Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        return new()
        {
            School = json.Text("school", Spelling.School),
            Name = json.Text("name", Spelling.Line),
            Certificate = json.Text("certificate", s_certificate),
            Recipient = json.Text("recipient", Spelling.Recipient),
        };
    }

    static X509Certificate2? Certified(string text)
    {
        try { return Base64.DecodePadded(text) is { } der ? X509CertificateLoader.LoadCertificate(der) : null; }
        catch (CryptographicException) { return null; }
    }
}
