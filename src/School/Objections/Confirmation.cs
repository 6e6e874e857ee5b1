using Groeilijn.Delivery;
using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>The page that the parent takes home. Its file name is a number, not a name.</summary>
static class Confirmation
{
    public static string Write(SchoolHome home, long id)
    {
        var row = home.Store.ReadOne<Row>("SELECT o.asked AS Asked, coalesce(p.name, '') AS Name FROM objection o LEFT JOIN pupil p ON p.person = o.person WHERE o.id = @id", new { id })!;
        DurableFile.CreateFolder(home.LettersFolder);
        var file = Path.Combine(home.LettersFolder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"bezwaar-{id:D4}.html"));
        DurableFile.WriteSecret(file, System.Text.Encoding.UTF8.GetBytes(Render(home.Profile.Name, row.Name, Rows.Day(row.Asked))));
        return file;
    }

    static string Render(string school, string name, DateOnly asked)
    {
        var child = name.Length > 0 ? Html.Encode(name) : null;
        return Page.Render(new PageHead("nl", "Bevestiging van uw bezwaar", school), $"""
            <p>U hebt op {Html.Day(asked, "nl")} bezwaar gemaakt tegen het sturen van de gegevens van {child ?? "uw kind"} naar het CBS voor het Nationaal Cohortonderzoek Onderwijs.</p>
            <ul>
            <li>Wij sturen de gegevens van uw kind niet. Dat geldt voor elke volgende levering, ook als uw kind een ander nummer krijgt.</li>
            <li>Zijn er al eerder gegevens gestuurd? Dan geven wij uw bezwaar door.</li>
            <li>U hoefde geen reden te geven en wij hebben er geen bewaard.</li>
            <li>Het bezwaar heeft geen gevolgen voor uw kind. U kunt het altijd weer intrekken.</li>
            </ul>
            <p>Bewaar deze bevestiging.</p>
            <section lang="en"><h2>Confirmation of your objection</h2>
            <p>On {Html.Day(asked, "en")} you objected to sending the data of {child ?? "your child"} to Statistics Netherlands (CBS) for the Netherlands Cohort Study on Education.</p>
            <ul>
            <li>We will not send your child's data. This holds for every later delivery, also when your child gets another number.</li>
            <li>If data were sent before, we pass your objection on.</li>
            <li>You did not have to give a reason and we keep none.</li>
            <li>The objection has no consequences for your child. You can take it back at any time.</li>
            </ul></section>
            """);
    }

    sealed record Row
    {
        public string Asked { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
