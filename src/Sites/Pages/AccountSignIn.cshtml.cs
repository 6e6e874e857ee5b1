using Groeilijn.Sites.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Groeilijn.Sites.Pages;

/// <summary>Signing in: a passkey first, a code as the other way, which needs no script.</summary>
[ForAnybody]
[EnableRateLimiting(SiteHost.Strict)]
public sealed class AccountSignInPage(AccountBook book, AccountLog log, SignInManager<Account> passkeys, TimeProvider clock) : SitePage
{
    /// <summary>The name of the account.</summary>
    [BindProperty] public string? Name { get; set; }

    /// <summary>One of its codes.</summary>
    [BindProperty] public string? Code { get; set; }

    /// <summary>What the browser made of the passkey.</summary>
    [BindProperty] public string? Credential { get; set; }

    /// <summary>The page that was asked for.</summary>
    [BindProperty(SupportsGet = true)] public string? To { get; set; }

    /// <summary>The page, or on for who is signed in.</summary>
    public IActionResult OnGet() => Session.Of(HttpContext) is null ? Page() : Go("/");

    /// <summary>Signs in with a code.</summary>
    public async Task<IActionResult> OnPost()
    {
        if (string.IsNullOrWhiteSpace(Name)) Wrong(nameof(Name), "Vul de naam van uw account in.", "Fill in the name of your account.");
        if (string.IsNullOrWhiteSpace(Code)) Wrong(nameof(Code), "Vul een van uw codes in.", "Fill in one of your codes.");
        if (!ModelState.IsValid) return Again();
        if (book.SignIn(Account.ReadName(Name), Code) is { } account) return await Enter(account);
        Wrong(nameof(Code), "De naam en de code horen niet bij elkaar, of de code is al gebruikt. Na vijf foute pogingen werkt een account een kwartier niet met codes.",
            "The name and the code do not belong together, or the code was used before. After five wrong tries an account does not take codes for a quarter of an hour.");
        return Again();
    }

    /// <summary>What the browser must ask the passkey.</summary>
    public async Task<IActionResult> OnPostOptions() => Content(await passkeys.MakePasskeyRequestOptionsAsync(null), "application/json");

    /// <summary>Signs in with a passkey.</summary>
    public async Task<IActionResult> OnPostPasskey()
    {
        if (!string.IsNullOrEmpty(Credential) && await Shown(Credential) is { } account) return await Enter(account);
        Wrong("", "Het inloggen met de passkey is niet gelukt. Probeer het nog een keer, of gebruik een code.", "Signing in with the passkey did not work. Try again, or use a code.");
        return Again();
    }

    /// <summary>The account whose passkey was shown; too many wrong codes do not hold its owner back, a closed account does.</summary>
    async Task<Account?> Shown(string credential)
    {
        var shown = await Checked(credential);
        if (shown is not { Succeeded: true, User: var account, Passkey: var passkey }) { log.Write(AccountEvent.WrongPasskey, null); return null; }
        if (account.Locked) { log.Write(AccountEvent.RefusedWhileLocked, account.Id); return null; }
        await passkeys.UserManager.AddOrUpdatePasskeyAsync(account, passkey);
        log.Write(AccountEvent.SignedInByPasskey, account.Id);
        return account;
    }

    /// <summary>A passkey without the question that this browser was asked is not a fault of ours.</summary>
    async Task<PasskeyAssertionResult<Account>?> Checked(string credential)
    {
        try { return await passkeys.PerformPasskeyAssertionAsync(credential); }
        catch (InvalidOperationException) { return null; }
    }

    async Task<IActionResult> Enter(Account account)
    {
        await Session.Open(HttpContext, account, clock);
        var start = Speech.To("/");
        return LocalRedirect(To is not null && To.StartsWith(start, StringComparison.Ordinal) && Url.IsLocalUrl(To) ? To : start);
    }

    /// <summary>The form again, without the code that was typed.</summary>
    PageResult Again()
    {
        if (ModelState.TryGetValue(nameof(Code), out var typed)) (typed.RawValue, typed.AttemptedValue) = (null, null);
        Code = null;
        return Page();
    }
}
