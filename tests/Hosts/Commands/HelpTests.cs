using System.CommandLine;
using Groeilijn.Delivery;

namespace Groeilijn.Hosts.Commands;

/// <summary>Every command explains itself: what it does, what it takes, and an example that it understands.</summary>
public sealed class HelpTests
{
    static readonly (string Name, RootCommand Program)[] s_programs = [("groeilijn", Session.Groeilijn), ("groeilijn-school", Session.GroeilijnSchool)];

    /// <summary>Every command of both programs as it is typed.</summary>
    public static TheoryData<string> All => [.. s_programs.SelectMany(p => Walk(p.Name, p.Program)).Select(c => c.Typed)];

    /// <summary>The commands that do something.</summary>
    public static TheoryData<string> Verbs => [.. s_programs.SelectMany(p => Walk(p.Name, p.Program)).Where(c => c.Command.Subcommands.Count == 0).Select(c => c.Typed)];

    /// <summary>The commands that only hold others, the programs themselves among them.</summary>
    public static TheoryData<string> Nouns => [.. s_programs.SelectMany(p => Walk(p.Name, p.Program)).Where(c => c.Command.Subcommands.Count > 0).Select(c => c.Typed)];

    [Fact]
    public void The_walk_meets_the_whole_program()
    {
        Assert.Equal(["groeilijn", "groeilijn envelope", "groeilijn office", "groeilijn opendata", "groeilijn research", "groeilijn school", "groeilijn-school"], Nouns.Select(row => row.Data).Order(StringComparer.Ordinal));
        Assert.True(Verbs.Count >= 35, $"{Verbs.Count} verbs");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Help_is_given_and_opens_with_what_the_command_does(string typed)
    {
        var (program, words, command) = Find(typed);
        Assert.False(string.IsNullOrWhiteSpace(command.Description));
        foreach (var flag in (string[])["--help", "-h"])
        {
            var ran = Session.Run(program, [.. words, flag]);
            Assert.Equal((0, ""), (ran.Exit, ran.Error));
            Assert.StartsWith($"Description:\n  {command.Description}\n", ran.Output);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_option_and_argument_is_described_in_the_help(string typed)
    {
        var (program, words, command) = Find(typed);
        var help = Session.Run(program, [.. words, "--help"]).Output;
        foreach (var symbol in command.Options.Concat<Symbol>(command.Arguments))
        {
            Assert.True(symbol.Description is { Length: > 8 }, $"{typed} {symbol.Name}");
            Assert.Contains(symbol.Description, help);
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_has_an_example_that_it_understands(string typed)
    {
        var (program, words, command) = Find(typed);
        var examples = Examples(Session.Run(program, [.. words, "--help"]).Output);
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            Assert.StartsWith(typed + (example.Length > typed.Length ? " " : ""), example);
            var parsed = program.Parse(Words(example)[1..]);
            Assert.True(parsed.Errors.Count == 0, $"{example}: {string.Join(" ", parsed.Errors.Select(e => e.Message))}");
            Assert.Same(command, parsed.CommandResult.Command);
        }
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void A_noun_shows_its_verbs(string typed)
    {
        var (program, words, command) = Find(typed);
        var help = Session.Run(program, [.. words, "--help"]).Output;
        Assert.All(command.Subcommands, verb => Assert.Contains(verb.Description!, help));
    }

    [Theory]
    [InlineData("groeilijn")]
    [InlineData("groeilijn-school")]
    public void A_program_without_a_word_shows_its_help(string typed)
    {
        var program = Find(typed).Program;
        var ran = Session.Run(program, []);
        Assert.Equal((0, Session.Run(program, ["--help"]).Output, ""), (ran.Exit, ran.Output, ran.Error));
    }

    [Fact]
    public void A_noun_without_a_verb_is_wrong_use_and_shows_its_help()
    {
        foreach (var noun in Session.Groeilijn.Subcommands.Where(c => c.Subcommands.Count > 0))
        {
            var ran = Session.Run(noun.Name).Refused(noun.Name == "school" ? "een werkwoord ontbreekt" : "a verb is missing", exit: 2);
            Assert.Equal("", ran.Output);
            Assert.EndsWith(Session.Run(noun.Name, "--help").Output, ran.Error);
        }
    }

    static IEnumerable<(string Typed, Command Command)> Walk(string typed, Command command) =>
        command.Subcommands.SelectMany(inner => Walk($"{typed} {inner.Name}", inner)).Prepend((typed, command));

    static (RootCommand Program, string[] Words, Command Command) Find(string typed)
    {
        var words = typed.Split(' ');
        var program = s_programs.Single(p => p.Name == words[0]).Program;
        return (program, words[1..], Walk(words[0], program).Single(c => c.Typed == typed).Command);
    }

    static List<string> Examples(string help) =>
        [.. help.Split('\n').SkipWhile(line => line != "Example:").Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)];

    /// <summary>The words as a shell gives them; <c>age1…</c> in an example stands for a key.</summary>
    static List<string> Words(string line)
    {
        using var key = IdentityKey.Generate();
        var words = line.Replace("age1…", key.Recipient.ToString(), StringComparison.Ordinal).Split('"');
        return [.. words.SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }
}
