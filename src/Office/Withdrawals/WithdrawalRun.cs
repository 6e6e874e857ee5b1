using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// One run over the withdrawals, in a guarded process: each is opened, its pupil found, a tombstone set; then every place is rid of the pupils of this run
/// together; then all schools are told in one step, in the same words; then the sealed files go. Between any two steps it may be stopped.
/// </summary>
sealed class WithdrawalRun(OfficeHome home, List<RegisterPerson> persons, Action<string> step)
{
    readonly Dictionary<string, Rin> _named = [];
    PupilSearch? _search;

    /// <summary>Whether there is anything to open or to go on with.</summary>
    public static bool HasWork(OfficeHome home) => home.Database.ReadOne<long>("SELECT count(*) FROM withdrawals WHERE state IN ('received', 'tombstoned', 'removed', 'refused')") > 0;

    public (int Removed, int NeedReview, int Refused) Run()
    {
        foreach (var one in In(WithdrawalState.Received)) Judge(one);
        foreach (var one in In(WithdrawalState.Removed).Where(one => one.Watch)) LookAgain(one);
        var standing = In(WithdrawalState.Tombstoned);
        if (standing.Count > 0) Remove(standing);
        var refused = In(WithdrawalState.Refused);
        foreach (var one in refused.Concat(In(WithdrawalState.Removed).Where(one => !one.Watch || !EarlierWaits(home, one)))) DestroyFile(one);
        return (standing.Count, In(WithdrawalState.NeedsReview).Count, refused.Count);
    }

    /// <summary>Sets the tombstone of a pupil whom the school named by telephone. Why not, when the number does not fit what the message says.</summary>
    public Refusal? Resolve(string about, string? number)
    {
        var one = In(WithdrawalState.NeedsReview).Single(waiting => waiting.About == about);
        if (number is null) { Note(one, null); return null; }
        using var opened = Open(one);
        if (Read(opened, one.School) is not { } withdrawal) return new Refusal("unreadable", "The message cannot be opened any more.", "Run the withdrawals again: the school is then told to pass it on again.");
        var bsn = Bsn.Parse(number);
        if (!bsn.Ok && !Onderwijsnummer.Parse(number).Ok) return new Refusal("number", "This is not a BSN and not an onderwijsnummer.", "Have the school read the number again; nine digits.");
        var named = withdrawal.Person with { Bsn = null, Onderwijsnummer = null };
        named = bsn.Ok ? named with { Bsn = number } : named with { Onderwijsnummer = number };
        var (found, rin) = Search.Find(named, static () => []);
        if (found != Found.Person) return new Refusal("number-fits-nobody", "No person of the register has this number together with the birth date or sex of the message.", "Have the school read the number again, or say that it is nobody.");
        Note(one, rin);
        return null;
    }

    /// <summary>Opens a message and decides who it is about.</summary>
    void Judge(Row one)
    {
        using var opened = Open(one);
        if (Read(opened, one.School) is not { } withdrawal)
        {
            home.Database.Write(t =>
            {
                WithdrawalStates.Move(t, one.About, WithdrawalState.Received, WithdrawalState.Refused);
                var outcome = opened.Ok ? "refused-format" : "refused-unreadable";
                Answers.Give(home, t, "withdrawal", one.School, one.About, outcome);
                t.Enter(home.Entry("withdrawals", "refused", ("ciphertext", one.About), ("outcome", outcome)));
            });
            step("refused");
            return;
        }
        var (found, rin) = Search.Find(withdrawal.Person, () => Cohort.RinsOf(home, one.School));
        if (found == Found.Unclear)
            home.Database.Write(t =>
            {
                WithdrawalStates.Move(t, one.About, WithdrawalState.Received, WithdrawalState.NeedsReview);
                t.Enter(home.Entry("withdrawals", "needs-review", ("ciphertext", one.About)));
            });
        else Note(one, found == Found.Person ? rin : null);
        step("judged");
    }

    /// <summary>A pupil whom nobody was found for may be in a register of today, while a delivery of before still waits to be linked.</summary>
    void LookAgain(Row one)
    {
        if (!EarlierWaits(home, one)) return;
        using var opened = Open(one);
        if (Read(opened, one.School) is not { } withdrawal) return;
        var (found, rin) = Search.Find(withdrawal.Person, static () => []);
        if (found == Found.Person) Note(one, rin);
        step("looked again");
    }

    /// <summary>Sets the tombstone; where nobody was found, of a RIN that is nobody's, so that what is written is the same.</summary>
    void Note(Row one, Rin? rin)
    {
        if (rin is { } known) _named[one.About] = known;
        home.Database.Write(t =>
        {
            var (number, commitment) = Tombstones.Set(home, t, rin ?? Rin.Create(), one.Signed, one.Received);
            WithdrawalStates.Move(t, one.About, one.State, WithdrawalState.Tombstoned);
            t.Execute("UPDATE withdrawals SET tombstone = @number, watch = @watch WHERE about = @about", new { about = one.About, number, watch = rin is null ? 1 : 0 });
            t.Enter(home.Entry("withdrawals", "noted", ("commitment", commitment)));
        });
        step("noted");
    }

