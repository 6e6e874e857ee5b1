using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Gate;

namespace Groeilijn.Tests.OpenData;

/// <summary>A folder with released tables as the office's Gate leaves them, and a folder for the site beside it.</summary>
sealed class ReleasedFiles : IDisposable
{
    const string Year = """{"code":"{0}","label":{"nl":"groep {0}","en":"year group {0}"}}""";

    readonly string _root = Path.Combine(Path.GetTempPath(), "groeilijn-site-" + RandomNumberGenerator.GetHexString(12, lowercase: true));

    public string Tables => Path.Combine(_root, "outgoing", "public");

    public string Site => Path.Combine(_root, "site");

    public const string Csv = """
        subject,scale,moment,year_group,pupils,mean,low,high,status,reason
        reading,lvs-3,M,4,512,128.4,126.1,130.7,published,
        reading,lvs-3,M,5,498,145.2,142.9,147.5,published,
        reading,lvs-3,E,4,,,,,hidden,fewer-than-10-pupils
        reading,lvs-3,E,5,470,152.0,149.6,154.4,published,
        maths,lvs-3,M,4,512,131.0,128.7,133.3,published,
        maths,lvs-3,M,5,,,,,hidden,fewer-than-3-schools

        """;

    string Records => Path.Combine(_root, "gate", "releases.jsonl");

    /// <summary>Two editions of one table.</summary>
    public static ReleasedFiles Two()
    {
        var files = new ReleasedFiles();
        files.Add("2023-1", "mean-score");
        files.Add("2023-2", "mean-score");
        return files;
    }

    /// <summary>Writes a table and the Gate's record of it.</summary>
    public void Add(string edition, string id, string csv = Csv, Func<string, string>? change = null, string audience = "public")
    {
        var folder = Path.Combine(Tables, edition);
        Directory.CreateDirectory(folder);
        var json = change?.Invoke(Metadata(edition, id)) ?? Metadata(edition, id);
        DurableFile.Write(Path.Combine(folder, id + ".csv"), csv);
        DurableFile.Write(Path.Combine(folder, id + ".json"), json);
        Record(new ReleaseRecord
        {
            Id = $"{edition}/table/{id}",
            Time = DateTimeOffset.UnixEpoch,
            Audience = audience,
            Subject = id,
            Edition = edition,
            Profile = $"{audience}/1",
            Artefact = Hash($"{Hash(csv)}  {id}.csv\n{Hash(json)}  {id}.json\n"),
            Published = 4,
            Reasons = new Dictionary<string, int>(),
        });
    }

    public void ForgetRecords() => File.Delete(Records);

    void Record(ReleaseRecord record)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Records)!);
        using var file = new FileStream(Records, FileMode.Append);
        file.Write(record.ToJson());
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public Dictionary<string, byte[]> Published() => Directory.EnumerateFiles(Site, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(Site, f).Replace('\\', '/'), File.ReadAllBytes);

    static string Metadata(string edition, string id) => $$$"""
        {"name":"{{{id}}}","edition":"{{{edition}}}",
        "title":{"nl":"Gemiddelde score","en":"Mean score"},"description":{"nl":"Per vak & jaargroep.","en":"By subject & year group."},
        "dimensions":[
        {"code":"subject","label":{"nl":"Vak","en":"Subject"},"codes":[{"code":"reading","label":{"nl":"Begrijpend lezen","en":"Reading comprehension"}},{"code":"maths","label":{"nl":"Rekenen","en":"Mathematics"}}]},
        {"code":"scale","label":{"nl":"Toetsserie","en":"Test series"},"codes":[{"code":"lvs-3","label":{"nl":"serie 3","en":"series 3"}}]},
        {"code":"moment","label":{"nl":"Moment","en":"Moment"},"codes":[{"code":"M","label":{"nl":"midden","en":"mid-year"}},{"code":"E","label":{"nl":"eind","en":"end of year"}}]},
        {"code":"year_group","label":{"nl":"Jaargroep","en":"Year group"},"codes":[{{{Year.Replace("{0}", "4", StringComparison.Ordinal)}}},{{{Year.Replace("{0}", "5", StringComparison.Ordinal)}}}]}],
        "measures":[
        {"code":"pupils","label":{"nl":"Leerlingen","en":"Pupils"},"unit":{"nl":"aantal","en":"number"},"decimals":0},
        {"code":"mean","label":{"nl":"Gemiddelde","en":"Mean"},"unit":{"nl":"punten","en":"points"},"decimals":1},
        {"code":"low","label":{"nl":"Ondergrens","en":"Lower end"},"unit":{"nl":"punten","en":"points"},"decimals":1},
        {"code":"high","label":{"nl":"Bovengrens","en":"Upper end"},"unit":{"nl":"punten","en":"points"},"decimals":1}],
        "hidden":[{"code":"fewer-than-10-pupils","label":{"nl":"Niet getoond: minder dan 10 leerlingen","en":"Not shown: fewer than 10 pupils"},"cells":1},{"code":"fewer-than-3-schools","label":{"nl":"Niet getoond: minder dan 3 scholen","en":"Not shown: fewer than 3 schools"},"cells":1}],
        "source":{"nl":"Cohortonderzoek","en":"Cohort study"},"licence":"https://creativecommons.org/licenses/by/4.0/"}
        """;

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
