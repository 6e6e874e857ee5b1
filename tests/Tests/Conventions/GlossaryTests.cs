using Groeilijn.Education;

namespace Groeilijn.Tests.Conventions;

/// <summary>One meaning for each word, and every word of the vocabulary has its line.</summary>
public class GlossaryTests
{
    static readonly string[][] s_rows = [.. Checkout.Read("docs/GLOSSARY.md").Split('\n')
        .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal) && !line.StartsWith("| term", StringComparison.Ordinal))
        .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];

    [Fact]
    public void Every_type_of_the_vocabulary_occurs_in_the_glossary()
    {
        var named = s_rows.SelectMany(row => row[3].Split('`')).ToHashSet();
        var types = typeof(Bsn).Assembly.GetExportedTypes().Select(t => t.Name.Split('`')[0]);
        Assert.Empty(types.Except(named));
    }

    [Fact]
    public void Every_line_has_its_five_cells_and_the_first_four_are_filled() =>
        Assert.All(s_rows, row => Assert.True(row.Length == 5 && row[..4].All(cell => cell.Length > 0), string.Join(" | ", row)));

    [Fact]
    public void No_term_has_two_meanings()
    {
        Assert.True(s_rows.Length >= 60, $"{s_rows.Length} terms");
        Assert.Empty(s_rows.GroupBy(row => row[0], StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void A_Dutch_term_of_its_own_stands_for_one_English_term() =>
        Assert.Empty(s_rows.GroupBy(row => row[1], StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));
}
