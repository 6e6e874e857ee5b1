using System.Text;

namespace Groeilijn.School;

/// <summary>A mapping that the school confirmed.</summary>
/// <param name="Signature">By which its tables are known.</param>
/// <param name="System">The name that the school gave it.</param>
/// <param name="Confirmed">When.</param>
/// <param name="Choices">What it says.</param>
public sealed record ColumnMapping(string Signature, string System, DateOnly Confirmed, MappingChoices Choices);

/// <summary>
/// Tables of any system: the program proposes what each column holds, the school confirms it once, and every next table with
/// the same names of columns is read by itself.
/// </summary>
public static class ColumnMappings
{
    const string Place = "mapping/";

    /// <summary>Looks at a table and says what its columns seem to hold. Nothing is stored.</summary>
    public static Outcome<MappingProposal> Propose(SchoolHome home, ImportFile file, long mostBytes = Import.UsualMostBytes)
    {
        EncodingsOfWindows.Register();
        MappingProposal? proposal = null;
        try
        {
            using var stream = file.Open();
            if (stream.Length > mostBytes) return Refusal(Rules.FileTooLarge);
            Tables.Open(stream, (table, header, _) => proposal = header is null ? null : ProposalOf(home, file, table, header));
        }
        catch (FileRefused refused) { return Refusal(refused.Rule); }
        catch (DecoderFallbackException) { return Refusal(Rules.FileEncoding); }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException) { return Refusal(Rules.FileMissing); }
        return proposal is null ? Refusals.NotATable : proposal;
    }

    static Refusal Refusal(Rule rule) => new(rule.Dutch, rule.English, rule.RemedyDutch, rule.RemedyEnglish);

    static MappingProposal ProposalOf(SchoolHome home, ImportFile file, Table table, TableHeader header)
    {
        var guess = Guess.Of(table, header, home.Today);
        var signature = TableReading.Signature(header);
        var known = Find(home, signature);
        var choices = known?.Choices ?? guess.Choices;
        return new()
        {
            Signature = signature,
            System = known?.System ?? "",
            Confirmed = CanonicalTable.Of(header) is not null || known is not null && Valid(known.Choices, home.Today),
            Written = table.Written,
            HeaderLine = header.Line,
            Rows = guess.Rows,
            Columns = known is null ? guess.Columns : [.. guess.Columns.Select(c => Said(c, known.Choices))],
            Tests = Guess.UnplacedTests(table, header, choices),
            Choices = choices,
            Cells = rows => Cells(file, rows),
        };
    }

    static ProposedColumn Said(ProposedColumn column, MappingChoices choices)
    {
        var said = choices.Columns.FirstOrDefault(c => c.Column == column.Choice.Column) ?? new() { Column = column.Choice.Column };
        return column with { Choice = said, Sure = Sureness.Certain, Why = new("Dit hebt u eerder bevestigd.", "You confirmed this before."), Orders = [] };
    }

    static List<IReadOnlyList<string>> Cells(ImportFile file, int rows)
    {
        List<IReadOnlyList<string>> cells = [];
        using var stream = file.Open();
        Tables.Open(stream, (table, header, _) => cells = header is null ? [] : [.. header.Rows(table).Take(rows).Select(row => row.Cells.ToArray())]);
        return cells;
    }

    /// <summary>Remembers what the school said of tables with this signature; what was said before is replaced.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="signature">Of the proposal.</param>
    /// <param name="system">A name for the school itself, one line of at most 80 characters; may be empty.</param>
    /// <param name="choices">Those of the proposal, changed where it was wrong.</param>
    public static Outcome<ColumnMapping> Confirm(SchoolHome home, string signature, string system, MappingChoices choices)
    {
        if (signature.Length != 32 || !signature.All(char.IsAsciiHexDigitLower)) return Refusals.NotAMapping;
        if (MappingCheck.Refused(choices) is { } wrong) return wrong;
        var name = new string([.. (system ?? "").Trim().Where(c => !char.IsControl(c))]);
        var mapping = new ColumnMapping(signature, name.Length > 80 ? name[..80] : name, home.Today, Needed(choices));
        var mark = home.Vault.Mark("mapping", signature);
        home.Store.Write(tx => tx.Execute("INSERT OR REPLACE INTO column_mapping (mark, mapping) VALUES (@mark, @mapping)",
            new { mark, mapping = home.Vault.SealJson(mapping, Place + Convert.ToHexStringLower(mark)) }));
        return mapping;
    }

    /// <summary>Confirms a file that <see cref="MappingJson.Write"/> made, as it was edited.</summary>
    public static Outcome<ColumnMapping> Confirm(SchoolHome home, ReadOnlySpan<byte> json) =>
        MappingJson.TryRead(json) is { } file ? Confirm(home, file.Signature ?? "", file.System ?? "", file.ToChoices()) : Refusals.NotAMapping;

    /// <summary>A remembered mapping names what is not used too, so that a changed table is seen; nothing else than choices is kept.</summary>
    static MappingChoices Needed(MappingChoices choices) => choices with { Tests = [.. choices.Tests.Where(t => t.NotUsed || t.Subject is not null || t.Series is not null || t.Moment is not null)] };

    /// <summary>All mappings, by system.</summary>
    public static IReadOnlyList<ColumnMapping> List(SchoolHome home) =>
        [.. home.Store.Read<MappingRow>("SELECT mark AS Mark, mapping AS Mapping FROM column_mapping").Select(row => row.Open(home.Vault)).OrderBy(m => m.System, StringComparer.OrdinalIgnoreCase).ThenBy(m => m.Signature, StringComparer.Ordinal)];

    /// <summary>Forgets a mapping: its tables are asked about again.</summary>
    public static Outcome<ColumnMapping> Forget(SchoolHome home, string signature)
    {
        if (Find(home, signature) is not { } mapping) return Refusals.NoSuchMapping;
        home.Store.Write(tx => tx.Execute("DELETE FROM column_mapping WHERE mark = @mark", new { mark = home.Vault.Mark("mapping", signature) }));
        return mapping;
    }

    internal static ColumnMapping? Find(SchoolHome home, string signature) =>
        home.Store.ReadOne<MappingRow>("SELECT mark AS Mark, mapping AS Mapping FROM column_mapping WHERE mark = @mark", new { mark = home.Vault.Mark("mapping", signature) })?.Open(home.Vault);

    /// <summary>A test day that was given for a column holds for its own school year; in the next one it must be said again.</summary>
    internal static bool Valid(MappingChoices choices, DateOnly today) =>
        choices.Columns.All(c => c.Day is not { } day || Education.SchoolYear.Of(day) == Education.SchoolYear.Of(today));

    sealed record MappingRow
    {
        public byte[] Mark { get; init; } = [];
        public byte[] Mapping { get; init; } = [];

        public ColumnMapping Open(Vault vault) => vault.OpenJson<ColumnMapping>(Mapping, Place + Convert.ToHexStringLower(Mark));
    }
}

/// <summary>The mappings that hold at an import.</summary>
sealed class ConfirmedMappings(DateOnly today, Func<string, MappingChoices?> find)
{
    public DateOnly Today => today;

    public static ConfirmedMappings Of(SchoolHome home) => new(home.Today, signature =>
        ColumnMappings.Find(home, signature)?.Choices is { } choices && ColumnMappings.Valid(choices, home.Today) ? choices : null);

    public MappingChoices? Find(string signature) => find(signature);
}

/// <summary>Opens a table, CSV or workbook, by its first bytes.</summary>
static class Tables
{
    public static void Open(Stream file, Action<Table, TableHeader?, int> read)
    {
        Span<byte> start = stackalloc byte[8];
        file.Position = 0;
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (IsOldWorkbook(start[..length])) throw new FileRefused(Rules.WorkbookOld);
        if (start[..length].StartsWith("PK\u0003\u0004"u8)) XlsxFile.Open(file, read);
        else if (CsvFile.Open(file) is var (table, header)) read(table, header, 0);
        else throw new FileRefused(Rules.FileOtherColumns, 1);
    }

    /// <summary>The old format of Excel, in which a workbook with a password lies too.</summary>
    public static bool IsOldWorkbook(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);
}
