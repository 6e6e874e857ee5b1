using System.Security.Cryptography.X509Certificates;
using Groeilijn.Office.Pages;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;
using Groeilijn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Office;

/// <summary>How the console is reached from other computers of the office.</summary>
/// <param name="Host">The name by which browsers reach this computer; passkeys belong to it.</param>
/// <param name="Urls">Where to listen.</param>
/// <param name="Certificate">The certificate of that name with its key; null behind a proxy on this computer that speaks HTTPS.</param>
public sealed record ConsolePlace(string Host, string Urls, X509Certificate2? Certificate);

/// <summary>
/// The console: pages for those who look after deliveries. No page shows a pupil and no pupil is in this process; what touches keys or the register is done by a
/// process of its own (<see cref="OfficeProgram"/>). On the office's own computer it is for the one steward who started it; on a network for accounts with duties.
/// </summary>
public static class OfficeSite
{
    static readonly Spoken s_name = new("Groeilijn voor het bureau", "Groeilijn for the office");
    static readonly Spoken s_footer = new(
        "Op deze pagina’s staat geen leerling. Wat u bekijkt en besluit, wordt een jaar bewaard in een logboek.",
        "No pupil stands on these pages. What you look at and decide is kept in a log for a year.");

    /// <summary>The console of a home, ready to start.</summary>
    /// <param name="home">The office's home; the site does not dispose it.</param>
    /// <param name="program">What runs the steps that touch keys or the register.</param>
    /// <param name="options">Where to listen and what to allow.</param>
    /// <param name="upload">The address at which schools upload, without the edition: <c>https://host/tus</c>; null when there is no such place.</param>
    public static WebApplication Build(OfficeHome home, OfficeProgram program, SiteOptions options, string? upload = null) => SiteHost.Build(options with
    {
        Services = services =>
        {
            services.AddSingleton(home).AddSingleton(program).AddSingleton(new UploadAddress(upload)).AddSingleton<LastCheck>();
            services.AddSingleton(provider => new People(provider.GetService<AccountBook>()));
            services.Configure<MvcOptions>(pages => pages.Filters.Add(new ViewLog(home)));
            options.Services?.Invoke(services);
        },
    });

    /// <summary>Options of the console for the one steward on this computer.</summary>
    public static SiteOptions Options(OfficeHome home) => new() { Name = s_name, Footer = s_footer, Pages = typeof(OfficeSite).Assembly, Clock = home.Clock, UploadLimit = 1 << 20 };

    /// <summary>The database of accounts of a home. Dispose it.</summary>
    public static Database OpenAccounts(OfficeHome home) => Database.Open(home.At("accounts.db"), typeof(SiteHost).Assembly);

    /// <summary>Options of the console on a network.</summary>
    public static SiteOptions Options(OfficeHome home, Database accounts, ConsolePlace place) => Options(home) with
    {
        Urls = place.Urls,
        Hosts = [place.Host],
        ForOneUser = false,
        Accounts = new AccountOptions
        {
            Store = accounts,
            KeysFolder = home.At("keys", "web"),
            Rights = OfficeDuties.Table,
            Duties = OfficeDuties.All,
            Whose = new("het bureau", "the office"),
            Certificate = place.Certificate,
            BehindProxy = place.Certificate is null,
        },
    };
}

/// <summary>Where schools upload, for the notice of a round.</summary>
public sealed record UploadAddress(string? Text)
{
    /// <summary>The address of a round.</summary>
    public string? Of(Education.Edition edition) => Text is null ? null : $"{Text.TrimEnd('/')}/{edition}";
}

/// <summary>The accounts by name, where there are accounts.</summary>
public sealed class People(AccountBook? book)
{
    /// <summary>Whether the site is for accounts.</summary>
    public bool Any => book is not null;

    /// <summary>The accounts that have a duty and are not closed.</summary>
    public IReadOnlyList<Account> With(string duty) => [.. (book?.All ?? []).Where(account => !account.Locked && account.Duties.Contains(duty))];

    /// <summary>An account by its number; null when there is none any more.</summary>
    public Account? Find(long id) => book?.Find(id);
}
