using Groeilijn.School;

namespace Groeilijn.Tests.School.Tables;

/// <summary>What the columns of a strange table are taken for, and what is asked instead of guessed.</summary>
public sealed class GuessTests
{
    /// <summary>The fields of each sample in the order of its columns.</summary>
    static readonly Dictionary<string, string> s_fields = new()
    {
        ["systeem-a-leerlingen.csv"] = "key first-name prefix last-name birth-date sex year-group number postcode house-number house-addition not-in-letter not-in-letter not-in-letter",
        ["systeem-b-resultaten.csv"] = "key name birth-date test-name moment test-date score unused",
        ["systeem-c-breed.txt"] = "name birth-date score unused test-date score test-date score test-date",
        ["systeem-d-leerlingen.xlsx"] = "key first-name prefix last-name birth-date sex year-group number postcode address not-in-letter",
        ["systeem-e-adressen.csv"] = "key name birth-date postcode house-number house-addition",
    };

    public static TheoryData<string> Names => [.. TableSamples.Names];

    static string Fields(MappingProposal proposal) => string.Join(' ', proposal.Columns.Select(c => ColumnNames.Of(c.Choice.Field).Code));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_column_of_every_sample_is_taken_for_what_it_is(string name)
    {
        using var school = new TestHome();
        Assert.Equal(s_fields[name], Fields(TableSamples.Propose(school, TableSamples.File(name))));
    }

    [Fact]
    public void How_a_file_is_written_is_shown()
    {
        using var school = new TestHome();
        string Written(string name) => TableSamples.Propose(school, TableSamples.File(name)).Written.English;
        Assert.Equal("CSV, separator semicolon, encoding Windows-1252", Written("systeem-a-leerlingen.csv"));
        Assert.Equal("CSV, separator comma, encoding UTF-8", Written("systeem-b-resultaten.csv"));
        Assert.Equal("CSV, separator tab, encoding UTF-16", Written("systeem-c-breed.txt"));
        Assert.Equal("Excel workbook, sheet 2", Written("systeem-d-leerlingen.xlsx"));
        Assert.Equal("CSV, separator vertical bar (|), encoding UTF-8", Written("systeem-e-adressen.csv"));
    }

    [Fact]
    public void Titles_above_the_names_of_columns_are_passed_over()
    {
        using var school = new TestHome();
        Assert.Equal((3, 10), (TableSamples.Propose(school, TableSamples.File("systeem-c-breed.txt")).HeaderLine, TableSamples.Propose(school, TableSamples.File("systeem-c-breed.txt")).Rows));
        Assert.Equal(3, TableSamples.Propose(school, TableSamples.File("systeem-d-leerlingen.xlsx")).HeaderLine);
    }

    [Fact]
    public void Days_that_can_be_read_in_two_ways_are_asked_and_not_guessed()
    {
        using var school = new TestHome();
        var proposal = TableSamples.Propose(school, TableSamples.File("systeem-e-adressen.csv"));
        var born = proposal.Columns[2];
        Assert.Equal((Sureness.Ask, null), (born.Sure, born.Choice.Dates));
        Assert.Equal([DateOrder.DayMonthYear, DateOrder.MonthDayYear], born.Orders);
        Assert.Equal(Refusals.DateOrderUnsaid, proposal.Missing);
        Assert.Equal(Refusals.DateOrderUnsaid, ColumnMappings.Confirm(school.Home, proposal.Signature, "", proposal.Choices).Refusal);
    }

    [Fact]
    public void One_day_above_twelve_tells_the_order_of_all()
    {
        using var school = new TestHome();
        MappingProposal Of(string days) => TableSamples.Propose(school, TableSamples.Text("a.csv", "leerlingnr;naam;geboortedatum;geslacht\n" + string.Concat(days.Split(' ').Select((d, i) => $"{i};Kind {i};{d};m\n"))));
        Assert.Equal(DateOrder.DayMonthYear, Of("03/04/2015 05/06/2015 13/01/2015").Columns[2].Choice.Dates);
        Assert.Equal(DateOrder.MonthDayYear, Of("03/04/2015 05/06/2015 01/13/2015").Columns[2].Choice.Dates);
        Assert.Equal(DateOrder.DayMonthYear, Of("5-5-15 5-5-15 6-6-15").Columns[2].Choice.Dates);
        Assert.Equal(DateOrder.YearMonthDayDigits, Of("20150304 20151201").Columns[2].Choice.Dates);
        Assert.Equal(DateOrder.SpreadsheetDays, Of("42072 42073").Columns[2].Choice.Dates);
        Assert.Equal(DateOrder.DayMonthNameYear, Of("3-mrt-15 12-okt-14").Columns[2].Choice.Dates);
        Assert.Null(Of("03/04/2015 05/06/2015").Columns[2].Choice.Dates);
    }

    [Fact]
    public void A_column_with_nothing_but_M_does_not_say_whether_M_is_a_man()
    {
        using var school = new TestHome();
        ProposedColumn Of(string sexes) => TableSamples.Propose(school, TableSamples.Text("a.csv", "leerlingnr;naam;geboortedatum;geslacht\n" + string.Concat(sexes.Split(' ').Select((s, i) => $"{i};Kind {i};2{i}-01-2015;{s}\n")))).Columns[3];
        Assert.Equal((Sureness.Ask, null), (Of("m m m").Sure, Of("m m m").Choice.Sex));
        Assert.Equal(SexWriting.ManVrouw, Of("m v m").Choice.Sex);
        Assert.Equal(SexWriting.JongenMeisje, Of("J M m").Choice.Sex);
        Assert.Equal(SexWriting.MaleFemale, Of("F M M").Choice.Sex);
        Assert.Equal(SexWriting.Words, Of("jongen Meisje jongen").Choice.Sex);
        Assert.Equal((SexWriting.OneIsBoy, Sureness.Likely), (Of("1 2 1").Choice.Sex, Of("1 2 1").Sure));
    }

