using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// A report for every school that delivered in an edition: one page in Dutch and one in English, through the Gate, sealed to the school's own
/// key. The office keeps no clear copy. Same cohort and ledger, same bytes, however often they are made; no time or RIN is in them.
/// </summary>
public static class SchoolReports
{
    /// <summary>Makes the reports of an edition, in order of school.</summary>
    public static Outcome<IReadOnlyList<Released>> Make(OfficeHome home, Edition edition)
    {
        if (Rounds.Find(home, edition) is not { } round || round.State == RoundState.Open) return new Refusal("round-state", $"The round of {edition} is not linked.", "Link it first.");
        var growth = CohortGrowth.Of(home, edition);
        var checkpoint = PrintedCheckpoints.Of(home, edition);
        var delivered = home.Database.Read<string>("SELECT school FROM deliveries WHERE edition = @edition AND state = @state", new { edition = edition.ToString(), state = DeliveryState.Linked.Code() }).ToHashSet(StringComparer.Ordinal);
        return Outcome.Of<IReadOnlyList<Released>>([.. Schools.All(home).Where(school => delivered.Contains(school.Location.Code)).Select(school => MakeOne(home, growth, school, checkpoint))]);
    }

    static Released MakeOne(OfficeHome home, CohortGrowth growth, EnrolledSchool school, Checkpoint checkpoint)
    {
        var code = school.Location.Code;
        var number = growth.NumberOf(code);
        var lines = ReportCells.Lines(growth, number);
        var leaving = new Leaving($"{growth.Edition}/report/{code}", Profile.School, code, growth.Edition.ToString(), school.Recipient) { Pupils = growth.Members.Pupils, Known = growth.Members.KnownTo(number) };
        return home.Gate.Release(leaving, ReportCells.Of(growth, number, lines), table =>
        [
            new OutgoingFile($"{code}-{growth.Edition}.nl.html", Encoding.UTF8.GetBytes(new SchoolReportPage(school, growth.Edition, lines, table, checkpoint, dutch: true).Render())),
            new OutgoingFile($"{code}-{growth.Edition}.en.html", Encoding.UTF8.GetBytes(new SchoolReportPage(school, growth.Edition, lines, table, checkpoint, dutch: false).Render())),
        ]);
    }
}
