using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>
/// The letter to parents, in our own words. Each promise in it is a property of the program (docs/ARCHITECTURE.md), so a
/// sentence may be added here only when the program keeps it.
/// </summary>
static class Letter
{
    public static string Render(string school, DateOnly sent, DateOnly until, string language)
    {
        var dutch = language == "nl";
        var head = new PageHead(language, dutch ? "Toetsresultaten voor onderzoek: wat u moet weten" : "Test results for research: what you should know", school,
            $"brief-{Rows.Day(sent)}.{(dutch ? "en" : "nl")}.html");
        return Page.Render(head, (dutch ? Dutch : English)
            .Replace("{school}", Html.Encode(school), StringComparison.Ordinal)
            .Replace("{sent}", Html.Day(sent, language), StringComparison.Ordinal)
            .Replace("{until}", Html.Day(until, language), StringComparison.Ordinal));
    }

    const string Dutch = """
        <p>{sent}</p>
        <p>Beste ouders en verzorgers,</p>
        <p>Wij willen goed onderwijs geven aan uw kind. Daarom kijken wij naar de resultaten van toetsen. We zien dan hoe kinderen groeien en welke groepen meer aandacht nodig hebben. Onze school doet mee aan het Nationaal Cohortonderzoek Onderwijs (NCO). Twee keer per jaar krijgen wij een rapport over onze school. Daarin zien we ook hoe onze school het doet naast andere scholen.</p>
        <h2>Wat sturen wij?</h2>
        <p>Wij sturen de resultaten van <strong>taaltoetsen en rekentoetsen</strong> naar het Centraal Bureau voor de Statistiek (CBS). Andere resultaten sturen wij niet.</p>
        <p>Er gaan zes gegevens mee waarmee het CBS weet bij welk kind een resultaat hoort:</p>
        <ul><li>burgerservicenummer</li><li>onderwijsnummer (als er geen burgerservicenummer is)</li><li>geslacht</li><li>geboortedatum</li><li>postcode</li><li>huisnummer, met letter en toevoeging</li></ul>
        <p>De naam van uw kind gaat niet mee. Gegevens over gezondheid, geloof of afkomst gaan niet mee.</p>
        <h2>Wat gebeurt ermee?</h2>
        <ul>
        <li>Het CBS gebruikt deze zes gegevens <strong>alleen om te koppelen</strong>: om het resultaat bij de juiste gegevens van het onderzoek te zetten. Daarna worden ze <strong>vernietigd</strong>.</li>
        <li>De resultaten staan in een veilige omgeving van het CBS. Daar gelden de wet en de strenge regels van het CBS.</li>
        <li>Onderzoekers kunnen <strong>nooit een leerling of een school herkennen</strong>.</li>
        <li>In ons eigen rapport kunnen wij nooit een leerling herkennen.</li>
        <li>In openbare publicaties is nooit een leerling of een school te herkennen.</li>
        </ul>
        <h2>Waarom mag dit?</h2>
        <p>De wet zegt dat scholen hun onderwijs moeten verbeteren. Gewone gegevens, zoals resultaten van toetsen, mogen scholen daarvoor delen met het CBS voor onderzoek en statistiek. Daar is geen toestemming voor nodig. Voor bijzondere gegevens, bijvoorbeeld over gezondheid, is wel uw toestemming nodig. Die verzamelen wij hier niet. Gebeurt dat ooit wel, dan hoort u dat apart.</p>
        <h2>Wilt u dit niet?</h2>
        <p>Dan kunt u <strong>bezwaar maken bij de school, tot en met {until}</strong>. Zeg het tegen de directie of de administratie, of stuur een bericht. U hoeft <strong>geen reden</strong> te geven. Het heeft geen gevolgen voor uw kind. U krijgt een bevestiging op papier. Wij sturen de gegevens van uw kind dan niet naar het CBS.</p>
        <p>Ook na deze datum kunt u bezwaar maken. De gegevens gaan dan in volgende leveringen niet meer mee, en wij geven uw bezwaar door.</p>
        <p>Hebt u vragen? Kom gerust langs of bel ons.</p>
        <p>Met vriendelijke groet,<br>{school}</p>
        """;

    const string English = """
        <p>{sent}</p>
        <p>Dear parents and carers,</p>
        <p>We want to teach your child well. That is why we look at the results of tests. They show us how children grow and which groups need more attention. Our school takes part in the Netherlands Cohort Study on Education (NCO). Twice a year we receive a report about our school. It also shows how our school does beside other schools.</p>
        <h2>What do we send?</h2>
        <p>We send the results of <strong>language tests and arithmetic tests</strong> to Statistics Netherlands (CBS). We send no other results.</p>
        <p>Six data go along, from which CBS knows to which child a result belongs:</p>
        <ul><li>citizen service number (BSN)</li><li>education number (when there is no BSN)</li><li>sex</li><li>date of birth</li><li>postcode</li><li>house number, with letter and addition</li></ul>
        <p>Your child's name does not go along. Data on health, religion or origin do not go along.</p>
        <h2>What happens to them?</h2>
        <ul>
        <li>CBS uses these six data <strong>only for linking</strong>: to put the result with the right data of the study. After that they are <strong>destroyed</strong>.</li>
        <li>The results stay in a secure environment of CBS, under the law and the strict rules of CBS.</li>
        <li>Researchers can <strong>never recognise a pupil or a school</strong>.</li>
        <li>In our own report we can never recognise a pupil.</li>
        <li>In public publications no pupil or school can ever be recognised.</li>
        </ul>
        <h2>Why is this allowed?</h2>
        <p>The law says that schools must improve their teaching. For that, schools may share ordinary data such as test results with CBS, for research and statistics. No consent is needed for that. Special data, for instance on health, do need your consent. We do not collect those here. If that ever changes, you will be told separately.</p>
        <h2>Do you not want this?</h2>
        <p>Then you can <strong>object at the school, up to and including {until}</strong>. Tell the head or the office, or send a message. You need to give <strong>no reason</strong>. It has no consequences for your child. You receive a confirmation on paper. We will then not send your child's data to CBS.</p>
        <p>You can object after this date too. The data then no longer go along in later deliveries, and we pass your objection on.</p>
        <p>Any questions? You are welcome to come by or call us.</p>
        <p>Kind regards,<br>{school}</p>
        """;
}
