using System.Net;
using Groeilijn.School;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Tests.Sites.Accounts;

/// <summary>Who may what: every page and every form of the school's site, for every role, by walking the site's own list of endpoints.</summary>
public class RightsTests
{
    /// <summary>The table as we mean it, written a second time: a right that is given by mistake shows here.</summary>
    static AccountRole? Least(string page, string method, string? handler) => (page, method, handler) switch
    {
        ("/AccountSignIn" or "/AccountJoin", _, _) => null,
        ("/AccountOwn", _, _) => AccountRole.Reader,
        ("/AccountList" or "/AccountLog", _, _) => AccountRole.Administrator,
        ("/Send/Index", "Post", "Approve") => AccountRole.Head,
        ("/Check/Rule" or "/Objections" or "/Consent" or "/PreviewPupils" or "/Inzage/Find", "Post", null) or ("/Inform", "Post", "Look") => AccountRole.Reader,
        (_, "Get", _) => AccountRole.Reader,
        _ => AccountRole.Administrator,
    };

    [Theory]
    [InlineData(AccountRole.Reader)]
    [InlineData(AccountRole.Head)]
    [InlineData(AccountRole.Administrator)]
    public async Task Every_page_and_every_form_is_open_to_whom_it_should_and_refused_to_others(AccountRole role)
    {
        await using var site = await NetworkSite.Start();
        using var visitor = (await site.Join("Iemand", role)).Visitor;
        var refused = 0;
        var walked = await Handlers(site);
        foreach (var (page, path, method, handler) in walked)
        {
            if (Least(page, method, handler) is not { } least) continue;
            var may = role >= least;
            if (method != "Get" && may) continue; // what a form does is for its own tests
            var address = handler is null ? path : $"{path}?handler={handler}";
            using var answer = method == "Get" ? await visitor.GetAsync(address) : await NetworkSite.Post(visitor, "/nl/account", address);
            Assert.True(may != (answer.StatusCode == HttpStatusCode.Forbidden) && answer.StatusCode != HttpStatusCode.BadRequest, $"{role} {method} {address}: {answer.StatusCode}");
            Assert.False(answer.Headers.Location?.ToString().Contains("sign-in", StringComparison.Ordinal) ?? false, address);
            if (!may) { refused++; Assert.Matches("mag u niet doen|mag deze pagina niet bekijken", await answer.Content.ReadAsStringAsync()); }
        }
        Assert.True(walked.Count > 15, "the walk met next to nothing");
        Assert.Equal(role == AccountRole.Administrator, refused == 0);
    }

    [Fact]
    public async Task Every_row_of_the_school_s_table_means_a_form_of_its_page()
    {
        await using var site = await NetworkSite.Start();
        var handlers = await Handlers(site);
        var pages = handlers.Select(h => h.Page).ToHashSet();
        var rows = SchoolNetwork.Rights.Where(row => pages.Contains(row.Page)).ToList();
        Assert.All(rows, row => Assert.Contains(handlers, h => h.Page == row.Page && h.Method == "Post" && (h.Handler ?? "") == row.Handler));
    }

