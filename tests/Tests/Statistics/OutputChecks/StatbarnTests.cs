using System.Text.Json;

namespace Groeilijn.Tests.Statistics.OutputChecks;

/// <summary>For every statbarn an output that passes, one that is refused and one for a person, as files of <c>groeilijn check</c>.</summary>
public sealed class StatbarnTests : IDisposable
{
    readonly Outputs _outputs = new();

    [Theory]
    // counts
    [InlineData("Frequencies", "pass", "region,sex,n\na,m,40\na,f,35\nb,m,22\nb,f,31\n", null)]
    [InlineData("Frequencies", "refuse", "region,sex,n\na,m,40\na,f,9\nb,m,22\nb,f,31\n", "minimum-count")]
    [InlineData("Frequencies", "refuse", "region,n\na,40\nb,0\n", "zero")]
    [InlineData("Frequencies", "refuse", "region,n\na,400\nb,20\n", "group-share")]
    [InlineData("Frequencies", "review", "region,n\na,40.5\nb,31.5\n", "no-whole-count")]
    [InlineData("Frequencies", "pass", "region,base,percentage\na,200,40\nb,200,60\n", null)]
    [InlineData("Frequencies", "refuse", "region,base,percentage\na,200,4\nb,200,60\n", "percentage")]
    [InlineData("Frequencies", "refuse", "region,base,percentage\na,200,100\nb,200,60\n", "group-share")]
    [InlineData("Frequencies", "review", "region,percentage\na,40\nb,60\n", "percentage-base")]
    // a hidden cell and totals
    [InlineData("Frequencies", "refuse", "region,n\na,40\nb,\nc,30\nTotal,75\n", "recoverable")]
    [InlineData("Frequencies", "refuse", "region,n\na,40\nb,31\nTotal,75\n", "difference")]
    [InlineData("Frequencies", "review", "region,n\na,40\nb,31\nTotal,60\n", "not-additive")]
    [InlineData("Frequencies", "pass", "region,n\na,40\nb,*\nc,*\nTotal,75\n", null)]
    [InlineData("Frequencies", "refuse", "variable,n\na,400\nb,20\n", "group-share")]
    [InlineData("Frequencies", "refuse", "region,n,n11,n12\na,40,36,4\nb,50,30,20\n", "minimum-count")]
    // a histogram
    [InlineData("Frequencies", "pass", "bin_low,bin_high,n\n0,5,30\n5,10,40\n10,,20\n", null)]
    [InlineData("Endpoints", "review", "bin_low,bin_high,n\n0,5,30\n5,10,40\n10,14,20\n", "end-classes")]
    // values
    [InlineData("LinearAggregations", "refuse", "region,n,mean\na,40,3.5\nb,9,4.5\n", "minimum-count")]
    [InlineData("LinearAggregations", "review", "region,n,mean\na,40,3.5\nb,30,4.5\n", "dominance")]
    [InlineData("LinearAggregations", "review", "region,mean\na,3.5\nb,4.5\n", "needs-count")]
    [InlineData("Position", "pass", "region,n,p25,p50\na,40,3,5\nb,44,2,6\n", null)]
    [InlineData("Position", "refuse", "region,n,p25,p50\na,40,3,5\nb,39,2,6\n", "percentile-sides")]
    [InlineData("Position", "refuse", "region,n,p90\na,140,3\nb,99,2\n", "percentile-sides")]
    [InlineData("Position", "review", "region,n,p10,p90\na,140,3,3\nb,150,2,9\n", "group-share")]
    [InlineData("Endpoints", "pass", "region,n,max,n_max\na,40,10,12\nb,44,10,15\n", null)]
    [InlineData("Endpoints", "refuse", "region,n,max\na,40,10\nb,44,10\n", "endpoint")]
    [InlineData("Endpoints", "refuse", "region,n,max,n_max\na,40,10,12\nb,44,10,3\n", "endpoint")]
    [InlineData("Endpoints", "review", "region,n,max,n_max\na,40,10,12\nb,44,10,\n", "endpoint")]
    [InlineData("Mode", "pass", "region,n,mode,mode_count\na,40,VWO,12\nb,44,HAVO,15\n", null)]
    [InlineData("Mode", "refuse", "region,n,mode,mode_count\na,40,VWO,39\nb,44,HAVO,15\n", "group-share")]
    [InlineData("Mode", "review", "region,n,mode\na,40,VWO\nb,44,HAVO\n", "group-share")]
    [InlineData("Shape", "pass", "region,n,sd\na,40,1.2\nb,44,1.3\n", null)]
    [InlineData("Shape", "refuse", "region,n,sd\na,40,1.2\nb,10,1.3\n", "minimum-df")]
    [InlineData("Shape", "review", "region,sd\na,1.2\nb,1.3\n", "needs-count")]
    // models
    [InlineData("CorrelationCoefficients", "pass", "term,estimate,std_error,n,df\nage,0.5,0.1,120,117\nses,0.2,0.1,120,117\n", null)]
    [InlineData("CorrelationCoefficients", "refuse", "term,estimate,std_error,n,df\nage,0.5,0.1,15,9\nses,0.2,0.1,15,9\n", "minimum-df")]
    [InlineData("CorrelationCoefficients", "review", "term,estimate,n\nage,0.5,120\nses,0.2,120\n", "needs-df")]
    [InlineData("CorrelationCoefficients", "review", "term,estimate,n,df\n(Intercept),3,120,117\nsexm,0.2,120,117\n", "saturated")]
    [InlineData("CorrelationCoefficients", "refuse", "term,estimate,n,df\nIntercept,3,120,117\nC(sex)[T.m],0.2,120,117\n", "saturated")]
    [InlineData("StatisticalHypothesisTests", "pass", "statistic,p_value,n,df\n2.3,0.02,80,78\n", null)]
    [InlineData("StatisticalHypothesisTests", "refuse", "statistic,p_value,n,df\n2.3,0.02,10,8\n", "minimum-df")]
    [InlineData("StatisticalHypothesisTests", "review", "statistic,p_value,n\n2.3,0.02,80\n", "needs-df")]
    [InlineData("CalculatedRatios", "pass", "region,odds_ratio,n11,n12,n21,n22\na,1.2,20,30,25,45\n", null)]
    [InlineData("CalculatedRatios", "refuse", "region,odds_ratio,n11,n12,n21,n22\na,1.2,20,30,5,45\n", "four-counts")]
    [InlineData("CalculatedRatios", "review", "region,odds_ratio\na,1.2\n", "four-counts")]
    [InlineData("HazardSurvivalTables", "pass", "time,at_risk,events,survival\n1,200,20,0.9\n2,180,30,0.75\n3,150,0,0.75\n", null)]
    [InlineData("HazardSurvivalTables", "refuse", "time,at_risk,events,survival\n1,200,20,0.9\n2,177,30,0.75\n3,174,0,0.75\n", "survival-step")]
    [InlineData("HazardSurvivalTables", "refuse", "time,at_risk,events,survival\n1,30,20,0.33\n2,8,0,0.33\n", "survival-step")]
    [InlineData("HazardSurvivalTables", "review", "time,survival\n1,0.9\n2,0.75\n", "needs-at-risk")]
    [InlineData("NonLinearConcentrationRatios", "pass", "region,n,hhi\na,40,0.05\nb,44,0.08\n", null)]
    [InlineData("NonLinearConcentrationRatios", "refuse", "region,n,hhi\na,40,0.05\nb,44,9500\n", "dominance")]
    [InlineData("NonLinearConcentrationRatios", "review", "region,n,hhi\na,40,0.05\nb,44,0.5\n", "dominance")]
    [InlineData("GiniCoefficient", "pass", "region,n,gini\na,40,0.3\nb,44,0.4\n", null)]
    [InlineData("GiniCoefficient", "refuse", "region,n,gini\na,40,0.3\nb,6,0.4\n", "minimum-count")]
    [InlineData("GiniCoefficient", "review", "region,gini\na,0.3\nb,0.4\n", "needs-count")]
    [InlineData("Clusters", "pass", "cluster,n\n1,40\n2,44\n", null)]
    [InlineData("Clusters", "refuse", "cluster,n\n1,40\n2,4\n", "minimum-count")]
    [InlineData("Clusters", "review", "cluster,n,p50\n1,40,3\n2,44,5\n", "clusters")]
    // no statbarn of the ontology
    [InlineData("UnitValues", "refuse", "fitted,residual\n3,0.1\n4,0.2\n", "unit-values")]
    [InlineData("UnitValues", "refuse", "pupil,region,n\nq,a,12\nr,b,14\n", "unit-records")]
    [InlineData("Unknown", "review", "region,thing\na,3\nb,4\n", "unknown-column")]
    [InlineData("Unknown", "review", "region,colour\na,red\nb,blue\n", "unknown-shape")]
    public void A_file_is_judged_by_its_statbarn(string statbarn, string verdict, string csv, string? rule)
    {
        _outputs.Write("t.csv", csv);
        var (exit, answer) = _outputs.Check("t.csv");
        Assert.Equal(verdict == "pass" ? 0 : 1, exit);
        Assert.Equal(verdict, answer.GetProperty("verdict").GetString());
        Assert.Contains(answer.GetProperty("findings").EnumerateArray(), f => Is(f, "statbarn", statbarn) && Is(f, "verdict", verdict) && (rule is null || Is(f, "rule", rule)));
    }

