using System.Security.Cryptography;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Reads the messages of the doorstroomtoets (versions 1.0 and 1.1): the list of participants, and the results of pupils, one
/// message or a list of them. Participants are pupils without number and address. Results are recognised and counted and
/// never read: no scale of a doorstroomtoets is that of the pupil tracking system.
/// </summary>
static class NextTestFile
{
    /// <summary>A list of two hundred participants takes a tenth of a megabyte.</summary>
    const long MostBytes = 16 << 20;

    static readonly (string Says, string Version)[] s_versions = [("Doorstroomtoetsketen_v1", "1.0"), ("Doorstroomtoetsketen_v1.0", "1.0"), ("Doorstroomtoetsketen_v1.1", "1.1")];

    public static void Read(Stream file, Survey survey, Reading into)
    {
        if (file.Length > MostBytes) throw new FileRefused(Rules.FileTooLarge);
        var utf8 = Utf8(file, survey, into);
        try
        {
            var json = new JsonRecords(utf8, into);
            while (json.Message())
                if (json.IsArray) while (json.Element()) Message(ref json, into);
                else Message(ref json, into);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(utf8);
        }
        if (into.Kind == FileKind.Unknown) throw new FileRefused(Rules.FileOtherJson, 1);
    }

    static byte[] Utf8(Stream file, Survey survey, Reading into)
    {
        var (encoding, lies) = survey.EncodingOfJson();
        if (lies) into.Bend(Rules.FileEncodingLies, 1);
        using var text = survey.Text(file, encoding);
        if (encoding != TextEncoding.StrictUtf8) return TextEncoding.StrictUtf8.GetBytes(text.ReadToEnd());
        var utf8 = new byte[file.Length - file.Position];
        file.ReadExactly(utf8);
        return utf8;
    }

    /// <summary>What a message says; its profile may come last.</summary>
    sealed class Parts
    {
        public int Line;
        public string Profile = "", Version = "";
        public SchoolHeader School { get; } = new();
        public List<PupilRow> Pupils { get; } = [];
        public List<(GroupRow Row, int Line)> Groups { get; } = [];
    }

    static void Message(ref JsonRecords json, Reading into)
    {
        if (!json.IsObject) throw new FileRefused(Rules.FileOtherJson, json.Line);
        var parts = new Parts { Line = json.Line };
        parts.School.Line = parts.Line;
        while (json.Property() is { } name)
            switch (name)
            {
                case "profiel": parts.Profile = json.Text(); break;
                case "versie": parts.Version = json.Text(); break;
                case "schooljaar": parts.School.SchoolYear = json.Text(); break;
                case "datumtijd": parts.School.Created = json.Text(); break;
                case "deelnemersgroep": School(ref json, parts.School); break;
                case "groepen" when json.IsArray: while (json.Element()) Group(ref json, parts, into); break;
                case "deelnemers" when json.IsArray: while (json.Element()) Participant(ref json, parts, into); break;
                default: json.Pass(); break;
            }
        Take(parts, into);
    }

    static void Take(Parts parts, Reading into)
    {
        var kind = parts.Profile switch
        {
            "Toetsdeelnemers" => FileKind.NextTestParticipants,
            "Leerlingtoetsresultaat" => FileKind.NextTestResults,
            _ => throw new FileRefused(Rules.FileOtherJson, parts.Line, "profiel"),
        };
        if (into.Kind != FileKind.NextTestParticipants) into.Kind = kind;
        into.Version = Array.Find(s_versions, v => v.Says == parts.Version).Version ?? "";
        if (into.Version.Length == 0) into.Bend(Rules.FileOtherVersion, parts.Line, "versie");
        if (kind == FileKind.NextTestResults)
        {
            into.OtherTests++;
            into.Bend(Rules.FileNextTest, parts.Line);
        }
        else
        {
            foreach (var (row, line) in parts.Groups) into.Add(row, line);
            foreach (var pupil in parts.Pupils) into.Add(pupil);
        }
        Head(parts.School, into);
    }

    static void Head(SchoolHeader school, Reading into)
    {
        if (into.School is not { } first) into.School = school;
        else if (school.Brin is not null && first.Brin is not null && (school.Brin, school.Dependance) != (first.Brin, first.Dependance)) throw new FileRefused(Rules.FileTooMany, school.Line, "deelnemersgroep");
        else if (string.CompareOrdinal(school.Created, first.Created) > 0) first.Created = school.Created;
    }

