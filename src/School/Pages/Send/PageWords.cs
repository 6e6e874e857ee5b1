using System.Globalization;
using System.Text.RegularExpressions;
using Groeilijn.Delivery;
using Groeilijn.Sites;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Html;

namespace Groeilijn.School.Pages;

/// <summary>How these pages write a hash, a moment, a refusal and a text of the library.</summary>
static partial class PageWords
{
    const int ShortHash = 16;

    /// <summary>The first groups of a hash, enough to compare by eye.</summary>
    public static string Short(string sha256) => SigningKey.Aloud(sha256[..ShortHash]) + " …";

    /// <summary>A moment of the store (UTC) on this computer's clock: "20 maart 2025, 9:05".</summary>
    public static string Moment(this Speech speech, SchoolHome home, string utc)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), home.Clock.LocalTimeZone);
        return string.Create(CultureInfo.InvariantCulture, $"{speech.Day(DateOnly.FromDateTime(local.DateTime))}, {local:H:mm}");
    }

    /// <summary>A number of pupils.</summary>
    public static string Pupils(this Speech speech, int count) => count == 1 ? speech.Say("1 leerling", "1 pupil") : speech.Say($"{speech.Number(count)} leerlingen", $"{speech.Number(count)} pupils");

    /// <summary>What to do after a refusal, without the command that the terminal has for it.</summary>
    public static string Remedy(Refusal no, string language) => Command().Replace(no.Hint(language), ".");

    /// <summary>What is wrong and what to do, in one text.</summary>
    public static Spoken Whole(Refusal no) => new($"{no.Dutch} {Remedy(no, "nl")}", $"{no.English} {Remedy(no, "en")}");

    /// <summary>A refusal as the end of long work.</summary>
    public static JobEnd End(Refusal no) => JobEnd.Refused(new(no.Dutch, no.English), new(Remedy(no, "nl"), Remedy(no, "en")));

    /// <summary>A text that the library made for a page of its own, with its tables as this site shows them. It is encoded there.</summary>
    public static IHtmlContent Body(string html) => new HtmlString(html
        .Replace("<div class=\"scroll\"", "<div class=\"table-scroll\"", StringComparison.Ordinal)
        .Replace("<table>", "<table class=\"utrecht-table utrecht-table--html-table\">", StringComparison.Ordinal));

    /// <summary>The school years that an agreement holds for.</summary>
    public static string Years(this Speech speech, Agreement agreement) =>
        agreement.First == agreement.Last ? speech.Say($"schooljaar {agreement.First}", $"school year {agreement.First}") : speech.Say($"{agreement.First} tot en met {agreement.Last}", $"{agreement.First} up to and including {agreement.Last}");

    [GeneratedRegex(@": school [^.]*\.")]
    private static partial Regex Command();
}
