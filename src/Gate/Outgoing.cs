using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.Delivery;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;

namespace Groeilijn.Gate;

/// <summary>What is about to leave.</summary>
/// <param name="Id">What it is, <c>2023-2/report/99XX00</c>.</param>
/// <param name="Profile">To whom and under which rules.</param>
/// <param name="Subject">The school, table or project it is about.</param>
/// <param name="Edition">The half-year.</param>
/// <param name="SealedTo">The receiver's key; null for what everybody may read.</param>
public sealed record Leaving(string Id, Profile Profile, string Subject, string Edition, RecipientKey? SealedTo = null)
{
    /// <summary>Who the pupils are that the cells number: a RIN at the office, a project's pseudonym at the desk. Null: the cells name no members, and the memory knows of the release only that it was.</summary>
    public IReadOnlyList<string>? Pupils { get; init; }

    /// <summary>Who reads it besides: the board of the school to which it goes; of what is public every school and every board.</summary>
    public IReadOnlyList<SchoolReader> Readers { get; init; } = [];

    /// <summary>Whose values the receiver knows of itself, at which moments: a school its own pupils'.</summary>
    public IReadOnlyList<SumTerm> Known { get; init; } = [];

    /// <summary>The totals among the cells: hidden cells are then kept from being computed by subtraction.</summary>
    public IReadOnlyList<CellTotal> Totals { get; init; } = [];

    /// <summary>Means of groups that the receiver cannot see, from its earlier releases.</summary>
    public IReadOnlyList<UnseenMean> Earlier { get; init; } = [];

    /// <summary>Levels of gaps between groups that the receiver cannot see, from its earlier releases.</summary>
    public IReadOnlyList<UnseenLevel> EarlierLevels { get; init; } = [];
}

/// <summary>A school, or the board of some, that reads along with whom a release is for: it has all that these schools got.</summary>
/// <param name="Schools">The schools' codes.</param>
/// <param name="Knows">Whose values they know, whether or not any of them got something before.</param>
/// <param name="Board">The board's number; null: it is one school.</param>
public sealed record SchoolReader(IReadOnlyList<string> Schools, IReadOnlyList<SumTerm> Knows, string? Board = null);

/// <summary>A file as it leaves.</summary>
/// <param name="Name">Its name in the folder of audience and edition.</param>
/// <param name="Content">Its bytes, before sealing.</param>
public sealed record OutgoingFile(string Name, byte[] Content);

/// <summary>What left.</summary>
/// <param name="Record">The record that was kept.</param>
/// <param name="Paths">The files, sealed or not.</param>
/// <param name="Again">Whether the very same had left before; then no second record was made.</param>
public sealed record Released(ReleaseRecord Record, IReadOnlyList<string> Paths, bool Again)
{
    /// <summary>The codes of the cells that were hidden because of what the reader has already.</summary>
    public IReadOnlyList<IReadOnlyList<string>> UnsafeGivenHistory { get; init; } = [];

    /// <summary>Held: nothing that might be shown is safe beside what the reader has already, so nothing left and nothing was recorded but that.</summary>
    public bool Held => Paths.Count == 0;
}

/// <summary>What the Gate judged and did not yet let go.</summary>
public sealed class Judged
{
    internal Judged(Leaving leaving, Judgement judgement) => (Leaving, Judgement, Table) = (leaving, judgement, new ProtectedTable(leaving.Profile.Rule, judgement.Cells));

    internal Leaving Leaving { get; }

    internal Judgement Judgement { get; }

    /// <summary>What may be shown.</summary>
    public ProtectedTable Table { get; }

    /// <summary>Whether nothing that might be shown is safe beside what the reader has already.</summary>
    public bool Held => Judgement.Held;
}

/// <summary>
/// The one way out. Cells go in before protection together with a renderer, and the renderer is shown only what the profile lets
/// through: a number that may not leave cannot be drawn. What may leave is judged beside everything that its reader has already, and then remembered.
/// Nothing else writes under <c>outgoing/</c>, but the public log its own folder.
/// </summary>
public sealed partial class Outgoing
{
    readonly Database _database;
    readonly string _home;
    readonly TimeProvider _clock;
    readonly ReleaseMemory _memory;
    readonly HistoryAudit _audit;

    /// <summary>The gate of a home, on the home's own store, which was opened with this assembly's scripts.</summary>
    public Outgoing(Database database, string home, TimeProvider clock)
    {
        (_database, _home, _clock) = (database, home, clock);
        _memory = new(database);
        _audit = new(_memory);
        RestoreFile();
    }

    /// <summary>Everything that ever left, in order.</summary>
    public IReadOnlyList<ReleaseRecord> Releases => [.. _database.Read<byte[]>("SELECT record FROM releases ORDER BY number").Select(Read)];

