using System.Net;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Tests.Sites;

/// <summary>What every answer carries: headers that forbid all but our own, the language of the address, words for what is not there.</summary>
public class AnswerTests
{
    static readonly (string Header, string Value)[] s_everywhere =
    [
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    [Theory]
    [InlineData("/nl/", HttpStatusCode.OK)]
    [InlineData("/nl/nothing", HttpStatusCode.NotFound)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/open?token=wrong", HttpStatusCode.Forbidden)]
    public async Task Every_answer_has_the_headers_and_is_kept_nowhere(string path, HttpStatusCode status)
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        using var answer = await user.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.All(s_everywhere, header => Assert.Equal(header.Value, Assert.Single(answer.Headers.GetValues(header.Header))));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_browser_may_load_nothing_but_what_is_ours_and_nothing_inline()
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        using var answer = await user.GetAsync("/nl/");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; ");
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.All(policy, part => Assert.Matches(@"^[a-z-]+ '(self|none)'$", part));
        Assert.DoesNotMatch(@"<style|\sstyle=|\son[a-z]+=|<script(?! src=)", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Style_and_letters_have_their_hash_in_the_address_and_may_be_kept_for_ever()
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        var page = await user.GetStringAsync("/nl/");
        var sheet = System.Text.RegularExpressions.Regex.Match(page, "/assets/[0-9a-f]{16}/site.css").Value;
        using var visitor = site.Visitor(); // the page "open again" needs its style too
        using var answer = await visitor.GetAsync(sheet);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        var style = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("asset:", style, StringComparison.Ordinal);
        var letters = System.Text.RegularExpressions.Regex.Matches(style, @"/assets/[0-9a-f]{16}/[\w.-]+\.woff2");
        Assert.Equal(4, letters.Count);
        foreach (System.Text.RegularExpressions.Match font in letters)
        {
            using var letter = await visitor.GetAsync(font.Value);
            Assert.Equal((HttpStatusCode.OK, "font/woff2"), (letter.StatusCode, letter.Content.Headers.ContentType!.MediaType));
        }
        using var other = await visitor.GetAsync(sheet.Replace(sheet[8..24], "0123456789abcdef", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Theory]
    [InlineData("nl-NL,nl;q=0.9,en;q=0.8", "/nl/")]
    [InlineData("en-GB,en;q=0.9,nl;q=0.8", "/en/")]
    [InlineData("nl;q=0.2,en;q=0.7", "/en/")]
    [InlineData("de,fr;q=0.5", "/nl/")]
    [InlineData("de,en;q=0.5", "/en/")]
    [InlineData("", "/nl/")]
    [InlineData("*", "/nl/")]
    public async Task The_bare_address_leads_to_the_language_of_the_browser(string accepts, string path)
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Language", accepts);
        using var answer = await user.SendAsync(request);
        Assert.Equal(path, answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/nl/", "lang=\"nl\"", "href=\"/en/\"")]
    [InlineData("/en/?x=1", "lang=\"en\"", "href=\"/nl/?x=1\"")]
    public async Task A_page_says_its_language_and_links_to_itself_in_the_other(string path, string language, string link)
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        var page = await user.GetStringAsync(path);
        Assert.Contains("<html " + language, page, StringComparison.Ordinal);
        Assert.Contains(link, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/de/")]
    [InlineData("/nlx/")]
    [InlineData("/index")]
    [InlineData("/nl/bezig/0000")]
    public async Task What_is_not_there_is_said_in_words(string path)
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        using var answer = await user.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Deze pagina bestaat niet", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_has_method_route_and_status_and_nothing_that_was_asked()
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        (await user.GetAsync("/nl/?name=Jansen")).Dispose();
        (await user.GetAsync("/nl/bezig/900000119")).Dispose();
        (await user.GetAsync("/nl/Jansen")).Dispose();
        Assert.Contains(site.Log, line => line.EndsWith(" GET /{language:language} 200", StringComparison.Ordinal));
        Assert.Contains(site.Log, line => line.EndsWith(" GET /{language:language}/bezig/{id} 404", StringComparison.Ordinal));
        Assert.Contains(site.Log, line => line.EndsWith(" GET - 404", StringComparison.Ordinal));
        Assert.All(site.Log, line => Assert.DoesNotMatch("Jansen|900000119|token", line));
    }

    [Fact]
    public async Task A_body_that_is_too_large_for_a_form_is_refused_in_words()
    {
        await using var site = await RunningSite.Start();
        using var user = await site.User();
        using var answer = await user.PostAsync("/nl/", new ByteArrayContent(new byte[SiteHost.FormLimit + 1]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("te groot", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Razor pages refuse a POST without a token of their own accord; so it is enough that nothing else takes one and none is excepted.</summary>
    [Fact]
    public async Task Nothing_but_pages_takes_a_form_and_no_page_is_excepted_from_the_token()
    {
        await using var site = await RunningSite.Start();
        var endpoints = site.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        Assert.All(endpoints, endpoint => Assert.True(endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null || endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: ["GET"] }, endpoint.DisplayName));
        var models = new[] { typeof(Groeilijn.School.SchoolSite).Assembly, typeof(SiteHost).Assembly }.SelectMany(a => a.GetTypes()).Where(t => t.IsSubclassOf(typeof(PageModel)) && !t.IsAbstract).ToList();
        Assert.NotEmpty(models);
        Assert.All(models, model => Assert.False(Attribute.IsDefined(model, typeof(IgnoreAntiforgeryTokenAttribute)), model.Name));
        Assert.All(models, model => Assert.True(model.IsSubclassOf(typeof(SitePage)), model.Name));
    }
}
