using System.CommandLine;
using Groeilijn.School;
using Groeilijn.Sites.Accounts;

namespace Groeilijn.SchoolCli;

/// <summary>The pages for more computers of the school: over HTTPS, for who has an account.</summary>
public sealed partial class SchoolCommands
{
    const string DefaultNetworkUrls = "https://*:8443", DefaultProxyUrls = "http://127.0.0.1:8080";

    readonly Option<bool> _network = new("--network") { Description = "Let other computers of the school in, over HTTPS and with accounts" };
    readonly Option<FileInfo> _certificate = new("--certificate") { Description = "With --network: the certificate with its key, PEM or PKCS #12 without a password" };
    readonly Option<string> _host = new("--host") { Description = "With --network: the name by which browsers reach this computer" };
    readonly Option<bool> _behindProxy = new("--behind-proxy") { Description = "With --network: a proxy on this computer speaks HTTPS and sets X-Forwarded-For and X-Forwarded-Proto" };
    readonly Option<bool> _invite = new("--invite") { Description = "With --network: print an invitation for one more administrator, for who lost all ways in" };

    Option[] NetworkOptions => [_network, _certificate, _host, _behindProxy, _invite];

    /// <summary>What is wrong with the options of a network; null when nothing is.</summary>
    string? NetworkObjection(ParseResult parsed, Terminal terminal)
    {
        var (certificate, proxy, urls) = (parsed.GetValue(_certificate), parsed.GetValue(_behindProxy), parsed.GetValue<string>("--urls"));
        var local = urls is null || urls.Split(';').All(AccountOptions.IsLocal);
        if (!parsed.GetValue(_network))
        {
            if (!local) return terminal.Say("andere computers mogen er alleen in met --network", "other computers may come in with --network only");
            return certificate is null && !proxy && parsed.GetValue(_host) is null && !parsed.GetValue(_invite) ? null : terminal.Say("dit kan alleen samen met --network", "this goes with --network only");
        }
        if (string.IsNullOrWhiteSpace(parsed.GetValue(_host))) return terminal.Say("--network heeft --host NAAM nodig: de naam van deze computer op het netwerk", "--network needs --host NAME: the name of this computer on the network");
        if (certificate is null == !proxy) return terminal.Say("--network heeft óf --certificate BESTAND nodig, óf --behind-proxy", "--network needs either --certificate FILE or --behind-proxy");
        if (proxy && !local) return terminal.Say("achter een proxy luistert het programma alleen op deze computer", "behind a proxy the program listens on this computer only");
        return proxy || urls is null || urls.Split(';').All(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) ? null : terminal.Say("met --certificate beginnen de adressen met https://", "with --certificate the addresses begin with https://");
    }

    int ServeOnNetwork(ParseResult parsed, Terminal terminal, SchoolHome home, CancellationToken stop)
    {
        var (file, host) = (parsed.GetValue(_certificate), parsed.GetValue(_host)!);
        var certificate = file is null ? null : SchoolNetwork.TryReadCertificate(file.FullName);
        if (file is not null && certificate is null)
            return terminal.Refuse(terminal.Say("in dit bestand staat geen certificaat met sleutel", "this file holds no certificate with its key"), terminal.Say("zet certificaat en sleutel samen in één PEM-bestand, of in een PKCS #12-bestand zonder wachtwoord", "put certificate and key together in one PEM file, or in a PKCS #12 file without a password"));
        if (certificate?.MatchesHostname(host) == false)
            return terminal.Refuse(terminal.Say("dit certificaat is niet voor de naam van --host", "this certificate is not for the name of --host"), terminal.Say("geef de naam die in het certificaat staat, of vraag een certificaat voor deze naam", "give the name that the certificate holds, or ask for a certificate of this name"));
        var urls = parsed.GetValue<string>("--urls") ?? (certificate is null ? DefaultProxyUrls : DefaultNetworkUrls);
        var address = certificate is null ? $"https://{host}/" : $"https://{host}:{new Uri(urls.Split(';')[0].Replace('*', '0').Replace('+', '0')).Port}/";
        using (certificate)
            SchoolNetwork.RunAsync(home, new NetworkPlace(host, urls, certificate, parsed.GetValue(_invite)), code => Listening(terminal, address, code), null, stop).GetAwaiter().GetResult();
        return (int)Exit.Done;
    }

    static void Listening(Terminal terminal, string address, string? code)
    {
        terminal.Line(terminal.Say("De pagina's staan op dit adres; stop met Ctrl+C.", "The pages are at this address; stop with Ctrl+C."));
        terminal.Line(address);
        var join = $"{address}{terminal.Language}/account/join";
        if (code is not null)
        {
            terminal.Line(terminal.Say("Maak het account van de beheerder met deze code; hij werkt één keer:", "Make the administrator's account with this code; it works once:"));
            terminal.Line($"{join}  {code}");
        }
        terminal.Document(new { address, join = code is null ? null : join, code });
    }
}
