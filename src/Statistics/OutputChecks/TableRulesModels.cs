namespace Groeilijn.Statistics.OutputChecks;

/// <summary>Models, tests, shape, ratios, survival and clusters.</summary>
sealed partial class TableRules
{
    void Models()
    {
        foreach (var column in table.Of(Role.Shape)) Freedom(Statbarn.Shape, column, ofUnits: true);
        foreach (var column in table.Of(Role.Coefficient)) Freedom(Statbarn.CorrelationCoefficients, column, ofUnits: false);
        // The standard error or interval of a mean has the units less one.
        foreach (var column in table.Of(Role.Test)) Freedom(Statbarn.StatisticalHypothesisTests, column, ofUnits: table.IsCells);
        if (table.Of(Role.Coefficient).FirstOrDefault() is { } coefficients && table.First(Role.Term) is { } terms) Saturation(coefficients, terms);
    }

    /// <summary>Enough units and enough degrees of freedom; of a spread those are the units less one.</summary>
    void Freedom(Statbarn statbarn, OutputColumn column, bool ofUnits) =>
        Each(statbarn, "minimum-df", FormattableString.Invariant($"at least {_limits.MinDf} degrees of freedom and {_limits.MinCount} units are under every number"), column, row =>
        {
            if (!Shown(column, row)) return null;
            if (Units(row) is { } few) return few;
            var df = table.First(Role.Df)?.Number(row) ?? (ofUnits ? table.First(Role.Count)!.Number(row) - 1 : null);
            if (df is null) return Fault.Review("needs-df", "the residual degrees of freedom are not given", "add a column df with the units less the estimated parameters (a test's own degrees of freedom go in df_test)");
            return df >= _limits.MinDf ? null : Fault.Refuse("minimum-df", FormattableString.Invariant($"there are fewer than {_limits.MinDf} degrees of freedom, so the data nearly follow from the model"), "use fewer parameters or more units");
        });

    /// <summary>A model of categories alone, with its intercept, is a table of means; then every category must be large enough.</summary>
    void Saturation(OutputColumn coefficients, OutputColumn terms)
    {
        string[] names = [.. Enumerable.Range(0, table.Rows).Select(terms.Code)];
        var intercept = names.Any(n => n.Trim('(', ')', '_').ToUpperInvariant() is "INTERCEPT" or "CONST" or "CONS" or "CONSTANT");
        var labelled = names.All(n => n.Contains('[', StringComparison.Ordinal) || n.Contains('=', StringComparison.Ordinal) || n.StartsWith("factor(", StringComparison.Ordinal) || n.Trim('(', ')', '_').ToUpperInvariant() is "INTERCEPT" or "CONST" or "CONS" or "CONSTANT");
        var told = table.Continuous ?? (labelled ? false : null);
        if (told == true || !intercept) found.Passed(table.File, Statbarn.CorrelationCoefficients, "saturated", told == true ? "a continuous regressor is declared, so the coefficients are no table of means" : "the intercept is withheld, so no means follow", coefficients.Label);
        else if (told is null) Tell(Statbarn.CorrelationCoefficients, Fault.Review("saturated", "if all regressors are categories, the coefficients with their intercept are a table of means", "declare regressors as continuous or dummies, or leave the intercept out"), coefficients);
        else Tell(Statbarn.CorrelationCoefficients, Fault.Refuse("saturated", "the model has categories alone, so the coefficients with their intercept are a table of means", "leave the intercept out, or give the means as a table with n, to be checked as one"), coefficients);
    }

