namespace Groeilijn.OpenData;

/// <summary>The addresses of the site. They are promises: people link to them, so none ever changes.</summary>
static class SiteAddress
{
    public const string Catalog = "catalog.json";

    public static string Index(string language) => language == "nl" ? "index.html" : "en/index.html";

    public static string Table(ReleasedTable table, string language) => $"{(language == "nl" ? "" : "en/")}{table.Edition}/{table.Id}.html";

    public static string Csv(ReleasedTable table) => $"data/{table.Edition}/{table.Id}.csv";

    public static string Json(ReleasedTable table) => $"data/{table.Edition}/{table.Id}.json";

    /// <summary>From a table's page to the root of the site.</summary>
    public static string Up(string language) => language == "nl" ? "../" : "../../";
}
