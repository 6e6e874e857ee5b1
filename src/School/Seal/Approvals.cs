using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Nothing is sealed before two people have said yes: the board, once, that the school takes part; and the head, each time, to exactly
/// this preview. An approval names the hash of what was looked at, so that it is void as soon as the preview is another.
/// </summary>
public static class Approvals
{
    /// <summary>Records the board's agreement; it takes the place of an earlier one.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="signer">Who signed for the board: a function, such as "voorzitter van het bestuur".</param>
    /// <param name="signed">The day of signing.</param>
    /// <param name="first">The first school year it holds for.</param>
    /// <param name="last">The last school year it holds for.</param>
    public static Outcome<Agreement> RecordAgreement(SchoolHome home, string signer, DateOnly signed, SchoolYear first, SchoolYear last)
    {
        if (!IsName(signer)) return Refusals.NotAName;
        if (signed > home.Today) return Refusals.SignedInFuture;
        if (last.CompareTo(first) < 0) return Refusals.YearsReversed;
        home.Store.Write(tx =>
        {
            tx.Execute("UPDATE agreement SET withdrawn = @today WHERE withdrawn IS NULL", new { today = Rows.Day(home.Today) });
            tx.Execute("INSERT INTO agreement (signed, signer, from_year, last_year) VALUES (@signed, @signer, @first, @last)", new { signed = Rows.Day(signed), signer = signer.Trim(), first = first.Start, last = last.Start });
            tx.Enter(home.Entry("agreed", ("first", first.ToString()), ("last", last.ToString())));
        });
        return AgreementOf(home)!;
    }

    /// <summary>Takes the board's agreement back: from now on nothing is sealed.</summary>
    public static Outcome<Agreement> WithdrawAgreement(SchoolHome home)
    {
        if (AgreementOf(home) is not { } agreement) return Refusals.NoAgreement;
        home.Store.Write(tx =>
        {
            tx.Execute("UPDATE agreement SET withdrawn = @today WHERE withdrawn IS NULL", new { today = Rows.Day(home.Today) });
            tx.Enter(home.Entry("agreement-withdrawn", ("first", agreement.First.ToString()), ("last", agreement.Last.ToString())));
        });
        return agreement;
    }

    /// <summary>Records that somebody looked at a preview and approved it.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="edition">The edition.</param>
    /// <param name="payload">SHA-256 of the preview that was looked at, as it was shown.</param>
    /// <param name="approver">Who approved: a name or a function.</param>
    public static Outcome<Approval> Approve(SchoolHome home, Edition edition, string payload, string approver)
    {
        if (!IsName(approver)) return Refusals.NotAName;
        if (Preview.Of(home, edition) is not { } preview) return Refusals.NoPreview;
        if (preview.Sha256 != payload) return Refusals.OtherPreview;
        if (ApprovalOf(home, edition, payload) is { } given && given.Approver == approver.Trim()) return given;
        home.Store.Write(tx =>
        {
            tx.Execute("INSERT OR REPLACE INTO approval (edition, payload, approver, approved) VALUES (@edition, @payload, @approver, @now)", new { edition = edition.ToString(), payload, approver = approver.Trim(), now = home.Now });
            tx.Enter(home.Entry("approved", ("edition", edition.ToString()), ("payload", payload)));
        });
        return ApprovalOf(home, edition, payload)!;
    }

    /// <summary>What is there of both, and what is still missing before an edition can be sealed.</summary>
    public static ApprovalStatus StatusOf(SchoolHome home, Edition edition)
    {
        var (agreement, preview) = (AgreementOf(home), Preview.Of(home, edition));
        var approval = preview is null ? null : ApprovalOf(home, edition, preview.Sha256);
        var missing = agreement is null ? Refusals.NoAgreement : !agreement.Covers(edition) ? Refusals.AgreementOtherYear : preview is null ? Refusals.NoPreview : approval is null ? Refusals.NotApproved : null;
        return new ApprovalStatus(agreement, approval, missing);
    }

