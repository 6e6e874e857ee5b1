using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Groeilijn.Hosts.School;

/// <summary>What a server does wrong with one request.</summary>
enum Fault
{
    None,
    /// <summary>Breaks the line before doing anything.</summary>
    BreakBefore,
    /// <summary>Does it, and breaks the line before answering.</summary>
    BreakAfter,
    /// <summary>Takes half of the piece and breaks the line.</summary>
    Half,
    /// <summary>Answers with an offset that is not so.</summary>
    WrongOffset,
    /// <summary>Forgets the upload.</summary>
    Forget,
    /// <summary>Answers 409, 423 or 500 without doing it.</summary>
    Conflict, Locked, Broken,
}

/// <summary>A small receiver of uploads (tus 1.0: creation, checksum with SHA-256), that does wrong what a test asks for.</summary>
sealed class TusServer : IDisposable
{
    readonly Dictionary<string, Upload> _uploads = [];
    readonly WebApplication _site;

    public TusServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _site = builder.Build();
        _site.Run(Answer);
        _site.StartAsync().Wait();
        Address = new Uri(SiteHost.Address(_site) + "/bestanden");
    }

    public Uri Address { get; }

    /// <summary>What goes wrong with the next request, by its method.</summary>
    public Func<string, Fault> Luck { get; set; } = _ => Fault.None;

    /// <summary>Answers every request of a method with a status.</summary>
    public (string Method, int Status)? Always { get; set; }

    /// <summary>Where a new upload is said to be, in place of the true address.</summary>
    public string? Location { get; set; }

    public bool Sums { get; init; }

    public int Created { get; private set; }
    public int Patched { get; private set; }
    public int Checked { get; private set; }
    public long Taken { get; private set; }

    /// <summary>The uploads that are whole, by the name they were given.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Whole
    {
        get
        {
            lock (_uploads) return [.. _uploads.Values.Where(u => u.Content.Length == u.Length).Select(u => (u.Name, u.Content.ToArray()))];
        }
    }

    async Task Answer(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        lock (_uploads) Answer(context, body.ToArray());
    }

    void Answer(HttpContext context, byte[] body)
    {
        var (request, response) = (context.Request, context.Response);
        var fault = request.Method == "OPTIONS" ? Fault.None : Luck(request.Method);
        if (fault == Fault.BreakBefore) { context.Abort(); return; }
        response.Headers["Tus-Resumable"] = "1.0.0";
        response.StatusCode = Always is { } always && always.Method == request.Method ? always.Status
            : fault switch { Fault.Conflict => 409, Fault.Locked => 423, Fault.Broken => 500, _ => Do(request, body, response, fault) };
        if (response.StatusCode is >= 300 and < 400) response.Headers.Location = "http://127.0.0.1:1/elders";
        if (fault is Fault.BreakAfter or Fault.Half) context.Abort();
    }

    int Do(HttpRequest request, byte[] body, HttpResponse response, Fault fault)
    {
        Assert.Equal("1.0.0", request.Headers["Tus-Resumable"]);
        if (request.Method == "OPTIONS")
        {
            if (Sums) response.Headers["Tus-Checksum-Algorithm"] = "sha1,sha256";
            return 204;
        }
        if (request.Method == "POST") return Create(request, response);
        if (!_uploads.TryGetValue(request.Path, out var upload)) return 404;
        if (fault == Fault.Forget) { _uploads.Remove(request.Path); return 410; }
        if (request.Method == "HEAD")
        {
            response.Headers["Upload-Offset"] = Text(fault == Fault.WrongOffset ? upload.Length + 7 : upload.Content.Length);
            response.Headers["Upload-Length"] = Text(upload.Length);
            return 200;
        }
        return Patch(request, body, response, upload, fault);
    }

    int Create(HttpRequest request, HttpResponse response)
    {
        var metadata = request.Headers["Upload-Metadata"].ToString().Split(',').Select(pair => pair.Split(' ')).ToDictionary(pair => pair[0], pair => Encoding.UTF8.GetString(Convert.FromBase64String(pair[1])));
        var path = string.Create(CultureInfo.InvariantCulture, $"/bestanden/{++Created}");
        _uploads[path] = new(metadata["filename"], long.Parse(request.Headers["Upload-Length"].ToString(), CultureInfo.InvariantCulture));
        response.Headers.Location = Location ?? path;
        return 201;
    }

    int Patch(HttpRequest request, byte[] body, HttpResponse response, Upload upload, Fault fault)
    {
        Assert.Equal("application/offset+octet-stream", request.ContentType);
        Patched++;
        if (request.Headers["Upload-Offset"] != Text(upload.Content.Length)) return 409;
        if (request.Headers["Upload-Checksum"].ToString() is { Length: > 0 } sum)
        {
            Checked++;
            if (sum != "sha256 " + Convert.ToBase64String(SHA256.HashData(body))) return 460;
        }
        upload.Content.Write(body.AsSpan(0, fault == Fault.Half ? body.Length / 2 : body.Length));
        Taken += body.Length;
        response.Headers["Upload-Offset"] = Text(fault == Fault.WrongOffset ? upload.Content.Length - 1 : upload.Content.Length);
        return 204;
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _site.DisposeAsync().AsTask().Wait();

    sealed record Upload(string Name, long Length)
    {
        public MemoryStream Content { get; } = new();
    }
}
