namespace Groeilijn.Statistics.Growth;

/// <summary>
/// A design made ready for the likelihood: columns centred and scaled (so that a response of 10⁹ loses no digits), columns that follow from
/// others left out and named, and the way back to the data's own units.
/// </summary>
sealed class PreparedModel
{
    const double LeastPivot = 1e-11, LeastSpread = 1e-4;

    readonly bool _reml;
    readonly int _mostEvaluations;
    readonly List<ModelColumn> _used = [];
    readonly List<string> _redundant = [];
    readonly Grouping[] _groups;
    readonly int _constant;
    FitRefusal? _narrow;
    CrossProducts _x;
    Likelihood _likelihood;
    Scoring _scoring;

    PreparedModel(Design design, bool reml, int mostEvaluations)
    {
        (Design, _reml, _mostEvaluations) = (design, reml, mostEvaluations);
        _groups = [.. design.Groups.OrderByDescending(g => (long)g.Levels.Count * g.Columns.Count)];
        Standardise();
        LeaveOutRedundant();
        _constant = _used.FindIndex(c => c.IsConstant);
        Collapse(design.Weights);
    }

    PreparedModel(PreparedModel other, double[] response)
    {
        (Design, _reml, _mostEvaluations, _used, _redundant, _groups, _constant) = (other.Design.WithResponse(response), other._reml, other._mostEvaluations, other._used, other._redundant, other._groups, other._constant);
        Collapse(Design.Weights);
    }

    /// <summary>The same model of another response, given in this one's scale.</summary>
    internal PreparedModel WithResponse(double[] scaled) => new(this, scaled);

    /// <summary>The grouping factors, the eliminated one first.</summary>
    internal IReadOnlyList<Grouping> Groups => _groups;

    internal Design Design { get; }

    internal static PreparedModel Of(Design design, bool reml, int mostEvaluations = 300) => new(design, reml, mostEvaluations);

    internal CrossProducts Products => _x;

    internal Likelihood Likelihood => _likelihood;

    internal Scoring Scoring => _scoring;

    internal IReadOnlyList<ModelColumn> Columns => _used;

    internal bool Reml => _reml;

    /// <summary>The fit, or why there is none.</summary>
    internal Fitted<MixedFit> Fit()
    {
        if (_narrow is not null) return _narrow;
        if (!_likelihood.Reduction.TryPlan()) return new FitRefusal(FitRefusalCode.TooLarge, "the levels of the grouping factors cross in too many ways for this machine's memory", "leave a grouping factor out, or take coarser ones");
        var found = Design.ErrorVariances is null ? Search() : WithErrors();
        if (found is null) return new FitRefusal(FitRefusalCode.NoResidual, "the model leaves no residual, or its numbers lie too far apart", "the response follows exactly from the other columns, or a column needs another unit");
        return new MixedFit(this, found);
    }

    /// <summary>A search that may use the series ends with one exact factor: the certificate, and a further step where its slopes ask for one.</summary>
    Scoring.Result? Search()
    {
        var found = _scoring.Minimise(_scoring.Start());
        if (found is null || !_likelihood.Reduction.Searching) return found;
        _likelihood.Reduction.Certify();
        return _scoring.Minimise(found.At.Theta, enough: Math.Max(1e-13, 1e-7 / Design.Rows));
    }

    // ---- columns ----

