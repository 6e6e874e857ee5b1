using System.Xml.Linq;
using Groeilijn.Education;

namespace Groeilijn.Tests.Testland;

/// <summary>The rules of EDEXML 2.1 and UWLR 2.2 that their schemas state, and the references that UWLR's fails to check.</summary>
[Collection(WrittenCountryCollection.Name)]
public sealed class StructureTests(WrittenCountry country)
{
    static readonly string[] s_pupil =
    [
        "achternaam", "voorvoegsel", "voornamen", "voorletters-1", "roepnaam", "geboortedatum", "geslacht", "start_ondw_jgr3", "jaargroep", "groep", "samengestelde_groepen",
        "vestiging", "gebruikersnaam", "emailadres", "fotourl", "etniciteit", "land", "land_vader", "land_moeder", "bsn", "onderwijsnummer", "gewicht_nieuw", "gewicht",
        "postcodenl", "instroomdatum", "uitstroomdatum", "toevoegingen", "mutatiedatum",
    ];

    [Fact]
    public void Every_edexml_has_its_elements_in_order_none_empty_and_its_values_in_the_lists()
    {
        foreach (var edex in country.Exports("2023-2").Select(WrittenCountry.Edexml))
        {
            Assert.Equal("EDEX", edex.Name.ToString());
            InOrder(edex, ["school", "vestigingen", "groepen", "leerlingen", "leerkrachten"]);
            InOrder(edex.Element("school")!, ["schooljaar", "peildatum", "brincode", "dependancecode", "schoolkey", "aanmaakdatum", "auteur", "xsdversie", "commentaar", "toevoegingen"]);
            Assert.DoesNotContain(edex.Descendants(), e => e.IsEmpty && e.Name != "groep");
            Assert.All(edex.Descendants("groep").Where(g => g.Parent!.Name == "groepen" && g.Parent.Parent!.Name == "EDEX"), g => InOrder(g, ["naam", "jaargroep"]));
            foreach (var pupil in edex.Element("leerlingen")!.Elements()) Pupil(pupil);
            Assert.All(edex.Element("leerkrachten")!.Elements(), t => InOrder(t, ["achternaam", "roepnaam", "rol", "groepen"]));
        }
    }

    static void Pupil(XElement pupil)
    {
        Assert.Equal("leerling", pupil.Name.ToString());
        InOrder(pupil, s_pupil);
        Assert.InRange(pupil.Attribute("key")!.Value.Length, 1, 256);
        if (pupil.Attribute("eckid") is { } eckid) Assert.True(EckId.Parse(eckid.Value).Ok);
        foreach (var name in (string[])["achternaam", "roepnaam", "geslacht", "jaargroep", "groep", "instroomdatum"]) Assert.NotNull(pupil.Element(name));
        Assert.Matches("^[0129]$", pupil.Element("geslacht")!.Value);
        Assert.Matches("^[1-8]$", pupil.Element("jaargroep")!.Value);
        Assert.True(pupil.Element("bsn") is null || pupil.Element("onderwijsnummer") is null);
        foreach (var (name, rule) in s_rules)
            if (pupil.Element(name) is { } element) Assert.Matches(rule, element.Value);
    }

    static readonly (string Name, string Rule)[] s_rules =
    [
        ("bsn", "^[0-9]{9}$"), ("onderwijsnummer", "^[0-9]{9}$"), ("postcodenl", "^[1-9][0-9]{3}[A-Z]{2}$"), ("etniciteit", "^[019]$"), ("gewicht_nieuw", @"^(\?|0|0,3|1,2)$"),
        ("land_vader", @"^([A-Z]{2}|\?)$"), ("geboortedatum", @"^20\d\d-\d\d-\d\d$"), ("instroomdatum", @"^20\d\d-\d\d-\d\d$"), ("uitstroomdatum", @"^20\d\d-\d\d-\d\d$"),
    ];

    [Fact]
    public void Keys_in_edexml_are_unique_and_references_resolve()
    {
        foreach (var edition in WrittenCountry.Editions)
            foreach (var edex in country.Exports(edition).Select(WrittenCountry.Edexml))
            {
                var groups = edex.Element("groepen")!.Elements("groep").Select(g => g.Attribute("key")!.Value).ToArray();
                Assert.Distinct(groups);
                Assert.Distinct(edex.Element("leerlingen")!.Elements().Select(l => l.Attribute("key")!.Value));
                Assert.Distinct(edex.Descendants().Attributes("eckid").Select(a => a.Value));
                Assert.Subset(groups.ToHashSet(), edex.Element("leerlingen")!.Elements().Select(l => l.Element("groep")!.Attribute("key")!.Value).ToHashSet());
            }
    }

    [Fact]
    public void Combination_groups_have_year_group_C_and_their_pupils_have_their_own()
    {
        var combined = country.Exports("2023-1").Select(WrittenCountry.Edexml)
            .SelectMany(edex => edex.Element("leerlingen")!.Elements().GroupBy(l => l.Element("groep")!.Attribute("key")!.Value)
                .Select(g => (Kind: edex.Element("groepen")!.Elements().Single(e => e.Attribute("key")!.Value == g.Key).Element("jaargroep")!.Value, Years: g.Select(l => l.Element("jaargroep")!.Value).Distinct().ToArray())))
            .ToArray();
        Assert.All(combined, g => Assert.True(g.Kind == "C" ? g.Years.Length <= 2 : g.Years.Single() == g.Kind));
        Assert.Contains(combined, g => g.Kind == "C" && g.Years.Contains("5") && g.Years.Contains("6"));
    }

