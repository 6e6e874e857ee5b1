using System.Text.RegularExpressions;
using Groeilijn.Sites.Accounts;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>Accounts through a browser: an invitation, a passkey and codes, with and without script.</summary>
public sealed partial class AccountTests(PasskeyBrowser browser) : IClassFixture<PasskeyBrowser>
{
    [Fact]
    public async Task A_passkey_is_made_on_ones_own_page_and_signs_in_without_a_name()
    {
        var page = await browser.Page();
        await PasskeyBrowser.Authenticator(page);
        await Join(page, "Passkey Nl", AccountRole.Reader);
        await page.GotoAsync("/nl/account");
        await page.GetByLabel("Naam van de passkey").FillAsync("laptop administratie");
        await page.GetByRole(AriaRole.Button, new() { Name = "Passkey toevoegen" }).ClickAsync();
        await page.GetByText("De passkey is toegevoegd").WaitForAsync();
        await Look(page, "account-own-passkey-nl");
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitloggen op alle apparaten" }).ClickAsync();
        await page.GetByText("U bent uitgelogd").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen met een passkey" }).ClickAsync();
        await page.GetByText("Passkey Nl").WaitForAsync();
        Assert.EndsWith("/nl/", page.Url, StringComparison.Ordinal);
        Assert.Equal(AccountEvent.SignedInByPasskey, browser.Log.Read(0, 1)[0].What);
        await Look(page, "start-on-network-nl");

        await page.GotoAsync("/nl/account");
        await page.GetByText("Naam of verwijderen: laptop administratie").ClickAsync();
        await page.GetByLabel("Nieuwe naam").FillAsync("oude laptop");
        await Look(page, "account-own-rename-nl");
        await page.GetByRole(AriaRole.Button, new() { Name = "Naam bewaren" }).ClickAsync();
        await page.GetByText("Naam of verwijderen: oude laptop").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Passkey verwijderen" }).ClickAsync();
        await page.GetByText("U hebt nog geen passkey").WaitForAsync();
        Assert.Equal(AccountEvent.PasskeyRemoved, browser.Log.Read(0, 1)[0].What);
    }

    [Fact]
    public async Task A_passkey_that_was_removed_here_no_longer_signs_in()
    {
        var page = await browser.Page();
        await PasskeyBrowser.Authenticator(page);
        await Join(page, "Passkey Weg", AccountRole.Reader);
        await page.GotoAsync("/en/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("The passkey was added").WaitForAsync();
        browser.Book.Remove(browser.Book.All.Single(a => a.Name == "Passkey Weg").Id, 0);
        await page.GotoAsync("/en/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("Signing in with the passkey did not work").First.WaitForAsync();
        await Look(page, "sign-in-passkey-refused-en");
    }

    [Fact]
    public async Task A_browser_whose_owner_does_not_agree_says_so_and_leaves_the_codes()
    {
        var page = await browser.Page();
        var devtools = await PasskeyBrowser.Authenticator(page);
        await page.GotoAsync("/nl/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen met een passkey" }).ClickAsync();
        await page.GetByText("Het inloggen met de passkey is niet gelukt").WaitForAsync();
        await Look(page, "sign-in-no-passkey-nl");
        Assert.NotNull(devtools);
    }

    [Fact]
    public async Task Without_script_an_invitation_and_then_a_code_let_one_in()
    {
        var page = await browser.Page(new(Script: false));
        var codes = await Join(page, "Zonder Script", AccountRole.Head);
        await page.GotoAsync("/nl/account");
        Assert.False(await page.GetByRole(AriaRole.Button, new() { Name = "Passkey toevoegen" }).IsVisibleAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitloggen op alle apparaten" }).ClickAsync();
        Assert.False(await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen met een passkey" }).IsVisibleAsync());
        await page.GetByLabel("Naam van uw account").FillAsync("Zonder Script");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(codes[4]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen met een code" }).ClickAsync();
        Assert.EndsWith("/nl/", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nl", 1100)]
    [InlineData("en", 1100)]
    [InlineData("nl", 320)]
    public async Task Every_page_of_accounts_breaks_no_rule_of_accessibility_and_fits(string language, int width)
    {
        var page = await browser.Page(new(Width: width, Locale: language));
        await page.GotoAsync($"/{language}/account/sign-in");
        await Look(page, $"sign-in-{language}-{width}");
        await page.Locator("form:not([data-passkey]) button").ClickAsync();
        await Look(page, $"sign-in-wrong-{language}-{width}");
        await page.GotoAsync($"/{language}/account/join");
        await Look(page, $"join-{language}-{width}");
        await Join(page, $"Beheer {language} {width}", AccountRole.Administrator, language);
        await Look(page, $"join-codes-{language}-{width}");
        await page.GotoAsync($"/{language}/account");
        await Look(page, $"account-own-{language}-{width}");
        await page.Locator("form[action$='handler=Codes'] button").ClickAsync();
        await Look(page, $"account-codes-{language}-{width}");
        await page.GotoAsync($"/{language}/accounts");
        await page.Locator("form[action$='handler=Invite'] button").ClickAsync();
        await Look(page, $"account-invitation-{language}-{width}");
        await page.GotoAsync($"/{language}/accounts");
        await page.Locator("details").First.EvaluateAsync("d => d.open = true");
        await Look(page, $"accounts-{language}-{width}");
        await page.GotoAsync($"/{language}/accounts/log");
        await Look(page, $"account-log-{language}-{width}");
    }

    [Fact]
    public async Task Who_may_not_is_told_so_on_a_page_that_breaks_no_rule()
    {
        var page = await browser.Page();
        await Join(page, "Alleen Lezen", AccountRole.Reader);
        await page.GotoAsync("/nl/accounts");
        Assert.Equal("U mag deze pagina niet bekijken", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync());
        await Look(page, "may-not-see-nl");
    }

    static async Task Look(IPage page, string name)
    {
        await Chromium.Shot(page, name);
        await Chromium.Axe(page);
        await Chromium.Fits(page);
    }

    async Task<List<string>> Join(IPage page, string name, AccountRole role, string language = "nl")
    {
        await page.GotoAsync($"/{language}/account/join");
        await page.Locator("#Name").FillAsync(name);
        await page.Locator("#Invitation").FillAsync(browser.Book.Invite(role, null));
        await page.Locator("main form button").ClickAsync();
        await page.Locator(".codes").WaitForAsync();
        return [.. Code().Matches(await page.Locator(".codes").InnerTextAsync()).Select(m => m.Value)];
    }

    [GeneratedRegex("[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")]
    private static partial Regex Code();
}
