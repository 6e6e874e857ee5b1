using System.Text.Json;

namespace Groeilijn.Tests.Statistics.OutputChecks;

/// <summary>
/// A walk over the files of the SACRO ontology themselves: every statbarn there has rules that let a safe output pass and refuse an unsafe one, every check that the ontology asks of
/// it is made, and what cannot be looked at is never passed. A statbarn that the ontology gets later must be answered with a review until it has rules.
/// </summary>
public sealed class OntologyTests : IDisposable
{
    readonly Outputs _outputs = new();

    /// <summary>Per statbarn an output that is refused by the rule and one that passes; several files leave together, and a declaration speaks of the file before it.</summary>
    static readonly Dictionary<string, (string Rule, string[] Unsafe, string[] Safe)> s_outputs = new()
    {
        ["Frequencies"] = ("minimum-count", ["region,n\na,40\nb,9\nTotal,49\n"], ["region,n\na,40\nb,35\nTotal,75\n"]),
        ["LinearAggregations"] = ("minimum-count", ["region,n,mean\na,40,3.5\nb,9,4.5\n"], ["region,n,mean\na,40,3.5\nb,30,4.5\n", """{"outputs":[{"kind":"Mean","file":"0.csv","range":[1,10]}]}"""]),
        ["Position"] = ("percentile-sides", ["region,n,p50\na,40,5\nb,19,6\n"], ["region,n,p50\na,40,5\nb,44,6\n"]),
        ["Endpoints"] = ("endpoint", ["region,n,max\na,40,10\nb,44,10\n"], ["region,n,max,n_max\na,40,10,12\nb,44,10,15\n"]),
        ["Mode"] = ("group-share", ["region,n,mode,mode_count\na,40,VWO,39\nb,44,HAVO,15\n"], ["region,n,mode,mode_count\na,40,VWO,12\nb,44,HAVO,15\n"]),
        ["Shape"] = ("minimum-df", ["region,n,sd\na,40,1.2\nb,10,1.3\n"], ["region,n,sd\na,40,1.2\nb,44,1.3\n"]),
        ["CorrelationCoefficients"] = ("minimum-df", ["term,estimate,n,df\nage,0.5,15,9\nses,0.2,15,9\n"], ["term,estimate,n,df\nage,0.5,120,117\nses,0.2,120,117\n"]),
        ["StatisticalHypothesisTests"] = ("minimum-df", ["statistic,p_value,n,df\n2.3,0.02,10,8\n"], ["statistic,p_value,n,df\n2.3,0.02,80,78\n"]),
        ["CalculatedRatios"] = ("four-counts", ["region,odds_ratio,n11,n12,n21,n22\na,1.2,20,30,5,45\n"], ["region,odds_ratio,n11,n12,n21,n22\na,1.2,20,30,25,45\n"]),
        ["HazardSurvivalTables"] = ("survival-step", ["time,at_risk,events,survival\n1,200,20,0.9\n2,195,30,0.75\n"], ["time,at_risk,events,survival\n1,200,20,0.9\n2,180,30,0.75\n"]),
        ["LinkedMultilevelTables"] = ("difference", ["region,n\na,40\nb,35\n", "region,n\na,37\nb,35\n"], ["region,n\na,40\nb,35\n", "sex,region,n\nf,a,20\nm,a,20\nf,b,18\nm,b,17\n"]),
        ["NonLinearConcentrationRatios"] = ("dominance", ["region,n,hhi\na,40,0.05\nb,44,9500\n"], ["region,n,hhi\na,40,0.05\nb,44,0.08\n"]),
        ["GiniCoefficient"] = ("minimum-count", ["region,n,gini\na,40,0.3\nb,6,0.4\n"], ["region,n,gini\na,40,0.3\nb,44,0.4\n"]),
        ["Clusters"] = ("minimum-count", ["cluster,n\n1,40\n2,4\n"], ["cluster,n\n1,40\n2,44\n"]),
    };

    /// <summary>Which rules make a check of the ontology.</summary>
    static readonly Dictionary<string, string[]> s_checks = new()
    {
        ["MinimumThresholdCheck"] = ["minimum-count", "percentile-sides", "endpoint"],
        ["MinimumDoFCheck"] = ["minimum-df", "survival-step"],
        ["NKCheck"] = ["dominance", "four-counts"],
        ["PPercentCheck"] = ["dominance", "four-counts"],
        ["RequiredZeroCheck"] = ["zero", "group-share", "percentile-sides", "endpoint"],
        ["PresenceOfZeroCheck"] = ["zero", "group-share", "percentile-sides", "endpoint"],
        ["StatbarnDataCheck"] = ["four-counts", "survival-step"],
        ["PresenceOfLinkedTableCheck"] = ["difference", "not-compared"],
    };

