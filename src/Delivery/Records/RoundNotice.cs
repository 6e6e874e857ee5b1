using System.Diagnostics.CodeAnalysis;

namespace Groeilijn.Delivery;

/// <summary>
/// What the office tells the schools of a delivery round (<c>groeilijn-round/1</c>), signed like a receipt: to which keys they seal, from when until
/// when, and where they send. One file is all that a school needs of the office.
/// </summary>
public sealed record RoundNotice
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-round/1";

    static readonly Spelling s_upload = new("must be an address https://…, or http:// on this computer itself", IsUpload);

    /// <summary>The half-year.</summary>
    public required string Edition { get; init => field = Spelling.Edition.Demand(value); }

    /// <summary>The key of this round: deliveries are sealed to it.</summary>
    public required string Recipient { get; init => field = Spelling.Recipient.Demand(value); }

    /// <summary>The key to which objections made after sending are sealed.</summary>
    public required string Withdrawals { get; init => field = Spelling.Recipient.Demand(value); }

    /// <summary>The first day on which deliveries are taken in.</summary>
    public required DateOnly Opens { get; init; }

    /// <summary>The last day, not before the first.</summary>
    public required DateOnly Closes { get; init; }

    /// <summary>Where files are uploaded (tus 1.0); null when the office gives no such place.</summary>
    public string? Upload { get; init => field = s_upload.DemandIfKnown(value); }

    /// <summary>SHA-256 of the certificate that signs this notice, answers and receipts.</summary>
    public required string Certificate { get; init => field = Spelling.Sha256.Demand(value); }

    /// <summary>The record's one line, with its LF.</summary>
    /// <exception cref="ArgumentException">The round closes before it opens.</exception>
    public byte[] ToJson() => Closes < Opens ? throw new ArgumentException($"{nameof(Closes)}: must not be before the day it opens") : RecordFile.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("edition", Edition, Spelling.Edition);
        json.Text("recipient", Recipient, Spelling.Recipient);
        json.Text("withdrawals", Withdrawals, Spelling.Recipient);
        json.Date("opens", Opens);
        json.Date("closes", Closes);
        json.Text("upload", Upload, s_upload);
        json.Text("certificate", Certificate, Spelling.Sha256);
    });

    /// <summary>Reads the record; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RoundNotice? value, [NotNullWhen(false)] out JsonFault? fault) => RecordFile.TryRead(bytes, Read, out value, out fault);

    /// <summary>Whether data may travel to this address: encrypted, or within this computer, without a name or password in it.</summary>
    public static bool IsUpload(string text) =>
        text.Length <= 500 && text.All(c => c is > ' ' and <= '~') && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && address.UserInfo.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    static RoundNotice Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        RoundNotice notice = new()
        {
            Edition = json.Text("edition", Spelling.Edition),
            Recipient = json.Text("recipient", Spelling.Recipient),
            Withdrawals = json.Text("withdrawals", Spelling.Recipient),
            Opens = json.Date("opens"),
            Closes = json.Date("closes"),
            Upload = json.OptionalText("upload", s_upload),
            Certificate = json.Text("certificate", Spelling.Sha256),
        };
        return notice.Closes >= notice.Opens ? notice : throw new JsonRefused("closes", "must not be before the day it opens");
    }
}
