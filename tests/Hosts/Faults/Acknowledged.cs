using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Hosts.Faults;

/// <summary>
/// What an office said yes to, and whether a home holds it: nothing acknowledged is lost, nothing is there twice, store and ledger say the same, and
/// nothing is certified that is still present.
/// </summary>
sealed class Acknowledged
{
    readonly Dictionary<string, string> _receipts = [];
    readonly Dictionary<Edition, RoundState> _states = [];
    readonly Dictionary<Edition, string> _certificates = [];
    readonly HashSet<string> _objections = [];
    readonly Dictionary<string, Edition> _withdrawn = [];
    readonly List<Checkpoint> _checkpoints = [];

    /// <summary>How many lines were heard.</summary>
    public int Lines { get; private set; }

    /// <summary>What was wrong with the lines themselves: the same delivery was given two receipts.</summary>
    public List<string> Contradictions { get; } = [];

    public void Hear(IEnumerable<string> lines)
    {
        foreach (var words in lines.Select(line => line.Split(' ')).Where(words => words[0] != "ready"))
        {
            Lines++;
            switch (words)
            {
                case ["round", var edition]: Reached(edition, RoundState.Open); break;
                case ["linked", var edition, _]: Reached(edition, RoundState.Linked); break;
                case ["state", var edition, var state]: Reached(edition, RoundStates.Read(state)); break;
                case ["certificate", var edition, var sha256]: _certificates[Edition.Parse(edition).Value] = sha256; break;
                case ["objection", var about]: _objections.Add(about); break;
                case ["withdrawn", var about, var edition]: _withdrawn[about] = Edition.Parse(edition).Value; break;
                case ["received", var sha256, var receipt]:
                    if (!_receipts.TryAdd(sha256, receipt) && _receipts[sha256] != receipt) Contradictions.Add("one delivery got two receipts");
                    break;
                case ["checkpoint", var text]:
                    Assert.True(Checkpoint.TryParse(Encoding.UTF8.GetString(Convert.FromBase64String(text)), out var checkpoint));
                    _checkpoints.Add(checkpoint);
                    break;
                default: Assert.Fail($"a line that means nothing: {words[0]}"); break;
            }
        }
    }

    /// <summary>What is wrong in this home; empty when all is well.</summary>
    public List<string> Missing(OfficeHome home)
    {
        List<string> wrong = [.. Contradictions];
        var rows = home.Database.Read<(string Ciphertext, string Edition, string School, long Sequence, byte[] Receipt)>("SELECT ciphertext, edition, school, sequence, receipt FROM deliveries");
        var states = home.Database.Read<(string Edition, string State)>("SELECT edition, state FROM rounds").ToDictionary(r => Edition.Parse(r.Edition).Value, r => RoundStates.Read(r.State));

        foreach (var (ciphertext, receipt) in _receipts)
            if (!rows.Any(row => row.Ciphertext == ciphertext && FileDigest.Of(row.Receipt).Sha256 == receipt)) wrong.Add("an acknowledged delivery is lost");
        if (rows.GroupBy(row => (row.Edition, row.School, row.Sequence)).Any(same => same.Count() > 1)) wrong.Add("a delivery is there twice");
        foreach (var row in rows.Where(row => states[Edition.Parse(row.Edition).Value] < RoundState.DestructionIntended))
            if (!IsWhole(Intake.CiphertextFile(home, row.Ciphertext), row.Ciphertext)) wrong.Add("a delivery's sealed file is not whole");
        foreach (var (edition, state) in _states)
            if (!states.TryGetValue(edition, out var now) || now < state) wrong.Add($"an acknowledged step is lost: {state.Code()}");
        foreach (var (edition, sha256) in _certificates)
            if (Destruction.Certificate(home, edition) is not { } held || FileDigest.Of(held.Certificate).Sha256 != sha256) wrong.Add("an acknowledged certificate is lost");
        foreach (var (edition, state) in states.Where(s => !RoundStates.MayHoldIdentities(s.Value)))
            if (Present(home, edition, rows.Where(row => row.Edition == edition.ToString()).Select(row => row.Ciphertext))) wrong.Add($"{state.Code()}, but present");
        foreach (var part in Cohort.Parts(home))
            if (!IsWhole(home.At(part.Path), part.Sha256)) wrong.Add("a file of the cohort is not whole");
        wrong.AddRange(WrongInWithdrawals(home));
        wrong.AddRange(WrongInLedger(home, [.. rows.Select(row => row.Ciphertext)], states));
        return wrong;
    }

