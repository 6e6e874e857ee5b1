using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Groeilijn.Office;

/// <summary>
/// The upload protocol tus 1.0.0 over HTTP: core, creation, expiration, termination and checksum (https://tus.io/protocols/resumable-upload). What is
/// refused is answered with one code of <see cref="Answer"/> and no word more; the school hears the rest in a signed answer.
/// </summary>
sealed class TusEndpoint(Uploads uploads)
{
    const string Version = "1.0.0", Extensions = "creation,expiration,termination,checksum", PieceType = "application/offset+octet-stream";
    const int SumMismatch = 460;

    /// <summary>The address of a round: begins uploads.</summary>
    public Task Round(HttpContext context, string edition) => Method(context) switch
    {
        "OPTIONS" => Offer(context.Response),
        _ when Foreign(context) => Task.CompletedTask,
        "POST" => Begin(context, edition),
        _ => Answer(context, StatusCodes.Status405MethodNotAllowed),
    };

    /// <summary>The address of one upload.</summary>
    public async Task One(HttpContext context, string edition, string id)
    {
        var method = Method(context);
        if (method == "OPTIONS") { await Offer(context.Response); return; }
        if (Foreign(context)) return;
        using var held = uploads.Hold(id);
        if (held is null) { await Answer(context, StatusCodes.Status423Locked); return; }
        if (uploads.Find(edition, id) is not { } upload) { await Answer(context, StatusCodes.Status404NotFound); return; }
        await (method switch
        {
            "HEAD" => Tell(context, upload),
            "PATCH" => Add(context, upload),
            "DELETE" => End(context, upload),
            _ => Answer(context, StatusCodes.Status405MethodNotAllowed),
        });
    }

    Task Offer(HttpResponse response)
    {
        response.Headers["Tus-Resumable"] = response.Headers["Tus-Version"] = Version;
        response.Headers["Tus-Extension"] = Extensions;
        response.Headers["Tus-Max-Size"] = Text(uploads.Limits.Sealed);
        response.Headers["Tus-Checksum-Algorithm"] = "sha256,sha1";
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    Task Begin(HttpContext context, string edition)
    {
        if (Number(context, "Upload-Length") is not { } bytes) return Answer(context, StatusCodes.Status400BadRequest);
        var (upload, refusal) = uploads.Begin(edition, FileName(context.Request.Headers["Upload-Metadata"].ToString()), bytes);
        if (upload is null) return Answer(context, refusal.Status, refusal.Code);
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path.Value!.TrimEnd('/')}/{upload.Id}";
        context.Response.Headers["Upload-Expires"] = Day(upload);
        return Answer(context, StatusCodes.Status201Created);
    }

    Task Tell(HttpContext context, Upload upload)
    {
        // What was whole when the program was killed is settled now, so that "all is here" is never said of what was refused.
        var offset = uploads.Offset(upload);
        if (uploads.Settle(upload) is { } refusal) return Answer(context, refusal.Status, refusal.Code);
        context.Response.Headers["Upload-Offset"] = Text(offset);
        context.Response.Headers["Upload-Length"] = Text(upload.Bytes);
        context.Response.Headers["Upload-Expires"] = Day(upload);
        context.Response.Headers.CacheControl = "no-store";
        return Answer(context, StatusCodes.Status200OK);
    }

    async Task Add(HttpContext context, Upload upload)
    {
        if (context.Request.ContentType != PieceType) { await Answer(context, StatusCodes.Status415UnsupportedMediaType); return; }
        var here = uploads.Offset(upload);
        if (Number(context, "Upload-Offset") != here) { await Answer(context, StatusCodes.Status409Conflict); return; }
        if (context.Request.ContentLength > upload.Bytes - here) { await Answer(context, StatusCodes.Status413PayloadTooLarge, "refused-format"); return; }
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = upload.Bytes - here;

        var (piece, wrong) = await Checked(context);
        if (wrong != 0) { await Answer(context, wrong); return; }
        if (!upload.Taken) await uploads.Append(upload, piece ?? context.Request.Body, context.RequestAborted);
        var offset = uploads.Offset(upload); // before it is settled: then its file is gone
        if (uploads.Settle(upload) is { } refusal) { await Answer(context, refusal.Status, refusal.Code); return; }
        context.Response.Headers["Upload-Offset"] = Text(offset);
        context.Response.Headers["Upload-Expires"] = Day(upload);
        await Answer(context, StatusCodes.Status204NoContent);
    }

    Task End(HttpContext context, Upload upload)
    {
        // What was taken in is a delivery; this only ends what is known of its way here.
        uploads.Remove(upload);
        return Answer(context, StatusCodes.Status204NoContent);
    }

    /// <summary>A piece that comes with its sum is held in memory until the sum is right; null when it comes without. Otherwise the status that says what is wrong.</summary>
    async Task<(Stream? Piece, int Wrong)> Checked(HttpContext context)
    {
        var sum = context.Request.Headers["Upload-Checksum"].ToString();
        if (sum.Length == 0) return (null, 0);
        if (sum.Split(' ') is not [("sha256" or "sha1") and var algorithm, var expected]) return (null, StatusCodes.Status400BadRequest);
        if (context.Request.ContentLength > uploads.Limits.Piece) return (null, StatusCodes.Status413PayloadTooLarge);
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = uploads.Limits.Piece;
        var piece = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(piece, context.RequestAborted);
        var actual = Convert.ToBase64String(Sum(algorithm, piece.GetBuffer().AsSpan(0, (int)piece.Length)));
        piece.Position = 0;
        return actual == expected ? (piece, 0) : (null, SumMismatch);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The protocol demands SHA-1; it finds damage on the line here and proves nothing. The manifest's SHA-256 does.")]
    static byte[] Sum(string algorithm, ReadOnlySpan<byte> piece) => algorithm == "sha1" ? SHA1.HashData(piece) : SHA256.HashData(piece);

    /// <summary>The method, or the one that stands in for it where a network takes only GET and POST.</summary>
    static string Method(HttpContext context) => context.Request.Headers["X-HTTP-Method-Override"].ToString() is { Length: > 0 } other ? other : context.Request.Method;

    /// <summary>Answers who speaks another version of the protocol.</summary>
    static bool Foreign(HttpContext context)
    {
        context.Response.Headers["Tus-Resumable"] = Version;
        if (context.Request.Headers["Tus-Resumable"] == Version) return false;
        context.Response.Headers["Tus-Version"] = Version;
        context.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
        return true;
    }

    static Task Answer(HttpContext context, int status, string? code = null)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests) context.Response.Headers.RetryAfter = "60";
        if (string.IsNullOrEmpty(code) || HttpMethods.IsHead(context.Request.Method)) return Task.CompletedTask;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(code, context.RequestAborted);
    }

    static string? FileName(string metadata)
    {
        foreach (var pair in metadata.Split(','))
            if (pair.Trim().Split(' ') is ["filename", var value] && value.Length < 200 && TryDecode(value) is { } name) return name;
        return null;
    }

    static string? TryDecode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    static long? Number(HttpContext context, string header) => long.TryParse(context.Request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Day(Upload upload) => OfficeHome.Time(upload.Expires).ToString("R", CultureInfo.InvariantCulture);
}
