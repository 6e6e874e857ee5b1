namespace Groeilijn.School;

/// <summary>
/// Reads pupils from EDEXML 1.03, 2.0 and 2.1, and from an answer with leerlinggegevens in UWLR, which carries the same types.
/// What the letter does not name is not read at all: ethnicity, countries, weights, photographs, addresses of e-mail.
/// </summary>
static class EdexmlFile
{
    public static void Read(XmlRecords xml, Reading into) => Level(xml, into);

    static void Level(XmlRecords xml, Reading into) => xml.Children(name =>
    {
        switch (name)
        {
            case "school" when into.School is null: into.School = School(xml); return true;
            case "leerlinggegevens" or "groepen" or "vestigingen" or "leerlingen": Level(xml, into); return true;
            case "groep" or "samengestelde_groep": into.Groups.Add(Group(xml)); return true;
            case "vestiging": into.Locations.Add(Location(xml)); return true;
            case "leerling": into.Pupils.Add(Pupil(xml)); return true;
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
                default: return false;
            }
        });
        return header;
    }

    static GroupRow Group(XmlRecords xml)
    {
        var (key, yearGroup) = (xml.Attribute("key"), "");
        xml.Children(name =>
        {
            if (name != "jaargroep") return false;
            yearGroup = xml.Text();
            return true;
        });
        return new GroupRow(key, yearGroup);
    }

    static LocationRow Location(XmlRecords xml)
    {
        var (key, dependance) = (xml.Attribute("key"), "");
        xml.Children(name =>
        {
            if (name is not ("dependancecode" or "vestigingscode")) return false;
            dependance = xml.Text();
            return true;
        });
        return new LocationRow(key, dependance);
    }

    static PupilRow Pupil(XmlRecords xml)
    {
        var pupil = new PupilRow { Line = xml.Line, Key = xml.Attribute("key"), Eck = xml.Attribute("eckid") };
        xml.Children(name =>
        {
            switch (name)
            {
                case "achternaam": pupil.LastName = xml.Text(); return true;
                case "voorvoegsel": pupil.Prefix = xml.Text(); return true;
                case "roepnaam": pupil.FirstName = xml.Text(); return true;
                case "geboortedatum": pupil.Born = xml.Text(); return true;
                case "geslacht": pupil.Sex = xml.Text(); return true;
                case "jaargroep": pupil.YearGroup = xml.Text(); return true;
                case "groep": pupil.Group = Reference(xml); return true;
                case "vestiging": pupil.Location = Reference(xml); return true;
                case "bsn" or "sofinummer" or "onderwijsnummer" or "bsn_ondwnr-4": Number(pupil, name, xml.Text()); return true;
                case "postcodenl": pupil.Postcode = xml.Text(); return true;
                case "instroomdatum": pupil.Entered = xml.Text(); return true;
                case "uitstroomdatum": pupil.Left = xml.Text(); return true;
                default: return false;
            }
        });
        return pupil;
    }

    /// <summary>The standard has one number element; where a file has several, a whole number goes before the last four digits.</summary>
    static void Number(PupilRow pupil, string column, string number)
    {
        if (number.Length > 0 && (pupil.Number.Length == 0 || pupil.NumberColumn == LastFour)) (pupil.NumberColumn, pupil.Number) = (column, number);
    }

    internal const string LastFour = "bsn_ondwnr-4";

    /// <summary>A reference stands in the attribute; some systems put it in the text.</summary>
    static string Reference(XmlRecords xml)
    {
        var key = xml.Attribute("key");
        var text = xml.Text();
        return key.Length > 0 ? key : text;
    }
}
