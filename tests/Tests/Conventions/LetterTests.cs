using System.Reflection;
using System.Text.RegularExpressions;

namespace Groeilijn.Tests.Conventions;

/// <summary>
/// Every sentence of the letters to parents has its row in docs/LETTER.md, and every row names what shows it:
/// a test that exists, or in plain words what is still to come.
/// </summary>
public class LetterTests
{
    const int CopiedWords = 7;

    static readonly IReadOnlyList<IReadOnlyList<LetterRow>> s_tables = Letter.Tables(Checkout.Read("docs/LETTER.md"));

    /// <summary>Class names of this assembly's tests, with their test methods.</summary>
    static readonly ILookup<string, string> s_tests = (
        from type in typeof(LetterTests).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetCustomAttributes().Any(a => a is FactAttribute or TheoryAttribute)
        select (type.Name, method.Name)).ToLookup(t => t.Item1, t => t.Item2);

    [Fact]
    public void Both_letters_have_their_table() => Assert.Equal(2, s_tables.Count);

    [Fact]
    public void Every_row_says_something_names_a_room_and_what_shows_it() =>
        Assert.All(s_tables.SelectMany(t => t), row => Assert.True(row.Says.Length > 0 && row.Room.Length > 0 && row.Shown.Length > 0, $"row {row.From}"));

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var missing = from row in s_tables.SelectMany(t => t)
                      from test in Letter.Tests(row.Shown)
                      where !Exists(test)
                      select $"row {row.From}: {test}";
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_sentence_of_the_letters_is_answered()
    {
        foreach (var (letter, table) in Letters().Zip(s_tables))
        {
            var mapped = table.SelectMany(row => Enumerable.Range(row.From, row.To - row.From + 1)).ToHashSet();
            Assert.Equal(Enumerable.Range(1, Letter.Sentences(letter).Count), mapped.Order());
        }
    }

    [Fact]
    public void The_document_answers_in_words_of_its_own()
    {
        var ours = Letter.Runs(Checkout.Read("docs/LETTER.md"), CopiedWords);
        Assert.All(Letters(), letter => Assert.Empty(Letter.Runs(letter, CopiedWords).Intersect(ours)));
    }

    [Theory]
    [InlineData("LetterTests", true)]
    [InlineData("LetterTests.Both_letters_have_their_table", true)]
    [InlineData("LetterTests.No_such_test", false)]
    [InlineData("NoSuchTests", false)]
    [InlineData("Letter", false)] // a class without tests shows nothing
    [InlineData("", false)]
    public void A_name_is_a_test_only_when_there_is_one(string name, bool exists) => Assert.Equal(exists, Exists(name));

    [Fact]
    public void A_table_is_read_row_by_row_with_its_ranges()
    {
        const string Sample = """
            # Title
            | nr | other | table | x |
            |---|---|---|---|
            | 1 | we send results | School/Import | `ImportTests.Reads_it`; `SealTests` |
            | 2–4 | we tell nobody | Gate | still to come: the audit |

            ## The second
            | nr | sentence | room | test |
            |---|---|---|---|
            | 1-2 | we listen | School | `A`; still to come: the page |
            """;
        var tables = Letter.Tables(Sample);
        Assert.Equal([2, 1], tables.Select(t => t.Count));
        Assert.Equal(new LetterRow(2, 4, "we tell nobody", "Gate", "still to come: the audit"), tables[0][1]);
        Assert.Equal(["ImportTests.Reads_it", "SealTests"], Letter.Tests(tables[0][0].Shown));
        Assert.Empty(Letter.Tests(tables[0][1].Shown));
        Assert.Equal(["A"], Letter.Tests(tables[1][0].Shown));
        Assert.Throws<FormatException>(() => Letter.Tables("| nr | a | b | c |\n| 1 | a | b |"));
    }

    [Fact]
    public void Sentences_end_at_stops_and_not_in_addresses_or_abbreviations()
    {
        const string Sample = "Wij sturen o.a. toetsen naar\nhet bureau (www.voorbeeld.nl).  Mag dat? **Ja!** Meer staat op www.voorbeeld.nl; zie daar.\n\nDorp, 1 mei 2021";
        Assert.Equal(["Wij sturen o.a. toetsen naar het bureau (www.voorbeeld.nl).", "Mag dat?", "**Ja!**", "Meer staat op www.voorbeeld.nl; zie daar."], Letter.Sentences(Sample));
        Assert.Empty(Letter.Sentences("Dorp, 1 mei 2021"));
    }

    [Fact]
    public void Copied_words_are_found_whatever_stands_between_them() =>
        Assert.Single(Letter.Runs("een twee, DRIE", 3).Intersect(Letter.Runs("nul. Een twee\ndrie vier", 3)));

    static IEnumerable<string> Letters()
    {
        var folder = Checkout.Shared is string shared ? Path.Combine(shared, "letters") : null;
        if (folder is null || !Directory.Exists(folder)) Assert.Skip("../shared/letters is not here: the letters themselves could not be counted.");
        return Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllText);
    }

    /// <summary>A test of this assembly by reflection, or of tests/Hosts by its source, as <c>Class</c> or <c>Class.Method</c>.</summary>
    static bool Exists(string name)
    {
        if (name.Split('.') is not [{ Length: > 0 } type, .. { Length: <= 1 } rest]) return false;
        var method = rest.FirstOrDefault();
        if (s_tests.Contains(type)) return method is null || s_tests[type].Contains(method);
        return Checkout.Files("tests/Hosts", ".cs").Any(file =>
            Regex.IsMatch(file.Text, $@"\bclass {Regex.Escape(type)}\b") && file.Text.Contains("[Fact", StringComparison.Ordinal) | file.Text.Contains("[Theory", StringComparison.Ordinal)
            && (method is null || Regex.IsMatch(file.Text, $@"\b{Regex.Escape(method)}\s*\(")));
    }
}
