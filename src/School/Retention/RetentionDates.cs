using System.Globalization;

namespace Groeilijn.School;

/// <summary>One thing and the first day on which it is no longer kept. Person is 0 where it is nobody's.</summary>
sealed record DatedThing(RetentionKind Kind, DateOnly Due, long Person = 0, long Id = 0, string Name = "");

/// <summary>Gives everything that has a date its date.</summary>
static class RetentionDates
{
    public static List<DatedThing> Of(SchoolHome home, RetentionTerms terms)
    {
        var left = home.Store.Read<(long Person, string Day)>("SELECT person, day FROM departure").ToDictionary(d => d.Person, d => Rows.Day(d.Day));
        var dated = new List<DatedThing>();
        foreach (var person in home.Store.Read<long>("SELECT person FROM pupil WHERE gone = 1"))
            if (left.TryGetValue(person, out var day)) dated.Add(new(RetentionKind.Pupils, terms.End(RetentionKind.Pupils, day), person));
        foreach (var person in home.Store.Read<long>("SELECT DISTINCT person FROM delivered"))
            if (left.TryGetValue(person, out var day)) dated.Add(new(RetentionKind.SentLines, terms.End(RetentionKind.SentLines, day), person));
        dated.AddRange(OfObjections(home, terms, left));
        foreach (var (edition, made) in home.Store.Read<(string, string)>("SELECT edition, made FROM preview"))
            dated.Add(new(RetentionKind.Previews, terms.End(RetentionKind.Previews, Rows.Day(made[..10])), Name: edition));
        foreach (var (name, day) in Letters(home)) dated.Add(new(RetentionKind.Letters, terms.End(RetentionKind.Letters, day), Name: name));
        return dated;
    }

    /// <summary>
    /// An objection that holds is kept as long as its child can come back, and until the office has answered. One that was taken back holds
    /// nothing any more: a pupil's term after that day. Without a pupil (a list named a key that never came) the day it was asked counts.
    /// </summary>
    static IEnumerable<DatedThing> OfObjections(SchoolHome home, RetentionTerms terms, Dictionary<long, DateOnly> left)
    {
        var enrolled = home.Store.Read<long>("SELECT person FROM pupil WHERE gone = 0").ToHashSet();
        foreach (var one in ObjectionRegister.All(home))
        {
            if (one.Withdrawn is { } day) yield return new(RetentionKind.Objections, terms.End(RetentionKind.Pupils, day), one.Person, one.Id);
            else if (!enrolled.Contains(one.Person) && one.Message is MessageState.NotNeeded or MessageState.Answered)
                yield return new(RetentionKind.Objections, terms.End(RetentionKind.Objections, left.GetValueOrDefault(one.Person, one.Since)), one.Person, one.Id);
        }
    }

    /// <summary>The letters in their folder, by the day in their name.</summary>
    static IEnumerable<(string Name, DateOnly Day)> Letters(SchoolHome home)
    {
        if (!Directory.Exists(home.LettersFolder)) yield break;
        foreach (var name in Directory.EnumerateFiles(home.LettersFolder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal))
            for (var at = 0; at + 10 <= name.Length; at++)
                if (DateOnly.TryParseExact(name.AsSpan(at, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    yield return (name, day);
                    break;
                }
    }
}