    [Theory]
    [InlineData("""{"kind":"Mean","file":"t.csv","range":[1,10]}""", "LinearAggregations", "pass", "dominance")]
    [InlineData("""{"kind":"Mean","file":"t.csv","evidence":"two.csv"}""", "LinearAggregations", "pass", "dominance")]
    [InlineData("""{"kind":"Mean","file":"t.csv","evidence":"one.csv"}""", "LinearAggregations", "refuse", "dominance")]
    [InlineData("""{"kind":"Mean","file":"t.csv","range":[-10,10]}""", "LinearAggregations", "review", "dominance")]
    [InlineData("""{"kind":"Mean","file":"se.csv","range":[0,10]}""", "StatisticalHypothesisTests", "pass", "minimum-df")]
    [InlineData("""{"kind":"BoxPlot","file":"box.csv","maximumShown":true}""", "Endpoints", "refuse", "endpoint")]
    [InlineData("""{"kind":"BoxPlot","file":"box.csv"}""", "Position", "pass", "percentile-sides")]
    [InlineData("""{"kind":"Crosstabs","file":"zero.csv","structuralZeros":true}""", "Frequencies", "pass", "minimum-count")]
    [InlineData("""{"kind":"LinearRegressionCoefficients","file":"model.csv","regressors":"continuous"}""", "CorrelationCoefficients", "pass", "saturated")]
    [InlineData("""{"kind":"LinearRegressionCoefficients","file":"model.csv","regressors":"dummies"}""", "CorrelationCoefficients", "refuse", "saturated")]
    [InlineData("""{"kind":"PearsonsR","value":0.5,"count":120,"df":118}""", "StatisticalHypothesisTests", "pass", "minimum-df")]
    [InlineData("""{"kind":"PearsonsR","value":0.5,"count":9,"df":7}""", "StatisticalHypothesisTests", "refuse", "minimum-count")]
    [InlineData("""{"kind":"Median","value":5,"count":19}""", "Position", "refuse", "percentile-sides")]
    [InlineData("""{"kind":"ScatterGraph","file":"strange.csv","values":["u","v"]}""", "UnitValues", "refuse", "unit-values")]
    [InlineData("""{"kind":"KernelEstimates","file":"strange.csv","values":["u","v"]}""", "Frequencies", "review", "declared-not-found")]
    [InlineData("""{"kind":"Histogram","file":"strange.csv","groups":["u"],"count":"v"}""", "Frequencies", "pass", "minimum-count")]
    [InlineData("""{"kind":"VarianceCovarianceMatrix","file":"strange.csv","values":["u","v"],"count":40}""", "Shape", "pass", "minimum-df")]
    public void A_declared_analysis_is_judged_by_what_its_owner_says(string output, string statbarn, string verdict, string rule)
    {
        _outputs.Write("t.csv", "region,n,mean\na,40,3.5\nb,30,4.5\n");
        _outputs.Write("se.csv", "region,n,mean,se\na,40,3.5,0.1\nb,30,4.5,0.1\n");
        _outputs.Write("one.csv", "region,largest1,largest2\na,130,5\nb,20,19\n");
        _outputs.Write("two.csv", "region,largest1,largest2\na,9,8\nb,10,9\n");
        _outputs.Write("box.csv", "region,n,p25,p50,p75\na,40,3,5,6\nb,44,2,6,7\n");
        _outputs.Write("zero.csv", "region,n\na,40\nb,0\nc,30\n");
        _outputs.Write("model.csv", "term,estimate,n,df\n(Intercept),3,120,117\nage,0.2,120,117\n");
        _outputs.Write("strange.csv", "u,v\n1,20\n2,24\n");
        _outputs.Write("d.json", $$"""{"outputs":[{{output}}]}""");
        var (exit, answer) = _outputs.Check("d.json");
        Assert.Equal(verdict, answer.GetProperty("verdict").GetString());
        Assert.Equal(verdict == "pass" ? 0 : 1, exit);
        Assert.Contains(answer.GetProperty("findings").EnumerateArray(), f => Is(f, "statbarn", statbarn) && Is(f, "verdict", verdict) && Is(f, "rule", rule));
    }

