using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Delivery;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn verify</c>: what anybody can check, offline.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A manifest, receipt, certificate of destruction, checkpoint, or the folder of a ledger" };
        var trust = new Option<string?>("--trust") { Description = "The signer's certificate (PEM). Without it only integrity is claimed" };
        var json = Verb.Json();
        return Verb.Of("verify", "Check a receipt, a certificate or a log, on any machine", "groeilijn verify certificate.json --trust office.cert.pem", parsed =>
        {
            X509Certificate2? certificate = null;
            if (parsed.GetValue(trust) is { } pem)
            {
                try { certificate = X509Certificate2.CreateFromPem(File.ReadAllText(pem)); }
                catch (Exception fault) when (fault is IOException or CryptographicException or ArgumentException)
                {
                    return parsed.Refuse("the certificate given with --trust cannot be read", "it is a PEM file that opens with BEGIN CERTIFICATE");
                }
            }
            var result = Verification.Verify(parsed.GetValue(file)!, certificate);
            if (parsed.GetValue(json)) parsed.SayJson(new { kind = result.Kind, outcome = result.Outcome.ToString(), proved = result.Proved, reason = result.Reason });
            if (result.Reason is { } reason) return parsed.Refuse($"this {result.Kind} does not hold: {reason}", "ask who gave it to you for an unchanged copy");
            if (parsed.GetValue(json)) return Verb.Done;
            foreach (var line in result.Proved) parsed.Say($"proved: {line}");
            return parsed.Say(result.Outcome == VerificationOutcome.Proved ? $"This {result.Kind} is sound, and signed by whom you trust."
                : $"This {result.Kind} agrees with itself. Who signed it was not checked: give --trust with the signer's certificate.");
        }, file, trust, json);
    }
}
