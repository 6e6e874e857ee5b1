using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>An upload: a file that comes piece by piece.</summary>
sealed record Upload
{
    public string Id { get; init; } = "";
    public string Edition { get; init; } = "";
    public string Name { get; init; } = "";
    public long Bytes { get; init; }
    public string Expires { get; init; } = "";
    public bool Taken { get; init; }
}

/// <summary>Why an upload was refused: a status of HTTP, and the code that outsiders see; empty when the status says it all.</summary>
readonly record struct UploadRefusal(int Status, string Code);

/// <summary>
/// Files on their way in. Nobody signs in here: a delivery proves by itself whose it is. So the signed manifest comes first, and of a sealed file no
/// byte is stored before an enrolled school's signature promised it with its length. What came is on the disk before it is acknowledged: after a
/// kill the file itself says how much there is.
/// </summary>
sealed class Uploads
{
    const string Columns = "SELECT id AS Id, edition AS Edition, name AS Name, bytes AS Bytes, expires AS Expires, taken AS Taken FROM uploads ";

    readonly OfficeHome _home;
    readonly UploadLimits _limits;
    readonly ConcurrentDictionary<string, byte> _busy = [];

    public Uploads(OfficeHome home, UploadLimits limits)
    {
        (_home, _limits) = (home, limits);
        DurableFile.CreateFolder(home.At("uploads"));
    }

    public UploadLimits Limits => _limits;

