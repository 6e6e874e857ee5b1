namespace Groeilijn.Statistics.OutputChecks;

/// <summary>The rules for one output: first whether it can be read and what it is, then each column by what it holds.</summary>
sealed partial class TableRules(OutputTable table, Findings found)
{
    /// <summary>Longer tables are more like the data than like a result.</summary>
    const int MostRows = 100_000;

    readonly Limits _limits = found.Limits;

    internal void Check()
    {
        if (table.Unread is { } unread) { Tell(Statbarn.Unknown, Fault.Review("unreadable", unread.What, unread.Remedy)); return; }
        if (table.Rows == 0) { Tell(Statbarn.Unknown, Fault.Review("empty", "there is no row of data, so nothing was checked", "give the file that would leave")); return; }
        if (table.Rows > MostRows) Tell(Statbarn.Unknown, Fault.Review("too-long", "a table of this length is more like the data than like a result", "add it up to fewer groups, or have a person look"));
        Shape();
        foreach (var column in table.Columns) Cells(column);
        Counts();
        Percentages();
        Aggregates();
        Percentiles();
        Endpoints();
        Modes();
        Models();
        Ratios();
        Survivals();
        Concentrations();
        Clusters();
    }

    /// <summary>What is not known cannot pass.</summary>
    void Shape()
    {
        foreach (var column in table.Columns)
        {
            if (column.Role == Role.UnitName) Tell(Statbarn.UnitValues, Fault.Refuse("unit-records", "the column names single units", "take the column out, and add up to groups"), column);
            if (column.Role == Role.UnitValue) Tell(Statbarn.UnitValues, Fault.Refuse("unit-values", "residuals, fitted values and points of a scatter plot are values of single units", "give a table of counts by classes, or the model's coefficients"), column);
            if (column.Role == Role.Unknown) Tell(Statbarn.Unknown, Fault.Review("unknown-column", "it is not known what the column holds", "declare it in a JSON declaration as group, count or value, with the kind of output"), column);
            if (column is { Role: Role.Largest, IsEvidence: false }) Tell(Statbarn.UnitValues, Fault.Refuse("evidence-column", "the largest contributions are values of single units", "keep them in a file of their own, and name that file as evidence in the declaration"), column);
        }
        if (table.EndsShown == true) Tell(Statbarn.Endpoints, Fault.Refuse("endpoint", "the picture shows the smallest or largest value, which may be one unit's", "end the whiskers at the 10th and 90th percentile, and open the end classes"));
        if (table.EndsShown is null && table.First(Role.Edge) is { } edge && Shown(edge, table.Rows - 1)) Tell(Statbarn.Endpoints, Fault.Review("end-classes", "a closed last class may end at one unit's value", "leave its upper edge empty, or declare minimumShown and maximumShown as false"), edge);
        if (table.Columns.All(c => c.Role is Role.Group or Role.Unknown or Role.Beside or Role.Edge or Role.Term or Role.Time or Role.Largest or Role.Cluster)) Tell(Statbarn.Unknown, Fault.Review("unknown-shape", "there is no column of counts or of a known statistic, so nothing was checked", "name the columns as the manual does (n, mean, p50, estimate, df), or declare the output"));
        if (table.Kind is { } kind && !table.Columns.Any(c => Barns(c.Role).Contains(kind))) Tell(kind, Fault.Review("declared-not-found", "no column holds what is declared", "say in the declaration which columns are the values"));
    }

    internal static IEnumerable<Statbarn> Barns(Role role) => role switch
    {
        Role.Count => [Statbarn.Frequencies, Statbarn.LinkedMultilevelTables],
        Role.Base or Role.Percentage or Role.Share => [Statbarn.Frequencies],
        Role.Mean or Role.Sum => [Statbarn.LinearAggregations],
        Role.Percentile => [Statbarn.Position],
        Role.Endpoint => [Statbarn.Endpoints],
        Role.Mode => [Statbarn.Mode],
        Role.Shape => [Statbarn.Shape],
        Role.Coefficient => [Statbarn.CorrelationCoefficients, Statbarn.StatisticalHypothesisTests],
        Role.Test => [Statbarn.StatisticalHypothesisTests],
        Role.Ratio => [Statbarn.CalculatedRatios],
        Role.Survival or Role.AtRisk or Role.Events => [Statbarn.HazardSurvivalTables],
        Role.Concentration => [Statbarn.NonLinearConcentrationRatios],
        Role.Gini => [Statbarn.GiniCoefficient],
        Role.Cluster => [Statbarn.Clusters],
        Role.UnitValue or Role.UnitName => [Statbarn.UnitValues],
        _ => [],
    };