    [Fact]
    public void Every_uwlr_message_has_unique_results_of_known_tests_for_pupils_of_the_school()
    {
        foreach (var export in country.Exports("2024-2"))
        {
            var pupils = WrittenCountry.Edexml(export).Element("leerlingen")!.Elements().Select(l => l.Attribute("key")!.Value).ToHashSet();
            var request = WrittenCountry.Uwlr(export).Descendants().Single(e => e.Name.LocalName == "leerresultaten_verzoek");
            Assert.Equal("http://www.edustandaard.nl/leerresultaten/2/leerresultaten", request.Name.NamespaceName);
            InOrder(request, ["school", "toetsafnames", "toetsen"]);
            var tests = Local(request, "toetsen").Elements().Select(t => Local(t, "toetscode").Value).ToHashSet();
            foreach (var results in Local(request, "toetsafnames").Elements())
            {
                InOrder(results, ["leerlingid", "eckid", "resultaatverwerkerid", "resultaten"]);
                Assert.Contains(Local(results, "leerlingid").Value, pupils);
            }
            var all = request.Descendants().Where(e => e.Name.LocalName == "resultaat").ToArray();
            Assert.Distinct(all.Select(r => r.Attribute("key")!.Value));
            foreach (var result in all) Result(result, tests);
        }
    }

    static void Result(XElement result, HashSet<string> tests)
    {
        InOrder(result, ["afnamedatum", "toetscode", "versie", "toetsonderdeelcode", "score", "osoresultaat", "infourl"]);
        var code = Local(result, "toetscode").Value;
        Assert.Contains(code, tests);
        if (!TestCatalogue.TryFind(code, out var scale, out _)) { Assert.Matches("^[0-9]+$", Local(result, "score").Value); return; }
        var score = Local(Local(result, "osoresultaat"), "toetsscore");
        Assert.Equal("http://www.edustandaard.nl/oso_gegevensset/1.2/dossier", score.Name.NamespaceName);
        InOrder(score, ["vaardigheidsscore", "codevaardigheidsschaal"]);
        Assert.True(AbilityScore.Parse(scale, Local(score, "vaardigheidsscore").Value).Ok);
        Assert.Equal(scale.Code, Local(score, "codevaardigheidsschaal").Value);
    }

    [Fact]
    public void Results_keep_their_keys_and_scores_from_one_edition_to_the_next()
    {
        var compared = 0;
        foreach (var export in country.Exports("2023-2"))
        {
            var later = Results(export.Replace("2023-2", "2024-1", StringComparison.Ordinal));
            foreach (var (key, text) in Results(export))
                if (later.TryGetValue(key, out var again)) { Assert.Equal(text, again); compared++; }
        }
        Assert.True(compared > 1000);
    }

    static Dictionary<string, string> Results(string export) =>
        WrittenCountry.Uwlr(export).Descendants().Where(e => e.Name.LocalName == "resultaat").ToDictionary(r => r.Attribute("key")!.Value, r => r.Value);

    [Fact]
    public void Results_of_other_subjects_and_sensitive_fields_are_there_to_be_left_behind()
    {
        var exports = country.Exports("2024-1").ToArray();
        var texts = exports.Select(e => File.ReadAllText(Path.Combine(e, "uwlr.xml"))).ToArray();
        Assert.Contains(texts, t => t.Contains(">WO3-M6<", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Contains(">SEM-5<", StringComparison.Ordinal));
        var pupils = exports.SelectMany(e => WrittenCountry.Edexml(e).Element("leerlingen")!.Elements()).ToArray();
        foreach (var name in (string[])["etniciteit", "land_vader", "gewicht_nieuw"])
        {
            Assert.Contains(pupils, p => p.Element(name) is not null);
            Assert.Contains(pupils, p => p.Element(name) is null);
        }
    }

    [Fact]
    public void No_file_opens_with_a_byte_order_mark()
    {
        foreach (var file in Directory.GetFiles(country.Folder, "*", SearchOption.AllDirectories).Where(f => f.Contains("2023-1", StringComparison.Ordinal)))
        {
            using var stream = File.OpenRead(file);
            Assert.NotEqual(0xEF, stream.ReadByte());
        }
    }

    static XElement Local(XElement parent, string name) => parent.Elements().Single(e => e.Name.LocalName == name);

    /// <summary>All children are in the list, in its order, none twice.</summary>
    static void InOrder(XElement parent, string[] names)
    {
        var at = -1;
        foreach (var child in parent.Elements())
        {
            var index = Array.IndexOf(names, child.Name.LocalName);
            Assert.True(index > at, $"{child.Name.LocalName} does not belong here in {parent.Name.LocalName}");
            at = index;
        }
    }
}
