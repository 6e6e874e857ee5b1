using System.CommandLine;
using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>The school's commands, the same in <c>groeilijn school …</c> and <c>groeilijn-school …</c>, in the order of the work.</summary>
public sealed partial class SchoolCommands
{
    const string EnrolName = "enrol", ServeName = "serve", SummaryName = "summary";
    internal const string HomeOption = "--home", BoardOption = "--board";

    readonly TimeProvider _clock;
    readonly Option<DirectoryInfo> _board = new(BoardOption) { Description = "Folder with the homes of all locations of a board: the command runs for each, {school} stands for its code", Recursive = true };
    readonly Option<DirectoryInfo> _home = new(HomeOption) { Description = "Folder of the school's data (default: a folder of your own)", Recursive = true, DefaultValueFactory = _ => new(DefaultHome) };
    readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON", Recursive = true };
    readonly Option<string> _language = new("--lang") { Description = "Language of the sentences: nl or en", Recursive = true, DefaultValueFactory = _ => "nl" };

    SchoolCommands(TimeProvider clock)
    {
        _clock = clock;
        _language.AcceptOnlyFromAmong("nl", "en");
    }

    /// <summary>The command <c>school</c> with its commands.</summary>
    public static Command Create(TimeProvider? clock = null)
    {
        var school = new Command("school", "Import, check, inform, object, preview and seal: all that a school does");
        AddTo(school, clock);
        return school;
    }

    /// <summary>Adds the school's commands to a program.</summary>
    public static void AddTo(Command program, TimeProvider? clock = null)
    {
        var commands = new SchoolCommands(clock ?? TimeProvider.System);
        program.Add(commands._home);
        program.Add(commands._board);
        program.Add(commands._json);
        program.Add(commands._language);
        foreach (var command in new[]
        {
            commands.Serve(), commands.Enrol(), commands.Importing(), commands.Columns(), commands.Joining(), commands.Checking(), commands.Informing(), commands.Letters(), commands.Objecting(), commands.Register(), commands.Consenting(),
            commands.Previewing(), commands.Agreeing(), commands.Announcing(), commands.Sealing(), commands.Posting(), commands.Sending(), commands.KeepReceipt(), commands.Fetching(), commands.OpenReport(), commands.SummariseForBoard(), commands.Access(), commands.Processing(), commands.Retaining(),
        })
            program.Add(command);
    }

    static string DefaultHome => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "groeilijn", "school");

    Command New(string name, string description, string example, Option[] options, Func<ParseResult, Terminal, int> run)
    {
        var command = Terminal.WithExample(new Command(name, description), example);
        foreach (var option in options) command.Add(option);
        command.SetAction(parsed =>
        {
            var terminal = new Terminal(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(_json), parsed.GetValue(_language)!);
            if (parsed.GetValue(_board) is not { } board || name is EnrolName or SummaryName) return run(parsed, terminal);
            return name == ServeName ? terminal.WrongUse(terminal.Say("pagina's zijn er voor één school tegelijk", "pages are for one school at a time"), terminal.See("serve")) : Board.Run(parsed, board, terminal, _clock);
        });
        return command;
    }

    string Home(ParseResult parsed) => parsed.GetValue(_home)!.FullName;

    int WithHome(ParseResult parsed, Terminal terminal, Func<SchoolHome, int> run)
    {
        using var home = SchoolHome.TryOpen(Home(parsed), _clock);
        if (home is null) return terminal.Refuse(terminal.Say("in deze map is nog geen school ingeschreven", "no school is enrolled in this folder"), terminal.Say("begin met: school enrol --school CODE --name NAAM", "begin with: school enrol --school CODE --name NAME"));
        var code = run(home);
        home.Sequence();
        return code;
    }

    static int Say<T>(Terminal terminal, Outcome<T> outcome, Action<T> done, Func<T, bool>? fine = null) where T : class
    {
        if (outcome.Refusal is { } refusal) return terminal.Refuse(refusal.Sentence(terminal.Language), refusal.Hint(terminal.Language));
        done(outcome.Value!);
        return (int)(fine?.Invoke(outcome.Value!) == false ? Exit.Refused : Exit.Done);
    }

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static Option<DateOnly?> Day(string name, string description, bool required = true) => new(name)
    {
        Description = description + ", 2025-02-28",
        Required = required,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            result.AddError($"{name} is a day as 2025-02-28.");
            return null;
        },
    };

    static Option<T> Parsed<T>(string name, string description, Func<string?, Parsed<T>> parse, bool required = true) where T : struct =>
        Parsed(name, description, text => parse(text) is { Ok: true } read ? (true, read.Value) : (false, default(T)), required);

    static Option<T> Parsed<T>(string name, string description, Func<string, (bool Ok, T Value)> parse, bool required = true) => new(name)
    {
        Description = description,
        Required = required,
        CustomParser = result =>
        {
            var (ok, value) = parse(result.Tokens[0].Value);
            if (!ok) result.AddError($"{name} is not understood.");
            return value;
        },
    };

    static (bool, RecipientKey) Recipient(string text) => (RecipientKey.TryParse(text, out var key), key!);

    static T? Given<T>(ParseResult parsed, Option<T> option) where T : struct => parsed.GetResult(option) is { Tokens.Count: > 0 } ? parsed.GetValue(option) : null;
}
