using System.Security.Cryptography.X509Certificates;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>A school that may deliver.</summary>
/// <param name="Location">BRIN and vestiging.</param>
/// <param name="Name">Its name, for its own report.</param>
/// <param name="Province">Where it stands, for the public tables.</param>
/// <param name="Certificate">With what it signs.</param>
/// <param name="Recipient">To which key its report is sealed.</param>
public sealed record EnrolledSchool(SchoolLocation Location, string Name, Province Province, X509Certificate2 Certificate, RecipientKey Recipient);

/// <summary>
/// Enrols schools by what each wrote itself (<c>enrolment.json</c>: location, name, certificate, the key for its reports). That it
/// is truly that school is for people to settle: they compare the certificate's fingerprint by telephone.
/// </summary>
public static class Schools
{
    /// <summary>Enrols a school, or gives an enrolled one its new certificate and key.</summary>
    public static Outcome<EnrolledSchool> Enrol(OfficeHome home, byte[] enrolment, Province province)
    {
        if (!SchoolEnrolment.TryRead(enrolment, out var said, out var fault)) return new Refusal("enrolment", $"This is not an enrolment of a school: {fault}.", "Ask the school for the file enrolment.json again.");
        var school = new EnrolledSchool(SchoolLocation.Parse(said.School).Value, said.Name, province, said.ReadCertificate(), RecipientKey.Parse(said.Recipient));
        var fingerprint = SigningKey.FingerprintOf(school.Certificate);
        if (home.Database.ReadOne<long>("SELECT count(*) FROM schools WHERE certificate = @RawData AND location <> @Code", new { school.Certificate.RawData, school.Location.Code }) > 0)
            return new Refusal("certificate-of-another", "Another school is enrolled with this certificate.", "Each location makes its own key: enrol again at the school.");
        if (Revocations.IsRevoked(home, school.Certificate)) return new Refusal("certificate-revoked", "This certificate was revoked.", "The school makes a new key (school enrol, on its new computer) and enrols with that.");

        home.Database.Write(t =>
        {
            t.Execute("""
                INSERT INTO schools (location, name, province, certificate, recipient, enrolled) VALUES (@location, @name, @province, @certificate, @recipient, @enrolled)
                ON CONFLICT (location) DO UPDATE SET name = @name, province = @province, certificate = @certificate, recipient = @recipient, enrolled = @enrolled
                """,
                new { location = school.Location.Code, name = school.Name, province = province.Code, certificate = school.Certificate.RawData, recipient = school.Recipient.ToString(), enrolled = OfficeHome.Text(home.Now) });
            t.Enter(home.Entry("office", "enrolled", ("certificate", fingerprint), ("school", school.Location.Code)));
        });
        return school;
    }

    /// <summary>Every enrolled school, in order of location.</summary>
    public static IReadOnlyList<EnrolledSchool> All(OfficeHome home) => Stored(home, "1 = 1 ORDER BY location", null);

    /// <summary>One school; null when it is not enrolled.</summary>
    public static EnrolledSchool? Find(OfficeHome home, string location) => Stored(home, "location = @location", new { location }).FirstOrDefault();

    static List<EnrolledSchool> Stored(OfficeHome home, string where, object? arguments) => [.. home.Database
        .Read<(string Location, string Name, string Province, byte[] Certificate, string Recipient)>($"SELECT location, name, province, certificate, recipient FROM schools WHERE {where}", arguments)
        .Select(row => new EnrolledSchool(SchoolLocation.Parse(row.Location).Value, row.Name, Province.Parse(row.Province).Value, X509CertificateLoader.LoadCertificate(row.Certificate), RecipientKey.Parse(row.Recipient)))];
}
