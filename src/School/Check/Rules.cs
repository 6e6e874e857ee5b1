namespace Groeilijn.School;

/// <summary>What a rule does when it is broken.</summary>
public enum Severity
{
    /// <summary>The file is not read; nothing of the import is stored.</summary>
    RefusesFile,
    /// <summary>No delivery can be made before this is solved.</summary>
    BlocksDelivery,
    /// <summary>This pupil stays out of the delivery.</summary>
    LeavesPupilOut,
    /// <summary>This one result stays out of the delivery.</summary>
    LeavesResultOut,
    /// <summary>To know; the delivery goes on.</summary>
    Signal,
}

/// <summary>Where a broken rule is put right.</summary>
public enum Where
{
    /// <summary>In the school's own administration, after which the export is made again.</summary>
    LvsCorrect,
    /// <summary>In the export alone: another file, a later one, or one file more.</summary>
    ImportAgain,
    /// <summary>Here in this program: confirm columns, join by hand, take in a list.</summary>
    Here,
    /// <summary>By sending the letter to parents and recording it here.</summary>
    Inform,
    /// <summary>Nowhere: it goes by itself on a day.</summary>
    Wait,
    /// <summary>Nowhere: it is as it should be, or cannot be helped.</summary>
    Nothing,
}

/// <summary>One rule: its code, what it does, what to read and what to do. Sentences hold no value of a pupil.</summary>
public sealed record Rule(string Code, Severity Severity, string Dutch, string English, string RemedyDutch, string RemedyEnglish)
{
    /// <summary>Where it is put right.</summary>
    public Where Where { get; init; }

    /// <summary>Whether what it finds is likely one cause for many pupils, such as a forgotten file.</summary>
    public bool OneCause { get; init; }

    /// <summary>The sentence in a language.</summary>
    public string Sentence(string language) => language == "nl" ? Dutch : English;

    /// <summary>What to do about it.</summary>
    public string Remedy(string language) => language == "nl" ? RemedyDutch : RemedyEnglish;
}

/// <summary>Every rule of the school's program, one row each. F: files. S: school. P: pupils. A: addresses. R: results. O: informing and objecting. M: mapping and joining.</summary>
public static class Rules
{
    static readonly List<Rule> s_all = [];

    /// <summary>The whole table, in order of code.</summary>
    public static IReadOnlyList<Rule> All => s_all;

    const string ExportAgainNl = "Maak de export opnieuw in uw leerlingvolgsysteem en lees die in.", ExportAgainEn = "Make the export again in your pupil tracking system and import that.";
    const string CorrectNl = "Verbeter dit in uw administratie en maak de export opnieuw.", CorrectEn = "Correct this in your administration and make the export again.";
    const string NothingNl = "U hoeft niets te doen.", NothingEn = "Nothing to do.";

