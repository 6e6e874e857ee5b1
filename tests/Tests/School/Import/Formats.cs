using System.Text;
using System.Text.Json;
using Groeilijn.School;

namespace Groeilijn.Tests.School.Reading;

/// <summary>The sample files of every interchange format, and imports of them from memory.</summary>
static class Formats
{
    static readonly string s_folder = Path.Combine(Path.GetDirectoryName(Samples.Folder)!, "formats");

    public static readonly string EckA = "https://ketenid.nl/201703/" + new string('a', 128), EckB = "https://ketenid.nl/201703/" + new string('b', 128);

    /// <summary>Each sample with what a school would import beside it.</summary>
    public static readonly (string Name, string[] With)[] All =
    [
        ("edexml-1.03.xml", []), ("edexml-2.0.xml", []), ("edexml-2.1.xml", ["uwlr-2.2-leerresultaten.xml"]),
        ("uwlr-2.2-leerlinggegevens.xml", ["uwlr-2.2-leerresultaten.xml"]), ("uwlr-2.2-leerresultaten.xml", ["edexml-2.1.xml"]),
        ("uwlr-2.3-structuur.xml", ["uwlr-2.3-leerlingen.xml"]), ("uwlr-2.3-leerlingen.xml", ["uwlr-2.3-structuur.xml", "uwlr-2.3-leerresultaten.xml"]),
        ("uwlr-2.3-leerresultaten.xml", ["uwlr-2.3-leerlingen.xml"]), ("oso-2019-dossier.xml", []), ("oso-2022.1-dossier.xml", ["edexml-2.1.xml"]),
        ("doorstroomtoets-1.0-deelnemers.json", []), ("doorstroomtoets-1.1-deelnemers.json", ["uwlr-2.3-leerlingen.xml"]),
        ("doorstroomtoets-1.1-resultaten.json", ["doorstroomtoets-1.1-deelnemers.json"]),
    ];

    public static string Path_(string name) => Path.Combine(s_folder, name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path_(name));

    public static string Text(string name) => File.ReadAllText(Path_(name), name.Contains("1.03", StringComparison.Ordinal) ? Encoding.Latin1 : Encoding.UTF8);

    public static ImportFile Sample(string name) => ImportFile.OfBytes(name, Bytes(name));

    public static ImportFile Of(string text, string name = "bestand") => ImportFile.OfBytes(name, Encoding.UTF8.GetBytes(text));

    public static ImportFile Changed(string name, params (string From, string To)[] changes)
    {
        var text = Text(name);
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }
        return Of(text, name);
    }

    public static ImportOutcome Read(this TestHome school, params ImportFile[] files) => Groeilijn.School.Import.Run(school.Home, files);

    public static ImportOutcome Read(this TestHome school, params string[] samples) => school.Read([.. samples.Select(Sample)]);

    /// <summary>The lines of the pupils in what would be delivered.</summary>
    public static string[] Delivered(this TestHome school, string edition = "2025-1")
    {
        school.Inform();
        return [.. school.Body(edition).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).SkipLast(1)];
    }

    /// <summary>Everything the store holds, with what is personal opened.</summary>
    public static string Opened(this TestHome school) =>
        school.Dump() + string.Concat(school.Home.Store.Read<PupilEntry>(PupilEntry.Select).Select(p => JsonSerializer.Serialize(p.Open(school.Home.Vault), s_plain) + "\n"));

    static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string[] Codes(this ImportOutcome outcome) => [.. outcome.Findings.Select(f => f.Rule.Code).Distinct()];
}
