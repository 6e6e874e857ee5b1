using System.CommandLine;
using Groeilijn.OpenData;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn opendata</c>: the public site, from released tables alone.</summary>
static class OpenDataCommands
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "The released tables: the office's outgoing/public folder", Required = true };
        var to = new Option<string>("--to") { Description = "The folder of the site; replaced whole", Required = true };
        var json = Verb.Json();
        return Verb.Group("opendata", "The public site of released tables", Verb.Of("publish", "Write the public site: plain files for any web server", "groeilijn opendata publish --from office/outgoing/public --to public", parsed =>
        {
            var site = Site.Publish(parsed.GetValue(from)!, parsed.GetValue(to)!);
            if (site.Refusal is { } refusal) return parsed.Refuse(refusal);
            return parsed.GetValue(json) ? parsed.SayJson(new { tables = site.Tables, files = site.Files }) : parsed.Say($"{site.Tables} tables, {site.Files} files. Open {Path.Combine(parsed.GetValue(to)!, "index.html")}.");
        }, from, to, json));
    }
}
