using System.Globalization;
using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>
/// A pupil as the school has it on record, which is not always as it is. <see cref="Errors"/> says what differs, for the truth file.
/// The draws are by pupil, school and school year.
/// </summary>
sealed class Kept
{
    internal string? Bsn, Onderwijsnummer, Postcode;
    internal string House = "", Letter = "", Addition = "", PostcodeInList = "", Errors = "";
    internal DateOnly? Born;
    internal Sex Sex;

    internal static Kept Of(District district, Enrolment enrolment, Edition edition)
    {
        var kept = new Kept();
        var day = Math.Min(Testing.Reference(edition).DayNumber, enrolment.To - 1);
        var dice = new Dice(district.Options.Seed, Purpose.Errors, enrolment.Child.Id, (ulong)(edition.SchoolYear.Start * 8192L + enrolment.School.Serial % 8192));
        kept.TakeNumber(district.Options.Rates, enrolment.Child, day, ref dice);
        kept.TakePerson(district.Options.Rates, enrolment.Child, ref dice);
        kept.TakeAddress(district.Options.Rates, enrolment.Child.Family, day, ref dice);
        return kept;
    }

    void Err(string what) => Errors = Errors.Length == 0 ? what : Errors + " " + what;

    void TakeNumber(TestlandRates rates, Child child, int day, ref Dice dice)
    {
        var (kind, number) = child.NumberOn(day);
        var (old, missing, typo, siblings, element) = (dice.Unit(), dice.Unit(), dice.Unit(), dice.Unit(), dice.Unit());
        var (place, shift) = (dice.Below(8), dice.Below(9));
        if (missing < rates.NumberMissing) { Err("number-missing"); return; }
        if (number != child.FirstNumber && old < rates.NumberOld) { (kind, number) = (child.FirstKind, child.FirstNumber); Err("number-old"); }
        if (siblings < rates.NumberOfSibling && child.Family.Children.Count > 1)
        {
            (kind, number) = child.Family.Children[child.Order == 0 ? 1 : 0].NumberOn(day);
            Err("number-of-sibling");
        }
        else if (typo < rates.NumberTypo) { number = Mistyped(number, place, shift); Err("number-typo"); }
        var digits = number.ToString("D9", CultureInfo.InvariantCulture);
        if (kind == NumberKind.Bsn) Bsn = digits;
        else if (element < rates.NumberInWrongElement) { Bsn = digits; Err("number-element"); }
        else Onderwijsnummer = digits;
    }

    /// <summary>Swaps two neighbouring digits where they differ, else changes one. The eleven test sees both.</summary>
    static int Mistyped(int number, int place, int shift)
    {
        var unit = (int)Math.Pow(10, place);
        var (low, high) = (number / unit % 10, number / unit / 10 % 10);
        return low != high && shift < 5 ? number + (low - high) * unit * 10 + (high - low) * unit : number + ((low + 1 + shift) % 10 - low) * unit;
    }

    void TakePerson(TestlandRates rates, Child child, ref Dice dice)
    {
        var born = DateOnly.FromDayNumber(child.Born);
        var (typo, missing, how, sexMissing, sexWrong) = (dice.Unit(), dice.Unit(), dice.Unit(), dice.Unit(), dice.Unit());
        Born = born;
        if (missing < rates.BirthMissing) { Born = null; Err("birth-missing"); }
        else if (typo < rates.BirthTypo)
        {
            Born = how < 0.4 && born.Day <= 12 && born.Day != born.Month ? new DateOnly(born.Year, born.Day, born.Month)
                : how < 0.7 ? born.AddDays(born.Day % 10 == 9 ? -1 : 1) : how < 0.85 ? born.AddYears(1) : born.AddMonths(1);
            Err("birth-typo");
        }
        Sex = child.Sex;
        if (sexMissing < rates.SexMissing) { Sex = sexMissing < rates.SexMissing / 2 ? Sex.Unknown : Sex.Unspecified; Err("sex-missing"); }
        else if (sexWrong < rates.SexWrong) { Sex = Sex == Sex.Male ? Sex.Female : Sex.Male; Err("sex-wrong"); }
    }

    void TakeAddress(TestlandRates rates, Family family, int day, ref Dice dice)
    {
        var (old, missing, typo, houseTypo, spelling, suffix) = (dice.Unit(), dice.Unit(), dice.Unit(), dice.Unit(), dice.Unit(), dice.Unit());
        var (place, shift) = (dice.Below(6), 1 + dice.Below(9));
        if (missing < rates.AddressMissing) { Err("address-missing"); return; }
        var index = family.IndexOn(day);
        if (index > 0 && day - family.Addresses[index].From < 365 && old < rates.AddressOld) { index--; Err("address-old"); }
        var address = family.Addresses[index].Address;
        Postcode = address.Postcode;
        if (typo < rates.PostcodeTypo) { Postcode = MistypedPostcode(Postcode, place, shift); Err("postcode-typo"); }
        PostcodeInList = spelling < rates.PostcodeSpelling / 2 ? Postcode[..4] + " " + Postcode[4..] : spelling < rates.PostcodeSpelling ? Postcode[..4] + char.ToLowerInvariant(Postcode[4]) + char.ToLowerInvariant(Postcode[5]) : Postcode;
        var number = address.House;
        if (houseTypo < rates.HouseTypo) { number = number < 10 ? number + 10 : number - number % 10 + (number + shift) % 10; Err("house-typo"); }
        (House, Letter, Addition) = (number.ToString(CultureInfo.InvariantCulture), address.Letter?.ToString() ?? "", address.Addition);
        if (address.HasSuffix) TakeSuffix(rates, suffix);
    }

    void TakeSuffix(TestlandRates rates, double draw)
    {
        if (draw < rates.SuffixMissing) { (Letter, Addition) = ("", ""); Err("suffix-missing"); return; }
        draw -= rates.SuffixMissing;
        if (draw < rates.SuffixSwapped) { (Letter, Addition) = (Addition, Letter); Err("suffix-swapped"); return; }
        draw -= rates.SuffixSwapped;
        if (draw < rates.SuffixJoined) { (House, Letter, Addition) = ($"{House}-{Letter}{Addition}", "", ""); Err("suffix-joined"); }
    }

    static string MistypedPostcode(string postcode, int place, int shift)
    {
        Span<char> six = stackalloc char[6];
        postcode.CopyTo(six);
        six[place] = place switch
        {
            0 => (char)('1' + (six[0] - '1' + 1 + shift % 8) % 9),
            < 4 => (char)('0' + (six[place] - '0' + shift) % 10),
            _ => (char)('A' + (six[place] - 'A' + shift) % 18), // never as far as S, so never SA, SD or SS
        };
        return new string(six);
    }
}
