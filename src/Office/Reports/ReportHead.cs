namespace Groeilijn.Office;

/// <summary>What a report is of.</summary>
/// <param name="Code">The school's code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Edition">The edition.</param>
/// <param name="Checkpoint">The office's ledger, as printed.</param>
/// <param name="Version">1, or the number of the correction.</param>
/// <param name="Reason">Why it was corrected, in Dutch and English; empty for the first.</param>
sealed record ReportHead(string Code, string Name, Education.Edition Edition, string Checkpoint, int Version, (string Dutch, string English) Reason)
{
    /// <summary>The name of a form of it: <c>99XX00-2025-2.nl.html</c>.</summary>
    public string FileName(string ending) => Version == 1 ? $"{Code}-{Edition}.{ending}" : FormattableString.Invariant($"{Code}-{Edition}-v{Version}.{ending}");
}
