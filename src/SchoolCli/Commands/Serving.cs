using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Groeilijn.School;
using Groeilijn.School.Pages;

namespace Groeilijn.SchoolCli;

/// <summary>The pages, for who would rather click than type.</summary>
public sealed partial class SchoolCommands
{
    Command Serve()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen (default: this computer only, on a free port)" };
        var quiet = new Option<bool>("--no-browser") { Description = "Print the address and open no browser" };
        return New(ServeName, "Open the school's pages in your browser; the first time you enrol the school there", "groeilijn-school serve\ngroeilijn-school serve --network --host pc12.school.example --certificate pc12.pem", [urls, quiet, .. NetworkOptions], (parsed, terminal) =>
        {
            if (NetworkObjection(parsed, terminal) is { } no) return terminal.WrongUse(no, terminal.See("serve"));
            using var stop = new CancellationTokenSource();
            Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
            if (parsed.GetValue(_network)) return WithHome(parsed, terminal, home => ServeOnNetwork(parsed, terminal, home, stop.Token));
            using var door = new Door(Home(parsed), _clock);
            SchoolSite.RunAsync(door, parsed.GetValue(urls), terminal.Language, address => Opened(terminal, address, !parsed.GetValue(quiet)), null, stop.Token).GetAwaiter().GetResult();
            return (int)Exit.Done;
        });
    }

    static void Opened(Terminal terminal, string address, bool browser)
    {
        terminal.Line(terminal.Say("Open dit adres in uw browser. Het werkt één keer; stop met Ctrl+C.", "Open this address in your browser. It works once; stop with Ctrl+C."));
        terminal.Line(address);
        terminal.Document(new { address });
        if (!browser) return;
        try { using var _ = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true }); }
        catch (Exception none) when (none is Win32Exception or InvalidOperationException or PlatformNotSupportedException) { }
    }
}
