using Groeilijn.Education;

namespace Groeilijn.School.Pages;

/// <summary>What a home holds that decides how far the school is with the delivery of this half-year. Counts and days; nobody is named.</summary>
sealed record SchoolFacts
{
    public long? Pupils { get; init; }
    public long ResultsOfHalf { get; init; }
    public long Informed { get; init; }
    public string? Until { get; init; }
    public long Objections { get; init; }
    public long Previews { get; init; }
    public long Deliveries { get; init; }
    public long Unsent { get; init; }
    public long Unanswered { get; init; }
    public long Reports { get; init; }
    public long Unjoined { get; init; }

    /// <summary>The delivery of this half-year.</summary>
    public Edition Edition { get; private set; }

    public DateOnly Today { get; private set; }

    /// <summary>Whether the check blocks the delivery.</summary>
    public bool Blocked { get; private set; }

    /// <summary>Points of the check that the school can do something about itself.</summary>
    public int Points { get; private set; }

    /// <summary>Pupils who could go along if their parents had the letter.</summary>
    public int NotInformed { get; private set; }

    /// <summary>Pupils who go along when the delivery is made now.</summary>
    public int GoAlong { get; private set; }

    public DateOnly? PeriodUntil => Until is null ? null : Rows.Day(Until);

    public bool Delivered => Deliveries > 0;

    /// <summary>
    /// The last day to deliver: that of the round when the office announced it, else 7 March for the tests of the middle of the year. For
    /// those of the end no day is fixed.
    /// </summary>
    public DateOnly? Deadline { get; private set; }

    /// <summary>What the office last said of the last delivery; null while it said nothing.</summary>
    public KnownAnswer? Answer { get; private set; }

    /// <summary>Whether the office did not take in the last delivery.</summary>
    public bool Refused => Answer?.Outcome.StartsWith("refused-", StringComparison.Ordinal) == true;

    public static SchoolFacts Of(SchoolHome home)
    {
        var edition = Education.Edition.Of(home.Today);
        var facts = home.Store.ReadOne<SchoolFacts>(Sql, new { today = Rows.Day(home.Today), edition = edition.ToString() })!;
        (facts.Edition, facts.Today) = (edition, home.Today);
        facts.Deadline = Rounds.Of(home, edition)?.Closes ?? (edition.Half == HalfYear.M ? new DateOnly(edition.Year, 3, 7) : null);
        if (Sent.All(home) is [.., var last]) facts.Answer = Answers.About(home, last.Ciphertext) is [.., var answer] ? answer : null;
        if (facts.Pupils is null) return facts;
        var report = School.Check.Run(home, edition);
        var leftOut = report.LeftOut();
        facts.Blocked = report.Blocks;
        facts.Points = report.ToDo.Count(t => t.Rule.Where is Where.LvsCorrect or Where.ImportAgain or Where.Here && t.Urgency != Urgency.Nothing);
        facts.NotInformed = leftOut.Values.Count(rule => rule == Rules.NotInformed);
        facts.GoAlong = report.Pupils - leftOut.Count;
        return facts;
    }

    const string Sql = """
        SELECT (SELECT pupils FROM import ORDER BY id DESC LIMIT 1)                                                     AS Pupils,
               (SELECT count(*) FROM result r JOIN pupil p ON p.person = r.person WHERE p.gone = 0 AND half = @edition) AS ResultsOfHalf,
               (SELECT count(DISTINCT person) FROM informed)                                                           AS Informed,
               (SELECT max(until) FROM informed i JOIN pupil p USING (person) WHERE p.gone = 0 AND until >= @today)     AS Until,
               (SELECT count(DISTINCT person) FROM objection WHERE withdrawn IS NULL)                                  AS Objections,
               (SELECT count(*) FROM preview WHERE edition = @edition)                                                 AS Previews,
               (SELECT count(*) FROM delivery WHERE edition = @edition)                                                AS Deliveries,
               (SELECT count(*) FROM delivery WHERE receipt IS NULL AND sent IS NULL)                                  AS Unsent,
               (SELECT count(*) FROM delivery WHERE receipt IS NULL)                                                   AS Unanswered,
               (SELECT count(*) FROM report)                                                                           AS Reports,
               (SELECT count(*) FROM unjoined WHERE mark NOT IN (SELECT mark FROM hand_join))                          AS Unjoined
        """;
}
