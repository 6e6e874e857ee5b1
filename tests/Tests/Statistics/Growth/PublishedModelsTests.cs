using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>Models whose answers stand in print or in other programs' documentation.</summary>
public class PublishedModelsTests
{
    static MixedFit Fit(string data, string formula, bool reml = true, string? weights = null)
    {
        var fit = MixedModel.Fit(formula, Published.Table(data), new MixedModelOptions { Reml = reml, Weights = weights });
        Assert.True(fit.Ok, fit.Refusal?.What);
        Assert.True(fit.Value.Converged);
        return fit.Value;
    }

    static void Objective(double expected, MixedFit fit) => Assert.InRange(fit.Objective, expected - 1e-3, expected + 1e-4);

    [Fact] // lme4's vignette (Bates and others 2015, section 5.2): 1743.6, 24.74, 5.92, 0.07, 25.59
    public void Sleepstudy_by_REML()
    {
        var fit = Fit("sleepstudy", "Reaction ~ 1 + Days + (1 + Days | Subject)");
        Objective(1743.628272, fit);
        Published.Close(25.5918, fit.Sigma, "sigma");
        Published.Close(24.7405, fit.Random[0].Deviations[0], "sd of the intercept");
        Published.Close(5.9221, fit.Random[0].Deviations[1], "sd of the slope");
        Published.Close(0.0656, fit.Random[0].Correlations[1][0], "correlation");
        Assert.Equal(["(Intercept)", "Days"], fit.Fixed.Select(f => f.Name));
        Published.Close(251.405105, fit.Fixed[0].Estimate, "intercept");
        Published.Close(6.824557, fit.Fixed[0].StandardError, "its error");
        Published.Close(10.467286, fit.Fixed[1].Estimate, "slope");
        Published.Close(1.545789, fit.Fixed[1].StandardError, "its error");
        Assert.Equal((180, 0, false), (fit.Rows, fit.Dropped, fit.Singular));
    }

    [Theory] // MixedModels.jl's documentation and test/pls.jl
    [InlineData("sleepstudy", "Reaction ~ 1 + Days + (1 + Days | Subject)", 1751.9393444636682)]
    [InlineData("Dyestuff", "Yield ~ 1 + (1 | Batch)", 327.3270598811428)]
    [InlineData("Dyestuff2", "Yield ~ 1 + (1 | Batch)", 162.87303665382575)]
    [InlineData("Penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)", 332.1883486700085)]
    [InlineData("Pastes", "strength ~ 1 + (1 | batch/cask)", 247.9944658624955)]
    [InlineData("Pastes", "strength ~ 1 + (1 | batch) + (1 | sample)", 247.9944658624955)]
    public void Deviances_by_ML(string data, string formula, double deviance) => Objective(deviance, Fit(data, formula, reml: false));

    [Fact] // lme4: sd 0.845572512, 1.770647429, residual 0.549932140
    public void Penicillin_crosses_plates_and_samples()
    {
        var fit = Fit("Penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)", reml: false);
        Published.Close(0.845572512, fit.Random[0].Deviations[0], "plate");
        Published.Close(1.770647429, fit.Random[1].Deviations[0], "sample");
        Published.Close(0.549932140, fit.Sigma, "sigma");
        Assert.Equal([24, 6], fit.Random.Select(r => r.Levels));
    }

    [Fact] // lme4: "boundary (singular) fit", REML 161.82827781
    public void Dyestuff2_has_no_variance_between_batches_and_says_so()
    {
        var fit = Fit("Dyestuff2", "Yield ~ 1 + (1 | Batch)");
        Objective(161.82827781, fit);
        Assert.True(fit.Singular);
        Assert.Equal(0, fit.Random[0].Deviations[0]);
        Published.Close(3.71568427, fit.Sigma, "sigma");
        Published.Close(0.67838803, fit.Fixed[0].StandardError, "error of the mean");
    }

    [Fact] // lme4: REML 1743.66929358, sd 25.0513283, 5.9881867, residual 25.5652792
    public void Two_bars_leave_out_the_correlation()
    {
        var fit = Fit("sleepstudy", "Reaction ~ Days + (Days || Subject)");
        Objective(1743.6692935815, fit);
        Assert.Equal([1, 1], fit.Random.Select(r => r.Terms.Count));
        Published.Close(25.0513283, fit.Random[0].Deviations[0], "intercept");
        Published.Close(5.9881867, fit.Random[1].Deviations[0], "slope");
    }

