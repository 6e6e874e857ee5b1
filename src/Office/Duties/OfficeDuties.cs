using Groeilijn.Sites.Accounts;
using Microsoft.AspNetCore.Http;

namespace Groeilijn.Office;

/// <summary>
/// The office's work in five duties, and the one table of who may reach what. Nothing that is not in the table is open to anybody. Arranging
/// accounts gives no duty, and no duty alone opens a round or destroys one: for those two persons are needed (<see cref="Decisions"/>).
/// </summary>
public static class OfficeDuties
{
    public const string Custodian = "custodian", Linker = "linker", KeyHolder = "key-holder", Analyst = "analyst", Checker = "checker";

    /// <summary>The duties in words.</summary>
    public static IReadOnlyList<Duty> All { get; } =
    [
        new(Custodian, new("beheerder van de gegevens", "custodian"), new("regelt scholen, rondes, het bevolkingsregister en bezwaren na het versturen", "looks after schools, rounds, the register and withdrawals")),
        new(Linker, new("koppelaar", "linker"), new("koppelt de leveringen en beoordeelt wat twijfelachtig is", "links the deliveries and reviews what is in doubt")),
        new(KeyHolder, new("sleutelhouder", "key holder"), new("houdt een helft van de sleutel van een ronde, en keurt de vernietiging mee goed", "holds half of a round's key, and approves its destruction together with another")),
        new(Analyst, new("analist", "analyst"), new("ziet wat er in het cohort staat en hoe het koppelen ging, en laat de rapporten maken", "sees what the cohort holds and how the linking went, and has the reports made")),
        new(Checker, new("controleur", "checker"), new("controleert wat naar buiten gaat, het logboek en wie wat bekeek", "checks what leaves, the ledger and who looked at what")),
    ];

    static readonly string[] s_stewards = [Custodian, Linker, KeyHolder];

    /// <summary>The table: page, handler (null for looking), who may.</summary>
    public static IReadOnlyList<Right> Table { get; } =
    [
        new("/Index", null, AccountRole.Reader),
        new("/Job", null, AccountRole.Reader),
        Right.For("/Job", "Cancel", Custodian, KeyHolder),

        Right.For("/Rounds", null, s_stewards),
        Right.For("/Rounds", "Propose", Custodian),
        Right.For("/Rounds", "Accept", KeyHolder),
        Right.For("/Rounds", "Withdraw", Custodian, KeyHolder),
        Right.For("/Round", null, s_stewards),
        Right.For("/Round", "get:Notice", Custodian),
        Right.For("/Round", "Close", Custodian),
        Right.For("/Round", "OpenAgain", Custodian),

        Right.For("/Deliveries", null, Custodian, Linker),
        Right.For("/Deliveries", "get:Reminders", Custodian),
        Right.For("/Schools", null, Custodian, Linker),
        Right.For("/Enrol", null, Custodian),
        Right.For("/Enrol", "", Custodian),
        Right.For("/Enrol", "Confirm", Custodian),
        Right.For("/School", null, Custodian, Linker),
        Right.For("/School", "Revoke", Custodian),

        Right.For("/Linking", null, Custodian, Linker, Analyst),
        Right.For("/Learned", null, Custodian, Linker, Analyst),
        Right.For("/Review", null, Linker),
        Right.For("/Destruction", null, Custodian, KeyHolder),
        Right.For("/Destruction", "get:Certificate", Custodian, KeyHolder, Checker),
        Right.For("/Destruction", "Approve", KeyHolder),
        Right.For("/Destruction", "Withdraw", KeyHolder),
        Right.For("/Destruction", "Continue", KeyHolder),

        Right.For("/Reports", null, Custodian, Analyst, Checker),
        Right.For("/Reports", "", Analyst),
        Right.For("/Reports", "Correct", Analyst),
        Right.For("/HeldReport", null, Custodian, Analyst, Checker),
        Right.For("/HeldReport", "Permit", Custodian),
        Right.For("/HeldReport", "Agree", Checker),
        Right.For("/HeldReport", "End", Custodian, Checker),
        Right.For("/HeldReportShown", null, Analyst),

        Right.For("/Withdrawals", null, Custodian),
        Right.For("/Register", null, Custodian),
        Right.For("/Register", "", Custodian),
        Right.For("/Cohort", null, Custodian, Analyst, Checker),
        Right.For("/Ledger", null, Custodian, Checker),
        Right.For("/Ledger", "Verify", Custodian, Checker),
        Right.For("/Views", null, Checker),
    ];

    /// <summary>Whether the visitor may look at a page; on the steward's own computer everybody who came in may.</summary>
    public static bool MayLook(HttpContext context, string page) => May(context, page, null);

    /// <summary>Whether the visitor may use a handler of a page.</summary>
    public static bool May(HttpContext context, string page, string? handler)
    {
        if (context.Features.Get<Account>() is not { } account) return true;
        return Table.FirstOrDefault(right => right.Page == page && right.Handler == handler) is { } row && (row.Duties is null || row.Duties.Any(account.Duties.Contains));
    }
}
