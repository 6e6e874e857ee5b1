using System.Text;
using Groeilijn.School;

namespace Groeilijn.Tests.School.Tables;

/// <summary>The invented tables of samples/tables, each written as another system would.</summary>
static class TableSamples
{
    public static readonly string[] Names = ["systeem-a-leerlingen.csv", "systeem-b-resultaten.csv", "systeem-c-breed.txt", "systeem-d-leerlingen.xlsx", "systeem-e-adressen.csv"];

    public static ImportFile File(string name) => ImportFile.OfPath(Path.Combine(Samples.Folder, "..", "tables", name));

    public static byte[] Bytes(string name) => System.IO.File.ReadAllBytes(Path.Combine(Samples.Folder, "..", "tables", name));

    public static ImportFile Text(string name, string text) => ImportFile.OfBytes(name, Encoding.UTF8.GetBytes(text));

    public static MappingProposal Propose(TestHome school, ImportFile file)
    {
        var proposal = ColumnMappings.Propose(school.Home, file);
        Assert.True(proposal.Ok, proposal.Refusal?.English);
        return proposal.Value!;
    }

    /// <summary>Confirms what is proposed, with what a person must add.</summary>
    public static ColumnMapping Confirm(TestHome school, ImportFile file, Func<ColumnChoice, ColumnChoice>? change = null)
    {
        var proposal = Propose(school, file);
        var choices = proposal.Choices with { Columns = [.. proposal.Choices.Columns.Select(c => change?.Invoke(c) ?? c)] };
        var confirmed = ColumnMappings.Confirm(school.Home, proposal.Signature, "een systeem", choices);
        Assert.True(confirmed.Ok, confirmed.Refusal?.English);
        return confirmed.Value!;
    }

    public static ImportOutcome Import(TestHome school, params ImportFile[] files) => Groeilijn.School.Import.Run(school.Home, files);

    /// <summary>The series of the spelling test in system C, which its name does not say.</summary>
    public static ColumnChoice WithSeries(ColumnChoice c) => c.Subject == "spelling" && c.Field == TableField.Score ? c with { Series = "lvs-3" } : c;
}

/// <summary>xorshift: the same rows and damage on every machine.</summary>
sealed class TableDice(uint seed)
{
    uint _state = seed;

    public int Below(int limit)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)limit);
    }

    public T Of<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    public List<T> Shuffle<T>(IEnumerable<T> values)
    {
        var list = values.ToList();
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
        return list;
    }
}
