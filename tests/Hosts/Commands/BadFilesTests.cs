using System.IO.Compression;
using System.Text;
using Dapper;
using Groeilijn.Hosts.Machine;
using Microsoft.Data.Sqlite;

namespace Groeilijn.Hosts.Commands;

/// <summary>Damaged, foreign and hostile files at the counter: a clear message, soon, and the school's database as it was.</summary>
public sealed class BadFilesTests(BadFilesTests.ASchool school) : IClassFixture<BadFilesTests.ASchool>
{
    const string Mark = "ZZZ-SENTINEL";

    /// <summary>What stands in the file, and what the message says. Every file holds the mark where it can: no message may repeat it.</summary>
    static readonly (string Name, string Says, Action<ASchool, string> Write)[] s_files =
    [
        ("truncated.xml", "cut off or damaged", (s, file) => File.WriteAllText(file, s.Edexml[..(s.Edexml.Length / 2)])),
        ("encoding.xml", "characters in this file", (s, file) => File.WriteAllBytes(file, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(s.Edexml.Replace("utf-8", "UTF-16", StringComparison.OrdinalIgnoreCase))[..801]])),
        ("bomb.xml", "contains a DTD", (_, file) => File.WriteAllText(file, $"<?xml version=\"1.0\"?><!DOCTYPE EDEX [<!ENTITY a \"{Mark}\">{string.Concat(Enumerable.Range(1, 20).Select(i => $"<!ENTITY {(char)('a' + i)} \"&{(char)('a' + i - 1)};&{(char)('a' + i - 1)};&{(char)('a' + i - 1)};\">"))}]><EDEX>&u;</EDEX>")),
        ("export.zip", "is a packed file", (s, file) => File.WriteAllBytes(file, Zip(s.Edexml))),
        ("empty.xml", "is empty", (_, file) => File.WriteAllText(file, "")),
        ("large.xml", "too large", (_, file) => { using var stream = File.Create(file); stream.SetLength(200L << 20); }),
        ("wrong-separator.csv", "column", (_, file) => File.WriteAllText(file, $"leerling_key#postcode#huisnummer\n{Mark}#1234AB#1\n")),
    ];

    public static TheoryData<string> Names => [.. s_files.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bad_file_is_refused_in_words_and_changes_no_row(string name)
    {
        var (_, says, write) = s_files.Single(f => f.Name == name);
        var file = school.Session.At(name);
        write(school, file);
        var before = school.Rows();
        var ran = school.Run("import", school.Good, file, "--lang", "en");
        ran.Refused(says);
        Assert.Contains(name, ran.Output);
        Assert.DoesNotContain(Mark, ran.Output + ran.Error);
        Assert.Equal(before, school.Rows());

        var json = school.Run("import", school.Good, file, "--json");
        Assert.Equal((1, false, name), (json.Exit, json.Json.GetProperty("stored").GetBoolean(), json.Json.GetProperty("findings")[0].GetProperty("file").GetString()));
        Assert.Equal(before, school.Rows());
    }

    [Fact]
    public void A_separator_of_another_country_is_read()
    {
        var file = school.Session.Write("comma.csv", "leerling_key,postcode,huisnummer\nL1001,1234AB,10\n");
        var before = school.Rows();
        Assert.Equal(12, school.Run("import", school.Good, file, "--json").Done().Json.GetProperty("pupils").GetInt32());
        Assert.Equal(before["pupil"], school.Rows()["pupil"]);
    }

    static byte[] Zip(string text)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("edexml.xml").Open()) entry.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }

    /// <summary>A school with an import in its database.</summary>
    public sealed class ASchool : IDisposable
    {
        public Session Session { get; } = new();

        /// <summary>The sample export, and its text with the mark in a name.</summary>
        public string Good { get; }

        public string Edexml { get; }

        public ASchool()
        {
            Good = Checkout.Sample("edexml.xml");
            Edexml = File.ReadAllText(Good).Replace("<achternaam>", $"<achternaam>{Mark}", StringComparison.Ordinal);
            Assert.Contains(Mark, Edexml);
            Run("enrol", "--school", "99XX00", "--name", "De Verzonnen School").Done();
            Run("import", Good).Done();
        }

        public Ran Run(params IReadOnlyList<string> words) => Session.Run(Session.GroeilijnSchool, [.. words, "--home", Session.At("home")]);

        /// <summary>How many rows each table holds.</summary>
        public SortedDictionary<string, long> Rows()
        {
            using var db = new SqliteConnection($"Data Source={Session.At("home", "school.db")};Mode=ReadOnly;Pooling=False");
            var tables = db.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").ToList();
            return new(tables.ToDictionary(table => table, table => db.ExecuteScalar<long>($"SELECT count(*) FROM \"{table}\"")), StringComparer.Ordinal);
        }

        public void Dispose() => Session.Dispose();
    }
}
