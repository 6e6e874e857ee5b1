namespace Groeilijn.School;

/// <summary>
/// Reads results from UWLR 2.x (BrengLeerresultaten), bare or in a SOAP envelope. The ability score stands in
/// osoresultaat/toetsscore/vaardigheidsscore; the element score is a whole number of right answers and never taken for one.
/// </summary>
static class UwlrFile
{
    const string Namespace = "http://www.edustandaard.nl/leerresultaten/2/leerresultaten";

    static readonly string[] s_versions = ["2.0", "2.1", "2.2", "2.2.1", "2.3"];
    static readonly string[] s_sitting = ["leerlingid", "eckid", "resultaatverwerkerid", "resultaten", "toevoegingen"];

    /// <summary>All that the standard allows at a result; of the forms of a score only the ability score is read.</summary>
    static readonly string[] s_result = ["afnamedatum", "toetscode", "versie", "toetsonderdeelcode", "score", "osoresultaat", "anderresultaat", "infourl"];

    public static void Read(XmlRecords xml, Reading into)
    {
        if (xml.Namespace != Namespace) into.Bend(Rules.FileOtherNamespace, xml.Line);
        Level(xml, into, new(StringComparer.Ordinal));
        into.Version = EdexmlFile.VersionOf(into, s_versions, _ => "2");
    }

    static void Level(XmlRecords xml, Reading into, HashSet<string> keys) => xml.Children(name =>
    {
        switch (name)
        {
            case "school" when into.School is null: into.School = EdexmlFile.School(xml); return true;
            case "toetsafnames" or "toetsen": Level(xml, into, keys); return true;
            case "toetsafname": Sitting(xml, into, keys); return true;
            case "toets": Declared(xml, into); return true;
            default: return false;
        }
    });

    static void Declared(XmlRecords xml, Reading into)
    {
        var (line, code) = (xml.Line, "");
        xml.Children(name =>
        {
            if (name != "toetscode") return false;
            code = xml.Text();
            return true;
        });
        into.Declare(code, line);
    }

    /// <summary>One pupil's results. The pupil may be named after them, so they are kept when all is read.</summary>
    static void Sitting(XmlRecords xml, Reading into, HashSet<string> keys)
    {
        var (key, eck) = ("", "");
        var results = new List<ResultRow>();
        xml.Children(name =>
        {
            switch (name)
            {
                case "leerlingid" when key.Length == 0: key = xml.Text(); return true;
                case "eckid" when eck.Length == 0: eck = xml.Text(); return true;
                case "resultaten": xml.Children(inner => inner == "resultaat" && Add(Result(xml))); return true;
                case "resultaat": return Add(Result(xml));
                case "leerlingid" or "eckid": into.Bend(Rules.FileRepeatedElement, xml.Line, name); return false;
                default:
                    if (Array.IndexOf(s_sitting, name) < 0) into.Bend(Rules.FileUnknownParts, xml.Line, "toetsafname");
                    return false;
            }
        });
        foreach (var row in results)
        {
            (row.Key, row.Eck) = (key, eck);
            if (row.ResultKey.Length > 0 && !keys.Add(row.ResultKey)) into.Bend(Rules.ResultKeyTwice, row.Line, "resultaat/@key");
            into.Keep(row);
        }

        bool Add(ResultRow row)
        {
            if (results.Count == Reading.MostTests) throw new FileRefused(Rules.FileTooMany, row.Line, "resultaat");
            results.Add(row);
            return true;
        }
    }

    static ResultRow Result(XmlRecords xml)
    {
        var row = new ResultRow { Line = xml.Line, ResultKey = xml.Attribute("key") };
        xml.Children(name =>
        {
            switch (name)
            {
                case "afnamedatum": row.Taken = xml.Text(); return true;
                case "toetscode": row.Test = xml.Text(); return true;
                case "toetsonderdeelcode": row.IsPart = xml.Text().Length > 0; return true;
                case "osoresultaat" or "toetsscore" when MayBeOurs(row): Score(xml, row); return true;
                default: return false;
            }
        }, s_result);
        if (!MayBeOurs(row)) row.Score = "";
        return row;
    }

    /// <summary>The score of another test, an intelligence test for instance, is not read.</summary>
    internal static bool MayBeOurs(ResultRow row) => !row.IsPart && (row.Test.Length == 0 || Reading.IsOurs(row.Test));

    internal static void Score(XmlRecords xml, ResultRow row) => xml.Children(name =>
    {
        switch (name)
        {
            case "toetsscore": Score(xml, row); return true;
            case "vaardigheidsscore" when row.Score.Length == 0: row.Score = xml.Text(); return true;
            default: return false;
        }
    });
}
