namespace Groeilijn.Statistics.Growth;

/// <summary>A fixed effect.</summary>
/// <param name="Name">As R names the column.</param>
/// <param name="Estimate">In units of the response for one unit of the column.</param>
/// <param name="StandardError">Its standard error, given the variance components.</param>
public readonly record struct FixedEffect(string Name, double Estimate, double StandardError);

/// <summary>The variance components of one random term.</summary>
/// <param name="Group">The grouping factor.</param>
/// <param name="Levels">How many levels it has.</param>
/// <param name="Terms">What varies.</param>
/// <param name="Deviations">Standard deviations, in units of the response for one unit of the column.</param>
/// <param name="Correlations">Correlations; 0 with an effect that does not vary.</param>
public sealed record RandomEffect(string Group, int Levels, IReadOnlyList<string> Terms, IReadOnlyList<double> Deviations, IReadOnlyList<IReadOnlyList<double>> Correlations);

/// <summary>The effects of one level, predicted: the conditional mode (BLUP), shrunken to zero as far as its data are few.</summary>
/// <param name="Level">The level's name.</param>
/// <param name="Modes">One value an effect.</param>
/// <param name="Covariance">The covariance of prediction error b̂ − b, row-major; it includes what is not known of the fixed effects, which lme4's conditional variance leaves out.</param>
/// <param name="Conditional">The covariance given the fixed effects, as lme4's <c>condVar</c>.</param>
public sealed record LevelEffect(string Level, double[] Modes, double[] Covariance, double[] Conditional);

/// <summary>How a fit was computed.</summary>
/// <param name="Eliminated">The grouping factor that was eliminated exactly.</param>
/// <param name="Patterns">Its kinds of levels: those of one kind were observed in the same way.</param>
/// <param name="Cells">Kinds of levels that also meet the other factors in the same way: what the likelihood runs over in place of rows.</param>
/// <param name="Series">Whether the search ran on the series, with one exact factor at the end.</param>
/// <param name="Eigenvalue">The largest eigenvalue that the series met; not a number without it.</param>
/// <param name="Drift">By how much the exact log-determinant differed from the series' at the end; not a number without it.</param>
/// <param name="Gap">By how much the log-determinant of the end may be off, when it is from the columns of the inverse; 0 when it is an exact factor's.</param>
public sealed record FitPath(string Eliminated, int Patterns, int Cells, bool Series, double Eigenvalue, double Drift, double Gap);

/// <summary>A mixed model that was fitted. All values are in the data's own units.</summary>
public sealed class MixedFit
{
    const double SingularBelow = 1e-4;
    readonly PreparedModel _model;
    readonly Scoring.Step _at;
    List<string>? _open;

    internal MixedFit(PreparedModel model, Scoring.Result found)
    {
        (_model, _at, Converged) = (model, found.At, found.Converged);
        var y = model.Design.Response.Scale;
        Objective = _at.Deviance + model.DevianceShift();
        Sigma = Math.Sqrt(_at.SigmaSquared) * y;
        Evaluations = model.Likelihood.Evaluations;
        Fixed = FixedEffects();
        Random = [.. model.Design.Groups.SelectMany(Components)];
        var free = model.Scoring.Free;
        for (var i = 0; i < free.Length; i++) Singular |= free[i].Row == free[i].Column && Math.Abs(_at.Theta[i]) < SingularBelow;
    }

    /// <summary>Whether the restricted likelihood was maximised (REML) rather than the full one.</summary>
    public bool Reml => _model.Reml;

    /// <summary>−2 log L, or the REML criterion, as lme4 gives it.</summary>
    public double Objective { get; }

    /// <summary>The residual standard deviation σ.</summary>
    public double Sigma { get; }

    /// <summary>The fixed effects, in the order of R's model matrix, without those left out.</summary>
    public IReadOnlyList<FixedEffect> Fixed { get; }

    /// <summary>Columns of the fixed part that follow from earlier ones and were left out.</summary>
    public IReadOnlyList<string> Redundant => _model.Redundant;

    /// <summary>The random terms, in the order of the formula.</summary>
    public IReadOnlyList<RandomEffect> Random { get; }

    /// <summary>Whether the search ended at a minimum. When false, no number of this fit may be used.</summary>
    public bool Converged { get; }

    /// <summary>Whether a variance is estimated as zero or a correlation as ±1: the data ask for a simpler random part.</summary>
    public bool Singular { get; }

    /// <summary>
    /// The deviations and correlations (<c>sd group term</c>, <c>correlation group term term</c>) for which other values than those given fit exactly as well: their values mean nothing. Empty when
    /// the data can tell all of them. By restricted likelihood a fixed effect for every level of a group leaves its variance open too, and then its standard errors mean nothing.
    /// </summary>
    public IReadOnlyList<string> NotIdentifiable => _open ??= [.. Identification.Open(_model.Products, _model.Scoring.Free, Rows).Concat(WithoutSlope()).Distinct()];

    /// <summary>How often the likelihood was evaluated.</summary>
    public int Evaluations { get; }

    /// <summary>How it was computed.</summary>
    public FitPath Path => new(_model.Groups[0].Name, _model.Products.Patterns.Count, _model.Products.Cells.Count, _model.Likelihood.Reduction.Searching, _model.Likelihood.Reduction.Eigenvalue, _model.Likelihood.Reduction.Drift, _model.Likelihood.Reduction.Gap);