    void Remove(List<Row> standing)
    {
        var gone = new Gone(Named(standing));
        CohortRemoval.Remove(home, gone, step);
        ProjectRemoval.Remove(home, gone, step);
        ReleaseRemoval.Remove(home, gone);
        step("forgotten");
        CohortRemoval.Forget(home, gone.Rins);
        Unnamed.Erase(home);
        step("erased");
        home.Database.Write(t =>
        {
            foreach (var one in standing) Tell(t, one);
        });
        step("told");
    }

    /// <summary>Every place has an answer, the school has one, and the log has the commitment: one step for the whole run, so that no answer comes sooner than another.</summary>
    void Tell(Transaction t, Row one)
    {
        foreach (var place in (IEnumerable<string>)["cohort", "background", ReleaseRemoval.Place, .. Projects.All(home).Select(project => "project/" + project.Name)]) Gone.Answer(home, t, one.About, place, "not-applicable");
        Gone.Answer(home, t, one.About, "deliveries", EarlierWaits(home, one) ? "removed" : "not-applicable");
        WithdrawalStates.Move(t, one.About, WithdrawalState.Tombstoned, WithdrawalState.Removed);
        Answers.Give(home, t, "withdrawal", one.School, one.About, "removed");
        t.Enter(home.Entry("withdrawals", "removed", ("ciphertext", one.About)));
    }

    void DestroyFile(Row one)
    {
        Leftovers.Erase(Withdrawals.CiphertextFile(home, one.About));
        step("file gone");
        home.Database.Write(t =>
        {
            WithdrawalStates.Move(t, one.About, one.State, WithdrawalState.Destroyed);
            t.Execute("UPDATE withdrawals SET watch = 0 WHERE about = @About", new { one.About });
            t.Enter(home.Entry("withdrawals", "file-destroyed", ("ciphertext", one.About)));
        });
        step("closed");
    }

    /// <summary>Destroys the keys whose day has come. A message that still needs review with one is refused, and the school seals it again to the newest; one that is watched holds the keys.</summary>
    public static void DestroyKeys(OfficeHome home, Action<string> step)
    {
        if (home.Database.ReadOne<long>("SELECT count(*) FROM withdrawals WHERE state IN ('received', 'tombstoned', 'removed')") > 0) return;
        foreach (var edition in WithdrawalKeys.Due(home))
        {
            WithdrawalKeys.Destroy(home, edition);
            step("key gone");
        }
        var keys = WithdrawalKeys.Load(home);
        foreach (var one in In(home, WithdrawalState.NeedsReview))
        {
            using var opened = Envelope.Open(File.ReadAllBytes(Withdrawals.CiphertextFile(home, one.About)), keys);
            if (opened.Ok) continue;
            home.Database.Write(t =>
            {
                WithdrawalStates.Move(t, one.About, WithdrawalState.NeedsReview, WithdrawalState.Refused);
                Answers.Give(home, t, "withdrawal", one.School, one.About, "refused-unreadable");
                t.Enter(home.Entry("withdrawals", "refused", ("ciphertext", one.About), ("outcome", "refused-unreadable")));
            });
        }
        foreach (var key in keys) key.Dispose();
    }

    PupilSearch Search => _search ??= new(home, persons);

    /// <summary>Whose tombstones these are: as found in this run, else as the register and the salt tell.</summary>
    IEnumerable<(Rin Rin, string About)> Named(List<Row> standing)
    {
        var unknown = standing.Where(one => !_named.ContainsKey(one.About)).ToDictionary(one => one.Tombstone!.Value, one => one.About);
        if (unknown.Count > 0)
            foreach (var (rin, tombstone) in Tombstones.Match([.. Tombstones.All(home).Where(t => unknown.ContainsKey(t.Number))], persons.Select(person => person.Rin))) _named[unknown[tombstone.Number]] = rin;
        return standing.Where(one => _named.ContainsKey(one.About)).Select(one => (_named[one.About], one.About));
    }

    Opened Open(Row one)
    {
        var keys = WithdrawalKeys.Load(home);
        try { return Envelope.Open(File.ReadAllBytes(Withdrawals.CiphertextFile(home, one.About)), keys); }
        finally { keys.ForEach(key => key.Dispose()); }
    }

    static Withdrawal? Read(Opened opened, string school) => opened.Ok && Withdrawal.TryRead(opened.Content, out var withdrawal, out _) && withdrawal.School == school ? withdrawal : null;

    /// <summary>Whether a delivery of before the withdrawal can still be linked, or its review decided.</summary>
    static bool EarlierWaits(OfficeHome home, Row one) =>
        home.Database.ReadOne<long>("SELECT count(*) FROM rounds WHERE opened <= @Received AND certificate IS NULL", new { one.Received }) > 0;

    List<Row> In(WithdrawalState state) => In(home, state);

    static List<Row> In(OfficeHome home, WithdrawalState state) => [.. home.Database
        .Read<(string About, string School, string Signed, string Received, long Watch, long? Tombstone)>("SELECT about, school, signed, received, watch, tombstone FROM withdrawals WHERE state = @state ORDER BY about", new { state = state.Code() })
        .Select(row => new Row(row.About, row.School, state, row.Signed, row.Received, row.Watch == 1, row.Tombstone))];

    sealed record Row(string About, string School, WithdrawalState State, string Signed, string Received, bool Watch, long? Tombstone);
}
