using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.School;
using Groeilijn.Web;

namespace Groeilijn.Cli.Demo;

/// <summary>The stops of the tour, in the order of the chain, about one school and the last half-year.</summary>
static class DemoTour
{
    public static void Write(string folder, OfficeHome office, DemoSchools schools, IReadOnlyList<DemoRound> rounds, DemoAfter after, DemoResearch research, DemoObjection objection)
    {
        var last = rounds[^1];
        var school = Shown(schools);
        var home = $"schools/{school}";
        var delivery = schools.Delivery(school).Manifest;
        var stem = $"{home}/outbox/{delivery.FileStem}";
        var shown = $"shown/{delivery.FileStem}";
        var letter = Path.GetFileName(Directory.EnumerateFiles(Path.Combine(folder, home, "letters"), "brief-*.nl.html").Order(StringComparer.Ordinal).Last());
        DurableFile.Write(Path.Combine(folder, "verify.html"), VerifyPage.Html);
        Tour.Write(folder,
        [
            new TourStop(new("De brief aan ouders", "The letter to parents"),
                new("wij vertellen u welke gegevens wij sturen, aan wie, en wat u kunt doen.", "we tell you which data we send, to whom, and what you can do."),
                new("Elke school maakt de brief met haar eigen programma en legt vast wie hem kreeg. Ouders hebben twee weken om bezwaar te maken.", "Every school makes the letter with its own program and records who had it. Parents have two weeks to object."),
                new("Wie de brief niet kreeg, of wiens termijn nog loopt, gaat niet mee in de levering.", "Who had no letter, or whose period still runs, is not in the delivery."))
                .Open(new("De brief (Nederlands)", "The letter (Dutch)"), $"{home}/letters/{letter}")
                .Open(new("De brief (Engels)", "The letter (English)"), $"{home}/letters/{letter.Replace(".nl.", ".en.", StringComparison.Ordinal)}"),
            new TourStop(new("Bezwaar", "Objection"),
                new("heeft u bezwaar, dan sturen wij de gegevens van uw kind niet.", "if you object, we do not send your child's data."),
                new("Aan de balie legt de school een bezwaar vast. Een reden is niet nodig en kan ook niet worden ingevuld.", "The school records an objection at the counter. No reason is needed, and there is no field for one."),
                new("Twee hele demo's, één met de bezwaren en één waarin deze kinderen nooit in de export stonden, zijn na het voorbeeld gelijk. Een test vergelijkt ze.", "Two whole demos, one with the objections and one in which these children never were in the export, are the same after the preview. A test compares them."))
                .Count("Bezwaren in alle halve jaren", "Objections in all half-years", rounds.Sum(r => r.Objections)),
            new TourStop(new("Het voorbeeld", "The preview"),
                new("de school stuurt de resultaten van taal- en rekentoetsen, en zes gegevens voor de koppeling.", "the school sends the results of language and arithmetic tests, and six data for linking."),
                new("De school ziet per leerling elk gegeven dat meegaat, met de reden. Namen, afkomst, andere vakken: ze hebben in het bestand geen plaats.", "The school sees, for every pupil, each value that goes along, with its reason. Names, origin, other subjects: the format has no place for them."),
                new("De bytes die u ziet zijn de bytes die worden verzegeld: dezelfde hash staat op het voorbeeld, het manifest en het ontvangstbewijs.", "The bytes you see are the bytes that are sealed: the same hash stands on the preview, the manifest and the receipt."))
                .Open(new("Het voorbeeld van deze school", "This school's preview"), $"{shown}.html", $"{shown}.en.html")
                .Open(new("Het bestand zelf", "The file itself"), $"{shown}.jsonl")
                .Count("Leerlingen bij deze school", "Pupils at this school", delivery.Pupils).Count("Resultaten", "Results", delivery.Results),
            new TourStop(new("De verzegelde levering", "The sealed delivery"),
                new("dit gebeurt volgens de AVG.", "this is done as the privacy law demands."),
                new("Het bestand is versleuteld met de sleutel van deze ronde (age) en ondertekend door de school. Het CBS bewaart alleen deze versleutelde vorm.", "The file is encrypted to this round's key (age) and signed by the school. The office keeps this encrypted form only."),
                new("Het programma age van Debian leest hetzelfde formaat; openssl controleert de handtekening. U hoeft ons niet te geloven.", "Debian's age program reads the same format; openssl checks the signature. You need not take our word."))
                .Open(new("Het verzegelde bestand", "The sealed file"), $"{stem}.age")
                .Open(new("Het manifest", "The manifest"), $"{stem}.manifest.json"),
            new TourStop(new("Het ontvangstbewijs", "The receipt"),
                new("de gegevens gaan naar het Centraal Bureau voor de Statistiek.", "the data go to Statistics Netherlands."),
                new("Het CBS tekent voor ontvangst. De school controleert dat het over precies haar bestand gaat.", "The office signs for receipt. The school checks that it is about exactly its file."),
                new("In het bewijs staat het controlepunt van het logboek van het CBS. Zo worden alle scholen getuige: niemand kan later iets uit het logboek halen.", "The receipt carries the checkpoint of the office's log. So all schools become witnesses: nobody can take something out of the log later."))
                .Open(new("Het ontvangstbewijs", "The receipt"), $"{home}/receipts/{delivery.FileStem}.receipt.json"),
            new TourStop(new("De koppeling", "Linking"),
                new("het CBS gebruikt deze gegevens alleen voor de koppeling.", "the office uses these data for linking only."),
                new("In het geheugen van één programma wordt elke leerling opgezocht in het bevolkingsregister. Daarna telt alleen nog een willekeurig kenmerk.", "In the memory of one program every pupil is looked up in the population register. From then on only a random identifier counts."),
                new("Een nummer dat bij iemand anders hoort koppelt nooit: geboortedatum of geslacht moet ook kloppen. Bij twijfel wordt er niet gekoppeld.", "A number that belongs to somebody else never links: birth date or sex must agree too. In doubt there is no link."))
            { More = LinkTable(rounds) },
            new TourStop(new("De vernietiging", "Destruction"),
                new("na koppeling worden deze gegevens vernietigd.", "after linking these data are destroyed."),
                new("De sleutel bestond in twee delen, voor twee mensen. Beide delen en elk verzegeld bestand zijn overschreven, teruggelezen en verwijderd. Daarna is gezocht naar elk geleverd nummer, in elk bestand van het CBS.", "The key existed in two shares, for two people. Both shares and every sealed file were overwritten, read back and removed. Then every delivered number was looked for in every file of the office."),
                new("Iedereen kan het certificaat controleren: groeilijn verify. Een test plant een nummer en laat zien dat het zoeken het vindt.", "Anybody can check the certificate: groeilijn verify. A test plants a number and shows that the search finds it."))
                .Open(new("Het certificaat van vernietiging", "The certificate of destruction"), $"office/certificates/{last.Edition}.json")
                .Open(new("Het certificaat waarmee u het controleert", "The certificate to check it with"), "office/keys/signing/office.cert.pem")
                .Open(new("Controleer het zelf, in uw browser en zonder internet", "Check it yourself, in your browser and without internet"), "verify.html")
                .Count("Gezochte nummers", "Numbers looked for", after.Numbers).Count("Bestanden", "Files", after.Search.Files).Count("Gevonden", "Found", after.Search.Hits.Count),
            new TourStop(new("Het cohort", "The cohort"),
                new("het CBS zorgt ervoor dat deze gegevens in een veilige omgeving worden opgeslagen.", "the office keeps these data in a safe environment."),
                new("Wat blijft: een willekeurig kenmerk, de school, de jaargroep, de toets en de score. Een bestand per halfjaar en vak.", "What remains: a random identifier, the school, the year group, the test and the score. A file per half-year and subject."),
                new("Geen naam, geen nummer, geen adres, geen geboortedatum. Zelfs de vorm van het kenmerk (alleen letters) kan geen nummer bevatten.", "No name, no number, no address, no date of birth. Even the form of the identifier (letters only) cannot hold a number."))
                .Count("Resultaten in het cohort", "Results in the cohort", Cohort.Parts(office).Sum(p => (long)p.Rows)),
            new TourStop(new("Het rapport voor de school", "The school's report"),
                new("twee keer per jaar krijgen wij een rapportage, waarin wij geen leerling kunnen herkennen.", "twice a year we get a report, in which we cannot recognise a pupil."),
                new("Elke school krijgt haar eigen rapport: de groei per vak en periode, vergeleken met de deelnemende scholen, met de onzekerheid erbij.", "Every school gets its own report: growth by subject and interval, compared with the participating schools, with its uncertainty."),
                new("Groepen onder de 10 leerlingen worden verborgen voordat er iets wordt getekend. Het rapport is verzegeld voor de school: ook het CBS bewaart het niet in leesbare vorm.", "Groups under 10 pupils are hidden before anything is drawn. The report is sealed for the school: the office keeps no readable copy either."))
                .Open(new("Het rapport", "The report"), $"{home}/reports/{school}-{last.Edition}.nl.html", $"{home}/reports/{school}-{last.Edition}.en.html")
                .Count("Rapporten in alle halve jaren", "Reports in all half-years", rounds.Sum(r => (long)r.Reports)),
            research.Stop(),
            objection.Stop(),
            new TourStop(new("De openbare tabellen", "The public tables"),
                new("in openbare publicaties zijn leerlingen of scholen nooit te herkennen.", "in public tables neither pupils nor schools can be recognised."),
                new("Aantallen en gemiddelden per jaargroep en landsdeel, uit ten minste 10 leerlingen en 3 scholen. Zonder totalen, want een totaal verraadt wat verborgen is.", "Counts and means by year group and part of the country, from at least 10 pupils and 3 schools. Without totals, because a total betrays what is hidden."),
                new("Alleen de poort kan iets naar buiten schrijven, en zij onthoudt alles wat naar buiten ging.", "Only the gate can write anything out, and it remembers all that went out."))
                .Open(new("De openbare site", "The public site"), "public/index.html", "public/en/index.html")
                .Count("Tabellen", "Tables", after.Site.Tables),
            new TourStop(new("Zelf controleren", "Check it yourself"),
                new("het CBS doet dit volgens de strenge regels.", "the office does this by strict rules."),
                new("Elke stap van elke kamer staat in een logboek dat niemand ongemerkt kan veranderen. Deze opdrachten werken op uw eigen computer, zonder ons.", "Every step of every room stands in a log that nobody can change unnoticed. These commands work on your own computer, without us."),
                new("U controleert zelf het certificaat, het logboek en de handtekening van de school, ook met programma's van anderen.", "You check the certificate, the log and the school's signature yourself, with other people's programs too."))
            { More = Commands(last, stem, home, shown) },
        ]);
    }

