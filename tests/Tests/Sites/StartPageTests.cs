using Groeilijn.School;
using Groeilijn.Sites;
using Groeilijn.Tests.School;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Tests.Sites;

/// <summary>The start page says how far the school is, from what its home holds.</summary>
public class StartPageTests
{
    [Fact]
    public async Task Each_step_that_is_taken_shows_as_done_and_the_next_as_the_one_to_do()
    {
        using var home = new TestHome();
        Assert.Equal("now later later later later later later", await States(home));
        home.Import(Export.Usual());
        Assert.Equal("done now later later later later later", await States(home));
        home.Inform();
        Assert.Equal("done done done done now later later", await States(home));
        home.Preview();
        Assert.Equal("done done done done done now later", await States(home));
    }

    [Fact]
    public async Task It_counts_pupils_and_names_none()
    {
        using var home = new TestHome();
        home.Import(Export.Usual());
        var page = await Page(home);
        Assert.Contains("3 leerlingen ingelezen.", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("Verzonnen0|Kind0|900000119|1234", page);
    }

    static async Task<string> States(TestHome home) =>
        string.Join(' ', System.Text.RegularExpressions.Regex.Matches(await Page(home), "step step--([a-z]+)").Select(m => m.Groups[1].Value));

    static async Task<string> Page(TestHome home)
    {
        await using var site = SchoolSite.Build(home.Home, SchoolSite.Options(home.Home));
        await site.StartAsync();
        using var user = new HttpClient();
        return await user.GetStringAsync(site.Services.GetRequiredService<Launch>().Address(SiteHost.Address(site), "nl"));
    }
}
