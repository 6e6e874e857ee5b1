using System.CommandLine;
using Groeilijn.Columns;
using Groeilijn.Office;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn doctor</c>: what is missing here, and how to get it.</summary>
static class DoctorCommand
{
    public static Command Create()
    {
        var json = Verb.Json();
        return Verb.Of("doctor", "Say what is missing on this machine, and how to get it", "groeilijn doctor", parsed =>
        {
            var findings = Look();
            if (parsed.GetValue(json)) parsed.SayJson(findings.Select(f => new { what = f.What, needed = f.Needed, present = f.Present, hint = f.Present ? null : f.Hint }));
            else
                foreach (var f in findings) parsed.Say($"{(f.Present ? "ok     " : f.Needed ? "MISSING" : "absent ")} {f.What}{(f.Present ? "" : $"\n        {f.Hint}")}");
            return findings.Exists(f => f.Needed && !f.Present) ? parsed.Refuse("something that is needed is missing here", "the line under it says how to get it; then run the doctor again") : Verb.Done;
        }, json);
    }

    readonly record struct Finding(string What, bool Needed, bool Present, string Hint);

    static List<Finding> Look() =>
    [
        new("DuckDB's library, for the cohort and research files", true, ColumnLibrary.Find() is not null, ColumnLibrary.HowToGet),
        new("OpenSSL's libcrypto, for sealing", true, HasCrypto(), "apt-get install libssl3"),
        new("the Typst compiler and node, for the reports' PDF (without it they are page and numbers)", false, SchoolReports.Prints, "bash setup/typst.sh, where npm is; node is Debian's package nodejs"),
        new("pdftotext of poppler, which reads the reports' PDF back before they leave (without it they are not read back)", false, SchoolReports.ReadsPrintsBack, "apt-get install poppler-utils"),
        new("no swap, so that identities in memory stay there (a home of invented pupils may run with it)", false, NoSwap(), "swapoff -a, on the machine that links"),
        new("age, for checking sealed files with somebody else's program (tests use it)", false, OnPath("age"), "apt-get install age"),
        new("openssl, for checking signatures with somebody else's program (tests use it)", false, OnPath("openssl"), "apt-get install openssl"),
    ];

    static bool HasCrypto() => System.Runtime.InteropServices.NativeLibrary.TryLoad("libcrypto.so.3", out _);

    static bool NoSwap() => !File.Exists("/proc/swaps") || File.ReadLines("/proc/swaps").Skip(1).All(string.IsNullOrWhiteSpace);

    static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