    /// <summary>The agreement that holds; null when there is none.</summary>
    public static Agreement? AgreementOf(SchoolHome home) =>
        home.Store.ReadOne<AgreementRow>("SELECT signed AS Signed, signer AS Signer, from_year AS First, last_year AS Last FROM agreement WHERE withdrawn IS NULL") is { } row
            ? new Agreement(Rows.Day(row.Signed), row.Signer, new SchoolYear(row.First), new SchoolYear(row.Last)) : null;

    static Approval? ApprovalOf(SchoolHome home, Edition edition, string payload) => home.Store.ReadOne<Approval>(
        "SELECT approver AS Approver, approved AS At, payload AS Payload FROM approval WHERE edition = @edition AND payload = @payload", new { edition = edition.ToString(), payload });

    static bool IsName(string text) => !string.IsNullOrWhiteSpace(text) && Spelling.Line.Allows(text);

    sealed record AgreementRow
    {
        public string Signed { get; init; } = "";
        public string Signer { get; init; } = "";
        public int First { get; init; }
        public int Last { get; init; }
    }
}

/// <summary>The board's agreement: when and by whom it was signed, and the first and last school year it holds for.</summary>
public sealed record Agreement(DateOnly Signed, string Signer, SchoolYear First, SchoolYear Last)
{
    /// <summary>Whether it holds for the school year of an edition.</summary>
    public bool Covers(Edition edition) => First.CompareTo(edition.SchoolYear) <= 0 && edition.SchoolYear.CompareTo(Last) <= 0;
}

/// <summary>An approval: by whom, when (UTC), and of which preview.</summary>
public sealed record Approval
{
    /// <summary>Who approved.</summary>
    public string Approver { get; init; } = "";

    /// <summary>The moment.</summary>
    public string At { get; init; } = "";

    /// <summary>SHA-256 of the preview.</summary>
    public string Payload { get; init; } = "";
}

/// <summary>The agreement and the approval of an edition's preview, and why it cannot be sealed yet; <c>Missing</c> is null when it can.</summary>
public sealed record ApprovalStatus(Agreement? Agreement, Approval? Approval, Refusal? Missing);

static partial class Refusals
{
    public static readonly Refusal NotAName = new("De naam of functie ontbreekt, of is langer dan 200 tekens.", "The name or function is missing, or longer than 200 characters.", "Vul een naam of functie in op één regel.", "Give a name or function on one line.");
    public static readonly Refusal SignedInFuture = new("De overeenkomst kan niet in de toekomst zijn getekend.", "The agreement cannot have been signed in the future.", "Geef de dag waarop het bestuur tekende.", "Give the day on which the board signed.");
    public static readonly Refusal YearsReversed = new("Het laatste schooljaar ligt voor het eerste.", "The last school year is before the first.", "Geef eerst het eerste en dan het laatste schooljaar.", "Give the first school year first, then the last.");
    public static readonly Refusal NoAgreement = new("Er is nog geen overeenkomst van het bestuur vastgelegd.", "No agreement of the board is recorded yet.", "Leg vast wanneer het bestuur tekende: school agreement.", "Record when the board signed: school agreement.");
    public static readonly Refusal AgreementOtherYear = new("De overeenkomst van het bestuur geldt niet voor dit schooljaar.", "The board's agreement does not hold for this school year.", "Laat het bestuur opnieuw tekenen en leg dat vast: school agreement.", "Let the board sign again and record it: school agreement.");
    public static readonly Refusal NotApproved = new("De directie heeft dit voorbeeld nog niet goedgekeurd.", "The head has not approved this preview yet.", "Laat de directie het voorbeeld bekijken en goedkeuren.", "Let the head look at the preview and approve it.");
    public static readonly Refusal OtherPreview = new("Het voorbeeld is veranderd sinds u het bekeek.", "The preview has changed since you looked at it.", "Bekijk het nieuwe voorbeeld en keur dat goed.", "Look at the new preview and approve that one.");
}