    public static readonly Rule FileMissing = Row("F01", Severity.RefusesFile, "Het bestand is er niet of kan niet worden gelezen.", "The file is not there or cannot be read.", "Controleer de naam en de map.", "Check the name and the folder.");
    public static readonly Rule FileEmpty = Row("F02", Severity.RefusesFile, "Het bestand is leeg.", "The file is empty.", ExportAgainNl, ExportAgainEn);
    public static readonly Rule FileTooLarge = Row("F03", Severity.RefusesFile, "Het bestand is te groot voor de export van één school.", "The file is too large for the export of one school.", "Kies de export van alleen deze school, of verhoog --max-mb.", "Choose the export of this school alone, or raise --max-mb.");
    public static readonly Rule FileZipped = Row("F04", Severity.RefusesFile, "Dit is een ingepakt bestand (zip, 7z, rar) of een oude Excel-werkmap.", "This is a packed file (zip, 7z, rar) or an old Excel workbook.", "Pak het bestand uit, of sla de werkmap op als CSV.", "Unpack the file, or save the workbook as CSV.");
    public static readonly Rule FileBinary = Row("F05", Severity.RefusesFile, "Dit bestand bevat geen tekst.", "This file holds no text.", ExportAgainNl, ExportAgainEn);
    public static readonly Rule FileBroken = Row("F06", Severity.RefusesFile, "Het bestand (XML of JSON) is afgebroken of beschadigd op deze plaats.", "The file (XML or JSON) is cut off or damaged at this place.", ExportAgainNl, ExportAgainEn);
    public static readonly Rule FileWithDtd = Row("F07", Severity.RefusesFile, "Het bestand bevat een DTD (<!DOCTYPE>). Die lezen wij niet: er kan een aanval in zitten.", "The file contains a DTD (<!DOCTYPE>). We do not read those: an attack can hide in them.", ExportAgainNl, ExportAgainEn);
    public static readonly Rule FileTooDeep = Row("F08", Severity.RefusesFile, "De elementen in het bestand zitten te diep in elkaar.", "The elements in the file are nested too deep.", ExportAgainNl, ExportAgainEn);
    public static readonly Rule FileOtherXml = Row("F09", Severity.RefusesFile, "Dit XML-bestand is geen EDEXML, UWLR of OSO.", "This XML file is not EDEXML, UWLR or OSO.", "Kies in uw leerlingvolgsysteem de export EDEXML, UWLR of OSO.", "Choose the export EDEXML, UWLR or OSO in your pupil tracking system.");
    public static readonly Rule FileOtherJson = Row("F10", Severity.RefusesFile, "Dit JSON-bestand is geen deelnemerslijst of resultaat van de doorstroomtoets.", "This JSON file is neither a list of participants nor a result of the doorstroomtoets.", "Kies in uw leerlingvolgsysteem de export EDEXML, UWLR of OSO.", "Choose the export EDEXML, UWLR or OSO in your pupil tracking system.");
    public static readonly Rule FileOtherColumns = Row("F11", Severity.RefusesFile, "De kolommen zijn niet herkend. Verwacht: leerling_key;postcode;huisnummer (adressen) of leerling_key;afnamedatum;toetscode;vaardigheidsscore (resultaten).", "The columns are not recognised. Expected: leerling_key;postcode;huisnummer (addresses) or leerling_key;afnamedatum;toetscode;vaardigheidsscore (results).", "Zet de kolomnamen in de eerste regel, gescheiden door een puntkomma, komma of tab.", "Put the column names in the first line, divided by a semicolon, comma or tab.");
    public static readonly Rule FileRowBroken = Row("F12", Severity.RefusesFile, "Deze regel heeft niet evenveel velden als de eerste regel, of een aanhalingsteken is niet gesloten. Het bestand kan zijn afgebroken.", "This line does not have as many fields as the first one, or a quotation mark is not closed. The file may be cut off.", ExportAgainNl, ExportAgainEn);
    public static readonly Rule FileEncoding = Row("F13", Severity.RefusesFile, "De tekens in dit bestand zijn niet te lezen: de codering klopt niet.", "The characters in this file cannot be read: the encoding is wrong.", "Sla het bestand op als UTF-8.", "Save the file as UTF-8.");
    public static readonly Rule FileObjections = Row("F14", Severity.RefusesFile, "Dit is een lijst van bezwaren.", "This is a list of objections.", "Gebruik: school object --list BESTAND.", "Use: school object --list FILE.", Where.Here);
    public static readonly Rule FileNoEnd = Row("F15", Severity.Signal, "De laatste regel heeft geen regeleinde. Het bestand kan zijn afgebroken.", "The last line has no line end. The file may be cut off.", "Controleer of de laatste regel compleet is.", "Check that the last line is complete.");
    public static readonly Rule FileSpare = Row("F16", Severity.Signal, "De leerlingen komen uit een ander bestand dat meer van hen zegt. Dit bestand vult alleen aan.", "The pupils come from another file that says more of them. This file only adds to it.", NothingNl, NothingEn);
    public static readonly Rule FileNoData = Row("F17", Severity.RefusesFile, "Dit bericht bevat geen leerlingen en geen resultaten.", "This message holds no pupils and no results.", "Kies het antwoord met leerlinggegevens, of het bericht met leerresultaten.", "Choose the answer with pupils, or the message with results.");
    public static readonly Rule FileTooMany = Row("F18", Severity.RefusesFile, "Het bestand bevat meer leerlingen, groepen of resultaten dan één school heeft.", "The file holds more pupils, groups or results than one school has.", "Kies de export van alleen deze school.", "Choose the export of this school alone.");
    public static readonly Rule FileTooSlow = Row("F19", Severity.RefusesFile, "Het lezen van dit bestand duurde te lang en is gestopt.", "Reading this file took too long and was stopped.", "Zet het bestand eerst op deze computer en lees het opnieuw in.", "Put the file on this computer first and import it again.");
    public static readonly Rule FileEncodingLies = Row("F20", Severity.Signal, "Het bestand noemt een andere codering dan het heeft. Het is gelezen zoals het is.", "The file names another encoding than it has. It was read as it is.", "Controleer of namen met accenten kloppen.", "Check that names with accents are right.");
    public static readonly Rule FileOtherNamespace = Row("F21", Severity.Signal, "De naamruimte in het bestand is niet die van de standaard. De elementen zijn op naam herkend.", "The namespace in the file is not that of the standard. The elements were recognised by name.", NothingNl, NothingEn);
    public static readonly Rule FileOtherVersion = Row("F22", Severity.Signal, "De versie van het bestand is niet bekend bij dit programma. Het is gelezen als de versies die wij kennen.", "This program does not know the version of the file. It was read as the versions we know.", "Controleer of de aantallen kloppen.", "Check that the numbers are right.");
    public static readonly Rule FileEmptyElements = Row("F23", Severity.Signal, "Elementen zonder inhoud zijn geteld als niet ingevuld.", "Elements without content were counted as not filled in.", NothingNl, NothingEn);
    public static readonly Rule FileUnknownParts = Row("F24", Severity.Signal, "Toevoegingen van de leverancier, of onderdelen die niet in de standaard staan, zijn niet gelezen.", "Additions by the supplier, or parts that are not in the standard, were not read.", NothingNl, NothingEn);
    public static readonly Rule FileRepeatedElement = Row("F25", Severity.Signal, "Een element staat bij dezelfde leerling of hetzelfde resultaat twee keer. Het eerste telt.", "An element stands twice at the same pupil or result. The first one counts.", CorrectNl, CorrectEn);
    public static readonly Rule FileValueTrimmed = Row("F26", Severity.Signal, "Spaties rond een sleutel zijn weggelaten.", "Spaces around a key were left out.", NothingNl, NothingEn);
    public static readonly Rule FileValueTooLong = Row("F27", Severity.Signal, "Een waarde is langer dan 512 tekens en is niet gebruikt.", "A value is longer than 512 characters and was not used.", CorrectNl, CorrectEn);
    public static readonly Rule FileGroupTwice = Row("F28", Severity.Signal, "Twee groepen of vestigingen hebben dezelfde sleutel. De eerste telt.", "Two groups or locations have the same key. The first one counts.", CorrectNl, CorrectEn);
    public static readonly Rule FileAddressSecret = Row("F29", Severity.Signal, "Het adres in dit dossier is geheim. Het is niet gelezen.", "The address in this dossier is secret. It was not read.", NothingNl, NothingEn);
    public static readonly Rule FileBornDiffers = Row("F30", Severity.Signal, "De geboortedatum in de administratie is anders dan die van de gemeente. Die van de gemeente telt.", "The birth date in the administration differs from the municipality's. The municipality's counts.", "Controleer de geboortedatum.", "Check the birth date.");
    public static readonly Rule FileNextTest = Row("F31", Severity.Signal, "Resultaten van de doorstroomtoets of eindtoets zijn geteld en niet bewaard. Hun schaal is niet die van het leerlingvolgsysteem.", "Results of the doorstroomtoets or end test were counted and not kept. Their scale is not that of the pupil tracking system.", NothingNl, NothingEn);
    public static readonly Rule FileLabel = Row("F32", Severity.Signal, "Een onderdeel heeft een ander label dan de standaard voorschrijft. Het is niet gelezen.", "A part has another label than the standard prescribes. It was not read.", "Controleer of de aantallen kloppen.", "Check that the numbers are right.");
    public static readonly Rule FileCompletes = Row("F33", Severity.Signal, "Gegevens van leerlingen die in het andere bestand ontbraken, zijn uit dit bestand aangevuld.", "Data of pupils that were missing in the other file were filled in from this file.", NothingNl, NothingEn);
    public static readonly Rule FileNobody = Row("F34", Severity.Signal, "Leerlingen in dit bestand staan niet in het leerlingenbestand. Zij zijn niet gebruikt.", "Pupils in this file are not in the file with the pupils. They were not used.", "Controleer of het leerlingenbestand alle leerlingen bevat.", "Check that the file with the pupils holds all of them.");
    public static readonly Rule FileContradicts = Row("F35", Severity.Signal, "Een leerling heeft in dit bestand een andere geboortedatum dan in het leerlingenbestand. Er is niets aangevuld.", "A pupil has another birth date in this file than in the file with the pupils. Nothing was filled in.", CorrectNl, CorrectEn);

