using System.Text.RegularExpressions;
using Groeilijn.Tests.Conventions;

namespace Groeilijn.Tests.Delivery;

/// <summary>
/// No step without its entry: whatever the office, the research desk and the gate write in their stores is written in one transaction with
/// a ledger entry. Shown on the source, since a step that forgets it fails no other test.
/// </summary>
public sealed partial class EveryStepIsEnteredTests
{
    static readonly string[] s_rooms = ["src/Office", "src/Research", "src/Gate", "src/Review"];

    /// <summary>Writes without an entry, by file, and why each is no step.</summary>
    static readonly Dictionary<string, string> s_exceptions = new()
    {
        ["src/Office/Linking/ReviewSession.cs"] = "how far two people are in a review that can be undone; what they decide is entered when it ends",
        ["src/Office/Withdrawals/ReleaseRemoval.cs"] = "cuts handles within a withdrawal or a term that is over, which is entered when every place has answered",
        ["src/Gate/ReleaseMemory.cs"] = "random handles, and the sums of a release just before it leaves; that it left is entered",
        ["src/Office/Reports/ReportRun.cs"] = "how far a run over reports is; that it began, that a report left and how many are held is entered",
        ["src/Office/Ledger/Proofs.cs"] = "a mark that files were written which follow from steps already entered",
        ["src/Office/Withdrawals/Leftovers.cs"] = "a mark that a file was erased which an entered step took out of use",
        ["src/Office/Backup/Backup.cs"] = "reads the store as of one moment and writes nothing; the backup itself is entered",
        ["src/Office/Backup/Restore.cs"] = "fills the store of a home that opens for nobody yet, its entries being in the ledger already; the restore itself is entered",
        ["src/Office/Duties/ViewLog.cs"] = "who looked at what is a log of its own, kept for a year and then removed; in the ledger it would stay for ever",
        ["src/Office/Intake/Uploads.cs"] = "pieces of files on their way in; the step is the delivery that is received",
        ["src/Office/Intake/IntakeRefusals.cs"] = "how often a day something came of strangers; a refusal of a school that is known is entered",
    };

    [Fact]
    public void Every_write_of_the_office_the_research_desk_and_the_gate_enters_its_step()
    {
        var writes = s_rooms.Where(room => Directory.Exists(Path.Combine(Checkout.Root, room))).SelectMany(room => Checkout.Files(room, ".cs", ".cshtml")).SelectMany(file => Writes(file.Path, file.Text)).ToList();
        Assert.True(writes.Count >= 14, $"{writes.Count} writes");
        Assert.Empty(writes.Where(write => !write.Enters && !s_exceptions.ContainsKey(write.File)).Select(write => $"{write.File}, line {write.Line}"));
        // An exception that is needed no longer would let the next write in that file through.
        Assert.DoesNotContain(s_exceptions.Keys, file => !writes.Any(write => write.File == file && !write.Enters));
    }

    [Theory]
    [InlineData("home.Database.Write(t => { t.Execute(\"x\"); t.Enter(e); });", true)]
    [InlineData("home.Database.Write(t => t.Execute(\"x\"));", false)]
    [InlineData("home.Database.Write(t => t.Execute(\"t.Enter(e)\"));", false)]
    [InlineData("home.Database.Write(t => Record(home, t));\nstatic void Record(Home home, Transaction t) { t.Enter(e); }", true)]
    [InlineData("home.Database.Write(t => Record(home, t));\nstatic void Record(Home home, Transaction t) => t.Enter(e);", true)]
    [InlineData("home.Database.Write(t => Record(home, t));\nstatic void Record(Home home, Transaction t) { t.Execute(\"x\"); }\nstatic void Other(Transaction t) { t.Enter(e); }", false)]
    [InlineData("home.Database.Write(step => step.Enter(e));", true)]
    [InlineData("_database.Write(t => { t.Execute(\"x\"); return 1; });", false)]
    public void A_write_is_judged_by_what_stands_in_it(string source, bool enters) => Assert.Equal(enters, Writes("src/Office/X.cs", source).Single().Enters);

    static IEnumerable<(string File, int Line, bool Enters)> Writes(string path, string text)
    {
        var code = Checkout.CodeOnly(text);
        foreach (Match write in Write().Matches(code))
        {
            var step = Inside(code, write.Index + write.Length - 1);
            var name = Lambda().Match(step).Groups[1].Value;
            yield return (path, code[..write.Index].Count(c => c == '\n') + 1, Enters(code, step, name, depth: 0));
        }
    }

    /// <summary>Whether a step enters: itself, or in a method of the same file to which it hands its transaction.</summary>
    static bool Enters(string code, string step, string transaction, int depth)
    {
        if (Regex.IsMatch(step, $@"\b{transaction}\s*\.\s*Enter\s*\(")) return true;
        return depth < 3 && Regex.Matches(step, $@"\b([A-Z]\w*)\s*\((?:[^()]|\([^()]*\))*\b{transaction}\b").Any(call => Bodies(code, call.Groups[1].Value).Any(body => Enters(code, body.Body, body.Transaction, depth + 1)));
    }

    static IEnumerable<(string Transaction, string Body)> Bodies(string code, string method)
    {
        foreach (Match head in Regex.Matches(code, $@"\b{method}\s*\("))
        {
            var parameters = Inside(code, head.Index + head.Length - 1);
            var after = head.Index + head.Length + parameters.Length + 1;
            if (Parameter().Match(parameters) is not { Success: true } transaction || Opening().Match(code, after) is not { Success: true } opening || opening.Index != after) continue;
            var open = opening.Index + opening.Length;
            var end = opening.Value.EndsWith('{') ? open + Inside(code, open - 1, '{', '}').Length : code.IndexOf(";\n", open, StringComparison.Ordinal) is >= 0 and var found ? found : code.Length;
            yield return (transaction.Groups[1].Value, code[open..end]);
        }
    }

    /// <summary>What stands between a bracket and the one that closes it.</summary>
    static string Inside(string code, int open, char opens = '(', char closes = ')')
    {
        var depth = 0;
        for (var i = open; i < code.Length; i++)
        {
            if (code[i] == opens) depth++;
            if (code[i] == closes && --depth == 0) return code[(open + 1)..i];
        }
        return code[(open + 1)..];
    }

    [GeneratedRegex(@"\b(?:[Dd]atabase|_database|Store|_store)\s*\.\s*Write(?:<\w+>)?\s*\(")]
    private static partial Regex Write();

    [GeneratedRegex(@"\bTransaction\s+(\w+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\s*(?:=>|\{)")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^\s*\(?\s*(\w+)\s*\)?\s*=>")]
    private static partial Regex Lambda();
}
