using Groeilijn.Sites;

namespace Groeilijn.School.Pages;

/// <summary>What a file is, in words for who does not know its format, and what a school finds in its own system.</summary>
static class FileKinds
{
    internal static Spoken Words(FileKind kind) => kind switch
    {
        FileKind.Edexml => new("EDEXML: leerlingen en groepen", "EDEXML: pupils and groups"),
        FileKind.UwlrPupils => new("UWLR: leerlingen", "UWLR: pupils"),
        FileKind.UwlrStructure => new("UWLR: groepen en vestigingen", "UWLR: groups and locations"),
        FileKind.UwlrResults => new("UWLR: resultaten", "UWLR: results"),
        FileKind.OsoDossier => new("OSO-dossier van één leerling", "OSO dossier of one pupil"),
        FileKind.NextTestParticipants => new("Doorstroomtoets: deelnemers", "Doorstroomtoets: participants"),
        FileKind.NextTestResults => new("Doorstroomtoets: resultaten", "Doorstroomtoets: results"),
        FileKind.PupilCsv => new("Tabel met leerlingen", "Table of pupils"),
        FileKind.AddressCsv => new("Tabel met adressen", "Table of addresses"),
        FileKind.ResultCsv => new("Tabel met resultaten", "Table of results"),
        FileKind.ObjectionCsv => new("Lijst van bezwaren", "List of objections"),
        _ => new("Niet herkend", "Not recognised"),
    };

    /// <summary>A file that a school may have, what is in it, and how systems call it.</summary>
    internal sealed record Format(Spoken Name, Spoken Holds, Spoken Called);

    internal static readonly Format[] All =
    [
        new(new("EDEXML (.xml)", "EDEXML (.xml)"), new("Leerlingen en groepen. Neem deze altijd.", "Pupils and groups. Always take this one."),
            new("ParnasSys, ESIS en andere systemen: zoek op EDEX of EDEXML, bij exporteren of uitwisselen.", "ParnasSys, ESIS and other systems: look for EDEX or EDEXML, at exporting or exchanging.")),
        new(new("UWLR (.xml)", "UWLR (.xml)"), new("Resultaten van toetsen.", "Results of tests."),
            new("ParnasSys, ESIS, en het systeem van de toetsen zelf: zoek op UWLR, of op resultaten uitwisselen.", "ParnasSys, ESIS, and the system of the tests itself: look for UWLR, or for exchanging results.")),
        new(new("Tabel (.csv of .xlsx)", "Table (.csv or .xlsx)"), new("Wat nog ontbreekt: meestal huisnummers, soms resultaten.", "What is still missing: mostly house numbers, sometimes results."),
            new("Elk systeem: een overzicht of lijst die u bewaart als CSV of Excel. De eerste keer zegt u wat er in de kolommen staat.", "Every system: an overview or list that you save as CSV or Excel. The first time you say what its columns hold.")),
        new(new("OSO (.xml)", "OSO (.xml)"), new("Het dossier van één leerling die overstapt.", "The dossier of one pupil who changes school."),
            new("Elk systeem: overstapdossier. Alleen nodig voor leerlingen die net bij u op school zijn.", "Every system: transfer dossier. Only needed for pupils who just came to your school.")),
    ];

    /// <summary>What stands in many exports and is never read.</summary>
    internal static readonly Spoken[] NotRead =
    [
        new("etniciteit, nationaliteit, geboorteland en thuistaal", "ethnicity, nationality, country of birth and language at home"),
        new("leerlinggewicht, schoolgewicht en opleiding van ouders", "pupil weight, school weight and education of parents"),
        new("IQ, diagnoses, zorg en medische gegevens", "IQ, diagnoses, care and medical data"),
        new("namen, telefoonnummers en e-mailadressen van ouders", "names, telephone numbers and e-mail addresses of parents"),
        new("straat en woonplaats (alleen postcode en huisnummer)", "street and town (only postcode and house number)"),
        new("schooladvies, gedrag, verzuim, notities en foto’s", "school advice, behaviour, absence, notes and photographs"),
        new("resultaten van andere toetsen dan taal en rekenen: die worden geteld en niet bewaard", "results of other tests than language and arithmetic: those are counted and not kept"),
    ];
}
