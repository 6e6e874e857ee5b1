using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>A school in the list.</summary>
public sealed record SchoolRow(string Location, string Name, string Province, long Deliveries);

/// <summary>The enrolled schools, found by code or name.</summary>
public sealed class SchoolsPage(OfficeHome home) : OfficePage(home)
{
    const int Size = 50;
    IReadOnlyList<SchoolRow>? _found;

    /// <summary>Code or part of a name.</summary>
    [BindProperty(SupportsGet = true, Name = "q")] public string? Q { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "p")] public int Number { get; set; } = 1;

    /// <summary>How many are enrolled.</summary>
    public long Total => Home.Database.ReadOne<long>("SELECT count(*) FROM schools");

    /// <summary>Those that were asked for.</summary>
    public IReadOnlyList<SchoolRow> Found => _found ??= [.. Home.Database
        .Read<(string Location, string Name, string Province, long Deliveries)>("SELECT location, name, province, (SELECT count(*) FROM deliveries d WHERE d.school = s.location) FROM schools s ORDER BY location")
        .Where(row => string.IsNullOrWhiteSpace(Q) || row.Location.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase) || row.Name.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase))
        .Select(row => new SchoolRow(row.Location, row.Name, row.Province, row.Deliveries))];

    /// <summary>Those of this page.</summary>
    public IEnumerable<SchoolRow> Shown => Found.Skip((Math.Clamp(Number, 1, Pages) - 1) * Size).Take(Size);

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (Found.Count + Size - 1) / Size);
}
