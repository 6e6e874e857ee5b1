using System.Net;
using System.Threading.RateLimiting;
using Groeilijn.Sites.Host;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Groeilijn.Sites;

/// <summary>
/// A site: Razor pages on Kestrel, on this computer unless told otherwise. What every site owes its visitors is here once:
/// its own host names only, headers that forbid all but its own style and script, a token on every form, limits, nothing of an
/// upload on disk, a log without values, two languages, and a page in words for whatever goes wrong.
/// </summary>
public static class SiteHost
{
    /// <summary>The rate limit of pages where somebody signs in or opens the site: <c>[EnableRateLimiting(SiteHost.Strict)]</c>.</summary>
    public const string Strict = "strict";

    /// <summary>The most bytes of a form without files.</summary>
    public const int FormLimit = 1 << 20;

    /// <summary>The site, ready to start.</summary>
    public static WebApplication Build(SiteOptions options)
    {
        // An empty builder: no settings file, no environment variable and no command line changes what a site allows.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = options.Pages.GetName().Name, ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls.Split(';')).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = FormLimit;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        });
        Services(builder.Services, options);
        var site = builder.Build();
        Pipeline(site, options);
        return site;
    }

    /// <summary>The first address that a started site listens on.</summary>
    public static string Address(WebApplication site) => site.Urls.First();

    static void Services(IServiceCollection services, SiteOptions options)
    {
        services.AddSingleton(options).AddSingleton(options.Clock).AddSingleton<Assets>().AddSingleton<Launch>().AddSingleton<Faults>();
        services.AddSingleton(provider => new Jobs(provider.GetRequiredService<Faults>().Number));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.AddHttpContextAccessor();
        services.AddScoped<Speech>().AddScoped<Say>(provider => provider.GetRequiredService<Speech>().Say);
        services.AddHostFiltering(filter => (filter.AllowedHosts, filter.AllowEmptyHosts, filter.IncludeFailureMessage) = (["127.0.0.1", "localhost", "[::1]", .. options.Hosts], false, false));
        services.AddDataProtection().SetApplicationName("Groeilijn");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new MemoryKeys());
        services.AddAntiforgery(form => (form.Cookie.Name, form.Cookie.SameSite, form.Cookie.HttpOnly) = ("groeilijn-form-" + options.Instance, SameSiteMode.Strict, true));
        services.AddRateLimiter(limits => Limits(limits, options));
        services.Configure<FormOptions>(form => Uploads.Configure(form, FormLimit));
        services.Configure<RouteOptions>(routes => (routes.LowercaseUrls, routes.ConstraintMap["language"]) = (true, typeof(LanguageConstraint)));
        services.Configure<CookieTempDataProviderOptions>(data => (data.Cookie.Name, data.Cookie.SameSite) = ("groeilijn-message-" + options.Instance, SameSiteMode.Strict));
        services.AddRazorPages(pages => pages.Conventions.AddFolderRouteModelConvention("/", LanguageConstraint.Prefix)).ConfigureApplicationPartManager(parts => Parts(parts, options));
        services.AddSingleton<IConfigureOptions<MvcOptions>, FieldMessages>();
        options.Services?.Invoke(services);
    }

    static void Pipeline(WebApplication site, SiteOptions options)
    {
        var faults = site.Services.GetRequiredService<Faults>();
        site.Use(Headers.Set);
        site.Use(faults.Log);
        site.UseHostFiltering();
        site.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = faults.Answer, SuppressDiagnosticsCallback = _ => true });
        site.UseStatusCodePages(status => Notice.OfStatus(status.HttpContext));
        site.UseRouting();
        site.UseRateLimiter();
        site.Use(Uploads.Limit);
        if (options.ForOneUser) site.Use(OnlyWhoOpened);
        site.MapGet("/assets/{**name}", site.Services.GetRequiredService<Assets>().Serve).WithMetadata(ForAnybody.Instance).DisableRateLimiting();
        if (options.ForOneUser) site.MapGet("/open", Open).WithMetadata(ForAnybody.Instance).RequireRateLimiting(Strict);
        site.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.Vary = "Accept-Language";
            return Results.Redirect($"/{Speech.Preferred(context.Request)}/");
        });
        site.MapGet($"/{{{Speech.RouteKey}:language}}/bezig/{{id}}/stand", JobStream.Follow);
        site.MapRazorPages();
    }

    /// <summary>Only the pages of the site and of this room: another site's pages may be in the same program.</summary>
    static void Parts(ApplicationPartManager parts, SiteOptions options)
    {
        parts.ApplicationParts.Clear();
        foreach (var assembly in new[] { options.Pages, typeof(SiteHost).Assembly }.Distinct())
        {
            parts.ApplicationParts.Add(new AssemblyPart(assembly));
            parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(assembly));
        }
    }

    static void Limits(RateLimiterOptions limits, SiteOptions options)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) => { rejected.HttpContext.Response.Headers.RetryAfter = "60"; return ValueTask.CompletedTask; };
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => PerMinute(context, options.RequestsPerMinute));
        limits.AddPolicy(Strict, context => PerMinute(context, options.AttemptsPerMinute));
    }

    static RateLimitPartition<IPAddress> PerMinute(HttpContext context, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(context.Connection.RemoteIpAddress ?? IPAddress.None, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    static IResult Open(HttpContext context, Launch launch) =>
        launch.TryOpen(context.Request.Query["token"], context.Response) ? Results.Redirect(context.Request.Query["language"] == Speech.English ? "/en/" : context.Request.Query["language"] == Speech.Dutch ? "/nl/" : "/") : new Notice.Result(Notice.OpenAgain);

    static Task OnlyWhoOpened(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ForAnybody>() is not null || context.RequestServices.GetRequiredService<Launch>().IsOpen(context.Request)
            ? next(context) : Notice.Write(context, Notice.OpenAgain);

    /// <summary>Marks what is answered without a session.</summary>
    sealed class ForAnybody
    {
        internal static readonly ForAnybody Instance = new();
    }
}
