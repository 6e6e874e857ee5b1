namespace Groeilijn.Tests.Conventions;

/// <summary>The scanner of source text sees code and only code.</summary>
public class CheckoutTests
{
    [Theory]
    [InlineData("a(); // Console.Write\nb();", "a();                 \nb();")]
    [InlineData("a(/* x\ny */);", "a(    \n    );")]
    [InlineData("a(\"x \\\" y\", 'z');", "a(        ,    );")]
    [InlineData("a(@\"x\\\", '\\'');", "a(     ,     );")]
    [InlineData("a(\"\"\"x \" y\"\"\");", "a(           );")]
    public void Comments_and_texts_are_blanked_and_positions_stay(string source, string code) => Assert.Equal(code, Checkout.CodeOnly(source));

    [Fact]
    public void The_checkout_has_sources_and_nothing_that_was_built()
    {
        var files = Checkout.Files("src", ".cs").Select(f => f.Path).ToList();
        Assert.Contains("src/Education/Bsn.cs", files);
        Assert.DoesNotContain(files, f => f.Contains("/obj/", StringComparison.Ordinal));
    }
}