    [Fact] // lme4 with weights = size: REML -49.38094942811
    public void Weights_as_lme4_has_them()
    {
        var fit = Fit("cbpp", "rate ~ factor(period) + (1 | herd)", weights: "size");
        Objective(-49.38094942811, fit);
        Published.Close(0.4356266, fit.Sigma, "sigma");
        Published.Close(0.0626173, fit.Random[0].Deviations[0], "herd");
        Published.Close(-0.121065721, fit.Fixed[1].Estimate, "period 2");
        Published.Close(0.0447211991, fit.Fixed[3].StandardError, "error of period 4");
    }

    [Fact] // lme4: REML 1633.2461814723
    public void Factors_and_their_interaction_have_treatment_contrasts()
    {
        var fit = Fit("cake", "angle ~ recipe * factor(temperature) + (1 | recipe:replicate)");
        Objective(1633.2461814723, fit);
        Assert.Equal(18, fit.Fixed.Count);
        Assert.Equal("recipeB:factor(temperature)195", fit.Fixed.Single(f => f.Name.StartsWith("recipeB:", StringComparison.Ordinal) && f.Name.EndsWith("195", StringComparison.Ordinal)).Name);
        Published.Close(3.2, fit.Fixed.Single(f => f.Name == "recipeB:factor(temperature)195").Estimate, "an interaction");
        Published.Close(2.33643029, fit.Fixed[^1].StandardError, "its error");
    }

    [Fact] // confint(lmer(Reaction ~ Days + (Days | Subject), REML = FALSE), method = "profile")
    public void Profile_intervals_of_sleepstudy()
    {
        var intervals = Fit("sleepstudy", "Reaction ~ Days + (Days | Subject)").ProfileIntervals().ToDictionary(p => p.Name, p => p.Interval);
        (string, double, double)[] expected =
        [
            ("sd Subject (Intercept)", 14.38148112, 37.71601874), ("sd Subject Days", 3.80116476, 8.75336666), ("sigma", 22.89826622, 28.85799732),
            ("(Intercept)", 237.68069547, 265.12951469), ("Days", 7.35865330, 13.57591874),
        ];
        foreach (var (name, low, high) in expected)
        {
            Published.Close(low, intervals[name].Low, name);
            Published.Close(high, intervals[name].High, name);
        }
    }

    [Fact]
    public void A_profile_reaches_zero_where_zero_is_not_excluded()
    {
        var batch = Fit("Dyestuff2", "Yield ~ 1 + (1 | Batch)").ProfileIntervals()[0];
        Assert.Equal("sd Batch (Intercept)", batch.Name);
        Assert.Equal(0, batch.Interval.Low);
        Assert.InRange(batch.Interval.High, 1, 4);
    }

    [Fact] // ranef(lmer(Reaction ~ Days + (Days | Subject)), condVar = TRUE)
    public void Effects_of_subjects_and_their_conditional_covariance()
    {
        var fit = Fit("sleepstudy", "Reaction ~ Days + (Days | Subject)");
        var first = fit.Effects("Subject")[0];
        Assert.Equal("308", first.Level);
        Published.Close(2.25855095, first.Modes[0], "intercept");
        Published.Close(9.19897577, first.Modes[1], "slope");
        Assert.InRange(first.Conditional[0], 145.69, 145.72);
        Assert.InRange(first.Conditional[1], -21.446, -21.443);
        Assert.InRange(first.Conditional[3], 5.3119, 5.3126);
        Assert.True(first.Covariance[0] > first.Conditional[0] && first.Covariance[3] > first.Conditional[3]);
        Published.Close(98881.57, fit.Residuals().Sum(e => e * e), "residual sum of squares");
    }

    [Fact]
    public void A_bootstrap_of_the_fit_finds_the_errors_of_the_fit_again_and_the_same_for_the_same_seed()
    {
        var fit = Fit("sleepstudy", "Reaction ~ Days + (Days | Subject)");
        var replicates = fit.BootstrapReplicates(400, 3).ToList();
        Assert.True(replicates.Count > 390);
        var slopes = replicates.ConvertAll(r => r.Fixed[1]);
        var mean = slopes.Average();
        Assert.InRange(mean, 10.467 - 0.25, 10.467 + 0.25);
        Assert.InRange(Math.Sqrt(slopes.Average(s => (s - mean) * (s - mean))), 1.546 * 0.88, 1.546 * 1.12);
        Assert.InRange(replicates.Average(r => r.Sigma), 25, 26.2);
        Assert.Equal(slopes.Take(5), fit.BootstrapReplicates(5, 3).Select(r => r.Fixed[1]));
    }
}
