using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.School;

namespace Groeilijn.Tests.School.Reading;

/// <summary>Files that stay in memory, and what may not even get there.</summary>
public sealed class MemoryTests
{
    const string Mark = "ZWIJGMERK";

    [Fact]
    public void Files_in_memory_say_the_same_as_files_on_disk()
    {
        using var one = new TestHome();
        using var other = new TestHome();
        Assert.Equal(12, one.Import(Samples.Import).Pupils);
        Assert.Equal(12, other.Read([.. Samples.Import.Select(f => ImportFile.OfBytes("C:\\Users\\x\\" + Path.GetFileName(f), File.ReadAllBytes(f)))]).Pupils);
        one.Inform();
        other.Inform();
        Assert.Equal(one.Body().Split('\n')[1..], other.Body().Split('\n')[1..]);
    }

    [Fact]
    public void Part_of_a_buffer_is_read_as_that_part()
    {
        using var school = new TestHome();
        var bytes = Formats.Bytes("edexml-2.1.xml");
        Assert.Equal(2, school.Read(ImportFile.OfBytes("x", new ReadOnlyMemory<byte>([1, 2, .. bytes, 3], 2, bytes.Length))).Pupils);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_a_fault_of_the_caller()
    {
        using var school = new TestHome();
        Assert.Throws<InvalidOperationException>(() => school.Read(new ImportFile("x", () => new System.IO.Compression.GZipStream(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress))));
    }

    [Fact]
    public void Progress_names_the_file_and_ends_at_its_length()
    {
        using var school = new TestHome();
        var told = new Told();
        var files = new[] { Formats.Sample("edexml-2.1.xml"), Formats.Sample("uwlr-2.2-leerresultaten.xml") };
        Assert.True(Groeilijn.School.Import.Run(school.Home, files, progress: told).Stored);
        Assert.All(told.All, p => Assert.Equal(2, p.Files));
        Assert.Equal([1, 2], told.All.Select(p => p.File).Distinct());
        Assert.All(told.All.GroupBy(p => p.File), g => Assert.Equal(g.Last().Length, g.Last().Bytes));
        Assert.True(told.All.Count <= 202);
    }

    sealed class Told : IProgress<ImportProgress>
    {
        public List<ImportProgress> All { get; } = [];

        public void Report(ImportProgress value) => All.Add(value);
    }

    [Fact]
    public void A_file_that_takes_too_long_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-school-").FullName;
        try
        {
            using var home = SchoolHome.Open(folder, new SchoolProfile(Groeilijn.Education.SchoolLocation.Parse("99XX00").Value, "De Verzonnen School"), new HurriedClock());
            var finding = Assert.Single(Groeilijn.School.Import.Run(home, [Formats.Sample("edexml-2.1.xml")]).Findings);
            Assert.Equal(Rules.FileTooSlow, finding.Rule);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    /// <summary>Every look at it is half a minute later.</summary>
    sealed class HurriedClock : TimeProvider
    {
        long _ticks;

        public override DateTimeOffset GetUtcNow() => new(2025, 3, 20, 9, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _ticks += 30;
    }

    /// <summary>Each file with a mark wherever it may hold what the letter does not name.</summary>
    public static TheoryData<string> Marked => [.. s_marked.Keys];

    static readonly Dictionary<string, Func<string>> s_marked = new()
    {
        ["edexml-2.1.xml"] = () => Formats.Text("edexml-2.1.xml").Replace("<naam>5", "<omschrijving>" + Mark + "</omschrijving><naam>" + Mark, StringComparison.Ordinal).Replace("<geslacht>",
            string.Concat(new[] { "voornamen", "voorletters-1", "etniciteit", "land", "land_vader", "land_moeder", "gewicht_nieuw", "gewicht", "fotourl", "emailadres", "gebruikersnaam", "start_ondw_jgr3", "mutatiedatum", "verzuim", "iq" }.Select(e => $"<{e}>{Mark}</{e}>"))
            + $"<toevoegingen><blok>{Mark}<geloof soort=\"{Mark}\">{Mark}</geloof></blok></toevoegingen><geslacht>", StringComparison.Ordinal).Replace("</leerlingen>", $"</leerlingen><leerkrachten><leerkracht key=\"{Mark}\"><achternaam>{Mark}</achternaam></leerkracht></leerkrachten><!--{Mark}--><?x {Mark}?>", StringComparison.Ordinal),
        ["uwlr-2.2-leerresultaten.xml"] = () => Regex.Replace(Formats.Text("uwlr-2.2-leerresultaten.xml"), "<toetscode>WO-M5</toetscode><score>31</score>", $"<toetscode>WO-{Mark}</toetscode><score>{Mark}</score><infourl>{Mark}</infourl><osoresultaat><oso:toetsscore><oso:vaardigheidsscore>{Mark}</oso:vaardigheidsscore></oso:toetsscore><oso:referentiescore><oso:waarde>{Mark}</oso:waarde></oso:referentiescore></osoresultaat>")
            .Replace("</oso:toetsscore>", $"<oso:tijd>{Mark}</oso:tijd></oso:toetsscore><oso:referentiescore><oso:waarde>{Mark}</oso:waarde></oso:referentiescore>", StringComparison.Ordinal),
        ["oso-2019-dossier.xml"] = () => Formats.Text("oso-2019-dossier.xml").Replace("<leerlinggewicht>0.00", "<nnca>" + Mark + "</nnca><leerlinggewicht>" + Mark, StringComparison.Ordinal).Replace("NIO2004", "IQ" + Mark, StringComparison.Ordinal).Replace("<waarde>97", "<waarde>" + Mark, StringComparison.Ordinal)
            .Replace("<waarde>B", "<waarde>" + Mark, StringComparison.Ordinal).Replace("<opmerking>verzonnen", "<document><bestandsinhoud>" + string.Concat(Enumerable.Repeat(Mark, 10_000)) + "</bestandsinhoud></document><opmerking>" + Mark, StringComparison.Ordinal)
            .Replace("<straat>", "<plaats>" + Mark + "</plaats><straat>" + Mark, StringComparison.Ordinal).Replace("<gbaachternaam>Voorbeeld", "<gbavoornaam>" + Mark + "</gbavoornaam><gbaachternaam>" + Mark, StringComparison.Ordinal)
            .Replace("<schoolloopbaan>", "<schoolloopbaan><groepsnaam>" + Mark + "</groepsnaam>", StringComparison.Ordinal)
            .Replace("<toetslijst>", "<overstapadvies><advies>" + Mark + "</advies></overstapadvies><oudersverzorgers><ouder><achternaam>" + Mark + "</achternaam><bsn>" + Mark + "</bsn></ouder></oudersverzorgers><toetslijst><toets><resultaat><toetsscore><vaardigheidsscore>" + Mark + "</vaardigheidsscore></toetsscore></resultaat><toetsidentificatie><eldtoetscode>SOCEMO</eldtoetscode><toetsnaam>" + Mark + "</toetsnaam></toetsidentificatie><toetsonderdeel><eldonderdeelcode>" + Mark + "</eldonderdeelcode></toetsonderdeel><opmerking>" + Mark + "</opmerking></toets>", StringComparison.Ordinal),
        ["doorstroomtoets-1.1-deelnemers.json"] = () => Formats.Text("doorstroomtoets-1.1-deelnemers.json").Replace("\"voorletters\": \"S\"", $"\"voorletters\": \"{Mark}\", \"nationaliteit\": \"{Mark}\", \"x\": [{{\"{Mark}\": \"{Mark}\"}}]", StringComparison.Ordinal)
            .Replace("\"8A\"", $"\"{Mark}\"", StringComparison.Ordinal).Replace("Voorbeeld LAS", Mark, StringComparison.Ordinal),
        ["doorstroomtoets-1.1-resultaten.json"] = () => Formats.Text("doorstroomtoets-1.1-resultaten.json").Replace("HAVO", Mark, StringComparison.Ordinal).Replace("\"210\"", $"\"{Mark}\"", StringComparison.Ordinal).Replace("Route 8", Mark, StringComparison.Ordinal),
    };

    static readonly System.Text.Json.JsonSerializerOptions s_whole = new() { IncludeFields = true };

    [Theory]
    [MemberData(nameof(Marked))]
    public void What_the_letter_does_not_name_is_not_taken_into_memory(string name)
    {
        var reading = FileReading.Read(Formats.Of(s_marked[name](), name), 1, Groeilijn.School.Import.UsualMostBytes, TimeProvider.System, (_, _) => { });
        var taken = System.Text.Json.JsonSerializer.Serialize(reading, s_whole);
        if (!name.EndsWith("resultaten.json", StringComparison.Ordinal)) Assert.Contains("\"F1\"", taken);
        Assert.DoesNotContain(Mark, taken);
    }

    [Theory]
    [MemberData(nameof(Marked))]
    public void What_the_letter_does_not_name_leaves_no_mark_in_the_home_and_none_in_what_is_found(string name)
    {
        using var school = new TestHome();
        var text = s_marked[name]();
        Assert.Contains(Mark, text);
        var outcome = school.Read([Formats.Of(text, name), .. Formats.All.Single(f => f.Name == name).With.Select(Formats.Sample)]);
        Assert.True(outcome.Stored, string.Join(", ", outcome.Codes()));
        school.Inform();
        Preview.Make(school.Home, Groeilijn.Education.Edition.Parse("2025-1").Value, new(2025, 3, 1));
        foreach (var finding in outcome.Findings.Concat(Check.Run(school.Home).Findings)) Assert.DoesNotContain(Mark, finding.ToString());
        Assert.DoesNotContain(Mark, school.Opened());
        var files = Directory.GetFiles(school.Home.Folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith("school.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
                Assert.True(bytes.AsSpan().IndexOf(encoding.GetBytes(Mark)) < 0, "The mark stands in " + Path.GetFileName(file));
        }
    }
}
