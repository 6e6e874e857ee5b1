using System.Globalization;
using System.Text;

namespace Groeilijn.School;

/// <summary>A pupil that was found at the counter. <c>Called</c> is the name, or the key where there is none; who is gone has no name any more.</summary>
public sealed record FoundPupil(long Person, string Called, string Key, string? Born, string? YearGroup, bool Gone, bool Objected);

/// <summary>The pupils that match, at most twenty, and how many more there are.</summary>
public sealed record FoundPupils(IReadOnlyList<FoundPupil> Pupils, int More);

/// <summary>
/// Finds a pupil while a parent stands at the counter: by part of a name, key or number or by birth date, in any order of words. It reads
/// and never writes. Who left is found by the whole key or number alone.
/// </summary>
static class Counter
{
    const int Most = 20, LeastLetters = 2, LeastDigits = 3;

    /// <summary>The pupils for whom every word matches; none for fewer than two letters.</summary>
    public static FoundPupils Find(SchoolHome home, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => (Folded: Fold(word), Day: Day(word))).ToList();
        if (words.Sum(w => w.Folded.Length) < LeastLetters) return new([], 0);
        var objected = home.Store.Read<long>("SELECT DISTINCT person FROM objection WHERE withdrawn IS NULL").ToHashSet();
        var gone = home.Store.Read<long>("SELECT person FROM pupil WHERE gone = 1").ToHashSet();
        var found = home.Store.Read<PupilEntry>(PupilEntry.Select).Select(entry => (Entry: entry, Pupil: entry.Open(home.Vault)))
            .Where(p => gone.Contains(p.Entry.Person) ? IsNamed(p.Pupil, Fold(text.Trim())) : words.TrueForAll(w => Matches(p.Pupil, w.Folded, w.Day)))
            .Select(p => new FoundPupil(p.Entry.Person, p.Pupil.Name.Length > 0 ? p.Pupil.Name : p.Pupil.Key, p.Pupil.Key, p.Pupil.Born, p.Entry.YearGroup, gone.Contains(p.Entry.Person), objected.Contains(p.Entry.Person)))
            .OrderBy(p => p.Gone).ThenBy(p => Fold(p.Called), StringComparer.Ordinal).ThenBy(p => p.Born, StringComparer.Ordinal).ThenBy(p => p.Person).ToList();
        return new([.. found.Take(Most)], Math.Max(0, found.Count - Most));
    }

    static bool IsNamed(PupilIdentity pupil, string folded) => Fold(pupil.Key) == folded || (pupil.Number is { } number && (number == folded || number.TrimStart('0') == folded));

    static bool Matches(PupilIdentity pupil, string folded, string? day) =>
        (day is not null && pupil.Born == day) || Fold(pupil.Name).Contains(folded, StringComparison.Ordinal) || Fold(pupil.Key).StartsWith(folded, StringComparison.Ordinal)
        || (folded.Length >= LeastDigits && folded.All(char.IsAsciiDigit) && pupil.Number is { } number && number.Contains(folded, StringComparison.Ordinal));

    /// <summary>A day as people write it: 9-3-2015, 09/03/2015, 2015-03-09.</summary>
    static string? Day(string word) =>
        DateOnly.TryParseExact(word.Replace('/', '-').Replace('.', '-'), ["d-M-yyyy", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Rows.Day(day) : null;

    /// <summary>Small letters without accents, so that zoe finds Zoë; ĳ is ij.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }
}
