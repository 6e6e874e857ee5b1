using System.CommandLine;
using Groeilijn.Cli;
using Groeilijn.Cli.Commands;

// groeilijn: one program, a noun for each room, a verb for each step.
var root = new RootCommand("Groeilijn: from the school's export to the public table, with a proof at each step.\n\nStart with:\n  groeilijn demo")
{
    DemoCommand.Create(),
    TestlandCommand.Create(),
    OfficeCommands.Create(),
    EnvelopeCommands.Create(),
    VerifyCommand.Create(),
    DoctorCommand.Create(),
};
var parsed = root.Parse(args);
return parsed.Errors.Count == 0 ? parsed.Invoke() : Verb.Refuse(parsed.Errors[0].Message, "add --help to see what this command takes", Verb.WrongUse);
