namespace Groeilijn.Testland;

/// <summary>
/// Rates of events and errors, as probabilities. Errors are drawn anew for each pupil, school and school year, so that the share of
/// wrong records is the same in every edition and both editions of a school year share their errors.
/// </summary>
public sealed record TestlandRates
{
    // Families
    /// <summary>Births that are twins.</summary>
    public double Twins { get; init; } = 0.016;
    /// <summary>Families whose eldest has a neighbour of the same sex and birth date at the same postcode.</summary>
    public double LookAlikes { get; init; } = 0.008;
    /// <summary>Families that move house in a year.</summary>
    public double HouseMoves { get; init; } = 0.06;
    /// <summary>Children that change school within the district in a year, besides those who follow a house move.</summary>
    public double SchoolMoves { get; init; } = 0.012;
    /// <summary>House moves after which a child changes school.</summary>
    public double SchoolFollowsHouse { get; init; } = 0.25;
    /// <summary>Children born outside the Netherlands, among those whose origin is.</summary>
    public double BornOutside { get; init; } = 0.20;
    /// <summary>Children registered only months or years after they entered school; until then they have an onderwijsnummer.</summary>
    public double LateRegistration { get; init; } = 0.008;
    /// <summary>Other children that start with an onderwijsnummer.</summary>
    public double WithoutBsn { get; init; } = 0.010;
    /// <summary>Of those, the ones whose onderwijsnummer becomes a BSN during primary school.</summary>
    public double BecomesBsn { get; init; } = 0.6;
    /// <summary>Children born abroad whose birth day or month the register does not know.</summary>
    public double RegisterBirthUnknown { get; init; } = 0.08;
    /// <summary>Pupils whose parents' education is unknown.</summary>
    public double EducationUnknown { get; init; } = 0.216;
    /// <summary>Families that object.</summary>
    public double Objections { get; init; } = 0.015;
    /// <summary>Objecting families that object for one of their children only.</summary>
    public double ObjectionForOneChild { get; init; } = 0.25;

    // Schools and tests
    /// <summary>Pupils of which a whole test round is missing.</summary>
    public double RoundMissing { get; init; } = 0.025;
    /// <summary>Single tests missing besides.</summary>
    public double TestMissing { get; init; } = 0.015;
    /// <summary>E8 tests that are made after all.</summary>
    public double TestsAtE8 { get; init; } = 0.01;
    /// <summary>M8 tests that are made: many schools skip them before the doorstroomtoets.</summary>
    public double TestsAtM8 { get; init; } = 0.90;
    /// <summary>Schools that used the old series in the first school year.</summary>
    public double OldSeries { get; init; } = 0.10;
    /// <summary>Pupils who left in the last half-year and are still in the export, with their leaving date.</summary>
    public double LeaverStillListed { get; init; } = 0.25;

    // Errors in the school's records
    /// <summary>No number at all.</summary>
    public double NumberMissing { get; init; } = 0.010;
    /// <summary>One digit wrong or two swapped: the eleven test fails.</summary>
    public double NumberTypo { get; init; } = 0.004;
    /// <summary>A brother's or sister's number (no error for an only child).</summary>
    public double NumberOfSibling { get; init; } = 0.001;
    /// <summary>An onderwijsnummer where there is a BSN by now.</summary>
    public double NumberOld { get; init; } = 0.40;
    /// <summary>An onderwijsnummer written in the element of the BSN.</summary>
    public double NumberInWrongElement { get; init; } = 0.10;
    /// <summary>Day and month swapped, or a digit wrong.</summary>
    public double BirthTypo { get; init; } = 0.005;
    /// <summary>No birth date.</summary>
    public double BirthMissing { get; init; } = 0.001;
    /// <summary>Sex not filled in.</summary>
    public double SexMissing { get; init; } = 0.003;
    /// <summary>The other sex.</summary>
    public double SexWrong { get; init; } = 0.001;
    /// <summary>Still the old address, among children who moved in the last year.</summary>
    public double AddressOld { get; init; } = 0.30;
    /// <summary>No address.</summary>
    public double AddressMissing { get; init; } = 0.003;
    /// <summary>A wrong letter or digit in the postcode.</summary>
    public double PostcodeTypo { get; init; } = 0.004;
    /// <summary>Postcode written with a space or in lower case.</summary>
    public double PostcodeSpelling { get; init; } = 0.03;
    /// <summary>A wrong digit in the house number.</summary>
    public double HouseTypo { get; init; } = 0.004;
    /// <summary>Letter and addition left out, among houses that have one.</summary>
    public double SuffixMissing { get; init; } = 0.15;
    /// <summary>Letter written as addition or the other way round, among houses that have one.</summary>
    public double SuffixSwapped { get; init; } = 0.15;
    /// <summary>All in one field ("12-A"), among houses that have a suffix.</summary>
    public double SuffixJoined { get; init; } = 0.10;
}
