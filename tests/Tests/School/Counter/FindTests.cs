using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>A parent stands at the counter: the child is found by whatever is known of it.</summary>
public sealed class FindTests : IDisposable
{
    readonly TestHome _school = new();

    public FindTests()
    {
        var export = Export.Usual();
        export.Pupils[0]["achternaam"] = "Noël-Ĳsbrand";
        export.Pupils[0]["roepnaam"] = "Zoë";
        Assert.True(_school.Import(export).Stored);
    }

    [Theory]
    [InlineData("zoe", "L1")]
    [InlineData("ZOË", "L1")]
    [InlineData("noel", "L1")]
    [InlineData("ijsbrand zo", "L1")]
    [InlineData("Verzonnen1", "L2")]
    [InlineData("zonnen", "L2 L3")]
    [InlineData("L3", "L3")]
    [InlineData("l3", "L3")]
    [InlineData("05-11-2015", "L2")]
    [InlineData("5-11-2015", "L2")]
    [InlineData("2015-11-05", "L2")]
    [InlineData("5/11/2015 kind", "L2")]
    [InlineData("5-11-2015 zoe", "")]
    [InlineData("901377429", "L2")]
    [InlineData("90137", "L2")]
    [InlineData("nobody", "")]
    [InlineData("z", "")]
    [InlineData("", "")]
    [InlineData("%", "")]
    [InlineData("90", "")]
    public void A_pupil_is_found_by_part_of_what_is_known(string text, string keys) =>
        Assert.Equal(keys, string.Join(' ', Objections.Find(_school.Home, text).Pupils.Select(p => p.Key)));

    [Fact]
    public void Looking_writes_nothing()
    {
        var before = _school.Dump();
        Objections.Find(_school.Home, "zoe");
        Objections.Find(_school.Home, "L1");
        Assert.Equal(before, _school.Dump());
    }

    [Fact]
    public void Who_left_is_found_by_key_or_number_and_not_by_a_part()
    {
        var export = Export.Usual();
        export.Pupils.RemoveAt(2);
        export.Results.RemoveAll(r => r.Pupil == "L3");
        export.Addresses.RemoveAt(2);
        Assert.True(_school.Import(export).Stored);
        foreach (var text in new[] { "L3", " l3 ", Export.Numbers[2] })
        {
            var found = Assert.Single(Objections.Find(_school.Home, text).Pupils);
            Assert.True(found.Gone);
            Assert.Equal("L3", found.Called);
        }
        Assert.Empty(Objections.Find(_school.Home, Export.Numbers[2][..6]).Pupils);
        Assert.Empty(Objections.Find(_school.Home, "05-12-2015").Pupils);
    }

    [Fact]
    public void Twenty_are_shown_and_the_others_counted()
    {
        var export = Export.Usual();
        for (var i = 0; i < 30; i++)
        {
            var pupil = new ExportedPupil { Key = "M" + i };
            foreach (var (name, value) in export.Pupils[1].Elements) pupil[name] = value;
            pupil["achternaam"] = $"Talrijk{29 - i:00}";
            pupil.Elements.Remove("bsn");
            export.Pupils.Add(pupil);
        }
        Assert.True(_school.Import(export).Stored);
        var found = Objections.Find(_school.Home, "talrijk");
        Assert.Equal((20, 10), (found.Pupils.Count, found.More));
        Assert.Equal("M29", found.Pupils[0].Key);
    }

    [Fact]
    public void A_found_pupil_says_whether_an_objection_holds_and_takes_one()
    {
        var found = Objections.Find(_school.Home, "zoe").Pupils[0];
        Assert.False(found.Objected);
        Assert.True(Objections.Record(_school.Home, found.Person).Ok);
        Assert.True(Objections.Find(_school.Home, "zoe").Pupils[0].Objected);
        Assert.False(Objections.Record(_school.Home, 999).Ok);
    }

    public void Dispose() => _school.Dispose();
}
