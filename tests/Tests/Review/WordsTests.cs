using Groeilijn.Office;
using Groeilijn.Review;

namespace Groeilijn.Tests.Review;

/// <summary>A pair in words: who cannot see the table knows as much as who can.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("number", "123456782", "123456782", "Gelijk.", "The same.")]
    [InlineData("number", "123456782", "124456782", "Verschilt: 3e cijfer (school 3, register 4).", "Differs: 3rd digit (school 3, register 4).")]
    [InlineData("number", "123456782", "123456872", "Verschilt: 7e en 8e cijfer (school 78, register 87).", "Differs: 7th and 8th digit (school 78, register 87).")]
    [InlineData("number", "12345678", "123456782", "Verschilt: 9e cijfer (school –, register 2).", "Differs: 9th digit (school –, register 2).")]
    [InlineData("number", "123456782", "", "Het register heeft het niet.", "The register does not have it.")]
    [InlineData("number", "", "", "Beide niet bekend.", "Not known to either.")]
    [InlineData("sex", "f", "m", "Verschilt: 1e teken (school f, register m).", "Differs: 1st character (school f, register m).")]
    [InlineData("postcode", "1234AB", "9876XY", "Verschilt op 6 plaatsen (school 1234AB, register 9876XY).", "Differs in 6 places (school 1234AB, register 9876XY).")]
    public void A_comparison_is_said_with_its_places_and_what_differs_alone(string field, string school, string register, string dutch, string english)
    {
        var words = ReviewWords.Of(ComparedField.Of(field, school, register));
        Assert.Equal((dutch, english), (words.Dutch, words.English));
    }

    [Theory]
    [InlineData("share")]
    [InlineData("shares")]
    [InlineData("other-round")]
    [InlineData("unguarded")]
    [InlineData("no-round")]
    [InlineData("no-key")]
    [InlineData("round-state")]
    [InlineData("review-over")]
    [InlineData("name")]
    [InlineData("two-reviewers")]
    [InlineData("session")]
    public void What_is_refused_on_these_pages_is_said_in_Dutch_too(string code)
    {
        var (what, remedy) = ReviewWords.Of(new Groeilijn.Storage.Refusal(code, "in English", "a remedy"));
        Assert.Equal(("in English", "a remedy"), (what.English, remedy.English));
        Assert.DoesNotContain("English", what.Dutch, StringComparison.Ordinal);
        Assert.NotEqual("a remedy", remedy.Dutch);
    }
}
