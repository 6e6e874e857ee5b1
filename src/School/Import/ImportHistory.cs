namespace Groeilijn.School;

/// <summary>An import of before: when, what came of it, and what its files were. Their names and what stood in them are not kept.</summary>
public sealed record PastImport(DateTimeOffset Imported, DateOnly Reference, string SchoolYear, int Pupils, int Results, int OtherTests, IReadOnlyList<FileKind> Files);

/// <summary>The imports of before, for who asks when the last one was.</summary>
public static class ImportHistory
{
    /// <summary>The last imports, the newest first.</summary>
    public static IReadOnlyList<PastImport> Last(SchoolHome home, int count)
    {
        var files = home.Store.Read<(long Import, string Kind)>("SELECT import, kind FROM import_file ORDER BY rowid").ToLookup(f => f.Import, f => Enum.TryParse<FileKind>(f.Kind, out var kind) ? kind : FileKind.Unknown);
        var rows = home.Store.Read<Row>("SELECT id AS Id, imported AS Imported, reference AS Reference, school_year AS SchoolYear, pupils AS Pupils, results AS Results, other_tests AS OtherTests FROM import ORDER BY id DESC LIMIT @count", new { count });
        return [.. rows.Select(r => new PastImport(DateTimeOffset.Parse(r.Imported, System.Globalization.CultureInfo.InvariantCulture), Rows.Day(r.Reference), r.SchoolYear, r.Pupils, r.Results, r.OtherTests, [.. files[r.Id]]))];
    }

    sealed record Row
    {
        public long Id { get; init; }
        public string Imported { get; init; } = "";
        public string Reference { get; init; } = "";
        public string SchoolYear { get; init; } = "";
        public int Pupils { get; init; }
        public int Results { get; init; }
        public int OtherTests { get; init; }
    }
}
