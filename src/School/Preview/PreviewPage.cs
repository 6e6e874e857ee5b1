using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>
/// The preview as a page for the school's own screen: per pupil every field that leaves the school with its reason, and who stays
/// behind and why. It is built from the payload itself, so it cannot show anything else than what is sent.
/// </summary>
static class PreviewPage
{
    public static string Render(string school, PreviewMade made, DeliveryPayload payload, IReadOnlyList<string> names, ILookup<Rule, string> leftOut, string language, string? other)
    {
        var dutch = language == "nl";
        var body = new StringBuilder();
        body.Append("<p>").Append(dutch ? "Dit is precies wat wordt verzegeld en verstuurd. Deze bladzijde is alleen voor de school."
            : "This is exactly what is sealed and sent. This page is for the school alone.").Append("</p>\n");
        body.Append(Html.Figures((dutch ? "Leerlingen" : "Pupils", Html.Number(made.Pupils, language)), (dutch ? "Resultaten" : "Results", Html.Number(made.Results, language)),
            (dutch ? "Blijven achter" : "Stay behind", Html.Number(leftOut.Sum(l => l.Count()), language))));
        body.Append("<p>SHA-256: <code>").Append(made.Sha256).Append("</code></p>\n");
        body.Append("<h2>").Append(dutch ? "Wat gaat mee, en waarom" : "What goes along, and why").Append("</h2>\n").Append(Reasons(language));
        body.Append("<h2>").Append(dutch ? "Wie blijft achter, en waarom" : "Who stays behind, and why").Append("</h2>\n").Append(Behind(leftOut, language));
        body.Append("<h2>").Append(dutch ? "Per leerling" : "Pupil by pupil").Append("</h2>\n");
        for (var i = 0; i < payload.Pupils.Count; i++) Pupil(body, payload.Pupils[i], names[i], language);
        return Page.Render(new PageHead(language, (dutch ? "Voorbeeld van levering " : "Preview of delivery ") + made.Edition, school, other), body.ToString());
    }

    static string Reasons(string language) => Html.Table(language == "nl" ? "Velden van de set nco-basis/1" : "Fields of the set nco-basis/1",
        language == "nl" ? ["Veld", "Waarom het meegaat"] : ["Field", "Why it goes along"],
        FieldSet.Person.Concat(FieldSet.Result).Select(f => (IReadOnlyList<Cell>)[f.Words(language), f.Reason(language)]));

    static string Behind(ILookup<Rule, string> leftOut, string language) => Html.Table(language == "nl" ? "Leerlingen die niet meegaan, per reden" : "Pupils who do not go along, by reason",
        language == "nl" ? ["Reden", Cell.Number("Aantal"), "Leerlingen", "Wat te doen"] : ["Reason", Cell.Number("Number"), "Pupils", "What to do"],
        leftOut.OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => (IReadOnlyList<Cell>)[g.Key.Sentence(language), Cell.Number(g.Count(), language), string.Join(", ", g), g.Key.Remedy(language)]));

    static void Pupil(StringBuilder body, DeliveredPupil pupil, string name, string language)
    {
        body.Append("<details><summary>").Append(name.Length > 0 ? Html.Encode(name) : language == "nl" ? "Leerling" : "Pupil").Append(" (").Append(pupil.Results.Count).Append(")</summary>\n<dl>");
        var values = Values(pupil.Person);
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value)
                body.Append("<dt>").Append(FieldSet.Person[i].Words(language)).Append("</dt><dd>").Append(Html.Encode(value)).Append(" – <small>").Append(FieldSet.Person[i].Reason(language)).Append("</small></dd>");
        body.Append("</dl>\n<table><thead><tr>");
        foreach (var field in FieldSet.Result) body.Append("<th scope=\"col\">").Append(field.Words(language)).Append("</th>");
        body.Append("</tr></thead><tbody>\n");
        foreach (var result in pupil.Results) Result(body, result, language);
        body.Append("</tbody></table></details>\n");
    }

    static string?[] Values(DeliveredPerson p) =>
        [p.Bsn, p.Onderwijsnummer, p.Sex, p.Born, p.Postcode, p.House?.ToString(CultureInfo.InvariantCulture), p.Letter, p.Addition];

    static void Result(StringBuilder body, DeliveredResult result, string language)
    {
        Subjects.TryRead(result.Subject, out var subject);
        body.Append("<tr><td>").Append(subject.Name(language == "nl")).Append("</td><td>").Append(Rows.Day(result.Taken)).Append("</td><td>").Append(result.Moment)
            .Append("</td><td>").Append(result.Group).Append("</td><td>").Append(result.Scale).Append("</td><td class=\"number\">")
            .Append(CultureInfo.InvariantCulture, $"{result.Score / 10m:0.0}").Append("</td></tr>\n");
    }
}
