namespace Groeilijn.School;

/// <summary>
/// Guesses what each column of a table holds: by its name, and by all that stands in it. A name alone makes likely, content that
/// agrees makes certain, content that speaks against it makes a question.
/// </summary>
sealed class Guess
{
    const int MostTests = 60;
    static readonly string[] s_groupNames = ["groep", "klas", "stamgroep", "groepsnaam", "groepnaam", "basisgroep"];
    static readonly HashSet<string> s_noScore = ["niveau", "iv", "ae", "percentiel", "perc", "dle", "dl", "ruw", "ruwe", "aantal", "goed", "fn", "functioneringsniveau", "referentieniveau", "rn", "standaardscore", "leerrendement"];
    static readonly HashSet<string> s_dayWords = ["datum", "afname", "afnamedatum", "toetsdatum", "dag"];

    readonly TableHeader _header;
    readonly ColumnContent[] _content;
    readonly ProposedColumn[] _columns;
    readonly DateOnly _today;

    Guess(TableHeader header, DateOnly today)
    {
        (_header, _today) = (header, today);
        _content = [.. header.Names.Select(_ => new ColumnContent())];
        _columns = new ProposedColumn[header.Names.Count];
    }

    public IReadOnlyList<ProposedColumn> Columns => _columns;

    public int Rows { get; private set; }

    public MappingChoices Choices { get; private set; } = new();

    /// <summary>Whether something in it is of use, so that it is worth asking.</summary>
    public bool CanBeMapped => Choices.NamesPupils && (Choices.Pupils || Choices.HasResults || Choices.HasAddresses)
        || _columns.Any(c => c.Choice.Field is TableField.Score or TableField.Born) && _columns.Any(c => c.Choice.Field is TableField.Key or TableField.FullName or TableField.LastName);

    public static Guess Of(Table table, TableHeader header, DateOnly today)
    {
        var guess = new Guess(header, today);
        foreach (var row in header.Rows(table))
        {
            guess.Rows++;
            for (var i = 0; i < guess._content.Length; i++) guess._content[i].See(row.Cells[i]);
        }
        for (var i = 0; i < guess._columns.Length; i++) guess._columns[i] = guess.ByName(i) ?? guess.ByContent(i);
        guess.Doubles();
        guess.Rest();
        guess.Choices = guess.Chosen();
        return guess;
    }

    /// <summary>Names of tests in the table that do not say which test is meant, with their numbers of rows. A column with very many different ones holds no names of tests, and none is shown.</summary>
    public static IReadOnlyList<ProposedTest> UnplacedTests(Table table, TableHeader header, MappingChoices choices)
    {
        if (!choices.Has(TableField.Score)) return [];
        var placing = new TestPlacing(choices with { Tests = [] }, header);
        var found = new Dictionary<string, (TestPlacing.Placed Placed, int Count)>(StringComparer.Ordinal);
        foreach (var row in header.Rows(table))
            if (placing.Of(row) is { Code: null, Other: false, Label.Length: > 0 } placed)
            {
                found[placed.Label] = (placed, found.GetValueOrDefault(placed.Label).Count + 1);
                if (found.Count > MostTests) return [];
            }
        return [.. found.OrderByDescending(f => f.Value.Count).ThenBy(f => f.Key, StringComparer.Ordinal).Select(f => new ProposedTest(f.Value.Placed.Shown, f.Value.Count, Said(f.Key, f.Value.Placed, choices)))];
    }

    static TestChoice Said(string label, TestPlacing.Placed placed, MappingChoices choices) =>
        choices.Tests.FirstOrDefault(t => t.Name == label) ?? new() { Name = label, Subject = placed.Words.Subject is { } subject ? Education.Subjects.Code(subject) : null, Series = placed.Words.Series };

    // ---- one column ----

    ProposedColumn? ByName(int i)
    {
        var name = _header.Names[i];
        if (ColumnNames.Known(name) is { } known) return known.Field is TableField.NotUsed or TableField.NotInLetter
            ? Column(i, known.Field, Sureness.Certain, new("De naam van de kolom zegt het.", "The name of the column says so."))
            : Named(i, known.Field);
        return OneTest(i, name);
    }

    /// <summary>A column whose name says what it holds, weighed against its content.</summary>
    ProposedColumn Named(int i, TableField field)
    {
        var content = _content[i];
        if (field == TableField.FullName && content.AreNumbers) field = TableField.Key;
        if (field == TableField.Key && content.AreNumbersOfPersons && content.AreAllDifferent && Rows > 20) field = TableField.Number;
        return Agrees(field, content) switch
        {
            true => Column(i, field, Sureness.Certain, new("Naam en inhoud van de kolom passen bij elkaar.", "Name and content of the column fit each other.")),
            null => Column(i, field, Sureness.Likely, new("De naam van de kolom zegt het.", "The name of the column says so.")),
            false => Column(i, field, Sureness.Ask, new("De naam van de kolom zegt dit, maar de inhoud ziet er anders uit.", "The name of the column says this, but its content looks different.")),
        };
    }

