using Groeilijn.Delivery;
using Groeilijn.Education;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.Office.Pages;

/// <summary>A delivery of a school.</summary>
public sealed record SchoolDelivery(string Edition, int Sequence, string State, DateTimeOffset At, int Pupils, int Results);

/// <summary>One school: its certificate, its deliveries, and how its pupils link beside the national picture.</summary>
public sealed class SchoolPage(OfficeHome home) : OfficePage(home)
{
    /// <summary>The school in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "school")] public string? Asked { get; set; }

    /// <summary>Since when its computer is lost.</summary>
    [BindProperty] public DateOnly? Lost { get; set; }

    /// <summary>The school.</summary>
    public EnrolledSchool Enrolled { get; private set; } = null!;

    /// <summary>When it was enrolled, with the key it has now.</summary>
    public DateTimeOffset Since => OfficeHome.Time(Home.Database.ReadOne<string>("SELECT enrolled FROM schools WHERE location = @Code", new { Enrolled.Location.Code })!);

    /// <summary>Its certificate's fingerprint, to be read aloud.</summary>
    public string Fingerprint => SigningKey.Aloud(SigningKey.FingerprintOf(Enrolled.Certificate));

    /// <summary>Whether its certificate counts no longer.</summary>
    public bool Revoked => Revocations.IsRevoked(Home, Enrolled.Certificate);

    /// <summary>Whether the visitor may revoke it.</summary>
    public bool MayRevoke => OfficeDuties.May(HttpContext, "/School", "Revoke");

    /// <summary>Its deliveries, the newest first.</summary>
    public IReadOnlyList<SchoolDelivery> Deliveries => [.. Home.Database
        .Read<(string Edition, long Sequence, string State, string Received, byte[] Manifest)>("SELECT edition, sequence, state, received, manifest FROM deliveries WHERE school = @Code ORDER BY edition DESC, sequence DESC", new { Enrolled.Location.Code })
        .Select(row => (row, Said: Manifest.TryRead(row.Manifest, out var said, out _) ? said : null)).Select(one => new SchoolDelivery(one.row.Edition, (int)one.row.Sequence, one.row.State, OfficeHome.Time(one.row.Received), one.Said?.Pupils ?? 0, one.Said?.Results ?? 0))];

    /// <summary>What was refused of it, the newest first.</summary>
    public IReadOnlyList<(string Edition, RefusedDelivery Refused)> Refusals => [.. OfficeTasks.Rounds(Home).SelectMany(round => IntakeRefusals.Of(Home, round.Edition.ToString(), Enrolled.Location.Code).Select(refused => (round.Edition.ToString(), refused)))];

    /// <summary>How its pupils linked, round by round, the newest first.</summary>
    public IReadOnlyList<(Edition Edition, SchoolRate Rate, LinkRate National)> Rates => [.. OfficeTasks.Rounds(Home).Where(round => round.State != RoundState.Open)
        .Select(round => (round.Edition, Of: LinkRates.Of(Home, round.Edition)))
        .SelectMany(one => one.Of.Schools.Where(rate => rate.School == Enrolled.Location.Code && rate.Fault is null).Select(rate => (one.Edition, rate, one.Of.National)))];

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (Schools.Find(Home, Asked ?? "") is { } school) Enrolled = school;
        else context.Result = NotFound();
    }

    public void OnGet() => Lost = Today;

    /// <summary>Revokes its certificate.</summary>
    public IActionResult OnPostRevoke()
    {
        var made = Revocations.Revoke(Home, Enrolled.Location.Code, Lost);
        if (made.Refusal is { } no)
        {
            Refuse(no, no.Code == "revoked-day" ? nameof(Lost) : "");
            return Page();
        }
        var doubtful = made.Value!.Doubtful.Count;
        Done($"Het certificaat is ingetrokken. Sinds die dag kwamen er {doubtful} leveringen; vraag de school of zij die zelf stuurde.", $"The certificate was revoked. Since that day {doubtful} deliveries came; ask the school whether it sent them itself.");
        return Go($"/schools/{Enrolled.Location.Code}");
    }
}