    [Fact]
    public void Every_statbarn_passes_a_safe_output_and_refuses_an_unsafe_one_by_the_checks_that_the_ontology_asks()
    {
        using JsonDocument statbarns = Read("statbarns.json"), risks = Read("risks.json");
        foreach (var statbarn in statbarns.RootElement.EnumerateObject())
        {
            if (!s_outputs.TryGetValue(statbarn.Name, out var output))
            {
                Assert.Equal("review", Judge($$"""{"outputs":[{"kind":"{{statbarn.Name}}","value":3,"count":40}]}""").Verdict);
                continue;
            }
            var (refused, passed, twice) = (Judge(output.Unsafe), Judge(output.Safe), Judge([.. output.Safe, .. output.Safe]));
            Assert.True(refused.Verdict == "refuse" && refused.Findings.Contains((statbarn.Name, "refuse", output.Rule)), $"{statbarn.Name}: the unsafe output is {refused.Verdict}");
            Assert.True(passed.Verdict == "pass" && passed.Findings.Exists(f => f.Statbarn == statbarn.Name), $"{statbarn.Name}: the safe output is {passed.Verdict}");
            var made = refused.Findings.Concat(passed.Findings).Where(f => f.Statbarn == statbarn.Name).Concat(twice.Findings.Where(f => f.Statbarn == "LinkedMultilevelTables")).Select(f => f.Rule).ToHashSet();
            foreach (var check in statbarn.Value.GetProperty("risks").EnumerateArray().SelectMany(r => risks.RootElement.GetProperty(r.GetString()!).GetProperty("checks").EnumerateArray()))
                Assert.True(s_checks[check.GetString()!].Any(made.Contains), $"{statbarn.Name}: nothing made the check {check}");
        }
    }

    [Fact]
    public void What_is_declared_with_nothing_but_its_value_is_never_passed()
    {
        using JsonDocument statbarns = Read("statbarns.json"), analyses = Read("analyses.json");
        foreach (var name in statbarns.RootElement.EnumerateObject().Concat(analyses.RootElement.EnumerateObject()).Select(n => n.Name))
        {
            var (verdict, findings) = Judge($$"""{"outputs":[{"kind":"{{name}}","value":3}]}""");
            Assert.True(verdict is "review" or "refuse", $"{name}: {verdict}");
            var statbarn = (Groeilijn.Statistics.OutputChecks.Ontology.Find(name) ?? Groeilijn.Statistics.OutputChecks.Statbarn.Unknown).ToString();
            Assert.True(findings.Exists(f => f.Statbarn == statbarn && f.Verdict != "pass"), $"{name}: no finding says what was not checked");
        }
    }

    [Fact]
    public void Linked_tables_of_which_only_one_is_given_are_a_review()
    {
        var (verdict, findings) = Judge("region,n\na,40\nb,35\n", """{"outputs":[{"kind":"LinkedMultilevelTables","file":"0.csv"}]}""");
        Assert.Equal("review", verdict);
        Assert.Contains(("LinkedMultilevelTables", "review", "not-compared"), findings);
        Assert.Equal("pass", Judge("region,n\na,40\nb,35\nTotal,75\n", """{"outputs":[{"kind":"LinkedMultilevelTables","file":"0.csv"}]}""").Verdict);
    }

    /// <summary>Checks what leaves together; where there is a declaration, the files are looked at through it alone.</summary>
    (string Verdict, List<(string Statbarn, string Verdict, string Rule)> Findings) Judge(params string[] contents)
    {
        var names = contents.Select((text, i) => text.StartsWith('{') ? $"declaration{i}.json" : $"{i}.csv").ToArray();
        foreach (var (name, text) in names.Zip(contents)) _outputs.Write(name, text);
        var declared = names.Where(n => n.EndsWith(".json", StringComparison.Ordinal)).ToArray();
        var answer = _outputs.Check(declared.Length > 0 ? declared : names).Answer;
        return (answer.GetProperty("verdict").GetString()!, [.. answer.GetProperty("findings").EnumerateArray().Select(f => (f.GetProperty("statbarn").GetString()!, f.GetProperty("verdict").GetString()!, f.GetProperty("rule").GetString()!))]);
    }

    static JsonDocument Read(string file)
    {
        var path = Path.Combine(Conventions.Checkout.Shared ?? "", "data", "output-checks", file);
        if (!File.Exists(path)) Assert.Skip("The ontology's own files are not beside this checkout.");
        return JsonDocument.Parse(File.ReadAllText(path));
    }

    public void Dispose() => _outputs.Dispose();
}
