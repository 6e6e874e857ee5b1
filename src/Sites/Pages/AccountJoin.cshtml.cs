using Groeilijn.Sites.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Groeilijn.Sites.Pages;

/// <summary>Making an account with an invitation. Its codes stand on the answer to the form and nowhere else, so there is no redirect after it.</summary>
[ForAnybody]
[EnableRateLimiting(SiteHost.Strict)]
public sealed class AccountJoinPage(AccountBook book, TimeProvider clock) : SitePage
{
    /// <summary>The name of the new account.</summary>
    [BindProperty] public string? Name { get; set; }

    /// <summary>The code of the invitation.</summary>
    [BindProperty] public string? Invitation { get; set; }

    /// <summary>The account that was made, with its codes.</summary>
    public Joining? Made { get; private set; }

    /// <summary>Makes the account and signs in.</summary>
    public async Task<IActionResult> OnPost()
    {
        var name = Account.ReadName(Name);
        if (name is null) Wrong(nameof(Name), "Vul uw naam in, met 2 tot 60 letters.", "Fill in your name, of 2 to 60 letters.");
        if (string.IsNullOrWhiteSpace(Invitation)) Wrong(nameof(Invitation), "Vul de code van de uitnodiging in.", "Fill in the code of the invitation.");
        if (!ModelState.IsValid) return Page();
        var joining = book.Join(name!, Invitation);
        if (joining.Account is not { } account)
        {
            Wrong(nameof(Invitation), joining.Wrong.Dutch, joining.Wrong.English);
            return Page();
        }
        await Session.Open(HttpContext, account, clock);
        HttpContext.Features.Set(account);
        Made = joining;
        return Page();
    }
}
