using System.Globalization;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>What the columns of an unknown table hold: proposed, put right and confirmed once. The values beside them are on the screen alone.</summary>
public sealed class ImportColumnsPage(SchoolHome home, ImportDesk desk, Jobs jobs) : SitePage
{
    const int RowsShown = 12, ValuesShown = 3;

    IReadOnlyList<IReadOnlyList<string>> _rows = [];

    /// <summary>The name that the school gives the system.</summary>
    [BindProperty]
    public string? System { get; set; }

    /// <summary>The name of the file.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>What the program thinks; null when the upload is no longer held, or the file is no table.</summary>
    public MappingProposal? Proposal { get; private set; }

    /// <summary>What is chosen now.</summary>
    public MappingChoices Choices { get; private set; } = new();

    /// <summary>Columns that a person must look at: those to choose first, then the rest of those that are read.</summary>
    public IEnumerable<(ProposedColumn Column, ColumnChoice Choice)> Read => Rows.Where(r => !Left(r)).OrderByDescending(r => r.Column.Sure == Sureness.Ask);

    /// <summary>Columns that are not read.</summary>
    public IEnumerable<(ProposedColumn Column, ColumnChoice Choice)> Unread => Rows.Where(Left);

    IEnumerable<(ProposedColumn Column, ColumnChoice Choice)> Rows => Proposal!.Columns.Select(c => (c, Choices.Columns[c.Index]));

    /// <summary>Left alone by the program, and not set to something by the visitor; a column to choose stays in sight.</summary>
    bool Left((ProposedColumn Column, ColumnChoice Choice) row) =>
        row.Column.Choice.Field is TableField.NotUsed or TableField.NotInLetter && row.Choice.Field is TableField.NotUsed or TableField.NotInLetter && row.Column.Sure != Sureness.Ask;

    /// <summary>How many columns a person must choose.</summary>
    public int ToChoose => Rows.Count(r => r.Column.Sure == Sureness.Ask);

    /// <summary>The page, or in words that the file must be chosen again.</summary>
    public void OnGet(int file) => Look(file);

    /// <summary>Remembers the choices and goes on with the same upload.</summary>
    public IActionResult OnPost(int file)
    {
        Look(file);
        if (Proposal is not { } proposal) return Page();
        Choices = ColumnsForm.Read(Request.Form, proposal);
        var confirmed = ColumnMappings.Confirm(home, proposal.Signature, System ?? "", Choices);
        if (confirmed.Refusal is not { } no) return Go(desk.Start(home, jobs).Path);
        Wrong(ColumnsForm.Where(no, Choices), $"{no.Dutch} {no.HintDutch}", $"{no.English} {no.HintEnglish}");
        return Page();
    }

    void Look(int file)
    {
        if (desk.Upload is not { } upload || file < 1 || file > upload.Files.Count) return;
        FileName = upload.Files[file - 1].Name;
        Proposal = ColumnMappings.Propose(home, upload.Files[file - 1]).Value;
        if (Proposal is null) return;
        _rows = Proposal.Samples(RowsShown);
        Choices = Proposal.Choices with { Columns = [.. Proposal.Columns.Select(c => c.Choice)] };
        System ??= Proposal.System;
    }

    /// <summary>A few values of a column, for the school's own screen.</summary>
    public IReadOnlyList<string> Values(ProposedColumn column) => [.. _rows.Select(row => row[column.Index]).Where(cell => cell.Length > 0).Distinct().Take(ValuesShown).Select(Short)];

    static string Short(string cell) => cell.Length > 30 ? cell[..29] + "…" : cell;

    /// <summary>The orders in which the days of a column can be read, each with what the first day then is.</summary>
    public IEnumerable<Choice> Orders(ProposedColumn column)
    {
        var days = _rows.Select(row => row[column.Index]).Where(cell => cell.Length > 0).ToList();
        var fitting = column.Orders.Count > 0 ? column.Orders : [.. Enum.GetValues<DateOrder>().Where(order => days.TrueForAll(day => DateOrders.Read(order, day).Length > 0))];
        foreach (var order in fitting.Count > 0 ? fitting : Enum.GetValues<DateOrder>())
            yield return new(order.ToString(), DateOrders.WordsOf(order).In(Language) + (days.Count > 0 && Day(order, days[0]) is { } day ? Say($": {days[0]} is {day}", $": {days[0]} is {day}") : ""));
    }

    /// <summary>How the first value of a column is read; null where that says nothing.</summary>
    public string? Example(ProposedColumn column, ColumnChoice choice)
    {
        if (_rows.Select(row => row[column.Index]).FirstOrDefault(cell => cell.Length > 0) is not { } first) return null;
        var read = choice switch
        {
            { Dates: { } order } => Day(order, first),
            { Field: TableField.Score } => double.TryParse(DecimalSigns.Plain(first, Choices.Decimal[0]), NumberStyles.Float, CultureInfo.InvariantCulture, out var score) ? Speech.Number(score, 1) : null,
            _ => null,
        };
        return read is null ? null : Say($"{first} lezen wij als {read}.", $"We read {first} as {read}.");
    }

    string? Day(DateOrder order, string cell) => DateOnly.TryParseExact(DateOrders.Read(order, cell), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Speech.Day(day) : null;

    /// <summary>The ways to write sex.</summary>
    public IEnumerable<Choice> Sexes => Enum.GetValues<SexWriting>().Select(w => new Choice(w.ToString(), SexWritings.WordsOf(w).In(Language)));
}
