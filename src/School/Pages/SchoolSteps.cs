using System.Globalization;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>The seven steps from export to report and how far this school is, read from what its home holds.</summary>
static class SchoolSteps
{
    /// <summary>The pages of the steps in order; a page that the program does not have gives a step without a link.</summary>
    static readonly string[] s_pages = ["/Import", "/Check", "/Inform", "/Objections", "/Preview", "/Send", "/Reports"];

    internal static IReadOnlyList<Step> Of(SchoolHome home, Speech speech, IUrlHelper url)
    {
        var facts = home.Store.ReadOne<Facts>(Sql)!;
        var until = facts.Until is null ? (DateOnly?)null : DateOnly.ParseExact(facts.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var objecting = until >= home.Today;
        var (imported, informed) = (facts.Pupils is not null, until is not null);
        bool[] done = [imported, informed || facts.Preview > 0, informed, informed && !objecting, facts.Preview > 0, facts.Sent > 0, facts.Reports > 0];
        var now = imported ? Array.FindIndex(done, d => !d) : 0;
        Step Make(int i, string title, string what, string? note, bool attention = false) =>
            new(title, attention ? StepState.Attention : done[i] ? StepState.Done : i == now ? StepState.Now : StepState.Later, url.Page(s_pages[i], new { language = speech.Language }), what, note);
        var say = speech.Say;
        return
        [
            Make(0, say("Inlezen", "Import"), say("De export uit uw leerlingvolgsysteem openen.", "Open the export of your pupil tracking system."),
                facts.Pupils is { } pupils ? say($"{speech.Number(pupils)} leerlingen ingelezen.", $"{speech.Number(pupils)} pupils imported.") : null),
            Make(1, say("Controleren", "Check"), say("Zien wat er niet klopt en waar u het verbetert.", "See what is not right and where to put it right."), null),
            Make(2, say("Ouders informeren", "Inform parents"), say("De brief met de uitleg en de dag tot wanneer ouders bezwaar kunnen maken.", "The letter that explains, with the day until which parents can object."), null),
            Make(3, say("Bezwaren", "Objections"), say("Vastleggen welke kinderen niet meedoen. Dat kan altijd, ook later.", "Record which children do not take part. Always possible, also later."),
                objecting ? say($"Ouders kunnen bezwaar maken tot en met {speech.Day(until!.Value)}.", $"Parents can object until {speech.Day(until!.Value)}.")
                : facts.Objections > 0 ? say($"Aantal bezwaren: {speech.Number(facts.Objections)}.", $"Number of objections: {speech.Number(facts.Objections)}.") : null),
            Make(4, say("Bekijken", "Preview"), say("Precies zien wat er weggaat, voordat het weggaat.", "See exactly what leaves, before it leaves."), null),
            Make(5, say("Versturen", "Send"), say("De levering verzegelen en versturen.", "Seal the delivery and send it."),
                facts.Unanswered > 0 ? say("Er is nog geen ontvangstbewijs.", "There is no receipt yet.") : null, facts.Unanswered > 0),
            Make(6, say("Rapporten", "Reports"), say("De groei van uw leerlingen, twee keer per jaar.", "The growth of your pupils, twice a year."),
                facts.Reports > 0 ? say($"Aantal rapporten: {speech.Number(facts.Reports)}.", $"Number of reports: {speech.Number(facts.Reports)}.") : null),
        ];
    }

    const string Sql = """
        SELECT (SELECT pupils FROM import ORDER BY id DESC LIMIT 1)                AS Pupils,
               (SELECT max(until) FROM informed)                                  AS Until,
               (SELECT count(*) FROM objection WHERE withdrawn IS NULL)           AS Objections,
               (SELECT count(*) FROM preview)                                     AS Preview,
               (SELECT count(*) FROM delivery)                                    AS Sent,
               (SELECT count(*) FROM delivery WHERE receipt IS NULL)              AS Unanswered,
               (SELECT count(*) FROM report)                                      AS Reports
        """;

    sealed record Facts
    {
        public long? Pupils { get; init; }
        public string? Until { get; init; }
        public long Objections { get; init; }
        public long Preview { get; init; }
        public long Sent { get; init; }
        public long Unanswered { get; init; }
        public long Reports { get; init; }
    }
}
