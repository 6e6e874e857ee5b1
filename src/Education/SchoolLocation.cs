using System.Globalization;

namespace Groeilijn.Education;

/// <summary>
/// A school location: BRIN (two digits, two letters) and vestiging (two digits). An empty vestiging is the main location, <c>00</c>.
/// Written as six characters, <c>99XX00</c>. The default value is no location.
/// </summary>
public readonly record struct SchoolLocation : IComparable<SchoolLocation>
{
    readonly string? _code;

    SchoolLocation(string code) => _code = code;

    /// <summary>Six characters: BRIN and vestiging.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public string Code => _code ?? throw new InvalidOperationException("A default SchoolLocation is no school.");

    /// <summary>The four characters of the institution.</summary>
    public string Brin => Code[..4];

    /// <summary>The two digits of the location; <c>00</c> is the main one.</summary>
    public string Vestiging => Code[4..];

    /// <summary>Reads BRIN with an optional vestiging behind it: "99XX", "99XX0", "99XX00".</summary>
    public static Parsed<SchoolLocation> Parse(string? text)
    {
        var trimmed = (text ?? "").Trim();
        return trimmed.Length > 4 ? Parse(trimmed[..4], trimmed[4..]) : Parse(trimmed, null);
    }

    /// <summary>Reads BRIN and vestiging from two fields.</summary>
    public static Parsed<SchoolLocation> Parse(string? brin, string? vestiging)
    {
        var b = (brin ?? "").Trim();
        var v = (vestiging ?? "").Trim();
        if (b.Length == 0) return Parsed<SchoolLocation>.No(Fault.Empty);
        if (b.Length != 4 || v.Length > 2) return Parsed<SchoolLocation>.No(Fault.Length);
        var upper = Spelling.Upper(b);
        var wellFormed = char.IsAsciiDigit(upper[0]) && char.IsAsciiDigit(upper[1])
            && char.IsAsciiLetterUpper(upper[2]) && char.IsAsciiLetterUpper(upper[3]) && v.All(char.IsAsciiDigit);
        if (!wellFormed) return Parsed<SchoolLocation>.No(Fault.Characters);
        return Parsed<SchoolLocation>.Of(new SchoolLocation(upper + v.PadLeft(2, '0')), upper == b ? Signal.None : Signal.Respelled);
    }

    /// <summary>By code, ordinal.</summary>
    public int CompareTo(SchoolLocation other) => string.CompareOrdinal(Code, other.Code);

    /// <summary>The code: a school is no pupil.</summary>
    public override string ToString() => _code ?? "(no school)";
}

/// <summary>
/// A province: a regional code of Statistics Netherlands (PV20 to PV31).
/// The default value is no province.
/// </summary>
public readonly record struct Province
{
    static readonly string[] s_names =
        ["Groningen", "Fryslân", "Drenthe", "Overijssel", "Flevoland", "Gelderland", "Utrecht", "Noord-Holland", "Zuid-Holland", "Zeeland", "Noord-Brabant", "Limburg"];

    readonly int _number;

    Province(int number) => _number = number;

    /// <summary>All twelve, in order of code.</summary>
    public static IReadOnlyList<Province> All { get; } = [.. Enumerable.Range(20, 12).Select(n => new Province(n))];

    /// <summary>The code, <c>PV20</c> to <c>PV31</c>.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public string Code => _number != 0 ? "PV" + _number.ToString(CultureInfo.InvariantCulture) : throw new InvalidOperationException("A default Province is no province.");

    /// <summary>The name, the same in Dutch and English text.</summary>
    public string Name => _number != 0 ? s_names[_number - 20] : throw new InvalidOperationException("A default Province is no province.");

    /// <summary>The part of the country it lies in.</summary>
    public CountryPart Part => CountryPart.Of(Code);

    /// <summary>Reads a code such as <c>PV26</c>; trailing blanks, as in regional code lists, are ignored.</summary>
    public static Parsed<Province> Parse(string? text)
    {
        var code = (text ?? "").Trim();
        if (code.Length == 0) return Parsed<Province>.No(Fault.Empty);
        foreach (var province in All) if (province.Code == code) return Parsed<Province>.Of(province);
        return Parsed<Province>.No(Fault.UnknownCode);
    }

    /// <summary>The code.</summary>
    public override string ToString() => _number == 0 ? "(no province)" : Code;
}

/// <summary>
/// A part of the country (landsdeel), LD01 to LD04: the coarsest region of Statistics Netherlands, and the region of the public tables, because
/// a coarser region hides fewer cells than it tells less. The default value is no part.
/// </summary>
public readonly record struct CountryPart
{
    static readonly (string Dutch, string English, string[] Provinces)[] s_parts =
    [
        ("Noord-Nederland", "Northern Netherlands", ["PV20", "PV21", "PV22"]),
        ("Oost-Nederland", "Eastern Netherlands", ["PV23", "PV24", "PV25"]),
        ("West-Nederland", "Western Netherlands", ["PV26", "PV27", "PV28", "PV29"]),
        ("Zuid-Nederland", "Southern Netherlands", ["PV30", "PV31"]),
    ];

    readonly int _number;

    CountryPart(int number) => _number = number;

    /// <summary>All four, in order of code.</summary>
    public static IReadOnlyList<CountryPart> All { get; } = [.. Enumerable.Range(1, 4).Select(n => new CountryPart(n))];

    /// <summary>The code, <c>LD01</c> to <c>LD04</c>.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public string Code => "LD0" + Known.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name in Dutch or English.</summary>
    public string Name(bool dutch) => dutch ? s_parts[Known - 1].Dutch : s_parts[Known - 1].English;

    int Known => _number != 0 ? _number : throw new InvalidOperationException("A default CountryPart is no part of the country.");

    internal static CountryPart Of(string province) => new(1 + Array.FindIndex(s_parts, part => part.Provinces.Contains(province)));

    /// <summary>The code.</summary>
    public override string ToString() => _number == 0 ? "(no part of the country)" : Code;
}
