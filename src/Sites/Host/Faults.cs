using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Groeilijn.Sites.Host;

/// <summary>
/// The log of a site, and its answer to a fault. A line has the method, the template of the route and the status. Addresses, forms
/// and the words of an exception may hold a pupil's value and are never written; a fault is known by its number, its kind
/// and the methods it went through.
/// </summary>
sealed class Faults(SiteOptions options)
{
    /// <summary>The line is written as the answer starts, so that who has an answer finds its line.</summary>
    internal Task Log(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            Write($"{context.Request.Method} {Route(context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint)} {context.Response.StatusCode.ToString(CultureInfo.InvariantCulture)}");
            return Task.CompletedTask;
        });
        return next(context);
    }

    internal Task Answer(HttpContext context)
    {
        var fault = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        if (fault is BadHttpRequestException bad)
        {
            context.Response.StatusCode = bad.StatusCode;
            return Notice.OfStatus(context);
        }
        return Notice.Write(context, Notice.Fault(Number(fault)));
    }

    /// <summary>Gives a fault its number, which the user can read aloud, and writes both to the log.</summary>
    internal string Number(Exception fault)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{RandomNumberGenerator.GetInt32(10_000):0000}-{RandomNumberGenerator.GetInt32(10_000):0000}");
        var through = new StackTrace(fault, false).GetFrames().Select(f => f.GetMethod()).OfType<System.Reflection.MethodBase>().Select(m => $"{m.DeclaringType}.{m.Name}").Take(12);
        Write($"fault {number} {fault.GetType().FullName} at {string.Join(" < ", through)}");
        return number;
    }

    void Write(string line) => options.Log?.Invoke(options.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z' ", CultureInfo.InvariantCulture) + line);

    static string Route(Endpoint? endpoint) => endpoint is RouteEndpoint route ? "/" + route.RoutePattern.RawText?.TrimStart('/') : "-";
}
