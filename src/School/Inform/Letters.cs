namespace Groeilijn.School;

/// <summary>Every letter that was recorded, and the exact text that parents got: to show it later, whatever the letter says by then.</summary>
public static class Letters
{
    const string Select = "SELECT id AS Id, sent AS SentDay, until AS UntilDay, way AS WayCode, readers AS Readers, field_set AS SetName, recorded AS Recorded, hash AS Hash, undone AS Undone, (SELECT count(*) FROM informed i WHERE i.letter = letter.id) AS Pupils FROM letter";

    /// <summary>The letters, oldest first; undone ones too.</summary>
    public static IReadOnlyList<LetterRecorded> All(SchoolHome home) => home.Store.Read<LetterRecorded>(Select + " ORDER BY sent, id");

    /// <summary>One letter; null when there is none.</summary>
    public static LetterRecorded? Find(SchoolHome home, long letter) => home.Store.ReadOne<LetterRecorded>(Select + " WHERE id = @letter", new { letter });

    /// <summary>The page that parents got, byte for byte; null when it was not kept.</summary>
    public static byte[]? Text(SchoolHome home, long letter, string language) =>
        home.Store.ReadOne<byte[]>("SELECT html FROM letter_text WHERE letter = @letter AND language = @language", new { letter, language });

    /// <summary>Where the files of a letter were written: Dutch first.</summary>
    internal static IReadOnlyList<string> Files(SchoolHome home, long letter) =>
        [.. home.Store.Read<string>("SELECT file FROM letter_text WHERE letter = @letter ORDER BY language <> 'nl', language", new { letter }).Select(file => Path.Combine(home.LettersFolder, file))];
}

/// <summary>A letter that went out.</summary>
public sealed record LetterRecorded
{
    /// <summary>Its number in this home.</summary>
    public long Id { get; init; }

    /// <summary>The day it went out.</summary>
    public DateOnly Sent => Rows.Day(SentDay);

    /// <summary>The last day to object before anything was sent.</summary>
    public DateOnly Until => Rows.Day(UntilDay);

    /// <summary>How it went out.</summary>
    public LetterWay Way => LetterWays.Of(WayCode);

    /// <summary>To whom: <c>all</c>, <c>groups 3 4</c> or <c>pupils</c>.</summary>
    public string Readers { get; init; } = "";

    /// <summary>The set of fields it told of.</summary>
    public string Set => SetName;

    /// <summary>When it was recorded.</summary>
    public string Recorded { get; init; } = "";

    /// <summary>SHA-256 of the list of its files as <c>sha256sum</c> writes it; empty when its text was not kept.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The day it was undone; null while it holds.</summary>
    public string? Undone { get; init; }

    /// <summary>How many pupils' parents had it.</summary>
    public int Pupils { get; init; }

    internal string SentDay { get; init; } = "";
    internal string UntilDay { get; init; } = "";
    internal string SetName { get; init; } = "";
    internal string WayCode { get; init; } = "";
}
