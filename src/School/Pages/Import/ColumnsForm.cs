using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Http;

namespace Groeilijn.School.Pages;

/// <summary>The form of a table's columns: which fields it has, and the choices that were made in it. Field <c>Field3</c> is that of the fourth column.</summary>
static class ColumnsForm
{
    internal const string Decimal = "Decimal", Pupils = "Pupils", System = "System", OtherTest = "other";

    static readonly TableField[] s_days = [TableField.Born, TableField.Taken, TableField.Entered, TableField.Left];

    internal static bool HoldsDays(TableField field) => s_days.Contains(field);

    /// <summary>Whether a column of scores must say itself of which test they are.</summary>
    internal static bool AsksTest(ColumnChoice choice, MappingChoices all) =>
        choice.Field == TableField.Score && (choice.IsOfOneTest || !all.Has(TableField.TestCode) && !all.Has(TableField.TestName) && !all.Has(TableField.Subject));

    /// <summary>Whether it must say on which day the test was taken, because no column does.</summary>
    internal static bool AsksDay(ColumnChoice choice, MappingChoices all) =>
        AsksTest(choice, all) && !all.Has(TableField.Taken) && !all.Columns.Any(day => day.Field == TableField.Taken && day.IsOfOneTest && MappingCheck.DayOf(day, choice));

    /// <summary>The choices as they stand in a form that was sent.</summary>
    internal static MappingChoices Read(IFormCollection form, MappingProposal proposal) => new()
    {
        Columns = [.. proposal.Columns.Select((column, i) => Column(form, column.Choice, i))],
        Tests = [.. proposal.Tests.Select((test, i) => Test(form, test.Choice, i))],
        Decimal = form[Decimal].ToString() is { Length: > 0 } sign ? sign : proposal.Choices.Decimal,
        Pupils = form[Pupils].ToString().StartsWith("true", StringComparison.Ordinal),
    };

    static ColumnChoice Column(IFormCollection form, ColumnChoice proposed, int i)
    {
        if (!ColumnNames.TryFind(Value(form, "Field", i), out var field)) field = proposed.Field;
        var same = field == proposed.Field;
        return new()
        {
            Column = proposed.Column,
            Field = field,
            Dates = !HoldsDays(field) ? null : Enum.TryParse<DateOrder>(Value(form, "Dates", i), out var dates) ? dates : same ? proposed.Dates : null,
            Sex = field != TableField.Sex ? null : Enum.TryParse<SexWriting>(Value(form, "Sex", i), out var sex) ? sex : same ? proposed.Sex : null,
            Subject = field switch { TableField.Score => Value(form, "Subject", i) ?? (same ? proposed.Subject : null), TableField.Taken when same => proposed.Subject, _ => null },
            Series = field switch { TableField.Score => Value(form, "Series", i) ?? (same ? proposed.Series : null), TableField.Taken when same => proposed.Series, _ => null },
            Moment = field switch { TableField.Score => Value(form, "Moment", i) ?? (same ? proposed.Moment : null), TableField.Taken when same => proposed.Moment, _ => null },
            Day = field == TableField.Score && DateOnly.TryParseExact(Value(form, "Day", i), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        };
    }

    static TestChoice Test(IFormCollection form, TestChoice proposed, int i)
    {
        var subject = Value(form, "TestSubject", i);
        return subject == OtherTest ? new() { Name = proposed.Name, NotUsed = true }
            : new() { Name = proposed.Name, Subject = subject, Series = Value(form, "TestSeries", i), Moment = Value(form, "TestMoment", i) };
    }

    static string? Value(IFormCollection form, string name, int i) => form[Name(name, i)].ToString() is { Length: > 0 } value ? value : null;

    internal static string Name(string name, int i) => string.Create(CultureInfo.InvariantCulture, $"{name}{i}");

    /// <summary>The field of the form that a refusal is about.</summary>
    internal static string Where(Refusal refusal, MappingChoices choices)
    {
        int At(Predicate<ColumnChoice> is_) => choices.Columns.ToList().FindIndex(is_);
        string Or(string name, int i) => Name(i < 0 ? "Field" : name, Math.Max(i, 0));
        if (refusal == Refusals.FieldTwice) return Name("Field", Math.Max(0, At(c => choices.Columns.Count(o => o.Field == c.Field && (o.Subject, o.Series, o.Moment) == (c.Subject, c.Series, c.Moment)) > 1 && c.Field is not (TableField.NotUsed or TableField.NotInLetter or TableField.Number))));
        if (refusal == Refusals.DateOrderUnsaid) return Or("Dates", At(c => HoldsDays(c.Field) && c.Dates is null));
        if (refusal == Refusals.SexWritingUnsaid) return Or("Sex", At(c => c.Field == TableField.Sex && c.Sex is null));
        if (refusal == Refusals.TestUnsaid) return Or("Series", At(c => AsksTest(c, choices) && c.Test.Code is null));
        if (refusal == Refusals.TestDayUnsaid) return Or("Day", At(c => AsksDay(c, choices) && c.Day is null));
        return refusal == Refusals.PupilsWithoutBirth ? Pupils : Name("Field", 0);
    }

    /// <summary>The one test of a column, in words.</summary>
    internal static string Words(ColumnChoice choice, string language) =>
        string.Join(", ", new[] { Subjects(language).Find(s => s.Value == choice.Subject).Label, Series(language).Find(s => s.Value == choice.Series).Label, choice.Moment }.Where(word => word is not null));

    // ---- what can be chosen ----

    internal static List<Choice> Fields(string language) => [.. ColumnNames.All.Select(w => new Choice(w.Code, w.Words.In(language)))];

    internal static List<Choice> Subjects(string language) => language == "nl" ? [new("reading", "Begrijpend lezen"), new("spelling", "Spelling"), new("maths", "Rekenen-wiskunde")] : [new("reading", "Reading comprehension"), new("spelling", "Spelling"), new("maths", "Arithmetic")];

    internal static List<Choice> Series(string language) => language == "nl" ? [new("lvs-3", "3.0"), new("lvs-2", "2.0 (ouder)")] : [new("lvs-3", "3.0"), new("lvs-2", "2.0 (older)")];

    internal static List<Choice> Moments { get; } = [.. Enumerable.Range(3, 6).SelectMany(group => new[] { HalfYear.M, HalfYear.E }.Select(half => new TestMoment(half, new YearGroup(group)).ToString())).Select(m => new Choice(m, m))];
}
