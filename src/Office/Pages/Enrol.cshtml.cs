using Groeilijn.Delivery;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>Enrols a school by the file it made, after a telephone call: the last group of the fingerprint is not shown but heard.</summary>
[TakesFiles]
public sealed class EnrolPage(OfficeHome home) : OfficePage(home)
{
    const int Group = 4;

    /// <summary>The school's file.</summary>
    [BindProperty] public IFormFile? Enrolment { get; set; }

    /// <summary>The file that waits to be confirmed, in base64; it holds public keys only.</summary>
    [BindProperty] public string? Given { get; set; }

    /// <summary>Where the location stands.</summary>
    [BindProperty] public string? Province { get; set; }

    /// <summary>The last group of the fingerprint, as it was heard.</summary>
    [BindProperty] public string? Heard { get; set; }

    /// <summary>What the file says; null when there is none yet.</summary>
    public SchoolEnrolment? Seen { get; private set; }

    /// <summary>Whether the school is enrolled already.</summary>
    public bool Known => Schools.Find(Home, Seen!.School) is not null;

    /// <summary>The fingerprint without the group that must be heard.</summary>
    public string Shown => SigningKey.Aloud(Fingerprint)[..^Group];

    /// <summary>The twelve provinces.</summary>
    public static IEnumerable<Choice> Provinces => Enumerable.Range(20, 12).Select(n => Education.Province.Parse($"PV{n}").Value).Select(province => new Choice(province.Code, $"{province.Code} {province.Name}"));

    string Fingerprint
    {
        get
        {
            using var certificate = Seen!.ReadCertificate();
            return SigningKey.FingerprintOf(certificate);
        }
    }

    /// <summary>Looks at the file; nothing is enrolled yet.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (Enrolment is null) Wrong(nameof(Enrolment), "Kies het bestand van de school.", "Choose the file of the school.");
        else
        {
            var content = new byte[Enrolment.Length];
            await using var stream = Enrolment.OpenReadStream();
            await stream.ReadExactlyAsync(content);
            if (SchoolEnrolment.TryRead(content, out var seen, out _)) (Seen, Given) = (seen, Convert.ToBase64String(content));
            else Refuse(new Storage.Refusal("enrolment", "", ""), nameof(Enrolment));
        }
        return Page();
    }

    /// <summary>Enrols the school whose fingerprint was compared.</summary>
    public IActionResult OnPostConfirm()
    {
        if (Content() is not { } content || !SchoolEnrolment.TryRead(content, out var seen, out _)) return Go("/schools/enrol");
        Seen = seen;
        if (!Education.Province.Parse(Province).Ok) Wrong(nameof(Province), "Kies de provincie.", "Choose the province.");
        if (!string.Equals((Heard ?? "").Trim(), Fingerprint[^Group..], StringComparison.OrdinalIgnoreCase)) Wrong(nameof(Heard), "Dit is niet het laatste groepje van deze vingerafdruk. Luister nog een keer; klopt het weer niet, schrijf dan niet in.", "This is not the last group of this fingerprint. Listen once more; if it is not right again, do not enrol.");
        if (!ModelState.IsValid) return Page();
        if (Schools.Enrol(Home, content, Education.Province.Parse(Province).Value).Refusal is { } no)
        {
            Refuse(no);
            return Page();
        }
        Done($"School {seen.School} is ingeschreven.", $"School {seen.School} is enrolled.");
        return Go($"/schools/{seen.School}");
    }

    byte[]? Content()
    {
        try { return Convert.FromBase64String(Given ?? ""); }
        catch (FormatException) { return null; }
    }
}
