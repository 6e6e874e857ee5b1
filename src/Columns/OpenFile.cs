namespace Groeilijn.Columns;

/// <summary>
/// A file that this process has open. The library's lock works between processes; two that write one file inside a process
/// would not know of each other and lose rows, so that is refused here.
/// </summary>
sealed class OpenFile
{
    static readonly List<OpenFile> all = [];
    readonly bool readOnly;

    OpenFile(string path, bool readOnly) => (Path, this.readOnly) = (path, readOnly);

    internal string Path { get; }

    internal static OpenFile Take(string path, bool readOnly)
    {
        OpenFile file = new(path, readOnly);
        lock (all)
        {
            if (all.Exists(other => other.Path == path && !(readOnly && other.readOnly)))
                throw new ColumnException(ColumnFault.Permission, $"this process has {path} open already; it can be open once for writing, or only for reading");
            all.Add(file);
        }
        return file;
    }

    internal void Close()
    {
        lock (all) all.Remove(this);
    }
}