    [Fact]
    public void A_name_that_its_content_contradicts_is_asked()
    {
        using var school = new TestHome();
        var columns = TableSamples.Propose(school, TableSamples.Text("a.csv", "leerlingnr;bsn;geboortedatum;postcode\n1;123;14-01-2015;x\n2;456;15-01-2015;y\n")).Columns;
        Assert.Equal([Sureness.Ask, Sureness.Certain, Sureness.Ask], columns.Skip(1).Select(c => c.Sure));
    }

    [Fact]
    public void Columns_with_strange_names_are_known_by_their_content()
    {
        using var school = new TestHome();
        var eck = "https://ketenid.nl/201703/" + new string('a', 128);
        var text = $"leerlingnr;naam;aa;bb;cc;dd;ee;ff\n1;Een;{Export.Numbers[0]};1234AB;14-02-2015;{eck};M5;RW3-M5\n2;Twee;{Export.Numbers[1]};1235 AB;15-03-2015;{eck[..^1]}b;E5;BL3-M5\n";
        var columns = TableSamples.Propose(school, TableSamples.Text("a.csv", text)).Columns;
        Assert.Equal([TableField.Number, TableField.Postcode, TableField.Born, TableField.EckId, TableField.Moment, TableField.TestCode], columns.Skip(2).Select(c => c.Choice.Field));
    }

    [Theory]
    [InlineData("Etnische achtergrond"), InlineData("Leerlinggewicht"), InlineData("E-mail ouder 2"), InlineData("Opleiding vader"), InlineData("IQ"), InlineData("Dyslexieverklaring"), InlineData("Godsdienst"), InlineData("Geboorteland moeder")]
    public void What_the_letter_does_not_name_is_recognised_and_not_read(string name)
    {
        using var school = new TestHome();
        var column = TableSamples.Propose(school, TableSamples.Text("a.csv", $"leerlingnr;geboortedatum;geslacht;{name}\n1;14-01-2015;v;iets\n")).Columns[3];
        Assert.Equal(TableField.NotInLetter, column.Choice.Field);
        Assert.Contains("wordt niet gelezen", column.Field.Dutch);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_columns_changes_nothing(string name)
    {
        if (name.EndsWith("xlsx", StringComparison.Ordinal)) name = TableSamples.Names[0];
        using var school = new TestHome();
        var before = TableSamples.Propose(school, TableSamples.File(name));
        var rows = before.Samples(100);
        var dice = new TableDice(20250320);
        for (var turn = 0; turn < 20; turn++)
        {
            var order = dice.Shuffle(Enumerable.Range(0, before.Columns.Count));
            var text = string.Concat(rows.Prepend([.. before.Columns.Select(c => c.Name)]).Select(row => string.Join(';', order.Select(i => Quote(row[i]))) + "\n"));
            var after = TableSamples.Propose(school, TableSamples.Text("b.csv", text));
            Assert.Equal(before.Signature, after.Signature);
            Assert.Equal(order.Select(i => before.Columns[i].Choice), after.Columns.Select(c => c.Choice));
        }
    }

    static string Quote(string cell) => "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    [Fact]
    public void A_proposal_holds_no_value_and_its_samples_do()
    {
        using var school = new TestHome();
        foreach (var name in TableSamples.Names)
        {
            var proposal = TableSamples.Propose(school, TableSamples.File(name));
            var json = System.Text.Encoding.UTF8.GetString(MappingJson.Write(proposal, "nl"));
            var values = proposal.Samples(10).SelectMany(row => row).Where(v => v.Length > 3 && !v.StartsWith("BL", StringComparison.Ordinal)).Distinct().ToList();
            Assert.True(values.Count >= 10);
            var names = string.Join(' ', proposal.Columns.Select(c => c.Name));
            Assert.DoesNotContain(values, v => json.Contains(v, StringComparison.OrdinalIgnoreCase) && !names.Contains(v, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void A_table_without_names_of_columns_is_refused()
    {
        using var school = new TestHome();
        Assert.Equal(Rules.FileOtherColumns.English, ColumnMappings.Propose(school.Home, TableSamples.Text("a.csv", "1;Noa;14-03-2015;V\n2;Sem;02-11-2014;M\n")).Refusal!.English);
    }

    [Theory]
    [InlineData("BL M5", "reading//M5"), InlineData("Rekenen-Wiskunde 3.0 E6", "maths/lvs-3/E6"), InlineData("Spelling 3.0 niet-werkwoorden midden groep 4", "spelling/lvs-3/M4")]
    [InlineData("Begrijpend Lezen LVS-2 e7", "reading/lvs-2/E7"), InlineData("RW3-M5", "maths/lvs-3/M5"), InlineData("groep 8 eind rekenen", "maths//E8"), InlineData("Spelling werkwoorden E7", "other"), InlineData("IEP Rekenen M5", "other")]
    [InlineData("Woordenschat 3.0 M5", "other"), InlineData("Technisch lezen M3", "other"), InlineData("Opmerking", "//")]
    public void A_name_of_a_test_says_what_it_says_and_no_more(string name, string expected)
    {
        var test = TestNames.Read(name);
        Assert.Equal(expected, test.Other ? "other" : $"{(test.Subject is { } s ? Groeilijn.Education.Subjects.Code(s) : "")}/{test.Series}/{test.Moment}");
    }
}
