using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.OpenData;

/// <summary>A folder with released tables as the office's Gate leaves them, and a folder for the site beside it.</summary>
sealed class ReleasedFiles : IDisposable
{
    const string Year = """{"code":"{0}","label":{"nl":"groep {0}","en":"year group {0}"}}""";

    readonly string _root = Path.Combine(Path.GetTempPath(), "groeilijn-site-" + RandomNumberGenerator.GetHexString(12, lowercase: true));

    public string Tables => Path.Combine(_root, "public");

    public string Site => Path.Combine(_root, "site");

    public const string Csv = """
        subject,scale,moment,year_group,pupils,mean,low,high,hidden
        reading,lvs-3,M,4,512,128.4,126.1,130.7,
        reading,lvs-3,M,5,498,145.2,142.9,147.5,
        reading,lvs-3,E,4,,,,,fewer-than-10-pupils
        reading,lvs-3,E,5,470,152.0,149.6,154.4,
        maths,lvs-3,M,4,512,131.0,128.7,133.3,
        maths,lvs-3,M,5,,,,,fewer-than-3-schools

        """;

    /// <summary>Two editions of one table.</summary>
    public static ReleasedFiles Two()
    {
        var files = new ReleasedFiles();
        files.Add("2023-1", "mean-score");
        files.Add("2023-2", "mean-score");
        return files;
    }

    public void Add(string edition, string id, string csv = Csv, Func<string, string>? change = null)
    {
        var folder = Path.Combine(Tables, edition);
        Directory.CreateDirectory(folder);
        DurableFile.Write(Path.Combine(folder, id + ".csv"), csv);
        var json = Metadata(edition, id, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(csv))));
        DurableFile.Write(Path.Combine(folder, id + ".json"), change?.Invoke(json) ?? json);
    }

    public Dictionary<string, byte[]> Published() => Directory.EnumerateFiles(Site, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(Site, f).Replace('\\', '/'), File.ReadAllBytes);

    static string Metadata(string edition, string id, string artefact) => $$$"""
        {"format":"groeilijn-table/1","id":"{{{id}}}","edition":"{{{edition}}}",
        "title":{"nl":"Gemiddelde score","en":"Mean score"},"description":{"nl":"Per vak & jaargroep.","en":"By subject & year group."},
        "dimensions":[
        {"id":"subject","title":{"nl":"Vak","en":"Subject"},"codes":[{"code":"reading","label":{"nl":"Begrijpend lezen","en":"Reading comprehension"}},{"code":"maths","label":{"nl":"Rekenen","en":"Mathematics"}}]},
        {"id":"scale","title":{"nl":"Toetsserie","en":"Test series"},"codes":[{"code":"lvs-3","label":{"nl":"serie 3","en":"series 3"}}]},
        {"id":"moment","title":{"nl":"Moment","en":"Moment"},"codes":[{"code":"M","label":{"nl":"midden","en":"mid-year"}},{"code":"E","label":{"nl":"eind","en":"end of year"}}]},
        {"id":"year_group","title":{"nl":"Jaargroep","en":"Year group"},"codes":[{{{Year.Replace("{0}", "4", StringComparison.Ordinal)}}},{{{Year.Replace("{0}", "5", StringComparison.Ordinal)}}}]}],
        "measures":[
        {"id":"pupils","title":{"nl":"Leerlingen","en":"Pupils"},"unit":{"nl":"aantal","en":"number"},"decimals":0},
        {"id":"mean","title":{"nl":"Gemiddelde","en":"Mean"},"unit":{"nl":"punten","en":"points"},"decimals":1},
        {"id":"low","title":{"nl":"Ondergrens","en":"Lower end"},"unit":{"nl":"punten","en":"points"},"decimals":1},
        {"id":"high","title":{"nl":"Bovengrens","en":"Upper end"},"unit":{"nl":"punten","en":"points"},"decimals":1}],
        "hidden":{"fewer-than-10-pupils":{"nl":"Niet getoond: minder dan 10 leerlingen","en":"Not shown: fewer than 10 pupils"},"fewer-than-3-schools":{"nl":"Niet getoond: minder dan 3 scholen","en":"Not shown: fewer than 3 schools"}},
        "source":{"nl":"Cohortonderzoek","en":"Cohort study"},"licence":"CC BY 4.0",
        "release":{"id":"{{{edition}}}/table/{{{id}}}","audience":"public","profile":"public/1"},"artefact":"{{{artefact}}}"}
        """;

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
