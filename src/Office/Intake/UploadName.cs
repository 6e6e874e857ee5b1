using System.Text.RegularExpressions;

namespace Groeilijn.Office;

/// <summary>What a file that is uploaded can be.</summary>
enum UploadKind
{
    /// <summary>The signature of a manifest; the first of a delivery's three files.</summary>
    ManifestSignature,
    /// <summary>The manifest; the second.</summary>
    Manifest,
    /// <summary>The sealed delivery; the last.</summary>
    Delivery,
    /// <summary>The signature of an objection made after sending; the first of its two files.</summary>
    WithdrawalSignature,
    /// <summary>The sealed objection; the last.</summary>
    Withdrawal,
}

/// <summary>The name of an uploaded file: <c>99XX00-2023-1-1.age</c>, <c>.manifest.json</c>, <c>.manifest.p7s</c>, or <c>99XX00-withdrawal-0123456789abcdef.age</c>, <c>.p7s</c>. Nothing else is taken.</summary>
/// <param name="Text">The whole name.</param>
/// <param name="Kind">What the file is.</param>
/// <param name="School">BRIN and vestiging, as the name says; not yet proved.</param>
/// <param name="Stem">What the files that belong together share.</param>
/// <param name="Edition">The half-year; null for an objection.</param>
readonly partial record struct UploadName(string Text, UploadKind Kind, string School, string Stem, string? Edition)
{
    /// <summary>Reads a name; null when it is none of these.</summary>
    public static UploadName? Parse(string? text)
    {
        if (text is null || Delivery().Match(text) is not { Success: true } match) return null;
        var edition = match.Groups["edition"].Value;
        return new(text, KindOf(match.Groups["kind"].Value, edition.Length == 0), match.Groups["school"].Value, match.Groups["stem"].Value, edition.Length == 0 ? null : edition);
    }

    /// <summary>The name of the signature that belongs to this file.</summary>
    public string SignatureName => Stem + (Edition is null ? ".p7s" : ".manifest.p7s");

    static UploadKind KindOf(string ending, bool withdrawal) => (ending, withdrawal) switch
    {
        ("manifest.p7s", _) => UploadKind.ManifestSignature,
        ("manifest.json", _) => UploadKind.Manifest,
        ("age", false) => UploadKind.Delivery,
        ("p7s", _) => UploadKind.WithdrawalSignature,
        _ => UploadKind.Withdrawal,
    };

    [GeneratedRegex(@"\A(?:(?<stem>(?<school>\d\d[A-Z]{2}\d\d)-(?<edition>\d{4}-[12])-[1-9]\d{0,8})\.(?<kind>age|manifest\.json|manifest\.p7s)|(?<stem>(?<school>\d\d[A-Z]{2}\d\d)-withdrawal-[0-9a-f]{16})\.(?<kind>age|p7s))\z")]
    private static partial Regex Delivery();
}