    /// <summary>The preview of the shown school as files, before an objection forgets it. A school's program keeps them sealed; in this invented country everybody may look.</summary>
    public static void Show(string folder, DemoSchools schools, Edition edition)
    {
        var (home, stem) = (schools.Homes[Shown(schools)], schools.Delivery(Shown(schools)).Manifest.FileStem);
        var shown = $"shown/{stem}";
        DurableFile.CreateFolder(Path.Combine(folder, "shown"));
        DurableFile.Write(Path.Combine(folder, shown + ".jsonl"), Preview.Payload(home, edition)!);
        DurableFile.Write(Path.Combine(folder, shown + ".html"), Preview.Page(home, edition, "nl", stem + ".en.html")!);
        DurableFile.Write(Path.Combine(folder, shown + ".en.html"), Preview.Page(home, edition, "en", stem + ".html")!);
    }

    static Words Commands(DemoRound last, string stem, string home, string shown)
    {
        var commands = $"""
            groeilijn verify office/certificates/{last.Edition}.json --trust office/keys/signing/office.cert.pem
            groeilijn verify office/ledger --trust office/keys/signing/office.cert.pem
            openssl cms -verify -binary -inform DER -in {stem}.manifest.p7s -content {stem}.manifest.json -CAfile {home}/keys/school.cert.pem
            groeilijn office sweep {shown}.jsonl --home office
            """;
        var html = $"<pre>{Html.Encode(commands)}</pre>\n";
        return new(html, html);
    }

