using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>The answer to a parent as a page: short sentences, every value as it was sent. It names the child, so it is made when asked for and not kept.</summary>
static class InzagePage
{
    public static string Render(string school, DateOnly today, InzageAnswer answer, string language, string? other)
    {
        var dutch = language == "nl";
        var body = new StringBuilder();
        var child = answer.Called.Length > 0 ? Html.Encode(answer.Called) : dutch ? "uw kind" : "your child";
        body.Append("<p>").Append(Html.Day(today, language)).Append("</p>\n<p>").Append(dutch ? $"Dit is alles wat onze school over {child} naar het CBS heeft gestuurd voor het Nationaal Cohortonderzoek Onderwijs."
            : $"This is all that our school sent about {child} to Statistics Netherlands (CBS) for the Netherlands Cohort Study on Education.").Append("</p>\n");
        Informed(body, answer, language);
        Objected(body, answer, language);
        if (answer.Sent.Count == 0) body.Append("<p><strong>").Append(dutch ? "Wij hebben niets gestuurd." : "We sent nothing.").Append("</strong></p>\n");
        foreach (var sent in answer.Sent) Delivery(body, sent, language);
        body.Append("<h2>").Append(dutch ? "Uw rechten" : "Your rights").Append("</h2>\n<p>").Append(dutch
            ? "Klopt er iets niet? Vertel het de school, dan verbeteren wij het. U kunt altijd bezwaar maken. U hoeft geen reden te geven."
            : "Is something wrong? Tell the school and we will correct it. You can object at any time. You need to give no reason.").Append("</p>\n");
        return Page.Render(new PageHead(language, dutch ? "Wat wij over uw kind hebben gestuurd" : "What we sent about your child", school, other), body.ToString());
    }

    static void Informed(StringBuilder body, InzageAnswer answer, string language)
    {
        var dutch = language == "nl";
        body.Append("<h2>").Append(dutch ? "Wanneer wij u informeerden" : "When we informed you").Append("</h2>\n");
        if (answer.Informed.Count == 0) body.Append("<p>").Append(dutch ? "Er is geen brief vastgelegd." : "No letter is recorded.").Append("</p>\n");
        foreach (var one in answer.Informed)
            body.Append("<p>").Append(dutch ? $"Brief van {Html.Day(one.Sent, language)}. U kon bezwaar maken tot en met {Html.Day(one.Until, language)}, en daarna ook nog." : $"Letter of {Html.Day(one.Sent, language)}. You could object up to and including {Html.Day(one.Until, language)}, and after that too.").Append("</p>\n");
    }

    static void Objected(StringBuilder body, InzageAnswer answer, string language)
    {
        var dutch = language == "nl";
        body.Append("<h2>").Append(dutch ? "Bezwaar" : "Objection").Append("</h2>\n");
        if (answer.Objections.Count == 0) body.Append("<p>").Append(dutch ? "Er is geen bezwaar." : "There is no objection.").Append("</p>\n");
        foreach (var one in answer.Objections)
        {
            body.Append("<p>").Append(dutch ? $"Bezwaar gemaakt op {Html.Day(one.Since, language)}." : $"Objected on {Html.Day(one.Since, language)}.");
            if (one.Withdrawn is { } day) body.Append(dutch ? $" Ingetrokken op {Html.Day(day, language)}." : $" Taken back on {Html.Day(day, language)}.");
            if (one.Message != MessageState.NotNeeded) body.Append(dutch ? " Bericht aan het CBS: " : " Message to CBS: ").Append(one.Message.Words(language)).Append('.');
            if (one.Answer is { } code) body.Append(' ').Append(Html.Encode(AnswerWords.Of("withdrawal", code).Sentence(language)));
            body.Append("</p>\n");
        }
    }

    static void Delivery(StringBuilder body, SentAbout sent, string language)
    {
        var (dutch, delivery) = (language == "nl", sent.Delivery);
        body.Append("<h2>").Append(dutch ? "Levering " : "Delivery ").Append(delivery.Edition).Append('-').Append(delivery.Sequence).Append("</h2>\n<p>")
            .Append(dutch ? "Verzegeld op " : "Sealed on ").Append(Day(delivery.Sealed, language)).Append(dutch ? " voor het CBS." : " for CBS.")
            .Append(delivery.SentAt is { } at ? (dutch ? " Verstuurd op " : " Sent on ") + Day(at, language) + "." : "")
            .Append(delivery.Receipt is not null ? dutch ? " Het CBS heeft de ontvangst bevestigd." : " CBS confirmed that it was received." : "");
        foreach (var answer in sent.Answers) body.Append(' ').Append(Html.Encode(AnswerWords.Of(answer.Kind, answer.Outcome).Sentence(language)));
        body.Append("</p>\n");
        if (sent.Line is { } line) Line(body, sent.Set, line, language);
        else body.Append("<p>").Append(dutch ? "Wat er precies is gestuurd, wordt niet meer bewaard: de bewaartermijn is voorbij." : "What exactly was sent is no longer kept: its term is over.").Append("</p>\n");
        body.Append("<p><small>SHA-256 <code>").Append(delivery.Payload).Append("</code></small></p>\n");
    }

    static void Line(StringBuilder body, FieldSet set, DeliveredPupil line, string language)
    {
        var dutch = language == "nl";
        body.Append(Html.Table(dutch ? "Gegevens om te koppelen" : "Data for linking", dutch ? ["Gegeven", "Waarde", "Waarom"] : ["Field", "Value", "Why"],
            set.Person.Select(f => (Field: f, Value: FieldPlaces.Read(line, f.Name))).Where(f => f.Value is not null).Select(f => (IReadOnlyList<Cell>)[f.Field.Words(language), f.Value!, f.Field.Reason(language)])));
        body.Append(Html.Table(dutch ? "Resultaten" : "Results", [.. set.Result.Select(f => (Cell)f.Words(language))], line.Results.Select(result => (IReadOnlyList<Cell>)[.. set.Result.Select(f => Result(result, f, language))])));
    }

    static Cell Result(DeliveredResult result, Field field, string language) => field.Name switch
    {
        "subject" => Subjects.TryRead(result.Subject, out var subject) ? subject.Name(language == "nl") : result.Subject,
        "taken" => Html.Day(result.Taken, language),
        "score" => Cell.Number(Html.Number(result.Score / 10.0, 1, language)),
        _ => FieldPlaces.Result[field.Name](result),
    };

    static string Day(string time, string language) => Html.Day(Rows.Day(time[..10]), language);
}
