using System.Globalization;
using System.Text.RegularExpressions;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Reads an overstapdossier (OSO) of any year: one pupil with its address and the results of its tests. Only what the letter
/// names is read. Care, advice, absence, parents, reports and their documents are passed over, and so is every score of another test.
/// </summary>
static partial class OsoDossier
{
    public static void Read(XmlRecords xml, Reading into)
    {
        into.Version = Namespace().Match(xml.Namespace) is { Success: true } found ? found.Groups[1].Value : "";
        if (into.Version.Length == 0) into.Bend(Rules.FileOtherNamespace, xml.Line);
        var line = xml.Line;
        into.School = new SchoolHeader { Line = line };
        Level(xml, into, into.School);
        if (into.Pupils.Count == 0) throw new FileRefused(Rules.FileNoData, line);
        if (Import.SchoolDay(into.School.Created) is { } made) into.School.SchoolYear = SchoolYear.Of(made).ToString();
    }

    static void Level(XmlRecords xml, Reading into, SchoolHeader school) => xml.Children(name =>
    {
        switch (name)
        {
            case "metadata" or "huidigeschool": Level(xml, into, school); return true;
            case "datum" when school.Created is null: school.Created = xml.Text(); return true;
            case "brincode" when school.Brin is null: school.Brin = xml.Text(); return true;
            case "vestigingscode" when school.Dependance is null: school.Dependance = xml.Text(); return true;
            case "leerling": Pupil(xml, into); return true;
            default: return false;
        }
    });

    /// <summary>The parts of a pupil that are decided when all of them are read.</summary>
    sealed class Parts
    {
        public string Born = "", BornOfMunicipality = "", BornMonth = "", LatestYear = "", Secret = "";
        public int SecretLine;
        public List<(string Kind, AddressRow Row)> Addresses { get; } = [];
        public List<(ResultRow Row, string YearGroup)> Results { get; } = [];
    }

    static void Pupil(XmlRecords xml, Reading into)
    {
        var (pupil, parts) = (new PupilRow { Line = xml.Line }, new Parts());
        xml.Children(name =>
        {
            switch (name)
            {
                case "achternaam": pupil.LastName = xml.Text(); return true;
                case "voorvoegsel": pupil.Prefix = xml.Text(); return true;
                case "roepnaam": pupil.FirstName = xml.Text(); return true;
                case "geboortedatum": parts.Born = xml.Text(); return true;
                case "geboortemaand": parts.BornMonth = xml.Text(); return true;
                case "gba": xml.Children(inner => inner == "gbageboortedatum" && Take(parts.BornOfMunicipality = xml.Text())); return true;
                case "geslacht": pupil.Sex = Translate(SexCoding.Oso, xml.Text()); return true;
                case "bsn" or "onderwijsnummer": EdexmlFile.Number(pupil, name, xml.Text()); return true;
                case "leerlingid": pupil.Key = xml.Text(); return true;
                case "datuminschrijving": pupil.Entered = xml.Text(); return true;
                case "datumuitschrijving": pupil.Left = xml.Text(); return true;
                case "adresgeheim": (parts.SecretLine, parts.Secret) = (xml.Line, xml.Text()); return true;
                case "adreslijst" when !IsYes(parts.Secret): xml.Children(inner => inner == "adres" && Take(Address(xml, parts))); return true;
                case "schoolloopbaanlijst": xml.Children(inner => inner == "schoolloopbaan" && Take(Career(xml, pupil, parts))); return true;
                case "toetslijst": xml.Children(inner => inner == "toets" && Take(Test(xml, into, parts))); return true;
                case ['e', 'i', 'n', 'd', 't', 'o', 'e', 't', 's', ..] or ['d', 'o', 'o', 'r', 's', 't', 'r', 'o', 'o', 'm', 't', 'o', 'e', 't', 's', ..]: EndTest(xml, into); return true;
                default: return false;
            }
        });
        Settle(pupil, parts, into);
    }

    static void Settle(PupilRow pupil, Parts parts, Reading into)
    {
        // Without an identity of the administration the dossier holds its own things together; # says that it is none to remember.
        if (pupil.Key.Length == 0) pupil.Key = "#" + Convert.ToHexStringLower(into.Sha256.AsSpan(0, 8));
        pupil.Born = BirthDate(parts, into, pupil.Line);
        into.Add(pupil);
        if (IsYes(parts.Secret)) into.Bend(Rules.FileAddressSecret, parts.SecretLine, "adresgeheim");
        else if (Home(parts.Addresses) is { } home) into.Addresses.Add(home with { Key = pupil.Key });
        foreach (var (row, yearGroup) in parts.Results)
        {
            row.Key = pupil.Key;
            into.Keep(row);
            if (yearGroup.Length > 0 && Reading.IsOurs(row.Test)) pupil.YearGroupsAtTests.Add((row.Taken, yearGroup));
        }
    }

