using System.Globalization;
using Groeilijn.Storage;
using Microsoft.AspNetCore.Identity;

namespace Groeilijn.Sites.Accounts;

/// <summary>What ASP.NET Core Identity asks for when it registers or checks a passkey: accounts by number and name, and their passkeys.</summary>
sealed class AccountStore(Database store, AccountBook book) : IUserPasskeyStore<Account>, IUserSecurityStampStore<Account>
{
    const string Columns = """
        SELECT id AS Id, name AS Name, made AS Made, public_key AS PublicKey, sign_count AS SignCount, transports AS Transports, user_verified AS UserVerified,
               backup_eligible AS BackupEligible, backed_up AS BackedUp, attestation AS Attestation, client_data AS ClientData
        FROM passkey
        """;

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => Done(() => store.Write(t => t.Execute("""
        INSERT INTO passkey (id, account, name, made, public_key, sign_count, transports, user_verified, backup_eligible, backed_up, attestation, client_data)
        VALUES (@CredentialId, @Id, @Name, @made, @PublicKey, @SignCount, @transports, @IsUserVerified, @IsBackupEligible, @IsBackedUp, @AttestationObject, @ClientDataJson)
        ON CONFLICT (id) DO UPDATE SET name = @Name, sign_count = @SignCount, user_verified = @IsUserVerified, backed_up = @IsBackedUp WHERE account = @Id
        """, new
    {
        user.Id,
        Name = passkey.Name ?? "",
        made = passkey.CreatedAt.ToUnixTimeSeconds(),
        transports = string.Join(' ', passkey.Transports ?? []),
        passkey.CredentialId,
        passkey.PublicKey,
        SignCount = (long)passkey.SignCount,
        passkey.IsUserVerified,
        passkey.IsBackupEligible,
        passkey.IsBackedUp,
        passkey.AttestationObject,
        passkey.ClientDataJson,
    })));

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. store.Read<Row>(Columns + " WHERE account = @Id ORDER BY made, id", new { user.Id }).Select(r => r.Info())]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(store.ReadOne<Row>(Columns + " WHERE account = @Id AND id = @credentialId", new { user.Id, credentialId })?.Info());

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(store.ReadOne<long?>("SELECT account FROM passkey WHERE id = @credentialId", new { credentialId }) is { } id ? book.Find(id) : null);

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        Done(() => store.Write(t => t.Execute("DELETE FROM passkey WHERE account = @Id AND id = @credentialId", new { user.Id, credentialId })));

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? book.Find(id) : null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult(book.FindByName(normalizedUserName));

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(Account.KeyOf(user.Name));

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stamp);

    /// <summary>Identity "updates" the account after each change of a passkey; that change is already stored by itself.</summary>
    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw ByTheBook();

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => throw ByTheBook();

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw ByTheBook();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw ByTheBook();

    public void Dispose() { }

    static NotSupportedException ByTheBook() => new($"Accounts are made, changed and removed by {nameof(AccountBook)}, which keeps the log.");

    static Task Done(Action step)
    {
        step();
        return Task.CompletedTask;
    }

    sealed record Row
    {
        public byte[] Id { get; init; } = [];
        public string Name { get; init; } = "";
        public long Made { get; init; }
        public byte[] PublicKey { get; init; } = [];
        public long SignCount { get; init; }
        public string Transports { get; init; } = "";
        public bool UserVerified { get; init; }
        public bool BackupEligible { get; init; }
        public bool BackedUp { get; init; }
        public byte[] Attestation { get; init; } = [];
        public byte[] ClientData { get; init; } = [];

        internal UserPasskeyInfo Info() => new(Id, PublicKey, DateTimeOffset.FromUnixTimeSeconds(Made), (uint)SignCount,
            Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries), UserVerified, BackupEligible, BackedUp, Attestation, ClientData)
        { Name = Name };
    }
}