    void Standardise()
    {
        var constant = Design.Fixed.Exists(c => c.IsConstant);
        foreach (var column in Design.Fixed.Append(Design.Response))
        {
            if (column.IsConstant) continue;
            (column.Centre, column.Scale) = (0, 1);
            var (mean, deviation) = Moments(column);
            column.Centre = constant ? mean : 0;
            column.Scale = constant ? deviation : Math.Sqrt(deviation * deviation + mean * mean);
            if (!(column.Scale > Math.Abs(mean) * 1e-13) || !double.IsFinite(column.Scale)) (column.Centre, column.Scale) = (0, mean == 0 ? 1 : Math.Abs(mean));
        }
        foreach (var group in Design.Groups)
            foreach (var column in group.Columns)
            {
                if (column.IsConstant) continue;
                (column.Centre, column.Scale) = (0, 1);
                var (mean, deviation) = Moments(column);
                var size = Math.Sqrt(deviation * deviation + mean * mean);
                if (size > 0 && double.IsFinite(size)) column.Scale = Math.Pow(2, Math.Round(Math.Log2(size))); // exact, so that equal sums stay equal
                if (deviation > 0 && deviation < LeastSpread * Math.Abs(mean) && group.Columns.Exists(c => c.IsConstant)) _narrow = Narrow(column, group);
            }
    }

    /// <summary>A slope that the arithmetic cannot tell from a constant: its squares differ beyond the eighth digit only.</summary>
    static FitRefusal Narrow(ModelColumn column, Grouping group) => new(FitRefusalCode.Numerical,
        $"`{column.Name}` varies by less than a ten-thousandth of its size, so that its effects over `{group.Name}` cannot be told from those of the constant", "subtract a number in its middle first, such as I(x - 2020): only the constant's meaning changes");

    /// <summary>Mean and standard deviation in two passes.</summary>
    (double Mean, double Deviation) Moments(ModelColumn column)
    {
        var mean = Sum(column, 0, squared: false) / Design.Rows;
        return (mean, Math.Sqrt(Sum(column, mean, squared: true) / Design.Rows));
    }

    /// <summary>Σ (v − centre), or of its square, block by block.</summary>
    double Sum(ModelColumn column, double centre, bool squared) => InParts.Sum(Design.Rows, (from, to) =>
    {
        var values = new double[4096];
        var sum = 0.0;
        for (; from < to; from += values.Length)
        {
            var block = values.AsSpan(0, Math.Min(values.Length, to - from));
            column.Fill(from, block);
            var own = 0.0;
            foreach (var v in block) own += squared ? (v - centre) * (v - centre) : v - centre;
            sum += own;
        }
        return sum;
    });

