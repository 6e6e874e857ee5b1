using System.Globalization;
using System.Text;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>A pupil of an export: its elements by name, so that a test can change, empty or leave out any of them.</summary>
sealed class ExportedPupil
{
    public string? Key, Eck;
    public Dictionary<string, string> Elements { get; } = [];
    public string Raw = "";

    public string this[string element]
    {
        get => Elements[element];
        set => Elements[element] = value;
    }
}

sealed class ExportedResult
{
    public string Pupil = "", Eck = "", Taken = "2025-01-20", Test = "RW3-M5", Score = "206.6", RawScore = "";
    public string? Key;
}

/// <summary>The export of a small school, right in everything until a test changes something.</summary>
sealed class Export
{
    public string Year = "2024-2025", Brin = "99XX", Dependance = "00", Reference = "2025-02-01", Created = "2025-02-10";
    public string Groups = """<groep key="g5"><naam>5</naam><jaargroep>5</jaargroep></groep>""", Locations = "";
    public List<ExportedPupil> Pupils { get; } = [];
    public List<ExportedResult> Results { get; } = [];
    public List<string> Addresses { get; } = [];
    public HashSet<string>? Declared;

    public static readonly string[] Numbers = ["900000119", "901377429", "902754737", "904132043", "905509353"];

    public static Export Usual()
    {
        var export = new Export();
        for (var i = 0; i < 3; i++)
        {
            var pupil = new ExportedPupil { Key = "L" + (i + 1) };
            pupil["achternaam"] = "Verzonnen" + i;
            pupil["roepnaam"] = "Kind" + i;
            pupil["geboortedatum"] = $"2015-1{i}-05";
            pupil["geslacht"] = i % 2 == 0 ? "1" : "2";
            pupil["jaargroep"] = "5";
            pupil["groep"] = "g5";
            pupil["bsn"] = Numbers[i];
            pupil["postcodenl"] = "1234AB";
            export.Pupils.Add(pupil);
            export.Addresses.Add($"L{i + 1};1234AB;{10 + i};;");
            foreach (var (test, score) in new[] { ("BL3-M5", "157.1"), ("SP3-M5", "298.1"), ("RW3-M5", "206.6") })
                export.Results.Add(new() { Pupil = "L" + (i + 1), Test = test, Score = score });
        }
        return export;
    }

    public ExportedPupil First => Pupils[0];

    public ExportedResult FirstResult => Results[0];

    public string Edexml()
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<EDEX>\n");
        xml.Append(School("", Reference));
        xml.Append(CultureInfo.InvariantCulture, $"<vestigingen>{Locations}</vestigingen><groepen>{Groups}</groepen>\n<leerlingen>\n");
        foreach (var pupil in Pupils)
        {
            xml.Append("<leerling");
            if (pupil.Key is not null) xml.Append(CultureInfo.InvariantCulture, $" key=\"{pupil.Key}\"");
            if (pupil.Eck is not null) xml.Append(CultureInfo.InvariantCulture, $" eckid=\"{pupil.Eck}\"");
            xml.Append('>');
            foreach (var (name, value) in pupil.Elements)
                xml.Append(name is "groep" or "vestiging" ? $"<{name} key=\"{value}\"/>" : $"<{name}>{value}</{name}>");
            xml.Append(pupil.Raw).Append("</leerling>\n");
        }
        return xml.Append("</leerlingen>\n</EDEX>\n").ToString();
    }

    public string Uwlr()
    {
        var xml = new StringBuilder("<lr:leerresultaten_verzoek xmlns:lr=\"http://www.edustandaard.nl/leerresultaten/2/leerresultaten\">\n");
        xml.Append(School("lr:", null)).Append("<lr:toetsafnames>\n");
        var number = 0;
        foreach (var result in Results)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<lr:toetsafname><lr:leerlingid>{result.Pupil}</lr:leerlingid>{(result.Eck.Length > 0 ? $"<lr:eckid>{result.Eck}</lr:eckid>" : "")}<lr:resultaten><lr:resultaat key=\"{result.Key ?? "r" + ++number}\">");
            xml.Append(CultureInfo.InvariantCulture, $"<lr:afnamedatum>{result.Taken}</lr:afnamedatum><lr:toetscode>{result.Test}</lr:toetscode>");
            xml.Append(result.RawScore.Length > 0 ? $"<lr:score>{result.RawScore}</lr:score>" : $"<lr:osoresultaat><toetsscore><vaardigheidsscore>{result.Score}</vaardigheidsscore></toetsscore></lr:osoresultaat>");
            xml.Append("</lr:resultaat></lr:resultaten></lr:toetsafname>\n");
        }
        xml.Append("</lr:toetsafnames><lr:toetsen>");
        foreach (var test in Declared ?? [.. Results.Select(r => r.Test)]) xml.Append(CultureInfo.InvariantCulture, $"<lr:toets><lr:toetscode>{test}</lr:toetscode></lr:toets>");
        return xml.Append("</lr:toetsen></lr:leerresultaten_verzoek>\n").ToString();
    }

    string School(string prefix, string? reference) =>
        $"<{prefix}school><{prefix}schooljaar>{Year}</{prefix}schooljaar>{(reference is null ? "" : $"<{prefix}peildatum>{reference}</{prefix}peildatum>")}<{prefix}brincode>{Brin}</{prefix}brincode><{prefix}dependancecode>{Dependance}</{prefix}dependancecode><{prefix}aanmaakdatum>{Created}</{prefix}aanmaakdatum></{prefix}school>\n";

    public string AddressCsv() => "leerling_key;postcode;huisnummer;huisletter;toevoeging\n" + string.Concat(Addresses.Select(a => a + "\n"));

    public string[] Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        void Put(string name, string text)
        {
            var file = Path.Combine(folder, name);
            File.WriteAllBytes(file, Encoding.UTF8.GetBytes(text));
            files.Add(file);
        }
        Put("edexml.xml", Edexml());
        if (Results.Count > 0) Put("uwlr.xml", Uwlr());
        if (Addresses.Count > 0) Put("adressen.csv", AddressCsv());
        return [.. files];
    }
}

