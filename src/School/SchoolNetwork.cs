using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;
using Groeilijn.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Groeilijn.School;

/// <summary>How the school's pages are reached from other computers of the school.</summary>
/// <param name="Host">The name by which browsers reach this computer; passkeys belong to it.</param>
/// <param name="Urls">Where to listen.</param>
/// <param name="Certificate">The certificate of that name with its key; null behind a proxy on this computer that speaks HTTPS.</param>
/// <param name="Invite">Whether to invite one more administrator, also when there is one.</param>
public sealed record NetworkPlace(string Host, string Urls, X509Certificate2? Certificate, bool Invite = false);

/// <summary>The school's pages on the school's network, for those with an account. On one computer for one user nothing of this is there.</summary>
public static class SchoolNetwork
{
    static readonly Spoken s_footer = new(
        "Dit programma draait op een computer van de school. Er gaat niets weg totdat de school zelf een levering verstuurt.",
        "This program runs on a computer of the school. Nothing leaves it until the school sends a delivery itself.");

    /// <summary>
    /// What differs from the rule that everybody looks and only an administrator sends a form: the head approves, and who may look may also search
    /// by a form, for no pupil's name may stand in an address.
    /// </summary>
    internal static IReadOnlyList<Right> Rights { get; } =
    [
        new("/Send/Index", "Approve", AccountRole.Head),
        new("/Check/Rule", "", AccountRole.Reader),
        new("/Inform", "Look", AccountRole.Reader),
        new("/Objections", "", AccountRole.Reader),
        new("/Consent", "", AccountRole.Reader),
        new("/PreviewPupils", "", AccountRole.Reader),
        new("/Inzage/Find", "", AccountRole.Reader),
    ];

    /// <summary>The database of accounts of a home. Dispose it.</summary>
    public static Database OpenAccounts(SchoolHome home) => Database.Open(Path.Combine(home.Folder, "accounts.db"), typeof(SiteHost).Assembly);

    /// <summary>Options of the site of a home on a network.</summary>
    public static SiteOptions Options(SchoolHome home, Database accounts, NetworkPlace place) => SchoolSite.Options(home) with
    {
        Footer = s_footer,
        Urls = place.Urls,
        Hosts = [place.Host],
        ForOneUser = false,
        Accounts = new AccountOptions
        {
            Store = accounts,
            KeysFolder = Path.Combine(home.KeysFolder, "web"),
            Rights = Rights,
            Certificate = place.Certificate,
            BehindProxy = place.Certificate is null,
        },
    };

    /// <summary>Serves the pages until told to stop.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="place">How other computers reach it.</param>
    /// <param name="listening">Is given the code of an invitation for an administrator, when there is none yet or one more was asked for; null otherwise.</param>
    /// <param name="log">Takes a line per request, without a value; null for no log.</param>
    /// <param name="stop">Stops the site.</param>
    public static async Task RunAsync(SchoolHome home, NetworkPlace place, Action<string?> listening, Action<string>? log, CancellationToken stop)
    {
        using var accounts = OpenAccounts(home);
        await using var site = SchoolSite.Build(home, Options(home, accounts, place) with { Log = log });
        await site.StartAsync(stop);
        var book = site.Services.GetRequiredService<AccountBook>();
        listening(place.Invite || !book.HasAdministrator ? book.Invite(AccountRole.Administrator, by: null) : null);
        await site.WaitForShutdownAsync(stop);
    }

    /// <summary>The certificate with its key from one file, PEM or PKCS #12 without a password; null when there is none in it.</summary>
    public static X509Certificate2? TryReadCertificate(string file)
    {
        try
        {
            if (Path.GetExtension(file).ToUpperInvariant() is not (".PFX" or ".P12")) return FromPem(file);
            var found = X509CertificateLoader.LoadPkcs12FromFile(file, null);
            return found.HasPrivateKey ? found : null;
        }
        catch (CryptographicException) { return null; }
    }

    /// <summary>By way of PKCS #12, for Windows does not speak TLS with a key that was only read.</summary>
    static X509Certificate2 FromPem(string file)
    {
        using var read = X509Certificate2.CreateFromPemFile(file);
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }
}
