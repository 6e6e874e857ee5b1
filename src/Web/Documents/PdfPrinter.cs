using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Groeilijn.Web;

/// <summary>
/// Prints documents as PDF/UA-1 by Typst in one long-lived process per language, so that a run of thousands starts it once. Typst refuses a drawing without words, and prints the same
/// bytes for the same document. Where Typst is not there, there is no printer, and a report is page and numbers only. The process gets what leaves anyway, and nothing else.
/// </summary>
public sealed partial class PdfPrinter : IDisposable
{
    /// <summary>Names the folder of Typst in place of .setup/typst; <c>none</c> means without.</summary>
    public const string Variable = "GROEILIJN_TYPST";

    static readonly string s_template = Convert.ToBase64String(Resource("print.typ")), s_script = Encoding.UTF8.GetString(Resource("print.mjs"));

    /// <summary>After so many prints a process is started anew: it keeps about half a megabyte of each.</summary>
    const int Most = 200;

    readonly Dictionary<string, Worker> _workers = new(StringComparer.Ordinal);

    PdfPrinter(string folder)
    {
        foreach (var language in (string[])["nl", "en"]) _workers.Add(language, new Worker(folder));
    }

    /// <summary>A printer; null where Typst or node is not there.</summary>
    /// <param name="folder">Where Typst is; null to look for it.</param>
    public static PdfPrinter? Find(string? folder = null)
    {
        if ((folder ?? Folder()) is not { } found) return null;
        try { return new PdfPrinter(found); }
        catch (System.ComponentModel.Win32Exception) { return null; }
    }

    /// <summary>Whether Typst is there.</summary>
    public static bool IsHere => Folder() is not null;

    static string? Folder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return Directory.Exists(Path.Combine(named, "fonts")) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, ".setup", "typst", "version"))) return Path.Combine(folder.FullName, ".setup", "typst");
        return null;
    }

    /// <summary>Prints a document in its language; two languages are printed at once, and two documents of one language one after the other.</summary>
    public byte[] Print(BlockDocument document)
    {
        var (printed, answer) = _workers[document.Language].Ask(Json(document));
        return printed ? answer : throw new InvalidOperationException("A document could not be printed: " + Encoding.UTF8.GetString(answer));
    }

    /// <summary>Ends its processes.</summary>
    public void Dispose()
    {
        foreach (var worker in _workers.Values) worker.Dispose();
    }

    /// <summary>A process that prints one document after the other.</summary>
    sealed class Worker(string folder) : IDisposable
    {
        readonly Lock _turn = new();
        Process _process = Start(folder);
        int _printed;

        /// <summary>The print, or why there is none.</summary>
        public (bool Printed, byte[] Answer) Ask(byte[] document)
        {
            lock (_turn)
            {
                if (++_printed > Most)
                {
                    Dispose();
                    (_process, _printed) = (Start(folder), 1);
                }
                var to = _process.StandardInput.BaseStream;
                to.Write(document);
                to.Write("\n"u8);
                to.Flush();
                return Answer(_process.StandardOutput.BaseStream) ?? throw new InvalidOperationException("The printer stopped: " + _process.StandardError.ReadToEnd());
            }
        }

        /// <summary>Five bytes, whether it is a print and how long it is, and the answer; null when the process ended.</summary>
        static (bool, byte[])? Answer(Stream from)
        {
            Span<byte> head = stackalloc byte[5];
            if (from.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length) return null;
            var answer = new byte[BinaryPrimitives.ReadInt32LittleEndian(head[1..])];
            return from.ReadAtLeast(answer, answer.Length, throwOnEndOfStream: false) < answer.Length ? null : (head[0] == 1, answer);
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(5000)) _process.Kill();
            _process.Dispose();
        }

        static Process Start(string folder)
        {
            var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])["--input-type=module", "--eval", s_script, "--", folder, s_template]) start.ArgumentList.Add(argument);
            return Process.Start(start)!;
        }
    }

    static byte[] Json(BlockDocument document) => JsonSerializer.SerializeToUtf8Bytes(new { document.Title, document.Language, document.Kind, How = document.Language == "nl" ? "Hoe lees ik dit?" : "How do I read this?", Blocks = document.Blocks.Select(Of) }, s_json);

    static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static object Of(Block block) => block switch
    {
        Heading h => new { Is = "heading", h.Level, h.Text },
        Paragraph p => new { Is = p.Lead ? "lead" : "paragraph", p.Text },
        Remark r => new { Is = "remark", r.Text },
        Points l => new { Is = "points", l.Items },
        Picture f => new { Is = "picture", Svg = Words().Replace(f.Svg, ""), Height = double.Parse(Height().Match(f.Svg).Groups[1].Value, CultureInfo.InvariantCulture), Words = Words().Matches(f.Svg).Select(Of), f.Title, f.Description, How = f.HowToRead },
        NumberTable t => new { Is = "table", t.Caption, Head = t.Headers.Select(h => h.Text), Numeric = t.Headers.Select(h => h.Kind == CellKind.Number), Rows = t.Rows.Select(row => row.Select(cell => cell.Text)) },
        _ => throw new InvalidOperationException("A block has no print."),
    };

    /// <summary>Words of a drawing, which Typst sets itself; those that are drawn over lines have a clear ground.</summary>
    static object Of(Match words)
    {
        var attributes = Attribute().Matches(words.Groups[1].Value).ToDictionary(a => a.Groups[1].Value, a => a.Groups[2].Value, StringComparer.Ordinal);
        string Or(string name, string otherwise) => attributes.GetValueOrDefault(name, otherwise);
        double Number(string name, string otherwise) => double.Parse(Or(name, otherwise), CultureInfo.InvariantCulture);
        return new
        {
            X = Number("x", "0"),
            Y = Number("y", "0"),
            Anchor = Or("text-anchor", "start"),
            Colour = Or("fill", Drawing.Ink),
            Size = Number("font-size", "13"),
            Weight = (int)Number("font-weight", "400"),
            Style = Or("font-style", "normal"),
            Clear = attributes.ContainsKey("stroke"),
            Text = System.Net.WebUtility.HtmlDecode(words.Groups[2].Value),
        };
    }

    [GeneratedRegex("<text( [^>]*)>([^<]*)</text>\n?")] private static partial Regex Words();

    [GeneratedRegex(" ([a-z-]+)=\"([^\"]*)\"")] private static partial Regex Attribute();

    [GeneratedRegex("viewBox=\"0 0 360 ([0-9.]+)\"")] private static partial Regex Height();

    static byte[] Resource(string name)
    {
        using var stream = typeof(PdfPrinter).Assembly.GetManifestResourceStream($"Groeilijn.Web.Documents.{name}")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
