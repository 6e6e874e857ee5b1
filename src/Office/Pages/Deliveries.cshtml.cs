using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>A school in a round: its latest delivery, or why it has none.</summary>
public sealed record DeliveryRow(string School, string Name, string Province, string? State, int Sequence, DateTimeOffset? At, int? Pupils, string? Refused);

/// <summary>The deliveries of a round: who has, who has not, whose was refused; and the list for reminders.</summary>
public sealed class DeliveriesPage(OfficeHome home) : RoundPageBase(home)
{
    const int Size = 50;
    IReadOnlyList<DeliveryRow>? _all, _found;

    /// <summary>Which schools: all, missing, delivered, refused.</summary>
    [BindProperty(SupportsGet = true, Name = "show")] public string Show { get; set; } = "all";

    /// <summary>Code or part of a name.</summary>
    [BindProperty(SupportsGet = true, Name = "q")] public string? Q { get; set; }

    /// <summary>The order: a column, with a minus before it downwards.</summary>
    [BindProperty(SupportsGet = true, Name = "sort")] public string? Sort { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "p")] public int Number { get; set; } = 1;

    /// <summary>What can be shown.</summary>
    public IEnumerable<Choice> Filters => [new("all", Say("alle scholen", "all schools")), new("missing", Say("wie nog niet leverde", "who has not delivered")), new("delivered", Say("wie leverde", "who delivered")), new("refused", Say("wie is geweigerd", "who was refused"))];

    /// <summary>Every school with its latest delivery.</summary>
    public IReadOnlyList<DeliveryRow> All => _all ??= Read();

    /// <summary>The schools that were asked for, in order.</summary>
    public IReadOnlyList<DeliveryRow> Found => _found ??= Find();

    List<DeliveryRow> Find()
    {
        var found = (Sort?.TrimStart('-') == "pupils" ? All.Select(WithPupils) : All).Where(row => Show switch { "missing" => row.State is null, "delivered" => row.State is not null, "refused" => row.Refused is not null, _ => true })
            .Where(row => string.IsNullOrWhiteSpace(Q) || row.School.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase) || row.Name.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase));
        Func<DeliveryRow, string> key = (Sort ?? "").TrimStart('-') switch
        {
            "name" => row => row.Name,
            "state" => row => row.Refused is null ? row.State ?? "" : "refused",
            "at" => row => row.At is { } at ? OfficeHome.Text(at) : "",
            "pupils" => row => (row.Pupils ?? -1).ToString("D9", CultureInfo.InvariantCulture),
            _ => row => row.School,
        };
        return [.. Sort?.StartsWith('-') == true ? found.OrderByDescending(key, StringComparer.Ordinal) : found.OrderBy(key, StringComparer.Ordinal)];
    }

    /// <summary>Those of this page.</summary>
    public IReadOnlyList<DeliveryRow> Shown => [.. Found.Skip((Math.Clamp(Number, 1, Pages) - 1) * Size).Take(Size).Select(WithPupils)];

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (Found.Count + Size - 1) / Size);

    /// <summary>How often something came of an unknown sender in the last week.</summary>
    public long Strangers => IntakeRefusals.Strangers(Home, DateOnly.FromDateTime(Home.Now.UtcDateTime).AddDays(-7));

    /// <summary>Whether the visitor may take the list for reminders, and there is somebody on it.</summary>
    public bool MayRemind => All.Any(row => row.State is null) && OfficeDuties.May(HttpContext, "/Deliveries", "get:Reminders");

    /// <summary>The schools without a delivery, for a mail program: a separator that Dutch spreadsheets read, and no cell that one of them would compute.</summary>
    public IActionResult OnGetReminders()
    {
        var csv = new StringBuilder("school;name;province;last day;refused\r\n");
        foreach (var row in All.Where(row => row.State is null)) csv.AppendJoin(';', new[] { row.School, row.Name, row.Province, Days?.Closes.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", row.Refused ?? "" }.Select(Cell)).Append("\r\n");
        return File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(csv.ToString())).ToArray(), "text/csv; charset=utf-8", $"reminders-{Edition}.csv");
    }

    static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(";\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>How many pupils stands in the manifest, which is read for the rows that are shown.</summary>
    DeliveryRow WithPupils(DeliveryRow row) => row.Pupils is null && row.State is not null
        && Home.Database.ReadOne<byte[]>("SELECT manifest FROM deliveries WHERE edition = @edition AND school = @School AND sequence = @Sequence", new { edition = Edition.ToString(), row.School, row.Sequence }) is { } manifest
        && Manifest.TryRead(manifest, out var said, out _) ? row with { Pupils = said.Pupils } : row;

    List<DeliveryRow> Read()
    {
        var latest = Home.Database.Read<(string School, long Sequence, string State, string Received)>(
            "SELECT school, sequence, state, received FROM deliveries WHERE edition = @edition AND state <> 'replaced' ORDER BY sequence", new { edition = Edition.ToString() })
            .GroupBy(row => row.School).ToDictionary(group => group.Key, group => group.Last());
        var refused = IntakeRefusals.Of(Home, Edition.ToString()).GroupBy(row => row.School).ToDictionary(group => group.Key, group => group.First());
        return [.. Home.Database.Read<(string Location, string Name, string Province)>("SELECT location, name, province FROM schools ORDER BY location").Select(school =>
        {
            var has = latest.TryGetValue(school.Location, out var row);
            var no = refused.TryGetValue(school.Location, out var why) && (!has || OfficeHome.Time(row.Received) < why.At) ? why.Code : null;
            return has
                ? new DeliveryRow(school.Location, school.Name, school.Province, row.State, (int)row.Sequence, OfficeHome.Time(row.Received), null, no)
                : new DeliveryRow(school.Location, school.Name, school.Province, null, 0, null, null, no);
        })];
    }
}