    [Fact]
    public async Task Without_an_account_no_page_and_no_form_answers_but_those_of_coming_in()
    {
        await using var site = await NetworkSite.Start();
        using var visitor = site.Visitor();
        foreach (var (page, path, method, handler) in await Handlers(site))
        {
            if (Least(page, method, handler) is null) continue;
            var address = handler is null ? path : $"{path}?handler={handler}";
            using var answer = method == "Get" ? await visitor.GetAsync(address) : await NetworkSite.Post(visitor, "/nl/account/sign-in", address);
            Assert.Equal(method == "Get" ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_the_table_gives_a_head_is_refused_to_a_reader_and_reached_by_no_other_name_of_the_handler()
    {
        await using var site = await NetworkSite.Start(o => o with { Accounts = o.Accounts! with { Rights = [new("/AccountList", "Withdraw", AccountRole.Head)] } });
        using var head = (await site.Join("Hoofd", AccountRole.Head)).Visitor;
        using var reader = (await site.Join("Lezer", AccountRole.Reader)).Visitor;
        foreach (var (visitor, address, status) in new[]
        {
            (head, "/nl/accounts?handler=Withdraw", HttpStatusCode.Redirect), (head, "/nl/accounts?handler=WITHDRAW", HttpStatusCode.Redirect),
            (reader, "/nl/accounts?handler=Withdraw", HttpStatusCode.Forbidden), (head, "/nl/accounts?handler=Invite", HttpStatusCode.Forbidden),
            (head, "/nl/accounts?handler=Invite&handler=Withdraw", HttpStatusCode.Forbidden), (head, "/NL/accounts?handler=Invite", HttpStatusCode.NotFound),
            (head, "/nl/ACCOUNTS/?handler=Invite", HttpStatusCode.Forbidden),
        })
        {
            using var answer = await NetworkSite.Post(visitor, "/nl/account", address, ("id", "1"));
            Assert.True(status == answer.StatusCode, $"{address}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_form_that_one_may_not_send_is_not_on_the_page()
    {
        await using var site = await NetworkSite.Start(o => o with { Accounts = o.Accounts! with { Rights = [new("/AccountOwn", "Codes", AccountRole.Head)] } });
        using var head = (await site.Join("Hoofd", AccountRole.Head)).Visitor;
        using var reader = (await site.Join("Lezer", AccountRole.Reader)).Visitor;
        Assert.Contains("handler=Codes", await head.GetStringAsync("/nl/account"), StringComparison.Ordinal);
        var page = await reader.GetStringAsync("/nl/account");
        Assert.DoesNotContain("handler=Codes", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Tien nieuwe codes maken", page, StringComparison.Ordinal);
        Assert.Contains("handler=SignOut", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_without_accounts_has_no_pages_for_them()
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        foreach (var path in new[] { "/nl/account", "/nl/account/sign-in", "/nl/account/join", "/nl/accounts", "/nl/accounts/log" })
            Assert.Equal(HttpStatusCode.NotFound, (await user.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://192.168.1.4:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://[::]:0")]
    [InlineData("https://school.example:0")]
    public async Task Without_accounts_no_other_computer_is_let_in(string urls) =>
        await Assert.ThrowsAsync<ArgumentException>(() => RunningSite.Start(o => o with { Urls = urls }));

    [Fact]
    public async Task With_accounts_a_site_speaks_https_or_stands_behind_a_proxy_on_this_computer()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => NetworkSite.Start(o => o with { Urls = "http://127.0.0.1:0" }));
        await Assert.ThrowsAsync<ArgumentException>(() => NetworkSite.Start(o => o with { Accounts = o.Accounts! with { Certificate = null } }));
        await Assert.ThrowsAsync<ArgumentException>(() => NetworkSite.Start(o => o with { ForOneUser = true }));
        await Assert.ThrowsAsync<ArgumentException>(() => NetworkSite.Start(o => o with { Urls = "http://0.0.0.0:0", Accounts = o.Accounts! with { Certificate = null, BehindProxy = true } }));
    }

    [Fact]
    public async Task Behind_a_proxy_only_what_came_over_https_is_answered()
    {
        await using var site = await NetworkSite.Start(o => o with { Urls = "http://127.0.0.1:0", Accounts = o.Accounts! with { Certificate = null, BehindProxy = true } });
        using var visitor = site.Visitor();
        using var plain = await visitor.GetAsync("/nl/account/sign-in");
        Assert.Equal(HttpStatusCode.Forbidden, plain.StatusCode);
        visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        using var secure = await visitor.GetAsync("/nl/account/sign-in");
        Assert.Equal(HttpStatusCode.OK, secure.StatusCode);
        Assert.All(secure.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Every_answer_has_the_headers_of_a_site_over_https_and_a_log_line_without_a_name()
    {
        await using var site = await NetworkSite.Start();
        using var visitor = (await site.Join("ZZZ-SENTINEL", AccountRole.Reader)).Visitor;
        foreach (var path in new[] { "/nl/", "/nl/account", "/nl/accounts", "/nl/nothing", "/nl/account/sign-in" })
        {
            using var answer = await visitor.GetAsync(path);
            Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.DoesNotMatch(@"<style|\sstyle=|\son[a-z]+=|<script(?! src=)", await answer.Content.ReadAsStringAsync());
        }
        Assert.All(site.Lines, line => Assert.DoesNotContain("ZZZ", line, StringComparison.Ordinal));
    }

    static async Task<List<(string Page, string Path, string Method, string? Handler)>> Handlers(NetworkSite site)
    {
        var loader = site.Site.Services.GetRequiredService<PageLoader>();
        var all = new List<(string, string, string, string?)>();
        foreach (var endpoint in site.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) continue;
            var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Filled))));
            var compiled = await loader.LoadAsync(page, endpoint.Metadata);
            all.Add((page.ViewEnginePath, path, "Get", null));
            // A page that overrides OnPageHandlerExecuting has, to the framework, a handler of a method "Page", which no request can have.
            all.AddRange(compiled.HandlerMethods.Where(h => h.HttpMethod != "Page" && (h.HttpMethod != "Get" || h.Name is not null)).Select(h => (page.ViewEnginePath, path, h.HttpMethod, h.Name)));
        }
        return all;
    }

    static string Filled(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternParameterPart { Name: "language" } => "nl",
        _ => "1",
    };
}
