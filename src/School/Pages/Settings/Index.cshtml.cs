using Groeilijn.Delivery;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>What is set once: who is responsible and whom to ask, the set of fields, the shared folder; and how to keep the keys.</summary>
public sealed class SettingsPage(SchoolHome home) : SitePage
{
    /// <summary>The details in the order of the form, each with the words by which the library says that it is missing.</summary>
    static readonly (string Field, string Missing)[] s_details =
    [
        (nameof(Board), "het bestuur"), (nameof(BoardAddress), "het adres van het bestuur"), (nameof(Contact), "de contactpersoon"), (nameof(ContactEmail), "het e-mailadres van de contactpersoon"),
        (nameof(ContactPhone), "het telefoonnummer van de contactpersoon"), (nameof(Officer), "de functionaris gegevensbescherming"), (nameof(OfficerEmail), "het e-mailadres van de functionaris gegevensbescherming"),
    ];

    /// <summary>The board.</summary>
    [BindProperty]
    public string? Board { get; set; }

    /// <summary>Its address.</summary>
    [BindProperty]
    public string? BoardAddress { get; set; }

    /// <summary>Whom parents can ask.</summary>
    [BindProperty]
    public string? Contact { get; set; }

    /// <summary>Where that person reads mail.</summary>
    [BindProperty]
    public string? ContactEmail { get; set; }

    /// <summary>Where that person can be called.</summary>
    [BindProperty]
    public string? ContactPhone { get; set; }

    /// <summary>The data protection officer.</summary>
    [BindProperty]
    public string? Officer { get; set; }

    /// <summary>Where the officer reads mail.</summary>
    [BindProperty]
    public string? OfficerEmail { get; set; }

    /// <summary>The set of fields to take into use.</summary>
    [BindProperty]
    public string? Set { get; set; }

    /// <summary>The folder that school and office can both reach.</summary>
    [BindProperty]
    public string? Folder { get; set; }

    /// <summary>The school.</summary>
    public SchoolProfile School => home.Profile;

    /// <summary>Where everything is kept.</summary>
    public string Home => Path.GetFullPath(home.Folder);

    /// <summary>The set in use.</summary>
    public FieldSet Current => FieldSets.Current(home);

    /// <summary>The sets to choose from.</summary>
    public static IReadOnlyList<Choice> Sets => [.. FieldSets.Shipped.Keys.Order(StringComparer.Ordinal).Select(name => new Choice(name, name))];

    /// <summary>What is known of the office.</summary>
    public OfficeSettings Office => OfficeSettings.Of(home);

    /// <summary>The school's own fingerprint, to read aloud.</summary>
    public string Fingerprint => SigningKey.Aloud(home.Signing.Fingerprint);

    /// <summary>The page.</summary>
    public void OnGet()
    {
        FillDetails();
        FillOther();
    }

    /// <summary>Keeps who is responsible and whom to ask.</summary>
    public IActionResult OnPostDetails()
    {
        static string Line(string? text) => (text ?? "").Trim();
        var details = new LetterDetails { Board = Line(Board), BoardAddress = Line(BoardAddress), Contact = Line(Contact), ContactEmail = Line(ContactEmail), ContactPhone = Line(ContactPhone), Officer = Line(Officer), OfficerEmail = Line(OfficerEmail) };
        foreach (var (dutch, english) in details.Missing)
            Wrong(s_details.First(d => d.Missing == dutch).Field, $"Ontbreekt of klopt niet: {dutch}. Vul dit in op één regel.", $"Missing or not right: {english}. Fill this in on one line.");
        if (ModelState.IsValid && LetterDetails.Keep(home, details).Ok)
        {
            Done("De gegevens zijn opgeslagen. Ze staan in de brief aan ouders en in het verwerkingsregister.", "The details were saved. They stand in the letter to parents and in the record of processing.");
            return Go("/settings");
        }
        FillOther();
        return Page();
    }

    /// <summary>Remembers the shared folder; an empty one is forgotten.</summary>
    public IActionResult OnPostFolder()
    {
        var folder = (Folder ?? "").Trim();
        if (folder.Length > 0 && !Directory.Exists(folder))
        {
            Wrong(nameof(Folder), PageWords.Whole(Refusals.NoDropFolder).Dutch, PageWords.Whole(Refusals.NoDropFolder).English);
            FillDetails();
            Set = Current.Name;
            return Page();
        }
        OfficeSettings.SetDropFolder(home, folder.Length == 0 ? null : folder);
        Done(folder.Length == 0 ? "Het programma gebruikt geen gedeelde map meer." : "De gedeelde map is opgeslagen.", folder.Length == 0 ? "The program uses no shared folder any more." : "The shared folder was saved.");
        return Go("/settings");
    }

    /// <summary>Takes a set of fields into use.</summary>
    public IActionResult OnPostSet()
    {
        if (FieldSets.Use(home, Set ?? "").Refusal is { } no)
        {
            Wrong(nameof(Set), PageWords.Whole(no).Dutch, PageWords.Whole(no).English);
            OnGet();
            return Page();
        }
        Done("De gegevensset is in gebruik. Maak het voorbeeld opnieuw.", "The set of fields is in use. Make the preview again.");
        return Go("/settings");
    }

    void FillDetails()
    {
        var kept = LetterDetails.Of(home);
        (Board, BoardAddress, Contact, ContactEmail, ContactPhone, Officer, OfficerEmail) = (kept.Board, kept.BoardAddress, kept.Contact, kept.ContactEmail, kept.ContactPhone, kept.Officer, kept.OfficerEmail);
    }

    void FillOther() => (Folder, Set) = (Office.DropFolder, Current.Name);
}
