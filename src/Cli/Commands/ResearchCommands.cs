using System.CommandLine;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Research;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn research</c>: a project's own file, and what may be taken out of it.</summary>
static class ResearchCommands
{
    public static Command Create() => Verb.Group("research", "A project's own file, and checked results out of it", CreateProject(), RunRequest(), Tell());

    static Command CreateProject()
    {
        var name = new Argument<string>("name") { Description = "The project's name: small letters, digits and dashes" };
        var office = Verb.Home("office");
        var edition = Verb.Edition();
        var subjects = new Option<Subject[]>("--subject")
        {
            Description = "reading, spelling or maths; may be given more than once (default: all)",
            CustomParser = result => [.. result.Tokens.Select(token =>
            {
                if (!Subjects.TryRead(token.Value, out var subject)) result.AddError("a subject is reading, spelling or maths");
                return subject;
            })],
        };
        var groups = new Option<int[]>("--year-group") { Description = "3 to 8; may be given more than once (default: all)" };
        var json = Verb.Json();
        return Verb.Of("project", "Make a project's file from the cohort, under pseudonyms of its own (the office does this)", "groeilijn research project growth-in-maths --home office --edition 2025-2 --subject maths", parsed =>
        {
            if (parsed.GetValue(groups) is { } given && given.Any(g => g is < 3 or > 8)) return parsed.Refuse("--year-group is 3 to 8", "these are the groups that take the tests", Verb.WrongUse);
            var filter = new ProjectFilter { Subjects = parsed.GetValue(subjects) ?? [], YearGroups = [.. (parsed.GetValue(groups) ?? []).Select(g => new YearGroup(g))] };
            return OfficeCommands.With(parsed, parsed.GetValue(office)!, home =>
            {
                var made = Projects.Create(home, parsed.GetValue(name)!, parsed.GetValue(edition), filter);
                if (!made.Ok) return parsed.Refuse(made.Refusal);
                var project = made.Value;
                return parsed.GetValue(json) ? parsed.SayJson(new { project = project.Name, edition = project.Edition.ToString(), file = project.File, sha256 = project.Sha256, pupils = project.Pupils, rows = project.Rows })
                    : parsed.Say($"{project.File}: {project.Rows} results of {project.Pupils} pupils, under pseudonyms of this project only.");
            });
        }, office, name, edition, subjects, groups, json);
    }

    static Command Tell()
    {
        var (project, home, json) = (new Argument<string>("project") { Description = "The project's name" }, Verb.Home("research"), Verb.Json());
        var output = new Option<string>("--out") { Description = "The file to write, for the office alone", Required = true };
        return Verb.Of("told", "Tell the office what left a project, as sums over its pseudonyms without values: later public tables are judged beside it", "groeilijn research told growth-in-maths --out told.txt", parsed =>
        {
            using var desk = ResearchHome.Open(parsed.GetValue(home)!, TimeProvider.System);
            var figures = ToldOutputs.Write(desk, parsed.GetValue(project)!, parsed.GetValue(output)!);
            desk.Sequence();
            return parsed.GetValue(json) ? parsed.SayJson(new { file = parsed.GetValue(output), figures }) : parsed.Say($"{parsed.GetValue(output)}: {figures} figures as sums over pseudonyms. Give it to the office: groeilijn office outputs");
        }, project, home, output, json);
    }

    static Command RunRequest()
    {
        var file = new Argument<string>("project") { Description = "The project's file" };
        var home = Verb.Home("research");
        var name = new Option<string>("--name") { Description = "The output's name: small letters, digits and dashes", Required = true };
        var measures = new Option<string[]>("--measures") { Description = "count, mean, sd (of the score)", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["count"] };
        var by = new Option<string[]>("--by") { Description = "Groups: edition, subject, moment, pupil_year_group, test_year_group, scale", AllowMultipleArgumentsPerToken = true };
        var where = new Option<string?>("--where") { Description = "Who is counted, as an SQL expression over the project's columns" };
        var hide = new Option<bool>("--hide") { Description = "Hide cells under the minimum, in place of refusing the output" };
        var json = Verb.Json();
        return Verb.Of("run", "Run a declared aggregate; it leaves only when every cell holds enough pupils and schools", "groeilijn research run growth-in-maths.duckdb --name by-group --measures count mean --by subject scale moment pupil_year_group", parsed =>
        {
            var opened = Workspace.Open(parsed.GetValue(file)!);
            if (opened.Value is not { } workspace) return parsed.Refuse(opened.Refusal!);
            using (workspace)
            using (var desk = ResearchHome.Open(parsed.GetValue(home)!, TimeProvider.System))
            {
                var request = new AggregateRequest(parsed.GetValue(measures)!, parsed.GetValue(by) ?? [], parsed.GetValue(where));
                var output = Outputs.Release(desk, workspace, request, parsed.GetValue(name)!, parsed.GetValue(hide));
                desk.Sequence();
                if (output.Value is not { } left) return parsed.Refuse(output.Refusal!);
                if (parsed.GetValue(json)) return parsed.SayJson(new { csv = left.Csv, check = left.Check, published = left.Record.Published, hidden = left.Record.Reasons, artefact = left.Record.Artefact, again = left.Again });
                return parsed.Say($"Checked and released: {left.Csv}\nThe record of the check: {left.Check}");
            }
        }, file, home, name, measures, by, where, hide, json);
    }
}
