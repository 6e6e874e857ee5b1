namespace Groeilijn.Statistics.Growth;

/// <summary>A variable of the formula over the rows that count: numbers, or a factor.</summary>
sealed record Variable(string Name, double[]? Numbers, LevelCodes? Factor);

/// <summary>One column of a model matrix: a product of numbers and of indicators of levels; of nothing at all, the constant 1.</summary>
sealed class ModelColumn(string name, IReadOnlyList<(Variable Variable, int Level)> parts)
{
    /// <summary>The name as R gives it.</summary>
    internal string Name => name;

    /// <summary>Whether it is the constant.</summary>
    internal bool IsConstant => parts.Count == 0;

    /// <summary>What scale and centre do to a value before it is used; set once, before use.</summary>
    internal double Centre { get; set; }

    /// <summary>What a value is divided by.</summary>
    internal double Scale { get; set; } = 1;

    /// <summary>The values of some rows, centred and scaled.</summary>
    internal void Fill(ReadOnlySpan<int> rows, Span<double> into)
    {
        into = into[..rows.Length];
        into.Fill(1);
        foreach (var (variable, level) in parts)
            if (variable.Numbers is { } numbers)
                for (var i = 0; i < rows.Length; i++) into[i] *= numbers[rows[i]];
            else
            {
                var codes = variable.Factor!.Codes;
                for (var i = 0; i < rows.Length; i++) if (codes[rows[i]] != level) into[i] = 0;
            }
        Standardise(into);
    }

    /// <summary>The values of the rows from one on, centred and scaled.</summary>
    internal void Fill(int from, Span<double> into)
    {
        into.Fill(1);
        foreach (var (variable, level) in parts)
            if (variable.Numbers is { } numbers)
            {
                var own = numbers.AsSpan(from, into.Length);
                for (var i = 0; i < own.Length; i++) into[i] *= own[i];
            }
            else
            {
                var own = variable.Factor!.Codes.AsSpan(from, into.Length);
                for (var i = 0; i < own.Length; i++) if (own[i] != level) into[i] = 0;
            }
        Standardise(into);
    }

    void Standardise(Span<double> values)
    {
        if (Centre == 0 && Scale == 1) return;
        var inverse = 1 / Scale;
        foreach (ref var v in values) v = (v - Centre) * inverse;
    }

    /// <summary>
    /// The columns of a set of terms in R's coding: a factor in a term has treatment contrasts when the term without it is in the model
    /// too, and an indicator for each level otherwise (Chambers and Hastie 1992, 2.4).
    /// </summary>
    internal static List<ModelColumn> Of(ModelTerms terms, Func<ModelExpression, Variable> variable)
    {
        var columns = new List<ModelColumn>();
        if (terms.Intercept) columns.Add(new ModelColumn("(Intercept)", []));
        foreach (var term in terms.Terms)
        {
            IEnumerable<(string Name, (Variable, int)[] Parts)> made = [("", [])];
            foreach (var part in term)
            {
                var v = variable(part);
                var from = v.Factor is not null && HasMargin(terms, term, part) ? 1 : 0;
                (string, (Variable, int))[] own = v.Factor is { } factor
                    ? [.. Enumerable.Range(from, factor.Count - from).Select(l => (v.Name + factor.LevelName(l), (v, l)))]
                    : [(v.Name, (v, 0))];
                made = [.. own.SelectMany(o => made.Select(m => (m.Name.Length == 0 ? o.Item1 : $"{m.Name}:{o.Item1}", (((Variable, int)[])[.. m.Parts, o.Item2]))))];
            }
            columns.AddRange(made.Select(m => new ModelColumn(m.Name, m.Parts)));
        }
        return columns;
    }

    static bool HasMargin(ModelTerms terms, IReadOnlyList<ModelExpression> term, ModelExpression without)
    {
        var margin = term.Where(v => v.Text != without.Text).Select(v => v.Text).ToHashSet(StringComparer.Ordinal);
        return margin.Count == 0 ? terms.Intercept : terms.Terms.Any(t => margin.SetEquals(t.Select(v => v.Text)));
    }
}
