using System.Collections.Frozen;

namespace Groeilijn.School;

/// <summary>What a column of a table can hold.</summary>
public enum TableField
{
    /// <summary>Nothing that is needed; not read.</summary>
    NotUsed,
    /// <summary>Something that the letter to parents does not name; never read.</summary>
    NotInLetter,
    /// <summary>The pupil's key in a system.</summary>
    Key,
    /// <summary>ECK iD.</summary>
    EckId,
    /// <summary>BSN or onderwijsnummer; which of the two the number itself tells.</summary>
    Number,
    /// <summary>First name.</summary>
    FirstName,
    /// <summary>What stands between first and last name.</summary>
    Prefix,
    /// <summary>Last name.</summary>
    LastName,
    /// <summary>The whole name in one column.</summary>
    FullName,
    /// <summary>Birth date.</summary>
    Born,
    /// <summary>Sex.</summary>
    Sex,
    /// <summary>The pupil's own year group.</summary>
    YearGroup,
    /// <summary>Postcode.</summary>
    Postcode,
    /// <summary>House number, with or without what follows it.</summary>
    HouseNumber,
    /// <summary>House letter.</summary>
    HouseLetter,
    /// <summary>Addition to the house number.</summary>
    HouseAddition,
    /// <summary>Street and house number in one column; only the number is read.</summary>
    Address,
    /// <summary>First day at the school.</summary>
    Entered,
    /// <summary>Last day at the school.</summary>
    Left,
    /// <summary>Number of the location, 00 for the main one.</summary>
    Location,
    /// <summary>Day on which a test was taken.</summary>
    Taken,
    /// <summary>Code of a test.</summary>
    TestCode,
    /// <summary>Name of a test.</summary>
    TestName,
    /// <summary>Subject of a test.</summary>
    Subject,
    /// <summary>Moment of a test, M3 to E8.</summary>
    Moment,
    /// <summary>Series of a test.</summary>
    Series,
    /// <summary>Ability score.</summary>
    Score,
}

