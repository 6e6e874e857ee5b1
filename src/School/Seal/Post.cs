namespace Groeilijn.School;

/// <summary>What was fetched: receipts and answers that are new, and files that were refused with the reason.</summary>
public sealed record Fetched(IReadOnlyList<ReceiptKept> Receipts, IReadOnlyList<AnswerKept> Answers, IReadOnlyList<(string File, Refusal Why)> Refused);

/// <summary>Fetches the office's receipts and answers for this school from the folder that both can reach. What lies there stays there.</summary>
public static class Post
{
    /// <summary>Where the office puts them, within the folder.</summary>
    public const string AnswersFolder = "antwoorden";

    /// <summary>Keeps every receipt and answer for this school that is not known yet.</summary>
    public static Outcome<Fetched> Fetch(SchoolHome home, string dropFolder)
    {
        var (receipts, answers, refused) = (new List<ReceiptKept>(), new List<AnswerKept>(), new List<(string, Refusal)>());
        try
        {
            var folder = Path.Combine(dropFolder, AnswersFolder);
            if (!Directory.Exists(dropFolder)) return Refusals.NoDropFolder;
            if (!Directory.Exists(folder)) return new Fetched([], [], []);
            foreach (var file in Directory.EnumerateFiles(folder, home.Profile.Location.Code + "-*.json").Order(StringComparer.Ordinal).Where(file => !Known(home, file)))
            {
                var answer = file.EndsWith(".answer.json", StringComparison.Ordinal);
                if (!answer && !file.EndsWith(".receipt.json", StringComparison.Ordinal)) continue;
                if (answer) Take(Answers.Keep(home, file), file, answers, refused);
                else Take(Receipts.Keep(home, file), file, receipts, refused);
            }
            if (answers.Exists(a => a.Answer is { Kind: "withdrawal", Refused: true })) Withdrawals.Seal(home);
            return new Fetched(receipts, answers, refused);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return Refusals.NoDropFolder;
        }
    }

    /// <summary>A receipt is known by its hash in the delivery, an answer by its own.</summary>
    static bool Known(SchoolHome home, string file)
    {
        var sha256 = Delivery.FileDigest.OfFile(file).Sha256;
        return home.Store.ReadOne<long>("SELECT (SELECT count(*) FROM answer WHERE sha256 = @sha256) + (SELECT count(*) FROM delivery WHERE receipt = @sha256)", new { sha256 }) > 0;
    }

    static void Take<T>(Outcome<T> outcome, string file, List<T> kept, List<(string, Refusal)> refused) where T : class
    {
        if (outcome.Value is { } value) kept.Add(value);
        else refused.Add((Path.GetFileName(file), outcome.Refusal!));
    }
}
