using System.Text;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Tests.Statistics.Linkage;

/// <summary>What is near, on packed bits.</summary>
public class AgreementTests
{
    [Theory]
    [InlineData(Comparison.Date, "2014-03-09", "2014-03-09", Level.Equal)]
    [InlineData(Comparison.Date, "2014-03-09", "9-3-2014", Level.Equal)]
    [InlineData(Comparison.Date, "2014-03-09", "20140309", Level.Equal)]
    [InlineData(Comparison.Date, "2014-03-09", "2014-09-03", Level.Near)]
    [InlineData(Comparison.Date, "2014-03-09", "2014-03-08", Level.Near)]
    [InlineData(Comparison.Date, "2014-03-19", "2014-03-20", Level.Near)]
    [InlineData(Comparison.Date, "2014-03-12", "2014-03-21", Level.Near)]
    [InlineData(Comparison.Date, "2014-03-09", "2004-03-09", Level.Near)]
    [InlineData(Comparison.Date, "2014-03-09", "2014-03-25", Level.Alike)]
    [InlineData(Comparison.Date, "2014-03-09", "2014-00-00", Level.Compatible)]
    [InlineData(Comparison.Date, "2014-00-00", "2014-00-00", Level.Compatible)]
    [InlineData(Comparison.Date, "2014-03-09", "2013-00-00", Level.Differs)]
    [InlineData(Comparison.Date, "2014-03-09", "1987-11-25", Level.Differs)]
    [InlineData(Comparison.Date, "2014-03-09", " \"2014-03-09\"", Level.Equal)]
    [InlineData(Comparison.Date, "2014-03-09", "0000-03-09", Level.Missing)]
    [InlineData(Comparison.Date, "2014-03-09", "unknown", Level.Missing)]
    [InlineData(Comparison.Number, "123456782", "123456782", Level.Equal)]
    [InlineData(Comparison.Number, "012345678", "12345678", Level.Equal)]
    [InlineData(Comparison.Number, "123456782", "123456792", Level.Near)]
    [InlineData(Comparison.Number, "123456782", "123465782", Level.Near)]
    [InlineData(Comparison.Number, "123456782", "12345782", Level.Near)]
    [InlineData(Comparison.Number, "123456782", "123499782", Level.Alike)]
    [InlineData(Comparison.Number, "123456782", "987654321", Level.Differs)]
    [InlineData(Comparison.Number, "0000", "987654321", Level.Missing)]
    [InlineData(Comparison.Digits, "0123", "123", Level.Near)]
    [InlineData(Comparison.Postcode, "1234 ab", "1234AB", Level.Equal)]
    [InlineData(Comparison.Postcode, "1234AB", "1234AC", Level.Near)]
    [InlineData(Comparison.Postcode, "1234AB", "1243AB", Level.Near)]
    [InlineData(Comparison.Postcode, "1234AB", "1234XY", Level.Alike)]
    [InlineData(Comparison.Postcode, "PO15 5RR", "PO15 7AB", Level.Alike)]
    [InlineData(Comparison.Postcode, "1234AB", "9876ZZ", Level.Differs)]
    [InlineData(Comparison.HouseNumber, "12", "12", Level.Equal)]
    [InlineData(Comparison.HouseNumber, "12-a", "12A", Level.Equal)]
    [InlineData(Comparison.HouseNumber, "12a", "12", Level.Compatible)]
    [InlineData(Comparison.HouseNumber, "12a", "12b", Level.Near)]
    [InlineData(Comparison.HouseNumber, "12", "14", Level.Alike)]
    [InlineData(Comparison.HouseNumber, "9", "11", Level.Alike)]
    [InlineData(Comparison.HouseNumber, "12", "21", Level.Alike)]
    [InlineData(Comparison.HouseNumber, "12", "358", Level.Differs)]
    [InlineData(Comparison.Name, "van der Vliet", "VLIET", Level.Equal)]
    [InlineData(Comparison.Name, "Zoë", "Zoe", Level.Equal)]
    [InlineData(Comparison.Name, "Bart", "Bartholomeus", Level.Compatible)]
    [InlineData(Comparison.Name, "Martha", "Marhta", Level.Near)]
    [InlineData(Comparison.Name, "Dwayne", "Duane", Level.Alike)]
    [InlineData(Comparison.Name, "Noor", "Teun", Level.Differs)]
    [InlineData(Comparison.Exact, "m", "f", Level.Differs)]
    [InlineData(Comparison.Exact, "", "f", Level.Missing)]
    public void Two_values_are_as_near_as_their_slips(Comparison compare, string one, string other, Level level)
    {
        var model = new LinkModel([new LinkField("field", compare)], [], [["field"]]);
        var set = Files.Set(model, new Texts(), [one], [other]);
        var agreement = new Agreement(set.Layout, set.Texts);
        Assert.Equal(level, Agreement.LevelOf(agreement.Pattern(set[0], set[1]), 0));
        Assert.Equal(level, Agreement.LevelOf(agreement.Pattern(set[1], set[0]), 0));
    }

    /// <summary>Values of Winkler (1994), table 5.</summary>
    [Theory]
    [InlineData("MARTHA", "MARHTA", 0.961)]
    [InlineData("DWAYNE", "DUANE", 0.840)]
    [InlineData("DIXON", "DICKSONX", 0.813)]
    [InlineData("JONES", "JOHNSON", 0.832)]
    public void Jaro_and_Winkler_give_their_published_values(string a, string b, double likeness) =>
        Assert.Equal(likeness, NameLikeness.JaroWinkler(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b)), 0.0006);

    [Fact]
    public void A_rule_holds_on_parts_and_never_on_what_is_missing()
    {
        var model = new LinkModel([new LinkField("born", Comparison.Date), new LinkField("postcode", Comparison.Postcode), new LinkField("last", Comparison.Name)], [], [["born.year", "postcode.4"], ["last.3", "born"]]);
        var set = Files.Set(model, new Texts(), ["2014-03-09", "1234AB", "de Vries"], ["2014-11-25", "1234XY", "Vriesema"], ["2014-03-09", "", "Vri"], ["2014-03-00", "1234AB", "Vries"]);
        bool Holds(int rule, int a, int b) => set.Layout.Rules[rule].Holds(set[a], set[b]) && set.Layout.Rules[rule].Key(set[a]) == set.Layout.Rules[rule].Key(set[b]);
        Assert.True(Holds(0, 0, 1));
        Assert.False(Holds(0, 0, 2));
        Assert.True(Holds(1, 0, 2));
        Assert.False(Holds(1, 0, 1));
        Assert.Equal(0UL, set.Layout.Rules[1].Key(set[3]));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("born.week")]
    [InlineData("born.4")]
    [InlineData("postcode.year")]
    [InlineData("postcode.6")]
    public void A_rule_that_names_no_field_or_part_is_a_fault_of_the_model(string part) =>
        Assert.Contains(part, new LinkModel([new LinkField("born", Comparison.Date), new LinkField("postcode", Comparison.Postcode)], [], [[part]]).Fault());
}
