using System.Text;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School.Tables;

/// <summary>Tables of strange systems: asked about once, then read by themselves.</summary>
public sealed class MappingTests
{
    [Fact]
    public void A_table_is_refused_with_one_finding_until_its_columns_are_confirmed()
    {
        using var school = new TestHome();
        var before = school.Dump();
        var file = TableSamples.File("systeem-a-leerlingen.csv");
        var refused = TableSamples.Import(school, file);
        Assert.False(refused.Stored);
        Assert.Equal(Rules.ColumnsUnconfirmed, Assert.Single(refused.Findings).Rule);
        Assert.Equal(before, school.Dump());

        TableSamples.Confirm(school, file);
        var stored = TableSamples.Import(school, file);
        Assert.Equal((true, 10), (stored.Stored, stored.Pupils));
        Assert.True(TableSamples.Propose(school, file).Confirmed);
    }

    [Fact]
    public void Pupils_and_results_of_three_systems_come_together()
    {
        using var school = new TestHome();
        ImportFile[] files = [TableSamples.File("systeem-a-leerlingen.csv"), TableSamples.File("systeem-b-resultaten.csv"), TableSamples.File("systeem-c-breed.txt")];
        TableSamples.Confirm(school, files[0]);
        TableSamples.Confirm(school, files[1]);
        TableSamples.Confirm(school, files[2], TableSamples.WithSeries);
        var outcome = TableSamples.Import(school, files);
        Assert.True(outcome.Stored, string.Join(' ', outcome.Findings.Select(f => f.Rule.Code)));
        Assert.Equal((10, 10), (outcome.Pupils, outcome.OtherTests));
        Assert.Empty(HandJoins.Waiting(school.Home));

        var roster = Roster.Load(school.Home);
        var noa = roster.Pupils.Single(p => p.Name == "Noa van der Verzonnen");
        Assert.Equal(("2001", "2015-03-14", "f", "1234AB", 10, "A", "bsn"), (noa.Key, noa.Born, noa.Sex, noa.Postcode, noa.House!.Value, noa.Letter, noa.NumberKind));
        Assert.Equal([("reading", "M5", "2025-01-20", 1500), ("maths", "M5", "2025-01-13", 2000), ("maths", "M5", "2025-01-20", 2000), ("spelling", "M5", "2025-01-13", 2800), ("spelling", "M5", "2025-01-20", 2800)],
            noa.Results.Select(r => (r.Subject, r.Moment, r.Taken, r.Score)).OrderBy(r => r.Subject switch { "reading" => 0, "maths" => 1, _ => 2 }).ThenBy(r => r.Taken, StringComparer.Ordinal));
    }

    [Fact]
    public void A_workbook_gives_the_same_pupils_as_the_list()
    {
        using var school = new TestHome();
        var file = TableSamples.File("systeem-d-leerlingen.xlsx");
        TableSamples.Confirm(school, file);
        Assert.True(TableSamples.Import(school, file).Stored);
        var pupils = Roster.Load(school.Home).Pupils;
        Assert.Equal(("Noa van der Verzonnen", "2015-03-14", "f", "1234AB", 10, "A"), pupils.Where(p => p.Key == "3001").Select(p => (p.Name, p.Born!, p.Sex, p.Postcode!, p.House!.Value, p.Letter!)).Single());
        Assert.All(pupils, p => Assert.Equal("bsn", p.NumberKind));
        Assert.Equal(["f", "m", "f", "m", "f", "m", "f", "m", "f", "m"], pupils.Select(p => p.Sex));
    }