    /// <summary>Whether the content can be that field: true, false, or null where content does not tell.</summary>
    static bool? Agrees(TableField field, ColumnContent c) => c.IsEmpty ? null : field switch
    {
        TableField.EckId => c.AreEckIds,
        TableField.Number => c.AreNumbersOfPersons,
        TableField.Born or TableField.Taken or TableField.Entered or TableField.Left => c.AreDays,
        TableField.Sex => c.Sexes.Count > 0,
        TableField.YearGroup => c.AreYearGroups ? true : c.AreDays ? false : null,
        TableField.Postcode => c.ArePostcodes,
        TableField.HouseNumber => c.AreHouseNumbers,
        TableField.Moment => c.AreMoments ? true : null,
        TableField.TestCode => c.AreTestCodes ? true : null,
        TableField.TestName or TableField.Subject => c.AreNamesOfTests ? true : c.AreDays ? false : null,
        TableField.Score => c.AreNumbers,
        TableField.FirstName or TableField.LastName or TableField.FullName => c.AreLetters ? true : c.AreDays || c.AreNumbers ? false : null,
        TableField.Key => c.Days.AreSurelyDays ? false : c.AreAllDifferent ? true : null,
        _ => null,
    };

    /// <summary>A column of one test: "BL M5", "Rekenen 3.0 E6 score", "Datum RW M5".</summary>
    ProposedColumn? OneTest(int i, string name)
    {
        var words = Alike.Tokens(name);
        var test = TestNames.Read(name);
        if (test.Moment is null || test.Subject is null && !test.Other) return null;
        if (test.Other) return Column(i, TableField.NotUsed, Sureness.Certain, new("Dit is een toets die niet nodig is.", "This is a test that is not needed."));
        var isDay = words.Exists(s_dayWords.Contains) && (_content[i].AreDays || _content[i].IsEmpty);
        if (!isDay && (words.Exists(s_noScore.Contains) || !_content[i].AreNumbers && !_content[i].IsEmpty)) return Column(i, TableField.NotUsed, Sureness.Likely, new("De kolom hoort bij een toets, maar er staan geen vaardigheidsscores in.", "The column belongs to a test, but holds no ability scores."));
        var choice = new ColumnChoice { Subject = Education.Subjects.Code(test.Subject!.Value), Series = test.Series, Moment = test.Moment.ToString() };
        if (isDay) return Column(i, TableField.Taken, Sureness.Likely, new("De naam van de kolom noemt een toets en een datum.", "The name of the column names a test and a day."), choice);
        return test.Series is not null
            ? Column(i, TableField.Score, Sureness.Certain, new("De naam van de kolom noemt vak, serie en moment van de toets.", "The name of the column names subject, series and moment of the test."), choice)
            : Column(i, TableField.Score, Sureness.Ask, new("De naam van de kolom noemt vak en moment, maar niet de toetsserie (2.0 of 3.0). Kies de serie.", "The name of the column names subject and moment, but not the series of the test (2.0 or 3.0). Choose the series."), choice);
    }

    /// <summary>A column whose name says nothing.</summary>
    ProposedColumn ByContent(int i)
    {
        var c = _content[i];
        var field = c.AreEckIds ? TableField.EckId
            : c.AreNumbersOfPersons && c.AreAllDifferent ? TableField.Number
            : c.ArePostcodes ? TableField.Postcode
            : c.AreTestCodes ? TableField.TestCode
            : c.AreMoments ? TableField.Moment
            : c.Days.AreSurelyDays ? OfDays(c.Days)
            : c.AreNamesOfTests ? TableField.TestName
            : c.Sexes.Count > 0 && c.AreLetters ? TableField.Sex
            : TableField.NotUsed;
        return field == TableField.NotUsed
            ? Column(i, field, Sureness.Likely, new("Naam en inhoud zeggen niets bekends.", "Neither name nor content says anything known."))
            : Column(i, field, Sureness.Likely, new("De inhoud van de kolom ziet er zo uit; de naam is niet bekend.", "The content of the column looks like this; its name is not known."));
    }

    /// <summary>Days of children lie four to sixteen years back, days of tests mostly less.</summary>
    TableField OfDays(DateOrders days) => days.HighestYear <= _today.Year - 4 && days.LowestYear >= _today.Year - 16 ? TableField.Born
        : days.LowestYear >= _today.Year - 9 && days.HighestYear <= _today.Year ? TableField.Taken : TableField.NotUsed;

    ProposedColumn Column(int i, TableField field, Sureness sure, Words why, ColumnChoice? test = null)
    {
        var choice = (test ?? new()) with { Column = _header.Keys[i], Field = field };
        var column = new ProposedColumn(i, _header.Names[i], choice, sure, why, _content[i].Shape);
        return field switch
        {
            TableField.Born or TableField.Taken or TableField.Entered or TableField.Left => WithOrder(column, _content[i]),
            TableField.Sex => WithSex(column, _content[i]),
            _ => column,
        };
    }

