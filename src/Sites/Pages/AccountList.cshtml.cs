using Groeilijn.Sites.Accounts;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Sites.Pages;

/// <summary>Who may come in: for administrators. Codes stand on the answer to a form and nowhere else, so there is no redirect after those.</summary>
public sealed class AccountListPage(AccountBook book, SiteOptions site, TimeProvider clock) : SitePage
{
    /// <summary>The role of an invitation, or a new role.</summary>
    [BindProperty] public AccountRole Role { get; set; }

    /// <summary>The duties of an invitation, or the new duties.</summary>
    [BindProperty] public string[] Duties { get; set; } = [];

    /// <summary>What the site says of accounts.</summary>
    public AccountOptions Options => site.Accounts!;

    /// <summary>What the site divides its work into; nothing where it does not.</summary>
    public IEnumerable<Choice> DutyChoices => Options.Duties.Select(duty => new Choice(duty.Code, Capital(duty.Name.In(Language)), Capital(duty.May.In(Language)) + "."));

    /// <summary>Who is signed in.</summary>
    public Account Me => Session.Of(HttpContext)!;

    /// <summary>All accounts.</summary>
    public IReadOnlyList<Account> Accounts => book.All;

    /// <summary>Invitations not used yet.</summary>
    public IReadOnlyList<Invitation> Invitations => book.Invitations;

    /// <summary>All roles, the least first.</summary>
    public IReadOnlyList<AccountRole> Roles => Options.Duties.Count == 0 ? Enum.GetValues<AccountRole>() : [AccountRole.Reader, AccountRole.Administrator];

    /// <summary>All roles with what they may do.</summary>
    public IEnumerable<Choice> RoleChoices => Roles.Select(r => new Choice(r.ToString(), Capital(NameOf(r)), Options.Duties.Count == 0 ? Capital(r.May().In(Language)) + "." : null));

    /// <summary>What a role is called here: where the work is divided there are those who do it and those who arrange the accounts.</summary>
    public string NameOf(AccountRole role) => Options.Duties.Count == 0 ? role.Name().In(Language) : role == AccountRole.Administrator ? Say("regelt ook de accounts", "arranges the accounts as well") : Say("gewoon account", "ordinary account");

    IEnumerable<string> Chosen => Options.Duties.Select(duty => duty.Code).Where(Duties.Contains);

    /// <summary>The code of an invitation just made.</summary>
    public string? NewInvitation { get; private set; }

    /// <summary>Codes just made.</summary>
    public IReadOnlyList<string>? NewCodes { get; private set; }

    /// <summary>Whose codes they are.</summary>
    public string? Name { get; private set; }

    /// <summary>Where an invitation is used.</summary>
    public string JoinAddress => $"https://{Request.Host}{Speech.To("/account/join")}";

    /// <summary>Whether an account takes no codes for a while.</summary>
    public bool LockedOut(Account account) => account.LockedUntil > clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The day of a moment, here.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone).DateTime);

    /// <summary>Makes an invitation.</summary>
    public IActionResult OnPostInvite()
    {
        if (ModelState.IsValid) NewInvitation = book.Invite(Role, Me.Id, Chosen);
        return Page();
    }

    /// <summary>Takes an invitation back.</summary>
    public IActionResult OnPostWithdraw(long id)
    {
        book.Withdraw(id, Me.Id);
        return Ended(null, "De uitnodiging is ingetrokken.", "The invitation was withdrawn.");
    }

    /// <summary>Gives another role.</summary>
    public IActionResult OnPostRole(long id) => !ModelState.IsValid ? Page()
        : Ended(book.SetRole(id, Role, Me.Id, Chosen), "De rol is veranderd. Wie was ingelogd, moet opnieuw inloggen.", "The role was changed. Who was signed in has to sign in again.");

    /// <summary>Closes an account.</summary>
    public IActionResult OnPostLock(long id) => Ended(book.Lock(id, Me.Id), "Het account is gesloten.", "The account was closed.");

    /// <summary>Opens an account.</summary>
    public IActionResult OnPostUnlock(long id) => Ended(book.Unlock(id, Me.Id), "Het account is weer open.", "The account is open again.");

    /// <summary>Removes an account.</summary>
    public IActionResult OnPostRemove(long id) => Ended(book.Remove(id, Me.Id), "Het account is verwijderd. Met een uitnodiging kan die persoon een nieuw account maken.", "The account was removed. With an invitation that person can make a new account.");

    /// <summary>Makes new codes for an account.</summary>
    public IActionResult OnPostCodes(long id)
    {
        if (book.Find(id) is not { } account) return Go("/accounts");
        (Name, NewCodes) = (account.Name, book.MakeCodes(id, Me.Id));
        return Page();
    }

    IActionResult Ended(Spoken? wrong, string dutch, string english)
    {
        if (wrong is { } no)
        {
            Wrong("", no.Dutch, no.English);
            return Page();
        }
        Done(dutch, english);
        return Go("/accounts");
    }

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