    /// <summary>Begins an upload.</summary>
    public (Upload? Upload, UploadRefusal Refusal) Begin(string edition, string? name, long bytes)
    {
        if (UploadName.Parse(name) is not { } read || bytes < 1 || (read.Edition ?? edition) != edition) return (null, new(400, "refused-format"));
        var isSealed = read.Kind == UploadKind.Delivery;
        if (bytes > (isSealed ? _limits.Sealed : _limits.Small)) return (null, new(413, "refused-format"));
        if (isSealed && Promise(read.Stem)?.Bytes is var promised && promised != bytes) return (null, new(403, promised is null ? "refused-signature" : "refused-unreadable"));
        if (Crowded(read, bytes)) return (null, new(429, ""));

        var upload = new Upload { Id = RandomNumberGenerator.GetHexString(32, lowercase: true), Edition = edition, Name = read.Text, Bytes = bytes, Expires = OfficeHome.Text(_home.Now + _limits.Kept) };
        using (new FileStream(FileOf(upload), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write })) { }
        _home.Database.Write(t => t.Execute("INSERT INTO uploads (id, edition, name, school, bytes, sealed, day, expires, taken) VALUES (@Id, @Edition, @Name, @School, @Bytes, @isSealed, @Today, @Expires, 0)",
            new { upload.Id, upload.Edition, upload.Name, read.School, upload.Bytes, isSealed = isSealed ? 1 : 0, Today, upload.Expires }));
        return (upload, default);
    }

    /// <summary>An upload that is known and has not expired.</summary>
    public Upload? Find(string edition, string id) =>
        _home.Database.ReadOne<Upload>(Columns + "WHERE id = @id AND edition = @edition AND expires > @now", new { id, edition, now = OfficeHome.Text(_home.Now) });

    /// <summary>How much of an upload is here.</summary>
    public long Offset(Upload upload) => upload.Taken ? upload.Bytes : File.Exists(FileOf(upload)) ? new FileInfo(FileOf(upload)).Length : 0;

    /// <summary>One request at a time works on an upload; null when another does.</summary>
    public IDisposable? Hold(string id) => _busy.TryAdd(id, 0) ? new Held(this, id) : null;

    /// <summary>Adds what comes at the end, durably, also when the line breaks before it is all. At most what is missing is read.</summary>
    public async Task Append(Upload upload, Stream content, CancellationToken stop)
    {
        await using var file = new FileStream(FileOf(upload), new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
        file.Position = file.Length;
        var buffer = new byte[64 << 10];
        try
        {
            for (int read; file.Position < upload.Bytes && (read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, upload.Bytes - file.Position)), stop).ConfigureAwait(false)) > 0;)
                await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
        }
        finally { DurableFile.Sync(file); }
    }

    /// <summary>Ends an upload that nobody wants any more.</summary>
    public void Remove(Upload upload)
    {
        File.Delete(FileOf(upload));
        _home.Database.Write(t => t.Execute("DELETE FROM uploads WHERE id = @Id", new { upload.Id }));
    }

    /// <summary>Does what a whole file is for: a manifest becomes a promise, a sealed delivery a delivery. Safe to repeat. A refused upload is gone.</summary>
    public UploadRefusal? Settle(Upload upload)
    {
        if (upload.Taken || Offset(upload) < upload.Bytes) return null;
        var name = UploadName.Parse(upload.Name)!.Value;
        var refusal = name.Kind switch
        {
            UploadKind.Manifest => TakeManifest(upload, name),
            UploadKind.Delivery => TakeDelivery(upload, name),
            UploadKind.Withdrawal => TakeWithdrawal(upload, name),
            _ => null, // a signature waits for what it signs
        };
        if (refusal is not null) Remove(upload);
        return refusal;
    }

    /// <summary>After a start: what was whole and not yet settled is settled, and files that no row names go.</summary>
    public void Recover()
    {
        foreach (var upload in _home.Database.Read<Upload>(Columns + "WHERE taken = 0 ORDER BY sealed, name")) Settle(upload);
        var known = _home.Database.Read<string>("SELECT id FROM uploads").ToHashSet();
        foreach (var file in Directory.EnumerateFiles(_home.At("uploads")).Where(file => !known.Contains(Path.GetFileName(file)))) File.Delete(file);
    }

    /// <summary>Removes what expired.</summary>
    public int RemoveExpired()
    {
        var now = OfficeHome.Text(_home.Now);
        var expired = _home.Database.Read<Upload>(Columns + "WHERE expires <= @now", new { now });
        foreach (var upload in expired) Remove(upload);
        _home.Database.Write(t => t.Execute("DELETE FROM upload_promises WHERE expires <= @now", new { now }));
        return expired.Count;
    }

    UploadRefusal? TakeManifest(Upload upload, UploadName name)
    {
        var (manifest, signatures) = (File.ReadAllBytes(FileOf(upload)), Signatures(name));
        Refusal? why = null;
        foreach (var signature in signatures)
        {
            var bytes = File.ReadAllBytes(FileOf(signature));
            var check = Intake.Check(_home, manifest, bytes);
            if (check.Ok && check.Value.FileStem == name.Stem)
            {
                Keep(name.Stem, manifest, bytes, check.Value.Ciphertext.Bytes, [upload, .. signatures]);
                return null;
            }
            // Somebody else's signature under the same name must not hide what is wrong with the school's own.
            if (why is null || IntakeRefusals.Table[why.Code] is { Known: false }) why = check.Refusal ?? new Refusal("manifest", "The manifest has the name of another delivery.", "Send the three files unchanged.");
        }
        why ??= new Refusal("signature", "There is no signature with the manifest.", "Send the signature first.");
        IntakeRefusals.Keep(_home, manifest, why);
        return Refused(why);
    }

    void Keep(string stem, byte[] manifest, byte[] signature, long bytes, IReadOnlyList<Upload> uploads)
    {
        _home.Database.Write(t =>
        {
            t.Execute("""
                INSERT INTO upload_promises (stem, manifest, signature, bytes, expires) VALUES (@stem, @manifest, @signature, @bytes, @expires)
                ON CONFLICT (stem) DO UPDATE SET manifest = @manifest, signature = @signature, bytes = @bytes, expires = @expires
                """, new { stem, manifest, signature, bytes, expires = OfficeHome.Text(_home.Now + _limits.Promised) });
            t.Execute("UPDATE uploads SET taken = 1 WHERE id = @Id", uploads.Select(upload => new { upload.Id }));
        });
        Forget(uploads);
    }

    UploadRefusal? TakeDelivery(Upload upload, UploadName name)
    {
        if (Promise(name.Stem) is not { } promise) return new(403, "refused-signature");
        var received = Intake.Receive(_home, promise.Manifest, promise.Signature, File.ReadAllBytes(FileOf(upload)));
        if (!received.Ok) return Refused(received.Refusal);
        Took(upload);
        return null;
    }

    /// <summary>An objection is whose its signature says; what is in it, only the process that opens it knows.</summary>
    UploadRefusal? TakeWithdrawal(Upload upload, UploadName name)
    {
        if (Schools.Find(_home, name.School) is not { } school) return new(403, "refused-signature");
        var content = File.ReadAllBytes(FileOf(upload));
        foreach (var signature in Signatures(name))
        {
            var bytes = File.ReadAllBytes(FileOf(signature));
            if (!Signature.Check(content, bytes, [school.Certificate], _home.Now).Ok) continue;
            if (Withdrawals.Receive(_home, name.School, bytes, content).Refusal is { } why) return Refused(why);
            Took(upload, signature);
            return null;
        }
        return new(403, "refused-signature");
    }

    void Took(params IReadOnlyList<Upload> uploads)
    {
        _home.Database.Write(t => t.Execute("UPDATE uploads SET taken = 1 WHERE id = @Id", uploads.Select(upload => new { upload.Id })));
        Forget(uploads);
    }

    void Forget(IReadOnlyList<Upload> uploads)
    {
        foreach (var upload in uploads) File.Delete(FileOf(upload));
    }

    /// <summary>The whole signatures that wait under the name of a file.</summary>
    List<Upload> Signatures(UploadName name) =>
        [.. _home.Database.Read<Upload>(Columns + "WHERE name = @SignatureName AND taken = 0", new { name.SignatureName }).Where(upload => Offset(upload) == upload.Bytes)];

    bool Crowded(UploadName name, long bytes) =>
        name.Kind == UploadKind.Delivery
            ? (_home.Database.ReadOne<long?>("SELECT sum(bytes) FROM uploads WHERE school = @School AND day = @Today AND sealed = 1", new { name.School, Today }) ?? 0) + bytes > _limits.SchoolDay
            : (_home.Database.ReadOne<long?>("SELECT sum(bytes) FROM uploads WHERE taken = 0 AND sealed = 0") ?? 0) + bytes > _limits.Unproved
              || _home.Database.ReadOne<long>("SELECT count(*) FROM uploads WHERE name = @Text AND taken = 0", new { name.Text }) >= _limits.SignaturesOfOneName;

    PromiseRow? Promise(string stem) =>
        _home.Database.ReadOne<PromiseRow>("SELECT manifest AS Manifest, signature AS Signature, bytes AS Bytes FROM upload_promises WHERE stem = @stem", new { stem });

    static UploadRefusal Refused(Refusal why) => new(403, IntakeRefusals.Outside(why.Code));

    string FileOf(Upload upload) => _home.At("uploads", upload.Id);

    string Today => _home.Now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    sealed class Held(Uploads uploads, string id) : IDisposable
    {
        public void Dispose() => uploads._busy.TryRemove(id, out _);
    }

    sealed record PromiseRow
    {
        public byte[] Manifest { get; init; } = [];
        public byte[] Signature { get; init; } = [];
        public long Bytes { get; init; }
    }
}
