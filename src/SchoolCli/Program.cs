using System.CommandLine;
using Groeilijn.SchoolCli;

var program = new RootCommand("Groeilijn for schools: from export to sealed delivery, on the school's own computer");
SchoolCommands.AddTo(program);
return Terminal.Run(program, args);