    [Fact]
    public void Edexml_goes_before_a_table_which_fills_in_what_is_missing()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        export.Addresses.Clear();
        export.First.Elements.Remove("bsn");
        var table = TableSamples.Text("lijst.csv", $"Leerlingnummer;Naam;Geboortedatum;BSN;Geslacht;PC;Huisnr\nL1;Kind0 Verzonnen0;05-10-2015;{Export.Numbers[0]};m;1234AB;77\nL2;Kind1 Verzonnen1;05-11-2015;{Export.Numbers[1]};v;1234AB;78\nL9;Kind9 Ver;13-01-2015;{Export.Numbers[4]};v;1234AB;9\n");
        TableSamples.Confirm(school, table);
        var outcome = TableSamples.Import(school, [.. export.Write(Path.Combine(school.Folder, "in")).Select(ImportFile.OfPath), table]);
        Assert.Equal((true, 3), (outcome.Stored, outcome.Pupils));
        var first = Roster.Load(school.Home).Pupils.Single(p => p.Key == "L1");
        Assert.Equal((Export.Numbers[0], 77), (first.Number, first.House!.Value));
    }

    [Fact]
    public void Our_own_names_of_columns_need_no_confirmation()
    {
        using var school = new TestHome();
        var outcome = TableSamples.Import(school, TableSamples.Text("leerlingen.csv", $"leerling_key;roepnaam;achternaam;geboortedatum;geslacht;jaargroep;bsn;postcode;huisnummer\nL1;Noa;Bedacht;14-03-2015;v;5;{Export.Numbers[0]};1234AB;5\nL2;Sem;Bedacht;2015-04-15;1;5;;1234AB;6\n"));
        Assert.Equal((true, 2), (outcome.Stored, outcome.Pupils));
        Assert.Equal(["f", "m"], Roster.Load(school.Home).Pupils.Select(p => p.Sex));
    }

    [Fact]
    public void The_file_of_a_proposal_can_be_edited_and_confirmed()
    {
        using var school = new TestHome();
        var proposal = TableSamples.Propose(school, TableSamples.File("systeem-e-adressen.csv"));
        var json = Encoding.UTF8.GetString(MappingJson.Write(proposal, "nl"));
        Assert.Equal(Refusals.DateOrderUnsaid, ColumnMappings.Confirm(school.Home, Encoding.UTF8.GetBytes(json)).Refusal);
        json = json.Replace("\"field\": \"birth-date\",", "\"field\": \"birth-date\", \"dates\": \"month-day-year\",", StringComparison.Ordinal).Replace("\"system\": \"\"", "\"system\": \"Adressen\"", StringComparison.Ordinal);
        var confirmed = ColumnMappings.Confirm(school.Home, Encoding.UTF8.GetBytes(json));
        Assert.Equal("Adressen", confirmed.Value?.System);
        Assert.Equal(DateOrder.MonthDayYear, TableSamples.Propose(school, TableSamples.File("systeem-e-adressen.csv")).Columns[2].Choice.Dates);
        Assert.Equal(Refusals.NotAMapping, ColumnMappings.Confirm(school.Home, "{}"u8).Refusal);
        Assert.Equal(Refusals.NotAMapping, ColumnMappings.Confirm(school.Home, "niets"u8).Refusal);
        Assert.Equal(Refusals.NotAMapping, ColumnMappings.Confirm(school.Home, Encoding.UTF8.GetBytes(json.Replace("birth-date", "geboren", StringComparison.Ordinal))).Refusal);
    }

    [Fact]
    public void Mappings_are_listed_and_forgotten()
    {
        using var school = new TestHome();
        var file = TableSamples.File("systeem-a-leerlingen.csv");
        var mapping = TableSamples.Confirm(school, file);
        Assert.Equal((mapping.Signature, "een systeem", TestHome.Day), (ColumnMappings.List(school.Home).Single().Signature, ColumnMappings.List(school.Home).Single().System, ColumnMappings.List(school.Home).Single().Confirmed));
        Assert.True(ColumnMappings.Forget(school.Home, mapping.Signature).Ok);
        Assert.Empty(ColumnMappings.List(school.Home));
        Assert.Equal(Refusals.NoSuchMapping, ColumnMappings.Forget(school.Home, mapping.Signature).Refusal);
        Assert.Equal(Rules.ColumnsUnconfirmed, Assert.Single(TableSamples.Import(school, file).Findings).Rule);
    }

    [Fact]
    public void A_mapping_lies_sealed_and_a_proposal_leaves_nothing()
    {
        using var school = new TestHome();
        var before = school.Dump();
        TableSamples.Propose(school, TableSamples.File("systeem-a-leerlingen.csv"));
        Assert.Equal(before, school.Dump());
        TableSamples.Confirm(school, TableSamples.File("systeem-a-leerlingen.csv"));
        Assert.DoesNotContain("geboortedatum", school.Dump(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Names_of_tests_that_say_too_little_are_listed_with_their_counts_and_placed_by_the_school()
    {
        using var school = new TestHome();
        var pupils = TableSamples.File("systeem-a-leerlingen.csv");
        var results = TableSamples.Text("r.csv", "Leerlingnummer;Toets;Moment;Datum afname;VS\n2001;Rekentoets blauw;M5;20-01-2025;201,5\n2002;Rekentoets blauw;M5;20-01-2025;202\n2001;Begrijpend lezen;M5;20-01-2025;150,5\n2001;DMT;M5;20-01-2025;80\n");
        TableSamples.Confirm(school, pupils);
        TableSamples.Confirm(school, results);
        var outcome = TableSamples.Import(school, pupils, results);
        Assert.Equal((3, 0, 1), (outcome.Findings.Single(f => f.Rule == Rules.TestUnplaced).Count, outcome.Results, outcome.OtherTests));

        var proposal = TableSamples.Propose(school, results);
        Assert.Equal([("Rekentoets blauw", 2, null), ("Begrijpend lezen", 1, "reading")], proposal.Tests.Select(t => (t.Name, t.Count, t.Choice.Subject)));
        var tests = proposal.Tests.Select(t => t.Choice with { Subject = t.Choice.Subject ?? "maths", Series = "lvs-3" }).ToList();
        Assert.True(ColumnMappings.Confirm(school.Home, proposal.Signature, "", proposal.Choices with { Tests = tests }).Ok);
        Assert.Equal(3, TableSamples.Import(school, pupils, results).Results);
        Assert.Equal([2015, 1505], Roster.Load(school.Home).Pupils.Single(p => p.Key == "2001").Results.Select(r => r.Score).OrderDescending());
    }

    [Fact]
    public void Rows_that_name_nobody_are_counted()
    {
        using var school = new TestHome();
        var list = TableSamples.Text("l.csv", "Leerlingnummer;Geboortedatum;Geslacht\n1;14-03-2015;v\n2;15-03-2015;m\n;;3\nTotaal;;\n;;2\n");
        TableSamples.Confirm(school, list, c => c.Field == TableField.Sex ? c with { Sex = SexWriting.ManVrouw } : c);
        var outcome = TableSamples.Import(school, list);
        var finding = outcome.Findings.Single(f => f.Rule == Rules.RowOfNobody);
        Assert.Equal((2, 4), (finding.Count, finding.Place.Line));
    }

    [Fact]
    public void A_pupil_of_another_location_stays_out()
    {
        using var school = new TestHome();
        var list = TableSamples.Text("l.csv", "Leerlingnummer;Geboortedatum;Geslacht;Vestiging\n1;14-03-2015;v;00\n2;15-03-2015;m;99XX01\n3;16-03-2015;m;Hoofdgebouw\n");
        TableSamples.Confirm(school, list);
        Assert.Equal(3, TableSamples.Import(school, list).Findings.Single(f => f.Rule == Rules.OtherLocation).Place.Line);
    }

    [Fact]
    public void A_mapping_with_an_impossible_day_or_a_nameless_test_is_refused()
    {
        using var school = new TestHome();
        var proposal = TableSamples.Propose(school, TableSamples.File("systeem-b-resultaten.csv"));
        Assert.Null(proposal.Missing);
        Refusal? Of(MappingChoices choices) => ColumnMappings.Confirm(school.Home, proposal.Signature, "", choices).Refusal;
        Assert.Equal(Refusals.NotAMapping, Of(proposal.Choices with { Tests = [new() { Name = null! }] }));
        Assert.Equal(Refusals.TestDayUnsaid, Of(proposal.Choices with { Columns = [.. proposal.Choices.Columns.Select(c => c with { Day = new(1200, 1, 1) })] }));
        Assert.Equal(Refusals.NobodyNamed, Of(proposal.Choices with { Columns = [.. proposal.Choices.Columns.Where(c => c.Field is TableField.Score or TableField.Taken or TableField.TestName)] }));
        Assert.Equal(Refusals.FieldTwice, Of(proposal.Choices with { Columns = [.. proposal.Choices.Columns.Select(c => c.Field == TableField.NotUsed ? c with { Field = TableField.Score } : c)] }));
        Assert.Equal(Refusals.DecimalUnsaid, Of(proposal.Choices with { Decimal = "x" }));
    }

    [Fact]
    public void A_day_given_for_a_column_holds_for_one_school_year()
    {
        using var school = new TestHome();
        var pupils = TableSamples.File("systeem-a-leerlingen.csv");
        var results = TableSamples.Text("r.csv", "Leerlingnummer;Naam;RW 3.0 M5\n2001;Noa van der Verzonnen;201,5\n");
        TableSamples.Confirm(school, pupils);
        Assert.Equal(Refusals.TestDayUnsaid, TableSamples.Propose(school, results).Missing);
        TableSamples.Confirm(school, results, c => c.Field == TableField.Score ? c with { Day = new(2025, 1, 22) } : c);
        Assert.Equal(1, TableSamples.Import(school, pupils, results).Results);
        school.Clock.Day = new(2025, 9, 1);
        Assert.Equal(Rules.ColumnsUnconfirmed, Assert.Single(TableSamples.Import(school, pupils, results).Findings).Rule);
    }

    [Theory]
    [InlineData("206,6", ',', "206.6"), InlineData("206.6", ',', "206.6"), InlineData("1.206,6", ',', "1206.6"), InlineData("1,206.6", '.', "1206.6"), InlineData("1.206", ',', "1206"), InlineData("1.206", '.', "1.206")]
    [InlineData("-3,5", ',', "-3.5"), InlineData("1 206,5", ',', "1206.5"), InlineData("1.234.567", ',', "1234567"), InlineData("206", ',', "206"), InlineData("abc", ',', "abc")]
    public void Numbers_are_read_with_the_sign_of_the_table(string text, char sign, string plain) => Assert.Equal(plain, DecimalSigns.Plain(text, sign));

    [Theory]
    [InlineData("9-3-15", DateOrder.DayMonthYear, "2015-03-09"), InlineData("09-03-2015 00:00:00", DateOrder.DayMonthYear, "2015-03-09"), InlineData("2015-03-09T00:00:00", DateOrder.YearMonthDay, "2015-03-09")]
    [InlineData("00-00-2015", DateOrder.DayMonthYear, "2015-00-00"), InlineData("31-02-2015", DateOrder.DayMonthYear, ""), InlineData("20150309", DateOrder.YearMonthDayDigits, "2015-03-09"), InlineData("42072", DateOrder.SpreadsheetDays, "2015-03-09")]
    [InlineData("9 maart 2015", DateOrder.DayMonthNameYear, "2015-03-09"), InlineData("9-3-98", DateOrder.DayMonthYear, "1998-03-09"), InlineData("", DateOrder.DayMonthYear, ""), InlineData("3/9/2015", DateOrder.MonthDayYear, "2015-03-09")]
    public void Days_are_read_in_the_order_that_was_decided(string text, DateOrder order, string day) => Assert.Equal(day, DateOrders.Read(order, text));

    [Fact]
    public void Any_table_comes_through_quoting_as_it_was()
    {
        var dice = new TableDice(20250321);
        for (var turn = 0; turn < 300; turn++)
        {
            var separator = dice.Of(";,\t|".ToCharArray());
            var width = 2 + dice.Below(5);
            List<string[]> rows = [["leerlingnummer", "geboortedatum", "naam", "vak", "bsn", "score", "postcode"]];
            rows[0] = rows[0][..width];
            for (var n = dice.Below(6); n >= 0; n--) rows.Add([.. Enumerable.Range(0, width).Select(_ => Cell(dice))]);
            var text = (dice.Below(3) == 0 ? $"sep={separator}\r\n" : "") + string.Concat(rows.Select(row => string.Join(separator, row.Select(c => "\"" + c.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"")) + dice.Of(["\n", "\r\n"])));
            var encoding = dice.Of<Encoding>([new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)]);
            using var stream = new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
            var (table, header) = CsvFile.Open(stream)!.Value;
            Assert.Equal(rows[0], header.Names);
            var expected = rows.Skip(1).Select(row => row.Select(c => c.Trim()).ToArray()).Where(row => row.Any(c => c.Length > 0));
            Assert.Equal(expected, header.Rows(table).Select(row => row.Cells.ToArray()));
        }

        static string Cell(TableDice dice) => string.Concat(Enumerable.Range(0, dice.Below(9)).Select(_ => dice.Of("ab1 ;,\t|\"\néüſ'".ToCharArray())));
    }
}
