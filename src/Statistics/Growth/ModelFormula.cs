using System.Globalization;

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// A mixed model in the notation of R's lme4: <c>y ~ 1 + x + factor(z) + x:z + (1 + x | g) + (1 | h)</c>. Understood are names, numbers 0 and 1,
/// <c>+ - : * / ^</c> among terms, <c>factor()</c>, <c>I()</c>, <c>log log2 log10 log1p sqrt exp expm1 abs sin cos</c> of arithmetic, random terms with <c>|</c> and <c>||</c>, and
/// grouping by <c>g</c>, <c>g:h</c> and <c>g/h</c>. A name with other letters stands in backquotes.
/// </summary>
/// <param name="Response">What is modelled.</param>
/// <param name="Fixed">The fixed part.</param>
/// <param name="Random">The random terms, in the order they were written; <c>||</c> and <c>g/h</c> are spelled out.</param>
public sealed record ModelFormula(ModelExpression Response, ModelTerms Fixed, IReadOnlyList<RandomTerm> Random)
{
    /// <summary>Reads a formula.</summary>
    /// <returns>The formula, or where and why it is none.</returns>
    public static Fitted<ModelFormula> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try { return new FormulaReader(text).Formula(); }
        catch (FormulaReader.Fault fault) { return new FitRefusal(FitRefusalCode.Formula, fault.Message, fault.Remedy); }
    }

    /// <summary>The names of the columns it needs, each once.</summary>
    public IReadOnlyList<string> Columns => [.. new[] { Response }.Concat(Fixed.Terms.SelectMany(t => t)).Concat(Random.SelectMany(r => r.Terms.Terms.SelectMany(t => t).Concat(r.Group)))
        .SelectMany(e => e.Names).Distinct(StringComparer.Ordinal)];
}

/// <summary>A set of terms, each an interaction of one or more variables.</summary>
/// <param name="Intercept">Whether there is a constant.</param>
/// <param name="Terms">Main effects first, then interactions, each in the order it was written.</param>
public sealed record ModelTerms(bool Intercept, IReadOnlyList<IReadOnlyList<ModelExpression>> Terms);

/// <summary>One random term: its effects vary over the levels of a group.</summary>
/// <param name="Terms">What varies.</param>
/// <param name="Group">The grouping variables; of more than one, every combination that occurs is a level.</param>
public sealed record RandomTerm(ModelTerms Terms, IReadOnlyList<ModelExpression> Group)
{
    /// <summary>The group as lme4 names it: <c>g</c> or <c>g:h</c>.</summary>
    public string Name => string.Join(':', Group.Select(g => g.Text));
}

/// <summary>A variable of a formula: a column, a column taken as a factor, or arithmetic on columns.</summary>
/// <param name="Text">As R would print it.</param>
/// <param name="Operation">A column's name, a number, or an operation on <paramref name="Parts"/>.</param>
/// <param name="Parts">What the operation works on.</param>
public sealed record ModelExpression(string Text, string Operation, IReadOnlyList<ModelExpression> Parts)
{
    internal const string Column = "column", Factor = "factor", Number = "number";

    /// <summary>The names of the columns in it.</summary>
    public IEnumerable<string> Names => Operation == Column ? [Unquoted] : Parts.SelectMany(p => p.Names);

    internal string Unquoted => Text.Trim('`');

    internal double Value => double.Parse(Text, CultureInfo.InvariantCulture);
}
