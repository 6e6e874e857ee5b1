using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>
/// What one district gives: its schools' export folders, which it writes itself, and its lines of the country's register and truth,
/// which it keeps until its turn comes.
/// </summary>
sealed class DistrictFiles
{
    readonly string _folder;
    readonly TestlandParts _parts;
    readonly Edition[] _editions;
    readonly Utf8Text _text = new();
    readonly List<(Enrolment Enrolment, Kept Kept)> _pupils = [];

    internal DistrictFiles(string folder, TestlandParts parts, Edition[] editions)
    {
        (_folder, _parts, _editions) = (folder, parts, editions);
        Register = [.. editions.Select(_ => Groeilijn.Testland.Register.Files.Select(_ => new Utf8Text()).ToArray())];
        Truth = [.. editions.Select(_ => new Utf8Text())];
    }

    /// <summary>By edition, then by file.</summary>
    internal Utf8Text[][] Register { get; }
    /// <summary>By edition.</summary>
    internal Utf8Text[] Truth { get; }
    internal long Records { get; private set; }

    internal DistrictFiles Fill(District district)
    {
        Records = 0;
        for (var e = 0; e < _editions.Length; e++)
        {
            foreach (var text in Register[e]) text.Clear();
            Truth[e].Clear();
            if (_parts.HasFlag(TestlandParts.Register)) Groeilijn.Testland.Register.Write(Register[e], district, _editions[e]);
            foreach (var school in district.Schools)
                if (school.TakesPart) FillSchool(district, school, e);
        }
        return this;
    }

    void FillSchool(District district, SchoolSite school, int ordinal)
    {
        var edition = _editions[ordinal];
        _pupils.Clear();
        foreach (var enrolment in district.Enrolments[school.Index])
            if (enrolment.Listed(edition)) _pupils.Add((enrolment, Kept.Of(district, enrolment, edition)));
        if (_parts.HasFlag(TestlandParts.Truth)) PutTruth(district, school, ordinal);
        if (district.Options.Objectors == Objectors.Absent) _pupils.RemoveAll(p => p.Enrolment.ObjectionEdition <= ordinal);
        Records += _pupils.Count;
        if (!_parts.HasFlag(TestlandParts.Exports)) return;

        var folder = Path.Combine(_folder, "exports", edition.ToString(), school.Location.Code);
        Directory.CreateDirectory(folder);
        Edexml.Write(_text, district, school, edition, _pupils);
        Save(folder, "edexml.xml");
        Uwlr.Write(_text, district, school, edition, _pupils);
        Save(folder, "uwlr.xml");
        PutAddresses();
        Save(folder, "adressen.csv");
        PutObjections(ordinal);
        Save(folder, "bezwaren.csv");
    }

    void PutAddresses()
    {
        _text.Put("leerling_key;postcode;huisnummer;huisletter;toevoeging\n"u8);
        foreach (var (enrolment, kept) in _pupils)
            if (kept.Postcode is not null)
                _text.Put(enrolment.LasKey).Put(';').Put(kept.PostcodeInList).Put(';').Put(kept.House).Put(';').Put(kept.Letter).Put(';').Put(kept.Addition).Put('\n');
    }

    /// <summary>Objections new before this edition, made three weeks before its reference date.</summary>
    void PutObjections(int ordinal)
    {
        _text.Put("leerling_key;datum\n"u8);
        var day = Testing.Reference(_editions[ordinal]).DayNumber - 21;
        foreach (var (enrolment, _) in _pupils)
            if (enrolment.ObjectionEdition == ordinal) _text.Put(enrolment.LasKey).Put(';').PutDay(day).Put('\n');
    }

    /// <summary>The same whatever becomes of objectors.</summary>
    void PutTruth(District district, SchoolSite school, int ordinal)
    {
        foreach (var (enrolment, kept) in _pupils)
            Truth[ordinal].Put(school.Location.Code).Put(',').Put(enrolment.LasKey).Put(',').Put(enrolment.Child.Key(district.Number)).Put(',')
                .Put(enrolment.ObjectionEdition <= ordinal ? '1' : '0').Put(',').Put(kept.Errors).Put('\n');
    }

    void Save(string folder, string name)
    {
        using var file = File.OpenHandle(Path.Combine(folder, name), FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, _text.Bytes, 0);
        _text.Clear();
    }
}