    /// <summary>Every objection that was taken in is known; of whom one was carried out nothing is in the cohort.</summary>
    IEnumerable<string> WrongInWithdrawals(OfficeHome home)
    {
        var known = Withdrawals.All(home).ToDictionary(w => w.About, w => w.State);
        foreach (var about in _objections)
        {
            if (!known.TryGetValue(about, out var state)) yield return "an acknowledged objection is lost";
            else if (state == WithdrawalState.Received && !IsWhole(Withdrawals.CiphertextFile(home, about), about)) yield return "an objection's sealed file is not whole";
        }
        var pupils = _withdrawn.Count == 0 ? null : Cohort.Rows(home).ToLookup(row => row.Edition, row => row.Rin);
        foreach (var (about, edition) in _withdrawn)
        {
            if (known.GetValueOrDefault(about) is not (WithdrawalState.Removed or WithdrawalState.Destroyed)) yield return "an acknowledged withdrawal is lost";
            if (pupils![edition].Distinct().Count() != 1) yield return "a withdrawn pupil is in the cohort";
        }
    }

    /// <summary>The ledger with what waits for it says each step of the store once, and no other.</summary>
    IEnumerable<string> WrongInLedger(OfficeHome home, List<string> deliveries, Dictionary<Edition, RoundState> states)
    {
        if (home.Ledger.Check() is { Ok: false } check)
        {
            yield return $"the ledger is damaged: {check.Fault}";
            yield break;
        }
        if (!_checkpoints.All(home.Ledger.Holds)) yield return "the ledger does not hold a checkpoint that was given";
        var waiting = home.Database.Read<(long Position, byte[] Entry)>("SELECT position, entry FROM ledger_outbox ORDER BY position").Where(row => row.Position > home.Ledger.Size).ToList();
        if (waiting.Count > 0 && waiting[0].Position != home.Ledger.Size + 1) yield return "the outbox does not follow the ledger";
        var said = home.Ledger.Entries().Concat(waiting.Select(row => row.Entry)).Select(Told).OfType<string>().Order(StringComparer.Ordinal).ToList();
        var objections = Withdrawals.All(home).SelectMany(w => w.State is WithdrawalState.Removed or WithdrawalState.Destroyed ? (string[])[$"objection {w.About}", $"withdrawn {w.About}"] : [$"objection {w.About}"]);
        var done = deliveries.Select(sha256 => $"received {sha256}").Concat(objections).Concat(states.SelectMany(s => Steps.Where(step => step.State <= s.Value).Select(step => $"{step.Step} {s.Key}"))).Order(StringComparer.Ordinal).ToList();
        if (!said.SequenceEqual(done)) yield return $"ledger and store differ: {said.Except(done).Count()} only in the ledger, {done.Except(said).Count()} only in the store, {said.Count - said.Distinct().Count()} told twice";
    }

    static (RoundState State, string Step)[] Steps { get; } =
    [
        (RoundState.Open, "round-opened"), (RoundState.Linked, "linked"), (RoundState.DestructionIntended, "intended"), (RoundState.KeysDestroyed, "keys-destroyed"),
        (RoundState.CiphertextDestroyed, "ciphertext-destroyed"), (RoundState.Verified, "verified"), (RoundState.Certified, "certified"),
    ];

    /// <summary>Which of the watched steps an entry tells; null for another.</summary>
    static string? Told(byte[] bytes)
    {
        Assert.True(LedgerEntry.TryRead(bytes, out var entry, out _));
        var facts = entry.Facts.ToDictionary(fact => fact.Name, fact => fact.Value.Text);
        if (entry is { Room: "intake", Step: "received" }) return $"received {facts["ciphertext"]}";
        if (entry is { Room: "withdrawals", Step: "received" }) return $"objection {facts["ciphertext"]}";
        if (entry is { Room: "withdrawals", Step: "removed" }) return $"withdrawn {facts["ciphertext"]}";
        return Steps.Any(step => step.Step == entry.Step) ? $"{entry.Step} {facts["edition"]}" : null;
    }

    void Reached(string edition, RoundState state)
    {
        var of = Edition.Parse(edition).Value;
        if (!_states.TryGetValue(of, out var before) || before < state) _states[of] = state;
    }

    static bool IsWhole(string path, string sha256) => File.Exists(path) && FileDigest.OfFile(path).Sha256 == sha256;

    static bool Present(OfficeHome home, Edition edition, IEnumerable<string> ciphertexts) =>
        ciphertexts.Select(sha256 => Intake.CiphertextFile(home, sha256)).Concat([Rounds.ShareFile(home, edition, 1), Rounds.ShareFile(home, edition, 2)]).Any(File.Exists);
}
