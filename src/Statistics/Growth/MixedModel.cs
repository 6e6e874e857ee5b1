namespace Groeilijn.Statistics.Growth;

/// <summary>How a model is fitted.</summary>
public sealed record MixedModelOptions
{
    /// <summary>The restricted likelihood (REML), or the full one (ML).</summary>
    public bool Reml { get; init; } = true;

    /// <summary>The column of weights w: the residual variance of a row is σ²/w.</summary>
    public string? Weights { get; init; }

    /// <summary>The column of known error variances v, in units of the response squared: the residual variance of a row is σ²/w + v.</summary>
    public string? ErrorVariances { get; init; }

    /// <summary>After how many evaluations of the likelihood a search gives up; the fit then says that it did not converge.</summary>
    public int MostEvaluations { get; init; } = 300;
}

/// <summary>
/// A linear mixed model y = Xβ + Zb + ε, b ~ N(0, σ²ΛΛᵀ), ε ~ N(0, σ²/w + v), fitted by profiled (restricted) likelihood: the same
/// model, criterion and estimates as R's lme4 (Bates, Mächler, Bolker and Walker, J. Stat. Software 67, 2015). Any number of grouping
/// factors, nested or crossed.
/// </summary>
public static class MixedModel
{
    /// <summary>Fits a formula to data.</summary>
    /// <param name="formula">In lme4's notation.</param>
    /// <param name="data">The columns that the formula names.</param>
    /// <param name="options">How; REML without weights unless said otherwise.</param>
    /// <returns>The fit, or why there is none. A fit says itself whether it converged and whether it is singular.</returns>
    public static Fitted<MixedFit> Fit(string formula, DataTable data, MixedModelOptions? options = null)
    {
        var parsed = ModelFormula.Parse(formula);
        return parsed.Ok ? Fit(parsed.Value, data, options) : parsed.Refusal!;
    }

    /// <summary>Fits a formula to data.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="data">The columns that the formula names.</param>
    /// <param name="options">How; REML without weights unless said otherwise.</param>
    public static Fitted<MixedFit> Fit(ModelFormula formula, DataTable data, MixedModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(data);
        var how = options ?? new MixedModelOptions();
        var design = Design.Of(formula, data, how.Weights, how.ErrorVariances);
        return design.Ok ? PreparedModel.Of(design.Value, how.Reml, how.MostEvaluations).Fit() : design.Refusal!;
    }
}
