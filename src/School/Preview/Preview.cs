using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Makes the delivery of an edition and shows it: the bytes of the preview are the bytes that are sealed. It holds all results of
/// enrolled, informed and not objecting pupils up to that edition, and of the others nothing, not even how many they are.
/// </summary>
public static class Preview
{
    /// <summary>Makes and keeps the preview of an edition; an older one is replaced.</summary>
    public static Outcome<PreviewMade> Make(SchoolHome home, Edition edition, DateOnly reference)
    {
        var roster = Roster.Load(home);
        if (roster.Pupils.Count == 0) return Refusals.NoImport;
        var report = Check.Of(roster, home.Today, edition, reference);
        if (report.Blocks) return Refusals.Blocked;

        var leftOut = report.LeftOut();
        var goes = roster.Pupils.Where(p => !leftOut.ContainsKey(p.Person)).Select(p => (Pupil: p, Line: Delivered(p, edition, reference))).Where(p => p.Line is not null).ToList();
        if (goes.Count == 0) return Refusals.NobodyGoesAlong;
        foreach (var pupil in roster.Pupils.Except(goes.Select(g => g.Pupil))) leftOut.TryAdd(pupil.Person, Rules.ResultsNone);

        var payload = new DeliveryPayload(new() { School = home.Profile.Location.Code, Edition = edition.ToString(), Set = FieldSet.Name, Reference = reference }, goes.Select(g => g.Line!));
        return Keep(home, edition, payload, [.. goes.Select(g => g.Pupil.Person)], roster, leftOut);
    }

    /// <summary>The line of a pupil; null when none of its results belongs to this delivery.</summary>
    static DeliveredPupil? Delivered(EnrolledPupil pupil, Edition edition, DateOnly reference)
    {
        var results = pupil.Results.Where(r => r.Day <= reference && Edition.Of(r.Day).CompareTo(edition) <= 0).Select(r => Delivered(pupil, r)).ToList();
        return results.Count == 0 ? null : new() { Person = Person(pupil), Results = results };
    }

    static DeliveredPerson Person(EnrolledPupil pupil) => new()
    {
        Bsn = pupil.NumberKind == "bsn" ? pupil.Number : null,
        Onderwijsnummer = pupil.NumberKind == "onderwijsnummer" ? pupil.Number : null,
        Sex = pupil.Sex,
        Born = pupil.Born!,
        Postcode = pupil.Postcode,
        House = pupil.House,
        Letter = pupil.Letter,
        Addition = pupil.Addition,
    };

    static DeliveredResult Delivered(EnrolledPupil pupil, StoredResult result) => new()
    {
        Subject = result.Subject,
        Taken = result.Day,
        Moment = result.Moment,
        Group = pupil.GroupAt(result) is { } group and >= 3 and <= 8 ? group : result.MomentValue.Group.Number,
        Scale = result.Scale,
        Score = result.Score,
    };

    static PreviewMade Keep(SchoolHome home, Edition edition, DeliveryPayload payload, List<long> persons, Roster roster, Dictionary<long, Rule> leftOut)
    {
        var bytes = payload.ToBytes();
        var made = new PreviewMade(edition, payload.Pupils.Count, payload.Results, Convert.ToHexStringLower(SHA256.HashData(bytes)), PayloadFile(home, edition), PageFile(home, edition),
            [.. leftOut.Values.GroupBy(rule => rule).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => (g.Key, g.Count()))]);
        DurableFile.CreateFolder(home.PreviewFolder);
        DurableFile.WriteSecret(made.PayloadFile, bytes);
        foreach (var language in new[] { "nl", "en" })
            DurableFile.WriteSecret(language == "nl" ? made.PageFile : made.EnglishPageFile, System.Text.Encoding.UTF8.GetBytes(PreviewPage.Render(home, made, payload, roster, leftOut, persons, language)));
        home.Store.Write(tx =>
        {
            tx.Execute("DELETE FROM preview WHERE edition = @edition", new { edition = edition.ToString() });
            tx.Execute("INSERT INTO preview (edition, made, reference, pupils, results, bytes, sha256) VALUES (@edition, @now, @reference, @pupils, @results, @bytes, @sha256)",
                new { edition = edition.ToString(), now = home.Now, reference = Rows.Day(payload.Header.Reference), pupils = made.Pupils, results = made.Results, bytes = bytes.Length, sha256 = made.Sha256 });
            using var insert = tx.Prepare("INSERT INTO previewed (edition, person) VALUES (@edition, @person)", "@edition", "@person");
            foreach (var person in persons) Rows.Run(insert, edition.ToString(), person);
            tx.Enter(home.Entry("previewed", ("edition", edition.ToString()), ("payload", made.Sha256)));
        });
        return made;
    }

    /// <summary>The day of the last export; today when there was none.</summary>
    public static DateOnly LastReference(SchoolHome home) =>
        home.Store.ReadOne<string>("SELECT reference FROM import ORDER BY id DESC LIMIT 1") is { } day ? Rows.Day(day) : home.Today;

    internal static string PayloadFile(SchoolHome home, Edition edition) => Path.Combine(home.PreviewFolder, $"{edition}.jsonl");

    static string PageFile(SchoolHome home, Edition edition) => Path.Combine(home.PreviewFolder, $"{edition}.html");
}

/// <summary>A preview: what goes along, its bytes' hash, the payload and the page, and how many stay out for each reason (for the school's screen only).</summary>
public sealed record PreviewMade(Edition Edition, int Pupils, int Results, string Sha256, string PayloadFile, string PageFile, IReadOnlyList<(Rule Reason, int Pupils)> LeftOut)
{
    /// <summary>The page in English.</summary>
    public string EnglishPageFile => Path.ChangeExtension(PageFile, ".en.html");

    /// <summary>The bytes that will be sealed.</summary>
    public byte[] Payload() => File.ReadAllBytes(PayloadFile);
}
