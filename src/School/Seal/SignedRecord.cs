namespace Groeilijn.School;

/// <summary>A record of the office with its signature: as two files beside each other, or as a browser gave them. Nothing is verified yet.</summary>
public sealed record SignedRecord(byte[] Record, byte[] Signature)
{
    /// <summary>Reads a record (<c>.json</c>) with the signature beside it (<c>.p7s</c>); null when one of them is not there or is too long to be one.</summary>
    public static SignedRecord? OfFile(string file)
    {
        var signature = Path.ChangeExtension(file, ".p7s");
        return IsShort(file) && IsShort(signature) ? new(File.ReadAllBytes(file), File.ReadAllBytes(signature)) : null;
    }

    static bool IsShort(string file) => File.Exists(file) && new FileInfo(file).Length <= PinnedOffice.LongestRecord;
}
