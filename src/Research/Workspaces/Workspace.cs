using Groeilijn.Columns;
using Groeilijn.Storage;

namespace Groeilijn.Research;

/// <summary>
/// One project's file, opened so that nothing else can be reached from it: read-only, no file, no network, no setting that can be changed.
/// Whoever runs it adds the limits of a process (memory, rights); the file itself holds nothing of any other project.
/// </summary>
public sealed class Workspace : IDisposable
{
    /// <summary>The format of a project file and its version.</summary>
    public const string Format = "groeilijn-project/1";

    static readonly string[] s_columns = ["edition", "moment", "pupil", "pupil_year_group", "scale", "school", "score_tenths", "subject", "test_year_group"];

    // One thread: nothing here adds floating numbers, but errors and order stay the same too.
    static readonly ColumnOptions s_options = new() { ReadOnly = true, Locked = true, Threads = 1, MemoryLimit = "1GB" };

    Workspace(ColumnDatabase data, string project, string edition, string file) => (Data, Project, Edition, File) = (data, project, edition, file);

    /// <summary>The project's name.</summary>
    public string Project { get; }

    /// <summary>The round up to which it holds results.</summary>
    public string Edition { get; }

    /// <summary>The file.</summary>
    internal string File { get; }

    internal ColumnDatabase Data { get; }

    /// <summary>Opens a project file.</summary>
    public static Outcome<Workspace> Open(string projectFile)
    {
        if (!System.IO.File.Exists(projectFile)) return new Refusal("no-project-file", "There is no such project file.", "Check the name; the office hands out one file per project.");
        ColumnDatabase? data = null;
        try
        {
            data = ColumnDatabase.Open(projectFile, s_options);
            if (Read(data, projectFile) is { } workspace) return workspace;
        }
        catch (ColumnException e) when (e.Fault == ColumnFault.Library)
        {
            data?.Dispose();
            return new Refusal("no-library", "The library that reads project files is not here.", ColumnLibrary.HowToGet);
        }
        catch (ColumnException)
        {
            // Not a database, or not this table: the answer is the same.
        }
        data?.Dispose();
        return new Refusal("not-a-project-file", $"The file cannot be opened as a project file ({Format}).", "Ask the office for the file again, and close other programs that hold it open for writing.");
    }

    public void Dispose() => Data.Dispose();

    static Workspace? Read(ColumnDatabase data, string file)
    {
        var about = data.Query("SELECT format, project, edition FROM project", row => (Format: row.GetString(0), Project: row.GetString(1), Edition: row.GetString(2)));
        var columns = data.Query("SELECT column_name FROM duckdb_columns() WHERE table_name = 'results' AND NOT internal ORDER BY 1", row => row.GetString(0));
        return about.Count == 1 && about[0].Format == Format && columns.SequenceEqual(s_columns) ? new(data, about[0].Project, about[0].Edition, file) : null;
    }
}
