using System.Net;
using Groeilijn.School;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;

namespace Groeilijn.Tests.Sites.Accounts;

/// <summary>How long one is signed in, and what ends it.</summary>
public class SessionTests
{
    [Fact]
    public async Task Half_an_hour_without_a_request_ends_a_session_and_a_request_prolongs_it()
    {
        await using var site = await NetworkSite.Start();
        using var visitor = (await site.Join("Anna", AccountRole.Reader)).Visitor;
        site.Clock.Now += TimeSpan.FromMinutes(29);
        Assert.Equal(HttpStatusCode.OK, await Status(visitor));
        site.Clock.Now += TimeSpan.FromMinutes(29);
        Assert.Equal(HttpStatusCode.OK, await Status(visitor));
        site.Clock.Now += TimeSpan.FromMinutes(31);
        Assert.Equal(HttpStatusCode.Redirect, await Status(visitor));
    }

    [Fact]
    public async Task Eight_hours_end_a_session_however_busy()
    {
        await using var site = await NetworkSite.Start();
        using var visitor = (await site.Join("Anna", AccountRole.Reader)).Visitor;
        for (var i = 0; i < 23; i++)
        {
            site.Clock.Now += TimeSpan.FromMinutes(20);
            Assert.Equal(HttpStatusCode.OK, await Status(visitor));
        }
        site.Clock.Now += TimeSpan.FromMinutes(20);
        Assert.Equal(HttpStatusCode.Redirect, await Status(visitor));
    }

    [Theory]
    [InlineData("role")]
    [InlineData("lock")]
    [InlineData("remove")]
    public async Task Another_role_a_closed_and_a_removed_account_end_its_sessions_at_once(string what)
    {
        await using var site = await NetworkSite.Start();
        using var chief = (await site.Join("Chef", AccountRole.Administrator)).Visitor;
        using var visitor = (await site.Join("Anna", AccountRole.Reader)).Visitor;
        var id = site.Book.All.Single(a => a.Name == "Anna").Id;
        using var done = await NetworkSite.Post(chief, "/nl/accounts", "/nl/accounts?handler=" + what, ("id", id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("role", "Head"));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK), (await Status(visitor), await Status(chief)));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_also_for_who_kept_the_cookie()
    {
        await using var site = await NetworkSite.Start();
        var (visitor, codes) = await site.Join("Anna", AccountRole.Reader);
        using var other = site.Visitor();
        (await NetworkSite.SignIn(other, "Anna", codes[0])).Dispose();
        Assert.Equal(HttpStatusCode.OK, await Status(other));
        using var answer = await NetworkSite.Post(visitor, "/nl/account", "/nl/account?handler=SignOut");
        Assert.Equal("/nl/account/sign-in", answer.Headers.Location!.ToString());
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (await Status(visitor), await Status(other)));
        visitor.Dispose();
    }

    [Fact]
    public async Task A_closed_account_does_not_come_in_with_a_good_code()
    {
        await using var site = await NetworkSite.Start();
        var (chief, _, _) = site.Book.Join("Chef", site.Book.Invite(AccountRole.Administrator, null));
        var (anna, codes, _) = site.Book.Join("Anna", site.Book.Invite(AccountRole.Reader, null));
        site.Book.Lock(anna!.Id, chief!.Id);
        Assert.Null(site.Book.SignIn("Anna", codes[0]));
        site.Book.Unlock(anna.Id, chief.Id);
        Assert.NotNull(site.Book.SignIn("Anna", codes[0]));
    }

    [Fact]
    public async Task There_is_always_an_administrator()
    {
        await using var site = await NetworkSite.Start();
        var one = site.Book.Join("Een", site.Book.Invite(AccountRole.Administrator, null)).Account!.Id;
        Assert.NotNull(site.Book.SetRole(one, AccountRole.Head, one));
        Assert.NotNull(site.Book.Lock(one, one));
        Assert.NotNull(site.Book.Remove(one, one));
        var two = site.Book.Join("Twee", site.Book.Invite(AccountRole.Administrator, null)).Account!.Id;
        Assert.Null(site.Book.Lock(two, one));
        Assert.NotNull(site.Book.Remove(one, one));
        Assert.Null(site.Book.Unlock(two, one));
        Assert.Null(site.Book.Remove(one, two));
        Assert.True(site.Book.HasAdministrator);
    }

    [Fact]
    public async Task The_log_keeps_who_did_what_to_whom_also_when_they_are_gone()
    {
        await using var site = await NetworkSite.Start();
        var chief = site.Book.Join("Chef", site.Book.Invite(AccountRole.Administrator, null)).Account!.Id;
        var anna = site.Book.Join("Anna", site.Book.Invite(AccountRole.Reader, chief)).Account!.Id;
        site.Book.SetRole(anna, AccountRole.Head, chief);
        site.Book.Remove(anna, chief);
        var lines = site.Log.Read(0, 2);
        Assert.Equal([new(site.Clock.Now, chief, "Chef", AccountEvent.Removed, anna, null), new(site.Clock.Now, chief, "Chef", AccountEvent.RoleChanged, anna, null)], lines);
        site.Clock.Now += TimeSpan.FromDays(367);
        site.Book.Invite(AccountRole.Reader, chief);
        Assert.Equal(1, site.Log.Count);
    }

    [Fact]
    public async Task Who_is_signed_in_stays_so_when_the_program_starts_again_and_only_the_owner_reads_the_keys()
    {
        var folder = Directory.CreateTempSubdirectory("again").FullName;
        try
        {
            string cookie;
            int port;
            await using (var site = await NetworkSite.Start(folder: folder))
            {
                port = new Uri(site.Address).Port;
                using var visitor = site.Visitor();
                using var joined = await NetworkSite.Post(visitor, "/nl/account/join", "/nl/account/join", ("Name", "Anna"), ("Invitation", site.Book.Invite(AccountRole.Reader, null)));
                cookie = joined.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-groeilijn-account-", StringComparison.Ordinal)).Split(';')[0];
            }
            // On a free port the cookie's name is random; its value is what must live on.
            await using var again = await NetworkSite.Start(o => o with { Urls = $"https://127.0.0.1:{port}" }, folder);
            using var bare = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { BaseAddress = new Uri(again.Address) };
            using var request = new HttpRequestMessage(HttpMethod.Get, "/nl/account");
            request.Headers.Add("Cookie", $"__Host-groeilijn-account-{port}={cookie.Split('=', 2)[1]}");
            using var answer = await bare.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var keys = Directory.GetFiles(Path.Combine(folder, "keys", "web"));
            Assert.NotEmpty(keys);
            if (!OperatingSystem.IsWindows())
                foreach (var key in (string[])[.. keys, Path.Combine(folder, "accounts.db")]) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    static async Task<HttpStatusCode> Status(HttpClient visitor)
    {
        using var answer = await visitor.GetAsync("/nl/");
        return answer.StatusCode;
    }
}
