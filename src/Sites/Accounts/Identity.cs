using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Sites.Accounts;

/// <summary>What a site with accounts is made of: ASP.NET Core Identity for passkeys, our own store, cookies of this host only.</summary>
static class Identity
{
    static readonly string[] s_pages = ["/AccountSignIn", "/AccountJoin", "/AccountOwn", "/AccountList", "/AccountLog"];

    internal static void Services(IServiceCollection services, SiteOptions options, AccountOptions accounts)
    {
        services.AddSingleton(accounts.Store).AddSingleton<AccountLog>().AddSingleton<AccountBook>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, cookie => Session.Configure(cookie, options))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie => Session.ConfigureCeremony(cookie, options));
        services.AddIdentityCore<Account>(identity => identity.User.AllowedUserNameCharacters = "").AddUserStore<AccountStore>().AddSignInManager();
        services.Configure<IdentityPasskeyOptions>(passkeys => Passkeys(passkeys, options));
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new KeyFiles(accounts.KeysFolder));
        services.Configure<AntiforgeryOptions>(form => form.Cookie.SecurePolicy = CookieSecurePolicy.Always);
        services.Configure<CookieTempDataProviderOptions>(data => data.Cookie.SecurePolicy = CookieSecurePolicy.Always);
        // Before what a page itself does with a request.
        services.Configure<MvcOptions>(pages => pages.Filters.AddService<Rights>(int.MinValue));
        if (accounts.BehindProxy) services.Configure<ForwardedHeadersOptions>(Proxy);
    }

    /// <summary>A site without accounts has no pages for them.</summary>
    internal static void LeaveOut(PageRouteModel page)
    {
        if (s_pages.Contains(page.ViewEnginePath)) page.Selectors.Clear();
    }

    static void Passkeys(IdentityPasskeyOptions passkeys, SiteOptions options)
    {
        passkeys.UserVerificationRequirement = "required";
        passkeys.ResidentKeyRequirement = "required";
        passkeys.AttestationConveyancePreference = "none";
        passkeys.ServerDomain = options.Hosts.Count > 0 ? options.Hosts[0] : null;
        // The framework would compare with the header Origin, which a form of a page with no-referrer sends as "null".
        passkeys.ValidateOrigin = check => ValueTask.FromResult(!check.CrossOrigin && check.Origin == $"https://{check.HttpContext.Request.Host.Value}");
    }

    /// <summary>Only a proxy on this computer is believed, and only the nearest.</summary>
    static void Proxy(ForwardedHeadersOptions headers)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        headers.KnownProxies.Add(IPAddress.Loopback);
        headers.KnownProxies.Add(IPAddress.IPv6Loopback);
    }
}