    /// <summary>Rows used.</summary>
    public int Rows => _model.Design.Rows;

    /// <summary>Rows left out because a cell was missing.</summary>
    public int Dropped => _model.Design.Dropped;

    /// <summary>What the likelihood does not depend on at all: the slopes of both its parts are nothing, though the deviation is not.</summary>
    IEnumerable<string> WithoutSlope()
    {
        for (var i = 0; i < _at.Theta.Length; i++)
        {
            var (k, row, column) = _model.Scoring.Free[i];
            var group = _model.Products.Groups[k];
            var at = row * group.Columns.Count + column;
            var slope = Math.Abs(_at.Point.LogSlope[k][at]) + Math.Abs(_at.Point.ResidualSlope[k][at]) / _at.SigmaSquared;
            if (row == column && Math.Abs(_at.Theta[i]) > 1e-3 && slope * Math.Abs(_at.Theta[i]) < 1e-8 * group.Levels.Count) yield return Identification.Name(group, row, column);
        }
    }

    /// <summary>The covariance matrix of the fixed effects, row-major.</summary>
    public double[] FixedCovariance()
    {
        var p = _model.Columns.Count;
        var back = _model.Back();
        var half = Small.Product(back, _at.Point.Omega, p, p, p);
        var made = new double[p * p];
        Small.MultiplyTransposedAdd(half, back, made, p, p, p, _at.SigmaSquared);
        return made;
    }

    FixedEffect[] FixedEffects()
    {
        var beta = _model.Unscaled(_at.Point.Beta);
        var covariance = FixedCovariance();
        var made = new FixedEffect[beta.Length];
        for (var i = 0; i < made.Length; i++) made[i] = new(_model.Columns[i].Name, beta[i], Math.Sqrt(covariance[i * beta.Length + i]));
        return made;
    }

    IEnumerable<RandomEffect> Components(Grouping group)
    {
        var factor = Array.IndexOf(_model.Products.Groups, group);
        var size = group.Columns.Count;
        var gamma = new double[size * size];
        Small.MultiplyTransposedAdd(_at.Point.Lambda[factor], _at.Point.Lambda[factor], gamma, size, size, size);
        for (var t = 0; t < group.Terms.Count; t++)
        {
            var (from, to) = (group.Terms[t], t + 1 < group.Terms.Count ? group.Terms[t + 1] : size);
            var n = to - from;
            var (names, correlations) = (new string[n], new IReadOnlyList<double>[n]);
            for (var a = 0; a < n; a++)
            {
                var r = from + a;
                names[a] = group.Columns[r].Name;
                correlations[a] = Small.Of(n, b => a == b ? 1 : Correlation(gamma[r * size + from + b], gamma[r * size + r], gamma[(from + b) * size + from + b]));
            }
            yield return new RandomEffect(group.Name, group.Levels.Count, names, Small.Of(n, a => Sigma * Math.Sqrt(gamma[(from + a) * (size + 1)]) / group.Columns[from + a].Scale), correlations);
        }
    }

    static double Correlation(double both, double one, double other) => one > 0 && other > 0 ? Math.Clamp(both / Math.Sqrt(one * other), -1, 1) : 0;

    // ---- effects of levels ----

    /// <summary>The predicted effects of every level of a grouping factor, in the order of the levels; effects in the order of the formula's terms.</summary>
    /// <param name="group">The name of the factor, as in <see cref="RandomEffect.Group"/>.</param>
    /// <exception cref="ArgumentException">There is no such factor.</exception>
    public IReadOnlyList<LevelEffect> Effects(string group)
    {
        var factor = Array.FindIndex(_model.Products.Groups, g => g.Name == group);
        if (factor < 0) throw new ArgumentException("The model has no such grouping factor.", nameof(group));
        return [.. new LevelEffects(_model, _at).Of(factor)];
    }

    // ---- rows ----

    /// <summary>The row of the data, from 0, that each used row is.</summary>
    public int RowOf(int row) => _model.Design.RowOf(row);

    /// <summary>Xβ + Zb for every used row.</summary>
    public double[] FittedValues() => new LevelEffects(_model, _at).FittedValues();

    /// <summary>y − Xβ − Zb for every used row.</summary>
    public double[] Residuals()
    {
        var fitted = FittedValues();
        var y = new double[1];
        var (centre, scale) = (_model.Design.Response.Centre, _model.Design.Response.Scale);
        for (var i = 0; i < fitted.Length; i++)
        {
            _model.Design.Response.Fill([i], y);
            fitted[i] = y[0] * scale + centre - fitted[i];
        }
        return fitted;
    }

    /// <summary>
    /// 95 % likelihood-profile intervals of every standard deviation, of σ and of every fixed effect, always by full likelihood, as
    /// lme4's <c>confint(method = "profile")</c>. Correlations are not profiled.
    /// </summary>
    public IReadOnlyList<ProfiledParameter> ProfileIntervals() => Profile.Of(_model);

    /// <summary>Parametric bootstrap: replicates that converged, one after another.</summary>
    /// <param name="replicates">How many.</param>
    /// <param name="seed">The same seed gives the same replicates.</param>
    public IEnumerable<BootstrapReplicate> BootstrapReplicates(int replicates, ulong seed) => Bootstrap.Of(this, replicates, seed);

    internal PreparedModel Model => _model;

    internal Scoring.Step At => _at;
}
