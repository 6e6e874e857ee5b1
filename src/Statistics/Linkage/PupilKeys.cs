namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// What a delivery tells of one pupil, packed, for linking only. 0 stands for unknown everywhere.
/// </summary>
/// <param name="Number">BSN or onderwijsnummer as an integer; no number is both.</param>
/// <param name="Born">yyyymmdd, with zeros for an unknown day or month.</param>
/// <param name="Sex">Any code; equal codes agree, 0 agrees with nothing.</param>
/// <param name="Postcode">Packed by <see cref="Address.PackPostcode"/>.</param>
/// <param name="House">The house number without letter and addition.</param>
/// <param name="Suffix">Letter and addition as one text in upper case; empty when there is none.</param>
public readonly record struct PupilKeys(int Number, int Born, int Sex, int Postcode, int House, string Suffix)
{
    /// <summary>Masked: identifying values never enter a message.</summary>
    public override string ToString() => "PupilKeys(****)";
}

/// <summary>One person of the register, packed as in <see cref="PupilKeys"/>.</summary>
/// <param name="Numbers">Every number the person ever had.</param>
/// <param name="Born">yyyymmdd, with zeros for an unknown day or month.</param>
/// <param name="Sex">A code.</param>
/// <param name="Addresses">In order of their first day.</param>
public readonly record struct RegisteredPerson(int[] Numbers, int Born, int Sex, Address[] Addresses)
{
    /// <summary>Masked: identifying values never enter a message.</summary>
    public override string ToString() => "RegisteredPerson(****)";
}

/// <summary>Where a person lives from a day on, until the next address.</summary>
/// <param name="From">Day number (<see cref="DateOnly.DayNumber"/>).</param>
/// <param name="Postcode">Packed by <see cref="PackPostcode"/>; 0 when unknown.</param>
/// <param name="House">The house number; 0 when unknown.</param>
/// <param name="Suffix">Letter and addition as one text.</param>
public readonly record struct Address(int From, int Postcode, int House, string Suffix)
{
    /// <summary>A postcode of six characters as one integer below 2²³.</summary>
    public static int PackPostcode(ReadOnlySpan<char> six)
    {
        var packed = 0;
        foreach (var digit in six[..4]) packed = packed * 10 + (digit - '0');
        return (packed * 26 + (six[4] - 'A')) * 26 + (six[5] - 'A');
    }

    /// <summary>Masked: identifying values never enter a message.</summary>
    public override string ToString() => "Address(****)";
}

/// <summary>Birth dates packed as yyyymmdd, with zeros for an unknown day or month.</summary>
static class PackedDate
{
    /// <summary>Whether both can be the same day: every known part is equal.</summary>
    internal static bool Agree(int a, int b) =>
        a / 10000 == b / 10000 && Part(a / 100 % 100, b / 100 % 100) && Part(a % 100, b % 100);

    internal static bool IsWhole(int date) => date % 100 != 0;

    static bool Part(int a, int b) => a == b || a == 0 || b == 0;
}
