using System.Globalization;
using Groeilijn.Sites.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Sites.Pages;

/// <summary>The log of accounts, for administrators.</summary>
public sealed class AccountLogPage(AccountLog log, TimeProvider clock) : SitePage
{
    const int PerPage = 50;

    /// <summary>The page, from 1.</summary>
    [BindProperty(SupportsGet = true)] public int P { get; set; } = 1;

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (log.Count + PerPage - 1) / PerPage);

    /// <summary>The lines of this page.</summary>
    public IReadOnlyList<AccountLine> Lines => log.Read((Math.Clamp(P, 1, Pages) - 1) * PerPage, PerPage);

    /// <summary>A moment in local time.</summary>
    public string When(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An account in words.</summary>
    public string Who(long? id, string? name) => name ?? (id is { } gone ? Say($"verwijderd account {Speech.Number(gone)}", $"removed account {Speech.Number(gone)}") : Say("onbekend, of de computer zelf", "unknown, or the computer itself"));

    /// <summary>What happened, and with whom.</summary>
    public string What(AccountLine line) => Words(line.What).In(Language) + (line.About is null ? "" : ": " + Who(line.About, line.AboutName));

    static Spoken Words(AccountEvent what) => what switch
    {
        AccountEvent.SignedInByPasskey => new("ingelogd met een passkey", "signed in with a passkey"),
        AccountEvent.SignedInByCode => new("ingelogd met een code", "signed in with a code"),
        AccountEvent.SignedOut => new("uitgelogd op alle apparaten", "signed out on all devices"),
        AccountEvent.WrongCode => new("foute naam of code", "wrong name or code"),
        AccountEvent.WrongPasskey => new("passkey klopte niet", "passkey was not right"),
        AccountEvent.LockedOut => new("kwartier geen codes, na vijf foute", "no codes for a quarter of an hour, after five wrong ones"),
        AccountEvent.RefusedWhileLocked => new("geweigerd: account was gesloten", "refused: account was closed"),
        AccountEvent.Invited => new("uitnodiging gemaakt", "invitation made"),
        AccountEvent.InvitationWithdrawn => new("uitnodiging ingetrokken", "invitation withdrawn"),
        AccountEvent.WrongInvitation => new("uitnodiging klopte niet", "invitation was not right"),
        AccountEvent.Joined => new("account gemaakt", "account made"),
        AccountEvent.RoleChanged => new("rol veranderd", "role changed"),
        AccountEvent.Locked => new("account gesloten", "account closed"),
        AccountEvent.Unlocked => new("account geopend", "account opened"),
        AccountEvent.Removed => new("account verwijderd", "account removed"),
        AccountEvent.CodesMade => new("nieuwe codes gemaakt", "new codes made"),
        AccountEvent.PasskeyAdded => new("passkey toegevoegd", "passkey added"),
        _ => new("passkey verwijderd", "passkey removed"),
    };
}
