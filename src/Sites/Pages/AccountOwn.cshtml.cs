using Groeilijn.Sites.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Sites.Pages;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">How it is named in a form.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Made">The day it was made.</param>
public sealed record OwnPasskey(string Id, string Name, DateOnly Made);

/// <summary>One's own account: passkeys, codes, signing out.</summary>
public sealed class AccountOwnPage(AccountBook book, AccountLog log, SignInManager<Account> passkeys, TimeProvider clock) : SitePage
{
    /// <summary>What a new passkey, or one with a new name, is called.</summary>
    [BindProperty] public string? Label { get; set; }

    /// <summary>What the browser made of the new passkey.</summary>
    [BindProperty] public string? Credential { get; set; }

    /// <summary>Who is signed in.</summary>
    public Account Me => Session.Of(HttpContext)!;

    /// <summary>The names of those who can help.</summary>
    public IEnumerable<string> Administrators => book.All.Where(a => a is { Role: AccountRole.Administrator, Locked: false }).Select(a => a.Name);

    /// <summary>How many codes are left.</summary>
    public int CodesLeft => book.CodesLeft(Me.Id);

    /// <summary>Codes just made, shown this once.</summary>
    public IReadOnlyList<string>? NewCodes { get; private set; }

    /// <summary>One's passkeys.</summary>
    public IReadOnlyList<OwnPasskey> Passkeys { get; private set; } = [];

    /// <summary>The page.</summary>
    public Task OnGet() => Look();

    /// <summary>Ends every session of the account.</summary>
    public async Task<IActionResult> OnPostSignOut()
    {
        book.EndSessions(Me.Id);
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        Done("U bent uitgelogd, op al uw apparaten.", "You are signed out, on all your devices.");
        return Go("/account/sign-in");
    }

    /// <summary>What the browser must ask for a new passkey.</summary>
    public async Task<IActionResult> OnPostOptions() =>
        Content(await passkeys.MakePasskeyCreationOptionsAsync(new() { Id = await passkeys.UserManager.GetUserIdAsync(Me), Name = Me.Name, DisplayName = Me.Name }), "application/json");

    /// <summary>Keeps a new passkey.</summary>
    public async Task<IActionResult> OnPostPasskey()
    {
        if (Credential is not null && await Made(Credential) is { } passkey)
        {
            passkey.Name = Account.ReadName(Label) ?? Say("passkey", "passkey");
            await passkeys.UserManager.AddOrUpdatePasskeyAsync(Me, passkey);
            log.Write(AccountEvent.PasskeyAdded, Me.Id);
            Done("De passkey is toegevoegd. De volgende keer kunt u ermee inloggen.", "The passkey was added. Next time you can sign in with it.");
            return Go("/account");
        }
        Wrong(nameof(Label), "Er is geen passkey gemaakt. Probeer het nog een keer, of op een ander apparaat.", "No passkey was made. Try again, or on another device.");
        await Look();
        return Page();
    }

    /// <summary>Gives a passkey another name.</summary>
    public async Task<IActionResult> OnPostRename(string? id)
    {
        if (Account.ReadName(Label) is { } name && await Find(id) is { } passkey)
        {
            passkey.Name = name;
            await passkeys.UserManager.AddOrUpdatePasskeyAsync(Me, passkey);
            Done("De naam is veranderd.", "The name was changed.");
        }
        return Go("/account");
    }

    /// <summary>Removes a passkey.</summary>
    public async Task<IActionResult> OnPostRemove(string? id)
    {
        if (await Find(id) is { } passkey)
        {
            await passkeys.UserManager.RemovePasskeyAsync(Me, passkey.CredentialId);
            log.Write(AccountEvent.PasskeyRemoved, Me.Id);
            Done("De passkey is verwijderd. U kunt hem ook op het apparaat zelf wissen.", "The passkey was removed. You can erase it on the device itself too.");
        }
        return Go("/account");
    }

    /// <summary>Makes new codes; they stand on the answer and nowhere else, so there is no redirect after it.</summary>
    public void OnPostCodes() => NewCodes = book.MakeCodes(Me.Id, Me.Id);

    async Task Look() => Passkeys = [.. (await passkeys.UserManager.GetPasskeysAsync(Me)).Select(p =>
        new OwnPasskey(Convert.ToHexStringLower(p.CredentialId), p.Name ?? "", DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(p.CreatedAt, clock.LocalTimeZone).DateTime)))];

    async Task<UserPasskeyInfo?> Find(string? id) =>
        (await passkeys.UserManager.GetPasskeysAsync(Me)).FirstOrDefault(p => Convert.ToHexStringLower(p.CredentialId) == id);

    /// <summary>The passkey, when the browser was asked for it here and made it for this account.</summary>
    async Task<UserPasskeyInfo?> Made(string credential)
    {
        try
        {
            var made = await passkeys.PerformPasskeyAttestationAsync(credential);
            return made.Succeeded && made.UserEntity.Id == await passkeys.UserManager.GetUserIdAsync(Me) ? made.Passkey : null;
        }
        catch (InvalidOperationException) { return null; }
    }
}
