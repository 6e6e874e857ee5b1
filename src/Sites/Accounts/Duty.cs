namespace Groeilijn.Sites.Accounts;

/// <summary>A part of the work of a site that divides its work: who has it may do what the table of rights gives it. One account can have several.</summary>
/// <param name="Code">How it is kept: <c>key-holder</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="May">What who has it may do.</param>
public sealed record Duty(string Code, Spoken Name, Spoken May);

/// <summary>What an account is, in words: its role, or where there are duties those.</summary>
public static class DutyWords
{
    /// <summary>The role or the duties of an account.</summary>
    public static Spoken Is(this AccountOptions options, AccountRole role, IReadOnlyList<string> duties)
    {
        if (options.Duties.Count == 0) return role.Name();
        var names = options.Duties.Where(duty => duties.Contains(duty.Code)).Select(duty => duty.Name).ToList();
        if (role == AccountRole.Administrator) names.Add(new("regelt accounts", "arranges accounts"));
        return names.Count == 0 ? new("nog geen taak", "no duty yet") : new(string.Join(", ", names.Select(name => name.Dutch)), string.Join(", ", names.Select(name => name.English)));
    }
}
