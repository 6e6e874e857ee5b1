using System.Globalization;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Groeilijn.Sites.Work;

namespace Groeilijn.School.Pages;

/// <summary>The words and small steps of the pages about sending.</summary>
static class SendWords
{
    static readonly Spoken[] s_titles =
    [
        new("Bureau", "Office"), new("Bestuur", "Board"), new("Voorbeeld", "Preview"), new("Directie", "Head"), new("Versturen", "Send"), new("Ontvangst", "Receipt"),
    ];

    /// <summary>The six small steps, each done or not by what is there.</summary>
    public static IReadOnlyList<Step> Steps(Dispatch now, Speech speech)
    {
        var left = now.Step >= DispatchStep.Send;
        bool[] done =
        [
            left || now.Round is not null, left || now.Approvals.Agreement?.Covers(now.Edition) == true, left || now.Preview is not null,
            left || now.Approvals.Approval is not null, now.Step > DispatchStep.Send, now.Step == DispatchStep.Done,
        ];
        var here = Array.IndexOf(done, false);
        return [.. s_titles.Select((title, i) => new Step(title.In(speech.Language), done[i] ? StepState.Done : i == here ? StepState.Now : StepState.Later))];
    }

    /// <summary>What there is to do, in a sentence.</summary>
    public static Spoken Lead(Dispatch now) => now.Step switch
    {
        DispatchStep.Office => new("Begin met het bestand dat het bureau u stuurde. Daarna volgen het akkoord van bestuur en directie, en dan de levering. Samen ongeveer tien minuten.", "Begin with the file that the office sent you. Then follow the agreement of board and head, and then the delivery. Together about ten minutes."),
        DispatchStep.Agreement => new("Leg vast dat het bestuur meedoet. Dat doet u één keer.", "Record that the board takes part. You do this once."),
        DispatchStep.Preview => new("Bekijk eerst wat er weggaat.", "Look first at what leaves."),
        DispatchStep.Approval => new("De directie bekijkt het voorbeeld en keurt precies dat goed.", "The head looks at the preview and approves exactly that."),
        DispatchStep.Seal => new("Alles is klaar. U kunt de levering versturen.", "All is ready. You can send the delivery."),
        DispatchStep.Send => new("De levering is verzegeld, maar nog niet helemaal verstuurd.", "The delivery was sealed, but not wholly sent yet."),
        DispatchStep.Receipt => new("De levering is verstuurd. Nu wacht u op het ontvangstbewijs van het bureau.", "The delivery was sent. Now you wait for the office's receipt."),
        _ => new("Het bureau heeft de levering. U hoeft nu niets te doen.", "The office has the delivery. There is nothing for you to do now."),
    };

    /// <summary>How many receipts and answers were taken in.</summary>
    public static Spoken Taken(int receipts, int answers) => new(
        string.Join(" en ", new[] { Count(receipts, "ontvangstbewijs", "ontvangstbewijzen"), Count(answers, "antwoord", "antwoorden") }.OfType<string>()),
        string.Join(" and ", new[] { Count(receipts, "receipt", "receipts"), Count(answers, "answer", "answers") }.OfType<string>()));

    static string? Count(int count, string one, string more) => count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : more)}");

    /// <summary>How a state looks.</summary>
    public static AlertKind Kind(DeliveryState state) => state switch
    {
        DeliveryState.Received or DeliveryState.Answered => AlertKind.Ok,
        DeliveryState.Refused => AlertKind.Error,
        DeliveryState.Replaced => AlertKind.Info,
        _ => AlertKind.Warning,
    };

    /// <summary>How a message about an objection looks.</summary>
    public static AlertKind Kind(MessageState state) => state switch
    {
        MessageState.Answered => AlertKind.Ok,
        MessageState.Refused => AlertKind.Error,
        MessageState.Sent or MessageState.Received => AlertKind.Info,
        _ => AlertKind.Warning,
    };

    /// <summary>Where a target is, for a person.</summary>
    public static string Place(SendTarget target) => target.DropFolder ?? target.Address!.Host;

    /// <summary>The page of a delivery.</summary>
    public static string PathOf(SentDelivery delivery) => string.Create(CultureInfo.InvariantCulture, $"/send/delivery/{delivery.Edition}/{delivery.Sequence}");

    /// <summary>Passes on how far the files are: the sealed file is nearly all of it, the manifest is small and comes last.</summary>
    public sealed class Told(JobProgress progress) : IProgress<SendProgress>
    {
        public void Report(SendProgress value)
        {
            var sealedFile = value.File.EndsWith(".age", StringComparison.Ordinal);
            var part = sealedFile ? 0.05 + 0.85 * value.Sent / Math.Max(1, value.Bytes) : 0.95;
            if (sealedFile) progress.At(part, "Het verzegelde bestand wordt verstuurd.", "The sealed file is being sent.");
            else progress.At(part, "De handtekening wordt verstuurd.", "The signature is being sent.");
        }
    }
}
