using System.Diagnostics;
using System.Text.RegularExpressions;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Hosts.School;

/// <summary>The letter goes home on one sheet: two sides of A4, also where every name is long.</summary>
public sealed partial class LetterPrintTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-letter-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("nl"), InlineData("en")]
    public void The_letter_prints_on_two_sides_of_A4_also_with_long_names(string language)
    {
        var page = Path.Combine(_folder, $"brief.{language}.html");
        File.WriteAllText(page, LongLetter(language));
        var pdf = Path.ChangeExtension(page, ".pdf");
        Run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", $"--user-data-dir={Path.Combine(_folder, "browser")}", $"--print-to-pdf={pdf}", page);
        var info = Run("pdfinfo", pdf);
        Assert.Matches(@"Page size:\s+59[45](\.\d+)? x 84[12](\.\d+)? pts", info);
        var pages = int.Parse(Pages().Match(info).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(pages <= 2, $"{pages} pages");
    }

    string LongLetter(string language)
    {
        var name = "Openbare daltonschool voor speciaal en regulier basisonderwijs De Bijzonder Lange Verzonnen Naam aan de Waterkant";
        using var home = SchoolHome.Open(Path.Combine(_folder, "home"), new SchoolProfile(SchoolLocation.Parse("99XX00").Value, name), TimeProvider.System);
        Assert.True(LetterDetails.Keep(home, new()
        {
            Board = "Stichting voor Openbaar, Bijzonder en Algemeen Toegankelijk Primair Onderwijs in de Verzonnen Gemeenten",
            BoardAddress = "Burgemeester van der Verzonnen-Langenaamlaan 12345, 1234 AB Verzonnendam aan den Verzonnenrijn",
            Contact = "mevrouw dr. Wilhelmina Adriana van Verzonnen-Langenaam tot Voorbeeld, adjunct-directeur",
            ContactEmail = "wilhelmina.van-verzonnen-langenaam@openbare-daltonschool-verzonnen.example",
            ContactPhone = "+31 (0)10 000 00 00, toestel 12345",
            Officer = "de heer mr. Maximiliaan Oplettend van Verzonnen tot Voorbeeld",
            OfficerEmail = "functionaris-gegevensbescherming@stichting-verzonnen-gemeenten.example",
        }).Ok);
        return Letter.Preview(home, new(2025, 9, 25), new(2025, 11, 30), language).Value!;
    }

    static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            Assert.True(process.WaitForExit(120_000));
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not on this machine: the printed letter could not be counted.");
            throw;
        }
    }

    [GeneratedRegex(@"Pages:\s+(\d+)")] private static partial Regex Pages();
}
