using System.Text;
using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>
/// The school's record of this processing (AVG article 30), written from what the program does: the configured set, the terms, the deliveries. It
/// holds no pupil. Board and data protection officer stand in it once they were filled in for the letter to parents.
/// </summary>
public static class ProcessingRecord
{
    /// <summary>The record as a page.</summary>
    public static string Page(SchoolHome home, string language, string? other = null) =>
        Web.Page.Render(new PageHead(language, Title(language), home.Profile.Name, other), Body(home, language));

    internal static string Title(string language) => language == "nl" ? "Register van verwerkingen" : "Record of processing";

    /// <summary>The record without the page around it, for a site that has its own.</summary>
    internal static string Body(SchoolHome home, string language)
    {
        var dutch = language == "nl";
        var body = new StringBuilder();
        Section(body, dutch ? "Verwerkingsverantwoordelijke" : "Controller", Agreed(home, language));
        if (LetterDetails.Of(home) is { Missing.Count: 0 } details)
        {
            Section(body, dutch ? "Bestuur" : "Board", $"{details.Board}, {details.BoardAddress}.");
            Section(body, dutch ? "Functionaris gegevensbescherming" : "Data protection officer", $"{details.OfficerWays}.");
        }
        Section(body, dutch ? "Doel" : "Purpose", dutch ? "Onderzoek en statistiek over leergroei (Nationaal Cohortonderzoek Onderwijs), en een rapport aan de school voor beter onderwijs." : "Research and statistics on growth in learning (Netherlands Cohort Study on Education), and a report to the school for better teaching.");
        Section(body, dutch ? "Van wie" : "Whose data", dutch ? "Leerlingen met toetsresultaten voor taal en rekenen, van wie de ouders zijn geïnformeerd en geen bezwaar maakten." : "Pupils with test results in language and arithmetic, whose parents were informed and did not object.");
        body.Append("<h2>").Append(dutch ? "Welke gegevens" : "Which data").Append("</h2>\n").Append(Fields(FieldSets.Current(home), language));
        Section(body, dutch ? "Bijzondere persoonsgegevens" : "Special categories", FieldSets.Current(home).Categories is { Count: > 0 } categories ? string.Join(", ", categories) : dutch ? "Geen." : "None.");
        Section(body, dutch ? "Ontvanger" : "Recipient", dutch ? "Het Centraal Bureau voor de Statistiek (CBS). Geen doorgifte buiten de Europese Unie." : "Statistics Netherlands (CBS). No transfer outside the European Union.");
        body.Append("<h2>").Append(dutch ? "Hoe lang" : "How long").Append("</h2>\n<ul>\n");
        foreach (var kind in Enum.GetValues<RetentionKind>()) body.Append("<li>").Append(Html.Encode(RetentionTerms.Of(home).Words(kind, language))).Append("</li>\n");
        body.Append("</ul>\n<h2>").Append(dutch ? "Beveiliging" : "Security").Append("</h2>\n<ul>\n");
        foreach (var (nl, en) in s_measures) body.Append("<li>").Append(dutch ? nl : en).Append("</li>\n");
        body.Append("</ul>\n<h2>").Append(dutch ? "Leveringen" : "Deliveries").Append("</h2>\n").Append(Deliveries(home, language));
        return body.ToString();
    }

    static readonly (string Nl, string En)[] s_measures =
    [
        ("Alles wat persoonlijk is, staat versleuteld op de computer van de school.", "All that is personal is encrypted on the school's computer."),
        ("Een levering wordt verzegeld voor de sleutel van het CBS en ondertekend door de school.", "A delivery is sealed to the key of CBS and signed by the school."),
        ("Alleen de velden van deze lijst kunnen mee; wat wordt getoond, is wat wordt verzegeld.", "Only the fields of this list can go along; what is shown is what is sealed."),
        ("Een bezwaar houdt een leerling uit elke levering; na verzending gaat het door naar het CBS.", "An objection keeps a pupil out of every delivery; after sending it is passed on to CBS."),
        ("Het bestuur stemt in en de directie keurt elke levering goed voordat die wordt verzegeld.", "The board agrees and the head approves each delivery before it is sealed."),
        ("Elke stap staat in een logboek dat iedereen kan controleren en waarin geen leerling staat.", "Every step stands in a log that anybody can check and that holds no pupil."),
    ];

    static string Agreed(SchoolHome home, string language) => (Approvals.AgreementOf(home), language) switch
    {
        ({ } agreement, "nl") => $"Het bestuur van {home.Profile.Name}. Overeenkomst getekend op {Html.Day(agreement.Signed, "nl")} door {agreement.Signer}, voor {agreement.First} tot en met {agreement.Last}.",
        ({ } agreement, _) => $"The board of {home.Profile.Name}. Agreement signed on {Html.Day(agreement.Signed, "en")} by {agreement.Signer}, for {agreement.First} up to and including {agreement.Last}.",
        (_, "nl") => $"Het bestuur van {home.Profile.Name}. Er is geen overeenkomst vastgelegd.",
        _ => $"The board of {home.Profile.Name}. No agreement is recorded.",
    };

    static string Fields(FieldSet set, string language) => Html.Table(set.Name, language == "nl" ? ["Gegeven", "Waarom"] : ["Field", "Why"],
        set.Fields.Select(f => (IReadOnlyList<Cell>)[f.Words(language), f.Reason(language)]));

    static string Deliveries(SchoolHome home, string language)
    {
        var dutch = language == "nl";
        var all = Sent.All(home);
        if (all.Count == 0) return dutch ? "<p>Er is nog niets geleverd.</p>\n" : "<p>Nothing was delivered yet.</p>\n";
        return Html.Table(dutch ? "Leveringen" : "Deliveries", dutch ? ["Levering", "Verzegeld", "Goedgekeurd door", "Ontvangst bevestigd"] : ["Delivery", "Sealed", "Approved by", "Receipt"],
            all.Select(d => (IReadOnlyList<Cell>)[$"{d.Edition}-{d.Sequence}", Html.Day(Rows.Day(d.Sealed[..10]), language), d.ApprovedBy, d.Receipt is null ? "–" : dutch ? "ja" : "yes"]));
    }

    static void Section(StringBuilder body, string title, string text) => body.Append("<h2>").Append(title).Append("</h2>\n<p>").Append(Html.Encode(text)).Append("</p>\n");
}
