namespace Groeilijn.Education;

/// <summary>Sex as the registers know it.</summary>
public enum Sex
{
    /// <summary>Not filled in.</summary>
    Unknown,
    /// <summary>Boy, man.</summary>
    Male,
    /// <summary>Girl, woman.</summary>
    Female,
    /// <summary>Explicitly not specified.</summary>
    Unspecified,
}

/// <summary>The formats that code sex, each in its own way.</summary>
public enum SexCoding
{
    /// <summary>EDEXML and UWLR: 0 unknown, 1 boy, 2 girl, 9 not specified (NEN-ISO 5218).</summary>
    Edexml,
    /// <summary>OSO: reversed, 1 woman, 2 man, 0 unknown.</summary>
    Oso,
    /// <summary>BRON: M, V, O (onbekend).</summary>
    Bron,
    /// <summary>Doorstroomtoets interface: the integers 1 man, 2 woman, 9 not specified; no 0.</summary>
    Doorstroomtoets,
    /// <summary>Our own delivery: m, f, x, u.</summary>
    Delivery,
}

/// <summary>
/// One table for all codings of sex: 1 is a boy in one format and a girl in another, so a code is never read without its coding.
/// </summary>
public static class SexCodes
{
    static readonly (SexCoding Coding, string Code, Sex Sex)[] s_table =
    [
        (SexCoding.Edexml, "1", Sex.Male), (SexCoding.Edexml, "2", Sex.Female), (SexCoding.Edexml, "9", Sex.Unspecified), (SexCoding.Edexml, "0", Sex.Unknown),
        (SexCoding.Oso, "2", Sex.Male), (SexCoding.Oso, "1", Sex.Female), (SexCoding.Oso, "0", Sex.Unknown),
        (SexCoding.Bron, "M", Sex.Male), (SexCoding.Bron, "V", Sex.Female), (SexCoding.Bron, "O", Sex.Unknown),
        (SexCoding.Doorstroomtoets, "1", Sex.Male), (SexCoding.Doorstroomtoets, "2", Sex.Female), (SexCoding.Doorstroomtoets, "9", Sex.Unspecified),
        (SexCoding.Delivery, "m", Sex.Male), (SexCoding.Delivery, "f", Sex.Female), (SexCoding.Delivery, "x", Sex.Unspecified), (SexCoding.Delivery, "u", Sex.Unknown),
    ];

    /// <summary>Reads a code in its coding; false when that coding has no such code.</summary>
    public static bool TryRead(SexCoding coding, string? code, out Sex sex)
    {
        var trimmed = (code ?? "").Trim();
        foreach (var row in s_table)
            if (row.Coding == coding && row.Code == trimmed) { sex = row.Sex; return true; }
        sex = Sex.Unknown;
        return false;
    }

    /// <summary>Writes a sex in a coding.</summary>
    /// <exception cref="ArgumentException">That coding has no code for it (OSO and BRON know no "not specified").</exception>
    public static string Write(SexCoding coding, Sex sex)
    {
        foreach (var row in s_table) if (row.Coding == coding && row.Sex == sex) return row.Code;
        throw new ArgumentException($"{coding} has no code for this sex.", nameof(sex));
    }
}
