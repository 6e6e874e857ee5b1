using System.Net;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Office;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;
using Groeilijn.Storage;
using Groeilijn.Tests.Sites.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Tests.Office;

/// <summary>Who may what on the console: every page and every handler, for every duty, by walking the site's own list of endpoints.</summary>
public sealed class ConsoleRightsTests : IAsyncLifetime
{
    const string C = OfficeDuties.Custodian, L = OfficeDuties.Linker, K = OfficeDuties.KeyHolder, A = OfficeDuties.Analyst, H = OfficeDuties.Checker;
    const string Administrator = "administrator", Anybody = "anybody", AnyAccount = "any account";
    static readonly X509Certificate2 s_certificate = NetworkSite.Certificate("localhost");

    readonly SmallOffice _office = new();
    Database _accounts = null!;
    WebApplication _site = null!;
    AccountBook Book => _site.Services.GetRequiredService<AccountBook>();

    public async ValueTask InitializeAsync()
    {
        _office.School("99AA00");
        _office.Open();
        _accounts = OfficeSite.OpenAccounts(_office.Home);
        _site = OfficeSite.Build(_office.Home, OfficeProgram.Same(_office.Home.Folder), OfficeSite.Options(_office.Home, _accounts, new("localhost", "https://127.0.0.1:0", s_certificate)) with { AttemptsPerMinute = 10_000, RequestsPerMinute = 100_000 });
        await _site.StartAsync();
        Book.Join("Eerste beheerder", Book.Invite(AccountRole.Administrator, null));
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _accounts.Dispose();
        _office.Dispose();
    }

    /// <summary>The table as we mean it, written a second time: a right that is given by mistake shows here.</summary>
    static string[] Who(string page, string method, string? handler) => (page, method, handler) switch
    {
        ("/AccountSignIn" or "/AccountJoin", _, _) => [Anybody],
        ("/AccountOwn", _, _) or ("/Index" or "/Job", "Get", null) => [AnyAccount],
        ("/AccountList", _, _) or ("/AccountLog", "Get", _) => [Administrator],
        ("/Job", "Post", "Cancel") => [C, K],
        ("/Rounds" or "/Round", "Get", null) => [C, L, K],
        ("/Rounds", "Post", "Propose") or ("/Round", "Post", "Close" or "OpenAgain") or ("/Round", "Get", "Notice") => [C],
        ("/Rounds", "Post", "Accept") => [K],
        ("/Rounds", "Post", "Withdraw") => [C, K],
        ("/Rounds", "Post", "Open") => [], // only at the office's own computer
        ("/Deliveries" or "/Schools" or "/School", "Get", null) => [C, L],
        ("/Deliveries", "Get", "Reminders") or ("/Enrol", _, _) or ("/School", "Post", "Revoke") => [C],
        ("/Linking", "Get", null) => [C, L, A],
        ("/Learned", "Get", null) => [C, L, A],
        ("/Reports", "Get", null) => [C, A, H],
        ("/Reports", "Post", null or "Correct") => [A],
        ("/HeldReport", "Get", null) => [C, A, H],
        ("/HeldReport", "Post", "Permit") => [C],
        ("/HeldReport", "Post", "Agree") => [H],
        ("/HeldReport", "Post", "End") => [C, H],
        ("/HeldReportShown", "Get", null) => [A],
        ("/Review", "Get", null) => [L],
        ("/Destruction", "Get", null) => [C, K],
        ("/Destruction", "Get", "Certificate") => [C, K, H],
        ("/Destruction", "Post", "Approve" or "Withdraw" or "Continue") => [K],
        ("/Withdrawals", "Get", null) or ("/Register", _, null) => [C],
        ("/Cohort", "Get", null) => [C, A, H],
        ("/Ledger", "Get", null) or ("/Ledger", "Post", "Verify") => [C, H],
        ("/Views", "Get", null) => [H],
        _ => throw new InvalidOperationException($"{page} {method} {handler} is in no table."),
    };

    [Theory]
    [InlineData(C)]
    [InlineData(L)]
    [InlineData(K)]
    [InlineData(A)]
    [InlineData(H)]
    [InlineData(Administrator)]
    [InlineData("none")]
    public async Task Every_page_and_every_handler_is_open_to_whom_it_should_and_refused_to_others(string duty)
    {
        using var visitor = await Join("Iemand", duty == Administrator ? AccountRole.Administrator : AccountRole.Reader, duty is Administrator or "none" ? [] : [duty]);
        var (refused, open) = (0, 0);
        foreach (var (page, path, method, handler) in await Handlers())
        {
            var who = Who(page, method, handler);
            if (who.Contains(Anybody)) continue;
            var may = who.Contains(AnyAccount) || who.Contains(duty);
            if (method != "Get" && may) { open++; continue; } // what a form does is for its own tests
            var address = handler is null ? path : $"{path}?handler={handler}";
            using var answer = method == "Get" ? await visitor.GetAsync(address) : await NetworkSite.Post(visitor, "/nl/account", address);
            Assert.True(may != (answer.StatusCode == HttpStatusCode.Forbidden) && (int)answer.StatusCode < 500, $"{duty} {method} {address}: {answer.StatusCode}");
            if (may) open++;
            else refused++;
        }
        Assert.True(refused > 0 && open > 3, $"{refused} refused, {open} open");
    }

