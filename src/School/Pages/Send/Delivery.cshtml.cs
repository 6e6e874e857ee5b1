using Groeilijn.Delivery;
using Groeilijn.Sites;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.School.Pages;

/// <summary>One delivery: how far it is, what the receipt proves, what the office answered, its files for who carries them.</summary>
public sealed class SendDeliveryPage(SchoolHome home, Jobs jobs) : SitePage
{
    /// <summary>The delivery.</summary>
    public SentDelivery Delivery { get; private set; } = null!;

    /// <summary>How far it is.</summary>
    public DeliveryState State => DeliveryStates.StateOf(home, Delivery);

    /// <summary>The receipt, verified; null when there is none.</summary>
    public Receipt? Receipt => Receipts.Of(home, Delivery.Edition, Delivery.Sequence);

    /// <summary>Size and root of the office's log as the receipt carries them, short; null while the office had none.</summary>
    public string? LogOfOffice => Receipt is { } receipt && Checkpoint.TryParse(receipt.Checkpoint, out var checkpoint) ? checkpoint.Printed : null;

    /// <summary>What the office answered, oldest first.</summary>
    public IReadOnlyList<KnownAnswer> AllAnswers => Answers.About(home, Delivery.Ciphertext);

    /// <summary>The files to carry.</summary>
    public IReadOnlyList<string> Files => Dispatching.FilesOf(home, Delivery);

    /// <summary>Where it can be sent; null when no place is known.</summary>
    public SendTarget? Target => SendTarget.Usual(home, Education.Edition.Parse(Delivery.Edition).Value).Value;

    /// <summary>The office's fingerprint.</summary>
    public string? Office => OfficeSettings.Of(home).FingerprintAloud;

    /// <summary>The folder that both can reach.</summary>
    public string? DropFolder => OfficeSettings.Of(home).DropFolder;

    /// <summary>A moment of the store in words.</summary>
    public string Moment(string utc) => Speech.Moment(home, utc);

    /// <summary>A moment of a record in words.</summary>
    public string Moment(DateTimeOffset at) => Moment(SchoolHome.Text(at));

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var (edition, sequence) = ((string)context.RouteData.Values["edition"]!, (string)context.RouteData.Values["sequence"]!);
        if (Dispatching.Find(home, edition, int.Parse(sequence, System.Globalization.CultureInfo.InvariantCulture)) is { } found) Delivery = found;
        else context.Result = NotFound();
    }

    /// <summary>Sends it, or goes on.</summary>
    public IActionResult OnPostSend()
    {
        var (path, edition, sequence) = (SendWords.PathOf(Delivery), Education.Edition.Parse(Delivery.Edition).Value, Delivery.Sequence);
        if (Target is not { } target) return Go("/send");
        return Go(jobs.Start("send", new("Levering versturen", "Sending the delivery"), path, async (progress, stop) =>
        {
            var sent = await Sending.Send(home, edition, sequence, target, new SendWords.Told(progress), stop: stop);
            return sent.Refusal is { } no ? PageWords.End(no) : JobEnd.At(path);
        }).Path);
    }

    /// <summary>One of the sealed files; none of them can be read by anybody but the office.</summary>
    public IActionResult OnGetFile(string name) =>
        Files.Contains(name) ? File(System.IO.File.ReadAllBytes(Path.Combine(home.OutboxFolder, name)), "application/octet-stream", name) : NotFound();

    /// <summary>The receipt or its signature.</summary>
    public IActionResult OnGetReceipt(string kind)
    {
        var file = Receipts.FileOf(home, Delivery.Edition, Delivery.Sequence);
        if (kind == "p7s") file = Path.ChangeExtension(file, ".p7s");
        return System.IO.File.Exists(file) ? File(System.IO.File.ReadAllBytes(file), "application/octet-stream", Path.GetFileName(file)) : NotFound();
    }
}
