namespace Groeilijn.Office;

/// <summary>One person of the register, as the snapshot holds it.</summary>
/// <param name="Rin">The office's identity.</param>
/// <param name="Key">The register's own key of the person.</param>
/// <param name="Numbers">Every number the person ever had; the last holds.</param>
/// <param name="Sex"><c>m</c>, <c>f</c>, <c>x</c> or <c>u</c>.</param>
/// <param name="Born"><c>YYYY-MM-DD</c>, zeros for what is unknown.</param>
/// <param name="Addresses">In order of their first day; the last holds.</param>
public sealed record RegisterPerson(Rin Rin, string Key, IReadOnlyList<RegisterNumber> Numbers, string Sex, string Born, IReadOnlyList<RegisterAddress> Addresses)
{
    /// <summary>Masked.</summary>
    public override string ToString() => "a person of the register (masked)";
}

/// <summary>A number: <c>bsn</c> or <c>onderwijsnummer</c>, and its nine digits.</summary>
public readonly record struct RegisterNumber(string Kind, string Value)
{
    /// <summary>Masked.</summary>
    public override string ToString() => "a number (masked)";
}

/// <summary>An address from a day on.</summary>
public readonly record struct RegisterAddress(string From, string Postcode, int House, string? Letter, string? Addition)
{
    /// <summary>Masked.</summary>
    public override string ToString() => "an address (masked)";
}
