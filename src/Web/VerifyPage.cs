using System.Security.Cryptography;
using System.Text;

namespace Groeilijn.Web;

/// <summary>
/// The page with which anybody checks what the chain gave them: one file, no server, no network. Its policy allows exactly its own script and
/// style, by their hashes, and no connection at all.
/// </summary>
public static class VerifyPage
{
    /// <summary>The whole page; the same bytes each time.</summary>
    public static string Html { get; } = Make();

    static string Make()
    {
        var script = "\n'use strict';\n" + string.Concat(typeof(VerifyPage).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".js", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read));
        var style = "\n" + Read("Groeilijn.Web.groeilijn.css") + Read("Groeilijn.Web.verify.page.css");
        var policy = $"default-src 'none'; script-src {Hash(script)}; style-src {Hash(style)}; base-uri 'none'; form-action 'none'";
        return Read("Groeilijn.Web.verify.page.html").Replace("{{policy}}", policy, StringComparison.Ordinal).Replace("{{style}}", style, StringComparison.Ordinal).Replace("{{script}}", script, StringComparison.Ordinal);
    }

    static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    static string Read(string resource)
    {
        using var stream = typeof(VerifyPage).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
