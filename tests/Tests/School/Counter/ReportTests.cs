using System.Text;
using Groeilijn.Delivery;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Reports of several editions lie side by side, whatever their files are called.</summary>
public sealed class ReportTests : IDisposable
{
    readonly TestHome _school = new();
    readonly RecipientKey _key;

    public ReportTests()
    {
        Assert.True(SchoolEnrolment.TryRead(File.ReadAllBytes(Path.Combine(_school.Home.Folder, Enrolment.FileName)), out var enrolment, out _));
        _key = RecipientKey.Parse(enrolment.Recipient);
    }

    [Fact]
    public void They_are_listed_by_edition_with_their_language()
    {
        foreach (var name in new[] { "99XX00-2024-2.nl.html.age", "99XX00-2025-1.nl.html.age", "99XX00-2025-1.en.html.age" }) Assert.True(Open(name, name).Ok);
        Assert.Equal([("2025-1", "en"), ("2025-1", "nl"), ("2024-2", "nl")], Reports.All(_school.Home).Select(r => (r.Edition!, r.Language!)));
        Assert.Equal("99XX00-2024-2.nl.html.age", File.ReadAllText(Reports.All(_school.Home)[2].File));
    }

    [Fact]
    public void Two_of_one_name_are_both_kept_and_the_same_one_twice_is_one()
    {
        var first = Envelope.Seal(Encoding.UTF8.GetBytes("voorjaar"), _key);
        Assert.True(Reports.Open(_school.Home, first, "rapport.nl.html.age").Ok);
        Assert.True(Open("rapport.nl.html.age", "najaar").Ok);
        Assert.True(Reports.Open(_school.Home, first, "rapport.nl.html.age").Ok);
        Assert.Equal(["najaar", "voorjaar"], Reports.All(_school.Home).Select(r => File.ReadAllText(r.File)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("../../school.db")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\..\\keys\\store.key")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a/b/.profile.age")]
    public void Whatever_a_file_is_called_it_stays_in_its_folder(string name)
    {
        var opened = Open(name, "x");
        Assert.True(opened.Ok, opened.Refusal?.English);
        Assert.Equal(_school.Home.ReportsFolder, Path.GetDirectoryName(opened.Value!.File));
        Assert.Single(Directory.GetFiles(_school.Home.ReportsFolder));
    }

    [Fact]
    public void What_is_sealed_to_another_leaves_nothing()
    {
        using var other = IdentityKey.Generate();
        Assert.False(Reports.Open(_school.Home, Envelope.Seal("x"u8, other.Recipient), "a.html.age").Ok);
        Assert.False(Reports.Open(_school.Home, [1, 2, 3], "a.html.age").Ok);
        Assert.Empty(Reports.All(_school.Home));
        Assert.False(Directory.Exists(_school.Home.ReportsFolder));
    }

    Outcome<ReportOpened> Open(string name, string content) => Reports.Open(_school.Home, Envelope.Seal(Encoding.UTF8.GetBytes(content), _key), name);

    public void Dispose() => _school.Dispose();
}
