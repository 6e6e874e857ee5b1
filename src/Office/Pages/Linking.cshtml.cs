using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>What linking did with each delivery of a round, beside the national picture.</summary>
public sealed class LinkingPage(OfficeHome home) : RoundPageBase(home)
{
    const int Size = 100;
    (IReadOnlyList<SchoolRate> Schools, LinkRate National)? _rates;

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "p")] public int Number { get; set; } = 1;

    /// <summary>Every delivery, and the national picture.</summary>
    public (IReadOnlyList<SchoolRate> Schools, LinkRate National) Rates => _rates ??= LinkRates.Of(Home, Edition);

    /// <summary>Those of this page: unreadable and unusual ones first, then the fewest links first.</summary>
    public IEnumerable<SchoolRate> Shown => Rates.Schools.OrderByDescending(one => one.Fault is not null).ThenByDescending(one => one.Unusual).ThenBy(one => one.Rate.Share).ThenBy(one => one.School, StringComparer.Ordinal)
        .Skip((Math.Clamp(Number, 1, Pages) - 1) * Size).Take(Size);

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (Rates.Schools.Count + Size - 1) / Size);
}
