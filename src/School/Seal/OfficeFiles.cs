using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>A file as it was given: its name and content.</summary>
public sealed record GivenFile(string Name, byte[] Content);

/// <summary>A notice whose office this school does not know yet: somebody must compare the fingerprint first.</summary>
public sealed record ToConfirm(SignedRecord Given, RoundSeen Seen);

/// <summary>What came of files of the office: rounds, receipts and answers taken in, a notice to confirm, and what was refused with the reason.</summary>
public sealed record TakenIn(IReadOnlyList<AnnouncedRound> Rounds, IReadOnlyList<ReceiptKept> Receipts, IReadOnlyList<AnswerKept> Answers, ToConfirm? Confirm, IReadOnlyList<(string File, Refusal Why)> Refused);

/// <summary>
/// Takes in whatever the office sent, all at once: notices of a round, receipts and answers, each with its signature. What a file is follows
/// from its content. A person who gives them need not know the difference.
/// </summary>
public static class OfficeFiles
{
    /// <summary>Takes the files in: rounds first, for they make the office known. Safe to repeat.</summary>
    public static TakenIn Take(SchoolHome home, IReadOnlyList<GivenFile> files)
    {
        var (rounds, receipts, answers, refused) = (new List<AnnouncedRound>(), new List<ReceiptKept>(), new List<AnswerKept>(), new List<(string, Refusal)>());
        ToConfirm? confirm = null;
        foreach (var (name, given, kind) in Pairs(files, refused).OrderBy(pair => pair.Kind))
        {
            if (kind == Kind.Other) refused.Add((name, Refusals.NotOfOffice));
            else if (kind == Kind.Answer) Put(Answers.Keep(home, given), name, answers, refused);
            else if (kind == Kind.Receipt) Put(Receipts.Keep(home, given), name, receipts, refused);
            else if (Rounds.Look(home, given) is { Value: { Known: false } seen }) confirm = new(given, seen);
            else Put(Rounds.Accept(home, given), name, rounds, refused);
        }
        if (answers.Exists(a => a.Answer is { Kind: "withdrawal", Refused: true })) Withdrawals.Seal(home);
        return new(rounds, receipts, answers, confirm, refused);
    }

    /// <summary>Each record with the signature of the same name; a single record and a single signature belong together whatever they are called.</summary>
    static List<(string Name, SignedRecord Given, Kind Kind)> Pairs(IReadOnlyList<GivenFile> files, List<(string, Refusal)> refused)
    {
        var signatures = files.Where(IsSignature).ToList();
        var records = files.Where(file => !IsSignature(file)).ToList();
        var single = records.Count == 1 && signatures.Count == 1;
        var pairs = new List<(string, SignedRecord, Kind)>();
        foreach (var record in records)
        {
            var signature = single ? signatures[0] : signatures.Find(s => Stem(s) == Stem(record));
            if (signature is null || record.Content.Length > PinnedOffice.LongestRecord) refused.Add((record.Name, KindOf(record.Content) == Kind.Other ? Refusals.NotOfOffice : Refusals.SignatureMissing));
            else pairs.Add((record.Name, new(record.Content, signature.Content), KindOf(record.Content)));
        }
        refused.AddRange(signatures.Where(s => !single && !records.Exists(r => Stem(r) == Stem(s))).Select(s => (s.Name, Refusals.RecordMissing)));
        return pairs;
    }

    static bool IsSignature(GivenFile file) => file.Name.EndsWith(".p7s", StringComparison.OrdinalIgnoreCase);

    static string Stem(GivenFile file) => Path.GetFileNameWithoutExtension(file.Name).ToUpperInvariant();

    static Kind KindOf(byte[] content) => RoundNotice.TryRead(content, out _, out _) ? Kind.Round : Receipt.TryRead(content, out _, out _) ? Kind.Receipt : Answer.TryRead(content, out _, out _) ? Kind.Answer : Kind.Other;

    static void Put<T>(Outcome<T> outcome, string name, List<T> kept, List<(string, Refusal)> refused) where T : class
    {
        if (outcome.Value is { } value) kept.Add(value);
        else refused.Add((name, outcome.Refusal == Refusals.NoOffice ? Refusals.OfficeUnknown : outcome.Refusal!));
    }

    enum Kind { Round, Receipt, Answer, Other }
}

static partial class Refusals
{
    public static readonly Refusal NotOfOffice = new("Dit is geen bestand van het bureau dat het programma kent.", "This is no file of the office that the program knows.", "Kies de bestanden zoals het bureau ze stuurde, zonder ze te openen of op te slaan in een ander programma.", "Choose the files as the office sent them, without opening or saving them in another program.");
    public static readonly Refusal SignatureMissing = new("De handtekening bij dit bestand ontbreekt.", "The signature that belongs to this file is missing.", "Kies ook het bestand met dezelfde naam dat eindigt op .p7s.", "Choose the file of the same name that ends in .p7s as well.");
    public static readonly Refusal RecordMissing = new("Dit is alleen een handtekening.", "This is a signature alone.", "Kies ook het bestand met dezelfde naam dat eindigt op .json.", "Choose the file of the same name that ends in .json as well.");
    public static readonly Refusal OfficeUnknown = new("Het programma kent het bureau nog niet.", "The program does not know the office yet.", "Lees eerst de aankondiging van de ronde in (round.json en round.p7s).", "Take in the notice of the round first (round.json and round.p7s).");
}
