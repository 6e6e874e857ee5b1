using System.Globalization;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>Seals and sends in one go. What was sealed from this very preview and did not leave yet is sent as it is, so that a second time makes no second delivery.</summary>
public static class Dispatching
{
    /// <summary>Seals the approved preview where that was not done, and sends it where a place is known.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="edition">The edition.</param>
    /// <param name="target">Where to; null seals alone, for who carries the files.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stop">Stops the sending; what was sealed and what arrived stays.</param>
    public static async Task<Outcome<SentDelivery>> SealAndSend(SchoolHome home, Edition edition, SendTarget? target, IProgress<SendProgress>? progress = null, CancellationToken stop = default)
    {
        var now = Dispatch.Of(home, edition);
        if (now.Step is not (DispatchStep.Send or DispatchStep.Receipt or DispatchStep.Done) && Seal.Deliver(home, edition).Refusal is { } unsealed) return unsealed;
        var delivery = Sent.All(home).Last(one => one.Edition == edition.ToString());
        if (target is not null && (await Sending.Send(home, edition, delivery.Sequence, target, progress, stop: stop).ConfigureAwait(false)).Refusal is { } unsent) return unsent;
        return Find(home, delivery.Edition, delivery.Sequence)!;
    }

    /// <summary>A delivery by its edition and number; null when there is none.</summary>
    public static SentDelivery? Find(SchoolHome home, string edition, int sequence) => Sent.All(home).FirstOrDefault(one => one.Edition == edition && one.Sequence == sequence);

    /// <summary>The files of a delivery in the outbox, for who carries them, in the order in which they are sent; only those that are there.</summary>
    public static IReadOnlyList<string> FilesOf(SchoolHome home, SentDelivery delivery)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"{home.Profile.Location.Code}-{delivery.Edition}-{delivery.Sequence}");
        return [.. new[] { stem + ".age", stem + ".manifest.p7s", stem + ".manifest.json" }.Where(name => File.Exists(Path.Combine(home.OutboxFolder, name)))];
    }
}
