using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>The page that the parent takes home. It names the child, so it is made when it is asked for and not kept.</summary>
public static class Confirmation
{
    /// <summary>The page about an objection; null when there is none with this number.</summary>
    public static string? Page(SchoolHome home, long id)
    {
        if (home.Store.ReadOne<Row>("SELECT person AS Person, asked AS Asked FROM objection WHERE id = @id", new { id }) is not { } row) return null;
        return Render(home.Profile.Name, PupilEntry.Of(home, row.Person)?.Name ?? "", Rows.Day(row.Asked));
    }

    static string Render(string school, string name, DateOnly asked)
    {
        var child = name.Length > 0 ? Html.Encode(name) : null;
        return Web.Page.Render(new PageHead("nl", "Bevestiging van uw bezwaar", school), $"""
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
        public long Person { get; init; }
        public string Asked { get; init; } = "";
    }
}
