using System.Diagnostics;
using Groeilijn.Hosts.Machine;

namespace Groeilijn.Hosts.Chain;

/// <summary>What stands in a PDF, in the order in which it is read. Its bytes are packed, so that nothing in them can be compared but the whole.</summary>
static class PrintedText
{
    public static bool IsPrint(ReadOnlySpan<byte> file) => file.StartsWith("%PDF-"u8);

    public static string Of(byte[] print)
    {
        Needs.Program("pdftotext");
        using var reader = Process.Start(new ProcessStartInfo("pdftotext", ["-", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var text = reader.StandardOutput.ReadToEndAsync();
        reader.StandardInput.BaseStream.Write(print);
        reader.StandardInput.Close();
        reader.WaitForExit();
        Assert.Equal(0, reader.ExitCode);
        return string.Join(' ', text.Result.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