    static ProposedColumn WithOrder(ProposedColumn column, ColumnContent content)
    {
        if (content.IsEmpty) return column with { Choice = column.Choice with { Dates = DateOrder.DayMonthYear } };
        if (content.Days.Decided is { } order) return column with { Choice = column.Choice with { Dates = order } };
        return column with
        {
            Sure = Sureness.Ask,
            Orders = [.. content.Days.Candidates],
            Why = new($"{column.Why.Dutch} De datums kunnen op meer dan één manier worden gelezen. Kies de volgorde.", $"{column.Why.English} The days can be read in more than one way. Choose the order."),
        };
    }

    /// <summary>Digits are read as in EDEXML and must be looked at; a column with nothing but M is not guessed at all.</summary>
    static ProposedColumn WithSex(ProposedColumn column, ColumnContent content)
    {
        var fitting = content.Sexes;
        if (content.IsEmpty || fitting.Count == 1) return column with { Choice = column.Choice with { Sex = fitting.Count == 1 ? fitting[0] : SexWriting.ManVrouw } };
        if (fitting.Contains(SexWriting.OneIsBoy)) return column with
        {
            Choice = column.Choice with { Sex = SexWriting.OneIsBoy },
            Sure = Sureness.Likely,
            Why = new($"{column.Why.Dutch} Controleer: 1 = jongen, 2 = meisje.", $"{column.Why.English} Check: 1 = boy, 2 = girl."),
        };
        return column with
        {
            Sure = Sureness.Ask,
            Why = new($"{column.Why.Dutch} Wat de letters betekenen, is niet zeker. Kies de schrijfwijze.", $"{column.Why.English} What the letters mean is not certain. Choose the writing."),
        };
    }

    // ---- all columns together ----

    /// <summary>Of columns with one meaning the surest stays, then the one with the clearest name.</summary>
    void Doubles()
    {
        var doubles = _columns.Where(c => c.Choice is { IsOfOneTest: false, Field: not (TableField.NotUsed or TableField.NotInLetter or TableField.Number) }).GroupBy(c => c.Choice.Field).Where(g => g.Count() > 1);
        foreach (var same in doubles.ToList())
            foreach (var spare in same.OrderBy(c => c.Sure == Sureness.Ask && Agrees(c.Choice.Field, _content[c.Index]) == false).ThenBy(c => ColumnNames.Known(c.Name)?.Rank ?? int.MaxValue).ThenBy(c => c.Sure).Skip(1))
                Set(spare.Index, TableField.NotUsed, Sureness.Likely, new("Een andere kolom past beter bij deze betekenis.", "Another column fits this meaning better."));
    }

    void Rest()
    {
        bool Has(TableField field) => Array.Exists(_columns, c => c.Choice.Field == field && !c.Choice.IsOfOneTest);
        if (!Has(TableField.YearGroup) && _columns.FirstOrDefault(c => s_groupNames.Contains(Alike.Name(c.Name)) && _content[c.Index].AreYearGroups) is { } group)
            Set(group.Index, TableField.YearGroup, Sureness.Likely, new("In de naam van de groep staat de jaargroep.", "The name of the group holds the year group."));
        if (_columns.FirstOrDefault(c => c.Choice.Field == TableField.FullName) is { } name && Has(TableField.FirstName))
        {
            if (Has(TableField.LastName)) Set(name.Index, TableField.NotUsed, Sureness.Likely, new("Roepnaam en achternaam staan er al.", "First and last name are there already."));
            else if (!_content[name.Index].AreFullNames) Set(name.Index, TableField.LastName, Sureness.Likely, new("Naast de roepnaam is dit de achternaam.", "Beside the first name this is the last name."));
        }
        if (Has(TableField.Score) || !_columns.Any(c => c.Choice.Field is TableField.TestCode or TableField.TestName or TableField.Subject)) return;
        if (_columns.Where(c => c.Choice.Field == TableField.NotUsed && ColumnNames.Known(c.Name) is null && _content[c.Index].HaveDecimals).ToList() is [var score])
            Set(score.Index, TableField.Score, Sureness.Ask, new("Er staan getallen met een decimaal in. Controleer of dit de vaardigheidsscore is.", "It holds numbers with a decimal. Check that this is the ability score."));
    }

    void Set(int i, TableField field, Sureness sure, Words why) => _columns[i] = Column(i, field, sure, why);

    MappingChoices Chosen()
    {
        var signs = new DecimalSigns();
        foreach (var column in _columns)
            if (column.Choice.Field == TableField.Score) signs.Add(_content[column.Index].Signs);
        var choices = new MappingChoices { Columns = [.. _columns.Select(c => c.Choice)], Decimal = signs.Sign.ToString() };
        var describes = choices.NamesPupils && choices.Has(TableField.Born) && (choices.Has(TableField.Sex) || choices.Has(TableField.Number) || choices.Has(TableField.YearGroup));
        return choices with { Pupils = describes };
    }
}
