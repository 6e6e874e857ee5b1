using System.Net;
using Groeilijn.Sites.Accounts;

namespace Groeilijn.Tests.Sites.Accounts;

/// <summary>Coming in from another computer: by an invitation, then by codes that work once.</summary>
public class SignInTests
{
    [Theory]
    [InlineData("/nl/", "/nl/account/sign-in")]
    [InlineData("/en/accounts", "/en/account/sign-in?to=%2Fen%2Faccounts")]
    [InlineData("/nl/nothing", "/nl/account/sign-in?to=%2Fnl%2Fnothing")]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_from_every_address(string path, string leads)
    {
        await using var site = await NetworkSite.Start();
        using var visitor = site.Visitor();
        using var answer = await visitor.GetAsync(path);
        Assert.Equal((HttpStatusCode.Redirect, leads), (answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task The_launch_address_of_one_user_is_not_there_on_a_network()
    {
        await using var site = await NetworkSite.Start();
        using var visitor = site.Visitor();
        using var answer = await visitor.GetAsync("/open?token=x");
        Assert.Equal("/nl/account/sign-in?to=%2Fopen", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task An_invitation_makes_one_account_with_ten_codes_and_signs_it_in()
    {
        await using var site = await NetworkSite.Start();
        var (visitor, codes) = await site.Join("M. de Vries", AccountRole.Reader);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.Contains("M. de Vries", await visitor.GetStringAsync("/nl/account"), StringComparison.Ordinal);
        visitor.Dispose();
    }

    [Fact]
    public async Task An_invitation_works_once_and_for_seven_days()
    {
        await using var site = await NetworkSite.Start();
        var (used, late) = (site.Book.Invite(AccountRole.Head, null), site.Book.Invite(AccountRole.Head, null));
        Assert.NotNull(site.Book.Join("Eerste", used).Account);
        Assert.Null(site.Book.Join("Tweede", used).Account);
        site.Clock.Now += AccountBook.InvitationTime;
        Assert.Null(site.Book.Join("Derde", late).Account);
    }

    [Fact]
    public async Task Two_accounts_cannot_have_one_name_and_the_invitation_stays()
    {
        await using var site = await NetworkSite.Start();
        site.Book.Join("Anna", site.Book.Invite(AccountRole.Reader, null));
        var invitation = site.Book.Invite(AccountRole.Reader, null);
        Assert.Null(site.Book.Join("ANNA", invitation).Account);
        Assert.NotNull(site.Book.Join("Anne", invitation).Account);
    }

    [Fact]
    public async Task A_code_signs_in_once_typed_in_any_case_and_with_letters_for_digits()
    {
        await using var site = await NetworkSite.Start();
        var (first, codes) = await site.Join("Anna", AccountRole.Reader);
        first.Dispose();
        using var visitor = site.Visitor();
        var typed = codes[0].Replace("-", " ", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l').ToLowerInvariant();
        using var answer = await NetworkSite.SignIn(visitor, "  anna ", typed);
        Assert.Equal((HttpStatusCode.Redirect, "/nl/"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("__Host-groeilijn-account-", StringComparison.Ordinal));
        Assert.All(["; secure", "; samesite=strict", "; httponly", "; path=/"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("De Linde", await visitor.GetStringAsync("/nl/"), StringComparison.Ordinal);
        using var other = site.Visitor();
        using var again = await NetworkSite.SignIn(other, "Anna", codes[0]);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal([AccountEvent.WrongCode, AccountEvent.SignedInByCode, AccountEvent.Joined, AccountEvent.Invited], site.Events);
    }

    [Fact]
    public async Task A_wrong_code_and_an_unknown_name_are_answered_alike_and_no_code_comes_back()
    {
        await using var site = await NetworkSite.Start();
        var (first, _) = await site.Join("Anna", AccountRole.Reader);
        first.Dispose();
        using var visitor = site.Visitor();
        async Task<string> Try(string name)
        {
            using var answer = await NetworkSite.SignIn(visitor, name, "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
            var page = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("ZZZZ", page, StringComparison.Ordinal);
            return System.Text.RegularExpressions.Regex.Match(page, "error-summary.*?</ul>", System.Text.RegularExpressions.RegexOptions.Singleline).Value;
        }
        var known = await Try("Anna");
        Assert.NotEmpty(known);
        Assert.Equal(known, await Try("Bert"));
        for (var i = 0; i < AccountBook.Tries; i++) Assert.Equal(known, await Try("Anna"));
    }

    [Fact]
    public async Task Five_wrong_codes_close_an_account_to_codes_for_a_quarter_of_an_hour()
    {
        await using var site = await NetworkSite.Start();
        var (_, codes, _) = site.Book.Join("Anna", site.Book.Invite(AccountRole.Reader, null));
        for (var i = 0; i < AccountBook.Tries; i++) Assert.Null(site.Book.SignIn("Anna", "0000-0000-0000-0000"));
        Assert.Null(site.Book.SignIn("Anna", codes[0]));
        Assert.Equal([AccountEvent.RefusedWhileLocked, AccountEvent.LockedOut], site.Events.Take(2));
        site.Clock.Now += AccountBook.LockoutTime - TimeSpan.FromSeconds(1);
        Assert.Null(site.Book.SignIn("Anna", codes[0]));
        site.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.NotNull(site.Book.SignIn("Anna", codes[0]));
    }

    [Fact]
    public async Task Many_tries_at_once_count_as_many()
    {
        await using var site = await NetworkSite.Start();
        site.Book.Join("Anna", site.Book.Invite(AccountRole.Reader, null));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => site.Book.SignIn("Anna", "0000-0000-0000-0000"))));
        Assert.Equal(AccountBook.Tries, site.Events.Count(e => e == AccountEvent.WrongCode));
    }

    [Fact]
    public async Task One_code_used_by_many_at_once_lets_one_in()
    {
        await using var site = await NetworkSite.Start();
        var (_, codes, _) = site.Book.Join("Anna", site.Book.Invite(AccountRole.Reader, null));
        var entered = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => site.Book.SignIn("Anna", codes[3]))));
        Assert.Single(entered, account => account is not null);
    }

    [Fact]
    public async Task New_codes_end_the_old_ones()
    {
        await using var site = await NetworkSite.Start();
        var (account, codes, _) = site.Book.Join("Anna", site.Book.Invite(AccountRole.Reader, null));
        var fresh = site.Book.MakeCodes(account!.Id, account.Id);
        Assert.Null(site.Book.SignIn("Anna", codes[0]));
        Assert.NotNull(site.Book.SignIn("Anna", fresh[0]));
        Assert.Equal(9, site.Book.CodesLeft(account.Id));
    }

    [Fact]
    public async Task No_code_is_in_any_file_of_the_home()
    {
        await using var site = await NetworkSite.Start();
        var invitation = site.Book.Invite(AccountRole.Head, null);
        var codes = site.Book.Join("Anna", invitation).Codes;
        foreach (var file in Directory.EnumerateFiles(site.Folder, "accounts.db*"))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var text = new StreamReader(open, System.Text.Encoding.Latin1);
            var all = await text.ReadToEndAsync();
            Assert.All([invitation, .. codes], code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), all.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("/nl/accounts", "/nl/accounts")]
    [InlineData("//evil.example/nl/", "/nl/")]
    [InlineData("https://evil.example/nl/", "/nl/")]
    [InlineData("/\\evil.example/nl/", "/nl/")]
    [InlineData("/nl//evil.example", "/nl//evil.example")]
    public async Task After_signing_in_one_is_where_one_wanted_to_be_and_never_on_another_site(string to, string leads)
    {
        await using var site = await NetworkSite.Start();
        var (first, codes) = await site.Join("Anna", AccountRole.Reader);
        first.Dispose();
        using var visitor = site.Visitor();
        using var answer = await NetworkSite.Post(visitor, "/nl/account/sign-in", "/nl/account/sign-in", ("Name", "Anna"), ("Code", codes[0]), ("to", to));
        Assert.Equal((HttpStatusCode.Redirect, leads), (answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Guessing_is_slowed_down()
    {
        await using var site = await NetworkSite.Start(o => o with { AttemptsPerMinute = 4 });
        using var visitor = site.Visitor();
        for (var i = 0; i < 2; i++) (await NetworkSite.SignIn(visitor, "Anna", "0000-0000-0000-0000")).Dispose();
        using var fifth = await visitor.GetAsync("/nl/account/sign-in");
        Assert.Equal((HttpStatusCode)429, fifth.StatusCode);
    }

    [Fact]
    public async Task A_passkey_that_was_not_asked_for_is_refused_in_words()
    {
        await using var site = await NetworkSite.Start();
        using var visitor = site.Visitor();
        using var answer = await NetworkSite.Post(visitor, "/nl/account/sign-in", "/nl/account/sign-in?handler=Passkey", ("credential", "{}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Het inloggen met de passkey is niet gelukt", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal([AccountEvent.WrongPasskey], site.Events);
    }
}
