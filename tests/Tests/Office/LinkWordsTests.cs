using Groeilijn.Office;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Tests.Office;

/// <summary>The console names what linking compared in the reader's language.</summary>
public class LinkWordsTests
{
    [Fact]
    public void Every_field_level_and_rule_of_the_model_has_words_in_both_languages_and_not_its_own_name()
    {
        foreach (var level in Enum.GetNames<Level>()) Assert.DoesNotContain(level, LinkWords.Levels(level).Dutch, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Enum.GetNames<Level>().Length, Enum.GetNames<Level>().Select(l => LinkWords.Levels(l).Dutch).Distinct().Count());
        foreach (var rule in OfficeModel.Model.Deterministic.Concat(OfficeModel.Model.Blocking).Select(r => string.Join('+', r)))
        {
            var words = LinkWords.Rule(rule);
            Assert.DoesNotContain('.', words.Dutch + words.English);
        }
    }

    [Theory]
    [InlineData("born.year+born.month+postcode.4", "Geboortejaar + geboortemaand + eerste 4 van postcode", "Birth year + birth month + first 4 of postcode")]
    [InlineData("postcode+sex+born.year", "Postcode + geslacht + geboortejaar", "Postcode + sex + birth year")]
    [InlineData("born+number.3", "Geboortedatum + eerste 3 van nummer", "Birth date + first 3 of number")]
    public void A_rule_reads_as_what_must_agree(string rule, string dutch, string english) => Assert.Equal((dutch, english), (LinkWords.Rule(rule).Dutch, LinkWords.Rule(rule).English));

    [Theory]
    [InlineData("pass number+born", "Stap: nummer + geboortedatum")]
    [InlineData("pass probabilistic", "Stap: op kans")]
    [InlineData("address differs or is missing", "Adres verschilt of ontbreekt")]
    [InlineData("with a number", "Met nummer")]
    [InlineData("born 2014", "Geboren in 2014")]
    [InlineData("born 1970 to 1979", "Geboren in 1970 tot en met 1979")]
    [InlineData("born in other years", "Geboren in andere jaren")]
    public void A_group_of_links_too(string group, string dutch) => Assert.Equal(dutch, LinkWords.Group(group).Dutch);
}
