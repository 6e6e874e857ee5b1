namespace Groeilijn.Office;

/// <summary>How much the intake takes, and how long it waits.</summary>
public sealed record UploadLimits
{
    /// <summary>The most bytes of a sealed delivery. A location of 10,000 pupils with 120,000 results is 5 MB.</summary>
    public long Sealed { get; init; } = 64 << 20;

    /// <summary>The most bytes of any other file: a manifest, a signature, an objection.</summary>
    public long Small { get; init; } = 64 << 10;

    /// <summary>The most bytes of sealed deliveries that one school begins in a day.</summary>
    public long SchoolDay { get; init; } = 512 << 20;

    /// <summary>The most bytes that files of nobody proved may take together at one time.</summary>
    public long Unproved { get; init; } = 256 << 20;

    /// <summary>The most signatures of one name that wait for their manifest.</summary>
    public int SignaturesOfOneName { get; init; } = 16;

    /// <summary>The most bytes of a piece that is checked by its sum: it is held in memory.</summary>
    public int Piece { get; init; } = 16 << 20;

    /// <summary>Requests that one client may make in a minute.</summary>
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary>How long an upload may take, and how long afterwards it is known that it was taken in.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a signed manifest waits for its sealed file.</summary>
    public TimeSpan Promised { get; init; } = TimeSpan.FromDays(7);
}
