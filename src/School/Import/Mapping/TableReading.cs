namespace Groeilijn.School;

/// <summary>
/// Reads a table into an import: with our own names at once, else by the mapping that the school confirmed for such tables. A table
/// without either is not read; one finding asks the school to confirm its columns.
/// </summary>
static class TableReading
{
    public static void Read(Table table, TableHeader header, Reading into, ConfirmedMappings mappings)
    {
        if (CanonicalTable.Of(header) is { } canonical)
        {
            into.Kind = canonical.Kind;
            if (canonical.Kind == FileKind.ObjectionCsv) throw new FileRefused(Rules.FileObjections);
            foreach (var row in header.Rows(table)) canonical.Read(row, into);
            return;
        }
        var signature = Signature(header);
        if (mappings.Find(signature) is not { } choices)
            throw new FileRefused(Guess.Of(table, header, mappings.Today).CanBeMapped ? Rules.ColumnsUnconfirmed : Rules.FileOtherColumns, header.Line);
        var mapped = new MappedTable(choices, header, signature);
        into.Kind = mapped.Kind;
        foreach (var row in header.Rows(table)) mapped.Read(row, into);
    }

    /// <summary>The names of the columns in any order: systems change the order of columns more easily than their names.</summary>
    public static string Signature(TableHeader header) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', header.Keys.Order(StringComparer.Ordinal)))))[..32];
}
