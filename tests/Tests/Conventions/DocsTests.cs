using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Conventions;

/// <summary>
/// The documents say what the program does: its ledger steps, its commands and options, its formats' tests, its states; and every
/// link leads somewhere.
/// </summary>
public sealed partial class DocsTests
{
    static readonly IReadOnlyList<(string Path, string Text)> s_documents = [("README.md", Checkout.Read("README.md")), .. Checkout.Files("docs", ".md")];

    // ---- the ledger ----

    [Fact]
    public void Every_step_of_the_ledger_stands_in_PRIVACY_with_its_facts_and_no_other()
    {
        var written = Ledger.Steps().Order(StringComparer.Ordinal).ToList();
        Assert.True(written.Count >= 20, $"{written.Count} steps");
        Assert.Equal(written, PrivacySteps(Checkout.Read("docs/PRIVACY.md")).Order(StringComparer.Ordinal));
    }

    /// <summary>What makes an entry is either named step by step or one of the two homes' own way of naming it, which the scan follows.</summary>
    [Fact]
    public void No_entry_is_made_that_the_scan_does_not_see() => Assert.Empty(Ledger.Unseen());

    [Fact]
    public void A_step_is_read_from_source_with_its_room_and_facts() => Assert.Equal(
        ["intake received: ciphertext, sequence"],
        Ledger.StepsOf("src/Office/X.cs", "t.Enter(home.Entry(\"intake\", \"received\", (\"ciphertext\", x.Of(y)), (\"sequence\", 1)));"));

    static IEnumerable<string> PrivacySteps(string markdown)
    {
        var section = markdown[markdown.IndexOf("## Ledger entries", StringComparison.Ordinal)..];
        foreach (var line in section.Split('\n').SkipWhile(l => !l.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith('|')))
        {
            var cells = line.Trim().Trim('|').Split('|').Select(c => c.Trim()).ToArray();
            yield return $"{cells[0]} {cells[1].Trim('`')}: {cells[2]}";
        }
    }

    // ---- links ----

    [Fact]
    public void Every_link_between_documents_leads_to_a_file_and_a_heading()
    {
        var links = s_documents.SelectMany(d => Links(d.Path, d.Text)).ToList();
        Assert.True(links.Count >= 40, $"{links.Count} links");
        Assert.Empty(links.FindAll(link => Dead(link.Target, link.Heading)).Select(link => $"{link.From}: {link.Target}#{link.Heading}"));
    }

    static bool Dead(string target, string heading)
    {
        var path = Path.Combine(Checkout.Root, target);
        if (heading.Length == 0) return !File.Exists(path) && !Directory.Exists(path);
        return !File.Exists(path) || !File.ReadLines(path).Any(line => line.StartsWith('#') && Anchor(line) == heading);
    }

    static string Anchor(string heading) => NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    static IEnumerable<(string From, string Target, string Heading)> Links(string path, string text) =>
        from match in Link().Matches(text)
        let address = match.Groups[1].Value
        where !address.Contains("://", StringComparison.Ordinal)
        let parts = address.Split('#')
        let target = parts[0].Length == 0 ? path : Path.GetRelativePath(Checkout.Root, Path.GetFullPath(Path.Combine(Checkout.Root, Path.GetDirectoryName(path)!, parts[0])))
        select (path, target, parts.Length > 1 ? parts[1] : "");

    // ---- commands ----

    /// <summary>One tree of commands serves every line: parsing does not change it.</summary>
    static readonly RootCommand s_program = Groeilijn.Cli.Program.Create();

    [Fact]
    public void Every_command_in_README_and_the_how_tos_is_one_the_program_understands()
    {
        var lines = s_documents.Where(d => d.Path is "README.md" || d.Path.StartsWith("docs/how-to/", StringComparison.Ordinal)).SelectMany(d => CommandLines(d.Text).Select(line => (d.Path, Line: line))).ToList();
        Assert.True(lines.Count >= 60, $"{lines.Count} commands");
        Assert.Empty(lines.Select(l => (l, Fault: Fault(l.Line))).Where(l => l.Fault is not null).Select(l => $"{l.l.Path}: {l.l.Line}: {l.Fault}"));
    }

