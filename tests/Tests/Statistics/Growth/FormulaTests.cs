using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>The notation, read as R reads it.</summary>
public class FormulaTests
{
    static string Terms(ModelTerms terms) => string.Join(" + ", terms.Terms.Select(t => string.Join(':', t.Select(v => v.Text))).Prepend(terms.Intercept ? "1" : "0"));

    [Theory]
    [InlineData("y ~ x + (1 | g)", "1 + x")]
    [InlineData("y ~ 0 + x + (1 | g)", "0 + x")]
    [InlineData("y ~ x - 1 + (1 | g)", "0 + x")]
    [InlineData("y ~ a * b + (1 | g)", "1 + a + b + a:b")]
    [InlineData("y ~ a:b + a + (1 | g)", "1 + a + a:b")]
    [InlineData("y ~ a * b * c - a:b:c + (1 | g)", "1 + a + b + c + a:b + a:c + b:c")]
    [InlineData("y ~ (a + b + c)^2 + (1 | g)", "1 + a + b + c + a:b + a:c + b:c")]
    [InlineData("y ~ a / b + (1 | g)", "1 + a + a:b")]
    [InlineData("y ~ x + I(x^2) + log(x) + (1 | g)", "1 + x + I(x^2) + log(x)")]
    [InlineData("y~factor(z)+x:z+(1|g)", "1 + factor(z) + x:z")]
    [InlineData("y ~ x + x + b:a + a:b + (1 | g)", "1 + x + b:a")]
    [InlineData("y ~ `test score` + (1 | g)", "1 + `test score`")]
    public void The_fixed_part(string formula, string terms) => Assert.Equal(terms, Terms(ModelFormula.Parse(formula).Value.Fixed));

    [Theory]
    [InlineData("(x | g)", "1 + x | g")]
    [InlineData("(0 + x | g)", "0 + x | g")]
    [InlineData("(1 + x || g)", "1 | g; 0 + x | g")]
    [InlineData("(1 | a:b)", "1 | a:b")]
    [InlineData("(1 | a/b)", "1 | b:a; 1 | a")]
    [InlineData("(1 | g) + (0 + x | g)", "1 | g; 0 + x | g")]
    [InlineData("(f * x | g)", "1 + f + x + f:x | g")]
    public void The_random_part(string random, string terms) =>
        Assert.Equal(terms, string.Join("; ", ModelFormula.Parse("y ~ 1 + " + random).Value.Random.Select(r => $"{Terms(r.Terms)} | {r.Name}")));

    [Fact]
    public void The_columns_it_needs_without_their_quotes() =>
        Assert.Equal(["y", "test score", "x", "g"], ModelFormula.Parse("log(y) ~ `test score` + I(x^2) + (x | g)").Value.Columns);

    [Theory]
    [InlineData("y ~ 0 + f + (1 | g)", "fa,fb,fc")]
    [InlineData("y ~ f + (1 | g)", "(Intercept),fb,fc")]
    [InlineData("y ~ f:x + (1 | g)", "(Intercept),fa:x,fb:x,fc:x")]
    [InlineData("y ~ x + f:x + (1 | g)", "(Intercept),x,x:fb,x:fc", "x:f")]
    [InlineData("y ~ f * h + (1 | g)", "(Intercept),fb,fc,hq,fb:hq,fc:hq")]
    [InlineData("y ~ factor(n) + (1 | g)", "(Intercept),factor(n)2,factor(n)10")]
    public void Columns_are_coded_and_named_as_R_does(string formula, string names, string? order = null)
    {
        var dice = new Dice(2);
        const int rows = 90;
        var table = new DataTable(
            DataColumn.OfNumbers("y", dice.Normals(rows)), DataColumn.OfNumbers("x", dice.Normals(rows)),
            DataColumn.OfTexts("f", [.. Enumerable.Range(0, rows).Select(i => new[] { "c", "a", "b" }[i % 3])]),
            DataColumn.OfTexts("h", [.. Enumerable.Range(0, rows).Select(i => new[] { "q", "p" }[i / 3 % 2])]),
            DataColumn.OfNumbers("n", [.. Enumerable.Range(0, rows).Select(i => new[] { 10.0, 2, 1 }[i % 3])]),
            DataColumn.OfNumbers("g", [.. Enumerable.Range(0, rows).Select(i => (double)(i / 9))]));
        var fit = MixedModel.Fit(order is null ? formula : formula.Replace("f:x", order, StringComparison.Ordinal), table).Value;
        Assert.Equal(names.Split(','), fit.Fixed.Select(f => f.Name));
    }
}