    public static readonly Rule OtherSchool = Row("S01", Severity.BlocksDelivery, "De schoolcode in het bestand is niet die van deze school. Er is niets ingelezen.", "The school code in the file is not that of this school. Nothing was imported.", "Kies de export van deze school.", "Choose the export of this school.");
    public static readonly Rule SchoolNotNamed = Row("S02", Severity.Signal, "Het bestand noemt geen schoolcode.", "The file names no school code.", "Controleer of dit de export van deze school is.", "Check that this is the export of this school.");
    public static readonly Rule NoPupils = Row("S03", Severity.BlocksDelivery, "Er zijn geen leerlingen ingelezen.", "No pupils were imported.", "Lees een bestand met leerlingen in (EDEXML, UWLR of OSO).", "Import a file with pupils (EDEXML, UWLR or OSO).");
    public static readonly Rule NoResults = Row("S04", Severity.Signal, "Er zijn geen resultaten van taal- en rekentoetsen.", "There are no results of language and arithmetic tests.", "Lees ook de resultaten in (UWLR of CSV).", "Import the results too (UWLR or CSV).");
    public static readonly Rule OtherSchoolYear = Row("S05", Severity.Signal, "Het schooljaar van de export is niet dat van deze levering.", "The school year of the export is not that of this delivery.", ExportAgainNl, ExportAgainEn);
    public static readonly Rule ManyGone = Row("S06", Severity.Signal, "Meer dan de helft van de leerlingen uit de vorige export staat niet in deze export.", "More than half of the pupils of the previous export are not in this one.", "Controleer of de export alle leerlingen bevat en of de sleutels hetzelfde zijn gebleven.", "Check that the export holds all pupils and that the keys stayed the same.");
    public static readonly Rule SchoolYearUnread = Row("S07", Severity.Signal, "Het schooljaar in het bestand is niet te lezen.", "The school year in the file cannot be read.", "Het schooljaar van de peildatum is gebruikt.", "The school year of the reference date was used.", Where.Nothing);
    public static readonly Rule SameScores = Row("S08", Severity.Signal, "Bijna alle leerlingen hebben voor één toets dezelfde score.", "Nearly all pupils have the same score on one test.", "Controleer in uw leerlingvolgsysteem of de scores echt zijn ingevoerd.", "Check in your pupil tracking system that the scores were really entered.", Where.LvsCorrect);
    public static readonly Rule BornOneDay = Row("S09", Severity.Signal, "De helft of meer van de leerlingen is op dezelfde dag van het jaar geboren, zoals 1 januari.", "Half or more of the pupils were born on the same day of the year, such as 1 January.", "Controleer of de export de echte geboortedatums bevat.", "Check that the export holds the real birth dates.");
    public static readonly Rule SexReversed = Row("S10", Severity.Signal, "Bij bijna alle leerlingen is het geslacht omgekeerd ten opzichte van de vorige export.", "For nearly all pupils the sex is the reverse of that in the previous export.", "Vraag uw leverancier welke codes de export gebruikt. Lees dan de goede export in.", "Ask your supplier which codes the export uses. Then import the right export.");
    public static readonly Rule HouseMissingAll = Row("S11", Severity.Signal, "Bij bijna alle leerlingen ontbreekt het huisnummer.", "The house number is missing for nearly all pupils.", "Lees ook het bestand met adressen in. EDEXML bevat geen huisnummers.", "Import the file with addresses too. EDEXML holds no house numbers.");
    public static readonly Rule OnePostcode = Row("S12", Severity.Signal, "De helft of meer van de leerlingen heeft dezelfde postcode. Het kan die van de school zelf zijn.", "Half or more of the pupils have the same postcode. It may be the school's own.", "Controleer of de export de adressen van de leerlingen zelf bevat.", "Check that the export holds the pupils' own addresses.");

