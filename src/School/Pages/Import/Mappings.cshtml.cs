using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>The mappings of columns that were confirmed, to look at and to forget.</summary>
public sealed class ImportMappingsPage(SchoolHome home, ImportDesk desk) : SitePage
{
    /// <summary>The mappings.</summary>
    public IReadOnlyList<ColumnMapping> Mappings => ColumnMappings.List(home);

    /// <summary>What is read of such a table, in words.</summary>
    public string Fields(ColumnMapping mapping) => string.Join(", ", mapping.Choices.Columns.Select(c => c.Field).Where(f => f is not (TableField.NotUsed or TableField.NotInLetter)).Distinct().Select(f => ColumnNames.Of(f).Words.In(Language).ToLowerInvariant()));

    /// <summary>Forgets one.</summary>
    public IActionResult OnPost(string id)
    {
        desk.Forgotten = ColumnMappings.Forget(home, id).Value;
        if (desk.Forgotten is not null)
            DoneWithUndo("De kolommen zijn vergeten. De volgende keer vraagt het programma er weer naar.", "The columns were forgotten. Next time the program asks for them again.", Speech.To("/import/mappings?handler=Undo"), id);
        return Go("/import/mappings");
    }

    /// <summary>Takes it back.</summary>
    public IActionResult OnPostUndo(string id)
    {
        if (desk.Forgotten is { } mapping && mapping.Signature == id && ColumnMappings.Confirm(home, mapping.Signature, mapping.System, mapping.Choices).Ok)
            Done("De kolommen zijn weer onthouden.", "The columns are remembered again.");
        desk.Forgotten = null;
        return Go("/import/mappings");
    }
}
