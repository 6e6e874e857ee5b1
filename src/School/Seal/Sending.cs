using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Sends what was sealed. Safe to repeat, after a broken line or a killed program: what arrived is not sent again, what was half-way goes on
/// where it was. Into a folder the manifest comes last, so that the office never sees half a delivery; over a line it comes first, for the office takes
/// no sealed file that nobody it knows has signed for. The same delivery twice is one delivery.
/// </summary>
public static class Sending
{
    /// <summary>Sends a delivery.</summary>
    public static async Task<Outcome<SentOff>> Send(SchoolHome home, Edition edition, int sequence, SendTarget target, IProgress<SendProgress>? progress = null, SendPace? pace = null, CancellationToken stop = default)
    {
        var of = new { edition = edition.ToString(), sequence };
        if (home.Store.ReadOne<DeliveryRow>("SELECT ciphertext AS Ciphertext, manifest AS Manifest, sent AS Sent FROM delivery WHERE edition = @edition AND sequence = @sequence", of) is not { } delivery) return Refusals.NoSuchDelivery;
        var stem = string.Create(CultureInfo.InvariantCulture, $"{home.Profile.Location.Code}-{edition}-{sequence}");
        var (content, signature, manifest) = (new SealedFile(stem + ".age", delivery.Ciphertext), new SealedFile(stem + ".manifest.p7s", null), new SealedFile(stem + ".manifest.json", delivery.Manifest));
        SealedFile[] files = target.Address is null ? [content, signature, manifest] : [signature, manifest, content];
        if (Array.TrueForAll(files, file => SendingState.Arrived(home, file.Name, target))) return new SentOff([.. files.Select(f => f.Name)], true);
        if (Obstacle(home, edition, sequence) is { } obstacle) return obstacle;

        if (await All(home, files, target, progress, pace ?? new(), stop).ConfigureAwait(false) is { } refusal) return refusal;
        if (delivery.Sent is null)
            home.Store.Write(tx =>
            {
                if (tx.Execute("UPDATE delivery SET sent = @now WHERE edition = @edition AND sequence = @sequence AND sent IS NULL", new { now = home.Now, of.edition, sequence }) == 1)
                    tx.Enter(home.Entry("sent", ("ciphertext", delivery.Ciphertext), ("edition", of.edition), ("sequence", sequence)));
            });
        return new SentOff([.. files.Select(f => f.Name)], false);
    }

    /// <summary>Sends the messages about objections that were sealed and not sent yet. A refusal leaves the others for the next time.</summary>
    public static async Task<Outcome<SentOff>> SendWithdrawals(SchoolHome home, SendTarget target, IProgress<SendProgress>? progress = null, SendPace? pace = null, CancellationToken stop = default)
    {
        var sent = new List<string>();
        foreach (var (file, sha256) in home.Store.Read<(string, string)>("SELECT file, sha256 FROM withdrawal WHERE sent IS NULL ORDER BY sealed, objection"))
        {
            SealedFile[] files = [new(Path.ChangeExtension(file, ".p7s"), null), new(file, sha256)];
            if (await All(home, files, target, progress, pace ?? new(), stop).ConfigureAwait(false) is { } refusal) return refusal;
            home.Store.Write(tx =>
            {
                if (tx.Execute("UPDATE withdrawal SET sent = @now WHERE sha256 = @sha256 AND sent IS NULL", new { now = home.Now, sha256 }) == 1) tx.Enter(home.Entry("withdrawal-sent", ("ciphertext", sha256)));
            });
            sent.AddRange(files.Select(f => f.Name));
        }
        return new SentOff(sent, sent.Count == 0);
    }

    static Refusal? Obstacle(SchoolHome home, Edition edition, int sequence)
    {
        var of = new { edition = edition.ToString(), sequence };
        if (home.Store.ReadOne<long>("SELECT max(sequence) FROM delivery WHERE edition = @edition", of) > sequence) return Refusals.DeliveryReplaced;
        if (home.Store.ReadOne<long>("SELECT count(*) FROM delivered d JOIN objection o ON o.person = d.person AND o.withdrawn IS NULL WHERE d.edition = @edition AND d.sequence = @sequence", of) > 0) return Refusals.DeliveryOvertaken;
        if (Rounds.Of(home, edition) is not { } round) return null;
        return home.Today < round.Opens ? Refusals.RoundNotOpen : home.Today > round.Closes ? Refusals.RoundClosed : null;
    }

    /// <summary>One file after the other, in the order that makes the last one complete the whole.</summary>
    static async Task<Refusal?> All(SchoolHome home, IReadOnlyList<SealedFile> files, SendTarget target, IProgress<SendProgress>? progress, SendPace pace, CancellationToken stop)
    {
        using var line = target.Address is null ? null : new TusLine(target.Address, pace, home.Clock);
        foreach (var file in files)
        {
            if (SendingState.Arrived(home, file.Name, target)) continue;
            var path = Path.Combine(home.OutboxFolder, file.Name);
            if (!File.Exists(path)) return Refusals.OutboxDamaged;
            var digest = FileDigest.OfFile(path);
            if (file.Sha256 is not null && file.Sha256 != digest.Sha256) return Refusals.OutboxDamaged;
            SendingState.Begin(home, file.Name, target, digest.Sha256);
            var refusal = line is null ? Drop.Into(target.DropFolder!, path, digest.Sha256)
                : await line.Send(path, digest, SendingState.Upload(home, file.Name, target), at => SendingState.Remember(home, file.Name, target, at), progress, stop).ConfigureAwait(false);
            if (line is { Forbidden: true }) SendingState.Forget(home, files.Select(one => one.Name), target); // what was promised may be forgotten there: all of it goes again
            if (refusal is not null) return refusal;
            progress?.Report(new(file.Name, digest.Bytes, digest.Bytes));
            SendingState.End(home, file.Name, target);
        }
        return null;
    }

    /// <summary>A file of the outbox, and the hash the store has of it where it has one.</summary>
    readonly record struct SealedFile(string Name, string? Sha256);

    sealed record DeliveryRow
    {
        public string Ciphertext { get; init; } = "";
        public string Manifest { get; init; } = "";
        public string? Sent { get; init; }
    }
}
