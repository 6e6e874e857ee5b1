using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Office;
using Groeilijn.School;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;
using Groeilijn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Cli.Commands;

/// <summary><c>office serve</c>, <c>office watch</c> and <c>office status</c>: what runs for weeks, and how it stands.</summary>
static partial class OfficeCommands
{
    const string DefaultNetworkUrls = "https://*:8443", DefaultProxyUrls = "http://127.0.0.1:8080";
    static readonly TimeSpan s_pace = TimeSpan.FromSeconds(10);

    static readonly Option<string> s_urls = new("--urls") { Description = "Where the console listens (default: this computer only, on a free port)" };
    static readonly Option<bool> s_network = new("--network") { Description = "Let other computers of the office in, over HTTPS and with accounts" };
    static readonly Option<FileInfo> s_certificate = new("--certificate") { Description = "The certificate with its key, PEM or PKCS #12 without a password" };
    static readonly Option<string> s_host = new("--host") { Description = "The name by which others reach this computer" };
    static readonly Option<bool> s_behindProxy = new("--behind-proxy") { Description = "A proxy on this computer speaks HTTPS and sets X-Forwarded-For and X-Forwarded-Proto" };
    static readonly Option<bool> s_invite = new("--invite") { Description = "Print an invitation for one more administrator, for who lost all ways in" };
    static readonly Option<string> s_intakeUrls = new("--intake-urls") { Description = "Where the intake listens for schools, apart from the console (default: no uploads)" };
    static readonly Option<string> s_upload = new("--upload") { Description = "The address schools upload to, as it will stand in notices: https://host:8444/tus" };
    static readonly Option<int> s_rate = new("--intake-rate") { Description = "Requests one client may make to the intake in a minute", DefaultValueFactory = _ => new UploadLimits().RequestsPerMinute };
    static readonly Option<string> s_drop = new("--drop") { Description = "A folder that schools and office both reach: deliveries are taken from it" };

    static readonly Option<string> s_night = new("--night") { Description = "The hour (UTC) at which withdrawals are carried out and the public log grows, 0 to 23, or never: when somebody else sees to it", DefaultValueFactory = _ => "2" };

    static Command Serve() => Verb.Of("serve", "Open the console, and take in uploads and a drop folder", "groeilijn office serve\ngroeilijn office serve --network --host bureau.example --certificate bureau.pem --intake-urls https://*:8444 --drop aanleveren", parsed =>
    {
        if (Objection(parsed) is { } wrong) return parsed.Refuse(wrong, "groeilijn office serve --help", Verb.WrongUse);
        if (!OfficeHome.Exists(parsed.GetValue(s_home)!)) return parsed.Refuse("there is no office's home in that folder", "make one first: groeilijn office init --home DIR");
        X509Certificate2? certificate = null;
        if (parsed.GetValue(s_certificate) is { } file)
        {
            if (!file.Exists) return parsed.Refuse("there is no such certificate", "check the name of the file");
            certificate = SchoolNetwork.TryReadCertificate(file.FullName);
            if (certificate is null) return parsed.Refuse("this file holds no certificate with its key", "put certificate and key together in one PEM file, or in a PKCS #12 file without a password");
            if (!certificate.MatchesHostname(parsed.GetValue(s_host)!)) return parsed.Refuse("this certificate is not for the name of --host", "give the name that the certificate holds, or ask for a certificate of this name");
        }
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
        using var home = OfficeHome.Open(parsed.GetValue(s_home)!, TimeProvider.System);
        using (certificate) Serve(parsed, home, certificate, stop.Token).GetAwaiter().GetResult();
        home.Sequence();
        return Verb.Done;
    }, s_home, s_urls, s_network, s_certificate, s_host, s_behindProxy, s_invite, s_intakeUrls, s_upload, s_rate, s_drop, s_night);