    /// <summary>What left of one edition, in order.</summary>
    public IReadOnlyList<ReleaseRecord> Of(string edition) => [.. _database.Read<byte[]>("SELECT record FROM releases WHERE id LIKE @prefix ORDER BY number", new { prefix = edition + "/%" }).Select(Read)];

    /// <summary>Protects, renders, remembers and writes. The same artefact a second time is written again but recorded once.</summary>
    public Released Release(Leaving leaving, IReadOnlyList<RawCell> cells, Func<ProtectedTable, IReadOnlyList<OutgoingFile>> render)
    {
        var judged = Judge(leaving, cells);
        return judged.Held ? Hold(judged) : LetGo(judged, render(judged.Table));
    }

    /// <summary>
    /// The first half of <see cref="Release"/>: what may leave, for who renders one thing while the next is judged. Until <see cref="LetGo"/> nothing has left and nothing is remembered, so only what has
    /// no reader in common with it (<see cref="SharedReaders"/>) may be judged meanwhile.
    /// </summary>
    public Judged Judge(Leaving leaving, IReadOnlyList<RawCell> cells) => new(leaving, Judgement.Of(_memory, _audit, leaving, cells));

    /// <summary>The second half: remembers and writes what was made of a judged table.</summary>
    /// <exception cref="InvalidOperationException">Something left meanwhile that it should have been judged beside.</exception>
    public Released LetGo(Judged judged, IReadOnlyList<OutgoingFile> files)
    {
        if (judged.Held) throw new InvalidOperationException("What is held does not leave.");
        var record = Record(judged.Leaving, judged.Table, files);
        judged.Judgement.Keep(_memory);
        string[] paths = [.. files.Select(file => Write(judged.Leaving, file))];
        var first = Remember(record, judged.Table);
        return new Released(first ? record : Earlier(record), paths, !first) { UnsafeGivenHistory = judged.Judgement.Unsafe };
    }

    /// <summary>The second half for what history leaves nothing of.</summary>
    public Released Hold(Judged judged)
    {
        if (!judged.Held) throw new InvalidOperationException("What is not held may leave.");
        return Hold(Record(judged.Leaving, judged.Table, []), judged.Judgement);
    }

    /// <summary>Schools of which what one gets is judged beside what another has: those that a board has now, or had when they got something, with all its schools.</summary>
    /// <param name="boards">The boards of now.</param>
    public IReadOnlyList<IReadOnlySet<string>> SharedReaders(IReadOnlyList<SchoolReader> boards) => [.. Judgement.SharedReaders(_memory, boards)];

    /// <summary>The codes of the cells that would be hidden for what their reader has already; nothing leaves and nothing is remembered.</summary>
    public IReadOnlyList<IReadOnlyList<string>> UnsafeGivenHistory(Leaving leaving, IReadOnlyList<RawCell> cells) => Judgement.Of(_memory, _audit, leaving, cells).Unsafe;

    /// <summary>Keeps sums that later releases tell again, so that they are the very same then. Nothing leaves.</summary>
    /// <returns>Of each what to name it by (<see cref="CellSum.Kept"/>).</returns>
    public IReadOnlyList<string> Keep(IReadOnlyList<CellSum> sums, IReadOnlyList<string> pupils)
    {
        _memory.Begin();
        return _memory.KeepSets(sums, pupils);
    }

    /// <summary>Lets the memory know what somebody has that left another room: judged beside it is whatever leaves here from now on.</summary>
    /// <param name="profile">To whom it left.</param>
    /// <param name="receiver">The project; empty for the public.</param>
    /// <param name="told">The figures, each as a sum, and who the pupils are that the sums number.</param>
    public void Know(Profile profile, string receiver, Told told)
    {
        foreach (var release in told.Sums.GroupBy(sum => sum.Release))
        {
            _memory.Begin();
            _memory.Keep(profile.Audience, receiver, release.Key, [.. release.Select(s => (s.Cell, _memory.Sum(s.Sum, told.Pupils) with { Shown = s.Shown })).Where(s => s.Item2.Terms.Count > 0)], []);
        }
    }

    /// <summary>What a receiver has, and what it may not have, for another room that must judge beside it.</summary>
    public Told Told(Profile profile, string receiver) => _memory.Told(profile.Audience, receiver);

    /// <summary>Cuts everybody of whom the memory knows under a prefix and who is not there any more.</summary>
    public void ForgetAllBut(string prefix, IReadOnlySet<string> present) => _memory.CutAllBut(prefix, present);

    /// <summary>Where a sealed file that left before stands, for who must find it again; to write there is the Gate's alone.</summary>
    public string SealedPath(Profile profile, string edition, string name) => Path.Combine(Folder(profile, edition), name + ".age");

    string Folder(Profile profile, string edition) => Path.Combine(_home, "outgoing", profile.Audience, edition);

