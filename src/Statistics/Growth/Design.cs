namespace Groeilijn.Statistics.Growth;

/// <summary>
/// A formula met with data: the response, the columns of the fixed part, and for each grouping factor its levels and the columns that
/// vary over them. Rows with a missing cell are left out and counted; all else that cannot be computed with is refused by name.
/// </summary>
sealed class Design
{
    readonly DataTable _table;
    readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);
    int[]? _kept;

    Design(DataTable table) => _table = table;

    /// <summary>Rows that count.</summary>
    internal int Rows { get; private set; }

    /// <summary>Rows left out for a missing cell.</summary>
    internal int Dropped { get; private set; }

    /// <summary>The row of the table that each row is.</summary>
    internal int RowOf(int row) => _kept?[row] ?? row;

    /// <summary>The response as a column of its own.</summary>
    internal ModelColumn Response { get; private set; } = null!;

    /// <summary>The same design with another response, in the scale that the response has now.</summary>
    internal Design WithResponse(double[] scaled)
    {
        var other = (Design)MemberwiseClone();
        other.Response = new ModelColumn(Response.Name, [(new Variable(Response.Name, scaled, null), 0)]);
        return other;
    }

    /// <summary>The columns of the fixed part.</summary>
    internal List<ModelColumn> Fixed { get; private set; } = [];

    /// <summary>The grouping factors, in the order of the formula.</summary>
    internal List<Grouping> Groups { get; } = [];

    /// <summary>The weights; null when all are 1.</summary>
    internal double[]? Weights { get; private set; }

    /// <summary>Known error variances; null when there are none.</summary>
    internal double[]? ErrorVariances { get; private set; }

    internal static Fitted<Design> Of(ModelFormula formula, DataTable table, string? weights, string? errorVariances)
    {
        var design = new Design(table);
        return design.Make(formula, weights, errorVariances) is { } refusal ? refusal : design;
    }

    FitRefusal? Make(ModelFormula formula, string? weights, string? errorVariances)
    {
        if (formula.Random.Count == 0) return new(FitRefusalCode.NoRandomTerm, "the formula has no random term", "add one, such as (1 | school); without one this is ordinary regression");
        List<string> names = [.. formula.Columns.Concat(new[] { weights, errorVariances }.OfType<string>()).Distinct(StringComparer.Ordinal)];
        if (names.Find(n => _table.Find(n) is null) is { } absent) return new(FitRefusalCode.NoSuchColumn, $"there is no column `{absent}`", "check the name against the first line of the data; capitals count");
        if (Keep(names) is { } missing) return missing;
        foreach (var expression in Expressions(formula)) if (Evaluate(expression, asFactor: false) is { } refusal) return refusal;
        if (Special(weights, mayBeZero: false, out var w) is { } badWeight) return badWeight;
        if (Special(errorVariances, mayBeZero: true, out var v) is { } badVariance) return badVariance;
        (Weights, ErrorVariances) = (w, v);
        return MakeResponse(formula) ?? MakeFixed(formula) ?? MakeGroups(formula);
    }

    static IEnumerable<ModelExpression> Expressions(ModelFormula formula) =>
        formula.Fixed.Terms.Concat(formula.Random.SelectMany(r => r.Terms.Terms)).SelectMany(t => t).Append(formula.Response);

    FitRefusal? Keep(List<string> names)
    {
        var missing = new bool[_table.Rows];
        foreach (var name in names)
        {
            var column = _table.Find(name)!;
            var wrong = new int[InParts.Count(missing.Length)];
            InParts.Each(missing.Length, (own, from, to) => wrong[own] = Miss(column, missing, from, to));
            if (Array.FindIndex(wrong, row => row >= 0) is >= 0 and var part)
                return new(FitRefusalCode.NotFinite, $"column `{name}` holds an infinite value or NaN in data row {wrong[part] + 1}", "leave the cell empty or write NA when the value is missing");
        }
        Rows = missing.AsSpan().Count(false);
        Dropped = _table.Rows - Rows;
        if (Dropped > 0) _kept = [.. Enumerable.Range(0, missing.Length).Where(i => !missing[i])];
        return Rows < 2 ? new(FitRefusalCode.TooFewRows, $"{Rows} complete {(Rows == 1 ? "row is" : "rows are")} left of {_table.Rows}", "check which column is empty: a row counts only when every column of the formula is filled") : null;
    }

    /// <summary>Marks the rows where a column has no value; gives the first that is no number, −1 when there is none.</summary>
    static int Miss(DataColumn column, bool[] missing, int from, int to)
    {
        if (column.Codes is { } codes) for (var i = from; i < to; i++) missing[i] |= codes[i] < 0;
        else
            for (var i = from; i < to; i++)
            {
                if (double.IsFinite(column.Numbers![i])) continue;
                if (!DataColumn.IsMissing(column.Numbers[i])) return i;
                missing[i] = true;
            }
        return -1;
    }

    T[] Kept<T>(T[] values) => _kept is null ? values : Array.ConvertAll(_kept, i => values[i]);

    // ---- variables ----

    FitRefusal? Evaluate(ModelExpression expression, bool asFactor)
    {
        var key = asFactor ? "|" + expression.Text : expression.Text;
        if (_variables.ContainsKey(key)) return null;
        if (expression.Operation == ModelExpression.Column)
        {
            var column = _table.Find(expression.Unquoted)!;
            _variables[key] = column.Codes is { } codes ? new(expression.Text, null, LevelCodes.Of(Kept(codes), column.Levels!))
                : asFactor ? new(expression.Text, null, LevelCodes.Of(Kept(column.Numbers!)))
                : new(expression.Text, Kept(column.Numbers!), null);
            return null;
        }
        if (expression.Operation == ModelExpression.Factor)
        {
            var inner = expression.Parts[0];
            if (Evaluate(inner, asFactor: true) is { } refused) return refused;
            _variables[key] = _variables["|" + inner.Text] with { Name = expression.Text };
            return null;
        }
        if (asFactor)
        {
            if (Evaluate(expression, asFactor: false) is { } refused) return refused;
            _variables[key] = new(expression.Text, null, LevelCodes.Of(_variables[expression.Text].Numbers!));
            return null;
        }
        if (Numbers(expression) is not { } numbers) return new(FitRefusalCode.WrongKind, $"`{expression.Text}` computes with a column of texts", "only columns of numbers can be computed with");
        var fault = Array.FindIndex(numbers, v => !double.IsFinite(v));
        if (fault >= 0) return new(FitRefusalCode.NotFinite, $"`{expression.Text}` is infinite or not a number in data row {RowOf(fault) + 1}", "check the arithmetic, such as the logarithm of zero");
        _variables[key] = new(expression.Text, numbers, null);
        return null;
    }

    double[]? Numbers(ModelExpression e)
    {
        if (e.Operation == ModelExpression.Column) return _table.Find(e.Unquoted)!.Numbers is { } own ? Kept(own) : null;
        if (e.Operation == ModelExpression.Number) return [.. Enumerable.Repeat(e.Value, Rows)];
        var parts = e.Parts.Select(Numbers).ToArray();
        if (Array.Exists(parts, p => p is null)) return null;
        var (a, b) = (parts[0]!, parts[^1]!);
        var value = new double[Rows];
        for (var i = 0; i < Rows; i++) value[i] = Apply(e.Operation, a[i], b[i]);
        return value;
    }

    static double Apply(string operation, double a, double b) => operation switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "^" => b == 2 ? a * a : Math.Pow(a, b),
        "minus" => -a,
        "log" => Math.Log(a),
        "log2" => Math.Log2(a),
        "log10" => Math.Log10(a),
        "log1p" => Math.Abs(a) < 1e-5 ? a - a * a / 2 + a * a * a / 3 : Math.Log(1 + a),
        "sqrt" => Math.Sqrt(a),
        "exp" => Math.Exp(a),
        "expm1" => Math.Abs(a) < 1e-5 ? a + a * a / 2 + a * a * a / 6 : Math.Exp(a) - 1,
        "sin" => Math.Sin(a),
        "cos" => Math.Cos(a),
        "abs" => Math.Abs(a),
        _ => a,
    };

    FitRefusal? Special(string? name, bool mayBeZero, out double[]? values)
    {
        values = null;
        if (name is null) return null;
        if (_table.Find(name)!.Numbers is not { } numbers) return new(FitRefusalCode.WrongKind, $"column `{name}` holds texts", "weights and error variances are numbers");
        values = Kept(numbers);
        var bad = Array.FindIndex(values, v => mayBeZero ? v < 0 : v <= 0);
        return bad < 0 ? null : new(FitRefusalCode.BadWeight, $"column `{name}` is {(mayBeZero ? "negative" : "zero or negative")} in data row {RowOf(bad) + 1}", "a weight is above zero, an error variance zero or more");
    }

    // ---- parts of the model ----

    FitRefusal? MakeResponse(ModelFormula formula)
    {
        var variable = _variables[formula.Response.Text];
        if (variable.Numbers is not { } y) return new(FitRefusalCode.WrongKind, $"the response `{variable.Name}` holds texts", "the response is a column of numbers");
        if (Array.TrueForAll(y, v => v == y[0])) return new(FitRefusalCode.ConstantResponse, $"the response `{variable.Name}` is the same in every row", "there is nothing to explain");
        Response = new ModelColumn(variable.Name, [(variable, 0)]);
        return null;
    }

    FitRefusal? MakeFixed(ModelFormula formula)
    {
        var single = formula.Fixed.Terms.Concat(formula.Random.SelectMany(r => r.Terms.Terms)).SelectMany(t => t).FirstOrDefault(e => _variables[e.Text].Factor is { Count: < 2 });
        if (single is not null) return new(FitRefusalCode.OneLevel, $"the factor `{single.Text}` has one level in the complete rows", "a factor needs two levels or more: leave it out");
        Fixed = ModelColumn.Of(formula.Fixed, e => _variables[e.Text]);
        return Fixed.Count < Rows ? null : new(FitRefusalCode.TooFewRows, $"there are {Fixed.Count} fixed effects and {Rows} complete rows", "leave terms out");
    }

    FitRefusal? MakeGroups(ModelFormula formula)
    {
        foreach (var term in formula.Random)
        {
            foreach (var part in term.Group) if (Evaluate(part, asFactor: true) is { } refusal) return refusal;
            var levels = term.Group.Select(g => _variables["|" + g.Text].Factor!).Aggregate((a, b) => a.With(b));
            if (levels.Count < 2) return new(FitRefusalCode.OneLevel, $"the grouping factor `{term.Name}` has one level in the complete rows", "a grouping factor needs two levels or more");
            var columns = ModelColumn.Of(term.Terms, e => _variables[e.Text]);
            var effects = (long)levels.Count * columns.Count;
            if (effects >= Rows && ErrorVariances is null) return new(FitRefusalCode.AsManyEffectsAsRows, $"the term with `{term.Name}` has {effects} random effects and there are {Rows} complete rows", "its effects cannot be told from the residual: take fewer effects or a coarser group");
            var known = Groups.Find(g => g.Name == term.Name);
            if (known is null) Groups.Add(known = new Grouping(term.Name, levels));
            known.Add(columns);
        }
        return null;
    }
}

/// <summary>A grouping factor with all that varies over its levels, also from more than one term.</summary>
sealed class Grouping(string name, LevelCodes levels)
{
    internal string Name => name;
    internal LevelCodes Levels => levels;

    /// <summary>What varies, one column an effect.</summary>
    internal List<ModelColumn> Columns { get; } = [];

    /// <summary>Where each term's columns begin; effects of one term correlate, of two terms they do not.</summary>
    internal List<int> Terms { get; } = [];

    internal void Add(List<ModelColumn> columns)
    {
        Terms.Add(Columns.Count);
        Columns.AddRange(columns);
    }

    /// <summary>The free entries of its relative factor Λ, by columns, as lme4's θ.</summary>
    internal IEnumerable<(int Row, int Column)> Free()
    {
        for (var t = 0; t < Terms.Count; t++)
        {
            var end = t + 1 < Terms.Count ? Terms[t + 1] : Columns.Count;
            for (var c = Terms[t]; c < end; c++) for (var r = c; r < end; r++) yield return (r, c);
        }
    }
}
