using System.CommandLine;
using System.Globalization;
using Groeilijn.Cli.Demo;
using Groeilijn.Columns;
using Groeilijn.Testland;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn demo</c>: the whole chain on an invented country; ends with where to look.</summary>
static class DemoCommand
{
    const string Mark = ".groeilijn-demo";

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "The folder to leave it in; an earlier demo there is replaced", DefaultValueFactory = _ => "demo-out" };
        var schools = new Option<int>("--schools") { Description = "How many schools", DefaultValueFactory = _ => 40 };
        var editions = new Option<int>("--editions") { Description = "How many half-years, from 2023-1", DefaultValueFactory = _ => 6 };
        var seed = new Option<ulong>("--seed") { Description = "Another seed, another country", DefaultValueFactory = _ => 1 };
        var absent = new Option<bool>("--without-objectors") { Description = "Leave the objecting pupils out of the exports in place of recording their objections; what follows must be the same" };
        var json = Verb.Json();
        return Verb.Of("demo", "Run the whole chain on an invented country, and leave a guided tour", "groeilijn demo --schools 40 --out demo-out", parsed =>
        {
            if (parsed.GetValue(schools) is < 3 or > 500) return parsed.Refuse("--schools is 3 to 500", "40 take about half a minute", Verb.WrongUse);
            if (parsed.GetValue(editions) is < 1 or > 12) return parsed.Refuse("--editions is 1 to 12", "six are three school years", Verb.WrongUse);
            if (ColumnLibrary.Find() is null) return parsed.Refuse("DuckDB's library is not here", ColumnLibrary.HowToGet);
            var folder = Path.GetFullPath(parsed.GetValue(output)!);
            if (!Clear(folder)) return parsed.Refuse("the folder holds something that is no demo", "give an empty or new folder with --out");
            var options = new DemoOptions(folder, parsed.GetValue(schools), parsed.GetValue(editions), parsed.GetValue(seed), parsed.GetValue(absent) ? Objectors.Absent : Objectors.Recorded);
            var outcome = DemoRun.Run(options, new Story(parsed.InvocationConfiguration.Output, parsed.GetValue(json)));
            if (parsed.GetValue(json)) parsed.SayJson(outcome);
            else parsed.Say(string.Create(CultureInfo.InvariantCulture, $"""

                Done in {outcome.Seconds:F1} s. The guided tour: {Path.Combine(folder, "index.html")} (English: index.en.html)
                Check a certificate yourself:
                  groeilijn verify {Path.Combine(folder, "office", "certificates")}/2023-1.json --trust {Path.Combine(folder, "office", "keys", "signing", "office.cert.pem")}
                """));
            return outcome.Search.Hits.Count == 0 ? Verb.Done : parsed.Refuse($"{outcome.Search.Hits.Count} places of the office hold the number of a delivered pupil", "this should never be: keep the folder and report it");
        }, output, schools, editions, seed, absent, json);
    }

    /// <summary>Makes the folder empty when it is new, empty or an earlier demo; false when it is somebody's.</summary>
    static bool Clear(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            if (!File.Exists(Path.Combine(folder, Mark))) return false;
            Directory.Delete(folder, recursive: true);
        }
        Directory.CreateDirectory(folder);
        Delivery.DurableFile.Write(Path.Combine(folder, Mark), "This folder was made by groeilijn demo and is replaced by the next.\n");
        return true;
    }
}
