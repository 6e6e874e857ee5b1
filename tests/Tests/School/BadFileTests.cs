using System.IO.Compression;
using System.Text;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Files that cannot be read: each says clearly what it is, and leaves the database as it was.</summary>
public sealed class BadFileTests
{
    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    static readonly (string Name, string Code, Func<byte[]> Content)[] s_files =
    [
        ("empty", "F02", () => []),
        ("blank", "F02", () => Utf8(" \r\n\t\n")),
        ("zip", "F04", Zip),
        ("old excel", "M02", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        ("pdf", "F05", () => Utf8("%PDF-1.7\n")),
        ("binary", "F05", () => [1, 2, 3, 0, 200, 255]),
        ("zeros", "F05", () => new byte[4096]),
        ("truncated edexml", "F06", () => Utf8(Export.Usual().Edexml()[..600])),
        ("truncated after the last pupil", "F06", () => Utf8(Export.Usual().Edexml().Replace("</EDEX>", "", StringComparison.Ordinal))),
        ("truncated uwlr", "F06", () => Utf8(Export.Usual().Uwlr()[..700])),
        ("two encodings in one file", "F13", () => [.. Encoding.Latin1.GetBytes(Export.Usual().Edexml().Replace("Kind0", "Renée", StringComparison.Ordinal)), .. Utf8("<!-- é -->")]),
        ("entity bomb", "F07", () => Utf8("<?xml version=\"1.0\"?><!DOCTYPE EDEX [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><EDEX>&b;</EDEX>")),
        ("external entity", "F07", () => Utf8("<!DOCTYPE EDEX SYSTEM \"file:///etc/passwd\"><EDEX/>")),
        ("deep nesting", "F08", () => Utf8("<EDEX>" + string.Concat(Enumerable.Repeat("<a>", 100_000)))),
        ("deep nesting in a pupil", "F08", () => Utf8("<EDEX><leerlingen><leerling><toevoegingen>" + string.Concat(Enumerable.Repeat("<a>", 1000)))),
        ("other xml", "F09", () => Utf8("<html><body/></html>")),

        ("other columns", "F11", () => Utf8("naam;adres\nx;y\n")),
        ("wrong separator", "F11", () => Utf8("leerling_key#postcode#huisnummer\nL1#1234AB#10\n")),
        ("row cut off", "F12", () => Utf8("leerling_key;postcode;huisnummer\nL1;1234AB;10\nL2;12")),
        ("quote not closed", "F12", () => Utf8("leerling_key;postcode;huisnummer\nL1;\"1234AB;10\nL2;1234AB;11\n")),
        ("too many fields", "F12", () => Utf8("leerling_key,afnamedatum,toetscode,vaardigheidsscore\nL1,2025-01-20,RW3-M5,206,6\n")),
        ("endless line", "F12", () => Utf8("leerling_key;postcode;huisnummer\n" + new string('x', 200_000))),
        ("utf-16 cut in half", "F13", () => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("leerling_key;postcode;huisnummer\nL1;1234AB;10\n"), 0x41]),
        ("objections", "F14", () => Utf8("leerling_key;datum\nL1;2025-02-01\n")),
    ];

    public static TheoryData<string> Names => [.. s_files.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bad_file_says_what_it_is_and_changes_nothing(string name)
    {
        var (_, code, content) = s_files.Single(f => f.Name == name);
        using var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        var before = school.Dump();
        var good = Export.Usual().Write(Path.Combine(school.Folder, "good"));

        var outcome = school.Import([.. good, school.File("bad", content())]);

        Assert.False(outcome.Stored);
        Assert.Equal(code, Assert.Single(outcome.Findings).Rule.Code);
        Assert.Equal("bad", outcome.Findings[0].Place.File);
        Assert.Equal(before, school.Dump());
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using var school = new TestHome();
        var finding = Assert.Single(school.Import(Path.Combine(school.Folder, "absent.xml")).Findings);
        Assert.Equal(Rules.FileMissing, finding.Rule);
        Assert.Equal("absent.xml", finding.Place.File);
    }

    [Fact]
    public void Two_hundred_megabytes_are_refused_unread()
    {
        using var school = new TestHome();
        var file = Path.Combine(school.Folder, "large.xml");
        using (var stream = File.Create(file)) stream.SetLength(200L << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = school.Import(file);
        Assert.Equal(Rules.FileTooLarge, Assert.Single(outcome.Findings).Rule);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 << 20);
    }

    [Fact]
    public void A_missing_last_line_end_is_a_signal_and_not_a_refusal()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        export.Addresses.Clear();
        var outcome = school.Import([.. export.Write(Path.Combine(school.Folder, "in")), school.File("a.csv", "leerling_key;postcode;huisnummer\nL1;1234AB;10")]);
        Assert.True(outcome.Stored);
        Assert.Contains(outcome.Findings, f => f.Rule == Rules.FileNoEnd);
        Assert.DoesNotContain(school.Import(Export.Usual()).Findings, f => f.Rule == Rules.FileNoEnd);
    }

    [Fact]
    public void Pupils_in_edexml_and_in_uwlr_are_taken_from_edexml()
    {
        using var school = new TestHome();
        var uwlr = Export.Usual().Edexml().Replace("EDEX>", "leerlinggegevens_antwoord>", StringComparison.Ordinal);
        var outcome = school.Import([.. Export.Usual().Write(Path.Combine(school.Folder, "in")), school.File("uwlr-pupils.xml", uwlr)]);
        Assert.Equal(3, outcome.Pupils);
        Assert.Contains(outcome.Findings, f => f.Rule == Rules.FileSpare);
        Assert.DoesNotContain(school.Import(school.File("uwlr-pupils.xml", uwlr)).Findings, f => f.Rule == Rules.FileSpare);
    }

    [Fact]
    public void The_place_of_a_damage_is_the_line_of_the_damage()
    {
        using var school = new TestHome();
        var text = Export.Usual().Edexml().Split('\n');
        text[5] = "<leerling key=\"x\"><achternaam></leerling>";
        var finding = Assert.Single(school.Import(school.File("bad.xml", string.Join('\n', text))).Findings);
        Assert.Equal((Rules.FileBroken, 6), (finding.Rule, finding.Place.Line));
    }

    static byte[] Zip()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("edexml.xml").Open()) entry.Write(Utf8(Export.Usual().Edexml()));
        return memory.ToArray();
    }
}
