using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Groeilijn.Office;

/// <summary>
/// What a print says, read back from its bytes by poppler's <c>pdftotext</c> in the order in which it was written, and the numbers in it; and the same of the page. What was hidden on the page
/// must not stand in the print, and a print of another school is not let through. Where pdftotext is not on this machine prints are not read back, and the run says so.
/// </summary>
static partial class PrintedReport
{
    const string Program = "pdftotext";

    /// <summary>Whether prints can be read back here.</summary>
    public static bool IsReadable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program)) || File.Exists(Path.Combine(folder, Program + ".exe")));

    /// <summary>Whether the print has the very numbers of the page, in its order, and its kind at the foot of every leaf. True where it cannot be read back.</summary>
    public static bool Follows(byte[] print, CheckedReport page, string kind)
    {
        if (!IsReadable) return true;
        var foot = Foot(kind);
        return Text(print) is { } text && text.Split('\f', StringSplitOptions.RemoveEmptyEntries).All(leaf => foot.IsMatch(leaf)) && Numbers(foot.Replace(text, " ")).SequenceEqual(Numbers(Text(page.Main)));
    }

    /// <summary>The numbers of a text as they are written. The 95 of an interval stands in heads of tables, which a print repeats on each leaf: it is left out.</summary>
    public static IEnumerable<string> Numbers(string text) => Number().Matches(Interval().Replace(text, " ")).Select(number => number.Value);

    static Regex Foot(string kind) => new($@"^{Regex.Escape(kind)}\s+\d+ / \d+\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    /// <summary>What of a page is printed, in order: not the contents, not the words of a drawing that only a reader aloud hears, not the names of what is folded.</summary>
    static string Text(XElement element)
    {
        var text = new StringBuilder();
        Append(element);
        return text.ToString();

        void Append(XElement one)
        {
            if (one.Name.LocalName is "nav" or "title" or "desc" || (one.Name.LocalName == "summary" && (string?)one.Parent!.Attribute("class") == "numbers")) return;
            foreach (var node in one.Nodes())
            {
                if (node is XText words) text.Append(words.Value);
                else if (node is XElement inner) Append(inner);
            }
            text.Append(' ');
        }
    }

    static string? Text(byte[] print)
    {
        try
        {
            using var reader = Process.Start(new ProcessStartInfo(Program, ["-raw", "-enc", "UTF-8", "-", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var (text, wrong) = (reader.StandardOutput.ReadToEndAsync(), reader.StandardError.ReadToEndAsync());
            reader.StandardInput.BaseStream.Write(print);
            reader.StandardInput.Close();
            reader.WaitForExit();
            _ = wrong.Result;
            return reader.ExitCode == 0 ? text.Result : null;
        }
        catch (Exception broken) when (broken is Win32Exception or IOException) { return null; }
    }

    [GeneratedRegex(@"(?<![\p{L}\d.,])[−-]?\d+(?:[.,]\d+)*(?![\p{L}\d])")] private static partial Regex Number();

    [GeneratedRegex(@"95\s?%[-\s]*interval")] private static partial Regex Interval();
}