    [Theory]
    [InlineData("./groeilijn office link --home office --edition 2023-1", true)]
    [InlineData("./groeilijn office link …", true)]
    [InlineData("./groeilijn office link", true)]
    [InlineData("./groeilijn office lnk", false)]
    [InlineData("./groeilijn office link --home office", false)] // --edition is required
    [InlineData("./groeilijn office link --edition half", false)]
    [InlineData("./groeilijn office link --house office …", false)]
    [InlineData("./groeilijn office lnk …", false)]
    [InlineData("./groeilijn bureau link …", false)]
    public void A_command_is_understood_only_when_noun_verb_and_options_exist(string line, bool understood) => Assert.Equal(understood, Fault(line) is null);

    [Fact]
    public void Commands_are_found_in_fences_and_in_code_with_shell_around_them() => Assert.Equal(
        ["./groeilijn doctor", "./groeilijn verify a.json", "./groeilijn envelope keygen --out k"],
        CommandLines("Say `./groeilijn doctor`, not groeilijn.\n```\nfor s in *; do ./groeilijn verify a.json; done\n./groeilijn envelope keygen --out k 2>/dev/null | cat\n```\n"));

    /// <summary>Why the program does not understand a line; null when it does. Of a line that ends in …, or names noun and verb alone, the words must exist.</summary>
    static string? Fault(string line)
    {
        var words = Words(line).Skip(1).ToList();
        var open = words.Remove("…") | words.Remove("--help") || words.Count <= 2;
        var parsed = s_program.Parse(words);
        if (!open) return parsed.Errors.Count == 0 ? null : parsed.Errors[0].Message;
        var command = parsed.CommandResult.Command;
        if (words.Count > 0 && (command is RootCommand || s_program.Subcommands.All(noun => noun.Name != words[0]))) return "no such noun";
        var rest = words.Skip(Depth(parsed.CommandResult)).ToList();
        if (command.Subcommands.Count > 0 && rest.Count > 0) return "no such verb";
        return rest.Where(w => w.StartsWith("--", StringComparison.Ordinal)).FirstOrDefault(w => !Options(parsed.CommandResult).Contains(w));
    }

    static int Depth(System.CommandLine.Parsing.SymbolResult result) => result.Parent is { } parent ? Depth(parent) + 1 : 0;

    static HashSet<string> Options(System.CommandLine.Parsing.CommandResult result)
    {
        var names = result.Command.Options.Select(o => o.Name).ToHashSet();
        for (var above = result.Parent as System.CommandLine.Parsing.CommandResult; above is not null; above = above.Parent as System.CommandLine.Parsing.CommandResult)
            names.UnionWith(above.Command.Options.Where(o => o.Recursive).Select(o => o.Name));
        return names;
    }

