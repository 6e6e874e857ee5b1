namespace Groeilijn.School;

/// <summary>
/// Reads pupils from EDEXML 1.03, 2.0 and 2.1, and from the answers of UWLR 2.x that carry the same types: leerlinggegevens,
/// structuur and leerlingen. What the letter does not name is not read at all: ethnicity, countries, weights, photographs,
/// addresses of e-mail.
/// </summary>
static class EdexmlFile
{
    internal const string LastFour = "bsn_ondwnr-4";
    const string UwlrNamespace = "http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens";

    static readonly string[] s_versions = ["1.03", "2.0", "2.1"], s_uwlrVersions = ["2.0", "2.1", "2.2", "2.2.1", "2.3"];

    /// <summary>All that the standard allows at a pupil, apart from additions of suppliers.</summary>
    static readonly string[] s_pupil =
    [
        "achternaam", "voorvoegsel", "voornamen", "voorletters-1", "roepnaam", "geboortedatum", "geslacht", "start_ondw_jgr3", "jaargroep", "groep", "samengestelde_groepen",
        "vestiging", "gebruikersnaam", "emailadres", "fotourl", "etniciteit", "land", "land_vader", "land_moeder", "sofinummer", "bsn", "onderwijsnummer", LastFour,
        "rijksregisternummer", "gewicht_nieuw", "gewicht", "postcodenl", "postnummerbe", "postcodeoverig", "instroomdatum", "uitstroomdatum", "mutatiedatum", "eckid",
    ];

    public static void Read(XmlRecords xml, Reading into)
    {
        var isUwlr = into.Kind != FileKind.Edexml;
        if (xml.Namespace != (isUwlr ? UwlrNamespace : "")) into.Bend(Rules.FileOtherNamespace, xml.Line);
        var line = xml.Line;
        Level(xml, into);
        if (isUwlr && into.Pupils.Count + into.Groups.Count + into.Locations.Count == 0) throw new FileRefused(Rules.FileNoData, line);
        if (isUwlr && into.Pupils.Count == 0) into.Kind = FileKind.UwlrStructure;
        into.Version = VersionOf(into, isUwlr ? s_uwlrVersions : s_versions, isUwlr ? Uwlr : Edexml);
    }

    static void Level(XmlRecords xml, Reading into) => xml.Children(name =>
    {
        switch (name)
        {
            case "school" when into.School is null: into.School = School(xml); return true;
            case "leerlinggegevens" or "structuur" or "groepen" or "vestigingen" or "leerlingen": Level(xml, into); return true;
            case "groep" or "samengestelde_groep": Group(xml, into); return true;
            case "vestiging": Location(xml, into); return true;
            case "leerling": into.Add(Pupil(xml)); return true;
            default: return false;
        }
    });

    internal static SchoolHeader School(XmlRecords xml)
    {
        var header = new SchoolHeader { Line = xml.Line };
        xml.Children(name =>
        {
            switch (name)
            {
                case "schooljaar": header.SchoolYear = xml.Text(); return true;
                case "brincode": header.Brin = xml.Text(); return true;
                case "dependancecode": header.Dependance = xml.Text(); return true;
                case "peildatum": header.Reference = xml.Text(); return true;
                case "aanmaakdatum": header.Created = xml.Text(); return true;
                case "xsdversie": header.Xsd = xml.Text(); return true;
                default: return false;
            }
        });
        return header;
    }

    static void Group(XmlRecords xml, Reading into)
    {
        var (line, key, yearGroup) = (xml.Line, xml.Attribute("key"), "");
        xml.Children(name =>
        {
            if (name != "jaargroep") return false;
            yearGroup = xml.Text();
            return true;
        });
        into.Add(new GroupRow(key, yearGroup), line);
    }

    static void Location(XmlRecords xml, Reading into)
    {
        var (line, key, dependance) = (xml.Line, xml.Attribute("key"), "");
        xml.Children(name =>
        {
            if (name is not ("dependancecode" or "vestigingscode")) return false;
            dependance = xml.Text();
            return true;
        });
        into.Add(new LocationRow(key, dependance), line);
    }

    static PupilRow Pupil(XmlRecords xml)
    {
        var pupil = new PupilRow { Line = xml.Line, Key = xml.Attribute("key"), Eck = xml.Attribute("eckid") };
        xml.Children(name =>
        {
            switch (name)
            {
                case "eckid" when pupil.Eck.Length == 0: pupil.Eck = xml.Text(); return true;
                case "achternaam": pupil.LastName = xml.Text(); return true;
                case "voorvoegsel": pupil.Prefix = xml.Text(); return true;
                case "roepnaam": pupil.FirstName = xml.Text(); return true;
                case "geboortedatum": pupil.Born = xml.Text(); return true;
                case "geslacht": pupil.Sex = xml.Text(); return true;
                case "jaargroep": pupil.YearGroup = xml.Text(); return true;
                case "groep": return Reference(xml, key => pupil.Group = key);
                case "vestiging": return Reference(xml, key => pupil.Location = key);
                case "bsn" or "sofinummer" or "onderwijsnummer" or LastFour: Number(pupil, name, xml.Text()); return true;
                case "postcodenl": pupil.Postcode = xml.Text(); return true;
                case "instroomdatum": pupil.Entered = xml.Text(); return true;
                case "uitstroomdatum": pupil.Left = xml.Text(); return true;
                default: return false;
            }
        }, s_pupil);
        return pupil;
    }

    /// <summary>The standard has one number element; where a file has several, a whole number goes before the last four digits.</summary>
    internal static void Number(PupilRow pupil, string column, string number)
    {
        if (number.Length > 0 && (pupil.Number.Length == 0 || pupil.NumberColumn == LastFour)) (pupil.NumberColumn, pupil.Number) = (column, number);
    }

    /// <summary>A reference stands in the attribute; some systems put it in the text. True when the element was read to its end.</summary>
    static bool Reference(XmlRecords xml, Action<string> set)
    {
        var key = xml.Attribute("key");
        if (key.Length == 0) key = xml.Text();
        else xml.Children(_ => false);
        set(key);
        return true;
    }

    /// <summary>The version that the file names, when it is one that we know; else what its elements tell.</summary>
    internal static string VersionOf(Reading into, string[] known, Func<Reading, string> guess)
    {
        var says = into.School?.Xsd ?? "";
        if (says.Length == 0) return guess(into);
        if (Array.IndexOf(known, says) is >= 0 and var index) return known[index];
        into.Bend(Rules.FileOtherVersion, into.School!.Line, "xsdversie");
        return "";
    }

    /// <summary>Version 1.03 had the sofinummer; ECK iD and the four digits came with version 2.</summary>
    static string Edexml(Reading into) =>
        into.Pupils.Exists(p => p.NumberColumn == "sofinummer") ? "1.03" : into.Pupils.Exists(p => p.Eck.Length > 0 || p.NumberColumn == LastFour) ? "2" : "";

    /// <summary>Only from version 2.3 a pupil may do without a key.</summary>
    internal static string Uwlr(Reading into) => into.Pupils.Exists(p => p is { Key: "", Eck.Length: > 0 }) ? "2.3" : "2";
}