    /// <summary>The school nearest to an ordinary size: the one to show.</summary>
    internal static string Shown(DemoSchools schools) =>
        schools.Homes.Keys.OrderBy(l => Math.Abs(schools.Delivery(l).Manifest.Pupils - 200)).ThenBy(l => l, StringComparer.Ordinal).First();

    static Words LinkTable(IReadOnlyList<DemoRound> rounds) => new(LinkTable(rounds, "nl"), LinkTable(rounds, "en"));

    static string LinkTable(IReadOnlyList<DemoRound> rounds, string language)
    {
        string[] words = language == "nl"
            ? ["Koppeling per halfjaar", "Halfjaar", "Geleverd", "Op nummer", "Op geboortedatum, geslacht en adres", "Op alles samen", "Misschien", "Niet gevonden", "Geweigerd", "Gekoppeld"]
            : ["Linking by half-year", "Half-year", "Delivered", "By number", "By birth date, sex and address", "By all together", "Possible", "Not found", "Refused", "Linked"];
        return Html.Table(words[0], [words[1], .. words[2..].Select(Cell.Number)], rounds.Select(r => (IReadOnlyList<Cell>)
        [
            r.Edition.ToString(), .. new[] { r.Linked.Records, r.Linked.ByNumber, r.Linked.ByAddress, r.Linked.ByProbability, r.Linked.Possible, r.Linked.NotFound, r.Linked.Refused }.Select(n => Cell.Number(n, language)),
            Cell.Number(Html.Number(100.0 * r.Linked.Linked / Math.Max(1, r.Linked.Records), 1, language) + "%"),
        ]));
    }
}
