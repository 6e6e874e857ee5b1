using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>Carries out in a restored home what was decided after its backup was made.</summary>
sealed class Replay(OfficeHome home, byte[] decisions)
{
    /// <summary>Withdrawals that were carried out again.</summary>
    public int Withdrawn { get; private set; }

    /// <summary>Rounds that were found destroyed.</summary>
    public int Destroyed { get; private set; }

    /// <summary>Deliveries and withdrawals that are asked for again.</summary>
    public int Asked { get; private set; }

    public void Run()
    {
        var done = Done();
        Take();
        Remove([.. Tombstones.All(home).Where(tombstone => !done.Contains(tombstone.Number))]);
        AskAgain();
        RenewKeys();
    }

    /// <summary>The tombstones whose removal the backup shows already. One that was only set is not.</summary>
    HashSet<long> Done() => [.. home.Database.Read<long>("SELECT tombstone FROM withdrawals WHERE tombstone IS NOT NULL AND state IN ('removed', 'destroyed')")];

    /// <summary>The rows of since take the place of the backup's. A round is destroyed by its certificate, which the office signed, and by nothing else.</summary>
    void Take()
    {
        var keys = new Dictionary<string, string> { ["tombstones"] = "number", ["withdrawals"] = "about", ["withdrawal_places"] = "about, place", ["rounds"] = "edition" };
        var certified = home.Database.Read<string>("SELECT edition FROM rounds WHERE certificate IS NOT NULL").ToHashSet();
        using var rows = new MemoryStream(decisions);
        while (rows.ReadByte() is not ('\n' or -1)) { }
        home.Database.Write(t =>
        {
            foreach (var row in StoreDump.Read(rows))
            {
                if (!keys.TryGetValue(row.Table, out var key)) throw new InvalidDataException("The file of decisions holds another table than those of decisions.");
                if (row.Table == "rounds" && IsCertified(row) && certified.Add((string)row.Cells.First(c => c.Column == "edition").Value!)) Destroyed++;
                StoreDump.Put(t, row, key);
            }
            t.Enter(home.Entry("backup", "decisions-taken", ("rounds", Destroyed)));
        });
    }

    bool IsCertified(DumpedRow row)
    {
        object? Cell(string column) => row.Cells.FirstOrDefault(cell => cell.Column == column).Value;
        if (Cell("certificate") is not byte[] certificate || Cell("certificate_signature") is not byte[] signature) return false;
        return DestructionCertificate.TryRead(certificate, out var said, out _) && said.Edition == (string?)Cell("edition") && Signature.Check(certificate, signature, [home.Key.Certificate], home.Now).Ok
            ? true : throw new InvalidDataException("A certificate of destruction in the file of decisions is not signed by this office.");
    }

    void Remove(List<Tombstone> tombstones)
    {
        var gone = new Gone(Tombstones.Match(tombstones, Register.Load(home).Select(person => person.Rin)).Select(match => (match.Rin, "")));
        CohortRemoval.Remove(home, gone, static _ => { });
        ProjectRemoval.Remove(home, gone, static _ => { });
        ReleaseRemoval.Remove(home, gone);
        CohortRemoval.Forget(home, gone.Rins);
        Withdrawn = tombstones.Count;
    }

    /// <summary>What the backup names and must not hold (sealed files) is asked for again: the schools hear that it could not be read, and seal it anew.</summary>
    void AskAgain() => home.Database.Write(t =>
    {
        foreach (var (about, school, state) in t.Read<(string, string, string)>("SELECT about, school, state FROM withdrawals WHERE state <> 'destroyed' ORDER BY about"))
        {
            var from = WithdrawalStates.Read(state);
            if (from is WithdrawalState.Received or WithdrawalState.NeedsReview)
            {
                WithdrawalStates.Move(t, about, from, WithdrawalState.Refused);
                Answers.Give(home, t, "withdrawal", school, about, "refused-unreadable");
                from = WithdrawalState.Refused;
                Asked++;
            }
            if (from == WithdrawalState.Tombstoned)
            {
                WithdrawalStates.Move(t, about, from, WithdrawalState.Removed);
                Answers.Give(home, t, "withdrawal", school, about, "removed");
                from = WithdrawalState.Removed;
            }
            WithdrawalStates.Move(t, about, from, WithdrawalState.Destroyed);
        }
        foreach (var (ciphertext, school) in t.Read<(string, string)>("SELECT d.ciphertext, d.school FROM deliveries d JOIN rounds r ON r.edition = d.edition WHERE d.state = 'received' AND r.certificate IS NULL ORDER BY d.ciphertext"))
        {
            t.Execute("UPDATE deliveries SET state = @state, fault = 'lost with the store that was restored from a backup.' WHERE ciphertext = @ciphertext", new { state = DeliveryState.Unreadable.Code(), ciphertext });
            Answers.Give(home, t, "delivery", school, ciphertext, "refused-unreadable");
            Asked++;
        }
        t.Enter(home.Entry("backup", "asked-again", ("files", Asked)));
    });

    /// <summary>No key for withdrawals is in a backup: a round that is open names a new one, in a notice that schools take in again.</summary>
    void RenewKeys()
    {
        home.Database.Write(t =>
        {
            t.Execute("UPDATE withdrawal_keys SET destroyed = @now WHERE destroyed IS NULL", new { now = OfficeHome.Text(home.Now) });
            t.Enter(home.Entry("backup", "keys-lost"));
        });
        foreach (var edition in home.Database.Read<string>("SELECT edition FROM rounds WHERE state = 'open' ORDER BY edition"))
        {
            var file = Rounds.NoticeFile(home, Edition.Parse(edition).Value);
            if (!File.Exists(file) || !RoundNotice.TryRead(File.ReadAllBytes(file), out var notice, out _)) continue;
            var renewed = (notice with { Withdrawals = WithdrawalKeys.Renew(home, edition).ToString() }).ToJson();
            DurableFile.Write(Path.ChangeExtension(file, ".p7s"), Signature.Sign(renewed, home.Key, home.Now));
            DurableFile.Write(file, renewed);
        }
    }
}
