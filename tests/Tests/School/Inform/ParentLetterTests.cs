using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Groeilijn.School;
using Groeilijn.Tests.Conventions;

namespace Groeilijn.Tests.School;

/// <summary>What the letter says, in which words, and that what parents got stays known.</summary>
public sealed partial class ParentLetterTests : IDisposable
{
    static readonly DateOnly s_sent = new(2025, 3, 1), s_until = new(2025, 3, 15);
    readonly TestHome _school = new();

    public ParentLetterTests() => Assert.True(_school.Import(Samples.Import).Stored);

    public static TheoryData<string> Languages => [.. Groeilijn.School.Letter.Languages.Select(l => l.Code)];

    [Fact]
    public void There_is_a_letter_in_Dutch_and_in_English() => Assert.Equal([("nl", "Nederlands"), ("en", "English")], Groeilijn.School.Letter.Languages);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_makes_every_point_for_a_set_with_and_without_special_data(string language)
    {
        var text = LetterText.All[language];
        foreach (var special in new[] { false, true })
            Assert.Equal([.. LetterText.Points.Order(StringComparer.Ordinal)], text.For(special).SelectMany(s => s.Blocks).SelectMany(b => b.Points ?? []).Where(p => !p.StartsWith("special-", StringComparison.Ordinal) || p == "special-consent").Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>A point is made by words, not by its name: for each a mark that its blocks hold in Dutch and in English.</summary>
    public static TheoryData<string, string, string> Marks => new()
    {
        { "why", "goed onderwijs", "teach your child well" },
        { "study", "Nationaal Cohortonderzoek Onderwijs (NCO)", "Netherlands Cohort Study on Education (NCO)" },
        { "report-twice", "Twee keer per jaar krijgen wij een rapport", "Twice a year we get a report" },
        { "compared", "naast andere scholen", "beside other schools" },
        { "everybody", "het hele land", "the whole country" },
        { "which-data", "taaltoetsen en rekentoetsen", "language tests and arithmetic tests" },
        { "recipient", "Centraal Bureau voor de Statistiek (CBS)", "Statistics Netherlands (CBS)" },
        { "identifying-data", "bij welk kind een resultaat hoort", "to which child a result belongs" },
        { "source", "staan al bij ons op school", "Our school holds all these data already" },
        { "not-sent", "De naam van uw kind gaat niet mee", "Your child's name does not go along" },
        { "linking-only", "alleen om te koppelen", "only for linking" },
        { "destroyed", "Daarna worden ze vernietigd", "After that they are destroyed" },
        { "registers", "voegt zelf gegevens over het gezin toe", "adds data on the family" },
        { "safe", "veilige omgeving van het CBS", "safe place at CBS" },
        { "cbs-rules", "bij al zijn cijfers", "all its figures" },
        { "researchers-never", "Onderzoekers kunnen nooit een leerling of een school herkennen", "Researchers can never recognise a pupil or a school" },
        { "school-report-never", "In ons eigen rapport kunnen wij nooit een leerling herkennen", "In our own report we can never recognise a pupil" },
        { "publications-never", "Wat iedereen mag lezen, laat nooit zien om welke leerling of school het gaat", "What anybody may read never shows which pupil or school" },
        { "no-decisions", "Niemand neemt met deze gegevens een besluit", "Nobody takes a decision about your child" },
        { "ground", "een taak van algemeen belang", "a task in the public interest" },
        { "purpose", "voor onderzoek en statistiek, en voor niets anders", "for research and statistics, and for nothing else" },
        { "no-permission", "geen toestemming te vragen", "do not have to ask for your consent" },
        { "special-consent", "toestemming nodig", "do need your consent" },
        { "special-none-now", "Die sturen wij nu niet", "We do not send those now" },
        { "special-told-apart", "een aparte brief", "a separate letter" },
        { "object-how", "bezwaar maken bij de school", "object at the school" },
        { "object-always", "Dat mag altijd", "at any time" },
        { "no-reason", "geen reden", "no reason" },
        { "object-before", "Tot en met 15 maart 2025 sturen wij niets", "Up to and including 15 March 2025 we send nothing" },
        { "silence", "Dan hoeft u niets te doen", "you need to do nothing" },
        { "object-after", "haalt de gegevens van uw kind dan weg", "CBS then removes your child's data" },
        { "retention", "De resultaten blijven bewaard voor het onderzoek, zonder naam en zonder nummer", "The results are kept for the study, without name and without number" },
        { "recipients", "Alleen het CBS krijgt deze gegevens (www.cbs.nl)", "Only CBS gets these data (www.cbs.nl)" },
        { "rights", "U mag zien wat wij van uw kind stuurden", "You may see what we sent about your child" },
        { "controller", "is verantwoordelijk: Stichting De Verzonnen Scholen, Verzonnenlaan 1, 1234 AB Verzonnendam", "is responsible: Stichting De Verzonnen Scholen, Verzonnenlaan 1, 1234 AB Verzonnendam" },
        { "officer", "functionaris gegevensbescherming: Oscar Oplettend, privacy@verzonnen.example", "data protection officer: Oscar Oplettend, privacy@verzonnen.example" },
        { "complaint", "Autoriteit Persoonsgegevens", "Autoriteit Persoonsgegevens" },
        { "whom-to-ask", "Vraag het aan Vera Voorbeeld: vera@verzonnen.example of 010 000 00 00", "Ask Vera Voorbeeld: vera@verzonnen.example or 010 000 00 00" },
    };

    [Theory]
    [MemberData(nameof(Marks))]
    public void A_point_is_made_in_words(string point, string dutch, string english)
    {
        Assert.Contains(point, LetterText.Points.Concat(["special-none-now", "special-told-apart"]));
        Assert.Contains(dutch, Read("nl"));
        Assert.Contains(english, Read("en"));
    }

    [Fact]
    public void No_point_goes_without_its_words() => Assert.Empty(LetterText.Points.Except(Marks.Select(row => row.Data.Item1)));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_field_of_the_set_stands_in_the_letter(string language)
    {
        var letter = Read(language);
        Assert.All(FieldSets.Current(_school.Home).Fields, field => Assert.Contains(field.In(language).Letter, letter));
    }

    [Fact]
    public void A_file_that_leaves_out_a_point_or_a_blank_or_adds_one_is_no_letter()
    {
        Assert.Contains("the point complaint is not made", Refused(Blocks(blocks => blocks.RemoveAll(b => Points(b).Contains("complaint")))));
        Assert.Contains("there is no point colour", Refused(Blocks(blocks => blocks[2]["points"] = new JsonArray("why", "colour"))));
        Assert.Contains("nothing to fill in for street", Refused(Blocks(blocks => blocks[2]["text"] = "{street}")));
        Assert.Contains("officerWays is not filled in", Refused(Blocks(blocks => blocks.Find(b => Points(b).Contains("officer"))!["text"] = "Vraag het.")));
        Assert.Contains("the lists of fields", Refused(Blocks(blocks => blocks.RemoveAll(b => (string?)b["fields"] == "linking"))));
        Assert.Contains("special categories: the lists of fields", Refused(Blocks(blocks => blocks.RemoveAll(b => (string?)b["fields"] == "special"))));
        Assert.Contains("does not fit the schema", Refused(file => file["colour"] = "red"));
        Assert.Contains("twelve months", Refused(file => file["months"] = new JsonArray("januari")));
    }

    /// <summary>Another language is another file: here Dutch under another name, with Frisian months and one Frisian word.</summary>
    [Fact]
    public void Another_language_is_one_more_file()
    {
        var frisian = LetterText.Read(Json(file =>
        {
            (file["language"], file["name"]) = ("fy", "Frysk");
            file["months"]!.AsArray()[2] = "maart (foarjiersmoanne)";
            file["fields"] = new JsonObject { ["born"] = "bertedatum" };
        }));
        var page = Groeilijn.School.Letter.Render(frisian, FieldSets.Current(_school.Home), "De School", TestHome.Details, s_sent, s_until, null);
        Assert.Contains("<html lang=\"fy\" dir=\"ltr\">", page);
        Assert.Contains("15 maart (foarjiersmoanne) 2025", page);
        Assert.Contains("bertedatum", page);
        Assert.DoesNotContain("geboortedatum", page);
    }

    [Fact]
    public void With_special_data_the_letter_asks_for_a_yes_and_no_longer_says_there_are_none()
    {
        FieldSets.Use(_school.Home, InventedSets.WithAllergy());
        Assert.Contains("alleen als u ja zegt", Read("nl"));
        Assert.Contains("Het gaat om: allergie", Read("nl"));
        Assert.DoesNotContain("Die sturen wij nu niet", Read("nl"));
        Assert.DoesNotContain("geloof of afkomst", Read("nl"));
        Assert.Contains("only if you say yes", Read("en"));
        Assert.DoesNotContain("We do not send those now", Read("en"));
    }

    // ---- B1 ----

    /// <summary>Flesch-Douma (1960) of 60 and more is plain Dutch; B1 texts keep sentences near ten words. English: Flesch reading ease.</summary>
    [Theory]
    [InlineData("nl", 206.84, 77.0, 0.93)]
    [InlineData("en", 206.835, 84.6, 1.015)]
    public void It_reads_easily(string language, double top, double perSyllable, double perWord)
    {
        var sentences = Sentences(language);
        var words = sentences.SelectMany(s => Word().Matches(s).Select(m => m.Value)).ToList();
        var (length, syllables) = ((double)words.Count / sentences.Count, words.Average(w => (double)Vowels().Count(w.ToLowerInvariant())));
        var ease = top - perSyllable * syllables - perWord * length;
        Assert.True(ease >= 60, $"reading ease {ease:0.0}, {length:0.0} words a sentence, {syllables:0.00} syllables a word");
        Assert.True(length <= 11, $"{length:0.0} words a sentence");
        Assert.True(words.Count(w => w.Length >= 13) <= 0.05 * words.Count, $"{words.Count(w => w.Length >= 13)} long words of {words.Count}");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_sentence_is_long(string language) =>
        Assert.Empty(Sentences(language).Where(s => Word().Count(s) > 22).Select(s => $"{Word().Count(s)}: {s}"));

    static readonly string[] s_difficult =
    [
        "aangaande", "betreffende", "conform", "derhalve", "desbetreffende", "dientengevolge", "expliciet", "geanonimiseerd", "gepseudonimiseerd", "ingevolge", "inzake", "jegens", "krachtens",
        "middels", "mits", "mocht u", "omtrent", "overeenkomstig", "persoonsgegevens van", "reeds", "teneinde", "ten behoeve", "tevens", "uiteraard", "vooralsnog", "verwerkingsverantwoordelijke", "waarborgen", "wetenschappelijke doeleinden", "zodoende", "zulks",
    ];

    [Fact]
    public void No_word_of_the_office_stands_in_the_Dutch_letter() =>
        Assert.DoesNotContain(s_difficult, word => Regex.IsMatch(Read("nl"), $@"\b{Regex.Escape(word)}\b", RegexOptions.IgnoreCase));

    [Fact]
    public void A_difficult_text_would_not_pass()
    {
        const string Hard = "Teneinde de desbetreffende identificerende persoonsgegevens overeenkomstig wetenschappelijke doeleinden te verwerken.";
        Assert.True(206.84 - 77 * Word().Matches(Hard).Average(m => (double)Vowels().Count(m.Value.ToLowerInvariant())) - 0.93 * Word().Count(Hard) < 30);
        Assert.Contains(s_difficult, word => Hard.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void It_is_in_words_of_its_own()
    {
        var folder = Checkout.Shared is { } shared ? Path.Combine(shared, "letters") : null;
        if (folder is null || !Directory.Exists(folder)) Assert.Skip("../shared/letters is not here: the words could not be compared.");
        var ours = Conventions.Letter.Runs(Read("nl"), 8);
        Assert.All(Directory.EnumerateFiles(folder, "*.txt").Select(File.ReadAllText), letter => Assert.Empty(Conventions.Letter.Runs(letter, 8).Intersect(ours)));
    }

    // ---- the details of this school ----

    [Fact]
    public void Without_details_there_is_no_letter_and_the_refusal_says_what_to_fill_in()
    {
        Assert.Equal(5, new LetterDetails().Missing.Count);
        var refusal = LetterDetails.Keep(_school.Home, TestHome.Details with { OfficerEmail = "", ContactEmail = "vera at home" }).Refusal!;
        Assert.Contains("van de functionaris gegevensbescherming", refusal.Dutch);
        Assert.Contains("the contact person's e-mail address", refusal.English);
        Assert.DoesNotContain("the board", refusal.English);

        _school.Change("DELETE FROM inform_setting");
        Assert.Contains("het bestuur", Inform.Send(_school.Home, s_sent, s_until).Refusal!.Dutch);
        Assert.Contains("the board", Groeilijn.School.Letter.Preview(_school.Home, s_sent, s_until, "en").Refusal!.English);
        Assert.False(Directory.Exists(_school.Home.LettersFolder));
        Assert.Contains("NIET".ToLowerInvariant(), LetterDetails.KeepFile(_school.Home, _school.File("x.json", "{\"colour\":1}")).Refusal!.Dutch);
    }

    [Theory]
    [InlineData("Board"), InlineData("BoardAddress"), InlineData("Contact"), InlineData("ContactEmail"), InlineData("OfficerEmail")]
    public void Every_detail_that_the_law_asks_is_needed(string detail)
    {
        var details = TestHome.Details with { };
        typeof(LetterDetails).GetProperty(detail)!.SetValue(details, "");
        Assert.Single(details.Missing);
    }

    [Fact]
    public void A_telephone_and_the_officers_name_may_stay_empty_and_the_letter_still_reads_well()
    {
        Assert.True(LetterDetails.Keep(_school.Home, TestHome.Details with { ContactPhone = "", Officer = "" }).Ok);
        var letter = Groeilijn.School.Letter.Preview(_school.Home, s_sent, s_until, "nl").Value!;
        Assert.Contains($"functionaris gegevensbescherming: {TestHome.Details.OfficerEmail}.", letter);
        Assert.Contains($": {TestHome.Details.ContactEmail}.", letter);
    }

    [Fact]
    public void What_a_school_fills_in_is_text_and_never_markup()
    {
        Assert.True(LetterDetails.Keep(_school.Home, TestHome.Details with { Board = "<script>{until}**x**</script> & Co" }).Ok);
        var letter = Groeilijn.School.Letter.Preview(_school.Home, s_sent, s_until, "nl").Value!;
        Assert.Contains("&lt;script&gt;", letter);
        Assert.DoesNotContain("<script>", letter);
    }

    // ---- what parents got ----

    [Fact]
    public void What_parents_got_stays_as_it_was_whatever_the_letter_says_later()
    {
        var sent = Inform.Send(_school.Home, s_sent, s_until).Value!;
        var got = Letters.Text(_school.Home, sent.Letter, "nl")!;
        Assert.Equal(File.ReadAllBytes(sent.Files[0]), got);
        Assert.True(LetterDetails.Keep(_school.Home, TestHome.Details with { Board = "Een ander bestuur" }).Ok);
        FieldSets.Use(_school.Home, InventedSets.Without("postcode"));
        Assert.Equal(got, Letters.Text(_school.Home, sent.Letter, "nl"));
        Assert.DoesNotContain("Een ander bestuur", Encoding.UTF8.GetString(got));
        Assert.Contains("Een ander bestuur", Read("nl"));
    }

    [Fact]
    public void The_hash_in_the_ledger_is_the_hash_of_the_files_as_sha256sum_gives_it()
    {
        var sent = Inform.Send(_school.Home, s_sent, s_until).Value!;
        var list = string.Concat(sent.Files.OrderBy(f => Path.GetFileName(f), StringComparer.Ordinal).Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}  {Path.GetFileName(f)}\n"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
        Assert.Equal(hash, Letters.Find(_school.Home, sent.Letter)!.Hash);
        Assert.Contains($"\"facts\":{{\"letter\":\"{hash}\",\"set\":\"nco-basis/1\",\"until\":\"2025-03-15\"}}", _school.Dump());
    }

    [Fact]
    public void What_is_looked_at_before_is_what_is_sent_but_for_the_way_to_the_other_language()
    {
        var preview = Groeilijn.School.Letter.Preview(_school.Home, s_sent, s_until, "nl").Value!;
        Assert.DoesNotContain("<nav>", preview);
        var sent = File.ReadAllText(Inform.Send(_school.Home, s_sent, s_until).Value!.Files[0]);
        Assert.Equal(preview, Regex.Replace(sent, "<nav>.*?</nav>\n", ""));
        Assert.Contains("href=\"brief-2025-03-01.en.html\"", sent);
    }

    string Read(string language)
    {
        using var page = new HtmlParser().ParseDocument(Groeilijn.School.Letter.Preview(_school.Home, s_sent, s_until, language).Value!);
        return WhiteSpace().Replace(page.QuerySelector("main")!.TextContent, " ");
    }

    /// <summary>Paragraphs, items and headings end a sentence, whether or not a stop does.</summary>
    List<string> Sentences(string language)
    {
        using var page = new HtmlParser().ParseDocument(Groeilijn.School.Letter.Preview(_school.Home, s_sent, s_until, language).Value!);
        return [.. page.QuerySelectorAll("p, li:not(.fields li), h2").SelectMany(e => Stop().Split(e.TextContent)).Select(s => s.Trim()).Where(s => Word().Count(s) > 1)];
    }

    static string Refused(Action<JsonObject> change) => Assert.Throws<InvalidDataException>(() => LetterText.Read(Json(change))).Message;

    static Action<JsonObject> Blocks(Action<List<JsonObject>> change) => file =>
    {
        List<JsonObject> blocks = [.. file["sections"]!.AsArray().SelectMany(s => s!["blocks"]!.AsArray()).Select(b => b!.DeepClone().AsObject())];
        change(blocks);
        file["sections"] = new JsonArray(new JsonObject { ["blocks"] = new JsonArray([.. blocks]) });
    };

    static string[] Points(JsonObject block) => block["points"] is JsonArray points ? [.. points.Select(p => (string)p!)] : [];

    static byte[] Json(Action<JsonObject> change)
    {
        var file = JsonNode.Parse(Resources.All("Inform.letter.nl", ".json").Single().Content)!.AsObject();
        change(file);
        return Encoding.UTF8.GetBytes(file.ToJsonString());
    }

    [GeneratedRegex(@"\s+")] private static partial Regex WhiteSpace();
    [GeneratedRegex(@"(?<=[.?!:])\s")] private static partial Regex Stop();
    [GeneratedRegex(@"[\p{L}'’]+")] private static partial Regex Word();
    [GeneratedRegex(@"aa|ee|ie|oe|ui|ei|ij|eu|ou|au|oo|uu|[aeiouyéèëïöü]")] private static partial Regex Vowels();

    public void Dispose() => _school.Dispose();
}
