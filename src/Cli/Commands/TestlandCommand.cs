using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Groeilijn.Testland;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn testland</c>: only the invented country's files.</summary>
static class TestlandCommand
{
    public static Command Create()
    {
        var pupils = new Option<int>("--pupils") { Description = "How many pupils the schools hold, about", DefaultValueFactory = _ => 9_000 };
        var output = new Option<string>("--out") { Description = "The folder to write", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Another seed, another country", DefaultValueFactory = _ => 1 };
        var editions = new Option<int>("--editions") { Description = "Half-years, from 2023-1", DefaultValueFactory = _ => 6 };
        var json = Verb.Json();
        return Verb.Of("testland", "Write the files of an invented country: school exports, population register, truth", "groeilijn testland --pupils 9000 --out land --seed 7", parsed =>
        {
            if (parsed.GetValue(pupils) is < 50 or > 2_300_000) return parsed.Refuse("--pupils is 50 to 2300000", "the Netherlands have about 1400000 pupils in primary schools", Verb.WrongUse);
            if (parsed.GetValue(editions) is < 1 or > 40) return parsed.Refuse("--editions is 1 to 40", "six are three school years", Verb.WrongUse);
            var options = TestlandOptions.ForPupils(parsed.GetValue(pupils)) with { Seed = parsed.GetValue(seed), Editions = parsed.GetValue(editions) };
            var watch = Stopwatch.StartNew();
            var shown = 0;
            var progress = new Reporter(p =>
            {
                if (p.District * 20 / p.Districts == shown) return;
                shown = p.District * 20 / p.Districts;
                parsed.Progress(string.Create(CultureInfo.InvariantCulture, $"{p.District * 100 / p.Districts,3}%  {p.Records:N0} pupil records"));
            });
            var records = TestlandWriter.Write(options, parsed.GetValue(output)!, progress);
            using var self = Process.GetCurrentProcess();
            var (seconds, peak) = (Math.Round(watch.Elapsed.TotalSeconds, 1), self.PeakWorkingSet64 >> 20);
            if (parsed.GetValue(json)) return parsed.SayJson(new { schools = options.Schools, editions = options.Editions, records, seconds, cpuSeconds = Math.Round(self.TotalProcessorTime.TotalSeconds, 1), peakMegabytes = peak });
            return parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{options.Schools:N0} schools, {records:N0} pupil records in {options.Editions} editions, {seconds:F1} s, at most {peak} MB of memory. They are in {parsed.GetValue(output)}."));
        }, pupils, output, seed, editions, json);
    }

    sealed class Reporter(Action<TestlandProgress> report) : IProgress<TestlandProgress>
    {
        public void Report(TestlandProgress value) => report(value);
    }
}
