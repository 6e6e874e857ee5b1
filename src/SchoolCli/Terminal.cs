using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Groeilijn.Storage;
using Spectre.Console;

namespace Groeilijn.SchoolCli;

/// <summary>What a command ends with.</summary>
public enum Exit
{
    /// <summary>It was done.</summary>
    Done = 0,
    /// <summary>It was refused, with a reason.</summary>
    Refused = 1,
    /// <summary>It was called in a way that means nothing.</summary>
    WrongUse = 2,
}

/// <summary>
/// How our commands speak: results on standard output, <c>error:</c> and <c>hint:</c> and progress on standard error,
/// colour only where somebody watches and did not set NO_COLOR. What was typed is never repeated: it may be a pupil's key.
/// </summary>
public sealed class Terminal(TextWriter output, TextWriter error, bool json, string language)
{
    static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Whether the output is for a machine.</summary>
    public bool Json => json;

    /// <summary><c>nl</c> or <c>en</c>.</summary>
    public string Language => language;

    /// <summary>One of two sentences, by language.</summary>
    public string Say(string dutch, string english) => language == "nl" ? dutch : english;

    /// <summary>A line of the result; not in JSON.</summary>
    public void Line(string text)
    {
        if (!json) output.WriteLine(text);
    }

    /// <summary>A line on progress, on standard error; not in JSON.</summary>
    public void Progress(string text)
    {
        if (!json) error.WriteLine(text);
    }

    /// <summary>A line on standard error, also in JSON: what was refused at one of many.</summary>
    public void Tell(string text) => error.WriteLine(text);

    /// <summary>The whole result as JSON; only in JSON.</summary>
    public void Document(object value)
    {
        if (json) output.WriteLine(JsonSerializer.Serialize(value, s_json));
    }

    /// <summary>A table: drawn where somebody watches, columns with two spaces otherwise.</summary>
    public void Table(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (json || rows.Count == 0) return;
        if (Watched) Drawn(headers, rows);
        else
            foreach (var row in rows.Prepend(headers)) output.WriteLine(string.Join("  ", row.Select((cell, i) => i == row.Count - 1 ? cell : cell.PadRight(rows.Prepend(headers).Max(r => r[i].Length)))).TrimEnd());
    }

    /// <summary>Refuses with a reason and what to do.</summary>
    public int Refuse(string reason, string hint) => Fail(Exit.Refused, reason, hint);

    /// <summary>Says that the command was not called as it should.</summary>
    public int WrongUse(string reason, string hint) => Fail(Exit.WrongUse, reason, hint);

    int Fail(Exit exit, string reason, string hint)
    {
        error.WriteLine("error: " + reason);
        error.WriteLine("hint: " + hint);
        Document(new { error = reason, hint });
        return (int)exit;
    }

