using Groeilijn.Delivery;

namespace Groeilijn.Office;

/// <summary>
/// Writes the proofs that go out: <c>.proof</c> beside every receipt and certificate of destruction whose step came into the public log. They
/// follow from the rows and can be written again.
/// </summary>
static class Proofs
{
    /// <summary>Writes the proofs of the days that have none yet.</summary>
    public static void Write(OfficeHome home)
    {
        var days = home.Database.Read<(long Number, long From, long Entries)>("SELECT number, from_entry, entries FROM public_days WHERE proved IS NULL ORDER BY number");
        foreach (var day in days.Where(day => day.Entries > 0))
        {
            Dictionary<long, IReadOnlyList<string>> files = [];
            foreach (var (index, entry) in home.Ledger.Entries(day.From).Take((int)day.Entries).Select((entry, i) => (day.From + i, entry)))
                if (LedgerEntry.TryRead(entry, out var step, out _) && FilesOf(home, step) is { Count: > 0 } found) files[index] = found;
            foreach (var (index, proof) in PublicLog.Prove(home, [.. files.Keys]))
                foreach (var file in files[index]) Write(file, proof);
        }
        if (days.Count > 0) home.Database.Write(t => t.Execute("UPDATE public_days SET proved = @at WHERE proved IS NULL AND number <= @last", new { at = OfficeHome.Text(home.Now), last = days[^1].Number }));
    }

    static void Write(string file, LogProof proof)
    {
        DurableFile.CreateFolder(Path.GetDirectoryName(file)!);
        DurableFile.Write(file, proof.ToJson());
    }

    /// <summary>Beside which files a step's proof belongs.</summary>
    static IReadOnlyList<string> FilesOf(OfficeHome home, LedgerEntry step)
    {
        string? Fact(string name) => step.Facts.FirstOrDefault(fact => fact.Name == name).Value.Text;
        switch (step.Room, step.Step)
        {
            case ("intake", "received"):
                return [.. home.Database.Read<(string School, string Edition, long Sequence)>("SELECT school, edition, sequence FROM deliveries WHERE ciphertext = @ciphertext", new { ciphertext = Fact("ciphertext") })
                    .Select(row => home.At("receipts", FormattableString.Invariant($"{row.School}-{row.Edition}-{row.Sequence}.receipt.proof")))];
            case ("destruction", "certified"):
                var schools = home.Database.Read<string>("SELECT DISTINCT school FROM deliveries WHERE edition = @edition ORDER BY school", new { edition = Fact("edition") });
                return [.. schools.Select(school => home.At("certificates", school)).Prepend(home.At("certificates")).Select(folder => Path.Combine(folder, $"{Fact("edition")}.proof"))];
            default:
                return [];
        }
    }
}
