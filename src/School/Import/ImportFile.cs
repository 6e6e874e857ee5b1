namespace Groeilijn.School;

/// <summary>
/// One file of an export: its name, which is only repeated to the user, and where its bytes are. <paramref name="Open"/> gives
/// a new stream at each call, readable and seekable and at its start; the reader closes it. So an upload is read from memory
/// and never touches the disk.
/// </summary>
/// <param name="Name">The name to call it by in what is found.</param>
/// <param name="Open">Opens it; may throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>, which is a finding and no fault.</param>
public sealed record ImportFile(string Name, Func<Stream> Open)
{
    /// <summary>A file on disk, named without its folder.</summary>
    public static ImportFile OfPath(string path) =>
        new(Path.GetFileName(path), () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan));

    /// <summary>A file in memory, an upload for instance. A path in the name, as some browsers send it, is left out.</summary>
    public static ImportFile OfBytes(string name, ReadOnlyMemory<byte> bytes) =>
        new(Path.GetFileName(name.Replace('\\', '/')), () => System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false));
}

/// <summary>How far an import is.</summary>
/// <param name="File">The file that is read, from 1.</param>
/// <param name="Files">How many there are.</param>
/// <param name="Bytes">Bytes of this file that were read.</param>
/// <param name="Length">Bytes of this file in all.</param>
public readonly record struct ImportProgress(int File, int Files, long Bytes, long Length);

/// <summary>What came of a file.</summary>
[Flags]
public enum FileUse
{
    /// <summary>Nothing was used.</summary>
    Nothing = 0,
    /// <summary>The pupils come from it.</summary>
    Pupils = 1,
    /// <summary>It filled in what another file left open.</summary>
    Completion = 2,
    /// <summary>Groups and locations.</summary>
    Groups = 4,
    /// <summary>Addresses.</summary>
    Addresses = 8,
    /// <summary>Results of language and arithmetic tests.</summary>
    Results = 16,
}

/// <summary>What one file held and what of it was used. In what is found an OSO dossier is called by its number, because such a file is often named after its pupil.</summary>
/// <param name="Name">The name as it was given.</param>
/// <param name="Kind">What it is, by its content.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Pupils">Pupils taken from it.</param>
/// <param name="Addresses">Addresses in it.</param>
/// <param name="Results">Results of language and arithmetic tests in it.</param>
/// <param name="OtherTests">Results of other tests, which were counted and not kept.</param>
public sealed record ImportedFile(string Name, FileKind Kind, long Bytes, int Pupils, int Addresses, int Results, int OtherTests)
{
    static readonly (FileUse Use, string Dutch, string English)[] s_words =
    [
        (FileUse.Pupils, "leerlingen", "pupils"), (FileUse.Completion, "aanvulling bij leerlingen", "completion of pupils"), (FileUse.Groups, "groepen", "groups"),
        (FileUse.Addresses, "adressen", "addresses"), (FileUse.Results, "resultaten", "results"),
    ];

    /// <summary>The version of the standard, for instance <c>2.1</c> or <c>2019</c>; empty when the file does not tell or it is none that we know.</summary>
    public string Version { get; init; } = "";

    /// <summary>What it is called in what is found.</summary>
    public string KnownAs { get; init; } = Name;

    /// <summary>What was used.</summary>
    public FileUse Used { get; init; }

    /// <summary>What was used, in words.</summary>
    public string UsedWords(string language)
    {
        var parts = s_words.Where(w => Used.HasFlag(w.Use)).Select(w => language == "nl" ? w.Dutch : w.English).ToList();
        return parts.Count > 0 ? string.Join(", ", parts) : language == "nl" ? "niets" : "nothing";
    }

    internal static ImportedFile Of(Reading r) => new(r.Name, r.Kind, r.Bytes, r.Pupils.Count, r.Addresses.Count, r.Results.Count, r.OtherTests)
    {
        Version = r.Version,
        KnownAs = r.File,
        Used = (r.Pupils.Count > 0 ? FileUse.Pupils : 0) | (r.Completed > 0 ? FileUse.Completion : 0) | (r.Groups.Count > 0 ? FileUse.Groups : 0)
            | (r.Addresses.Count > 0 ? FileUse.Addresses : 0) | (r.Results.Count > 0 ? FileUse.Results : 0),
    };
}
