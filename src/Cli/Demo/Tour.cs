using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Web;

namespace Groeilijn.Cli.Demo;

/// <summary>Words in both languages.</summary>
public readonly record struct Words(string Dutch, string English)
{
    /// <summary>The words in a language.</summary>
    public string In(string language) => language == "nl" ? Dutch : English;
}

/// <summary>One stop of the tour: what the letter says, what was done, what to look at, and what that proves.</summary>
public sealed record TourStop(Words Title, Words Letter, Words Done, Words Proves)
{
    /// <summary>What to open: words and an address relative to the tour.</summary>
    public List<(Words Words, Words Address)> Links { get; } = [];

    /// <summary>Figures of this stop.</summary>
    public List<(Words Label, string Value)> Figures { get; } = [];

    /// <summary>More to see, as trusted HTML per language.</summary>
    public Words? More { get; set; }

    /// <summary>Adds something to open that is the same file in both languages.</summary>
    public TourStop Open(Words words, string address)
    {
        Links.Add((words, new Words(address, address)));
        return this;
    }

    /// <summary>Adds something to open that has a file per language.</summary>
    public TourStop Open(Words words, string dutchAddress, string englishAddress)
    {
        Links.Add((words, new Words(dutchAddress, englishAddress)));
        return this;
    }

    /// <summary>Adds a figure.</summary>
    public TourStop Count(string dutch, string english, long value)
    {
        Figures.Add((new Words(dutch, english), Html.Number(value, "en").Replace(",", "\u202f", StringComparison.Ordinal)));
        return this;
    }
}

/// <summary>The guided tour that a demo leaves: <c>index.html</c> in Dutch, <c>index.en.html</c> in English.</summary>
public static class Tour
{
    /// <summary>Writes both pages into <paramref name="folder"/>.</summary>
    public static void Write(string folder, IReadOnlyList<TourStop> stops)
    {
        DurableFile.Write(Path.Combine(folder, "index.html"), Render("nl", "index.en.html", stops));
        DurableFile.Write(Path.Combine(folder, "index.en.html"), Render("en", "index.html", stops));
    }

    static string Render(string language, string other, IReadOnlyList<TourStop> stops)
    {
        var dutch = language == "nl";
        var body = new StringBuilder();
        body.Append("<p class=\"lead\">").Append(dutch
            ? "Dit is wat er gebeurt met de toetsresultaten van een kind, van de school tot de openbare tabel. Elke stap begint met wat de brief aan ouders belooft. Daaronder staat wat er is gedaan, wat u kunt bekijken en wat dat bewijst."
            : "This is what happens to a child's test results, from the school to the public table. Every step opens with what the letter to parents promises. Beneath it stands what was done, what you can look at, and what that proves.")
            .Append("</p>\n<p class=\"note\">").Append(dutch
            ? "Het land, de scholen, de kinderen en alle nummers zijn verzonnen."
            : "The country, the schools, the children and all numbers are invented.").Append("</p>\n<ol class=\"steps\">\n");
        for (var i = 0; i < stops.Count; i++) Stop(body, language, i + 1, stops[i]);
        body.Append("</ol>\n");
        return Page.Render(new PageHead(language, dutch ? "Van brief tot bewijs: een rondleiding" : "From letter to proof: a guided tour", dutch ? "Een verzonnen land" : "An invented country", other), body.ToString());
    }

    static void Stop(StringBuilder body, string language, int number, TourStop stop)
    {
        var dutch = language == "nl";
        body.Append("<li id=\"stop-").Append(number).Append("\">\n<h2>").Append(number).Append(". ").Append(Html.Encode(stop.Title.In(language))).Append("</h2>\n<p class=\"says\"><strong>")
            .Append(dutch ? "De brief zegt: " : "The letter says: ").Append("</strong>").Append(Html.Encode(stop.Letter.In(language))).Append("</p>\n<p>")
            .Append(Html.Encode(stop.Done.In(language))).Append("</p>\n");
        if (stop.Figures.Count > 0) body.Append(Html.Figures([.. stop.Figures.Select(f => (f.Label.In(language), f.Value))]));
        if (stop.More is { } more) body.Append(more.In(language));
        if (stop.Links.Count > 0)
        {
            body.Append("<ul>\n");
            foreach (var (words, address) in stop.Links)
                body.Append("<li><a href=\"").Append(Html.Encode(address.In(language))).Append("\">").Append(Html.Encode(words.In(language))).Append("</a></li>\n");
            body.Append("</ul>\n");
        }
        body.Append("<p class=\"good\"><strong>").Append(dutch ? "Dit bewijst: " : "This proves: ").Append("</strong>").Append(Html.Encode(stop.Proves.In(language))).Append("</p>\n</li>\n");
    }
}