    [Fact]
    public async Task Signed_out_and_with_a_closed_account_nothing_answers_but_coming_in()
    {
        using var stranger = Visitor();
        using var stopped = await Join("Gestopt", AccountRole.Reader, [C, L, K, A, H]);
        Assert.Equal(HttpStatusCode.OK, (await stopped.GetAsync("/nl/rounds")).StatusCode);
        Book.Lock(Book.All.Single(a => a.Name == "Gestopt").Id, 1);
        foreach (var (page, path, method, handler) in await Handlers())
        {
            if (Who(page, method, handler).Contains(Anybody)) continue;
            var address = handler is null ? path : $"{path}?handler={handler}";
            foreach (var visitor in new[] { stranger, stopped })
            {
                using var answer = method == "Get" ? await visitor.GetAsync(address) : await NetworkSite.Post(visitor, "/nl/account/sign-in", address);
                Assert.True(answer.StatusCode == (method == "Get" ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized), $"{method} {address}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Every_row_of_the_table_means_a_handler_that_there_is()
    {
        var handlers = await Handlers();
        Assert.All(OfficeDuties.Table, row => Assert.Contains(handlers, h => h.Page == row.Page && (row.Handler is null ? h is { Method: "Get", Handler: null }
            : row.Handler.StartsWith("get:", StringComparison.Ordinal) ? h.Method == "Get" && h.Handler == row.Handler[4..] : h.Method == "Post" && (h.Handler ?? "") == row.Handler)));
    }

    [Fact]
    public async Task What_somebody_looks_at_is_logged_by_account_page_and_object_and_goes_after_a_year()
    {
        using var visitor = await Join("Kijker", AccountRole.Reader, [C]);
        (await visitor.GetAsync("/nl/rounds/2023-2/deliveries?q=ZZZ-SENTINEL")).Dispose();
        (await visitor.GetAsync("/nl/schools/99AA00")).Dispose();
        (await visitor.GetAsync("/nl/views")).Dispose(); // refused: nothing was shown
        var lines = ViewLog.Read(_office.Home, 0, 10);
        var id = Book.All.Single(a => a.Name == "Kijker").Id;
        Assert.Equal([("/School", "99AA00"), ("/Deliveries", "2023-2")], lines.Where(l => l.Account == id).Select(l => (l.Page, l.Object)).Take(2));
        Assert.DoesNotContain(lines, l => l.Page == "/Views" || l.Object.Contains("ZZZ", StringComparison.Ordinal));
        _office.Clock.Now += TimeSpan.FromDays(367);
        ViewLog.RemoveOld(_office.Home);
        Assert.Equal(0, ViewLog.Count(_office.Home));
    }

    [Fact]
    public async Task A_form_that_one_may_not_send_is_not_on_the_page()
    {
        using var linker = await Join("Koppelaar", AccountRole.Reader, [L]);
        using var custodian = await Join("Beheer", AccountRole.Reader, [C]);
        Assert.DoesNotContain("handler=Close", await linker.GetStringAsync("/nl/rounds/2023-2"), StringComparison.Ordinal);
        Assert.Contains("handler=Close", await custodian.GetStringAsync("/nl/rounds/2023-2"), StringComparison.Ordinal);
    }

    async Task<HttpClient> Join(string name, AccountRole role, IEnumerable<string> duties)
    {
        var visitor = Visitor();
        (await NetworkSite.Post(visitor, "/nl/account/join", "/nl/account/join", ("Name", name), ("Invitation", Book.Invite(role, null, duties)))).Dispose();
        return visitor;
    }

    HttpClient Visitor() => new(new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == s_certificate.Thumbprint }) { BaseAddress = new Uri(SiteHost.Address(_site)) };

    async Task<List<(string Page, string Path, string Method, string? Handler)>> Handlers()
    {
        var loader = _site.Services.GetRequiredService<PageLoader>();
        var all = new List<(string, string, string, string?)>();
        foreach (var endpoint in _site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) continue;
            var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Filled))));
            var compiled = await loader.LoadAsync(page, endpoint.Metadata);
            all.Add((page.ViewEnginePath, path, "Get", null));
            all.AddRange(compiled.HandlerMethods.Where(h => h.HttpMethod != "Page" && (h.HttpMethod != "Get" || h.Name is not null)).Select(h => (page.ViewEnginePath, path, h.HttpMethod, h.Name)));
        }
        Assert.True(all.Count > 40, $"{all.Count} handlers");
        return all;
    }

    static string Filled(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternParameterPart { Name: "language" } => "nl",
        RoutePatternParameterPart { Name: "edition" } => "2023-2",
        RoutePatternParameterPart { Name: "school" } => "99AA00",
        _ => "1",
    };
}
