using System.Globalization;
using Groeilijn.Web;
using Microsoft.AspNetCore.Http;

namespace Groeilijn.Sites;

/// <summary>Gives the text in the language of the page.</summary>
public delegate string Say(string dutch, string english);

/// <summary>A text in both languages, for what is made before it is known who reads it.</summary>
public readonly record struct Spoken(string Dutch, string English)
{
    /// <summary>The text in a language.</summary>
    public string In(string language) => language == Speech.Dutch ? Dutch : English;
}

/// <summary>
/// The language of a request. It stands in the address (<c>/nl/…</c>, <c>/en/…</c>), so that a link or a bookmark keeps it;
/// only <c>/</c> follows what the browser prefers.
/// </summary>
public sealed class Speech
{
    internal const string Dutch = "nl", English = "en", RouteKey = "language";

    readonly HttpRequest _request;

    /// <summary>The speech of the request that is handled.</summary>
    public Speech(IHttpContextAccessor accessor) : this(accessor.HttpContext!) { }

    internal Speech(HttpContext context)
    {
        _request = context.Request;
        Language = OfPath(_request.Path) ?? Preferred(_request);
    }

    /// <summary><c>nl</c> or <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>The other language: <c>en</c> or <c>nl</c>.</summary>
    public string Other => Language == Dutch ? English : Dutch;

    /// <summary>The address of this page in the other language, with the same query.</summary>
    public string OtherAddress => OfPath(_request.Path) is null ? "/" + Other + "/" : string.Concat("/", Other, _request.Path.Value.AsSpan(3)) + _request.QueryString;

    /// <summary>The text in the language of the page.</summary>
    public string Say(string dutch, string english) => Language == Dutch ? dutch : english;

    /// <summary>A whole number as this language writes it.</summary>
    public string Number(long value) => Html.Number(value, Language);

    /// <summary>A number with decimals as this language writes it.</summary>
    public string Number(double value, int decimals) => Html.Number(value, decimals, Language);

    /// <summary>A day in words.</summary>
    public string Day(DateOnly day) => Html.Day(day, Language);

    /// <summary>The address of a page of this site in this language: <c>To("/inlezen")</c>.</summary>
    public string To(string path) => "/" + Language + path;

    /// <summary>Dutch unless the browser ranks English above it.</summary>
    internal static string Preferred(HttpRequest request)
    {
        var ranked = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value ?? "");
        return ranked.Select(Known).FirstOrDefault(l => l is not null) ?? Dutch;
    }

    static string? OfPath(PathString path) => path.Value is { Length: >= 3 } p && p[0] == '/' && (p.Length == 3 || p[3] == '/') ? Known(p[1..3]) : null;

    static string? Known(string tag) =>
        tag.StartsWith(Dutch, true, CultureInfo.InvariantCulture) ? Dutch : tag.StartsWith(English, true, CultureInfo.InvariantCulture) ? English : null;
}
