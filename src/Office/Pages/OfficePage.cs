using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Sites;
using Groeilijn.Sites.Accounts;
using Groeilijn.Sites.Work;
using Groeilijn.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>What every page of the console has: the home, who looks, and moments in words.</summary>
public abstract class OfficePage(OfficeHome home) : SitePage
{
    /// <summary>The office's home.</summary>
    protected OfficeHome Home => home;

    /// <summary>The account that is signed in; null for the one steward on this computer.</summary>
    public Account? Me => HttpContext.Features.Get<Account>();

    /// <summary>Today, where the office is.</summary>
    public DateOnly Today => Local(home.Now).Day;

    /// <summary>Whether the visitor may look at a page.</summary>
    public bool MayLook(string page) => OfficeDuties.MayLook(HttpContext, page);

    /// <summary>A moment in words, with the office's own clock.</summary>
    public string Moment(DateTimeOffset at)
    {
        var (day, time) = Local(at);
        return $"{Speech.Day(day)}, {time.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>A share in per cent with one decimal.</summary>
    public string Percent(double share) => Speech.Number(share * 100, 1) + " %";

    /// <summary>Marks a field, or with no name the whole form, as refused.</summary>
    protected void Refuse(Refusal no, string field = "")
    {
        var words = OfficeWords.Of(no);
        Wrong(field, words.Dutch, words.English);
    }

    /// <summary>How a step that ran in a process of its own ends a job.</summary>
    internal static JobEnd End(ProgramEnd end, string path) => end.Ok ? JobEnd.At(path) : JobEnd.Refused(OfficeWords.OfProgram(end.Refusal), new("Ga terug en kijk hoe het er nu voor staat.", "Go back and look how it stands now."));

    (DateOnly Day, TimeOnly Time) Local(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, home.Clock.LocalTimeZone).DateTime;
        return (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}

/// <summary>A page about one round, by the edition in its address.</summary>
public abstract class RoundPageBase(OfficeHome home) : OfficePage(home)
{
    /// <summary>The edition as it stands in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "edition")]
    public string? Asked { get; set; }

    /// <summary>The half-year.</summary>
    public Edition Edition => Round.Edition;

    /// <summary>The round.</summary>
    public Round Round { get; private set; } = null!;

    /// <summary>Its days; null when its notice is gone.</summary>
    public RoundDays? Days => RoundDays.Of(Home, Edition);

    /// <summary>The address of a page of this round.</summary>
    public string At(string page = "") => $"/rounds/{Edition}{page}";

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context)
    {
        if (Edition.Parse(Asked) is { Ok: true, Value: var edition } && Rounds.Find(Home, edition) is { } round) Round = round;
        else context.Result = NotFound();
    }
}
