using System.Text;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Review.Pages;

/// <summary>Where two people, one after the other, give their share of the round's key.</summary>
[TakesFiles]
public sealed class KeyPage(ReviewRoom room) : SitePage
{
    const int MostBytes = 4096;

    /// <summary>The round.</summary>
    public ReviewRoom Room => room;

    /// <summary>The file with the share.</summary>
    [BindProperty]
    public IFormFile? Share { get; set; }

    /// <summary>The share as a text.</summary>
    [BindProperty]
    public string? Typed { get; set; }

    /// <summary>The key is there: on to the round.</summary>
    public IActionResult OnGet() => room.Step == KeyStep.Held ? Go("/round") : Page();

    /// <summary>Takes a share. What was typed is never shown again.</summary>
    public IActionResult OnPost()
    {
        var share = Given();
        ModelState.Remove(nameof(Typed));
        Typed = null;
        if (share.Length == 0) Wrong(nameof(Share), "Kies het bestand met uw deel, of plak de regel.", "Choose the file with your share, or paste the line.");
        else if (room.Give(share) is { } refusal)
        {
            var (what, remedy) = ReviewWords.Of(refusal);
            Wrong(nameof(Share), $"{what.Dutch} {remedy.Dutch}", $"{what.English} {remedy.English}");
        }
        return !ModelState.IsValid ? Page() : Go(room.Step == KeyStep.Held ? "/round" : "/");
    }

    byte[] Given()
    {
        if (Share is not { Length: > 0 and <= MostBytes } file) return Encoding.ASCII.GetBytes((Typed ?? "").Trim());
        using var stream = file.OpenReadStream();
        var bytes = new byte[file.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
