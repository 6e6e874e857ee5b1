using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>
/// The school makes its keys itself and tells the office the public halves. The fingerprint is read aloud over the telephone,
/// so that the office knows that the certificate came from this school.
/// </summary>
public sealed record Enrolment(string Location, string Name, string Certificate, string ReportRecipient, string Fingerprint)
{
    /// <summary>The file for the office, in the home's folder.</summary>
    public const string FileName = "enrolment.json";

    /// <summary>Makes keys, database and <c>enrolment.json</c>. The profile's row is written last: without it there is no home.</summary>
    /// <exception cref="ArgumentException">The folder holds a home already.</exception>
    public static Enrolment Make(string folder, SchoolProfile profile, TimeProvider clock)
    {
        if (!Spelling.Line.Allows(profile.Name)) throw new ArgumentException("A school has a name of one line.", nameof(profile));
        DurableFile.CreateFolder(folder);
        using var store = Database.Open(SchoolHome.DatabaseFile(folder), typeof(SchoolHome).Assembly);
        if (store.ReadOne<long>("SELECT count(*) FROM profile") > 0) throw new ArgumentException("This folder is a school's home already.", nameof(folder));
        var now = clock.GetUtcNow();
        var recipient = SchoolHome.MakeKeys(folder, profile.Location.Code, now);
        using var signing = SigningKey.Load(Path.Combine(folder, "keys"), "school");
        var enrolment = new Enrolment(profile.Location.Code, profile.Name, Convert.ToBase64String(signing.Certificate.RawData), recipient.ToString(), signing.Fingerprint);
        DurableFile.Write(Path.Combine(folder, FileName), enrolment.ToJson());
        store.Write(tx =>
        {
            tx.Execute("INSERT INTO profile (id, location, name) VALUES (1, @location, @name)", new { location = profile.Location.Code, name = profile.Name });
            tx.Enter(new LedgerEntry { Time = now, Room = "school", Step = "enrolled", Facts = [("certificate", signing.Fingerprint)] }.ToJson());
        });
        return enrolment;
    }

    /// <summary>In groups of four, to be read aloud.</summary>
    public string FingerprintAloud => SigningKey.Aloud(Fingerprint);

    byte[] ToJson() => new SchoolEnrolment { School = Location, Name = Name, Certificate = Certificate, Recipient = ReportRecipient }.ToJson();
}
