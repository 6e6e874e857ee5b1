using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Sites.Host;

/// <summary>
/// A page of few words for what is not there, not allowed or broken: what it is, what to do. Written without the machinery of
/// pages, so that it stands when that has fallen.
/// </summary>
sealed record Notice(int Status, Spoken Title, Spoken What, Spoken Remedy)
{
    internal static readonly Notice OpenAgain = new(403, new("Open het programma opnieuw", "Open the program again"),
        new("Deze pagina hoort bij het programma Groeilijn op deze computer. Het adres waarmee u binnenkwam werkt één keer, en deze browser is nog niet binnen.", "This page belongs to the program Groeilijn on this computer. The address that lets you in works once, and this browser is not in yet."),
        new("Sluit dit venster en start het programma opnieuw. Het opent dan de goede pagina, of toont het adres daarvan.", "Close this window and start the program again. It then opens the right page, or shows its address."));

    internal static Notice TooLarge(int limit) => new(413, new("Dit bestand is te groot", "This file is too large"),
        new($"Wat u verstuurt mag samen niet groter zijn dan {Megabytes(limit)} MB.", $"What you send may together be no larger than {Megabytes(limit)} MB."),
        new("Ga terug en kies een kleiner bestand, of verdeel de export over meer bestanden.", "Go back and choose a smaller file, or divide the export over more files."));

    internal static Notice Fault(string number) => new(500, new("Er ging iets mis in het programma", "Something went wrong in the program"),
        new($"Dit ligt niet aan u. Het nummer van deze fout is {number}.", $"This is not your mistake. The number of this fault is {number}."),
        new("Ga terug en probeer het nog een keer. Gebeurt het weer? Geef dan dit nummer door aan wie het programma beheert.", "Go back and try once more. Does it happen again? Then give this number to whoever looks after the program."));

    static readonly Notice s_notFound = new(404, new("Deze pagina bestaat niet", "This page does not exist"),
        new("Het adres klopt niet, of wat hier stond is er niet meer.", "The address is not right, or what stood here is gone."), new("Ga naar het begin en zoek het daar.", "Go to the start and look for it there."));

    static readonly Notice s_refused = new(400, new("Dit formulier werkt niet meer", "This form no longer works"),
        new("Het formulier is te oud, of het programma is opnieuw gestart nadat u de pagina opende. Er is niets opgeslagen.", "The form is too old, or the program was started again after you opened the page. Nothing was saved."),
        new("Ga naar het begin en vul het formulier opnieuw in.", "Go to the start and fill in the form again."));

    static readonly Notice s_tooOften = new(429, new("Even wachten", "Please wait"),
        new("Er kwamen te veel verzoeken in korte tijd.", "Too many requests came in a short time."), new("Wacht een minuut en probeer het dan nog een keer.", "Wait a minute and then try again."));

    static readonly Notice s_notAllowed = new(403, new("U mag deze pagina niet bekijken", "You may not see this page"),
        new("U hebt hier geen rechten voor.", "You have no rights for this."), new("Vraag het aan wie het programma beheert.", "Ask whoever looks after the program."));

    static string Megabytes(int bytes) => (bytes >> 20).ToString(CultureInfo.InvariantCulture);

    /// <summary>Words for a status that came without a page.</summary>
    internal static Task OfStatus(HttpContext context) => Write(context, context.Response.StatusCode switch
    {
        404 or 405 => s_notFound with { Status = context.Response.StatusCode },
        401 or 403 => s_notAllowed with { Status = context.Response.StatusCode },
        413 => TooLarge(SiteHost.FormLimit),
        429 => s_tooOften,
        >= 500 => Fault("-") with { Status = context.Response.StatusCode },
        _ => s_refused with { Status = context.Response.StatusCode },
    });

    internal static Task Write(HttpContext context, Notice notice)
    {
        context.Response.StatusCode = notice.Status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(notice.Html(context), context.RequestAborted);
    }

    string Html(HttpContext context)
    {
        var speech = new Speech(context);
        var language = speech.Language;
        string Text(Spoken spoken) => Groeilijn.Web.Html.Encode(spoken.In(language));
        var start = Status == OpenAgain.Status ? "" : $"<p><a class=\"nl-link\" href=\"/{language}/\">{Text(new("Naar het begin", "To the start"))}</a></p>";
        var name = Text(context.RequestServices.GetRequiredService<SiteOptions>().Name);
        return $"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Text(Title)} – {name}</title>
            <link rel="stylesheet" href="{context.RequestServices.GetRequiredService<Assets>().Address("site.css")}"></head>
            <body><header class="top"><div class="wrap"><span class="brand">{name}</span></div></header>
            <main id="content" class="wrap"><h1 class="nl-heading nl-heading--level-1">{Text(Title)}</h1><p class="lead">{Text(What)}</p><p>{Text(Remedy)}</p>{start}</main></body>
            </html>
            """;
    }

    /// <summary>A notice as the answer of an endpoint.</summary>
    internal sealed class Result(Notice notice) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, notice);
    }
}
