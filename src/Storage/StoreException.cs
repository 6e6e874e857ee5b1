namespace Groeilijn.Storage;

/// <summary>
/// The disk or the server beneath a store failed: the step was not acknowledged. After it, do the step again; a step that reached the disk after all is
/// known then, and not done twice. Its words are ours and hold no value.
/// </summary>
public sealed class StoreException : IOException
{
    internal StoreException(StoreFault fault, Exception? cause) : base($"{fault.What} {fault.Remedy}", cause) => Fault = fault;

    /// <summary>What failed, and what to do, in English and in Dutch.</summary>
    public StoreFault Fault { get; }
}

/// <summary>A failure of a store's disk or server, in words.</summary>
/// <param name="Code">For machines and for the person on the telephone.</param>
/// <param name="What">What is wrong, in English.</param>
/// <param name="Remedy">What to do, in English.</param>
/// <param name="Wat">What is wrong, in Dutch.</param>
/// <param name="Doe">What to do, in Dutch.</param>
public sealed record StoreFault(string Code, string What, string Remedy, string Wat, string Doe)
{
    internal static readonly StoreFault
        Full = new("disk-full", "The disk is full.", "Make room, then do the step again.", "De schijf is vol.", "Maak ruimte en doe de stap opnieuw."),
        Disk = new("disk-failed", "The disk did not take what was written.", "Look at the disk and start the program again; then do the step again.", "De schijf heeft niet bewaard wat geschreven werd.", "Controleer de schijf en start het programma opnieuw; doe daarna de stap opnieuw."),
        Busy = new("store-busy", "Another program has held the store for half a minute.", "Wait until it is done, then do the step again.", "Een ander programma houdt de opslag al een halve minuut bezet.", "Wacht tot het klaar is en doe de stap opnieuw."),
        Damaged = new("store-damaged", "The store's file is damaged.", "Restore a backup.", "Het bestand met de opslag is beschadigd.", "Zet een back-up terug."),
        Newer = new("store-newer", "A newer version of this program made the store.", "Use that version.", "Een nieuwere versie van dit programma heeft de opslag gemaakt.", "Gebruik die versie."),
        Broken = new("step-broken", "The connection broke in the middle of a step: nothing of it was kept.", "Do the step again.", "De verbinding brak midden in een stap: er is niets van bewaard.", "Doe de stap opnieuw.");

    /// <summary>The words for a failure of input or output, when it is the disk's: full (ENOSPC, EDQUOT, and Windows' own number) or failed (EIO). Null for another.</summary>
    public static StoreFault? Of(IOException failure) => failure switch
    {
        StoreException store => store.Fault,
        { HResult: 28 or 122 or unchecked((int)0x80070070) } => Full,
        { HResult: 5 } => Disk,
        _ => null,
    };

    /// <summary>What concerns a PostgreSQL server is told in English: its reader is the office's own administrator.</summary>
    internal static StoreFault Server(string what, string remedy) => new("server", what, remedy, what, remedy);
}
