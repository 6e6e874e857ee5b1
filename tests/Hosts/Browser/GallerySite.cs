using System.Collections.Concurrent;
using Groeilijn.Hosts.Pages;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Hosts.Browser;

/// <summary>The gallery of parts as a site on a free port, open to whoever asks.</summary>
sealed class GallerySite : IAsyncDisposable
{
    readonly WebApplication _site;

    GallerySite(WebApplication site, ConcurrentQueue<string> log) => (_site, Log, Address) = (site, log, SiteHost.Address(site));

    public string Address { get; }

    public ConcurrentQueue<string> Log { get; }

    public GalleryWork Work => _site.Services.GetRequiredService<GalleryWork>();

    public static async Task<GallerySite> Start(Func<SiteOptions, SiteOptions>? with = null)
    {
        var log = new ConcurrentQueue<string>();
        var options = new SiteOptions
        {
            Name = new("Groeilijn, onderdelen", "Groeilijn, parts"),
            Footer = new("Alleen om te bekijken.", "To look at only."),
            Pages = typeof(GalleryPage).Assembly,
            ForOneUser = false,
            Services = services => services.AddSingleton<GalleryWork>(),
            Log = log.Enqueue,
        };
        var site = SiteHost.Build(with is null ? options : with(options));
        await site.StartAsync();
        return new GallerySite(site, log);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
