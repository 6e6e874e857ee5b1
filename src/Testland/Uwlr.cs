using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>UWLR 2.2 <c>leerresultaten_verzoek</c>: every result of the enrolled pupils at this school so far, and what the tests are.</summary>
static class Uwlr
{
    static readonly string[,,] s_codes = Codes();

    static string[,,] Codes()
    {
        var codes = new string[2, Norms.Subjects, Norms.Moments];
        foreach (var (scale, moment) in TestCatalogue.All)
            codes[scale.Code == "lvs-2" ? 0 : 1, (int)scale.Subject - 1, moment.Index] = TestCatalogue.Code(scale, moment);
        return codes;
    }

    internal static void Write(Utf8Text text, District district, SchoolSite school, Edition edition, IReadOnlyList<(Enrolment Enrolment, Kept Kept)> pupils)
    {
        var reference = Testing.Reference(edition);
        text.Put("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">\n<soap:Header><autorisatie xmlns=\"http://www.edustandaard.nl/leerresultaten/2/autorisatie\"><autorisatiesleutel>testland</autorisatiesleutel><klantcode>"u8)
            .Put(school.Location.Code).Put("</klantcode><klantnaam>"u8).PutXml(school.Name).Put("</klantnaam></autorisatie></soap:Header>\n<soap:Body><leerresultaten_verzoek xmlns=\"http://www.edustandaard.nl/leerresultaten/2/leerresultaten\" xmlns:td=\"http://www.edustandaard.nl/leerresultaten/2/toetsdefinities\" xmlns:oso=\"http://www.edustandaard.nl/oso_gegevensset/1.2/dossier\">\n<school><schooljaar>"u8)
            .Put(edition.SchoolYear.ToString()).Put("</schooljaar><brincode>"u8).Put(school.Location.Brin).Put("</brincode><dependancecode>"u8).Put(school.Location.Vestiging)
            .Put("</dependancecode><aanmaakdatum>"u8).Put(reference).Put("T08:00:00</aanmaakdatum><auteur>Testland LVS</auteur><xsdversie>2.2</xsdversie></school>\n<toetsafnames>\n"u8);
        foreach (var (enrolment, _) in pupils) Results(text, district, school, edition, reference.DayNumber, enrolment);
        text.Put("</toetsafnames>\n<toetsen>\n"u8);
        Definitions(text, school);
        text.Put("</toetsen>\n</leerresultaten_verzoek></soap:Body>\n</soap:Envelope>\n"u8);
    }

    static void Results(Utf8Text text, District district, SchoolSite school, Edition edition, int reference, Enrolment enrolment)
    {
        var any = false;
        foreach (var score in enrolment.Scores)
        {
            if (score.Day >= reference) break;
            if (!any) Open(text, district, school, enrolment);
            any = true;
            var scale = score.OldSeries ? 0 : 1;
            OpenResult(text, enrolment, ResultNumber(score.SchoolYear, score.Half, score.Subject), score.Day, s_codes[scale, score.Subject, score.Moment]);
            text.Put("<osoresultaat><oso:toetsscore><oso:vaardigheidsscore>"u8).PutTenths(score.Tenths).Put("</oso:vaardigheidsscore><oso:codevaardigheidsschaal>"u8)
                .Put(scale == 0 ? "lvs-2"u8 : "lvs-3"u8).Put("</oso:codevaardigheidsschaal></oso:toetsscore></osoresultaat></resultaat>"u8);
        }
        if (!any) return;
        if (school.OtherSubjects) OtherResults(text, district, edition, enrolment);
        text.Put("</resultaten></toetsafname>\n"u8);
    }

    static void Open(Utf8Text text, District district, SchoolSite school, Enrolment enrolment)
    {
        text.Put("<toetsafname><leerlingid>"u8).Put(enrolment.LasKey).Put("</leerlingid>"u8);
        if (school.CarriesEckId) { text.Put("<eckid>"u8); Edexml.PutEckId(text, district, enrolment.Child); text.Put("</eckid>"u8); }
        text.Put("<resultaten>"u8);
    }

    static void OpenResult(Utf8Text text, Enrolment enrolment, int number, int day, string code) =>
        text.Put("<resultaat key=\""u8).Put(enrolment.LasKey).Put('.').Put(number).Put("\"><afnamedatum>"u8).PutDay(day)
            .Put("</afnamedatum><toetscode>"u8).Put(code).Put("</toetscode>"u8);

    /// <summary>A pupil makes a test of a subject once in a half-year, so a result keeps its key from one export to the next.</summary>
    static int ResultNumber(int schoolYear, HalfYear half, int subject) => (schoolYear * 2 + (int)half) * 8 + subject;

    /// <summary>World studies and a social-emotional list, once a year in group 5 and up: scores that are nobody's business outside the school.</summary>
    static void OtherResults(Utf8Text text, District district, Edition edition, Enrolment enrolment)
    {
        var group = enrolment.GroupAt(edition);
        var dice = new Dice(district.Options.Seed, Purpose.Other, enrolment.Child.Id, (ulong)edition.SchoolYear.Start);
        var (world, social) = (20 + dice.Below(40), dice.Below(25));
        if (group < 5) return;
        var day = Math.Max(enrolment.From, new DateOnly(edition.Year, 2, 6).DayNumber);
        if (day >= Math.Min(enrolment.To, Testing.Reference(edition).DayNumber)) return;
        OpenResult(text, enrolment, ResultNumber(edition.SchoolYear.Start, HalfYear.M, 5), day, $"WO3-M{group}");
        text.Put("<score>"u8).Put(world).Put("</score></resultaat>"u8);
        OpenResult(text, enrolment, ResultNumber(edition.SchoolYear.Start, HalfYear.M, 6), day, $"SEM-{group}");
        text.Put("<score>"u8).Put(social).Put("</score></resultaat>"u8);
    }

    /// <summary>All tests the school has, whether or not somebody made them: the list says nothing about a pupil.</summary>
    static void Definitions(Utf8Text text, SchoolSite school)
    {
        foreach (var (scale, moment) in TestCatalogue.All)
            if (school.OldSeries || scale.Code == "lvs-3")
                Definition(text, TestCatalogue.Code(scale, moment), $"{scale.Subject.Name(dutch: true)} {scale.Code} {moment}", moment.Group.Number, scale.Subject.Name(dutch: true));
        if (!school.OtherSubjects) return;
        for (var group = 5; group <= 8; group++)
        {
            Definition(text, $"WO3-M{group}", $"Wereldoriëntatie M{group}", group, "Wereldoriëntatie");
            Definition(text, $"SEM-{group}", $"Sociaal-emotioneel groep {group}", group, "Sociaal-emotionele ontwikkeling");
        }
    }

    static void Definition(Utf8Text text, string code, string name, int group, string field) =>
        text.Put("<toets><td:toetscode vocabulaire=\""u8).Put(TestCatalogue.Vocabulary).Put("\" vocabulairelocatie=\"https://testland.example/toetsen\">"u8).Put(code)
            .Put("</td:toetscode><td:toetsnaam>"u8).Put(name).Put("</td:toetsnaam><td:leerjaar>"u8).Put(group).Put("</td:leerjaar><td:vakgebied>"u8).Put(field).Put("</td:vakgebied></toets>\n"u8);
}
