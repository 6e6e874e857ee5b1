namespace Groeilijn.Sites.Accounts;

/// <summary>What somebody may do. Each may also do all that those before it may.</summary>
public enum AccountRole
{
    /// <summary>Look only.</summary>
    Reader,
    /// <summary>Look, and approve what leaves.</summary>
    Head,
    /// <summary>All, and say who else may come in.</summary>
    Administrator,
}

/// <summary>Somebody who may use the site.</summary>
public sealed record Account
{
    /// <summary>Its number, which is never given twice.</summary>
    public long Id { get; init; }

    /// <summary>The name by which its owner signs in and others know it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it may do.</summary>
    public AccountRole Role { get; init; }

    /// <summary>Its duties as they are kept.</summary>
    public string DutyCodes { get; init; } = "";

    /// <summary>Its duties, on a site that divides its work.</summary>
    public IReadOnlyList<string> Duties => DutyCodes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Changes whenever every session must end.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>Until when codes are refused after too many wrong ones, in seconds since 1970; 0 for not.</summary>
    public long LockedUntil { get; init; }

    /// <summary>Whether an administrator closed it.</summary>
    public bool Locked { get; init; }

    /// <summary>The most letters of a name.</summary>
    public const int LongestName = 60;

    /// <summary>A name without blanks around it and double blanks in it; null when it is too short, too long or has control characters.</summary>
    public static string? ReadName(string? text)
    {
        var name = string.Join(' ', (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name.Length is >= 2 and <= LongestName && !name.Any(char.IsControl) ? name : null;
    }

    internal static string KeyOf(string name) => name.Normalize().ToUpperInvariant();
}

/// <summary>Roles in words.</summary>
public static class RoleWords
{
    /// <summary>What a role is called.</summary>
    public static Spoken Name(this AccountRole role) => role switch
    {
        AccountRole.Administrator => new("beheerder", "administrator"),
        AccountRole.Head => new("directeur", "head"),
        _ => new("lezer", "reader"),
    };

    /// <summary>What a role may do.</summary>
    public static Spoken May(this AccountRole role) => role switch
    {
        AccountRole.Administrator => new("mag alles, en regelt de accounts", "may do everything, and arranges the accounts"),
        AccountRole.Head => new("mag alles bekijken en een levering goedkeuren", "may look at everything and approve a delivery"),
        _ => new("mag alles bekijken en niets veranderen", "may look at everything and change nothing"),
    };
}
