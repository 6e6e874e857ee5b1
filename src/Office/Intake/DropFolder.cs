using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>What one look at the folder did.</summary>
/// <param name="Taken">Deliveries and objections taken in.</param>
/// <param name="Refused">Those that were refused now, with the reason.</param>
/// <param name="Answers">Receipts and answers written.</param>
public sealed record DropTaken(int Taken, IReadOnlyList<(string File, Refusal Why)> Refused, int Answers);

/// <summary>
/// A folder that schools and office both reach. Whole deliveries, and objections made after sending, are taken in and leave the folder, for no sealed file may outlive its round there;
/// what is refused stays, and is looked at again when it changed or an hour later. Receipts and answers come to lie in <c>antwoorden</c>.
/// </summary>
public sealed class DropFolder(OfficeHome home, string folder)
{
    /// <summary>Where schools look for what was said of their files.</summary>
    public const string AnswersFolder = "antwoorden";

    static readonly TimeSpan s_again = TimeSpan.FromHours(1);
    readonly Dictionary<string, (DateTime Changed, long Length, DateTimeOffset Seen)> _refused = [];

    /// <summary>Looks once. Safe to repeat, after a kill too.</summary>
    public DropTaken Take()
    {
        var (taken, refused) = (0, new List<(string, Refusal)>());
        foreach (var file in Directory.EnumerateFiles(folder, "*.age").Where(IsWhole).Order(StringComparer.Ordinal))
        {
            if (Receive(file) is { } why)
            {
                _refused[file] = Seen(file);
                refused.Add((Path.GetFileName(file), why));
                continue;
            }
            taken++;
            Clear(file);
        }
        return new DropTaken(taken, refused, Write());
    }

    /// <summary>Takes one file in; why not, when it is refused. A withdrawal is kept unopened: it is processed in another process.</summary>
    Refusal? Receive(string file) => IsWithdrawal(file) ? Withdrawals.ReceiveFile(home, file).Refusal : Intake.ReceiveFiles(home, file).Refusal;

    /// <summary>Writes the receipts and answers that are not in the folder yet.</summary>
    int Write()
    {
        var answers = Path.Combine(folder, AnswersFolder);
        var written = Answers.Write(home, answers);
        foreach (var row in home.Database.Read<(string School, string Edition, long Sequence, byte[] Receipt, byte[] Signature)>("SELECT school, edition, sequence, receipt, receipt_signature FROM deliveries ORDER BY school, edition, sequence"))
        {
            var stem = Path.Combine(answers, $"{row.School}-{row.Edition}-{row.Sequence}.receipt");
            if (File.Exists(stem + ".json")) continue;
            DurableFile.Write(stem + ".p7s", row.Signature);
            DurableFile.Write(stem + ".json", row.Receipt);
            written++;
        }
        return written;
    }

    /// <summary>A delivery or a withdrawal with all its files under one name, that was not refused lately as it lies there.</summary>
    bool IsWhole(string file) =>
        UploadName.Parse(Path.GetFileName(file)) is { Kind: UploadKind.Delivery or UploadKind.Withdrawal } && Parts(file).All(File.Exists)
        && !(_refused.TryGetValue(file, out var before) && Seen(file) is var now && (before.Changed, before.Length) == (now.Changed, now.Length) && now.Seen - before.Seen < s_again);

    (DateTime Changed, long Length, DateTimeOffset Seen) Seen(string file) =>
        (Parts(file).Max(File.GetLastWriteTimeUtc), Parts(file).Sum(part => new FileInfo(part).Length), home.Now);

    static void Clear(string file)
    {
        foreach (var part in Parts(file)) File.Delete(part);
        DurableFile.SyncFolder(Path.GetDirectoryName(file)!);
    }

    static string[] Parts(string file)
    {
        var stem = Path.ChangeExtension(file, null);
        return IsWithdrawal(file) ? [file, stem + ".p7s"] : [file, stem + ".manifest.json", stem + ".manifest.p7s"];
    }

    static bool IsWithdrawal(string file) => UploadName.Parse(Path.GetFileName(file)) is { Kind: UploadKind.Withdrawal };
}
