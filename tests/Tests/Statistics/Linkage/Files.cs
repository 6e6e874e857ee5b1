using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Tests.Statistics.Linkage;

/// <summary>Models and files of the linkage tests.</summary>
static class Files
{
    static readonly LinkField s_number = new("number", Comparison.Number), s_sex = new("sex", Comparison.Exact), s_born = new("born", Comparison.Date),
        s_postcode = new("postcode", Comparison.Postcode, Household: true), s_house = new("house", Comparison.HouseNumber, Household: true),
        s_first = new("first", Comparison.Name, TermFrequency: true), s_last = new("last", Comparison.Name, Household: true, TermFrequency: true);

    static readonly string[][] s_address = [["born", "sex"], ["postcode", "house"], ["born.year", "born.month", "postcode.4"], ["born.year", "born.day", "postcode.4"], ["postcode", "sex", "born.year"]];

    /// <summary>The delivery's own fields.</summary>
    internal static LinkModel WithNumber { get; } = new([s_number, s_sex, s_born, s_postcode, s_house], [["number", "born"]], [["number"], .. s_address]);

    internal static LinkModel WithoutNumber { get; } = new([s_sex, s_born, s_postcode, s_house], [["sex", "born", "postcode", "house"]], s_address);

    internal static LinkModel WithNames { get; } = new([s_sex, s_born, s_postcode, s_house, s_first, s_last], [["sex", "born", "postcode", "house", "first"]], [.. s_address, ["first", "last"], ["last", "born.year", "born.month"]]);

    internal static RecordSet Set(LinkModel model, Texts texts, IEnumerable<string[]> rows, string[] columns)
    {
        var set = new RecordSet(model, texts);
        var places = model.Fields.Select(f => Array.IndexOf(columns, f.Name)).ToArray();
        foreach (var row in rows) set.Add([.. places.Select(p => row[p])]);
        return set;
    }

    /// <summary>Rows of the model's own fields, in order.</summary>
    internal static RecordSet Set(LinkModel model, Texts texts, params string[][] rows) => Set(model, texts, rows, [.. model.Fields.Select(f => f.Name)]);

    internal static LinkageResult Link(LinkModel model, Town town)
    {
        var texts = new Texts();
        return RecordLinker.Link(Set(model, texts, town.Pupils, Town.Columns), Set(model, texts, town.Register, Town.Columns));
    }

    internal static (double Precision, double Recall, int False, int Missed) Judge(Town town, LinkageResult result)
    {
        var right = result.Links.Count(link => IsTrue(town, link.Left, link.Right));
        var all = town.Truth.Count(t => t.Length > 0);
        return ((double)right / Math.Max(1, result.Links.Count), (double)right / all, result.Links.Count - right, all - right);
    }

    internal static bool IsTrue(Town town, int pupil, int person) => town.Truth[pupil] == town.Register[person][0];
}