/// <summary>One row for each field: its code in a file, its words, and the names that systems give it, the clearest first.</summary>
sealed record ColumnNames(TableField Field, string Code, string Dutch, string English, string Names)
{
    public static readonly ColumnNames[] All =
    [
        new(TableField.NotUsed, "unused", "Niet nodig", "Not needed",
            "ruwescore ruw aantalgoed aantalfout aantalopgaven niveau niveauwaarde niveauiv niveauae percentiel percentielscore dle dl dlequotient didactischeleeftijd functioneringsniveau fn standaardscore cscore toetsscore leerrendement schooljaar jaar volgnummer volgnr id rij peildatum voorletters initialen groep klas stamgroep groepsnaam groepnaam basisgroep"),
        new(TableField.NotInLetter, "not-in-letter", "Staat niet in de brief: wordt niet gelezen", "Not in the letter: is not read",
            "etniciteit etnischeachtergrond herkomst nationaliteit nationaliteiten land landcode geboorteland geboorteplaats landvader landmoeder gewicht gewichtnieuw leerlinggewicht schoolgewicht weging iq intelligentie diagnose dyslexie dyscalculie handicap medisch medicatie allergie huisarts zorgverzekeraar religie godsdienst geloof levensbeschouwing thuistaal moedertaal opleiding straat straatnaam woonplaats plaats gemeente telefoon telefoonnummer mobiel mobielnummer email emailadres mail foto fotourl gezin gezinssituatie burgerlijkestaat gedrag welbevinden betrokkenheid zien kanvas scol sociaalemotioneel wereldorientatie nnca lwoo indicatie zorg zorgniveau ondersteuning opp advies schooladvies leerkracht opmerking opmerkingen notitie notities verzuim bankrekening iban gebruikersnaam wachtwoord"),
        new(TableField.Key, "key", "Leerlingnummer (sleutel)", "Pupil's key",
            "leerlingkey key leerlingid leerlingnummer leerlingnr llnr llnummer lknummer leerlingsleutel stamnummer stamnr leerlingcode laskey lassleutel sleutel administratienummer leerlingadministratienummer idleerling externid externeid externnummer pupilid pupilkey studentid studentnumber studentnummer kandidaatnummer deelnemernummer deelnemerid"),
        new(TableField.EckId, "eck-id", "ECK iD", "ECK iD", "eckid ketenid ketenidentiteit eckidleerling educatieveketenid eckketenid"),
        new(TableField.Number, "number", "BSN of onderwijsnummer", "BSN or onderwijsnummer",
            "bsn burgerservicenummer bsnnummer bsnnr bsnleerling onderwijsnummer onderwijsnr ondwnr own pgn persoonsgebondennummer bsnonderwijsnummer bsnofonderwijsnummer bsnown bsnpgn sofinummer sofi sofinr"),
        new(TableField.FirstName, "first-name", "Roepnaam", "First name", "roepnaam voornaam voornamen firstname roepnaamleerling voornaamleerling givenname"),
        new(TableField.Prefix, "prefix", "Tussenvoegsel", "Name prefix", "voorvoegsel tussenvoegsel voorvoegsels tussenvoegsels tussenv voorv tv tussen prefix"),
        new(TableField.LastName, "last-name", "Achternaam", "Last name", "achternaam geslachtsnaam familienaam lastname surname achternaamleerling"),
        new(TableField.FullName, "name", "Naam", "Name", "naam leerlingnaam naamleerling leerling volledigenaam kind naamkind name fullname kandidaat deelnemer"),
        new(TableField.Born, "birth-date", "Geboortedatum", "Birth date", "geboortedatum gebdatum gebdat geboren geboredatum datumgeboorte gbdatum geboortedat geboortedag gebd birthdate dateofbirth dob geborenop"),
        new(TableField.Sex, "sex", "Geslacht", "Sex", "geslacht sekse gesl mv jm jongenmeisje sex gender geslachtleerling"),
        new(TableField.YearGroup, "year-group", "Jaargroep", "Year group", "jaargroep leerjaar jrgroep jrgr groepleerjaar leerlingjaargroep jaargroepleerling yeargroup grade"),
        new(TableField.Postcode, "postcode", "Postcode", "Postcode", "postcode postcodenl pc postkode zip zipcode postcodewoonadres"),
        new(TableField.HouseNumber, "house-number", "Huisnummer", "House number", "huisnummer huisnr hnr nr housenumber huisnummerwoonadres huisnummerplus huisnummerentoevoeging"),
        new(TableField.HouseLetter, "house-letter", "Huisletter", "House letter", "huisletter letter huisnummerletter"),
        new(TableField.HouseAddition, "house-addition", "Toevoeging bij huisnummer", "Addition to the house number", "toevoeging huisnummertoevoeging huisnrtoev toev hnrtoevoeging huisnrtoevoeging toevoeginghuisnummer toevoegsel"),
        new(TableField.Address, "address", "Straat en huisnummer (alleen het nummer wordt gelezen)", "Street and house number (only the number is read)", "adres woonadres straatenhuisnummer straathuisnummer adresregel1 adresregel address straatnr"),
        new(TableField.Entered, "entered", "Eerste dag op school", "First day at the school", "instroomdatum datuminschrijving inschrijfdatum inschrijvingsdatum datuminstroom datumin ingeschreven startdatum"),
        new(TableField.Left, "left", "Laatste dag op school", "Last day at the school", "uitstroomdatum datumuitschrijving uitschrijfdatum uitschrijvingsdatum datumuitstroom datumuit uitgeschreven einddatum"),
        new(TableField.Location, "location", "Vestiging", "Location", "vestiging vestigingscode vestigingsnummer dependancecode vestigingsvolgnummer locatiecode"),
        new(TableField.Taken, "test-date", "Afnamedatum", "Test date", "afnamedatum toetsdatum datumafname afgenomenop datumtoets testdatum afnamedag datumvanafname afname testdate dateoftest datum datumresultaat gemaaktop"),
        new(TableField.TestCode, "test-code", "Toetscode", "Test code", "toetscode eldtoetscode codetoets toetsid toetsidentificatie testcode"),
        new(TableField.TestName, "test-name", "Naam van de toets", "Test name", "toets toetsnaam naamtoets toetsomschrijving omschrijvingtoets toetstitel test testnaam instrument omschrijving taak testname"),
        new(TableField.Subject, "subject", "Vak", "Subject", "vak vakgebied vaknaam leergebied domein onderdeel toetsonderdeel subject vakleergebied"),
        new(TableField.Moment, "moment", "Toetsmoment (M3 tot en met E8)", "Test moment (M3 to E8)", "toetsmoment moment afnamemoment meetmoment toetsperiode afnameperiode periode mome normperiode toetsniveau momentafname testmoment"),
        new(TableField.Series, "series", "Toetsserie", "Test series", "serie toetsserie toetsversie versie generatie toetsgeneratie schaal vaardigheidsschaal uitgave series scale"),
        new(TableField.Score, "score", "Vaardigheidsscore", "Ability score", "vaardigheidsscore vaardigheidscore vscore vs vaardigheid vaardigheidswaarde vaardigh vaardscore abilityscore score"),
    ];

    static readonly FrozenDictionary<string, (TableField Field, int Rank)> s_byName =
        All.SelectMany(w => w.Names.Split(' ').Select((name, rank) => (name, Place: (w.Field, rank)))).ToFrozenDictionary(n => n.name, n => n.Place, StringComparer.Ordinal);

    static readonly FrozenDictionary<TableField, ColumnNames> s_byField = All.ToFrozenDictionary(w => w.Field);

    /// <summary>Roots that give away, in whatever name they stand, a column that must not be read.</summary>
    static readonly string[] s_notInLetter = ["etnic", "nationalit", "gewicht", "ouder", "verzorger", "vader", "moeder", "voogd", "telefoon", "mobiel", "email", "medis", "medic", "diagnos", "dyslex", "godsdienst", "religi", "herkomst", "thuistaal", "sociaal", "gezin", "intelligentie", "iqscore", "opmerking", "broer", "zus", "zorgarrangement"];

    public static ColumnNames Of(TableField field) => s_byField[field];

    public static bool TryFind(string? code, out TableField field)
    {
        foreach (var words in All) if (words.Code == code) { field = words.Field; return true; }
        field = default;
        return false;
    }

    /// <summary>The field that a column of this name usually holds, and how clear the name is: 0 is the clearest.</summary>
    public static (TableField Field, int Rank)? Known(string name)
    {
        var plain = Alike.Name(name);
        if (s_byName.TryGetValue(plain, out var known)) return known;
        return Array.Exists(s_notInLetter, root => plain.Contains(root, StringComparison.Ordinal)) ? (TableField.NotInLetter, 0) : null;
    }

    public Words Words => new(Dutch, English);
}
