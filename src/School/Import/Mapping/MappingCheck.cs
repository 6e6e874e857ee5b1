namespace Groeilijn.School;

/// <summary>Whether choices say all that is needed and nothing twice.</summary>
static class MappingCheck
{
    const int FirstYear = 1991, LastYear = 2099;
    static readonly TableField[] s_days = [TableField.Born, TableField.Taken, TableField.Entered, TableField.Left];

    /// <summary>The first thing that is wrong; null when a table can be read by these choices.</summary>
    public static Refusal? Refused(MappingChoices choices)
    {
        if (choices.Tests.Any(t => string.IsNullOrEmpty(t.Name))) return Refusals.NotAMapping;
        if (choices.Columns.Any(c => c.Column.Length == 0) || choices.Columns.GroupBy(c => c.Column, StringComparer.Ordinal).Any(g => g.Count() > 1)) return Refusals.ColumnTwice;
        if (choices.Columns.Where(c => Single(c)).GroupBy(c => c.Field).Any(g => g.Count() > 1)) return Refusals.FieldTwice;
        if (choices.Columns.Where(c => c.IsOfOneTest).GroupBy(c => (c.Field, c.Subject, c.Series, c.Moment)).Any(g => g.Count() > 1)) return Refusals.FieldTwice;
        if (choices.Columns.Any(c => s_days.Contains(c.Field) && c.Dates is null)) return Refusals.DateOrderUnsaid;
        if (choices.Columns.Any(c => c.Field == TableField.Sex && c.Sex is null)) return Refusals.SexWritingUnsaid;
        if (choices.Columns.Any(c => c.IsOfOneTest && c.Field is TableField.Score && c.Test.Code is null)) return Refusals.TestUnsaid;
        if (choices.Columns.Any(c => c.Day is { Year: < FirstYear or > LastYear })) return Refusals.TestDayUnsaid;
        if (choices.Decimal is not ("," or ".")) return Refusals.DecimalUnsaid;
        if (!choices.NamesPupils) return Refusals.NobodyNamed;
        if (!choices.Pupils && !choices.HasResults && !choices.HasAddresses) return Refusals.NothingMapped;
        if (choices.Pupils && !choices.Has(TableField.Born)) return Refusals.PupilsWithoutBirth;
        return choices.HasResults ? Results(choices) : null;
    }

    /// <summary>BSN and onderwijsnummer may stand in two columns: a pupil has one of them.</summary>
    static bool Single(ColumnChoice c) => c.Field is not (TableField.NotUsed or TableField.NotInLetter or TableField.Number) && !c.IsOfOneTest;

    static Refusal? Results(MappingChoices choices)
    {
        var wide = choices.Columns.Where(c => c.Field == TableField.Score && c.IsOfOneTest).ToList();
        var days = choices.Columns.Where(c => c.Field == TableField.Taken && c.IsOfOneTest).ToList();
        if (wide.Exists(w => w.Day is null && !choices.Has(TableField.Taken) && !days.Exists(d => DayOf(d, w)))) return Refusals.TestDayUnsaid;
        if (!choices.Has(TableField.Score)) return null;
        if (!choices.Has(TableField.Taken)) return Refusals.TestDayUnsaid;
        return choices.Has(TableField.TestCode) || choices.Has(TableField.TestName) || choices.Has(TableField.Subject) ? null : Refusals.TestUnsaid;
    }

    /// <summary>Whether a column of days belongs to a column of scores.</summary>
    public static bool DayOf(ColumnChoice day, ColumnChoice score) =>
        (day.Subject ?? score.Subject) == score.Subject && (day.Moment ?? score.Moment) == score.Moment && (day.Series ?? score.Series) == score.Series;
}

static partial class Refusals
{
    public static readonly Refusal NotATable = new("In dit bestand is geen tabel met kolomnamen gevonden.", "No table with names of columns was found in this file.", "Zet in de eerste regel de namen van de kolommen.", "Put the names of the columns in the first line.");
    public static readonly Refusal NotAMapping = new("Dit bestand is geen kolomindeling.", "This file is no mapping of columns.", "Maak het voorstel opnieuw en verander alleen wat achter field, dates, sex, subject, series, moment en day staat.", "Make the proposal again and change only what stands after field, dates, sex, subject, series, moment and day.");
    public static readonly Refusal NoSuchMapping = new("Deze kolomindeling is niet bekend.", "This mapping of columns is not known.", "Bekijk de lijst van kolomindelingen.", "Look at the list of mappings.");
    public static readonly Refusal ColumnTwice = new("Een kolom staat er twee keer in, of heeft geen naam.", "A column stands in it twice, or has no name.", "Noem elke kolom één keer.", "Name every column once.");
    public static readonly Refusal FieldTwice = new("Twee kolommen hebben dezelfde betekenis.", "Two columns have the same meaning.", "Kies er één. Zet de andere op: niet nodig.", "Choose one. Set the other to: not needed.");
    public static readonly Refusal DateOrderUnsaid = new("Bij een kolom met datums is niet gekozen hoe die geschreven zijn.", "For a column of days it was not chosen how they are written.", "Kies bij die kolom de volgorde, bijvoorbeeld dag-maand-jaar.", "Choose the order for that column, for instance day-month-year.");
    public static readonly Refusal SexWritingUnsaid = new("Bij de kolom met het geslacht is niet gekozen wat de tekens betekenen.", "For the column of sex it was not chosen what the codes mean.", "Kies de schrijfwijze, bijvoorbeeld M = man, V = vrouw.", "Choose the writing, for instance M = male, V = female.");
    public static readonly Refusal TestUnsaid = new("Van een kolom met scores is niet bekend bij welke toets die hoort.", "For a column of scores it is not known to which test it belongs.", "Kies vak, toetsserie en toetsmoment. De serie staat in de handleiding van de toets.", "Choose subject, series and moment. The series is given in the manual of the test.");
    public static readonly Refusal TestDayUnsaid = new("De dag waarop de toets is gemaakt ontbreekt.", "The day on which the test was taken is missing.", "Kies de kolom met de afnamedatum, of geef bij elke kolom met scores de dag.", "Choose the column of the test date, or give the day for every column of scores.");
    public static readonly Refusal DecimalUnsaid = new("Het decimaalteken moet een komma of een punt zijn.", "The decimal sign must be a comma or a point.", "Zet er een komma of een punt.", "Put a comma or a point.");
    public static readonly Refusal NobodyNamed = new("De tabel zegt niet van wie de rijen zijn.", "The table does not say whose its rows are.", "Kies de kolom met het leerlingnummer, het ECK iD of het BSN, of die met naam en geboortedatum.", "Choose the column of the pupil's key, the ECK iD or the BSN, or those of name and birth date.");
    public static readonly Refusal NothingMapped = new("Er is geen kolom gekozen die nodig is.", "No column that is needed was chosen.", "Kies de kolommen met leerlingen, adressen of vaardigheidsscores.", "Choose the columns of pupils, addresses or ability scores.");
    public static readonly Refusal PupilsWithoutBirth = new("Leerlingen kunnen alleen uit deze tabel komen als de geboortedatum erin staat.", "Pupils can come from this table only when their birth date is in it.", "Kies de kolom met de geboortedatum, of neem de leerlingen uit een ander bestand.", "Choose the column of the birth date, or take the pupils from another file.");
}
