using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Groeilijn.Sites.Host;

/// <summary>
/// Style, script and letters of every site. They live inside the assembly and are served at an address that holds their
/// hash, so that a browser may keep them for ever and no other version can answer.
/// </summary>
public sealed partial class Assets
{
    const string Prefix = "asset:", StyleSheet = "site.css";

    readonly Dictionary<string, string> _addresses = [];
    readonly Dictionary<string, (byte[] Bytes, string Type)> _files = [];

    /// <summary>Reads what is embedded; the style sheets become one.</summary>
    public Assets()
    {
        var names = typeof(Assets).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..]).Order(StringComparer.Ordinal).ToList();
        foreach (var name in names.Where(n => !n.EndsWith(".css", StringComparison.Ordinal))) Add(name, Read(name));
        // The components first, our tokens and what they leave open last.
        var sheets = names.Where(n => n.EndsWith(".css", StringComparison.Ordinal)).OrderBy(n => n switch { "tokens.css" => 1, StyleSheet => 2, "print.css" => 3, _ => 0 });
        Add(StyleSheet, Encoding.UTF8.GetBytes(AssetName().Replace(string.Join('\n', sheets.Select(n => Encoding.UTF8.GetString(Read(n)))), m => Address(m.Groups[1].Value))));
    }

    /// <summary>The address of a file by its name: <c>site.css</c>.</summary>
    public string Address(string name) => _addresses[name];

    internal async Task Serve(HttpContext context)
    {
        if (!_files.TryGetValue(context.Request.Path.Value ?? "", out var file)) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Bytes.Length;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    void Add(string name, byte[] bytes)
    {
        var address = $"/assets/{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}/{name}";
        _addresses[name] = address;
        _files[address] = (bytes, Path.GetExtension(name) switch { ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", ".svg" => "image/svg+xml", _ => "font/woff2" });
    }

    static byte[] Read(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(Prefix + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    [GeneratedRegex(@"asset:([\w.-]+)")]
    private static partial Regex AssetName();
}
