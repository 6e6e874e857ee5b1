using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>EDEXML 2.1 as a LAS exports it: school, groups, all enrolled pupils, teachers. Elements in the order of the schema; never an empty one.</summary>
static class Edexml
{
    static readonly string[] s_countries = ["TR", "MA", "SR", "PL", "DE", "SY", "CN", "?"];

    internal static void Write(Utf8Text text, District district, SchoolSite school, Edition edition, IReadOnlyList<(Enrolment Enrolment, Kept Kept)> pupils)
    {
        var reference = Testing.Reference(edition);
        text.Put("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<EDEX xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"EDEXML.structuur.xsd\">\n<school><schooljaar>"u8)
            .Put(edition.SchoolYear.ToString()).Put("</schooljaar><peildatum>"u8).Put(reference)
            .Put("</peildatum><brincode>"u8).Put(school.Location.Brin).Put("</brincode><dependancecode>"u8).Put(school.Location.Vestiging)
            .Put("</dependancecode><aanmaakdatum>"u8).Put(reference).Put("T08:00:00</aanmaakdatum><auteur>Testland LAS</auteur><xsdversie>2.1</xsdversie></school>\n<groepen>\n"u8);
        var groups = Groups(school);
        foreach (var (key, name, year) in groups)
            text.Put("<groep key=\""u8).Put(key).Put("\"><naam>"u8).Put(name).Put("</naam><jaargroep>"u8).Put(year).Put("</jaargroep></groep>\n"u8);
        text.Put("</groepen>\n<leerlingen>\n"u8);
        foreach (var (enrolment, kept) in pupils) Pupil(text, district, school, edition, enrolment, kept);
        text.Put("</leerlingen>\n<leerkrachten>\n"u8);
        var staff = new Dice(district.Options.Seed, Purpose.Staff, (ulong)school.Serial, (ulong)edition.SchoolYear.Start);
        foreach (var (key, _, _) in groups)
        {
            text.Put("<leerkracht key=\"t-"u8).Put(key).Put("\"><achternaam>"u8).Put(Names.Family(ref staff)).Put("</achternaam><roepnaam>"u8).Put(Names.Given(staff.Chance(0.8), ref staff))
                .Put("</roepnaam><rol>LRK</rol><groepen><groep key=\""u8).Put(key).Put("\"/></groepen></leerkracht>\n"u8);
        }
        text.Put("</leerkrachten>\n</EDEX>\n"u8);
    }

    /// <summary>Groups 1 and 2 are together everywhere; in a small school all others are too, two by two.</summary>
    static List<(string Key, string Name, string Year)> Groups(SchoolSite school)
    {
        var groups = new List<(string, string, string)>();
        for (var section = 0; section < school.ParallelClasses; section++) groups.Add(($"g12{(char)('a' + section)}", $"1/2{(char)('a' + section)}", "C"));
        if (school.CombinesGroups)
            foreach (var low in (ReadOnlySpan<int>)[3, 5, 7]) groups.Add(($"g{low}{low + 1}a", $"{low}/{low + 1}", "C"));
        else
            for (var year = 3; year <= 8; year++)
                for (var section = 0; section < school.ParallelClasses; section++) groups.Add(($"g{year}{(char)('a' + section)}", $"{year}{(char)('a' + section)}", $"{year}"));
        return groups;
    }

    static void PutGroupKey(Utf8Text text, SchoolSite school, int year, ulong child)
    {
        text.Put('g');
        if (year <= 2) text.Put("12"u8);
        else if (school.CombinesGroups) text.Put(year - 1 + year % 2).Put(year + year % 2);
        else text.Put(year);
        text.Put((char)('a' + (int)(child % (ulong)school.ParallelClasses)));
    }

    static void Pupil(Utf8Text text, District district, SchoolSite school, Edition edition, Enrolment enrolment, Kept kept)
    {
        var child = enrolment.Child;
        var dice = new Dice(district.Options.Seed, Purpose.Names, child.Id);
        var family = new Dice(district.Options.Seed, Purpose.Names, child.Id - (ulong)child.Order, 1);
        text.Put("<leerling key=\""u8).Put(enrolment.LasKey);
        if (school.CarriesEckId) { text.Put("\" eckid=\""u8); PutEckId(text, district, child); }
        text.Put("\"><achternaam>"u8).Put(Names.Family(ref family)).Put("</achternaam>"u8);
        if (Names.Prefix(ref family) is { } prefix) text.Put("<voorvoegsel>"u8).Put(prefix).Put("</voorvoegsel>"u8);
        text.Put("<roepnaam>"u8).Put(Names.Given(child.Sex == Sex.Female, ref dice)).Put("</roepnaam>"u8);
        if (kept.Born is { } born) text.Put("<geboortedatum>"u8).Put(born).Put("</geboortedatum>"u8);
        text.Put("<geslacht>"u8).Put(SexCodes.Write(SexCoding.Edexml, kept.Sex)).Put("</geslacht><jaargroep>"u8);
        var year = enrolment.GroupAt(edition);
        text.Put(year).Put("</jaargroep><groep key=\""u8);
        PutGroupKey(text, school, year, child.Id >> 3);
        text.Put("\"/>"u8);
        var sensitive = new Dice(district.Options.Seed, Purpose.Sensitive, child.Id);
        var shows = school.CarriesSensitive && sensitive.Chance(0.6);
        if (shows)
        {
            text.Put("<etniciteit>"u8).Put(child.Family.Elsewhere ? '1' : '0').Put("</etniciteit>"u8);
            var country = child.Family.Elsewhere ? s_countries[sensitive.Below(s_countries.Length)] : "NL";
            text.Put("<land_vader>"u8).Put(country).Put("</land_vader><land_moeder>"u8).Put(country).Put("</land_moeder>"u8);
        }
        if (kept.Bsn is { } bsn) text.Put("<bsn>"u8).Put(bsn).Put("</bsn>"u8);
        else if (kept.Onderwijsnummer is { } number) text.Put("<onderwijsnummer>"u8).Put(number).Put("</onderwijsnummer>"u8);
        if (shows) text.Put("<gewicht_nieuw>"u8).Put(child.Family.Education == ParentEducation.Low ? sensitive.Chance(0.5) ? "1,2" : "0,3" : "0").Put("</gewicht_nieuw>"u8);
        if (kept.Postcode is { } postcode) text.Put("<postcodenl>"u8).Put(postcode).Put("</postcodenl>"u8);
        text.Put("<instroomdatum>"u8).PutDay(enrolment.From).Put("</instroomdatum>"u8);
        if (enrolment.LeftButListed(edition)) text.Put("<uitstroomdatum>"u8).PutDay(enrolment.To - 1).Put("</uitstroomdatum>"u8);
        text.Put("</leerling>\n"u8);
    }

    /// <summary>The chain identity belongs to the child, whatever the school.</summary>
    internal static void PutEckId(Utf8Text text, District district, Child child)
    {
        var dice = new Dice(district.Options.Seed, Purpose.Eck, child.Id);
        text.Put("https://ketenid.nl/201703/"u8);
        Span<char> sixteen = stackalloc char[16];
        for (var i = 0; i < 8; i++)
        {
            dice.Next().TryFormat(sixteen, out _, "x16", System.Globalization.CultureInfo.InvariantCulture);
            text.Put(sixteen);
        }
    }
}
