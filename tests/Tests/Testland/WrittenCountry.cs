using System.Xml.Linq;
using Groeilijn.Education;
using Groeilijn.Testland;

namespace Groeilijn.Tests.Testland;

/// <summary>A country of sixteen schools and four editions, written once for all tests of files, and again with the objectors absent.</summary>
public sealed class WrittenCountry : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("testland-").FullName;

    public WrittenCountry()
    {
        TestlandWriter.Write(Options, Folder);
        TestlandWriter.Write(Options with { Objectors = Objectors.Absent }, Absent);
    }

    public static TestlandOptions Options { get; } = new() { Schools = 16, Editions = 4, Seed = 7 };

    public string Folder => Path.Combine(_root, "recorded");

    public string Absent => Path.Combine(_root, "absent");

    public string Another(string name) => Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public static IEnumerable<string> Editions => Options.AllEditions.Select(e => e.ToString());

    public IEnumerable<string> Exports(string edition) => Directory.GetDirectories(Path.Combine(Folder, "exports", edition)).Order(StringComparer.Ordinal);

    public static XElement Edexml(string export) => XElement.Load(Path.Combine(export, "edexml.xml"), LoadOptions.SetLineInfo);

    public static XElement Uwlr(string export) => XElement.Load(Path.Combine(export, "uwlr.xml"));

    /// <summary>The rows of a file, without its header.</summary>
    public static IEnumerable<string[]> Rows(string path, char separator = ',') => File.ReadLines(path).Skip(1).Select(line => line.Split(separator));

    public IEnumerable<string[]> Register(string edition, string file) => Rows(Path.Combine(Folder, "register", edition, file));

    public IEnumerable<string[]> Truth(string edition) => Rows(Path.Combine(Folder, "truth", edition + ".csv"));
}

[CollectionDefinition(Name)]
public sealed class WrittenCountryCollection : ICollectionFixture<WrittenCountry>
{
    public const string Name = "testland files";
}