    /// <summary>Sweeps the columns in order; one that the earlier ones give is left out, as R does.</summary>
    void LeaveOutRedundant()
    {
        var columns = Design.Fixed;
        var p = columns.Count;
        var cross = Cross(columns);
        var l = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            var row = l.AsSpan(_used.Count * p, p);
            for (var j = 0; j < _used.Count; j++)
            {
                var at = columns.IndexOf(_used[j]);
                row[j] = (cross[i * p + at] - Dense.Dot(row[..j], l.AsSpan(j * p, j))) / l[j * p + j];
            }
            var pivot = cross[i * p + i] - Dense.Dot(row[.._used.Count], row[.._used.Count]);
            if (pivot > LeastPivot * cross[i * p + i])
            {
                row[_used.Count] = Math.Sqrt(pivot);
                _used.Add(columns[i]);
            }
            else _redundant.Add(columns[i].Name);
        }
    }

    double[] Cross(List<ModelColumn> columns)
    {
        var p = columns.Count;
        var parts = new double[InParts.Count(Design.Rows)][];
        InParts.Each(Design.Rows, (part, from, to) => parts[part] = Cross(columns, from, to));
        var cross = parts[0];
        foreach (var later in parts.AsSpan(1)) Small.Add(cross, later);
        for (var a = 0; a < p; a++) for (var b = 0; b < a; b++) cross[b * p + a] = cross[a * p + b];
        return cross;
    }

    static double[] Cross(List<ModelColumn> columns, int from, int to)
    {
        const int most = 1024;
        var p = columns.Count;
        double[] cross = new double[p * p], values = new double[p * most];
        for (; from < to; from += most)
        {
            var n = Math.Min(most, to - from);
            for (var a = 0; a < p; a++) columns[a].Fill(from, values.AsSpan(a * most, n));
            for (var a = 0; a < p; a++) for (var b = 0; b <= a; b++) cross[a * p + b] += Dense.Dot(values.AsSpan(a * most, n), values.AsSpan(b * most, n));
        }
        return cross;
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_x), nameof(_likelihood), nameof(_scoring))]
    void Collapse(double[]? weights)
    {
        _x = CrossProducts.Of(Design, _groups, [.. _used, Design.Response], weights);
        _likelihood = new Likelihood(_x, new Reduction(_x.Pattern), _reml, Design.Rows);
        _scoring = new Scoring(_likelihood, _x, _mostEvaluations);
    }

    // ---- known error variances ----

    /// <summary>
    /// With known error variances v the weights depend on σ: w(σ) = 1/(1/w + v/σ²). The deviance is minimised over log σ by golden section,
    /// with Λ found anew at each σ.
    /// </summary>
    Scoring.Result? WithErrors()
    {
        var start = _scoring.Start();
        if (_scoring.Minimise(start) is not { } rough) return null;
        var evaluations = 0;
        double middle = 0.5 * Math.Log(rough.At.SigmaSquared);
        var best = Golden(middle - 6, middle + 1, logSigma => Errors(Math.Exp(logSigma), rough.At.Theta, ref evaluations)?.At.Deviance - _x.LogWeights ?? double.PositiveInfinity);
        return Errors(Math.Exp(best), rough.At.Theta, ref evaluations);
    }

    Scoring.Result? Errors(double sigma, double[] start, ref int evaluations)
    {
        var unit = Design.Response.Scale * Design.Response.Scale;
        var weights = new double[Design.Rows];
        for (var i = 0; i < weights.Length; i++) weights[i] = 1 / (1 / (Design.Weights?[i] ?? 1) + Design.ErrorVariances![i] / unit / (sigma * sigma));
        evaluations += _likelihood.Evaluations;
        Collapse(weights);
        _likelihood.Reduction.TryPlan();
        return _scoring.Minimise(start, new Held(Sigma: sigma));
    }

    static double Golden(double low, double high, Func<double, double> f)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        double a = high - ratio * (high - low), b = low + ratio * (high - low), fa = f(a), fb = f(b);
        while (high - low > 1e-7)
            if (fa < fb) (high, b, fb, a, fa) = (b, a, fa, b - ratio * (b - low), f(b - ratio * (b - low)));
            else (low, a, fa, b, fb) = (a, b, fb, a + ratio * (high - a), f(a + ratio * (high - a)));
        return (low + high) / 2;
    }

    // ---- back to the data's own units ----

    internal IReadOnlyList<string> Redundant => _redundant;

    /// <summary>What the scaling adds to the deviance.</summary>
    internal double DevianceShift()
    {
        var shift = 2 * _likelihood.Freedom * Math.Log(Design.Response.Scale) - _x.LogWeights;
        return _reml ? shift + 2 * _used.Sum(c => Math.Log(c.Scale)) : shift;
    }

    /// <summary>The fixed effects of the data's own columns.</summary>
    internal double[] Unscaled(double[] beta)
    {
        var y = Design.Response;
        var own = Small.Of(beta.Length, i => beta[i] * y.Scale / _used[i].Scale);
        if (_constant < 0) return own;
        own[_constant] += y.Centre;
        for (var i = 0; i < own.Length; i++) if (i != _constant) own[_constant] -= own[i] * _used[i].Centre;
        return own;
    }

    /// <summary>How the data's own fixed effects follow from the scaled ones, apart from the response's centre: p × p.</summary>
    internal double[] Back()
    {
        var p = _used.Count;
        var back = new double[p * p];
        for (var i = 0; i < p; i++) back[i * p + i] = Design.Response.Scale / _used[i].Scale;
        for (var i = 0; _constant >= 0 && i < p; i++) if (i != _constant) back[_constant * p + i] = -back[i * p + i] * _used[i].Centre;
        return back;
    }
}
