using System.Runtime.InteropServices;

namespace Groeilijn.Columns;

/// <summary>Where DuckDB's shared library is, and how to get it.</summary>
public static class ColumnLibrary
{
    /// <summary>The npm package that carries the library prebuilt; setup/duckdb.sh names the same one.</summary>
    public const string Package = "@duckdb/node-bindings-linux-x64@1.5.6-r.1";

    public const string HowToGet =
        "run ./groeilijn or setup/duckdb.sh once in the repository; elsewhere: npm pack " + Package +
        ", unpack it, and set GROEILIJN_DUCKDB to its package/libduckdb.so";

    static string FileName => OperatingSystem.IsWindows() ? "duckdb.dll" : "libduckdb.so";

    /// <summary>The library's file: GROEILIJN_DUCKDB alone if set, else beside the program, else in .setup/duckdb of a folder above it; null if there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("GROEILIJN_DUCKDB") is { Length: > 0 } set) return File.Exists(set) ? Path.GetFullPath(set) : null;
        string beside = Path.Combine(AppContext.BaseDirectory, FileName);
        if (File.Exists(beside)) return beside;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string fetched = Path.Combine(folder.FullName, ".setup", "duckdb", FileName);
            if (File.Exists(fetched)) return fetched;
        }
        return null;
    }

    /// <summary>The library's own version, such as "v1.5.6".</summary>
    /// <exception cref="ColumnException">The library is not here.</exception>
    public static string Version
    {
        get
        {
            Require();
            return Marshal.PtrToStringUTF8(Native.LibraryVersion()) ?? "";
        }
    }

    internal static void Require()
    {
        if (Find() is null) throw new ColumnException(ColumnFault.Library, $"DuckDB's library ({FileName}) is not found; {HowToGet}");
    }
}
