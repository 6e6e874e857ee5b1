using System.Globalization;
using System.Security.Claims;
using Groeilijn.Sites.Host;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Sites.Accounts;

/// <summary>
/// Being signed in: a cookie for eight hours at most and half an hour without a request. The account is read anew at every request, so that a
/// changed role, a closed account or a sign-out elsewhere ends the session at once.
/// </summary>
static class Session
{
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(8), Idle = TimeSpan.FromMinutes(30);

    const string Stamp = "stamp", Since = "since";
    static readonly TimeSpan s_renewal = TimeSpan.FromMinutes(1);

    /// <summary>The account of the visitor; null when not signed in.</summary>
    internal static Account? Of(HttpContext context) => context.Features.Get<Account>();

    internal static Task Open(HttpContext context, Account account, TimeProvider clock) => context.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, account.Id.ToString(CultureInfo.InvariantCulture)),
            new(Stamp, account.Stamp),
            new(Since, clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ], IdentityConstants.ApplicationScheme)));

    internal static void Configure(CookieAuthenticationOptions cookie, SiteOptions options)
    {
        Harden(cookie.Cookie, "account", options);
        (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Idle, true);
        cookie.Events.OnCheckSlidingExpiration = check => { check.ShouldRenew = check.ElapsedTime > s_renewal; return Task.CompletedTask; };
        cookie.Events.OnValidatePrincipal = Validate;
    }

    /// <summary>The state of one passkey being made or shown.</summary>
    internal static void ConfigureCeremony(CookieAuthenticationOptions cookie, SiteOptions options)
    {
        Harden(cookie.Cookie, "passkey", options);
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
    }

    static void Harden(CookieBuilder cookie, string name, SiteOptions options) =>
        (cookie.Name, cookie.HttpOnly, cookie.SecurePolicy, cookie.SameSite, cookie.Path) = ($"__Host-groeilijn-{name}-{options.Instance}", true, CookieSecurePolicy.Always, SameSiteMode.Strict, "/");

    static Task Validate(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var account = Number(context, ClaimTypes.NameIdentifier) is { } id ? services.GetRequiredService<AccountBook>().Find(id) : null;
        if (account is { Locked: false } && account.Stamp == context.Principal?.FindFirstValue(Stamp) && now - Number(context, Since) < Longest.TotalSeconds) context.HttpContext.Features.Set(account);
        else context.RejectPrincipal();
        return Task.CompletedTask;
    }

    static long? Number(CookieValidatePrincipalContext context, string claim) =>
        long.TryParse(context.Principal?.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Only who is signed in, and over HTTPS only; others are sent to sign in, and back after.</summary>
    internal static Task Require(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.IsHttps) return Notice.Write(context, Notice.OnlyHttps);
        if (context.GetEndpoint()?.Metadata.GetMetadata<ForAnybodyAttribute>() is not null || Of(context) is not null) return next(context);
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Headers.Accept == "text/event-stream") return Notice.Write(context, Notice.SignInAgain);
        context.Response.Redirect($"/{new Speech(context).Language}/account/sign-in" + (context.Request.Path.Value is { Length: > 4 } ? QueryString.Create("to", context.Request.Path.Value!) : QueryString.Empty));
        return Task.CompletedTask;
    }
}