    /// <summary>The four counts behind an odds or risk ratio can often be found back, so they must be large enough.</summary>
    void Ratios()
    {
        OutputColumn[] four = [.. table.Of(Role.FourCounts)];
        foreach (var column in table.Of(Role.Ratio))
            Each(Statbarn.CalculatedRatios, "four-counts", FormattableString.Invariant($"the four counts behind every ratio are at least {_limits.MinCount}"), column, row =>
            {
                if (!Shown(column, row)) return null;
                if (four.Length < 4 || four.Any(c => c.Number(row) is null)) return Fault.Review("four-counts", "the counts that the ratio was made of are not given, and may follow from it", "add n11, n12, n21 and n22, in the file or in a file of evidence");
                return four.Any(c => c.Number(row) < _limits.MinCount) ? Fault.Refuse("four-counts", FormattableString.Invariant($"one of the four counts behind the ratio is below {_limits.MinCount}"), "join groups, or leave the ratio out") : null;
            });
    }

    /// <summary>A survival table is a table of counts: what two steps differ by is a cell.</summary>
    void Survivals()
    {
        var (atRisk, events) = (table.First(Role.AtRisk), table.First(Role.Events));
        OutputColumn[] groups = [.. table.Of(Role.Group)];
        foreach (var column in table.Of(Role.Survival))
            if (atRisk is null) Tell(Statbarn.HazardSurvivalTables, Fault.Review("needs-at-risk", "the units at risk in each step are not given, and every step of the curve is a count", "add a column at_risk, in the file or in a file of evidence"), column);
            else found.Passed(table.File, Statbarn.HazardSurvivalTables, "needs-at-risk", "the units at risk are given", column.Label);
        if (atRisk is null)
        {
            if (events is not null && !table.Of(Role.Survival).Any()) Tell(Statbarn.HazardSurvivalTables, Fault.Review("needs-at-risk", "the units at risk in each step are not given", "add a column at_risk"), events);
            return;
        }
        var tail = Fault.Refuse("survival-step", FormattableString.Invariant($"fewer than {_limits.MinCount} units are at risk in the step"), "end the table where the units at risk fall below the minimum");
        var step = Fault.Refuse("survival-step", FormattableString.Invariant($"a step has some, but fewer than {_limits.MinCount} events, or differs by so few from the step before"), "use longer steps, so that each has enough events and departures");
        Each(Statbarn.HazardSurvivalTables, "survival-step", FormattableString.Invariant($"every step rests on at least {_limits.MinCount} units and changes by none or as many"), atRisk, row =>
        {
            if (atRisk.Number(row) is not { } n) return Fault.Review("needs-at-risk", "the units at risk in this step are not given", "fill them in, or leave the step out");
            if (n < _limits.MinCount) return tail;
            if (events?.Number(row) is { } e && e > 0 && e < _limits.MinCount) return step;
            if (row == 0 || groups.Any(g => g.Code(row) != g.Code(row - 1)) || atRisk.Number(row - 1) is not { } before) return null;
            if (before < n) return Fault.Review("survival-step", "the units at risk grow from one step to the next", "give the groups of the curves in a column, with each curve's steps in order of time");
            return before > n && before - n < _limits.MinCount ? step : null;
        });
    }

    static readonly Fault s_clusters = Fault.Review("clusters", "only the sizes of clusters can be checked by rule", "have a person judge how the clusters are described");

    void Clusters()
    {
        foreach (var column in table.Of(Role.Cluster))
        {
            var rows = Enumerable.Range(0, table.Rows).Where(row => Shown(column, row)).ToList();
            var faults = rows.ConvertAll(row => Units(row));
            for (var i = 0; i < rows.Count; i++) if (faults[i] is { } fault) Tell(Statbarn.Clusters, fault, column, rows[i]);
            var described = table.Columns.Any(c => c.Role is not (Role.Cluster or Role.Count or Role.Base or Role.Percentage or Role.Share or Role.Group));
            if (described) Tell(Statbarn.Clusters, s_clusters, column);
            else if (faults.TrueForAll(f => f is null)) found.Passed(table.File, Statbarn.Clusters, "minimum-count", FormattableString.Invariant($"every cluster has at least {_limits.MinCount} units"), column.Label, rows.Count);
        }
    }
}
