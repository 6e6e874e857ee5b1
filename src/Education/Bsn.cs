using System.Globalization;

namespace Groeilijn.Education;

/// <summary>
/// A burgerservicenummer: nine digits d1…d9 with (9·d1 + 8·d2 + … + 2·d8 − d9) divisible by 11
/// (Regeling structuur en inhoud basisregister onderwijs, check 750). Leading zeros are digits like any other.
/// <c>000000000</c> passes the sum, is nobody's number, and is refused. The default value is no number and refuses use.
/// </summary>
public readonly record struct Bsn
{
    readonly int _value;

    Bsn(int value) => _value = value;

    /// <summary>The number as an integer, 12 to 999999990.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Value => _value != 0 ? _value : throw new InvalidOperationException("A default Bsn is no number.");

    /// <summary>The nine digits, leading zeros included. For the delivery and the screen of the school only.</summary>
    public string Digits => Value.ToString("D9", CultureInfo.InvariantCulture);

    /// <summary>Reads a BSN. Seven or eight digits are padded with zeros and give <see cref="Signal.Padded"/>.</summary>
    public static Parsed<Bsn> Parse(string? text)
    {
        var nine = NineDigits.Read(text);
        if (!nine.Ok) return Parsed<Bsn>.No(nine.Fault);
        var value = nine.Value.Number;
        return NineDigits.WeightedSum(value) % 11 == value % 10
            ? Parsed<Bsn>.Of(new Bsn(value), nine.Signal)
            : Parsed<Bsn>.No(Fault.ElevenTest);
    }

    /// <summary>Masked: a BSN never enters a message or a log.</summary>
    public override string ToString() => "Bsn(*********)";
}

/// <summary>
/// An onderwijsnummer: the number of a pupil without BSN. The regulation's literal rule (check 751) is
/// (9·d1 + 8·d2 + … + 2·d8) mod 11 = d9 + 5, so d9 is 0 to 5. Some systems read "modulo 11" on both sides;
/// a number that passes only that reading is accepted with <see cref="Signal.ModuloReading"/>.
/// No number is both a BSN and an onderwijsnummer. The regulation demands no prefix, so neither do we.
/// </summary>
public readonly record struct Onderwijsnummer
{
    readonly int _value;

    Onderwijsnummer(int value) => _value = value;

    /// <summary>The number as an integer.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Value => _value != 0 ? _value : throw new InvalidOperationException("A default Onderwijsnummer is no number.");

    /// <summary>The nine digits, leading zeros included.</summary>
    public string Digits => Value.ToString("D9", CultureInfo.InvariantCulture);

    /// <summary>Reads an onderwijsnummer. Seven or eight digits are padded with zeros and give <see cref="Signal.Padded"/>.</summary>
    public static Parsed<Onderwijsnummer> Parse(string? text)
    {
        var nine = NineDigits.Read(text);
        if (!nine.Ok) return Parsed<Onderwijsnummer>.No(nine.Fault);
        var value = nine.Value.Number;
        var remainder = NineDigits.WeightedSum(value) % 11;
        var check = value % 10 + 5;
        if (remainder == check) return Parsed<Onderwijsnummer>.Of(new Onderwijsnummer(value), nine.Signal);
        return remainder == check % 11
            ? Parsed<Onderwijsnummer>.Of(new Onderwijsnummer(value), Signal.ModuloReading)
            : Parsed<Onderwijsnummer>.No(Fault.ElevenTest);
    }

    /// <summary>Masked: a number never enters a message or a log.</summary>
    public override string ToString() => "Onderwijsnummer(*********)";
}

/// <summary>The kinds of number a pupil can have.</summary>
public enum NumberKind
{
    /// <summary>Burgerservicenummer.</summary>
    Bsn,
    /// <summary>Onderwijsnummer, for who has no BSN.</summary>
    Onderwijsnummer,
}

/// <summary>
/// A persoonsgebonden nummer (PGN): a BSN, or else an onderwijsnummer. One pupil can have both in the course of years;
/// they are two numbers of one person and never equal.
/// </summary>
public readonly record struct PersonNumber
{
    readonly NumberKind _kind;
    readonly int _value;

    PersonNumber(NumberKind kind, int value) => (_kind, _value) = (kind, value);

    /// <summary>Which of the two it is.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public NumberKind Kind => _value != 0 ? _kind : throw new InvalidOperationException("A default PersonNumber is no number.");

    /// <summary>The number as an integer.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Value => _value != 0 ? _value : throw new InvalidOperationException("A default PersonNumber is no number.");

    /// <summary>The nine digits.</summary>
    public string Digits => Value.ToString("D9", CultureInfo.InvariantCulture);

    /// <summary>A BSN as the person's number.</summary>
    public static PersonNumber Of(Bsn bsn) => new(NumberKind.Bsn, bsn.Value);

    /// <summary>An onderwijsnummer as the person's number.</summary>
    public static PersonNumber Of(Onderwijsnummer number) => new(NumberKind.Onderwijsnummer, number.Value);

    /// <summary>
    /// Reads a number by the test it passes, whatever element or column it stood in: real files carry
    /// onderwijsnummers under the heading BSN. No number passes both tests.
    /// </summary>
    public static Parsed<PersonNumber> Parse(string? text)
    {
        var bsn = Bsn.Parse(text);
        if (bsn.Ok) return Parsed<PersonNumber>.Of(Of(bsn.Value), bsn.Signal);
        if (bsn.Fault != Fault.ElevenTest) return Parsed<PersonNumber>.No(bsn.Fault);
        var other = Onderwijsnummer.Parse(text);
        return other.Ok ? Parsed<PersonNumber>.Of(Of(other.Value), other.Signal) : Parsed<PersonNumber>.No(other.Fault);
    }

    /// <summary>Masked: a number never enters a message or a log.</summary>
    public override string ToString() => _value == 0 ? "(no number)" : $"{_kind}(*********)";
}

/// <summary>What BSN and onderwijsnummer share: nine digits and a weighted sum.</summary>
static class NineDigits
{
    internal readonly record struct Nine(int Number, bool Read);

    internal static Parsed<Nine> Read(string? text)
    {
        var span = text.AsSpan().Trim();
        if (span.IsEmpty) return Parsed<Nine>.No(Fault.Empty);
        if (span.ContainsAnyExceptInRange('0', '9')) return Parsed<Nine>.No(Fault.Characters);
        if (span.Length is < 7 or > 9) return Parsed<Nine>.No(Fault.Length);
        var number = int.Parse(span, CultureInfo.InvariantCulture);
        if (number == 0) return Parsed<Nine>.No(Fault.Zeros);
        return Parsed<Nine>.Of(new Nine(number, true), span.Length < 9 ? Signal.Padded : Signal.None);
    }

    /// <summary>9·d1 + 8·d2 + … + 2·d8 of the nine digits of <paramref name="number"/>.</summary>
    internal static int WeightedSum(int number)
    {
        var sum = 0;
        var rest = number / 10;
        for (var weight = 2; weight <= 9; weight++, rest /= 10) sum += weight * (rest % 10);
        return sum;
    }
}
