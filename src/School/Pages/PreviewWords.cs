using Groeilijn.Education;
using Groeilijn.Sites;

namespace Groeilijn.School.Pages;

/// <summary>What the pages of the preview say of a change, a value and a code.</summary>
static class PreviewWords
{
    /// <summary>What changed of a pupil: the fields, and how many results came, went and differ.</summary>
    internal static string Of(PupilChange change, FieldSet set, Speech speech)
    {
        string[] Times(int count, string words) => count == 0 ? [] : [$"{words}: {speech.Number(count)}"];
        return string.Join(", ",
        [
            .. change.Fields.Select(name => set.Fields.FirstOrDefault(f => f.Name == name)?.Words(speech.Language) ?? name),
            .. Times(change.Added, speech.Say("resultaten erbij", "results added")),
            .. Times(change.Removed, speech.Say("resultaten weg", "results removed")),
            .. Times(change.Differing, speech.Say("resultaten veranderd", "results changed")),
        ]);
    }

    /// <summary>A value as it is spelled in what is sealed; only the subject and the sex have words.</summary>
    internal static string Shown(PreviewValue value, Speech speech) => value.Field.Name switch
    {
        "subject" when Subjects.TryRead(value.Value, out var subject) => subject.Name(speech.Language == "nl"),
        _ => value.Value,
    };

    /// <summary>The beginning of a hash in groups of four, to compare by eye.</summary>
    internal static string Short(string sha256) => string.Join(' ', sha256[..16].Chunk(4).Select(four => new string(four)));
}