    bool Watched => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    static void Drawn(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var header in headers) table.AddColumn(new TableColumn(Markup.Escape(header)));
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    /// <summary>
    /// Runs a program: parses, speaks of wrong use in our own words, and lets no exception's words out. No words at all ask for help;
    /// a noun without its verb is wrong use and shows the verbs there are. A word that begins with @ is a word, not a file to read.
    /// </summary>
    public static int Run(RootCommand program, IReadOnlyList<string> arguments, TextWriter? output = null, TextWriter? error = null)
    {
        var (to, wrong) = (output ?? Console.Out, error ?? Console.Error);
        var parsed = program.Parse(arguments.Count == 0 ? ["--help"] : arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var terminal = new Terminal(to, wrong, json: false, LanguageOf(parsed));
        if (TakenForAValue(arguments, parsed.CommandResult)) return terminal.WrongUse(terminal.Say("een optie wordt hier niet begrepen", "an option is not understood here"), $"{terminal.See(parsed)}; {terminal.Say("na -- is elk woord een waarde", "after -- every word is a value")}");
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction or null)
        {
            var exit = terminal.WrongUse(terminal.Reason(parsed), terminal.See(parsed));
            if (LacksVerb(parsed)) program.Parse([.. arguments, "--help"]).Invoke(new InvocationConfiguration { Output = wrong, Error = wrong });
            return exit;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = to, Error = wrong, EnableDefaultExceptionHandler = false });
        }
        catch (IOException disk) when (StoreFault.Of(disk) is { } fault)
        {
            return terminal.Refuse(terminal.Say(fault.Wat, fault.What), terminal.Say(fault.Doe, fault.Remedy));
        }
        catch (Exception unexpected) when (unexpected is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(terminal.Say("een bestand of map kon niet worden gelezen of geschreven", "a file or folder could not be read or written"),
                terminal.Say("controleer de map, de schijf en uw rechten; er is niets half gedaan", "check the folder, the disk and your rights; nothing half-done is left"));
        }
        catch (Exception fault)
        {
            return terminal.Refuse(terminal.Say("er ging iets mis dat niet mis mag gaan: ", "something went wrong that should not: ") + Place(fault),
                terminal.Say("misschien is een bestand in de map beschadigd; zo niet, dan is dit een fout van het programma: meld de regel hierboven, er staat niets van een leerling in", "a file of the home may be damaged; if not, this is a fault of the program: report the line above, it holds nothing of a pupil"));
        }
    }

    /// <summary>The kind of a fault and the step of ours it came from. Its own words may hold what stood in a file.</summary>
    static string Place(Exception fault)
    {
        var step = new StackTrace(fault).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => method?.DeclaringType?.Namespace?.StartsWith(nameof(Groeilijn), StringComparison.Ordinal) == true);
        return step is null ? fault.GetType().Name : $"{fault.GetType().Name} in {step.DeclaringType!.FullName}.{step.Name}";
    }

    /// <summary>Whether a word that looks like an option was taken for a file or a value, as a mistyped option would be.</summary>
    static bool TakenForAValue(IEnumerable<string> typed, CommandResult command)
    {
        var options = typed.TakeWhile(word => word != "--").Where(word => word.StartsWith("--", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return command.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Concat(command.Children.OfType<OptionResult>().SelectMany(option => option.Tokens))
            .Any(token => options.Contains(token.Value));
    }

    static bool LacksVerb(ParseResult parsed) => parsed.Errors[0].SymbolResult is CommandResult { Command.Subcommands.Count: > 0 } && parsed.UnmatchedTokens.Count == 0;

    string Reason(ParseResult parsed) => parsed.Errors[0].SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } option => option.Option.Name + Say(" is nodig, of mist een waarde", " is required or misses its value"),
        OptionResult option => Say($"de waarde van {option.Option.Name} wordt niet begrepen; het is", $"the value of {option.Option.Name} is not understood; it is") + ": " + option.Option.Description,
        ArgumentResult argument => argument.Argument.Name + Say(" ontbreekt of wordt niet begrepen", " is missing or not understood"),
        CommandResult { Command.Subcommands.Count: > 0 } => LacksVerb(parsed) ? Say("een werkwoord ontbreekt", "a verb is missing") : Say("deze opdracht is er niet", "no such command"),
        _ when Required(parsed) is { } name => name + Say(" is nodig", " is required"),
        _ => Say("een woord of optie wordt hier niet begrepen, of er ontbreekt er een", "a word or option is not understood here, or one is missing"),
    };

    /// <summary>The option that is required and was not given.</summary>
    static string? Required(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(o => o.Required && parsed.GetResult(o) is null or { Implicit: true, Tokens.Count: 0 } && parsed.Errors[0].Message.Contains(o.Name, StringComparison.Ordinal))?.Name;

    /// <summary>Where the help of a command is.</summary>
    public string See(string command) => Say("zie ", "see ") + command + " --help";

    string See(ParseResult parsed) => See(Path(parsed.CommandResult));

    /// <summary>The language of commands that have one; English otherwise.</summary>
    static string LanguageOf(ParseResult parsed)
    {
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as CommandResult)
            if (command.Command.Options.OfType<Option<string>>().FirstOrDefault(o => o.Name == "--lang") is { } option)
                return parsed.GetResult(option) is { Tokens: [{ Value: "en" }] } ? "en" : "nl";
        return "en";
    }

    static string Path(CommandResult command) => command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : command.Command.Name;

    /// <summary>Gives a command a worked example under its help.</summary>
    public static Command WithExample(Command command, string example)
    {
        command.Add(new HelpOption { Action = new HelpWithExample(example) });
        return command;
    }

    sealed class HelpWithExample(string example) : SynchronousCommandLineAction
    {
        readonly HelpAction _usual = new();

        public override int Invoke(ParseResult parseResult)
        {
            var result = _usual.Invoke(parseResult);
            var to = parseResult.InvocationConfiguration.Output;
            to.WriteLine("Example:");
            foreach (var line in example.Split('\n')) to.WriteLine("  " + AsTyped(parseResult, line));
            return result;
        }

        /// <summary>The school's commands are a program of their own and a noun of the whole one.</summary>
        static string AsTyped(ParseResult parsed, string line) =>
            parsed.CommandResult.Parent is CommandResult { Command: not RootCommand } ? line.Replace("groeilijn-school ", "groeilijn school ", StringComparison.Ordinal) : line;
    }
}
