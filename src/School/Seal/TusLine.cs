using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// Uploads files piece by piece with the tus protocol, version 1.0. The receiver says how much it has; a line that breaks costs one piece. An
/// upload is followed to no other computer than the one it was sent to.
/// </summary>
sealed class TusLine : IDisposable
{
    const string Version = "1.0.0";
    readonly Uri _target;
    readonly SendPace _pace;
    readonly TimeProvider _clock;
    readonly HttpClient _http;

    public TusLine(Uri target, SendPace pace, TimeProvider clock)
    {
        (_target, _pace, _clock) = (target, pace, clock);
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        _http.DefaultRequestHeaders.Add("Tus-Resumable", Version);
    }

    /// <summary>Whether the receiver said that this may not come, at least not so.</summary>
    public bool Forbidden { get; private set; }

    /// <summary>Sends one file, from where the receiver has it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="digest">Its hash and length.</param>
    /// <param name="upload">The address this file was given before; null when it was not.</param>
    /// <param name="remember">Called with each new address before anything is sent to it, and with null when an address is of no use any more.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stop">Stops; what arrived stays there.</param>
    public async Task<Refusal?> Send(string file, FileDigest digest, Uri? upload, Action<Uri?> remember, IProgress<SendProgress>? progress, CancellationToken stop)
    {
        var state = new State(upload is not null && SameOrigin(upload) ? upload : null, null);
        var sums = false;
        using var content = File.OpenRead(file);
        for (var (failures, furthest) = (0, -1L); failures < _pace.Tries;)
        {
            Step step;
            try
            {
                if (furthest < 0) sums = await OffersSums(stop).ConfigureAwait(false);
                step = state switch
                {
                    { Upload: null } => await Create(Path.GetFileName(file), digest, stop).ConfigureAwait(false),
                    { Offset: null } => await Ask(state.Upload, digest.Bytes, stop).ConfigureAwait(false),
                    _ => await Patch(state.Upload, content, state.Offset.Value, sums, stop).ConfigureAwait(false),
                };
            }
            catch (Exception broken) when (!stop.IsCancellationRequested && broken is HttpRequestException or IOException or OperationCanceledException)
            {
                step = Step.Again(state);
            }
            if (step.Refusal is not null) return step.Refusal;
            if (step.State.Upload != state.Upload) remember(step.State.Upload);
            state = step.State;
            if (state.Offset is { } offset && offset > furthest)
            {
                (furthest, failures) = (offset, 0);
                progress?.Report(new(Path.GetFileName(file), offset, digest.Bytes));
            }
            else if (step.Failed) await Task.Delay(_pace.Wait(failures++), _clock, stop).ConfigureAwait(false);
            if (state.Offset == digest.Bytes) return null;
        }
        return Refusals.LineBroken;
    }

    /// <summary>Whether the receiver checks each piece by its SHA-256. No answer is no.</summary>
    async Task<bool> OffersSums(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, _target);
        using var response = await _http.SendAsync(request, stop).ConfigureAwait(false);
        return (Header(response, "Tus-Checksum-Algorithm") ?? "").Split(',', StringSplitOptions.TrimEntries).Contains("sha256");
    }

    async Task<Step> Create(string name, FileDigest digest, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _target);
        request.Headers.Add("Upload-Length", Text(digest.Bytes));
        request.Headers.Add("Upload-Metadata", $"filename {Base64(name)},sha256 {Base64(digest.Sha256)}");
        using var response = await _http.SendAsync(request, stop).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Created) return Other(response.StatusCode, new(null, null));
        if (response.Headers.Location is not { } location || !Uri.TryCreate(_target, location, out var upload)) return Step.Refused(Refusals.UploadRefused);
        return SameOrigin(upload) ? Step.Done(new(upload, 0)) : Step.Refused(Refusals.UploadElsewhere);
    }

    /// <summary>How much the receiver has. An upload it does not know, or whose length is another, is begun anew.</summary>
    async Task<Step> Ask(Uri upload, long length, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, upload);
        using var response = await _http.SendAsync(request, stop).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden) return Step.Again(new(null, null));
        if (!response.IsSuccessStatusCode) return Other(response.StatusCode, new(upload, null));
        var known = Number(response, "Upload-Length") ?? length;
        return Number(response, "Upload-Offset") is { } offset && offset <= length && known == length ? Step.Done(new(upload, offset)) : Step.Again(new(null, null));
    }

    async Task<Step> Patch(Uri upload, FileStream content, long offset, bool sums, CancellationToken stop)
    {
        var piece = new byte[Math.Min(_pace.Piece, content.Length - offset)];
        content.Position = offset;
        await content.ReadExactlyAsync(piece, stop).ConfigureAwait(false);
        using var body = new ByteArrayContent(piece);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Patch, upload) { Content = body };
        request.Headers.Add("Upload-Offset", Text(offset));
        if (sums) request.Headers.Add("Upload-Checksum", "sha256 " + Convert.ToBase64String(SHA256.HashData(piece)));
        using var response = await _http.SendAsync(request, stop).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return Step.Again(new(null, null));
        if (response.StatusCode != HttpStatusCode.NoContent) return Other(response.StatusCode, new(upload, null));
        return Number(response, "Upload-Offset") == offset + piece.Length ? Step.Done(new(upload, offset + piece.Length)) : Step.Again(new(upload, null));
    }

    /// <summary>What another answer means: busy, out of step or a fault of the other side is tried again; the rest is a refusal.</summary>
    Step Other(HttpStatusCode code, State state)
    {
        Forbidden |= code == HttpStatusCode.Forbidden;
        return Meaning((int)code, state);
    }

    static Step Meaning(int code, State state) => code switch
    {
        408 or 409 or 423 or 425 or 429 or 460 or >= 500 => Step.Again(state),
        413 => Step.Refused(Refusals.UploadTooLarge),
        >= 300 and < 400 => Step.Refused(Refusals.UploadElsewhere),
        _ => Step.Refused(Refusals.UploadRefused),
    };

    bool SameOrigin(Uri other) => other.IsAbsoluteUri && Uri.Compare(other, _target, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    static long? Number(HttpResponseMessage response, string name) => long.TryParse(Header(response, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public void Dispose() => _http.Dispose();

    /// <summary>Where the file goes and how much of it is there; null is unknown.</summary>
    readonly record struct State(Uri? Upload, long? Offset);

    readonly record struct Step(State State, bool Failed, Refusal? Refusal)
    {
        public static Step Done(State state) => new(state, false, null);

        /// <summary>Asks again before anything is sent.</summary>
        public static Step Again(State state) => new(state with { Offset = null }, true, null);

        public static Step Refused(Refusal refusal) => new(default, true, refusal);
    }
}