    [Fact]
    public void Thresholds_are_options()
    {
        _outputs.Write("t.csv", "region,n\na,40\nb,12\nc,0\n");
        Assert.Equal(1, _outputs.Check("t.csv").Exit);
        Assert.Equal(0, _outputs.Check("t.csv", "--allow-zeros").Exit);
        Assert.Equal(1, _outputs.Check("t.csv", "--allow-zeros", "--min-count", "13").Exit);
        Assert.Equal(1, _outputs.Check("t.csv", "--allow-zeros", "--group-share", "0.7").Exit);
        foreach (var wrong in new[] { "--min-count=0", "--min-df=0", "--p-percent=0", "--dominance=2", "--dominance=2,x", "--group-share=0.2" }) Assert.Equal(2, _outputs.Run("t.csv", wrong).Exit);
    }

    [Fact]
    public void Every_analysis_of_the_ontology_has_its_statbarn_and_six_have_another_than_there()
    {
        var file = Path.Combine(Conventions.Checkout.Shared ?? "", "data", "output-checks", "analyses.json");
        if (!File.Exists(file)) Assert.Skip("The ontology's own file is not beside this checkout.");
        using var ontology = JsonDocument.Parse(File.ReadAllText(file));
        var moved = ontology.RootElement.EnumerateObject().Where(a => Groeilijn.Statistics.OutputChecks.Ontology.Find(a.Name)?.ToString() != a.Value.GetProperty("statbarn").GetString()).Select(a => a.Name);
        Assert.Equal(["BetaCoefficient", "FactorAnalysis", "HazardRatio", "KernelEstimates", "ScatterGraph", "VarianceCovarianceMatrix"], moved.Order(StringComparer.Ordinal));
    }

    static bool Is(JsonElement finding, string name, string value) => finding.GetProperty(name).GetString() == value;

    public void Dispose() => _outputs.Dispose();
}
