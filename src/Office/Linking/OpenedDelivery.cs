using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>One delivery, opened in memory: its pupils, or why it is not whole and right.</summary>
/// <param name="Ciphertext">SHA-256 of the sealed file.</param>
/// <param name="School">Who delivered.</param>
/// <param name="Payload">What is in it; null when it cannot be used.</param>
/// <param name="Fault">Why not, without a value.</param>
/// <param name="Outcome">What the school is told: <c>refused-unreadable</c> or <c>refused-format</c>.</param>
sealed record OpenedDelivery(string Ciphertext, string School, DeliveryPayload? Payload, string? Fault, string? Outcome)
{
    /// <summary>Opens every delivery of an edition in a state, in order of school.</summary>
    public static IEnumerable<OpenedDelivery> All(OfficeHome home, Edition edition, IdentityKey key, DeliveryState state) =>
        from row in home.Database.Read<(string Ciphertext, string School, byte[] Manifest)>(
            "SELECT ciphertext, school, manifest FROM deliveries WHERE edition = @edition AND state = @state ORDER BY school, sequence", new { edition = edition.ToString(), state = state.Code() })
        select Open(home, key, row.Ciphertext, row.School, Manifest.TryRead(row.Manifest, out var manifest, out _) ? manifest : throw new InvalidDataException("A manifest in the store cannot be read."));

    /// <summary>Opens one that was linked before.</summary>
    public static OpenedDelivery Again(OfficeHome home, IdentityKey key, string ciphertext)
    {
        var (school, manifest) = home.Database.Read<(string School, byte[] Manifest)>("SELECT school, manifest FROM deliveries WHERE ciphertext = @ciphertext", new { ciphertext })[0];
        return Open(home, key, ciphertext, school, Manifest.TryRead(manifest, out var read, out _) ? read : throw new InvalidDataException("A manifest in the store cannot be read."));
    }

    static OpenedDelivery Open(OfficeHome home, IdentityKey key, string ciphertext, string school, Manifest manifest)
    {
        OpenedDelivery Unreadable(string why) => new(ciphertext, school, null, why, "refused-unreadable");
        OpenedDelivery Wrong(string why) => new(ciphertext, school, null, why, "refused-format");

        using var opened = Envelope.Open(File.ReadAllBytes(Intake.CiphertextFile(home, ciphertext)), key);
        if (!opened.Ok) return Unreadable(opened.Fault.Value.Sentence());
        if (FileDigest.Of(opened.Content) != manifest.Payload) return Unreadable("the content is not the one the manifest names.");
        if (!DeliveryPayload.TryRead(opened.Content, out var payload, out var fault)) return Wrong(fault.ToString());
        if ((payload.Header.School, payload.Header.Edition) != (manifest.School, manifest.Edition)) return Wrong("the content names another school or edition than the manifest.");
        if (payload.Header.Set != manifest.Set) return Wrong("the content names another set of fields than the manifest.");
        if (payload.Pupils.Any(pupil => pupil.Extra.Count > 0)) return Wrong($"the content holds values that the set {manifest.Set} does not have.");
        return new OpenedDelivery(ciphertext, school, payload, null, null);
    }

    /// <summary>A pupil's results as rows of the cohort.</summary>
    public IEnumerable<CohortRow> Rows(int pupil, Rin rin) => Payload!.Pupils[pupil].Results.Select(result =>
    {
        var moment = TestMoment.Parse(result.Moment).Value;
        return new CohortRow(Edition.Of(result.Taken), rin, School, result.Group, moment.Group.Number,
            Subjects.TryRead(result.Subject, out var subject) ? subject : throw new InvalidDataException("A subject that the format does not have."),
            moment.Half, result.Taken, result.Scale, result.Score);
    });
}
