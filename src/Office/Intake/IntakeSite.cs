using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Groeilijn.Office;

/// <summary>Where schools reach the intake.</summary>
public sealed record IntakePlace
{
    /// <summary>Where to listen; port 0 is any free port. The default is this computer only.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>Names by which schools reach it besides those of this computer itself.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The certificate with its key by which it speaks HTTPS; null on this computer alone, or behind a proxy on it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>How much it takes.</summary>
    public UploadLimits Limits { get; init; } = new();

    /// <summary>Takes one line per request: method, route and status. Never a name or an address.</summary>
    public Action<string>? Log { get; init; }
}

/// <summary>
/// The one place of the office that schools reach: a server of its own, apart from the console, that takes sealed files and gives receipts and answers. It has
/// no pages, no cookies and no accounts, and lists nothing: who knows the hash of a sealed file may have what was said of it.
/// </summary>
public static partial class IntakeSite
{
    /// <summary>The path of a round's uploads, as it stands in its notice: <c>https://host/tus/2023-1</c>.</summary>
    public const string Path = "/tus";

    /// <summary>The server, ready to start.</summary>
    /// <exception cref="ArgumentException">Files would travel unencrypted.</exception>
    public static WebApplication Build(OfficeHome home, IntakePlace place)
    {
        if (place.Certificate is null ? !place.Urls.Split(';').All(Sites.Accounts.AccountOptions.IsLocal) : !place.Urls.Split(';').All(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException("The intake speaks HTTPS, or listens on this computer only.", nameof(place));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(IntakeSite).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls(place.Urls.Split(';')).ConfigureKestrel(kestrel =>
        {
            if (place.Certificate is { } certificate) kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = place.Limits.Small;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        });
        Services(builder.Services, place);
        var site = builder.Build();
        Pipeline(site, home, place);
        return site;
    }

    static void Services(IServiceCollection services, IntakePlace place)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.AddRouting();
        services.AddHostFiltering(filter => (filter.AllowedHosts, filter.AllowEmptyHosts, filter.IncludeFailureMessage) = (["127.0.0.1", "localhost", "[::1]", .. place.Hosts], false, false));
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = (rejected, _) => { rejected.HttpContext.Response.Headers.RetryAfter = "60"; return ValueTask.CompletedTask; };
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress ?? IPAddress.None, _ => new FixedWindowRateLimiterOptions { PermitLimit = place.Limits.RequestsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    static void Pipeline(WebApplication site, OfficeHome home, IntakePlace place)
    {
        var uploads = new Uploads(home, place.Limits);
        uploads.Recover();
        var tus = new TusEndpoint(uploads);
        if (place.Certificate is null) site.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        site.Use((context, next) => Watched(context, next, place.Log, home.Clock));
        site.UseHostFiltering();
        site.UseRouting();
        site.UseRateLimiter();
        site.Map(Path + "/{edition}", (HttpContext context, string edition) => IsRound(home, edition) ? tus.Round(context, edition) : NotHere(context));
        site.Map(Path + "/{edition}/{id:regex(^[0-9a-f]{{32}}$)}", (HttpContext context, string edition, string id) => tus.One(context, edition, id));
        site.MapGet(Path + "/{edition}/{sha256:regex(^[0-9a-f]{{64}}$)}/{what}", (HttpContext context, string edition, string sha256, string what) => Give(home, context, sha256, what));
    }

    /// <summary>What was said of a sealed file: <c>receipt.json</c>, <c>linked.answer.json</c>, each with its <c>.p7s</c>. It goes to who knows the hash of the file, and is signed.</summary>
    static Task Give(OfficeHome home, HttpContext context, string sha256, string what)
    {
        if (Asked().Match(what) is not { Success: true } asked) return NotHere(context);
        var signature = asked.Groups["ending"].Value == "p7s";
        var (table, column, where) = asked.Groups["outcome"] is { Success: true, Value: var outcome }
            ? ("answers", signature ? "signature" : "answer", "about = @sha256 AND outcome = @outcome")
            : ("deliveries", signature ? "receipt_signature" : "receipt", "ciphertext = @sha256");
        if (home.Database.ReadOne<byte[]>($"SELECT {column} FROM {table} WHERE {where}", new { sha256, outcome = asked.Groups["outcome"].Value }) is not { } content) return NotHere(context);
        context.Response.ContentType = signature ? "application/pkcs7-signature" : "application/json";
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    static bool IsRound(OfficeHome home, string edition) => Education.Edition.Parse(edition) is { Ok: true, Value: var parsed } && Rounds.Find(home, parsed) is not null;

    static Task NotHere(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>A fault of ours is 500 without a word; its kind goes to the log, with the method, the route and the status of every answer.</summary>
    static async Task Watched(HttpContext context, RequestDelegate next, Action<string>? log, TimeProvider clock)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.IsHttps) context.Response.Headers.StrictTransportSecurity = "max-age=31536000";
        var fault = "";
        try { await next(context); }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted) { context.Response.StatusCode = bad.StatusCode; }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested) { fault = " line broke"; }
        catch (Exception broken) when (!context.Response.HasStarted)
        {
            (context.Response.StatusCode, fault) = (StatusCodes.Status500InternalServerError, " " + broken.GetType().Name);
        }
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
        log?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{OfficeHome.Text(clock.GetUtcNow())} {context.Request.Method} {route} {context.Response.StatusCode}{fault}"));
    }

    [GeneratedRegex(@"\A(?:receipt|(?<outcome>[a-z-]{1,40})\.answer)\.(?<ending>json|p7s)\z")]
    private static partial Regex Asked();
}
