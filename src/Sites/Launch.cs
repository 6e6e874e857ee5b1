using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Groeilijn.Sites;

/// <summary>
/// How the one user of a site on his own computer comes in, without an account: the program prints or opens an address with a
/// random token; the first visit exchanges it for a session cookie and the token dies. Other programs and other pages in the
/// browser know neither.
/// </summary>
public sealed class Launch(SiteOptions options)
{
    const int TokenBytes = 32;

    readonly string _cookie = "groeilijn-session-" + options.Instance;
    readonly ConcurrentDictionary<string, byte> _tokens = [], _sessions = [];

    /// <summary>A new address that opens the site once. An address given before and not used stops working.</summary>
    /// <param name="site">Where the site listens: <c>http://127.0.0.1:5000</c>.</param>
    /// <param name="language">The language of the first page; null for what the browser prefers.</param>
    public string Address(string site, string? language = null)
    {
        _tokens.Clear();
        return $"{site.TrimEnd('/')}/open?token={Remember(_tokens)}{(language is null ? "" : "&language=" + language)}";
    }

    /// <summary>Takes a token; true once for the token of the newest address.</summary>
    internal bool TryOpen(string? token, HttpResponse response)
    {
        if (token is null || !_tokens.TryRemove(Hash(token), out _)) return false;
        response.Cookies.Append(_cookie, Remember(_sessions), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = response.HttpContext.Request.IsHttps,
            Path = "/",
        });
        return true;
    }

    /// <summary>Whether a request carries the cookie of a session that was opened here.</summary>
    internal bool IsOpen(HttpRequest request) =>
        request.Cookies.TryGetValue(_cookie, out var session) && _sessions.ContainsKey(Hash(session));

    /// <summary>A new random text whose hash is kept: a look-up by hash tells nothing by its duration.</summary>
    static string Remember(ConcurrentDictionary<string, byte> set)
    {
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        set[Hash(text)] = 0;
        return text;
    }

    static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
