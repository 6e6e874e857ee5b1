using Microsoft.AspNetCore.Http;

namespace Groeilijn.Sites.Host;

/// <summary>
/// What a browser may do with our pages: load style, script, letters and pictures of this site, and nothing else; never from within
/// another site, never inline, and keep no page.
/// </summary>
static class Headers
{
    const string Content =
        "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()";

    internal static Task Set(HttpContext context, RequestDelegate next)
    {
        // At the last moment: the answer to a fault clears what was set before.
        context.Response.OnStarting(Write, context.Response);
        return next(context);
    }

    static Task Write(object state)
    {
        var response = (HttpResponse)state;
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Content;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        if (response.HttpContext.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        // Antiforgery says no-cache of its own; only what we name immutable may be kept.
        if (!headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal)) headers.CacheControl = "no-store";
        headers.Remove("Pragma");
        return Task.CompletedTask;
    }
}
