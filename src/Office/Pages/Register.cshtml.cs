using System.Globalization;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>A snapshot of the register: its day, its size, its hash.</summary>
public sealed record RegisterRow(DateOnly AsOf, long Persons, string Sha256);

/// <summary>The register's snapshots; an import runs in a process of its own, from a folder of the server.</summary>
public sealed class RegisterPage(OfficeHome home, OfficeProgram program, Jobs jobs) : OfficePage(home)
{
    const int Last = 20;

    /// <summary>The folder with the register's files.</summary>
    [BindProperty] public string? Folder { get; set; }

    /// <summary>The snapshots, the newest first.</summary>
    public IReadOnlyList<RegisterRow> Snapshots => [.. Home.Database.Read<(string AsOf, long Persons, string Sha256)>("SELECT as_of, persons, sha256 FROM register_snapshots ORDER BY number DESC LIMIT @Last", new { Last })
        .Select(row => new RegisterRow(DateOnly.ParseExact(row.AsOf, "yyyy-MM-dd", CultureInfo.InvariantCulture), row.Persons, row.Sha256))];

    /// <summary>Imports the files of a folder.</summary>
    public IActionResult OnPost()
    {
        var folder = (Folder ?? "").Trim();
        if (!Path.IsPathFullyQualified(folder) || !Directory.Exists(folder))
        {
            Wrong(nameof(Folder), "Deze map is er niet. Vul het hele pad in, zoals /srv/register/2026-1.", "There is no such folder. Fill in the whole path, such as /srv/register/2026-1.");
            return Page();
        }
        return Go(jobs.Start("register", new("Register inlezen", "Importing the register"), "/register", async (progress, stop) =>
        {
            progress.At(null, "Het register wordt gelezen en verzegeld, in een eigen proces.", "The register is being read and sealed, in a process of its own.");
            return End(await program.Run(["register", folder], stop), "/register");
        }).Path);
    }
}
