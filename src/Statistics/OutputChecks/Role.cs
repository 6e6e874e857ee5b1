namespace Groeilijn.Statistics.OutputChecks;

/// <summary>What a column of an output holds.</summary>
public enum Role
{
    /// <summary>Not known.</summary>
    Unknown,
    /// <summary>What the numbers of a row are about: a code of a category.</summary>
    Group,
    /// <summary>Unweighted units under the numbers of a row.</summary>
    Count,
    /// <summary>The units that percentages are of.</summary>
    Base,
    /// <summary>A percentage, 0 to 100.</summary>
    Percentage,
    /// <summary>A share, 0 to 1.</summary>
    Share,
    /// <summary>A mean.</summary>
    Mean,
    /// <summary>A sum.</summary>
    Sum,
    /// <summary>A contribution among the largest to the sum; columns stand largest first.</summary>
    Largest,
    /// <summary>A percentile.</summary>
    Percentile,
    /// <summary>The smallest or largest value, or the range.</summary>
    Endpoint,
    /// <summary>How many units share the endpoint.</summary>
    EndpointCount,
    /// <summary>The most frequent value.</summary>
    Mode,
    /// <summary>How many units have the most frequent value.</summary>
    ModeCount,
    /// <summary>Standard deviation, variance, skewness, kurtosis.</summary>
    Shape,
    /// <summary>Residual degrees of freedom.</summary>
    Df,
    /// <summary>The name of a coefficient's variable.</summary>
    Term,
    /// <summary>A coefficient of a model, a correlation.</summary>
    Coefficient,
    /// <summary>A test statistic, a p-value, a standard error, an interval.</summary>
    Test,
    /// <summary>Goes with another number and tells nothing more: the degrees of freedom of a hypothesis.</summary>
    Beside,
    /// <summary>The upper edge of a histogram's class; empty when the class is open.</summary>
    Edge,
    /// <summary>An odds or risk ratio.</summary>
    Ratio,
    /// <summary>One of the four counts that a ratio is made of.</summary>
    FourCounts,
    /// <summary>The moment of a step in a survival table.</summary>
    Time,
    /// <summary>Units at risk in a step.</summary>
    AtRisk,
    /// <summary>Events in a step.</summary>
    Events,
    /// <summary>The share that survives a step, or a hazard.</summary>
    Survival,
    /// <summary>A concentration index, 0 to 1 or 0 to 10,000.</summary>
    Concentration,
    /// <summary>A Gini coefficient.</summary>
    Gini,
    /// <summary>The name of a cluster.</summary>
    Cluster,
    /// <summary>A value of a single unit: a residual, a fitted value, a point of a scatter plot.</summary>
    UnitValue,
    /// <summary>The name of a single unit.</summary>
    UnitName,
}

/// <summary>What a column's name says of what it holds, as R, Stata, SPSS and Python write them.</summary>
static class ColumnNames
{
    static readonly Dictionary<string, Role> s_roles = Roles();

    /// <summary>The role by name, and the percentage of a percentile.</summary>
    internal static (Role Role, double? Percent) Find(string name)
    {
        var plain = string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        if (name.Trim() is "%") return (Role.Percentage, null);
        if (s_roles.TryGetValue(plain, out var role)) return (role, role != Role.Percentile ? null : plain switch { "MEDIAN" or "MEDIAAN" => 50, "Q1" or "IQR" => 25, "Q3" => 75, _ => null });
        // p10, P90, perc25, and 25% as R names them.
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        var rest = plain.Replace(digits.Length == 0 ? "\0" : digits, "", StringComparison.Ordinal);
        if (digits.Length is 1 or 2 && int.TryParse(digits, out var percent) && percent > 0 && (rest is "P" or "PCTL" or "PERC" or "PERCENTILE" or "PCT" || rest.Length == 0 && name.Contains('%', StringComparison.Ordinal))) return (Role.Percentile, percent);
        if (digits.Length > 0 && rest is "LARGEST" or "TOP" or "GROOTSTE") return (Role.Largest, null);
        return (Role.Unknown, null);
    }

