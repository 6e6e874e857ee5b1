using System.Text;
using Groeilijn.Education;
using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>
/// The preview as a page for the school's own screen: per pupil every field that leaves the school with its reason, and who stays
/// behind and why. It is built from the payload itself, so it cannot show anything else than what is sent.
/// </summary>
static class PreviewPage
{
    public static string Render(string school, PreviewModel model, string language, string? other) => Page.Render(
        new PageHead(language, (language == "nl" ? "Voorbeeld van levering " : "Preview of delivery ") + model.Made.Edition, school, other), body => Body(body, model, language));

    static void Body(StringBuilder body, PreviewModel model, string language)
    {
        var (dutch, made) = (language == "nl", model.Made);
        body.Append("<p>").Append(dutch ? "Dit is precies wat wordt verzegeld en verstuurd. Deze bladzijde is alleen voor de school."
            : "This is exactly what is sealed and sent. This page is for the school alone.").Append("</p>\n");
        body.Append(Html.Figures((dutch ? "Leerlingen" : "Pupils", Html.Number(made.Pupils, language)), (dutch ? "Resultaten" : "Results", Html.Number(made.Results, language)),
            (dutch ? "Blijven achter" : "Stay behind", Html.Number(model.LeftOut.Count, language))));
        body.Append("<p>SHA-256: <code>").Append(made.Sha256).Append("</code></p>\n");
        body.Append("<h2>").Append(dutch ? "Wat gaat mee, en waarom" : "What goes along, and why").Append("</h2>\n").Append(Reasons(model.Set, language));
        body.Append("<h2>").Append(dutch ? "Wie blijft achter, en waarom" : "Who stays behind, and why").Append("</h2>\n").Append(Behind(model.LeftOut, language));
        if (model.Changes is { } changes) body.Append(Changes(changes, model.Set, language));
        body.Append("<h2>").Append(dutch ? "Per leerling" : "Pupil by pupil").Append("</h2>\n");
        foreach (var pupil in model.Pupils) Pupil(body, model.Set, pupil, language);
    }

    static string Reasons(FieldSet set, string language) => Html.Table((language == "nl" ? "Velden van de set " : "Fields of the set ") + set.Name,
        language == "nl" ? ["Veld", "Waarom het meegaat"] : ["Field", "Why it goes along"],
        set.Fields.Select(f => (IReadOnlyList<Cell>)[f.Words(language), f.Reason(language)]));

    static string Behind(IReadOnlyList<PreviewLeftOut> leftOut, string language) => Html.Table(language == "nl" ? "Leerlingen die niet meegaan, per reden" : "Pupils who do not go along, by reason",
        language == "nl" ? ["Reden", Cell.Number("Aantal"), "Leerlingen", "Wat te doen"] : ["Reason", Cell.Number("Number"), "Pupils", "What to do"],
        leftOut.GroupBy(l => l.Rule).Select(g => (IReadOnlyList<Cell>)[g.Key.Sentence(language), Cell.Number(g.Count(), language), string.Join(", ", g.Select(l => Waits(l, language))), g.Key.Remedy(language)]));

    static string Waits(PreviewLeftOut left, string language) => left.Until is not { } until ? left.Called : $"{left.Called} ({(language == "nl" ? "tot en met" : "up to and including")} {Html.Day(until, language)})";

    static string Changes(PreviewChanges changes, FieldSet set, string language)
    {
        var dutch = language == "nl";
        var title = $"{(dutch ? "Wat is anders dan in levering" : "What differs from delivery")} {changes.Edition}-{changes.Sequence}";
        var rows = changes.Came.Select(name => (name, dutch ? "nieuw" : "new")).Concat(changes.Left.Select(name => (name, dutch ? "gaat niet meer mee" : "no longer goes along"))).Concat(changes.Changed.Select(c => (c.Called, What(c, set, language))));
        return $"<h2>{Html.Encode(title)}</h2>\n" + Html.Table(title, dutch ? ["Leerling", "Wat is anders"] : ["Pupil", "What differs"], rows.Select(r => (IReadOnlyList<Cell>)[r.Item1, r.Item2]))
            + $"<p>{(dutch ? "Gelijk gebleven" : "Unchanged")}: {Html.Number(changes.Same, language)}.</p>\n";
    }

    static string What(PupilChange change, FieldSet set, string language)
    {
        var dutch = language == "nl";
        IEnumerable<string> parts =
        [
            .. change.Fields.Select(name => set.Fields.FirstOrDefault(f => f.Name == name)?.Words(language) ?? name),
            .. Times(change.Added, dutch ? "resultaten erbij" : "results added"),
            .. Times(change.Removed, dutch ? "resultaten weg" : "results removed"),
            .. Times(change.Differing, dutch ? "resultaten veranderd" : "results changed"),
        ];
        return string.Join(", ", parts);

        string[] Times(int count, string words) => count == 0 ? [] : [$"{words}: {Html.Number(count, language)}"];
    }

    static void Pupil(StringBuilder body, FieldSet set, PreviewPupil pupil, string language)
    {
        body.Append("<details><summary>").Append(pupil.Called.Length > 0 ? Html.Encode(pupil.Called) : language == "nl" ? "Leerling" : "Pupil").Append(" (").Append(pupil.Results.Count).Append(")</summary>\n<dl>");
        foreach (var (field, value) in pupil.Values)
            body.Append("<dt>").Append(Html.Encode(field.Words(language))).Append("</dt><dd data-field=\"").Append(field.Name).Append("\">").Append(Html.Encode(value)).Append(" – <small>").Append(Html.Encode(field.Reason(language))).Append("</small></dd>");
        body.Append("</dl>\n<table><thead><tr>");
        foreach (var field in set.Result) body.Append("<th scope=\"col\">").Append(Html.Encode(field.Words(language))).Append("</th>");
        body.Append("</tr></thead><tbody>\n");
        foreach (var result in pupil.Results)
        {
            body.Append("<tr>");
            foreach (var (field, value) in result)
                body.Append(field.Name == "score" ? "<td class=\"number\" data-field=\"" : "<td data-field=\"").Append(field.Name).Append("\">").Append(Html.Encode(Shown(field, value, language))).Append("</td>");
            body.Append("</tr>\n");
        }
        body.Append("</tbody></table></details>\n");
    }

    /// <summary>Values stand as they are spelled in the payload; only the subject has a word for it.</summary>
    static string Shown(Field field, string value, string language) => field.Name == "subject" && Subjects.TryRead(value, out var subject) ? subject.Name(language == "nl") : value;
}
