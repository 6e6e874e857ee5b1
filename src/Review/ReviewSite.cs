using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Groeilijn.Review;

/// <summary>The pages of the linking process: on this computer only, for whoever opens the one-time address, until the session ends.</summary>
public static class ReviewSite
{
    static readonly Spoken s_name = new("Groeilijn, koppelen", "Groeilijn, linking");
    static readonly Spoken s_footer = new(
        "Dit programma draait alleen op deze computer, en zo lang als u het nodig hebt. Aan het eind is de sleutel vergeten.",
        "This program runs on this computer only, for as long as you need it. At the end the key is forgotten.");

    /// <summary>The site of a room, ready to start.</summary>
    /// <param name="room">The process's key, linking and review; the site does not dispose it.</param>
    /// <param name="options">Where to listen and what to allow.</param>
    public static WebApplication Build(ReviewRoom room, SiteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return SiteHost.Build(options with
        {
            Services = services =>
            {
                services.AddSingleton(room);
                services.Configure<MvcOptions>(pages => pages.Filters.Add(new Presence(room)));
                options.Services?.Invoke(services);
            },
        });
    }

    /// <summary>Options of this site: its name, its pages, this computer only; an upload is a share of a key.</summary>
    public static SiteOptions Options(TimeProvider clock) => new() { Name = s_name, Footer = s_footer, Pages = typeof(ReviewSite).Assembly, Clock = clock, UploadLimit = 1 << 20 };

    /// <summary>Serves the pages until the session ends or the program is stopped.</summary>
    /// <param name="room">The process's room.</param>
    /// <param name="language"><c>nl</c> or <c>en</c>: the language of the first page; null for what the browser prefers.</param>
    /// <param name="launchAddress">Is given the one-time address once the site listens.</param>
    /// <param name="log">Takes a line per request, without a value; null for no log.</param>
    /// <param name="stop">Stops the site.</param>
    public static async Task RunAsync(ReviewRoom room, string? language, Action<string> launchAddress, Action<string>? log, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(launchAddress);
        await using var site = Build(room, Options(room.Home.Clock) with { Log = log });
        await site.StartAsync(stop);
        launchAddress(site.Services.GetRequiredService<Launch>().Address(SiteHost.Address(site), language));
        await site.WaitForShutdownAsync(stop);
        room.Forget();
        room.Home.Sequence();
    }

    /// <summary>Every page that is asked for says that somebody is there.</summary>
    sealed class Presence(ReviewRoom room) : IPageFilter
    {
        public void OnPageHandlerSelected(PageHandlerSelectedContext context) => room.Touch();

        public void OnPageHandlerExecuting(PageHandlerExecutingContext context) { }

        public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
    }
}
