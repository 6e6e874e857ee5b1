namespace Groeilijn.Delivery;

/// <summary>
/// The identifying members of a pupil, as they stand in a delivery and in a withdrawal: what linking needs and nothing else.
/// A value that breaks its rule cannot be set; the message names the member, never the value.
/// </summary>
public sealed record DeliveredPerson
{
    const int MostHouse = 99999;

    /// <summary>The BSN, nine digits; null when the school holds none or holds an onderwijsnummer.</summary>
    public string? Bsn { get; init => field = Alone(Spelling.Bsn.DemandIfKnown(value), Onderwijsnummer); }

    /// <summary>The onderwijsnummer, nine digits; null when the pupil has a BSN or no number.</summary>
    public string? Onderwijsnummer { get; init => field = Alone(Spelling.Onderwijsnummer.DemandIfKnown(value), Bsn); }

    /// <summary><c>m</c>, <c>f</c>, <c>x</c> or <c>u</c>.</summary>
    public required string Sex { get; init => field = Spelling.Sex.Demand(value); }

    /// <summary>The birth date, <c>YYYY-MM-DD</c>; an unknown part is <c>00</c>.</summary>
    public required string Born { get; init => field = Spelling.Born.Demand(value); }

    /// <summary>The postcode of the pupil's address, <c>1234AB</c>; null when unknown.</summary>
    public string? Postcode { get; init => field = Spelling.Postcode.DemandIfKnown(value); }

    /// <summary>The house number, 1 to 99999; null when unknown.</summary>
    public int? House { get; init => field = value is null ? null : (int)Spelling.Between(1, MostHouse, value.Value); }

    /// <summary>The letter of the house number; null when there is none.</summary>
    public string? Letter { get; init => field = Spelling.HouseLetter.DemandIfKnown(value); }

    /// <summary>The addition to the house number; null when there is none.</summary>
    public string? Addition { get; init => field = Spelling.HouseAddition.DemandIfKnown(value); }

    /// <summary>The number, of whichever kind; empty when there is none.</summary>
    internal string Number => Bsn ?? Onderwijsnummer ?? "";

    internal void Write(CanonicalWriter json)
    {
        json.Text("bsn", Bsn, Spelling.Bsn);
        json.Text("onderwijsnummer", Onderwijsnummer, Spelling.Onderwijsnummer);
        json.Text("sex", Sex, Spelling.Sex);
        json.Text("born", Born, Spelling.Born);
        json.Text("postcode", Postcode, Spelling.Postcode);
        json.Integer("house", House);
        json.Text("letter", Letter, Spelling.HouseLetter);
        json.Text("addition", Addition, Spelling.HouseAddition);
    }

    internal static DeliveredPerson Read(CanonicalReader json)
    {
        string? bsn = json.OptionalText("bsn", Spelling.Bsn);
        return new()
        {
            Bsn = bsn,
            Onderwijsnummer = bsn is null ? json.OptionalText("onderwijsnummer", Spelling.Onderwijsnummer) : null,
            Sex = json.Text("sex", Spelling.Sex),
            Born = json.Text("born", Spelling.Born),
            Postcode = json.OptionalText("postcode", Spelling.Postcode),
            House = (int?)json.OptionalInteger("house", 1, MostHouse),
            Letter = json.OptionalText("letter", Spelling.HouseLetter),
            Addition = json.OptionalText("addition", Spelling.HouseAddition),
        };
    }

    /// <summary>The order of pupils in a payload, before their results: number, birth date, postcode, house number.</summary>
    internal static int CompareAddress(DeliveredPerson a, DeliveredPerson b)
    {
        int order = string.CompareOrdinal(a.Number, b.Number);
        if (order == 0) order = string.CompareOrdinal(a.Born, b.Born);
        if (order == 0) order = string.CompareOrdinal(a.Postcode, b.Postcode);
        if (order == 0) order = (a.House ?? 0).CompareTo(b.House ?? 0);
        if (order == 0) order = string.CompareOrdinal(a.Letter, b.Letter);
        return order != 0 ? order : string.CompareOrdinal(a.Addition, b.Addition);
    }

    /// <summary>Masked.</summary>
    public override string ToString() => "a person (masked)";

    static string? Alone(string? number, string? other) =>
        number is null || other is null ? number : throw new ArgumentException("A pupil has a BSN or an onderwijsnummer, not both.");
}
