using System.Net;
using Groeilijn.Sites;

namespace Groeilijn.Tests.Sites;

/// <summary>Who comes in: the one user who started the program, by an address that works once.</summary>
public class EntranceTests
{
    [Fact]
    public async Task The_one_time_address_leads_to_the_start_page()
    {
        await using var site = await RunningSite.Start();
        using var user = site.Visitor();
        using var open = await user.GetAsync(site.Launch.Address(site.Address, "nl"));
        Assert.Equal((HttpStatusCode.Redirect, "/nl/"), (open.StatusCode, open.Headers.Location!.ToString()));
        var cookie = Assert.Single(open.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Van export tot rapport", await user.GetStringAsync("/nl/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_works_once()
    {
        await using var site = await RunningSite.Start();
        var address = site.Launch.Address(site.Address);
        using var first = site.Visitor();
        using var second = site.Visitor();
        using var opened = await first.GetAsync(address);
        using var again = await second.GetAsync(address);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Forbidden), (opened.StatusCode, again.StatusCode));
        Assert.Contains("Open het programma opnieuw", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(again.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_newer_address_ends_the_one_before_it()
    {
        await using var site = await RunningSite.Start();
        var older = site.Launch.Address(site.Address);
        var newer = site.Launch.Address(site.Address);
        using var visitor = site.Visitor();
        using var first = await visitor.GetAsync(older);
        using var second = await visitor.GetAsync(newer);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Redirect), (first.StatusCode, second.StatusCode));
    }

    [Theory]
    [InlineData("/nl/", "Open het programma opnieuw")]
    [InlineData("/en/", "Open the program again")]
    [InlineData("/open?token=wrong", "Open het programma opnieuw")]
    [InlineData("/open", "Open het programma opnieuw")]
    [InlineData("/nl/nothing", "Open het programma opnieuw")]
    public async Task Without_the_cookie_every_page_says_to_open_the_program_again(string path, string says)
    {
        await using var site = await RunningSite.Start();
        using var visitor = site.Visitor();
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.Forbidden)]
    public async Task Only_the_very_cookie_that_was_given_opens_the_site(int change, HttpStatusCode status)
    {
        await using var site = await RunningSite.Start();
        using var bare = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(site.Address) };
        using var open = await bare.GetAsync(site.Launch.Address(site.Address));
        var cookie = Assert.Single(open.Headers.GetValues("Set-Cookie")).Split(';')[0].ToCharArray();
        cookie[^5] = change == 0 ? cookie[^5] : cookie[^5] == 'x' ? 'y' : 'x';
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nl/");
        request.Headers.Add("Cookie", new string(cookie));
        using var answer = await bare.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Guessing_the_address_is_slowed_down_and_said_so()
    {
        await using var site = await RunningSite.Start(o => o with { AttemptsPerMinute = 3 });
        using var visitor = site.Visitor();
        for (var i = 0; i < 3; i++) (await visitor.GetAsync("/open?token=guess")).Dispose();
        using var fourth = await visitor.GetAsync("/open?token=guess");
        Assert.Equal((HttpStatusCode)429, fourth.StatusCode);
        Assert.NotNull(fourth.Headers.RetryAfter);
        Assert.Contains("Wacht een minuut", await fourth.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_client_cannot_ask_without_end()
    {
        await using var site = await RunningSite.Start(o => o with { RequestsPerMinute = 5 });
        using var user = await site.User();
        for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.OK, (await user.GetAsync("/nl/")).StatusCode);
        Assert.Equal((HttpStatusCode)429, (await user.GetAsync("/nl/")).StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_name_cannot_reach_the_site_through_this_computer()
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nl/") { Headers = { Host = "attacker.example" } };
        using var answer = await user.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("Linde", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
