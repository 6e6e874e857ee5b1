using System.Globalization;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>Findings on the screen and in JSON: code, how often, the sentence, the first places, what to do.</summary>
static class Findings
{
    const int ShownPlaces = 5;

    public static void Files(Terminal terminal, IReadOnlyList<ImportedFile> files) => terminal.Table(
        [terminal.Say("bestand", "file"), terminal.Say("herkend als", "recognised as"), terminal.Say("leerlingen", "pupils"), terminal.Say("adressen", "addresses"), terminal.Say("resultaten", "results"), terminal.Say("andere toetsen", "other tests")],
        [.. files.Select(f => (IReadOnlyList<string>)[f.Name, f.Kind == FileKind.Unknown ? "-" : f.Kind.ToString(), Number(f.Pupils), Number(f.Addresses), Number(f.Results), Number(f.OtherTests)])]);

    public static void Show(Terminal terminal, IReadOnlyList<Finding> findings)
    {
        foreach (var rule in findings.GroupBy(f => f.Rule).OrderBy(g => g.Key.Severity).ThenBy(g => g.Key.Code, StringComparer.Ordinal))
            Show(terminal, rule.Key, rule.Sum(f => f.Count), rule.Select(f => f.Place));
    }

    /// <summary>A check, in the order in which a person should act.</summary>
    public static void Show(Terminal terminal, CheckReport report)
    {
        foreach (var todo in report.ToDo) Show(terminal, todo.Rule, todo.Count, todo.Pupils.SelectMany(p => p.Places).Concat(todo.Places));
        terminal.Line(report.Words(terminal.Language));
    }

    static void Show(Terminal terminal, Rule rule, int count, IEnumerable<Place> found)
    {
        terminal.Line($"{rule.Code}  {count} ×  {Weight(terminal, rule.Severity)}: {rule.Sentence(terminal.Language)}");
        var places = found.Select(p => p.Words(terminal.Language)).Where(p => p.Length > 0).Distinct().Take(ShownPlaces + 1).ToList();
        if (places.Count > 0) terminal.Line("     " + string.Join("; ", places.Take(ShownPlaces)) + (places.Count > ShownPlaces ? " …" : ""));
        terminal.Line("     → " + rule.Remedy(terminal.Language));
    }

    public static IEnumerable<object> ForJson(IEnumerable<Finding> findings, string language) =>
        findings.Select(f => new { code = f.Rule.Code, severity = f.Rule.Severity.ToString(), file = f.Place.File, line = f.Place.Line, column = f.Place.Column, count = f.Count, sentence = f.Rule.Sentence(language), remedy = f.Rule.Remedy(language) });

    static string Weight(Terminal terminal, Severity severity) => severity switch
    {
        Severity.RefusesFile => terminal.Say("niet gelezen", "not read"),
        Severity.BlocksDelivery => terminal.Say("houdt de levering tegen", "blocks the delivery"),
        Severity.LeavesPupilOut => terminal.Say("leerling blijft achter", "pupil stays behind"),
        Severity.LeavesResultOut => terminal.Say("resultaat blijft achter", "result stays behind"),
        _ => terminal.Say("signaal", "signal"),
    };

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
