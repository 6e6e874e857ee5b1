using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Groeilijn.School;

/// <summary>The school's pages on the school's own computer, for the one user who started the program.</summary>
public static class SchoolSite
{
    static readonly Spoken s_name = new("Groeilijn voor scholen", "Groeilijn for schools");
    static readonly Spoken s_footer = new(
        "Dit programma draait op deze computer. Er gaat niets weg totdat u zelf een levering verstuurt.",
        "This program runs on this computer. Nothing leaves it until you send a delivery yourself.");

    /// <summary>The site of a home, ready to start.</summary>
    /// <param name="home">The school's home; the site does not dispose it.</param>
    /// <param name="options">Where to listen and what to allow; what is the school's own is filled in here.</param>
    public static WebApplication Build(SchoolHome home, SiteOptions options) => SiteHost.Build(options with
    {
        Services = services =>
        {
            services.AddSingleton(home);
            options.Services?.Invoke(services);
        },
    });

    /// <summary>Options of a school's site: its name, its pages, this computer only.</summary>
    public static SiteOptions Options(SchoolHome home) => new() { Name = s_name, Footer = s_footer, Pages = typeof(SchoolSite).Assembly, Clock = home.Clock };

    /// <summary>Serves the pages until told to stop.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="urls">Where to listen; null is this computer on a free port.</param>
    /// <param name="language"><c>nl</c> or <c>en</c>: the language of the first page.</param>
    /// <param name="launchAddress">Is given the one-time address with which the user comes in, once the site listens.</param>
    /// <param name="log">Takes a line per request, without a value; null for no log.</param>
    /// <param name="stop">Stops the site.</param>
    public static async Task RunAsync(SchoolHome home, string? urls, string language, Action<string> launchAddress, Action<string>? log, CancellationToken stop)
    {
        var options = Options(home) with { Log = log };
        await using var site = Build(home, urls is null ? options : options with { Urls = urls });
        await site.StartAsync(stop);
        launchAddress(site.Services.GetRequiredService<Launch>().Address(SiteHost.Address(site), language));
        await site.WaitForShutdownAsync(stop);
    }
}
