using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>
/// The page that the parent takes home, in both languages, the parent's first. It prints on one sheet. It names the child, so it is made when it
/// is asked for and not kept.
/// </summary>
public static class Confirmation
{
    /// <summary>The page about an objection; null when there is none with this number.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="id">The objection.</param>
    /// <param name="language">The language that comes first: <c>nl</c> or <c>en</c>.</param>
    public static string? Page(SchoolHome home, long id, string language = "nl")
    {
        if (home.Store.ReadOne<Row>("SELECT person AS Person, asked AS Asked FROM objection WHERE id = @id", new { id }) is not { } row) return null;
        var name = PupilEntry.Of(home, row.Person)?.Name ?? "";
        var other = language == "nl" ? "en" : "nl";
        return Web.Page.Render(new PageHead(language, Title(language), home.Profile.Name),
            Text(language, name, Rows.Day(row.Asked)) + $"\n<section lang=\"{other}\"><h2>{Title(other)}</h2>\n{Text(other, name, Rows.Day(row.Asked))}</section>\n{Signature(language, home.Profile.Name, home.Today)}");
    }

    static string Title(string language) => language == "nl" ? "Bevestiging van uw bezwaar" : "Confirmation of your objection";

    static string Text(string language, string name, DateOnly asked)
    {
        var child = name.Length > 0 ? Html.Encode(name) : language == "nl" ? "uw kind" : "your child";
        return language == "nl" ? $"""
            <p>U hebt op {Html.Day(asked, "nl")} bezwaar gemaakt tegen het sturen van de gegevens van {child} naar het CBS voor het Nationaal Cohortonderzoek Onderwijs.</p>
            <ul>
            <li>Wij sturen de gegevens van uw kind niet. Dat geldt voor elke volgende levering, ook als uw kind een ander nummer krijgt.</li>
            <li>Zijn er al eerder gegevens gestuurd? Dan geven wij uw bezwaar door.</li>
            <li>U hoefde geen reden te geven en wij hebben er geen bewaard.</li>
            <li>Het bezwaar heeft geen gevolgen voor uw kind. U kunt het altijd weer intrekken.</li>
            </ul>
            <p>Bewaar deze bevestiging.</p>
            """ : $"""
            <p>On {Html.Day(asked, "en")} you objected to sending the data of {child} to Statistics Netherlands (CBS) for the Netherlands Cohort Study on Education.</p>
            <ul>
            <li>We will not send your child's data. This holds for every later delivery, also when your child gets another number.</li>
            <li>If data were sent before, we pass your objection on.</li>
            <li>You did not have to give a reason and we keep none.</li>
            <li>The objection has no consequences for your child. You can take it back at any time.</li>
            </ul>
            <p>Please keep this confirmation.</p>
            """;
    }

    /// <summary>Where the school signs on paper.</summary>
    static string Signature(string language, string school, DateOnly today) =>
        $"<p>{Html.Encode(school)}, {Html.Day(today, language)}</p>\n<p>{(language == "nl" ? "Handtekening van de school" : "Signature of the school")}: ______________________________</p>\n";

    sealed record Row
    {
        public long Person { get; init; }
        public string Asked { get; init; } = "";
    }
}