    /// <summary>The municipality's day, because the register is linked on it; else the administration's, else the month.</summary>
    static string BirthDate(Parts parts, Reading into, int line)
    {
        var (official, own) = (Education.BirthDate.Parse(parts.BornOfMunicipality), Education.BirthDate.Parse(parts.Born));
        if (official.Ok && own.Ok && !official.Value.Agrees(own.Value)) into.Bend(Rules.FileBornDiffers, line, "gbageboortedatum");
        if (official.Ok && (official.Value.IsWhole || !own.Ok)) return parts.BornOfMunicipality;
        return parts.Born.Length > 0 || parts.BornMonth.Length != 7 ? parts.Born : parts.BornMonth + "-00";
    }

    /// <summary>The registered address goes before the address to visit; an address for letters is none to live at.</summary>
    static AddressRow? Home(List<(string Kind, AddressRow Row)> addresses) =>
        addresses.Where(a => a.Kind == "gba").Concat(addresses.Where(a => a.Kind == "bezoek")).Concat(addresses.Where(a => a.Kind == "")).Select(a => a.Row).FirstOrDefault();

    static bool Address(XmlRecords xml, Parts parts)
    {
        var (line, kind, designation, number, addition, postcode) = (xml.Line, "", "", "", "", "");
        xml.Children(name =>
        {
            switch (name)
            {
                case "soortadres": kind = xml.Text().ToLowerInvariant(); return true;
                case "nummer": number = xml.Text(); return true;
                case "toevoeging": addition = xml.Text(); return true;
                case "aanduiding": designation = xml.Text(); return true;
                case "postcode": postcode = xml.Text(); return true;
                default: return false;
            }
        });
        if (parts.Addresses.Count == Reading.MostGroups) throw new FileRefused(Rules.FileTooMany, line, "adres");
        parts.Addresses.Add((kind, new(line, "", "", postcode, number.Length > 0 && designation.Length > 0 ? designation + " " + number : number, "", addition)));
        return true;
    }

    /// <summary>The pupil's own year group is that of the last school year in its career.</summary>
    static bool Career(XmlRecords xml, PupilRow pupil, Parts parts)
    {
        var (year, yearGroup) = ("", "");
        xml.Children(name =>
        {
            switch (name)
            {
                case "schooljaar": year = xml.Text(); return true;
                case "jaargroep": yearGroup = xml.Text(); return true;
                default: return false;
            }
        });
        if (yearGroup.Length > 0 && string.CompareOrdinal(year, parts.LatestYear) >= 0) (parts.LatestYear, pupil.YearGroup) = (year, yearGroup);
        return true;
    }

    static bool Test(XmlRecords xml, Reading into, Parts parts)
    {
        var (row, yearGroup) = (new ResultRow { Line = xml.Line }, "");
        xml.Children(name =>
        {
            switch (name)
            {
                case "toetsidentificatie": xml.Children(inner => inner == "eldtoetscode" && Take(row.Test = xml.Text())); return true;
                case "afname":
                    xml.Children(inner => inner switch
                    {
                        "afnamedatum" => Take(row.Taken = xml.Text()),
                        "jaargroep" => Take(yearGroup = xml.Text()),
                        _ => false,
                    });
                    return true;
                case "resultaat" when UwlrFile.MayBeOurs(row): UwlrFile.Score(xml, row); return true;
                default: return false;
            }
        });
        if (parts.Results.Count == Reading.MostTests) throw new FileRefused(Rules.FileTooMany, row.Line, "toets");
        if (!UwlrFile.MayBeOurs(row)) row.Score = "";
        parts.Results.Add((row, yearGroup));
        return true;
    }

    static void EndTest(XmlRecords xml, Reading into)
    {
        into.OtherTests++;
        into.Bend(Rules.FileNextTest, xml.Line);
        xml.Children(_ => false);
    }

    /// <summary>A code of sex in the coding of EDEXML, in which all pupils are joined; one that does not exist stays unreadable.</summary>
    internal static string Translate(SexCoding coding, string code) =>
        code.Length == 0 ? "" : SexCodes.TryRead(coding, code, out var sex) ? SexCodes.Write(SexCoding.Edexml, sex) : "?";

    static bool IsYes(string text) => text.ToLower(CultureInfo.InvariantCulture) is "true" or "1" or "ja" or "j";

    /// <summary>Says that an element was taken in.</summary>
    static bool Take<T>(T _) => true;

    [GeneratedRegex(@"^http://www\.edustandaard\.nl/oso_gegevensset/([0-9]{1,4}(?:\.[0-9]{1,2})?)/dossier/?$", RegexOptions.CultureInvariant)]
    internal static partial Regex Namespace();
}
