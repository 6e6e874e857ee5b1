namespace Groeilijn.OpenData;

/// <summary>The site's own words in both languages; the tables bring theirs with them.</summary>
static class Words
{
    public static readonly Bilingual
        Room = new("Open data", "Open data"),
        SiteTitle = new("Tabellen van het cohortonderzoek", "Tables of the cohort study"),
        Lead = new(
            "Hier staan alle tabellen die wij openbaar maken. U mag ze vrij gebruiken. Ze gaan over groepen leerlingen, nooit over één leerling of één school.",
            "These are all tables that we make public. You may use them freely. They are about groups of pupils, never about one pupil or one school."),
        NoTables = new("Er is nog geen tabel openbaar gemaakt.", "No table has been made public yet."),
        Edition = new("Editie", "Edition"),
        EditionMeans = new(
            "Een editie is een half schooljaar: 2023-1 gaat over de toetsen van januari en februari 2023, 2023-2 over die van mei en juni 2023.",
            "An edition is half a school year: 2023-1 covers the tests of January and February 2023, 2023-2 those of May and June 2023."),
        ForPrograms = new("Voor programma's", "For programs"),
        CatalogLink = new("De hele lijst als JSON (DCAT)", "The whole list as JSON (DCAT)"),
        AllTables = new("Alle tabellen", "All tables"),
        Numbers = new("De cijfers", "The numbers"),
        HiddenTitle = new("Wat niet wordt getoond", "What is not shown"),
        HiddenMeans = new(
            "Bij een kleine groep zou iemand een kind of een school kunnen herkennen. Daarom tonen wij die cijfers niet. U ziet de reden in de tabel. Een vakje dat leeg is in het bestand, is verborgen om de reden in de kolom reason. Tel daarom niet zelf op tot een totaal: er kunnen groepen ontbreken.",
            "With a small group somebody might recognise a child or a school. We do not show those numbers. The table tells the reason. A field that is empty in the file is hidden for the reason in the column reason. So do not add up to a total: groups may be missing."),
        NotShown = new("niet getoond", "not shown"),
        StatusMeans = new("published: getoond; hidden: niet getoond", "published: shown; hidden: not shown"),
        NothingHidden = new("In deze tabel is niets verborgen.", "Nothing is hidden in this table."),
        Definitions = new("Wat betekenen de kolommen?", "What do the columns mean?"),
        Column = new("Kolom", "Column"),
        Meaning = new("Betekenis", "Meaning"),
        Code = new("Code", "Code"),
        Reason = new("Reden", "Reason"),
        Cells = new("Aantal vakjes", "Cells"),
        Downloads = new("Downloaden en hergebruiken", "Download and reuse"),
        CsvLink = new("De cijfers als CSV", "The numbers as CSV"),
        JsonLink = new("De uitleg bij de cijfers als JSON", "The explanation of the numbers as JSON"),
        Licence = new("Licentie", "Licence"),
        Source = new("Bron", "Source"),
        Release = new("Vrijgegeven als", "Released as"),
        Hash = new("Controlegetal van het CSV-bestand (SHA-256)", "Checksum of the CSV file (SHA-256)"),
        OtherEditions = new("Dezelfde tabel in andere edities", "The same table in other editions"),
        Gap = new("Een punt dat ontbreekt, wordt niet getoond: zie de tabel.", "A point that is missing is not shown: see the table."),
        Interval = new("Het streepje om een punt is de onzekerheid.", "The bar around a point is its uncertainty."),
        Axis = new("De as begint niet bij nul.", "The axis does not start at zero.");
}