    static void School(ref JsonRecords json, SchoolHeader school)
    {
        if (!json.IsObject) { json.Pass(); return; }
        while (json.Property() is { } name)
            switch (name)
            {
                case "instellingscode": school.Brin = json.Text(); break;
                case "vestigingscode": school.Dependance = json.Text(); break;
                default: json.Pass(); break;
            }
    }

    static void Group(ref JsonRecords json, Parts parts, Reading into)
    {
        var (line, key, yearGroup, label) = (json.Line, "", "", "");
        if (!json.IsObject) { json.Pass(); return; }
        while (json.Property() is { } name)
            switch (name)
            {
                case "label": label = json.Text(); break;
                case "id": key = json.Text(); break;
                case "niveau": yearGroup = YearGroup(ref json, into); break;
                default: json.Pass(); break;
            }
        if (Labelled(label, "Stamgroep", into, line) && parts.Groups.Count <= Reading.MostGroups) parts.Groups.Add((new(key, yearGroup), line));
    }

    static void Participant(ref JsonRecords json, Parts parts, Reading into)
    {
        var (pupil, label) = (new PupilRow { Line = json.Line }, "");
        if (!json.IsObject) { json.Pass(); return; }
        while (json.Property() is { } name)
            switch (name)
            {
                case "label": label = json.Text(); break;
                case "deelnemerref" when json.IsArray: while (json.Element()) Identity(ref json, pupil, into); break;
                case "deelnemerref": Identity(ref json, pupil, into); break;
                case "achternaam": pupil.LastName = json.Text(); break;
                case "voorvoegsel": pupil.Prefix = json.Text(); break;
                case "roepnaam": pupil.FirstName = json.Text(); break;
                case "groep": pupil.Group = json.Text(); break;
                case "niveau": pupil.YearGroup = YearGroup(ref json, into); break;
                case "extensie": Demography(ref json, pupil, into); break;
                default: json.Pass(); break;
            }
        if (!Labelled(label, "Leerling", into, pupil.Line)) return;
        if (parts.Pupils.Count == Reading.MostPupils) throw new FileRefused(Rules.FileTooMany, pupil.Line, "deelnemers");
        parts.Pupils.Add(pupil);
    }

    static void Identity(ref JsonRecords json, PupilRow pupil, Reading into)
    {
        var (line, label, identity) = (json.Line, "", "");
        if (!json.IsObject) { json.Pass(); return; }
        while (json.Property() is { } name)
            switch (name)
            {
                case "label": label = json.Text(); break;
                case "onderwijsdeelnemerID": identity = json.Text(); break;
                default: json.Pass(); break;
            }
        if (label == "ECK-iD") pupil.Eck = identity;
        else if (label == "LAS-key") pupil.Key = identity;
        else into.Bend(Rules.FileLabel, line, "deelnemerref");
    }

    static void Demography(ref JsonRecords json, PupilRow pupil, Reading into)
    {
        var (line, label, born, sex) = (json.Line, "", "", "");
        if (!json.IsObject) { json.Pass(); return; }
        while (json.Property() is { } name)
            switch (name)
            {
                case "label": label = json.Text(); break;
                case "geboortedatum": born = json.Text(); break;
                case "geslacht": sex = json.Text(); break;
                default: json.Pass(); break;
            }
        if (Labelled(label, "Demografisch", into, line)) (pupil.Born, pupil.Sex) = (born, OsoDossier.Translate(SexCoding.Doorstroomtoets, sex));
    }

    static string YearGroup(ref JsonRecords json, Reading into)
    {
        var (line, label, yearGroup) = (json.Line, "", "");
        if (!json.IsObject) { json.Pass(); return ""; }
        while (json.Property() is { } name)
            switch (name)
            {
                case "label": label = json.Text(); break;
                case "niveau": yearGroup = json.Text(); break;
                default: json.Pass(); break;
            }
        return Labelled(label, "Jaargroep", into, line) ? yearGroup : "";
    }

    /// <summary>A label is a constant of the standard: where another stands, something else is meant.</summary>
    static bool Labelled(string label, string constant, Reading into, int line)
    {
        if (label == constant || label.Length == 0) return true;
        into.Bend(Rules.FileLabel, line, constant);
        return false;
    }
}