/// <summary>A school's home in a folder that goes when the test ends, on a clock that stands still.</summary>
sealed class TestHome : IDisposable
{
    public static readonly DateOnly Day = new(2025, 3, 20);

    public TestHome(string location = "99XX00")
    {
        Folder = Directory.CreateTempSubdirectory("groeilijn-school-").FullName;
        Clock = new StandingClock(Day);
        Home = SchoolHome.Open(Path.Combine(Folder, "home"), new SchoolProfile(SchoolLocation.Parse(location).Value, "De Verzonnen School"), Clock);
        Assert.True(LetterDetails.Keep(Home, Details).Ok);
    }

    /// <summary>What stands in the letter of this school alone.</summary>
    public static readonly LetterDetails Details = LetterDetails.TryRead(System.IO.File.ReadAllBytes(Samples.File("brief.json")))!;

    public string Folder { get; }
    public StandingClock Clock { get; }
    public SchoolHome Home { get; private set; }

    public ImportOutcome Import(Export export, DateOnly? reference = null) => Groeilijn.School.Import.Run(Home, export.Write(Path.Combine(Folder, "in")), reference);

    public ImportOutcome Import(params string[] files) => Groeilijn.School.Import.Run(Home, files);

    public string File(string name, byte[] content)
    {
        var file = Path.Combine(Folder, name);
        System.IO.File.WriteAllBytes(file, content);
        return file;
    }

    public string File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Letter long ago, period over.</summary>
    public void Inform() => Assert.True(Groeilijn.School.Inform.Send(Home, new(2025, 2, 11), new(2025, 3, 1)).Ok);

    public PreviewMade Preview(string edition = "2025-1")
    {
        var made = Groeilijn.School.Preview.Make(Home, Edition.Parse(edition).Value, new(2025, 3, 1));
        Assert.True(made.Ok, made.Refusal?.English);
        return made.Value!;
    }

    /// <summary>The bytes of a preview.</summary>
    public byte[] Payload(string edition = "2025-1") => Groeilijn.School.Preview.Payload(Home, Edition.Parse(edition).Value)!;

    /// <summary>A fresh preview's bytes as text.</summary>
    public string Body(string edition = "2025-1")
    {
        Preview(edition);
        return Encoding.UTF8.GetString(Payload(edition));
    }

    /// <summary>Another hand in the database.</summary>
    public void Change(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Home.Folder, "school.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    /// <summary>Everything the database holds, as text: to see that nothing changed, or what is not in it.</summary>
    public string Dump()
    {
        var text = new StringBuilder();
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Home.Folder, "school.db")};Pooling=False");
        connection.Open();
        foreach (var table in Column(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        {
            text.Append(CultureInfo.InvariantCulture, $"== {table}\n");
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++) text.Append(reader.IsDBNull(i) ? "-" : reader.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)).Append('|');
                text.Append('\n');
            }
        }
        return text.ToString();
    }

    static List<string> Column(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read()) values.Add(reader.GetString(0));
        return values;
    }

    public void Dispose()
    {
        Home.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

sealed class StandingClock(DateOnly day) : TimeProvider
{
    public DateOnly Day { get; set; } = day;

    public override DateTimeOffset GetUtcNow() => new(Day, new TimeOnly(9, 0), TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How long passes between two looks at the stopwatch.</summary>
    public TimeSpan Slow { get; set; }

    long _looks;

    public override long GetTimestamp() => ++_looks * Slow.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}

/// <summary>The repository's samples.</summary>
static class Samples
{
    public static string Folder
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!System.IO.File.Exists(Path.Combine(folder, "Groeilijn.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The samples stand in the repository.");
            return Path.Combine(folder, "samples", "school");
        }
    }

    public static string File(string name) => Path.Combine(Folder, name);

    public static string[] Import => [File("edexml.xml"), File("uwlr.xml"), File("adressen.csv")];
}
