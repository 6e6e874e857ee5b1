using System.Globalization;
using System.Security.Cryptography;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// Keeps the office's signed answers about this school's deliveries and withdrawals: what became of them, in words. What the office did not
/// sign, or what is about another school's file, is refused.
/// </summary>
public static class Answers
{
    /// <summary>Verifies an answer (<c>.json</c> with its signature <c>.p7s</c> beside it) and keeps it. Safe to repeat.</summary>
    public static Outcome<AnswerKept> Keep(SchoolHome home, string file) => SignedRecord.OfFile(file) is { } given ? Keep(home, given) : Refusals.NotAnAnswer;

    /// <inheritdoc cref="Keep(SchoolHome, string)"/>
    public static Outcome<AnswerKept> Keep(SchoolHome home, SignedRecord given)
    {
        var (bytes, signature) = given;
        if (!Answer.TryRead(bytes, out var answer, out _)) return Refusals.NotAnAnswer;
        using var office = PinnedOffice.Certificate(home);
        if (office is null) return Refusals.NoOffice;
        if (!Signature.Check(bytes, signature, [office], answer.At).Ok) return Refusals.AnswerUnsigned;
        if (!IsOurs(home, answer)) return Refusals.AnswerOfOther;

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var name = $"{answer.School}-{answer.About[..16]}-{answer.Outcome}-{sha256[..8]}.answer.json";
        var kept = Path.Combine(home.ReceiptsFolder, name);
        DurableFile.CreateFolder(home.ReceiptsFolder);
        DurableFile.Write(Path.ChangeExtension(kept, ".p7s"), signature);
        DurableFile.Write(kept, bytes);
        home.Store.Write(tx =>
        {
            if (tx.ReadOne<long>("SELECT count(*) FROM answer WHERE sha256 = @sha256", new { sha256 }) == 1) return;
            tx.Execute("INSERT INTO answer (sha256, about, kind, outcome, pupils, linked, at, file) VALUES (@sha256, @about, @kind, @outcome, @pupils, @linked, @at, @name)",
                new { sha256, about = answer.About, kind = answer.Kind, outcome = answer.Outcome, pupils = answer.Counts?.Pupils, linked = answer.Counts?.Linked, at = SchoolHome.Text(answer.At), name });
            tx.Enter(home.Entry("answer-kept", ("about", answer.About), ("answer", sha256), ("outcome", answer.Outcome)));
        });
        return new AnswerKept(answer, kept);
    }

    /// <summary>The answers about a sealed file, oldest first.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="ciphertext">SHA-256 of the sealed file.</param>
    public static IReadOnlyList<KnownAnswer> About(SchoolHome home, string ciphertext) => home.Store.Read<KnownAnswer>(
        "SELECT kind AS Kind, outcome AS Outcome, pupils AS Pupils, linked AS Linked, at AS At, file AS File FROM answer WHERE about = @ciphertext ORDER BY at, rowid", new { ciphertext });

    static bool IsOurs(SchoolHome home, Answer answer) => answer.School == home.Profile.Location.Code && home.Store.ReadOne<long>(
        answer.Kind == "delivery" ? "SELECT count(*) FROM delivery WHERE ciphertext = @about" : "SELECT (SELECT count(*) FROM withdrawal WHERE sha256 = @about) + (SELECT count(*) FROM withdrawal_earlier WHERE sha256 = @about)", new { about = answer.About }) > 0;
}

/// <summary>An answer that was verified, and where it is kept.</summary>
public sealed record AnswerKept(Answer Answer, string File);

/// <summary>An answer in the store.</summary>
public sealed record KnownAnswer
{
    /// <summary><c>delivery</c> or <c>withdrawal</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The code.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>How many pupils the delivery held, when it was linked.</summary>
    public int? Pupils { get; init; }

    /// <summary>How many of them were linked.</summary>
    public int? Linked { get; init; }

    /// <summary>When the office answered, UTC.</summary>
    public string At { get; init; } = "";

    /// <summary>The name of the kept file in the folder of receipts.</summary>
    public string File { get; init; } = "";

    /// <summary>What it means, in a language.</summary>
    public string Words(string language) => AnswerWords.Of(Kind, Outcome).Sentence(language)
        + (Linked is null ? "" : string.Create(CultureInfo.InvariantCulture, $" {(language == "nl" ? "Gekoppeld" : "Linked")}: {Linked}/{Pupils}."));
}

static partial class Refusals
{
    public static readonly Refusal NotAnAnswer = new("Dit bestand is geen antwoord van het bureau, of de handtekening ernaast (.p7s) ontbreekt.", "This file is not an answer of the office, or the signature beside it (.p7s) is missing.", "Geef het bestand van het bureau, met het .p7s-bestand in dezelfde map.", "Give the office's file, with the .p7s file in the same folder.");
    public static readonly Refusal AnswerUnsigned = new("De handtekening van het antwoord klopt niet.", "The signature of the answer is not right.", "Vraag het bureau om het antwoord opnieuw te sturen.", "Ask the office to send the answer again.");
    public static readonly Refusal AnswerOfOther = new("Het antwoord gaat over geen bestand van deze school.", "The answer is about no file of this school.", "Bel het bureau: het antwoord is voor een andere school, of voor iets wat u niet stuurde.", "Call the office: the answer is for another school, or about something you did not send.");
}
