using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>The log of views, for who checks.</summary>
public sealed class ViewsPage(OfficeHome home, People people) : OfficePage(home)
{
    const int Size = 100;

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "p")] public int Number { get; set; } = 1;

    /// <summary>The lines of this page, the newest first.</summary>
    public IReadOnlyList<ViewLine> Lines => ViewLog.Read(Home, (Math.Clamp(Number, 1, Pages) - 1) * Size, Size);

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (ViewLog.Count(Home) + Size - 1) / Size);

    /// <summary>Who it was.</summary>
    public string Who(ViewLine line) => line.Account is not { } id ? Say("op de computer van het bureau", "at the office's own computer")
        : people.Find(id)?.Name ?? Say($"account {id.ToString(CultureInfo.InvariantCulture)}", $"account {id.ToString(CultureInfo.InvariantCulture)}");
}
