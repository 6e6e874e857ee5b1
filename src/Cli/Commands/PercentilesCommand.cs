using System.CommandLine;
using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn percentiles</c>: conditional growth percentiles of anybody's data, as the R package SGP computes them.</summary>
static class PercentilesCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("data") { Description = "A CSV file with a header, one row a pupil" };
        var id = new Option<string>("--id") { Description = "The column that names the pupil", Required = true };
        var score = new Option<string>("--score") { Description = "The column of the score", Required = true };
        var prior = new Option<string>("--prior") { Description = "One to three columns of earlier scores, the most recent first, with commas between", Required = true };
        var output = new Option<string>("--out") { Description = "The CSV file to write: id,percentile", Required = true };
        var json = Verb.Json();
        return Verb.Of("percentiles", "Conditional growth percentiles", "groeilijn percentiles scores.csv --id pupil --score E5 --prior M5,E4 --out percentiles.csv", parsed =>
        {
            string[] priors = parsed.GetValue(prior)!.Split(',', StringSplitOptions.TrimEntries);
            if (priors.Length > 3 || Array.Exists(priors, p => p.Length == 0)) return parsed.Refuse("--prior names one to three columns", "write them with commas between, the most recent first", Verb.WrongUse);
            if (!File.Exists(parsed.GetValue(file))) return parsed.Refuse("there is no such data file", "check the name");
            string[] numbers = [parsed.GetValue(score)!, .. priors];
            var read = CsvTable.Read(parsed.GetValue(file)!, [parsed.GetValue(id)!, .. numbers], parsed.GetValue(id)!);
            if (!read.Ok) return parsed.Refuse(read.Refusal!.What, read.Refusal.Remedy);
            var table = read.Value;
            if (Array.Find(numbers, n => table.Find(n)!.Numbers is null) is { } text) return parsed.Refuse($"column `{text}` holds texts", "scores are numbers");
            if (Array.Find(numbers, n => Array.Exists(table.Find(n)!.Numbers!, v => !double.IsFinite(v) && !DataColumn.IsMissing(v))) is { } infinite)
                return parsed.Refuse($"column `{infinite}` holds an infinite value or NaN", "leave the cell empty or write NA when the score is missing");
            var made = GrowthPercentiles.Of(table.Find(numbers[0])!.Numbers!, [.. priors.Select(p => table.Find(p)!.Numbers!)]);
            if (!made.Ok) return parsed.Refuse(made.Refusal!.What, made.Refusal.Remedy);
            DurableFile.Write(parsed.GetValue(output)!, Csv(table.Find(parsed.GetValue(id)!)!, made.Value));
            var orders = Enumerable.Range(0, 4).Select(o => made.Value.Count(p => p.Order == o)).ToArray();
            return parsed.GetValue(json) ? parsed.SayJson(new { pupils = table.Rows, none = orders[0], byPriors = orders[1..] })
                : parsed.Say($"{table.Rows - orders[0]} percentiles of {table.Rows} pupils; {orders[0]} have no score or no prior score. One pupil's percentile may be off by twenty points: report means of groups.");
        }, file, id, score, prior, output, json);
    }

    static string Csv(DataColumn id, GrowthPercentile[] percentiles)
    {
        var text = new StringBuilder("id,percentile\n");
        for (var i = 0; i < percentiles.Length; i++)
        {
            if (percentiles[i].Order == 0) continue;
            var name = id.Codes![i] < 0 ? "" : id.Levels![id.Codes[i]];
            text.Append(CsvCell.Of(name)).Append(',').Append(CultureInfo.InvariantCulture, $"{percentiles[i].Percentile}\n");
        }
        return text.ToString();
    }
}
