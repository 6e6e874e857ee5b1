using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Delivery;
using Groeilijn.Web;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn verify</c>: what anybody can check, offline.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("file") { Description = "A manifest, receipt, answer, round notice, certificate of destruction, proof, checkpoint, or the folder of a ledger", Arity = ArgumentArity.ZeroOrOne };
        var log = new Option<string?>("--log") { Description = "The folder of a whole log: everything in it is computed again" };
        var earlier = new Option<string?>("--earlier") { Description = "With --log: a checkpoint that you kept (its file, or the line printed on a report), from which the log must go on" };
        var page = new Option<string?>("--page") { Description = "Write the page that checks the same in a browser: one file, for somebody without this program" };
        var trust = new Option<string?>("--trust") { Description = "The signer's certificate (PEM). Without it only integrity is claimed" };
        var json = Verb.Json();
        return Verb.Of("verify", "Check a receipt, a certificate or a log, on any machine", "groeilijn verify certificate.json --trust office.cert.pem", parsed =>
        {
            var (one, folder, output) = (parsed.GetValue(file), parsed.GetValue(log), parsed.GetValue(page));
            if (new[] { one, folder, output }.Count(given => given is not null) != 1)
                return parsed.Refuse(one is null ? "file is missing" : "check one thing at a time", "give a file, or --log FOLDER, or --page OUT.html", Verb.WrongUse);
            if (parsed.GetValue(earlier) is not null && folder is null) return parsed.Refuse("--earlier belongs to --log", "give the log's folder with --log", Verb.WrongUse);
            if (output is not null) return WritePage(parsed, output, parsed.GetValue(json));
            X509Certificate2? certificate = null;
            if (parsed.GetValue(trust) is { } pem && (certificate = Read(pem)) is null)
                return parsed.Refuse("the certificate given with --trust cannot be read", "it is a PEM file that opens with BEGIN CERTIFICATE");
            var kept = parsed.GetValue(earlier) is { } given && File.Exists(given) && new FileInfo(given).Length < 10_000 ? File.ReadAllText(given) : parsed.GetValue(earlier);
            return Say(parsed, folder is null ? Verification.Verify(one!, certificate) : Verification.VerifyLog(folder, certificate, kept), parsed.GetValue(json));
        }, file, log, earlier, page, trust, json);
    }

    static X509Certificate2? Read(string pem)
    {
        try { return X509Certificate2.CreateFromPem(File.ReadAllText(pem)); }
        catch (Exception fault) when (fault is IOException or CryptographicException or ArgumentException) { return null; }
    }

    static int WritePage(ParseResult parsed, string output, bool json)
    {
        DurableFile.Write(output, VerifyPage.Html);
        return json ? parsed.SayJson(new { page = output }) : parsed.Say($"Open {output} in a browser; it needs no connection.");
    }

    static int Say(ParseResult parsed, VerificationResult result, bool json)
    {
        if (json) parsed.SayJson(new { kind = result.Kind, outcome = result.Outcome.ToString(), proved = result.Proved, reason = result.Reason });
        if (result.Reason is { } reason) return parsed.Refuse($"this {result.Kind} does not hold: {reason}", "ask who gave it to you for an unchanged copy");
        if (json) return Verb.Done;
        foreach (var line in result.Proved) parsed.Say($"proved: {line}");
        return parsed.Say(result.Outcome == VerificationOutcome.Proved ? $"This {result.Kind} is sound, and signed by whom you trust."
            : $"This {result.Kind} agrees with itself. Who signed it was not checked: give --trust with the signer's certificate.");
    }
}
