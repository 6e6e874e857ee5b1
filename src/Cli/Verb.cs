using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Groeilijn.Education;
using Groeilijn.SchoolCli;

namespace Groeilijn.Cli;

/// <summary>What a command of this program is made of: words, an example, options, and one action whose number is the exit code.</summary>
static class Verb
{
    /// <summary>Unproven: what was asked for is made, but cells in it could not be proven safe, so that it may not leave.</summary>
    public const int Done = 0, Refused = 1, WrongUse = 2, Unproven = 3;

    static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A verb with an example under its help.</summary>
    public static Command Of(string name, string what, string example, Func<ParseResult, int> act, params ReadOnlySpan<Symbol> parts)
    {
        var command = Terminal.WithExample(new Command(name, what), example);
        foreach (var part in parts)
        {
            if (part is Option option) command.Options.Add(option);
            if (part is Argument argument) command.Arguments.Add(argument);
        }
        command.SetAction(act);
        return command;
    }

    /// <summary>A noun with its verbs.</summary>
    public static Command Group(string name, string what, params ReadOnlySpan<Command> verbs)
    {
        var command = new Command(name, what);
        foreach (var verb in verbs) command.Subcommands.Add(verb);
        return command;
    }

    /// <summary><c>--home</c>: where a room keeps its things; a folder of the user's own unless said otherwise.</summary>
    public static Option<string> Home(string room) => new("--home")
    {
        Description = $"The {room}'s home (default: a folder of your own)",
        DefaultValueFactory = _ => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "groeilijn", room),
    };

    /// <summary><c>--json</c>: the answer for a program.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Answer in JSON" };

    /// <summary><c>--edition</c>, such as 2023-1.</summary>
    public static Option<Edition> Edition() => new("--edition")
    {
        Description = "The half-year, such as 2023-1 (M tests) or 2023-2 (E tests)",
        Required = true,
        CustomParser = result =>
        {
            var parsed = Education.Edition.Parse(result.Tokens.Count == 1 ? result.Tokens[0].Value : null);
            if (!parsed.Ok) result.AddError("--edition is a year and a half, such as 2023-1 or 2023-2.");
            return parsed.OrNull ?? default;
        },
    };

    /// <summary>Says on standard output.</summary>
    public static int Say(this ParseResult parsed, string words)
    {
        parsed.InvocationConfiguration.Output.WriteLine(words);
        return Done;
    }

    /// <summary>Answers a program.</summary>
    public static int SayJson(this ParseResult parsed, object answer) => parsed.Say(JsonSerializer.Serialize(answer, s_json));

    /// <summary>Refuses: what, and what to do about it.</summary>
    public static int Refuse(this ParseResult parsed, string what, string hint, int code = Refused)
    {
        parsed.InvocationConfiguration.Error.WriteLine($"error: {what}");
        parsed.InvocationConfiguration.Error.WriteLine($"hint: {hint}");
        return code;
    }

    /// <summary>Refuses as a room of the office or the research desk did.</summary>
    public static int Refuse(this ParseResult parsed, Storage.Refusal refusal) => parsed.Refuse($"{refusal.What} [{refusal.Code}]", refusal.Remedy);

    /// <summary>Refuses as the public site did.</summary>
    public static int Refuse(this ParseResult parsed, OpenData.Refusal refusal) => parsed.Refuse($"{refusal.What} [{refusal.Code}]", refusal.Remedy);

    /// <summary>Something to know that does not stop the work.</summary>
    public static void Warn(this ParseResult parsed, string words) => parsed.InvocationConfiguration.Error.WriteLine($"warning: {words}");

    /// <summary>A line about long work, on standard error where somebody watches, so that an answer on standard output stays clean.</summary>
    public static void Progress(this ParseResult parsed, string words)
    {
        if (!Console.IsErrorRedirected) parsed.InvocationConfiguration.Error.WriteLine(words);
    }
}