    public static readonly Rule NumberElevenTest = Row("P01", Severity.Signal, "Het nummer voldoet niet aan de elfproef en gaat niet mee.", "The number fails the eleven test and does not go along.", CorrectNl, CorrectEn);
    public static readonly Rule NumberOtherField = Row("P02", Severity.Signal, "In het veld voor het BSN staat een onderwijsnummer. Het gaat als onderwijsnummer mee.", "The field for the BSN holds an onderwijsnummer. It goes along as an onderwijsnummer.", "Controleer het nummer. Het kan ook een BSN met een tikfout zijn.", "Check the number. It can also be a BSN with a typing error.");
    public static readonly Rule NumberPadded = Row("P03", Severity.Signal, "Het nummer miste nullen aan het begin. Die zijn aangevuld.", "The number missed zeros at its start. They were put back.", NothingNl, NothingEn);
    public static readonly Rule NumberUnread = Row("P04", Severity.Signal, "Het nummer is geen nummer van negen cijfers en gaat niet mee.", "The number is not one of nine digits and does not go along.", CorrectNl, CorrectEn);
    public static readonly Rule NumberMissing = Row("P05", Severity.Signal, "Deze leerling heeft geen BSN en geen onderwijsnummer.", "This pupil has no BSN and no onderwijsnummer.", "Vul het nummer aan als u het heeft. De leerling gaat mee.", "Fill in the number if you have it. The pupil goes along.");
    public static readonly Rule NumberModulo = Row("P06", Severity.Signal, "Het onderwijsnummer voldoet alleen aan de ruime lezing van de proef.", "The onderwijsnummer passes only the wide reading of its test.", "Controleer het nummer.", "Check the number.");
    public static readonly Rule NumberShared = Row("P07", Severity.LeavesPupilOut, "Twee leerlingen hebben hetzelfde nummer.", "Two pupils have the same number.", "Is het één kind, verwijder dan de dubbele leerling. Zijn het er twee, verbeter dan het nummer. Maak daarna de export opnieuw.", "If it is one child, remove the double pupil. If they are two, correct the number. Then make the export again.");
    public static readonly Rule NumberLastFour = Row("P08", Severity.Signal, "De export bevat alleen de laatste vier cijfers van het nummer. Die gaan niet mee.", "The export holds only the last four digits of the number. They do not go along.", "Kies een export met het hele nummer (EDEXML).", "Choose an export with the whole number (EDEXML).", Where.ImportAgain);
    public static readonly Rule NumberChanged = Row("P09", Severity.Signal, "Het nummer van deze leerling is anders dan in de vorige export.", "The number of this pupil differs from the previous export.", "Controleer of het dezelfde leerling is. Een bezwaar blijft gelden.", "Check that it is the same pupil. An objection still holds.");
    public static readonly Rule BornMissing = Row("P10", Severity.LeavesPupilOut, "De geboortedatum ontbreekt of is niet te lezen.", "The birth date is missing or cannot be read.", CorrectNl, CorrectEn);
    public static readonly Rule BornPartial = Row("P11", Severity.Signal, "De dag of maand van geboorte is onbekend.", "The day or month of birth is unknown.", NothingNl, NothingEn);
    public static readonly Rule BornImplausible = Row("P12", Severity.Signal, "De leeftijd past niet bij de basisschool.", "The age does not fit primary school.", "Controleer de geboortedatum.", "Check the birth date.");
    public static readonly Rule SexMissing = Row("P13", Severity.Signal, "Het geslacht is niet ingevuld.", "The sex is not filled in.", "Vul het aan als u het weet. De leerling gaat mee.", "Fill it in if you know it. The pupil goes along.");
    public static readonly Rule SexUnread = Row("P14", Severity.Signal, "De code voor geslacht bestaat niet in dit bestandsformaat (0, 1, 2 of 9).", "The code for sex does not exist in this file format (0, 1, 2 or 9).", CorrectNl, CorrectEn);
    public static readonly Rule KeyUnstable = Row("P15", Severity.Signal, "De sleutel van deze leerling begint met # en kan volgende keer anders zijn.", "The key of this pupil begins with # and may differ next time.", "Een bezwaar hangt dan aan nummer, ECK iD of naam.", "An objection then holds on to number, ECK iD or name.", Where.Nothing);
    public static readonly Rule KeyShared = Row("P16", Severity.LeavesPupilOut, "Twee leerlingen hebben dezelfde sleutel. Van wie de resultaten zijn, is dan niet zeker.", "Two pupils have the same key. Whose results they are is then not certain.", CorrectNl, CorrectEn);
    public static readonly Rule KeyMissing = Row("P17", Severity.LeavesPupilOut, "De leerling heeft geen sleutel en geen ECK iD.", "The pupil has neither key nor ECK iD.", CorrectNl, CorrectEn);
    public static readonly Rule EckUnread = Row("P18", Severity.Signal, "Het ECK iD heeft niet de juiste vorm en is niet gebruikt.", "The ECK iD does not have the right form and was not used.", NothingNl, NothingEn);
    public static readonly Rule EckPilot = Row("P19", Severity.Signal, "Het ECK iD komt uit de testomgeving.", "The ECK iD comes from the test environment.", "Vraag uw leverancier om de echte ECK iD's.", "Ask your supplier for the real ECK iDs.");
    public static readonly Rule EckShared = Row("P20", Severity.Signal, "Twee leerlingen hebben hetzelfde ECK iD. Het is niet gebruikt.", "Two pupils have the same ECK iD. It was not used.", CorrectNl, CorrectEn);
    public static readonly Rule GroupUnknown = Row("P21", Severity.Signal, "De leerling verwijst naar een groep die niet in het bestand staat.", "The pupil refers to a group that is not in the file.", CorrectNl, CorrectEn);
    public static readonly Rule YearGroupMissing = Row("P22", Severity.Signal, "De jaargroep ontbreekt of is onbekend.", "The year group is missing or unknown.", CorrectNl, CorrectEn);
    public static readonly Rule YearGroupOther = Row("P23", Severity.LeavesPupilOut, "De leerling zit niet in groep 3 tot en met 8.", "The pupil is not in year groups 3 to 8.", NothingNl, NothingEn);
    public static readonly Rule AlreadyLeft = Row("P24", Severity.LeavesPupilOut, "De leerling is op de peildatum al van school.", "The pupil has left the school by the reference date.", NothingNl, NothingEn);
    public static readonly Rule NotYetEntered = Row("P25", Severity.LeavesPupilOut, "De leerling komt pas na de peildatum op school.", "The pupil enters the school only after the reference date.", NothingNl, NothingEn);
    public static readonly Rule OtherLocation = Row("P26", Severity.LeavesPupilOut, "De leerling hoort bij een andere vestiging.", "The pupil belongs to another location.", NothingNl, NothingEn);
    public static readonly Rule Twins = Row("P27", Severity.Signal, "Er is nog een leerling met dezelfde geboortedatum, hetzelfde geslacht en hetzelfde adres. Een nummer ontbreekt.", "There is another pupil with the same birth date, sex and address. A number is missing.", "Vul de nummers aan, zodat de kinderen niet worden verwisseld.", "Fill in the numbers, so that the children are not mistaken for each other.");
    public static readonly Rule LocationUnknown = Row("P28", Severity.Signal, "De leerling verwijst naar een vestiging die niet in het bestand staat.", "The pupil refers to a location that is not in the file.", CorrectNl, CorrectEn);
    public static readonly Rule PupilUnderTwoKeys = Row("P29", Severity.LeavesPupilOut, "Twee leerlingen met verschillende sleutels hebben dezelfde naam en geboortedatum. Een nummer dat hen onderscheidt, ontbreekt.", "Two pupils with different keys have the same name and birth date. A number that tells them apart is missing.", "Is het één kind, verwijder dan de dubbele leerling. Zijn het er twee, vul dan de nummers aan. Maak daarna de export opnieuw.", "If it is one child, remove the double pupil. If they are two, fill in the numbers. Then make the export again.");
    public static readonly Rule PupilRepeated = Row("P30", Severity.Signal, "Deze leerling staat twee keer in de export, bijvoorbeeld in twee groepen. De leerling gaat één keer mee.", "This pupil stands in the export twice, for instance in two groups. The pupil goes along once.", NothingNl, NothingEn);

