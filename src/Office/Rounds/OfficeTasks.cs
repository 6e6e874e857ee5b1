using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>How a round stands, in counts.</summary>
/// <param name="Edition">The half-year.</param>
/// <param name="State">Its state.</param>
/// <param name="Days">Its days; null when its notice is not there.</param>
/// <param name="Schools">Enrolled schools.</param>
/// <param name="Delivered">Of them, those with a delivery.</param>
/// <param name="Refused">Schools whose delivery was refused and who have not delivered since.</param>
public sealed record RoundStanding(Edition Edition, RoundState State, RoundDays? Days, int Schools, int Delivered, int Refused)
{
    /// <summary>Schools without a delivery.</summary>
    public int Missing => Schools - Delivered;
}

/// <summary>What there is to do, read from the store each time.</summary>
public static class OfficeTasks
{
    /// <summary>So many days before the last one a school without a delivery is reminded.</summary>
    public const int RemindDays = 14;

    /// <summary>Every round, the newest first.</summary>
    public static IReadOnlyList<RoundStanding> Rounds(OfficeHome home)
    {
        var schools = (int)home.Database.ReadOne<long>("SELECT count(*) FROM schools");
        return
        [
            .. home.Database.Read<(string Edition, string State, long Delivered, long Refused)>("""
                SELECT edition, state, (SELECT count(DISTINCT school) FROM deliveries d WHERE d.edition = r.edition),
                  (SELECT count(DISTINCT school) FROM intake_refusals i WHERE i.edition = r.edition AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.edition = i.edition AND d.school = i.school AND d.received >= i.at))
                FROM rounds r ORDER BY edition DESC
                """).Select(row => (Edition: Edition.Parse(row.Edition).Value, row))
                .Select(one => new RoundStanding(one.Edition, RoundStates.Read(one.row.State), RoundDays.Of(home, one.Edition), schools, (int)one.row.Delivered, (int)one.row.Refused)),
        ];
    }

    /// <summary>Whether schools without a delivery should be reminded now.</summary>
    public static bool Remind(RoundStanding round, DateOnly today) => round is { State: RoundState.Open, Missing: > 0, Days: { Closed: null } days } && today >= days.Closes.AddDays(-RemindDays);
}