    static IEnumerable<string> CommandLines(string markdown)
    {
        var fenced = false;
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) { fenced = !fenced; continue; }
            IEnumerable<string> pieces = fenced ? [line] : InCode().Matches(line).Select(m => m.Groups[1].Value);
            foreach (var piece in pieces)
                foreach (Match command in Command().Matches(piece)) yield return command.Value.Trim();
        }
    }

    /// <summary>A shell's words, with what a reader fills in: a key, a school, a half-year, two days.</summary>
    static List<string> Words(string line)
    {
        using var key = IdentityKey.Generate();
        var filled = Variable().Replace(line, v => v.Value switch { "$s" => "99XX00", "$1" => "2023-1", "$2" => "2023-02-20", "$3" => "2023-03-08", _ => key.Recipient.ToString() });
        return [.. Word().Matches(filled).Select(w => w.Value.Replace("\"", "", StringComparison.Ordinal))];
    }

    // ---- formats and states ----

    [Fact]
    public void Every_format_names_a_test_that_exists_and_they_stand_in_order()
    {
        var sections = Checkout.Read("docs/FORMATS.md").Split("\n## ").Skip(1).ToList();
        Assert.Equal(Enumerable.Range(1, sections.Count), sections.Select(s => int.Parse(s[..s.IndexOf('.', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(sections, section => Assert.NotEmpty(NamedTests(section)));
        Assert.All(sections.SelectMany(NamedTests), test => Assert.True(Exists(test), test));
    }

    [Theory]
    [InlineData("Formats.ManifestTests", true)]
    [InlineData("Office.ManifestTests", false)]
    [InlineData("Formats.RecordTests", false)] // it has no test of its own
    public void A_class_of_tests_is_known_by_room_and_name(string name, bool exists) => Assert.Equal(exists, Exists(name));

    static IEnumerable<string> NamedTests(string section) => NamedTest().Matches(section).Select(m => m.Groups[1].Value);

    static bool Exists(string test) =>
        typeof(DocsTests).Assembly.GetType($"Groeilijn.Tests.{test}") is { } type && type.GetMethods().Any(m => m.GetCustomAttributes(true).Any(a => a is FactAttribute or TheoryAttribute));

    [Fact]
    public void The_diagram_of_a_rounds_states_is_the_one_the_code_draws()
    {
        var text = Checkout.Read("docs/ARCHITECTURE.md");
        var diagram = Mermaid().Matches(text).Select(m => m.Groups[1].Value).Where(d => d.StartsWith("stateDiagram", StringComparison.Ordinal));
        Assert.Equal([Groeilijn.Office.RoundStates.Diagram(), Groeilijn.Office.WithdrawalStates.Diagram()], diagram);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"`([^`]*)`")]
    private static partial Regex InCode();

    /// <summary>Up to what the shell takes for itself: a pipe, a redirection, the next command.</summary>
    [GeneratedRegex(@"\./groeilijn\b(?:""[^""]*""|[^|;&>#""])*?(?=\s*(?:\d?[|;&>#]|$))")]
    private static partial Regex Command();

    [GeneratedRegex(@"\$[A-Za-z0-9]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?:""[^""]*""|\S)+")]
    private static partial Regex Word();

    [GeneratedRegex(@"`([A-Z][A-Za-z]+\.[A-Z][A-Za-z]*Tests)\b")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"```mermaid\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Mermaid();
}

/// <summary>The ledger entries that the source makes: <c>room step: facts in alphabetical order</c>.</summary>
static partial class Ledger
{
    static readonly IReadOnlyList<(string Path, string Text)> s_sources = [.. Checkout.Files("src", ".cs").Where(f => !f.Path.StartsWith("src/Delivery/", StringComparison.Ordinal))];

    internal static IEnumerable<string> Steps() => s_sources.SelectMany(f => StepsOf(f.Path, f.Text)).Distinct();

    internal static IEnumerable<string> StepsOf(string path, string source)
    {
        foreach (Match call in Call().Matches(source))
        {
            var arguments = Inside(source, call.Index + call.Length - 1);
            var texts = Leading().Match(arguments).Groups[1].Captures.Select(c => c.Value).ToList();
            var facts = Fact().Matches(arguments).Select(m => m.Groups[1].Value);
            if (path.StartsWith("src/School/", StringComparison.Ordinal)) yield return Step("school", texts[0], facts);
            else if (texts.Count == 2) yield return Step(texts[0], texts[1], facts);
            else
                foreach (Match destroyed in Destroyed().Matches(source))
                    yield return Step(texts[0], Groeilijn.Office.RoundStates.Code(Enum.Parse<Groeilijn.Office.RoundState>(destroyed.Groups[1].Value)), facts.Append(destroyed.Groups[2].Value));
        }
        foreach (Match entry in Literal().Matches(source)) yield return Step(entry.Groups[1].Value, entry.Groups[2].Value, Fact().Matches(entry.Groups[3].Value).Select(m => m.Groups[1].Value));
    }

    /// <summary>Entries made in a way that <see cref="StepsOf"/> does not read.</summary>
    internal static IEnumerable<string> Unseen() =>
        from file in s_sources
        let made = file.Text.Split("new LedgerEntry").Length - 1
        let read = Literal().Count(file.Text) + (file.Path is "src/Office/OfficeHome.cs" or "src/School/SchoolHome.cs" ? 1 : 0)
        where made != read
        select $"{file.Path}: {made} made, {read} read";

    static string Step(string room, string step, IEnumerable<string> facts) => $"{room} {step}: {string.Join(", ", facts.Order(StringComparer.Ordinal))}";

    /// <summary>What stands between a bracket and the one that closes it.</summary>
    static string Inside(string source, int open)
    {
        var depth = 0;
        for (var i = open; ; i++)
        {
            if (source[i] == '(') depth++;
            if (source[i] == ')' && --depth == 0) return source[(open + 1)..i];
        }
    }

    [GeneratedRegex(@"home\.Entry\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"^(?:""([a-z-]+)""(?:, |$))+")]
    private static partial Regex Leading();

    [GeneratedRegex(@"\(""([a-zA-Z]+)"", ")]
    private static partial Regex Fact();

    [GeneratedRegex(@"Destroy\(home, edition, .*RoundState\.(\w+), ""(\w+)""\)")]
    private static partial Regex Destroyed();

    [GeneratedRegex(@"new LedgerEntry\s*\{[^}]*?Room = ""([a-z]+)"",\s*Step = ""([a-z-]+)"",\s*Facts = \[(.*?)\]", RegexOptions.Singleline)]
    private static partial Regex Literal();
}