    public static readonly Rule PostcodeUnread = Row("A01", Severity.Signal, "De postcode bestaat niet en gaat niet mee.", "The postcode does not exist and does not go along.", CorrectNl, CorrectEn);
    public static readonly Rule HouseUnread = Row("A02", Severity.Signal, "Het huisnummer is niet te lezen en gaat niet mee.", "The house number cannot be read and does not go along.", CorrectNl, CorrectEn);
    public static readonly Rule AddressMissing = Row("A03", Severity.Signal, "Postcode of huisnummer van deze leerling ontbreekt.", "Postcode or house number of this pupil is missing.", "Lees ook de adressen in (CSV).", "Import the addresses too (CSV).", Where.ImportAgain);
    public static readonly Rule AddressDiffers = Row("A04", Severity.Signal, "De postcode in het adressenbestand is anders dan in het leerlingenbestand. Die van het adressenbestand gaat mee.", "The postcode in the address file differs from the pupil file. That of the address file goes along.", "Controleer het adres.", "Check the address.");
    public static readonly Rule AddressNobody = Row("A05", Severity.Signal, "Dit adres hoort bij geen leerling in de export.", "This address belongs to no pupil in the export.", "Maak de exports op dezelfde dag, of koppel deze gegevens één keer met de hand.", "Make the exports on the same day, or join these data by hand once.", Where.ImportAgain);
    public static readonly Rule AddressTwice = Row("A06", Severity.Signal, "Deze leerling heeft twee adressen. Het laatste gaat mee.", "This pupil has two addresses. The last one goes along.", CorrectNl, CorrectEn);

