namespace Groeilijn.School;

/// <summary>
/// Reads results from UWLR 2.x (BrengLeerresultaten), bare or in a SOAP envelope. The ability score stands in
/// osoresultaat/toetsscore/vaardigheidsscore; the element score is a whole number of right answers and never taken for one.
/// </summary>
static class UwlrFile
{
    public static void Read(XmlRecords xml, Reading into)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        Level(xml, into, keys);
    }

    static void Level(XmlRecords xml, Reading into, HashSet<string> keys) => xml.Children(name =>
    {
        switch (name)
        {
            case "school" when into.School is null: into.School = EdexmlFile.School(xml); return true;
            case "toetsafnames" or "toetsen": Level(xml, into, keys); return true;
            case "toetsafname": Sitting(xml, into, keys); return true;
            case "toets": (into.DeclaredTests ??= new(StringComparer.OrdinalIgnoreCase)).Add(Declared(xml)); return true;
            default: return false;
        }
    });

    static string Declared(XmlRecords xml)
    {
        var code = "";
        xml.Children(name =>
        {
            if (name != "toetscode") return false;
            code = xml.Text();
            return true;
        });
        return code;
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
                case "leerlingid": key = xml.Text(); return true;
                case "eckid": eck = xml.Text(); return true;
                case "resultaten": xml.Children(inner => inner == "resultaat" && Add(Result(xml))); return true;
                case "resultaat": return Add(Result(xml));
                default: return false;
            }
        });
        foreach (var row in results)
        {
            (row.Key, row.Eck) = (key, eck);
            if (row.ResultKey.Length > 0 && !keys.Add(row.ResultKey)) into.Find(Rules.ResultKeyTwice, row.Line, "resultaat/@key");
            into.Keep(row);
        }

        bool Add(ResultRow row)
        {
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
                case "osoresultaat" or "toetsscore": Score(xml, row); return true;
                default: return false;
            }
        });
        return row;
    }

    static void Score(XmlRecords xml, ResultRow row) => xml.Children(name =>
    {
        switch (name)
        {
            case "toetsscore": Score(xml, row); return true;
            case "vaardigheidsscore": row.Score = xml.Text(); return true;
            default: return false;
        }
    });
}
