using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;

namespace Groeilijn.Sites;

/// <summary>What the model of every page has: its language, texts in it, and the message after something was done.</summary>
public abstract class SitePage : PageModel
{
    Speech? _speech;

    /// <summary>The language of this request, with its numbers and days.</summary>
    public Speech Speech => _speech ??= HttpContext.RequestServices.GetRequiredService<Speech>();

    /// <summary><c>nl</c> or <c>en</c>.</summary>
    public string Language => Speech.Language;

    /// <summary>The text in the language of the page.</summary>
    public string Say(string dutch, string english) => Speech.Say(dutch, english);

    /// <summary>Marks a field as wrong: the message stands at the field and in the summary above the form.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="dutch">What is wrong and what to do.</param>
    /// <param name="english">The same in English.</param>
    protected void Wrong(string field, string dutch, string english) => ModelState.AddModelError(field, Say(dutch, english));

    /// <summary>After a form was handled: on to a page of this site, so that a reload repeats nothing.</summary>
    /// <param name="path">The address without its language: <c>/bezwaren</c>.</param>
    protected RedirectResult Go(string path) => new(Speech.To(path), permanent: false, preserveMethod: false);

    /// <summary>Says on the next page that something was done.</summary>
    protected void Done(string dutch, string english) => Confirmation.Put(TempData, new Confirmation(Say(dutch, english), null, null));

    /// <summary>Says on the next page that something was done, with a button that undoes it.</summary>
    /// <param name="dutch">What was done. No value of a pupil.</param>
    /// <param name="english">The same in English.</param>
    /// <param name="undo">The address that takes the undo as a POST: <c>Speech.To("/bezwaren?handler=Undo")</c>.</param>
    /// <param name="id">What it must undo; comes back as the field <c>id</c>.</param>
    protected void DoneWithUndo(string dutch, string english, string undo, string id) => Confirmation.Put(TempData, new Confirmation(Say(dutch, english), undo, id));
}

/// <summary>The message after something was done, shown once on the page that follows.</summary>
/// <param name="Text">What was done.</param>
/// <param name="Undo">Where the undo is posted; null when there is none.</param>
/// <param name="Id">What is undone.</param>
public sealed record Confirmation(string Text, string? Undo, string? Id)
{
    const string Key = "done.";

    internal static void Put(ITempDataDictionary data, Confirmation done) => (data[Key + "text"], data[Key + "undo"], data[Key + "id"]) = (done.Text, done.Undo, done.Id);

    /// <summary>The message for this page, taken out.</summary>
    public static Confirmation? Take(ITempDataDictionary data) => data[Key + "text"] is string text ? new(text, data[Key + "undo"] as string, data[Key + "id"] as string) : null;
}
