namespace Groeilijn.Statistics.OutputChecks;

/// <summary>Kinds of statistics that share their risks: the statbarns of the SACRO ontology, and two of our own.</summary>
public enum Statbarn
{
    /// <summary>Counts of units, in tables or graphs; percentages of a known base.</summary>
    Frequencies,
    /// <summary>Sums and means.</summary>
    LinearAggregations,
    /// <summary>Percentiles, the median, box plots.</summary>
    Position,
    /// <summary>The smallest, the largest, and the range.</summary>
    Endpoints,
    /// <summary>The most frequent value.</summary>
    Mode,
    /// <summary>Standard deviation, variance, skewness, kurtosis.</summary>
    Shape,
    /// <summary>Coefficients of models, correlations.</summary>
    CorrelationCoefficients,
    /// <summary>Test statistics, p-values, intervals, fit.</summary>
    StatisticalHypothesisTests,
    /// <summary>Odds and risk ratios.</summary>
    CalculatedRatios,
    /// <summary>Survival and hazard tables and curves.</summary>
    HazardSurvivalTables,
    /// <summary>What several outputs tell together.</summary>
    LinkedMultilevelTables,
    /// <summary>Concentration, such as the Herfindahl-Hirschman index.</summary>
    NonLinearConcentrationRatios,
    /// <summary>The Gini coefficient.</summary>
    GiniCoefficient,
    /// <summary>Clusters and their sizes.</summary>
    Clusters,
    /// <summary>Not in the ontology: values of single units, as scatter plots and residuals show them.</summary>
    UnitValues,
    /// <summary>Not in the ontology: it is not known what this is.</summary>
    Unknown,
}

/// <summary>
/// Which analysis belongs to which statbarn, by the names of the SACRO ontology (ACRO 1.0.1). Six stand elsewhere than there: a hazard ratio, a beta coefficient and factor
/// loadings are coefficients, a covariance matrix is a matter of shape, a scatter graph shows single units, and a kernel density shows counts.
/// </summary>
public static class Ontology
{
    static readonly Dictionary<string, Statbarn> s_analyses = Names();

    /// <summary>The statbarn of an analysis or of a statbarn's own name, whatever the capitals; null when the name is not known.</summary>
    public static Statbarn? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (s_analyses.TryGetValue(name, out var found)) return found;
        return Enum.TryParse(name, ignoreCase: true, out Statbarn own) && own != Statbarn.Unknown && !char.IsAsciiDigit(name[0]) ? own : null;
    }

    /// <summary>Every analysis that is known by name.</summary>
    public static IReadOnlyCollection<string> Analyses => s_analyses.Keys;

    static Dictionary<string, Statbarn> Names()
    {
        var names = new Dictionary<string, Statbarn>(StringComparer.OrdinalIgnoreCase);
        Add(Statbarn.Frequencies, "AlluvialFlow Crosstabs FrequencyTable Heatmap Histogram KernelEstimates LineGraph PieChart PrevalenceRatio SimpleConcentrationRatio SmoothedHistogram WaterfallChart Frequency Counts Percentage");
        Add(Statbarn.LinearAggregations, "BarGraph Mean MeanPlots Sum TrimmedMean Magnitude");
        Add(Statbarn.Position, "BoxPlot InterquartileRange Median Quartiles Percentile");
        Add(Statbarn.Endpoints, "Maximum Minimum Range");
        Add(Statbarn.Mode, "ModeCalculation");
        Add(Statbarn.Shape, "Kurtosis MahalanobisDistance Skewness StandardDeviation VarianceCovarianceMatrix");
        Add(Statbarn.CorrelationCoefficients, "Ancova BetaCoefficient BinaryLogisticRegression CanonicalCorrelation ContrastCoefficients Covariates FactorAnalysis GeneralLinearModel HazardRatio KendallsRank LinearRegressionCoefficients LogLinearForHigherOrderTables LogisticRegression Logit LongitudinalEstimation Mancova MultinomialLogit MultipleRegression MultivariateAnalysisOfVariance OmnibusTestsOfModelCoefficients PanelDataModels PartialCorrelationCoefficients PhiCoefficient Probit StandardisedRegressionCoefficients StructuralEquationModelling ThreeStageLeastSquares TwoStageLeastSquares TwoWayAnalysisOfVariance ZeroOrderCorrelation Regression");
        Add(Statbarn.StatisticalHypothesisTests, "AdjustedRSquared AnalysisOfVariance BartlettsTestOfSphericity BoxsTestOfEqualityOfCovarianceMatrices ChiSquaredTest CochransQTest CoefficientOfDetermination CohensD CohensKappaCoefficient ConfidenceIntervals CoxSnellRSquared CramersV DiscriminantFunctionAnalysis DiscriminantValidity EigenvaluesScreePlots EtaSquared FriedmanTest HomogeneityOfRegression HomogeneityOfVariance HomogeneityOfVarianceCovarianceMatrices HosmerLemeshowTest IndependentTtests KaiserMeyerOlkinTest KappaMeasureOfAgreement Kolmogorov-SmirnovTest Kruskal-WallisTest Lambda LevenesTest MannWhitneyUTest MauchlySphericityTest McNemarsTest NagelkerkeRSquared PairedTtests ParallelAnalysis PartialEtaSquared PearsonsProductMomentCorrelationCoefficient PearsonsR PrincipalComponentAnalysis PseudoRSquared RSquared SpearmansRankCorrelationCoefficient TukeysHonestySignificantDifferenceTest WilcoxonSignedRankTest WilksLambda Test");
        Add(Statbarn.CalculatedRatios, "OddRatios RiskRatios Ratio");
        Add(Statbarn.HazardSurvivalTables, "HazardTables KaplanMeier SurvivalTables Survival");
        Add(Statbarn.NonLinearConcentrationRatios, "HerfindahlHirschmanIndex");
        Add(Statbarn.GiniCoefficient, "GiniCurves");
        Add(Statbarn.UnitValues, "ScatterGraph Residuals");
        return names;

        void Add(Statbarn statbarn, string analyses)
        {
            foreach (var analysis in analyses.Split(' ')) names.Add(analysis, statbarn);
        }
    }
}
