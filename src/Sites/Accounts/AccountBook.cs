using System.Security.Cryptography;
using Groeilijn.Storage;

namespace Groeilijn.Sites.Accounts;

/// <summary>An invitation that was not used yet.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Role">The role that it gives.</param>
/// <param name="Until">Until when it works.</param>
/// <param name="Duties">The duties that it gives.</param>
public sealed record Invitation(long Id, AccountRole Role, DateTimeOffset Until, IReadOnlyList<string> Duties);

/// <summary>What came of an invitation: the account with its codes, or what is wrong.</summary>
/// <param name="Account">The account; null when refused.</param>
/// <param name="Codes">Its codes, to be shown this once.</param>
/// <param name="Wrong">What is wrong and what to do.</param>
public sealed record Joining(Account? Account, IReadOnlyList<string> Codes, Spoken Wrong = default);

/// <summary>
/// Who may come in, by what, and with which role. An administrator invites, the invited makes the account, and gets ten codes
/// that each work once; passkeys come later, on the account's own page. Each step is one transaction with its line in the log, so that
/// two tries at once count as two and there is always an administrator.
/// </summary>
public sealed class AccountBook(Database store, TimeProvider clock, AccountLog log)
{
    /// <summary>Wrong codes in a row after which codes are refused for a while.</summary>
    public const int Tries = 5;

    /// <summary>How long codes are refused then.</summary>
    public static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(15);

    /// <summary>How long an invitation works.</summary>
    public static readonly TimeSpan InvitationTime = TimeSpan.FromDays(7);

    const string Columns = "SELECT id AS Id, name AS Name, role AS Role, duties AS DutyCodes, stamp AS Stamp, locked_until AS LockedUntil, locked AS Locked FROM account ";

    /// <summary>All accounts by name.</summary>
    public IReadOnlyList<Account> All => store.Read<Account>(Columns + "ORDER BY name_key");