    static Dictionary<string, Role> Roles()
    {
        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        Add(Role.Count, "N COUNT COUNTS FREQ FREQUENCY AANTAL NOBS OBS OBSERVATIONS UNITS PUPILS LEERLINGEN CONTRIBUTORS SIZE UNWEIGHTEDN");
        Add(Role.Base, "BASE DENOMINATOR NBASE TOTALN NTOTAL");
        Add(Role.Percentage, "PERCENT PERCENTAGE PCT PERC ROWPCT COLPCT");
        Add(Role.Share, "SHARE PROPORTION PROP AANDEEL FRACTION");
        Add(Role.Mean, "MEAN AVG AVERAGE GEMIDDELDE TRIMMEDMEAN");
        Add(Role.Sum, "SUM SOM TOTALVALUE TURNOVER");
        Add(Role.Percentile, "MEDIAN MEDIAAN Q1 Q3 IQR PERCENTILE QUANTILE");
        Add(Role.Endpoint, "MIN MAX MINIMUM MAXIMUM RANGE SMALLEST HIGHEST LOWEST WHISKERLOW WHISKERHIGH");
        Add(Role.EndpointCount, "NMIN NMAX MINCOUNT MAXCOUNT NATMIN NATMAX");
        Add(Role.Mode, "MODE MODUS");
        Add(Role.ModeCount, "MODECOUNT NMODE MODEN");
        Add(Role.Shape, "SD STD STDEV STDDEV VAR VARIANCE SKEW SKEWNESS KURTOSIS COV COVARIANCE MAHALANOBIS");
        Add(Role.Df, "DF DOF RESIDUALDF DFRESIDUAL DFRESID RESDF DFR DEGREESOFFREEDOM");
        Add(Role.Term, "TERM VARIABLE PARAMETER PREDICTOR REGRESSOR");
        Add(Role.Coefficient, "COEF COEFFICIENT ESTIMATE BETA B R CORRELATION PEARSON SPEARMAN HAZARDRATIO HR LOADING");
        Add(Role.Test, "STATISTIC T TVALUE TSTAT Z ZVALUE F FVALUE CHI2 CHISQ CHISQUARE P PVALUE PR SE STDERR STDERROR STANDARDERROR R2 RSQUARED ADJR2 ADJRSQUARED CILOW CIHIGH CONFLOW CONFHIGH LOWER UPPER COHENSD");
        Add(Role.Beside, "DFMODEL DFTEST DFNUM DF1 NUMDF");
        Add(Role.Edge, "BINHIGH BINEND");
        Add(Role.Ratio, "OR ODDSRATIO RR RISKRATIO RELATIVERISK RATIO");
        Add(Role.FourCounts, "N11 N12 N21 N22 EXPOSEDCASES EXPOSEDNONCASES UNEXPOSEDCASES UNEXPOSEDNONCASES");
        Add(Role.Time, "TIME TIJD");
        Add(Role.AtRisk, "ATRISK NRISK NATRISK RISKSET");
        Add(Role.Events, "EVENTS NEVENT NEVENTS DEATHS");
        Add(Role.Survival, "SURVIVAL SURV HAZARD CUMHAZ KM");
        Add(Role.Concentration, "HHI HERFINDAHL CONCENTRATION");
        Add(Role.Gini, "GINI");
        Add(Role.Cluster, "CLUSTER CLUSTERS");
        Add(Role.UnitValue, "RESIDUAL RESIDUALS RESID FITTED PREDICTED X Y LEVERAGE OUTLIER");
        Add(Role.UnitName, "ID PUPIL LEERLING RIN BSN PERSON RESPONDENT STUDENT PUPILID STUDENTID RECORDID");
        Add(Role.Group, "YEAR JAAR EDITION GRADE AGE LEEFTIJD SCHOOLYEAR GROUP GROEP CATEGORY REGION SEX QUARTER WAVE BIN BINLOW BINSTART");
        return roles;

        void Add(Role role, string names)
        {
            foreach (var name in names.Split(' ')) roles.Add(name, role);
        }
    }
}
