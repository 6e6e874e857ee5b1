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

        var set = FieldSets.Current(home);
        var permitted = new Permitted(home, set);
        var leftOut = report.LeftOut();
        var goes = roster.Pupils.Where(p => !leftOut.ContainsKey(p.Person)).Select(p => (Pupil: p, Line: Delivered(p, permitted.Of(p), edition, reference))).Where(p => p.Line is not null).ToList();
        if (goes.Count == 0) return Refusals.NobodyGoesAlong;
        var going = goes.Select(g => g.Pupil.Person).ToHashSet();
        foreach (var pupil in roster.Pupils.Where(p => !going.Contains(p.Person))) leftOut.TryAdd(pupil.Person, Rules.ResultsNone);

        var payload = new DeliveryPayload(new() { School = home.Profile.Location.Code, Edition = edition.ToString(), Set = set.Name, Reference = reference }, goes.Select(g => g.Line!));
        return Keep(home, edition, payload, goes.ToDictionary<(EnrolledPupil Pupil, DeliveredPupil? Line), DeliveredPupil, long>(g => g.Line!, g => g.Pupil.Person, ReferenceEqualityComparer.Instance), leftOut);
    }

    /// <summary>The line of a pupil; null when none of its results belongs to this delivery.</summary>
    static DeliveredPupil? Delivered(EnrolledPupil pupil, IReadOnlyList<Field> may, Edition edition, DateOnly reference)
    {
        var results = pupil.Results.Where(r => r.Day <= reference && Edition.Of(r.Day).CompareTo(edition) <= 0).Select(r => Delivered(pupil, r)).ToList();
        return results.Count == 0 ? null : FieldPlaces.Write(pupil, may, results);
    }

    static DeliveredResult Delivered(EnrolledPupil pupil, StoredResult result) => new()
    {
        Subject = result.Subject,
        Taken = result.Day,
        Moment = result.Moment,
        Group = pupil.GroupAt(result) is { } group and >= 3 and <= 8 ? group : result.MomentValue.Group.Number,
        Scale = result.Scale,
        Score = result.Score,
    };

    static PreviewMade Keep(SchoolHome home, Edition edition, DeliveryPayload payload, Dictionary<DeliveredPupil, long> persons, Dictionary<long, Rule> leftOut)
    {
        var bytes = payload.ToBytes();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        home.Store.Write(tx =>
        {
            tx.Execute("DELETE FROM preview WHERE edition = @edition", new { edition = edition.ToString() });
            tx.Execute("INSERT INTO preview (edition, made, reference, pupils, results, bytes, sha256, payload, field_set) VALUES (@edition, @now, @reference, @pupils, @results, @bytes, @sha256, @payload, @set)",
                new { edition = edition.ToString(), now = home.Now, reference = Rows.Day(payload.Header.Reference), pupils = payload.Pupils.Count, results = payload.Results, bytes = bytes.Length, sha256, payload = home.Vault.Seal(bytes, PlaceOf(edition)), set = payload.Header.Set });
            using (var insert = tx.Prepare("INSERT INTO previewed (edition, person, line) VALUES (@edition, @person, @line)", "@edition", "@person", "@line"))
                for (var line = 0; line < payload.Pupils.Count; line++) Rows.Run(insert, edition.ToString(), persons[payload.Pupils[line]], line);
            using (var insert = tx.Prepare("INSERT INTO preview_left_out (edition, person, rule) VALUES (@edition, @person, @rule)", "@edition", "@person", "@rule"))
                foreach (var (person, rule) in leftOut) Rows.Run(insert, edition.ToString(), person, rule.Code);
            tx.Enter(home.Entry("previewed", ("edition", edition.ToString()), ("payload", sha256)));
        });
        return Of(home, edition)!;
    }

    /// <summary>The preview of an edition that still holds; null when none was made or something was imported or objected after it.</summary>
    public static PreviewMade? Of(SchoolHome home, Edition edition)
    {
        if (home.Store.ReadOne<PreviewRow>("SELECT pupils AS Pupils, results AS Results, bytes AS Bytes, sha256 AS Sha256, field_set AS FieldSet FROM preview WHERE edition = @edition", new { edition = edition.ToString() }) is not { } row) return null;
        var leftOut = home.Store.Read<(string Rule, int Pupils)>("SELECT rule, count(*) FROM preview_left_out WHERE edition = @edition GROUP BY rule ORDER BY rule", new { edition = edition.ToString() });
        return new PreviewMade(edition, row.Pupils, row.Results, row.Sha256, row.FieldSet, row.Bytes, [.. leftOut.Select(l => (Rules.Of(l.Rule), l.Pupils))]);
    }

    /// <summary>The bytes that will be sealed: those of the preview, and no others.</summary>
    /// <exception cref="CryptographicException">The store was changed by another hand.</exception>
    public static byte[]? Payload(SchoolHome home, Edition edition) =>
        home.Store.ReadOne<byte[]>("SELECT payload FROM preview WHERE edition = @edition", new { edition = edition.ToString() }) is { } sealedBytes ? home.Vault.Open(sealedBytes, PlaceOf(edition)) : null;

    /// <summary>Everything the preview shows, read from the very bytes; null when there is none.</summary>
    /// <exception cref="CryptographicException">The store was changed by another hand.</exception>
    public static PreviewModel? Model(SchoolHome home, Edition edition) => Of(home, edition) is { } made && Payload(home, edition) is { } bytes ? PreviewModel.Read(home, made, bytes) : null;

    /// <summary>The preview as a page for the school's own screen; null when there is none.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="edition">The edition.</param>
    /// <param name="language">The language of the page.</param>
    /// <param name="other">Where the same page in the other language lies, when it is written beside it.</param>
    public static string? Page(SchoolHome home, Edition edition, string language, string? other = null) =>
        Model(home, edition) is { } model ? PreviewPage.Render(home.Profile.Name, model, language, other) : null;

    static string PlaceOf(Edition edition) => $"preview/{edition}";

    sealed record PreviewRow
    {
        public int Pupils { get; init; }
        public int Results { get; init; }
        public int Bytes { get; init; }
        public string Sha256 { get; init; } = "";
        public string FieldSet { get; init; } = "";
    }

    /// <summary>The day of the last export; today when there was none.</summary>
    public static DateOnly LastReference(SchoolHome home) =>
        home.Store.ReadOne<string>("SELECT reference FROM import ORDER BY id DESC LIMIT 1") is { } day ? Rows.Day(day) : home.Today;
}

/// <summary>A preview: what goes along, the hash of its bytes, its set and size, and how many stay out for each reason (for the school's screen only).</summary>
public sealed record PreviewMade(Edition Edition, int Pupils, int Results, string Sha256, string Set, int Bytes, IReadOnlyList<(Rule Reason, int Pupils)> LeftOut);
