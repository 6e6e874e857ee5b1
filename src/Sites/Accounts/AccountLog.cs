using Groeilijn.Storage;

namespace Groeilijn.Sites.Accounts;

/// <summary>What can happen with an account.</summary>
public enum AccountEvent
{
    /// <summary>Signed in with a passkey.</summary>
    SignedInByPasskey,
    /// <summary>Signed in with a one-time code.</summary>
    SignedInByCode,
    /// <summary>Signed out, everywhere.</summary>
    SignedOut,
    /// <summary>A wrong code, or an unknown name.</summary>
    WrongCode,
    /// <summary>A passkey that did not fit.</summary>
    WrongPasskey,
    /// <summary>Codes refused for a while after too many wrong ones.</summary>
    LockedOut,
    /// <summary>Came while it was closed.</summary>
    RefusedWhileLocked,
    /// <summary>Made an invitation.</summary>
    Invited,
    /// <summary>Took an invitation back.</summary>
    InvitationWithdrawn,
    /// <summary>A wrong invitation.</summary>
    WrongInvitation,
    /// <summary>Came in by an invitation.</summary>
    Joined,
    /// <summary>Was given another role.</summary>
    RoleChanged,
    /// <summary>Was closed by an administrator.</summary>
    Locked,
    /// <summary>Was opened again.</summary>
    Unlocked,
    /// <summary>Was removed.</summary>
    Removed,
    /// <summary>Was given new codes; the old ones ended.</summary>
    CodesMade,
    /// <summary>A passkey was added.</summary>
    PasskeyAdded,
    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,
}

/// <summary>A line of the log.</summary>
/// <param name="At">When.</param>
/// <param name="Account">Who did it: the number of an account; null for nobody known, or the command line.</param>
/// <param name="Name">The name of that account; null when there is none (any more).</param>
/// <param name="What">What was done.</param>
/// <param name="About">With whom, when that is somebody else.</param>
/// <param name="AboutName">The name of that account.</param>
public sealed record AccountLine(DateTimeOffset At, long? Account, string? Name, AccountEvent What, long? About, string? AboutName);

/// <summary>The log of accounts: who came in, who failed to, who changed what of whom. No pupil, no typed text. Lines are kept for a year.</summary>
public sealed class AccountLog(Database store, TimeProvider clock)
{
    const long Kept = 366L * 24 * 3600;

    /// <summary>How many lines there are.</summary>
    public int Count => (int)store.ReadOne<long>("SELECT count(*) FROM account_log");

    /// <summary>Lines, the newest first.</summary>
    public IReadOnlyList<AccountLine> Read(int skip, int take) =>
    [
        .. store.Read<Row>("""
            SELECT l.at AS At, l.account AS Account, a.name AS Name, l.what AS What, l.about AS About, b.name AS AboutName
            FROM account_log l LEFT JOIN account a ON a.id = l.account LEFT JOIN account b ON b.id = l.about
            ORDER BY l.id DESC LIMIT @take OFFSET @skip
            """, new { skip, take }).Select(r => new AccountLine(DateTimeOffset.FromUnixTimeSeconds(r.At), r.Account, r.Name, Enum.Parse<AccountEvent>(r.What), r.About, r.AboutName)),
    ];

    internal void Write(AccountEvent what, long? account, long? about = null) => store.Write(t => Write(t, what, account, about));

    internal void Write(Transaction t, AccountEvent what, long? account, long? about = null)
    {
        var at = clock.GetUtcNow().ToUnixTimeSeconds();
        t.Execute("INSERT INTO account_log (at, account, what, about) VALUES (@at, @account, @what, @about)", new { at, account, what = what.ToString(), about });
        t.Execute("DELETE FROM account_log WHERE at < @before", new { before = at - Kept });
    }

    sealed record Row
    {
        public long At { get; init; }
        public long? Account { get; init; }
        public string? Name { get; init; }
        public string What { get; init; } = "";
        public long? About { get; init; }
        public string? AboutName { get; init; }
    }
}
