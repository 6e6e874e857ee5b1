using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

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
    readonly HttpListener _listener = new();
    readonly Dictionary<string, Upload> _uploads = [];
    readonly Task _loop;

    public TusServer()
    {
        for (var port = 20000 + (Environment.ProcessId % 20000); ; port++)
        {
            try
            {
                Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/bestanden"));
                _listener = new HttpListener();
                _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (port < 60000) { _listener.Close(); }
        }
        _loop = Task.Run(Listen);
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

    async Task Listen()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                lock (_uploads) Answer(context);
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException) { }
        }
    }

    void Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var fault = request.HttpMethod == "OPTIONS" ? Fault.None : Luck(request.HttpMethod);
        if (fault == Fault.BreakBefore) { response.Abort(); return; }
        response.Headers["Tus-Resumable"] = "1.0.0";
        response.StatusCode = Always is { } always && always.Method == request.HttpMethod ? always.Status
            : fault switch { Fault.Conflict => 409, Fault.Locked => 423, Fault.Broken => 500, _ => Do(request, response, fault) };
        if (response.StatusCode is >= 300 and < 400) response.Headers["Location"] = "http://127.0.0.1:1/elders";
        if (fault is Fault.BreakAfter or Fault.Half) response.Abort();
        else response.Close();
    }

    int Do(HttpListenerRequest request, HttpListenerResponse response, Fault fault)
    {
        Assert.Equal("1.0.0", request.Headers["Tus-Resumable"]);
        if (request.HttpMethod == "OPTIONS")
        {
            if (Sums) response.Headers["Tus-Checksum-Algorithm"] = "sha1,sha256";
            return 204;
        }
        if (request.HttpMethod == "POST") return Create(request, response);
        if (!_uploads.TryGetValue(request.Url!.AbsolutePath, out var upload)) return 404;
        if (fault == Fault.Forget) { _uploads.Remove(request.Url.AbsolutePath); return 410; }
        if (request.HttpMethod == "HEAD")
        {
            response.Headers["Upload-Offset"] = Text(fault == Fault.WrongOffset ? upload.Length + 7 : upload.Content.Length);
            response.Headers["Upload-Length"] = Text(upload.Length);
            return 200;
        }
        return Patch(request, response, upload, fault);
    }

    int Create(HttpListenerRequest request, HttpListenerResponse response)
    {
        var metadata = request.Headers["Upload-Metadata"]!.Split(',').Select(pair => pair.Split(' ')).ToDictionary(pair => pair[0], pair => Encoding.UTF8.GetString(Convert.FromBase64String(pair[1])));
        var path = string.Create(CultureInfo.InvariantCulture, $"/bestanden/{++Created}");
        _uploads[path] = new(metadata["filename"], long.Parse(request.Headers["Upload-Length"]!, CultureInfo.InvariantCulture));
        response.Headers["Location"] = Location ?? path;
        return 201;
    }

    int Patch(HttpListenerRequest request, HttpListenerResponse response, Upload upload, Fault fault)
    {
        using var body = new MemoryStream();
        request.InputStream.CopyTo(body);
        Assert.Equal("application/offset+octet-stream", request.ContentType);
        Patched++;
        if (request.Headers["Upload-Offset"] != Text(upload.Content.Length)) return 409;
        if (request.Headers["Upload-Checksum"] is { } sum)
        {
            Checked++;
            if (sum != "sha256 " + Convert.ToBase64String(SHA256.HashData(body.ToArray()))) return 460;
        }
        upload.Content.Write(body.ToArray().AsSpan(0, (int)(fault == Fault.Half ? body.Length / 2 : body.Length)));
        Taken += body.Length;
        response.Headers["Upload-Offset"] = Text(fault == Fault.WrongOffset ? upload.Content.Length - 1 : upload.Content.Length);
        return 204;
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _listener.Stop();
        _loop.Wait(TimeSpan.FromSeconds(5));
        _listener.Close();
    }

    sealed record Upload(string Name, long Length)
    {
        public MemoryStream Content { get; } = new();
    }
}
