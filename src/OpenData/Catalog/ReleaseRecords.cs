using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Groeilijn.OpenData;

/// <summary>What the Gate wrote down when a table left.</summary>
/// <param name="Id">Its name there, <c>2023-2/table/growth</c>.</param>
/// <param name="Profile">The rules.</param>
/// <param name="Artefact">The hash of its files.</param>
public sealed record TableRelease(string Id, string Profile, string Artefact);

/// <summary>
/// The Gate's records of releases to the public (<c>groeilijn-release/1</c>, JSON lines; docs/FORMATS.md). Of a table released more than once the last
/// record counts: what was replaced is no longer public. Records of other audiences are passed over unread.
/// </summary>
public sealed class ReleaseRecords
{
    const string Format = "groeilijn-release/1", FileName = "releases.jsonl";

    readonly Dictionary<string, TableRelease> _last = new(StringComparer.Ordinal);

    /// <summary>Where the records are when nobody says: beside the tables, or in the home whose <c>outgoing/public</c> this is.</summary>
    public static string Near(string from)
    {
        var beside = Path.Combine(from, FileName);
        return File.Exists(beside) ? beside : Path.GetFullPath(Path.Combine(from, "..", "..", "gate", FileName));
    }

    /// <summary>Reads the records.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out ReleaseRecords? records, [NotNullWhen(false)] out Refusal? refusal)
    {
        (records, refusal) = (null, null);
        if (!File.Exists(path))
        {
            refusal = new("no-releases", "The Gate's records of what left are not here.", "Give the home's file gate/releases.jsonl, or put a copy beside the tables.");
            return false;
        }
        var read = new ReleaseRecords();
        var line = 0;
        foreach (var json in File.ReadLines(path))
        {
            line++;
            if (read.Add(json)) continue;
            refusal = new("releases-unreadable", FormattableString.Invariant($"{Path.GetFileName(path)}, line {line}: not a record of {Format}."), "Take the file from the office's home again.");
            return false;
        }
        records = read;
        return true;
    }

    /// <summary>The last release of a table, by edition and name (<c>2023-2/growth</c>).</summary>
    internal TableRelease? Find(string name) => name.Split('/') is [var edition, var table] ? _last.GetValueOrDefault($"{edition}/table/{table}") : null;

    /// <summary>The hash of a release of two files: of their list as sha256sum writes it, in order of name.</summary>
    internal static string Digest(string name, byte[] csv, byte[] metadata)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        var list = $"{Hash(csv)}  {file}.csv\n{Hash(metadata)}  {file}.json\n";
        return Hash(Encoding.UTF8.GetBytes(list));

        static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    bool Add(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            string Text(string member) => document.RootElement.GetProperty(member).GetString()!;
            if (Text("format") != Format) return false;
            if (Text("audience") == "public") _last[Text("id")] = new(Text("id"), Text("profile"), Text("artefact"));
            return true;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