    static readonly Fault s_formula = Fault.Refuse("formula", "the cell is a formula, which a spreadsheet would run and whose sources would travel along", "write the computed value");
    static readonly Fault s_comma = Fault.Review("decimal-comma", "the number has a decimal comma and was not read", "write decimals with a point");
    static readonly Fault s_text = Fault.Review("not-a-number", "a text stands where a number should, so nothing was checked there", "write a number, or leave the cell empty when it is hidden");
    static readonly Fault s_infinite = Fault.Review("not-a-number", "the number is infinite or NaN", "leave the cell empty when there is no result");
    static readonly Fault s_negative = Fault.Refuse("negative-count", "a count is below zero, so the file is not what it says", "give the unweighted counts of units");
    static readonly Fault s_fraction = Fault.Review("no-whole-count", "a count is no whole number, so it is weighted or rounded", "give the unweighted counts of units beside it");

    void Cells(OutputColumn column)
    {
        if (column.Role is Role.Unknown) return;
        var words = column.Role is Role.Group or Role.Term or Role.Cluster or Role.Beside or Role.Edge or Role.UnitName or Role.UnitValue or Role.Mode or Role.Time;
        var counts = column.Role is Role.Count or Role.Base or Role.AtRisk or Role.Events or Role.FourCounts or Role.EndpointCount or Role.ModeCount;
        for (var row = 0; row < table.Rows; row++)
        {
            var cell = column.Cell(row);
            Fault? fault = cell.Kind switch
            {
                CellKind.Formula => s_formula,
                CellKind.Comma when !words => s_comma,
                CellKind.Text when !words => s_text,
                CellKind.NotFinite when !words => s_infinite,
                CellKind.Number when counts && cell.Value < 0 => s_negative,
                CellKind.Number when counts && cell.Value != Math.Floor(cell.Value) => s_fraction,
                _ => null,
            };
            if (fault is { } wrong) Tell(Barns(column.Role).DefaultIfEmpty(Statbarn.Unknown).First(), wrong, column, row);
        }
    }

    void Tell(Statbarn statbarn, Fault fault, OutputColumn? column = null, int? row = null) => found.Add(table.File, statbarn, fault, column?.Label, row + 1);

    /// <summary>Applies a rule to every row; what no row breaks has passed.</summary>
    void Each(Statbarn statbarn, string rule, string kept, OutputColumn column, Func<int, Fault?> judge)
    {
        var (broken, places) = (false, 0);
        for (var row = 0; row < table.Rows; row++)
        {
            if (judge(row) is { } fault) { Tell(statbarn, fault, column, row); broken = true; }
            else if (column.Cell(row).Kind == CellKind.Number || column.Role is Role.Mode && Shown(column, row)) places++;
        }
        if (!broken && places > 0) found.Passed(table.File, statbarn, rule, kept, column.Label, places);
    }

    /// <summary>Whether a value stands in the row, so that a rule applies.</summary>
    static bool Shown(OutputColumn column, int row) => column.Cell(row).Kind is not CellKind.Hidden;

    static Fault NeedsCount => Fault.Review("needs-count", "the number of units under this number is not given", "add a column n with the unweighted units of each row");

    Fault TooFew => Fault.Refuse("minimum-count", FormattableString.Invariant($"there are fewer than {_limits.MinCount} units under this number"), "join groups, or hide the cell and enough others that it cannot be computed (groeilijn protect)");

    /// <summary>Whether the units under a value are known and enough.</summary>
    Fault? Units(int row) => table.First(Role.Count)?.Number(row) is not { } n ? NeedsCount : n < _limits.MinCount ? TooFew : null;
}