    /// <summary>Cuts people from the handles by which the memory knows them, in a step of the caller. Returns who had one.</summary>
    public static IReadOnlyList<string> Forget(Transaction t, IReadOnlyList<string> identities) => ReleaseMemory.Cut(t, identities);

    Released Hold(ReleaseRecord record, Judgement judged)
    {
        var entry = new LedgerEntry { Time = record.Time, Room = "gate", Step = "held", Facts = [("audience", record.Audience), ("edition", record.Edition), ("profile", record.Profile)] };
        _database.Write(t => t.Enter(entry.ToJson()));
        return new Released(record, [], false) { UnsafeGivenHistory = judged.Unsafe };
    }

    ReleaseRecord Record(Leaving leaving, ProtectedTable table, IReadOnlyList<OutgoingFile> files)
    {
        var reasons = table.Reasons();
        return new ReleaseRecord
        {
            Id = leaving.Id,
            Time = _clock.GetUtcNow(),
            Audience = leaving.Profile.Audience,
            Subject = leaving.Subject,
            Edition = leaving.Edition,
            Profile = leaving.Profile.Name,
            Artefact = Digest(files),
            Published = table.Cells.Count - reasons.Values.Sum(),
            Reasons = reasons,
        };
    }

    string Write(Leaving leaving, OutgoingFile file)
    {
        if (!FileName().IsMatch(file.Name)) throw new ArgumentException("A file that leaves is named in letters, digits, dots and dashes.");
        var folder = Folder(leaving.Profile, leaving.Edition);
        DurableFile.CreateFolder(folder);
        var path = Path.Combine(folder, leaving.SealedTo is null ? file.Name : file.Name + ".age");
        DurableFile.Write(path, leaving.SealedTo is null ? file.Content : Envelope.Seal(file.Content, leaving.SealedTo));
        return path;
    }

    /// <summary>Row and ledger entry in one step, then the line in the file; false when the same had left before.</summary>
    bool Remember(ReleaseRecord record, ProtectedTable table)
    {
        var line = record.ToJson();
        var entry = new LedgerEntry
        {
            Time = record.Time,
            Room = "gate",
            Step = "released",
            Facts = [("artefact", record.Artefact), ("audience", record.Audience), ("edition", record.Edition), ("profile", record.Profile)],
        };
        var first = _database.Write(t =>
        {
            var added = t.Execute("INSERT INTO releases (id, artefact, record, cells) VALUES (@Id, @Artefact, @line, @cells) ON CONFLICT DO NOTHING", new { record.Id, record.Artefact, line, cells = Cells(table) }) == 1;
            if (added) t.Enter(entry.ToJson());
            return added;
        });
        if (first) AppendToFile(line);
        return first;
    }

    ReleaseRecord Earlier(ReleaseRecord same) => Read(_database.ReadOne<byte[]>("SELECT record FROM releases WHERE id = @Id AND artefact = @Artefact", new { same.Id, same.Artefact })!);

    /// <summary>One line a cell: its place and whether it was published, without its values; those can be computed again.</summary>
    static string Cells(ProtectedTable table) => string.Join('\n', table.Cells.Select(cell => $"{string.Join('|', cell.Codes)} {(cell.Hidden is { } hidden ? table.Rule.Code(hidden) : "published")}"));

    static string Digest(IReadOnlyList<OutgoingFile> files)
    {
        if (files.Count == 1) return FileDigest.Of(files[0].Content).Sha256;
        var list = string.Concat(files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{FileDigest.Of(file.Content).Sha256}  {file.Name}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
    }

    string RecordsFile => Path.Combine(_home, "gate", "releases.jsonl");

    void AppendToFile(byte[] line)
    {
        DurableFile.CreateFolder(Path.GetDirectoryName(RecordsFile)!);
        using var file = new FileStream(RecordsFile, FileMode.Append, FileAccess.Write);
        file.Write(line);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The rows are the record; the file is its readable copy and is completed from them when a crash left it behind.</summary>
    void RestoreFile()
    {
        var bytes = _database.ReadOne<long?>("SELECT sum(length(record)) FROM releases") ?? 0;
        if (bytes == (File.Exists(RecordsFile) ? new FileInfo(RecordsFile).Length : 0)) return;
        DurableFile.CreateFolder(Path.GetDirectoryName(RecordsFile)!);
        DurableFile.Write(RecordsFile, _database.Read<byte[]>("SELECT record FROM releases ORDER BY number").SelectMany(record => record).ToArray());
    }

    static ReleaseRecord Read(byte[] line) => ReleaseRecord.TryRead(line, out var record, out var fault) ? record : throw new InvalidDataException($"A release record in the store cannot be read: {fault}.");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.-]{0,99}\z")]
    private static partial Regex FileName();
}
