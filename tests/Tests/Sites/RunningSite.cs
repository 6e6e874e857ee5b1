using System.Collections.Concurrent;
using Groeilijn.Education;
using Groeilijn.School;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Tests.Sites;

/// <summary>A school's site on a real server, a free port and an empty home, with a visitor who keeps cookies.</summary>
sealed class RunningSite : IAsyncDisposable
{
    readonly SchoolHome _home;
    readonly string _folder;

    RunningSite(string folder, SchoolHome home, WebApplication site, ConcurrentQueue<string> log) =>
        (_folder, _home, Site, Log, Address) = (folder, home, site, log, SiteHost.Address(site));

    public WebApplication Site { get; }

    public string Address { get; }

    public ConcurrentQueue<string> Log { get; }

    public Launch Launch => Site.Services.GetRequiredService<Launch>();

    public static async Task<RunningSite> Start(Func<SiteOptions, SiteOptions>? with = null, Action<WebApplication>? also = null)
    {
        var folder = Directory.CreateTempSubdirectory("site").FullName;
        var home = SchoolHome.Open(folder, new SchoolProfile(SchoolLocation.Parse("99XX00").Value, "De Linde"), TimeProvider.System);
        var log = new ConcurrentQueue<string>();
        var options = SchoolSite.Options(home) with { Log = log.Enqueue };
        var site = SchoolSite.Build(home, with is null ? options : with(options));
        also?.Invoke(site);
        await site.StartAsync();
        return new RunningSite(folder, home, site, log);
    }

    /// <summary>A browser without script: keeps cookies, follows nothing by itself.</summary>
    public HttpClient Visitor() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Address) };

    /// <summary>A visitor who came in by the one-time address.</summary>
    public async Task<HttpClient> User()
    {
        var visitor = Visitor();
        (await visitor.GetAsync(Launch.Address(Address))).Dispose();
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        _home.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
