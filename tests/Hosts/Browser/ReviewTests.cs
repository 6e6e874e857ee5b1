using Groeilijn.Office;
using Groeilijn.Review;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>Two people give the key, link, and review, each without the other, on the pages of the linking process.</summary>
public sealed class ReviewTests(Chromium chromium)
{
    [Fact]
    public async Task From_the_two_shares_to_the_end_by_keyboard()
    {
        await using var desk = await ReviewDesk.Start();
        var page = await desk.Visit(chromium);
        await Look(page, "review-key");
        await page.GetByLabel("Bestand met uw deel").SetInputFilesAsync(desk.ShareFile(1));
        await page.GetByRole(AriaRole.Button, new() { Name = "Eerste deel geven" }).ClickAsync();
        await page.GetByText("Het eerste deel is aangenomen.").WaitForAsync();
        await page.GetByLabel("Of plak de regel").FillAsync(desk.Share(2));
        await page.GetByRole(AriaRole.Button, new() { Name = "Tweede deel geven" }).ClickAsync();
        await page.GetByText("Er wachten 2 leveringen.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Koppelen" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Per school" }).WaitForAsync();
        Assert.Equal(1, await page.GetByText("Lager dan elders").CountAsync());
        await Look(page, "review-round");

        await Review(page, "Eva", "k", "n");
        await page.GetByText("Een sessie is afgesloten").WaitForAsync();
        await page.GetByLabel("Uw naam").FillAsync("Eva");
        await Review(page, "Fatima", "k", "w");
        await page.GetByText("Door beiden gekoppeld: 1;").WaitForAsync();
        await page.GetByText("Het beoordelen is klaar.").WaitForAsync();
        Assert.Equal(RoundState.Reviewed, Rounds.Find(desk.Home, ReviewDesk.Edition)!.State);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sleutel vergeten en stoppen" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Afgesloten" }).WaitForAsync();
        await Look(page, "review-end");
        Assert.Equal(KeyStep.First, desk.Room.Step);
        for (var i = 0; i < 100 && !desk.Stopped; i++) await Task.Delay(100);
        Assert.True(desk.Stopped);
    }

    /// <summary>One reviewer's session with one key for each pair, a look at the page, one verdict taken back.</summary>
    static async Task Review(IPage page, string name, string first, string second)
    {
        await page.GetByLabel("Uw naam").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Beginnen met beoordelen" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Paar 1 van 3" }).WaitForAsync();
        Assert.DoesNotContain("kans op", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal); // no opinion before the verdict
        await Look(page, "review-pair-" + name);
        Assert.DoesNotContain(ReviewDesk.Bsn(7), await page.ContentAsync(), StringComparison.Ordinal);
        await Press(page, second);
        await page.GetByText("Uw vorige oordeel").WaitForAsync();
        await Press(page, "t");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Paar 1 van 3" }).WaitForAsync();
        await Press(page, first);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Paar 2 van 3" }).WaitForAsync();
        await Press(page, second);
        await page.GetByText("Verschilt op").First.WaitForAsync();
        await Look(page, "review-pair-differs-" + name);
        await Press(page, second);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Alle paren zijn beoordeeld" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sessie afsluiten" }).ClickAsync();
    }

    [Fact]
    public async Task Without_script_in_English_on_a_telephone_with_buttons_alone()
    {
        await using var desk = await ReviewDesk.Start();
        var page = await desk.Visit(chromium, "en", script: false, width: 320);
        foreach (var share in new[] { 1, 2 })
        {
            await page.GetByLabel("Or paste the line").FillAsync(desk.Share(share));
            await page.GetByRole(AriaRole.Button, new() { Name = "Give the" }).ClickAsync();
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Link", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "By school" }).WaitForAsync();
        await Chromium.Fits(page);
        await Chromium.Shot(page, "review-round-en-320");
        await page.GetByLabel("Your name").FillAsync("Eva");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin to review" }).ClickAsync();
        await page.GetByText("The school does not have it.").WaitForAsync();
        await Chromium.Fits(page);
        await Chromium.Shot(page, "review-pair-en-320");
        await page.GetByRole(AriaRole.Button, new() { Name = "Do not link" }).ClickAsync();
        await page.GetByText("Pair 2 of 3").First.WaitForAsync();
    }

    [Fact]
    public async Task A_wrong_share_is_refused_in_words_and_not_shown_again()
    {
        await using var desk = await ReviewDesk.Start();
        var page = await desk.Visit(chromium);
        await page.GetByLabel("Of plak de regel").FillAsync("SENTINEL-123456782");
        await page.GetByRole(AriaRole.Button, new() { Name = "Eerste deel geven" }).ClickAsync();
        await page.GetByText("Dit is geen deel van een sleutel.").First.WaitForAsync();
        Assert.DoesNotContain("SENTINEL", await page.ContentAsync(), StringComparison.Ordinal);
        await Look(page, "review-key-wrong");
        foreach (var _ in new[] { 1, 2 })
        {
            await page.GetByLabel("Of plak de regel").FillAsync(desk.Share(1));
            await page.GetByRole(AriaRole.Button, new() { Name = "deel geven" }).ClickAsync();
        }
        await page.GetByText("Dit zijn niet de twee delen van één sleutel.").First.WaitForAsync();
        Assert.Equal(KeyStep.First, desk.Room.Step);
    }

    [Fact]
    public async Task After_a_quarter_of_an_hour_without_anybody_the_key_is_forgotten_and_the_verdicts_are_kept()
    {
        await using var desk = await ReviewDesk.Start();
        var page = await desk.Visit(chromium);
        foreach (var share in new[] { 1, 2 })
        {
            await page.GetByLabel("Of plak de regel").FillAsync(desk.Share(share));
            await page.GetByRole(AriaRole.Button, new() { Name = "deel geven" }).ClickAsync();
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Koppelen" }).ClickAsync();
        await page.GetByLabel("Uw naam").FillAsync("Eva");
        await page.GetByRole(AriaRole.Button, new() { Name = "Beginnen met beoordelen" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Paar 1 van 3" }).WaitForAsync();
        await Press(page, "k");
        await page.GetByText("Uw vorige oordeel").WaitForAsync();
        desk.Clock.Now += ReviewRoom.Idle - TimeSpan.FromSeconds(1);
        await page.ReloadAsync();
        Assert.Equal(KeyStep.Held, desk.Room.Step);
        desk.Clock.Now += ReviewRoom.Idle;
        await page.ReloadAsync();
        await page.GetByText("De sleutel is vergeten").WaitForAsync();
        Assert.Equal(1, Reviews.Status(desk.Home, ReviewDesk.Edition)!.Judged1);
        await Look(page, "review-forgotten");
    }

    [Fact]
    public async Task Nobody_comes_in_without_the_one_time_address()
    {
        await using var desk = await ReviewDesk.Start();
        await desk.Visit(chromium);
        var stranger = await chromium.Page("http://127.0.0.1");
        var response = await stranger.GotoAsync((await desk.Visit(chromium)).Url);
        Assert.True(response!.Status is >= 400 and < 500, $"{response.Status}");
    }

    /// <summary>A key, once the page listens: the part with the verdicts has the focus.</summary>
    static async Task Press(IPage page, string key)
    {
        await page.WaitForLoadStateAsync(LoadState.Load);
        await page.WaitForFunctionAsync("document.activeElement?.hasAttribute('data-keys')");
        await page.Keyboard.PressAsync(key);
    }

    static async Task Look(IPage page, string name)
    {
        await Chromium.Axe(page);
        await Chromium.Shot(page, name);
    }
}