    /// <summary>What is wrong with the options; null when nothing is.</summary>
    static string? Objection(ParseResult parsed)
    {
        var (network, host, proxy, certificate) = (parsed.GetValue(s_network), parsed.GetValue(s_host), parsed.GetValue(s_behindProxy), parsed.GetValue(s_certificate));
        var (urls, intake) = (parsed.GetValue(s_urls), parsed.GetValue(s_intakeUrls));
        if (parsed.GetValue(s_drop) is { } drop && !Directory.Exists(drop)) return "there is no such drop folder";
        if (parsed.GetValue(s_rate) < 1) return "--intake-rate is a number from 1";
        if (parsed.GetValue(s_night) is not "never" and var night && !(int.TryParse(night, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 24)) return "--night is an hour from 0 to 23, or never";
        if (!network && !IsLocal(urls)) return "other computers may come in with --network only";
        if (!network && parsed.GetValue(s_invite)) return "--invite goes with --network only";
        if (!IsLocal(intake) && certificate is null) return "the intake listens for other computers with --certificate only";
        if ((network || certificate is not null) && string.IsNullOrWhiteSpace(host)) return "--host NAME is needed: the name of this computer on the network";
        if (network && certificate is null == !proxy) return "--network needs either --certificate FILE or --behind-proxy";
        if (proxy && !(IsLocal(urls) && IsLocal(intake))) return "behind a proxy the program listens on this computer only";
        return certificate is null || (IsSecure(network ? urls : null) && IsSecure(intake)) ? null : "with --certificate the addresses begin with https://";
    }

    static bool IsLocal(string? urls) => urls is null || urls.Split(';').All(AccountOptions.IsLocal);

    static bool IsSecure(string? urls) => urls is null || urls.Split(';').All(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    static async Task Serve(ParseResult parsed, OfficeHome home, X509Certificate2? certificate, CancellationToken stop)
    {
        var limits = new UploadLimits { RequestsPerMinute = parsed.GetValue(s_rate) };
        await using var intake = parsed.GetValue(s_intakeUrls) is { } urls ? IntakeSite.Build(home, new IntakePlace { Urls = urls, Hosts = parsed.GetValue(s_host) is { } host ? [host] : [], Certificate = certificate, Limits = limits }) : null;
        if (intake is not null) await intake.StartAsync(stop);
        var upload = parsed.GetValue(s_upload) ?? (intake is null ? null : UploadAddress(intake, parsed.GetValue(s_host), certificate));

        using var accounts = parsed.GetValue(s_network) ? OfficeSite.OpenAccounts(home) : null;
        var options = accounts is null ? OfficeSite.Options(home) : OfficeSite.Options(home, accounts, new ConsolePlace(parsed.GetValue(s_host)!, parsed.GetValue(s_urls) ?? (certificate is null ? DefaultProxyUrls : DefaultNetworkUrls), certificate));
        if (accounts is null && parsed.GetValue(s_urls) is { } own) options = options with { Urls = own };
        await using var site = OfficeSite.Build(home, OfficeProgram.Same(home.Folder), options, upload);
        await site.StartAsync(stop);
        Announce(parsed, site, accounts, upload, certificate);
        // A service is stopped by a signal that reaches the site, not us.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, site.Lifetime.ApplicationStopping);
        var night = parsed.GetValue(s_night) is not "never" and var hour ? new NightWork(home, OfficeProgram.Same(home.Folder), int.Parse(hour!, CultureInfo.InvariantCulture), Console.Error.WriteLine) : null;
        await new OfficeSiteWork(home, parsed.GetValue(s_drop), limits, night, Console.Error.WriteLine).Run(s_pace, ending.Token);
        await site.StopAsync(CancellationToken.None);
        if (intake is not null) await intake.StopAsync(CancellationToken.None);
    }

    static string UploadAddress(WebApplication intake, string? host, X509Certificate2? certificate)
    {
        var listens = new Uri(SiteHost.Address(intake).Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("[::]", "0.0.0.0", StringComparison.Ordinal));
        return certificate is null ? $"{listens.GetLeftPart(UriPartial.Authority)}{IntakeSite.Path}" : $"https://{host}:{listens.Port}{IntakeSite.Path}";
    }

    static void Announce(ParseResult parsed, WebApplication site, Database? accounts, string? upload, X509Certificate2? certificate)
    {
        if (accounts is null) parsed.Say($"Open this address in your browser. It works once; stop with Ctrl+C.\n{site.Services.GetRequiredService<Launch>().Address(SiteHost.Address(site))}");
        else
        {
            var host = parsed.GetValue(s_host);
            var address = certificate is null ? $"https://{host}/" : $"https://{host}:{new Uri(SiteHost.Address(site).Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("[::]", "0.0.0.0", StringComparison.Ordinal)).Port}/";
            parsed.Say($"The console is at this address; stop with Ctrl+C.\n{address}");
            var book = site.Services.GetRequiredService<AccountBook>();
            if (parsed.GetValue(s_invite) || !book.HasAdministrator)
                parsed.Say($"Make the administrator's account with this code; it works once:\n{address}en/account/join  {book.Invite(AccountRole.Administrator, by: null)}");
        }
        if (upload is not null) parsed.Say($"Schools upload to {upload}/EDITION");
    }

    static Command Watch()
    {
        var folder = new Argument<string>("folder") { Description = "The folder that schools and office both reach" };
        var once = new Option<bool>("--once") { Description = "Look once and end" };
        return Verb.Of("watch", "Take deliveries from a folder as they come; receipts and answers go to its folder antwoorden", "groeilijn office watch aanleveren", parsed => With(parsed, home =>
        {
            if (!Directory.Exists(parsed.GetValue(folder))) return parsed.Refuse("there is no such folder", "make it, and let schools and office reach it");
            var drop = new DropFolder(home, parsed.GetValue(folder)!);
            using var stop = new CancellationTokenSource();
            Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
            do
            {
                var taken = drop.Take();
                if (taken.Taken + taken.Refused.Count + taken.Answers > 0 || parsed.GetValue(once)) Tell(parsed, taken);
                home.Sequence();
            }
            while (!parsed.GetValue(once) && !stop.Token.WaitHandle.WaitOne(s_pace));
            return Verb.Done;
        }), s_home, folder, once, s_json);
    }

    static void Tell(ParseResult parsed, DropTaken taken)
    {
        if (parsed.GetValue(s_json)) parsed.SayJson(new { taken = taken.Taken, refused = taken.Refused.Select(r => new { file = r.File, code = r.Why.Code, reason = r.Why.What }), answers = taken.Answers });
        else
        {
            parsed.Say($"{taken.Taken} deliveries taken in, {taken.Refused.Count} refused, {taken.Answers} receipts and answers written.");
            foreach (var (file, why) in taken.Refused) parsed.Say($"{file}: refused. {why}");
        }
    }

    static Command Status() => Verb.Of("status", "Say how the rounds stand: who delivered, what waits", "groeilijn office status", parsed => With(parsed, home =>
    {
        var rounds = OfficeTasks.Rounds(home);
        if (parsed.GetValue(s_json)) return parsed.SayJson(rounds.Select(round => new { edition = round.Edition.ToString(), state = round.State.Code(), closes = round.Days?.Closes, closed = round.Days?.Closed, schools = round.Schools, delivered = round.Delivered, missing = round.Missing, refused = round.Refused }));
        if (rounds.Count == 0) return parsed.Say("There is no round yet: groeilijn office open --edition 2023-1 --holder NAME --holder NAME");
        foreach (var round in rounds) parsed.Say($"{round.Edition}  {round.State.Code(),-20} {round.Delivered} of {round.Schools} schools delivered{(round.State == RoundState.Open && round.Days is { } days ? $", until {days.Closes:yyyy-MM-dd}" : "")}");
        return Verb.Done;
    }), s_home, s_json);
}