    public static readonly Rule ResultNobody = Row("R01", Severity.LeavesResultOut, "Dit resultaat hoort bij geen leerling in de export.", "This result belongs to no pupil in the export.", "Maak de exports op dezelfde dag, of koppel deze gegevens één keer met de hand.", "Make the exports on the same day, or join these data by hand once.", Where.ImportAgain);
    public static readonly Rule TakenUnread = Row("R02", Severity.LeavesResultOut, "De afnamedatum ontbreekt of is niet te lezen.", "The test date is missing or cannot be read.", CorrectNl, CorrectEn);
    public static readonly Rule TakenInFuture = Row("R03", Severity.LeavesResultOut, "De afnamedatum ligt na de peildatum van de export.", "The test date lies after the reference date of the export.", CorrectNl, CorrectEn);
    public static readonly Rule TakenOtherYear = Row("R04", Severity.Signal, "De afnamedatum ligt niet in het schooljaar dat het bestand noemt.", "The test date does not lie in the school year that the file names.", "Dat is goed als het oudere resultaten zijn.", "That is fine when these are older results.", Where.Nothing);
    public static readonly Rule TakenOtherHalf = Row("R05", Severity.Signal, "De afnamedatum past niet bij de toets (midden of eind van het jaar).", "The test date does not fit the test (middle or end of the year).", "Controleer datum en toets.", "Check date and test.");
    public static readonly Rule ScoreUnread = Row("R06", Severity.LeavesResultOut, "De vaardigheidsscore is niet te lezen of bestaat niet op de schaal van deze toets.", "The ability score cannot be read or does not exist on the scale of this test.", CorrectNl, CorrectEn);
    public static readonly Rule ScoreRounded = Row("R07", Severity.Signal, "De vaardigheidsscore had meer dan één decimaal en is afgerond.", "The ability score had more than one decimal and was rounded.", NothingNl, NothingEn);
    public static readonly Rule ScoreAbsent = Row("R08", Severity.LeavesResultOut, "Er is geen vaardigheidsscore, alleen een ruwe score of niets.", "There is no ability score, only a raw score or nothing.", "Kies een export met vaardigheidsscores.", "Choose an export with ability scores.", Where.ImportAgain);
    public static readonly Rule ScoreImplausible = Row("R09", Severity.Signal, "De vaardigheidsscore ligt ver van wat bij deze toets voorkomt.", "The ability score lies far from what occurs on this test.", "Controleer score en toets.", "Check score and test.");
    public static readonly Rule GrowthImplausible = Row("R10", Severity.Signal, "De groei tussen twee toetsen is veel groter dan gewoon.", "The growth between two tests is far larger than usual.", "Controleer beide scores.", "Check both scores.");
    public static readonly Rule ResultTwice = Row("R11", Severity.Signal, "Dit resultaat staat twee keer in de export en gaat één keer mee.", "This result stands in the export twice and goes along once.", NothingNl, NothingEn);
    public static readonly Rule ResultConflict = Row("R12", Severity.LeavesResultOut, "Dezelfde toets op dezelfde dag heeft verschillende scores. Geen van beide gaat mee.", "The same test on the same day has different scores. Neither goes along.", CorrectNl, CorrectEn);
    public static readonly Rule ResultRepeated = Row("R13", Severity.Signal, "De leerling maakte deze toets twee keer in één schooljaar.", "The pupil took this test twice in one school year.", "Controleer of beide resultaten kloppen.", "Check that both results are right.");
    public static readonly Rule LevelFarOff = Row("R14", Severity.Signal, "De toets is voor een heel andere jaargroep dan die van de leerling.", "The test is made for a very different year group than the pupil's.", "Controleer leerling en toets.", "Check pupil and test.");
    public static readonly Rule TestUndeclared = Row("R15", Severity.Signal, "De toets staat niet in de lijst van toetsen in het bestand.", "The test is not in the list of tests in the file.", NothingNl, NothingEn);
    public static readonly Rule TestOther = Row("R16", Severity.Signal, "Resultaten van andere toetsen zijn geteld en niet bewaard.", "Results of other tests were counted and not kept.", NothingNl, NothingEn);
    public static readonly Rule GroupAssumed = Row("R17", Severity.Signal, "De jaargroep bij deze toets is niet bekend. De jaargroep van de toets gaat mee.", "The year group at this test is not known. The year group of the test goes along.", NothingNl, NothingEn);
    public static readonly Rule ResultKeyTwice = Row("R18", Severity.Signal, "Twee resultaten in het bestand hebben dezelfde sleutel.", "Two results in the file have the same key.", NothingNl, NothingEn);
    public static readonly Rule SeriesMixed = Row("R19", Severity.Signal, "De leerling heeft voor één vak toetsen uit twee series. Daartussen is geen groei te berekenen.", "The pupil has tests of two series in one subject. No growth exists between them.", NothingNl, NothingEn);
    public static readonly Rule ResultsNone = Row("R20", Severity.LeavesPupilOut, "De leerling heeft geen resultaten van taal- en rekentoetsen.", "The pupil has no results of language and arithmetic tests.", NothingNl, NothingEn);
    public static readonly Rule GrowthNegative = Row("R21", Severity.Signal, "De score is veel lager dan bij de vorige toets van dit vak.", "The score is far lower than on the previous test of this subject.", "Controleer beide scores.", "Check both scores.");
    public static readonly Rule TestMissing = Row("R22", Severity.Signal, "De groep maakte dit halfjaar een toets waarvan deze leerling geen resultaat heeft.", "This half-year the group took a test of which this pupil has no result.", "Is de toets gemaakt of ingehaald, voer het resultaat dan in. Anders is het goed zo.", "If the test was taken, enter the result. Otherwise it is fine as it is.");
    public static readonly Rule IntervalOpen = Row("R23", Severity.Signal, "Van de vorige toets van dit vak is geen resultaat. Over dit halfjaar is geen groei te berekenen.", "There is no result of the previous test of this subject. No growth exists over this half-year.", NothingNl, NothingEn);
    public static readonly Rule GroupWithoutResults = Row("R24", Severity.Signal, "De hele groep van deze leerling heeft dit halfjaar geen resultaten. Andere groepen hebben die wel.", "The whole group of this pupil has no results this half-year. Other groups have.", "Exporteer ook de resultaten van deze groep. Maakte de groep geen toetsen, dan is het goed zo.", "Export the results of this group too. If the group took no tests, it is fine as it is.", Where.ImportAgain, oneCause: true);
    public static readonly Rule TakenNoSchoolDay = Row("R25", Severity.Signal, "Op de afnamedatum was nergens school: het was midden in de zomer, kerst of nieuwjaar.", "No school was open on the test date: it was midsummer, Christmas or New Year.", "Controleer de afnamedatum.", "Check the test date.");

