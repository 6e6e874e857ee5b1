using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>The pages, for who would rather click than type.</summary>
public sealed partial class SchoolCommands
{
    Command Serve()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen (default: this computer only, on a free port)" };
        var quiet = new Option<bool>("--no-browser") { Description = "Print the address and open no browser" };
        return New(ServeName, "Open the school's pages in your browser", "groeilijn-school serve", [urls, quiet], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            using var stop = new CancellationTokenSource();
            Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
            SchoolSite.RunAsync(home, parsed.GetValue(urls), terminal.Language, address => Opened(terminal, address, !parsed.GetValue(quiet)), null, stop.Token).GetAwaiter().GetResult();
            return (int)Exit.Done;
        }));
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
