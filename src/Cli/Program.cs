using System.CommandLine;
using Groeilijn.Cli.Commands;
using Groeilijn.SchoolCli;

namespace Groeilijn.Cli;

/// <summary><c>groeilijn</c>: one program, a noun for each room, a verb for each step.</summary>
public static class Program
{
    /// <summary>Every command there is, in the order of the chain.</summary>
    public static RootCommand Create() => new("Groeilijn: from the school's export to the public table, with a proof at each step.")
    {
        DemoCommand.Create(),
        TestlandCommand.Create(),
        SchoolCommands.Create(),
        OfficeCommands.Create(),
        ResearchCommands.Create(),
        OpenDataCommands.Create(),
        FitCommand.Create(),
        PercentilesCommand.Create(),
        LinkCommand.Create(),
        ProtectCommand.Create(),
        CheckCommand.Create(),
        EnvelopeCommands.Create(),
        VerifyCommand.Create(),
        DoctorCommand.Create(),
    };

    /// <summary>Runs the program and gives its exit code: 0 done, 1 refused with a reason, 2 wrong use, 3 made but not proven safe.</summary>
    public static int Main(string[] arguments) => Terminal.Run(Create(), arguments);
}
