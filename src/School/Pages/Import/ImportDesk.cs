using Groeilijn.Sites.Work;

namespace Groeilijn.School.Pages;

/// <summary>
/// What the pages of an import hold between two clicks: the upload, as long as a table in it waits for its columns, and what came of the last
/// import. All of it is in memory, within the limit of an upload, for half an hour at most; nothing of it reaches the disk.
/// </summary>
public sealed class ImportDesk : IDisposable
{
    static readonly TimeSpan s_kept = TimeSpan.FromMinutes(30);

    readonly Lock _lock = new();
    readonly ITimer _forget;
    Upload? _upload;

    /// <summary>An empty desk.</summary>
    public ImportDesk(TimeProvider clock) => _forget = clock.CreateTimer(_ => Drop(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>The upload that is held; null when there is none (any more).</summary>
    internal Upload? Upload
    {
        get { lock (_lock) return _upload; }
    }

    /// <summary>What came of the last import since the program was started.</summary>
    internal ImportOutcome? Last { get; private set; }

    /// <summary>A mapping that was forgotten, for who wants it back.</summary>
    internal ColumnMapping? Forgotten { get; set; }

    /// <summary>Takes an upload in the place of what was held.</summary>
    internal void Put(IEnumerable<ImportFile> files)
    {
        lock (_lock) _upload = new(Distinct(files), null);
        _forget.Change(s_kept, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Imports the upload and says where to go then: to the columns of a table that is not known, or to what came of it.</summary>
    internal string Run(SchoolHome home, JobProgress progress, CancellationToken stop)
    {
        if (Upload is not { } upload) return "/import";
        var outcome = Import.Run(home, upload.Files, progress: new Told(progress, stop));
        Last = outcome;
        var unmapped = upload.IndexOf(outcome.Findings.FirstOrDefault(f => f.Rule == Rules.ColumnsUnconfirmed) ?? outcome.Findings.FirstOrDefault(f => f.Rule == Rules.TestUnplaced));
        lock (_lock) _upload = unmapped is null ? null : upload with { Unmapped = unmapped };
        return unmapped is not null && outcome.Findings.All(f => f.Rule == Rules.ColumnsUnconfirmed) ? $"/import/columns/{unmapped}" : "/import/result";
    }

    /// <summary>Starts the import of what is held; the visitor follows it on the page of the job.</summary>
    internal Job Start(SchoolHome home, Jobs jobs) => jobs.Start("import", new("De export wordt ingelezen", "The export is being imported"), "/import",
        (progress, stop) => Task.FromResult(JobEnd.At(Run(home, progress, stop))));

    /// <summary>Forgets the upload.</summary>
    internal void Drop()
    {
        lock (_lock) _upload = null;
    }

    /// <summary>Two files of one name are told apart, because what is found names its file.</summary>
    static List<ImportFile> Distinct(IEnumerable<ImportFile> files)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. files.Select(file =>
        {
            var (name, number) = (file.Name, 1);
            while (!taken.Add(name)) name = $"{Path.GetFileNameWithoutExtension(file.Name)} ({++number}){Path.GetExtension(file.Name)}";
            return file with { Name = name };
        })];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _forget.Dispose();
        Drop();
    }

    /// <summary>Passes on how far the reading is, and ends it when the visitor stops it: until then nothing was stored.</summary>
    sealed class Told(JobProgress progress, CancellationToken stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            stop.ThrowIfCancellationRequested();
            var part = (value.File - 1 + (value.Length == 0 ? 1 : (double)value.Bytes / value.Length)) / value.Files;
            if (part < 1) progress.At(part * 0.9, $"Bestand {value.File} van {value.Files} wordt gelezen.", $"Reading file {value.File} of {value.Files}.");
            else progress.At(0.95, "Leerlingen, adressen en resultaten worden bij elkaar gezet.", "Pupils, addresses and results are put together.");
        }
    }
}

/// <summary>Files in memory. <c>Unmapped</c> is the number, from 1, of a table whose columns or tests must still be said.</summary>
sealed record Upload(IReadOnlyList<ImportFile> Files, int? Unmapped)
{
    public int? IndexOf(Finding? finding)
    {
        for (var i = 0; i < Files.Count; i++)
            if (Files[i].Name == finding?.Place.File) return i + 1;
        return null;
    }
}
