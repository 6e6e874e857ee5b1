using System.Text;
using Groeilijn.School;

namespace Groeilijn.Tests.School.Tables;

/// <summary>Damaged tables, and marked values that no message may repeat.</summary>
public sealed class HostileTableTests
{
    static readonly int s_mutations = Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1" ? 1000 : 100;

    public static TheoryData<string> Names => [.. TableSamples.Names];

    static ColumnChoice Answer(ColumnChoice c) => TableSamples.WithSeries(c with { Dates = c.Field == TableField.Born ? c.Dates ?? DateOrder.MonthDayYear : c.Dates });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_table_is_read_or_refused_and_never_half_stored(string name)
    {
        using var school = new TestHome();
        var pupils = TableSamples.File("systeem-a-leerlingen.csv");
        TableSamples.Confirm(school, pupils);
        if (name != pupils.Name) TableSamples.Confirm(school, TableSamples.File(name), Answer);
        ImportFile[] others = name is "systeem-a-leerlingen.csv" or "systeem-d-leerlingen.xlsx" ? [] : [pupils];
        Assert.True(TableSamples.Import(school, [.. others, TableSamples.File(name)]).Stored);
        var original = TableSamples.Bytes(name);
        var dice = new TableDice(20250322);
        var before = school.Dump();
        for (var i = 0; i < s_mutations; i++)
        {
            var damaged = ImportFile.OfBytes("beschadigd", Damage(original, dice));
            var outcome = TableSamples.Import(school, [.. others, damaged]);
            if (outcome.Stored) before = school.Dump();
            else
            {
                Assert.NotEmpty(outcome.Findings);
                Assert.Equal(before, school.Dump());
            }
            var proposal = ColumnMappings.Propose(school.Home, damaged);
            if (proposal.Ok) Assert.All(proposal.Value!.Samples(1), row => Assert.Equal(proposal.Value!.Columns.Count, row.Count));
        }
    }

    /// <summary>One to four changes: a byte, a stretch lost, doubled or moved, an end cut off, a sign put in.</summary>
    static byte[] Damage(byte[] original, TableDice dice)
    {
        var bytes = original.ToList();
        for (var n = dice.Below(4); n >= 0 && bytes.Count > 2; n--)
        {
            var at = dice.Below(bytes.Count - 1);
            var length = Math.Min(1 + dice.Below(60), bytes.Count - at);
            switch (dice.Below(7))
            {
                case 0: bytes[at] = (byte)dice.Below(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes.InsertRange(dice.Below(bytes.Count), bytes.GetRange(at, length)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5: bytes.InsertRange(at, "=1E999;\u202e"u8.ToArray()); break;
                default: bytes.Insert(at, "\"<>&;\n,'/\0\t|"u8[dice.Below(12)]); break;
            }
        }
        return [.. bytes];
    }

    const string Mark = "ZZQMERKTEKEN";

    public static TheoryData<int> MarkedColumns => [.. Enumerable.Range(0, 11)];

    [Theory]
    [MemberData(nameof(MarkedColumns))]
    public void No_message_repeats_a_value_of_a_table(int column)
    {
        using var school = new TestHome();
        const string Header = "Leerlingnummer;Roepnaam;Achternaam;Geboortedatum;Geslacht;Jaargroep;BSN;Postcode;Huisnummer;Toetscode;Vaardigheidsscore;Afnamedatum\n";
        string Row(int i, int marked) => string.Join(';', new[] { $"L{i}", $"Kind{i}", $"Bedacht{i}", $"1{i}-10-2015", "v", "5", Export.Numbers[i], "1234AB", $"{i + 1}", "RW3-M5", "206,6", "20-01-2025" }.Select((cell, at) => at == marked ? Mark : cell)) + "\n";
        TableSamples.Confirm(school, TableSamples.Text("t.csv", Header + string.Concat(Enumerable.Range(2, 3).Select(i => Row(i, -1)).Append(Row(1, -1)))), c => c.Field == TableField.Sex ? c with { Sex = SexWriting.ManVrouw } : c);
        var file = TableSamples.Text("t.csv", Header + Row(1, column) + Row(2, -1) + Row(3, -1));
        var outcome = TableSamples.Import(school, file);
        Assert.True(outcome.Stored, string.Join(' ', outcome.Findings.Select(f => f.Rule.Code)));
        foreach (var finding in outcome.Findings.Concat(Check.Run(school.Home).Findings)) Assert.DoesNotContain(Mark, finding + finding.Place.Words("nl"));
        var proposal = TableSamples.Propose(school, file);
        Assert.DoesNotContain(Mark, Encoding.UTF8.GetString(MappingJson.Write(proposal, "en")));
        Assert.Contains(proposal.Samples(3), row => row.Contains(Mark));
        foreach (var stored in Directory.GetFiles(school.Home.Folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Mark, Encoding.Latin1.GetString(Read(stored)));
    }

    static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
