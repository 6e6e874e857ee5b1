using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Sites;

/// <summary>What one site is: its name, its pages, where it listens and who may come in.</summary>
public sealed record SiteOptions
{
    /// <summary>The name in the header and in every title.</summary>
    public required Spoken Name { get; init; }

    /// <summary>What stands at the foot of every page: whose it is and what it does with data.</summary>
    public Spoken? Footer { get; init; }

    /// <summary>The assembly that holds the site's Razor pages.</summary>
    public required Assembly Pages { get; init; }

    /// <summary>Where to listen; port 0 is any free port. The default is this computer only.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>Names by which browsers may reach the site besides those of this computer itself; a request with another Host is refused.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Whether the site is for the one user who started it: the first visit needs the one-time address of <see cref="Launch"/>.</summary>
    public bool ForOneUser { get; init; } = true;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The site's own services: its home, its rooms.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>The most bytes of an upload, on a page that says <see cref="TakesFilesAttribute"/>. It is kept in memory as a whole.</summary>
    public int UploadLimit { get; init; } = 96 << 20;

    /// <summary>Requests that one client may make in a minute.</summary>
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary>Attempts to sign in or to open the site that one client may make in a minute.</summary>
    public int AttemptsPerMinute { get; init; } = 20;

    /// <summary>Takes one line per request: method, route and status, and for a fault its number and kind. Never a value.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Cookies do not know ports: two sites on one computer must not overwrite each other's. The port, or when that is free a random text.</summary>
    internal string Instance => _instance ??= new Uri(Urls.Split(';')[0].Replace('*', '0').Replace('+', '0')).Port is > 0 and var port
        ? port.ToString(CultureInfo.InvariantCulture) : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    string? _instance;
}