    public static readonly Rule NotInformed = Row("O01", Severity.LeavesPupilOut, "De ouders van deze leerling hebben nog geen brief gekregen.", "The parents of this pupil have not had the letter yet.", "Verstuur de brief en leg dat vast: school letter.", "Send the letter and record it: school letter.", Where.Inform);
    public static readonly Rule PeriodRuns = Row("O02", Severity.LeavesPupilOut, "De ouders kunnen nog bezwaar maken: de termijn loopt nog.", "The parents can still object: the period still runs.", "Wacht tot de termijn voorbij is.", "Wait until the period is over.", Where.Wait);
    public static readonly Rule Objected = Row("O03", Severity.LeavesPupilOut, "Er is bezwaar gemaakt. De gegevens gaan niet mee.", "There is an objection. The data do not go along.", NothingNl, NothingEn);
    public static readonly Rule ObjectionNobody = Row("O04", Severity.Signal, "Er is een bezwaar van een leerling die niet in deze export staat.", "There is an objection of a pupil who is not in this export.", "Controleer of die leerling echt van school is, en niet onder een andere sleutel meedoet.", "Check that this pupil really left, and does not take part under another key.");

    public static readonly Rule ColumnsUnconfirmed = Row("M01", Severity.RefusesFile, "De kolommen van deze tabel zijn nog niet bevestigd.", "The columns of this table were not confirmed yet.", "Bekijk het voorstel voor de kolommen, verbeter het en bevestig het één keer. Lees het bestand daarna opnieuw in.", "Look at the proposal for the columns, correct it and confirm it once. Then import the file again.");
    public static readonly Rule WorkbookOld = Row("M02", Severity.RefusesFile, "Dit is een Excel-werkmap in een oud of ander formaat (.xls, .xlsb), of een werkmap met een wachtwoord.", "This is an Excel workbook in an old or other format (.xls, .xlsb), or one with a password.", "Open het bestand in Excel en sla het op als .xlsx, zonder wachtwoord.", "Open the file in Excel and save it as .xlsx, without a password.");
    public static readonly Rule WorkbookBroken = Row("M03", Severity.RefusesFile, "De Excel-werkmap is beschadigd of heeft geen zichtbaar werkblad.", "The Excel workbook is damaged or has no visible sheet.", ExportAgainNl, ExportAgainEn);
    public static readonly Rule WorkbookBomb = Row("M04", Severity.RefusesFile, "De Excel-werkmap wordt uitgepakt veel te groot. Die lezen wij niet: er kan een aanval in zitten.", "The Excel workbook grows far too large when unpacked. We do not read those: an attack can hide in it.", ExportAgainNl, ExportAgainEn);
    public static readonly Rule SheetsUnread = Row("M05", Severity.Signal, "In de werkmap staan nog meer werkbladen met een tabel. Alleen het blad dat het best past, is gelezen.", "The workbook has more sheets with a table. Only the sheet that fits best was read.", "Sla andere bladen op als eigen bestand als ze nodig zijn.", "Save other sheets as files of their own if they are needed.");
    public static readonly Rule TestUnplaced = Row("M06", Severity.Signal, "Van deze resultaten is niet bekend bij welke toets ze horen. Ze zijn niet gelezen.", "It is not known to which test these results belong. They were not read.", "Wijs bij de kolommen van dit bestand de namen van de toetsen toe en lees het opnieuw in.", "Place the names of the tests with the columns of this file and import it again.");
    public static readonly Rule RowOfNobody = Row("M07", Severity.Signal, "Deze rijen zeggen niet van welke leerling ze zijn. Ze zijn niet gelezen.", "These rows do not say whose they are. They were not read.", "Een regel met een totaal of een opmerking kunt u laten staan.", "A line with a total or a remark can stay.");
    public static readonly Rule KeyOfOther = Row("M08", Severity.Signal, "De sleutel in deze tabel is die van een leerling met een andere naam en geboortedatum. De rij is niet gekoppeld.", "The key in this table is that of a pupil with another name and birth date. The row was not joined.", "Koppel deze leerling één keer met de hand.", "Join this pupil by hand once.");
    public static readonly Rule JoinedByHand = Row("M09", Severity.Signal, "Gegevens in dit bestand zijn gekoppeld zoals u het eerder met de hand deed.", "Data in this file were joined as you did by hand before.", NothingNl, NothingEn);

    static Rule Row(string code, Severity severity, string dutch, string english, string remedyDutch, string remedyEnglish, Where? where = null, bool oneCause = false)
    {
        var rule = new Rule(code, severity, dutch, english, remedyDutch, remedyEnglish) { Where = where ?? UsualWhere(code, remedyDutch), OneCause = oneCause || code[0] == 'S' };
        s_all.Add(rule);
        return rule;
    }

    /// <summary>Most rows say where by their block and remedy: files and the school by another export, the rest in the administration.</summary>
    static Where UsualWhere(string code, string remedy) => (code[0], remedy) switch
    {
        (_, NothingNl) => Where.Nothing,
        (_, CorrectNl) => Where.LvsCorrect,
        (_, ExportAgainNl) => Where.ImportAgain,
        ('F' or 'S', _) => Where.ImportAgain,
        ('M', _) => Where.Here,
        _ => Where.LvsCorrect,
    };

    /// <summary>The rule of a code.</summary>
    internal static Rule Of(string code) => s_byCode.TryGetValue(code, out var rule) ? rule : throw new ArgumentException("No rule has this code.", nameof(code));

    static readonly Dictionary<string, Rule> s_byCode = s_all.ToDictionary(r => r.Code, StringComparer.Ordinal);
}
