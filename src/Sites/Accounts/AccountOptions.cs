using System.Net;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Storage;

namespace Groeilijn.Sites.Accounts;

/// <summary>What a site needs to let more people in than the one who started it, from other computers.</summary>
public sealed record AccountOptions
{
    /// <summary>Where accounts are kept: a database opened with the scripts of this assembly.</summary>
    public required Database Store { get; init; }

    /// <summary>The folder of the keys of cookies and forms, for the owner's eyes only, so that sessions survive a restart.</summary>
    public required string KeysFolder { get; init; }

    /// <summary>What may be done by whom where the rule is not the usual one.</summary>
    public IReadOnlyList<Right> Rights { get; init; } = [];

    /// <summary>The duties into which the site divides its work. With them nothing is open that the table does not open, and an administrator only arranges the accounts.</summary>
    public IReadOnlyList<Duty> Duties { get; init; } = [];

    /// <summary>Whose accounts they are.</summary>
    public Spoken Whose { get; init; } = new("de school", "the school");

    /// <summary>The certificate with its key by which the site speaks HTTPS; null behind a proxy.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether a proxy on this computer speaks HTTPS for the site, and says so with <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c>.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Why a site with these options may not listen; null when it may.</summary>
    internal static string? Objection(SiteOptions options)
    {
        var urls = options.Urls.Split(';');
        var local = urls.All(IsLocal);
        if (options.Accounts is not { } accounts) return local ? null : "Other computers may reach a site only with accounts.";
        if (options.ForOneUser) return "A site is for one user or for those with an account, not both.";
        if (accounts.BehindProxy) return local ? null : "Behind a proxy a site listens on this computer only.";
        return accounts.Certificate is { HasPrivateKey: true } && urls.All(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) ? null : "With accounts a site speaks HTTPS: give a certificate with its key.";
    }

    /// <summary>Whether only this computer reaches an address.</summary>
    public static bool IsLocal(string url) =>
        Uri.TryCreate(url.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("+", "0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