    /// <summary>Invitations that still work.</summary>
    public IReadOnlyList<Invitation> Invitations =>
        [.. store.Read<InvitationRow>("SELECT id AS Id, role AS Role, until AS Until, duties AS Duties FROM invitation WHERE until > @Now ORDER BY id", new { Now }).Select(r => new Invitation(r.Id, r.Role, DateTimeOffset.FromUnixTimeSeconds(r.Until), r.Duties.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    /// <summary>Whether there is an administrator who can come in.</summary>
    public bool HasAdministrator => store.ReadOne<long>("SELECT count(*) FROM account WHERE role = 'Administrator' AND locked = 0") > 0;

    /// <summary>An account by its number.</summary>
    public Account? Find(long id) => store.ReadOne<Account>(Columns + "WHERE id = @id", new { id });

    internal Account? FindByName(string name) => store.ReadOne<Account>(Columns + "WHERE name_key = @key", new { key = Account.KeyOf(name) });

    /// <summary>How many codes an account has left.</summary>
    public int CodesLeft(long account) => (int)store.ReadOne<long>("SELECT count(*) FROM account_code WHERE account = @account", new { account });

    /// <summary>Makes an invitation.</summary>
    /// <param name="role">The role that it gives.</param>
    /// <param name="by">The administrator who invites; null for the command line.</param>
    /// <param name="duties">The duties that it gives.</param>
    /// <returns>The code, which is kept nowhere.</returns>
    public string Invite(AccountRole role, long? by, params IEnumerable<string> duties)
    {
        var given = string.Join(' ', duties);
        var code = OneTimeCode.New();
        store.Write(t =>
        {
            t.Execute("DELETE FROM invitation WHERE until <= @Now", new { Now });
            t.Execute("INSERT INTO invitation (hash, role, until, duties) VALUES (@hash, @role, @until, @given)", new { hash = OneTimeCode.Hash(code), role = role.ToString(), given, until = Now + (long)InvitationTime.TotalSeconds });
            log.Write(t, AccountEvent.Invited, by);
        });
        return code;
    }

    /// <summary>Takes an invitation back.</summary>
    public void Withdraw(long invitation, long by) => store.Write(t =>
    {
        if (t.Execute("DELETE FROM invitation WHERE id = @invitation", new { invitation }) == 1) log.Write(t, AccountEvent.InvitationWithdrawn, by);
    });

    /// <summary>Makes the account of who holds an invitation, which then ends.</summary>
    public Joining Join(string name, string? code) => store.Write(t =>
    {
        var hash = OneTimeCode.Hash(code);
        var (role, duties) = hash is null ? default : t.ReadOne<(string?, string?)>("SELECT role, duties FROM invitation WHERE hash = @hash AND until > @Now", new { hash, Now });
        if (role is null)
        {
            log.Write(t, AccountEvent.WrongInvitation, null);
            return new Joining(null, [], new("Deze uitnodiging werkt niet, of niet meer. Vraag de beheerder om een nieuwe.", "This invitation does not work, or no longer. Ask the administrator for a new one."));
        }
        if (t.ReadOne<long>("SELECT count(*) FROM account WHERE name_key = @key", new { key = Account.KeyOf(name) }) > 0)
            return new Joining(null, [], new("Er is al een account met deze naam. Kies een andere naam.", "There is an account of this name already. Choose another name."));
        t.Execute("DELETE FROM invitation WHERE hash = @hash", new { hash });
        t.Execute("INSERT INTO account (name, name_key, role, duties, stamp) VALUES (@name, @key, @role, @duties, @stamp)", new { name, key = Account.KeyOf(name), role, duties, stamp = NewStamp() });
        var account = t.ReadOne<Account>(Columns + "WHERE id = last_insert_rowid()")!;
        log.Write(t, AccountEvent.Joined, account.Id);
        return new Joining(account, NewCodes(t, account.Id));
    });

    /// <summary>
    /// Takes a name and a code; null when they do not fit, when too many did not before, or when the account is closed. Why it was refused is in the log
    /// only: whoever guesses learns nothing, not even whether the name exists.
    /// </summary>
    public Account? SignIn(string? name, string? code) => store.Write(t =>
    {
        var account = t.ReadOne<Account>(Columns + "WHERE name_key = @key", new { key = Account.KeyOf(name ?? "") });
        var refused = account is { Locked: true } || account?.LockedUntil > Now;
        if (!refused && account is not null && OneTimeCode.Hash(code) is { } hash && t.Execute("DELETE FROM account_code WHERE account = @Id AND hash = @hash", new { account.Id, hash }) == 1)
        {
            t.Execute("UPDATE account SET failures = 0, locked_until = 0 WHERE id = @Id", new { account.Id });
            log.Write(t, AccountEvent.SignedInByCode, account.Id);
            return account;
        }
        log.Write(t, refused ? AccountEvent.RefusedWhileLocked : AccountEvent.WrongCode, account?.Id);
        if (!refused && account is not null) Count(t, account.Id);
        return null;
    });

    void Count(Transaction t, long id)
    {
        var failures = t.ReadOne<long>("UPDATE account SET failures = failures + 1 WHERE id = @id RETURNING failures", new { id });
        if (failures < Tries) return;
        t.Execute("UPDATE account SET failures = 0, locked_until = @until WHERE id = @id", new { id, until = Now + (long)LockoutTime.TotalSeconds });
        log.Write(t, AccountEvent.LockedOut, id);
    }

    /// <summary>Gives an account ten new codes; those it had end.</summary>
    /// <param name="account">The account.</param>
    /// <param name="by">Its owner or an administrator.</param>
    public IReadOnlyList<string> MakeCodes(long account, long by) => store.Write<IReadOnlyList<string>>(t =>
    {
        t.Execute("UPDATE account SET failures = 0, locked_until = 0 WHERE id = @account", new { account });
        log.Write(t, AccountEvent.CodesMade, by, Other(account, by));
        return NewCodes(t, account);
    });

    /// <summary>Gives an account another role and other duties and ends its sessions; what is wrong when that cannot be.</summary>
    public Spoken? SetRole(long account, AccountRole role, long by, params IEnumerable<string> duties) => Change(account, by, AccountEvent.RoleChanged, role != AccountRole.Administrator,
        "UPDATE account SET role = @role, duties = @duties, stamp = @stamp WHERE id = @account", role, string.Join(' ', duties));

    /// <summary>Closes an account and ends its sessions.</summary>
    public Spoken? Lock(long account, long by) => Change(account, by, AccountEvent.Locked, true, "UPDATE account SET locked = 1, stamp = @stamp WHERE id = @account");

    /// <summary>Opens an account again, also after too many wrong codes.</summary>
    public Spoken? Unlock(long account, long by) => Change(account, by, AccountEvent.Unlocked, false, "UPDATE account SET locked = 0, locked_until = 0, failures = 0 WHERE id = @account");

    /// <summary>Removes an account with its passkeys and codes.</summary>
    public Spoken? Remove(long account, long by) => Change(account, by, AccountEvent.Removed, true, "DELETE FROM account WHERE id = @account");

    /// <summary>Ends every session of an account.</summary>
    public void EndSessions(long account) => store.Write(t =>
    {
        t.Execute("UPDATE account SET stamp = @stamp WHERE id = @account", new { account, stamp = NewStamp() });
        log.Write(t, AccountEvent.SignedOut, account);
    });

    Spoken? Change(long account, long by, AccountEvent what, bool takesAway, string sql, AccountRole role = default, string duties = "") => store.Write<Spoken?>(t =>
    {
        var left = t.ReadOne<long>("SELECT count(*) FROM account WHERE role = 'Administrator' AND locked = 0 AND id <> @account", new { account });
        if (takesAway && left == 0) return new("Dit is de laatste beheerder. Maak eerst iemand anders beheerder.", "This is the last administrator. Make somebody else administrator first.");
        if (t.Execute(sql, new { account, role = role.ToString(), duties, stamp = NewStamp() }) == 1) log.Write(t, what, by, Other(account, by));
        return null;
    });

    static List<string> NewCodes(Transaction t, long account)
    {
        List<string> codes = [.. Enumerable.Range(0, OneTimeCode.PerAccount).Select(_ => OneTimeCode.New())];
        t.Execute("DELETE FROM account_code WHERE account = @account", new { account });
        t.Execute("INSERT INTO account_code (account, hash) VALUES (@account, @hash)", codes.Select(code => new { account, hash = OneTimeCode.Hash(code) }));
        return codes;
    }

    static long? Other(long account, long by) => account == by ? null : account;

    static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    sealed record InvitationRow
    {
        public long Id { get; init; }
        public AccountRole Role { get; init; }
        public long Until { get; init; }
        public string Duties { get; init; } = "";
    }
}
