using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>How far the writing is.</summary>
/// <param name="District">Districts done.</param>
/// <param name="Districts">Districts in all.</param>
/// <param name="Records">Pupils written in exports so far, once for each edition.</param>
public readonly record struct TestlandProgress(int District, int Districts, long Records);

/// <summary>Which parts to write.</summary>
[Flags]
public enum TestlandParts
{
    /// <summary><c>schools.csv</c>.</summary>
    Schools = 1,
    /// <summary><c>exports/&lt;edition&gt;/&lt;location&gt;/</c>: what the schools' own systems hand them.</summary>
    Exports = 2,
    /// <summary><c>register/&lt;edition&gt;/</c>: what the population register knows.</summary>
    Register = 4,
    /// <summary><c>truth/&lt;edition&gt;.csv</c>: who is who. Nobody has this in earnest.</summary>
    Truth = 8,
    /// <summary>All of them.</summary>
    All = 15,
}

/// <summary>Writes the country's files, district by district: memory does not grow with the country.</summary>
public sealed class TestlandWriter
{
    readonly Country _country;
    readonly string _folder;
    readonly TestlandParts _parts;
    readonly Edition[] _editions;
    readonly Utf8Text _text = new();
    readonly List<(Enrolment Enrolment, Kept Kept)> _pupils = [];
    long _records;

    TestlandWriter(TestlandOptions options, string folder, TestlandParts parts) =>
        (_country, _folder, _parts, _editions) = (new Country(options), folder, parts, [.. options.AllEditions]);

    /// <summary>Writes the parts into a folder; files that are there are replaced.</summary>
    /// <returns>The number of pupils written in exports, once for each edition.</returns>
    public static long Write(TestlandOptions options, string folder, IProgress<TestlandProgress>? progress = null, TestlandParts parts = TestlandParts.All)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var writer = new TestlandWriter(options, folder, parts);
        Directory.CreateDirectory(folder);
        if (parts.HasFlag(TestlandParts.Schools)) writer.WriteSchools();
        if ((parts & ~TestlandParts.Schools) != 0) writer.WriteDistricts(progress);
        return writer._records;
    }

    void WriteSchools()
    {
        using var file = Open("schools.csv");
        _text.Clear();
        _text.Put("location,name,province,board,kind\n"u8);
        foreach (var school in _country.Schools())
            _text.Put(school.Location.Code).Put(',').PutCell(school.Name).Put(',').Put(school.Province.Code).Put(',').PutCell(school.Board).Put(",bo\n"u8);
        file.Write(_text.Bytes);
    }

    void WriteDistricts(IProgress<TestlandProgress>? progress)
    {
        var register = _editions.Select(e => _parts.HasFlag(TestlandParts.Register) ? new RegisterFiles(this, e) : null).ToArray();
        var truth = _editions.Select(e => _parts.HasFlag(TestlandParts.Truth) ? Open("truth", $"{e}.csv") : null).ToArray();
        try
        {
            foreach (var file in truth) file?.Write("location,las_key,key,objects,errors\n"u8);
            for (var d = 0; d < _country.Districts; d++)
            {
                var district = _country.District(d);
                for (var e = 0; e < _editions.Length; e++)
                {
                    register[e]?.Write(district);
                    foreach (var school in district.Schools)
                        if (school.TakesPart) WriteSchool(district, school, e, truth[e]);
                }
                progress?.Report(new TestlandProgress(d + 1, _country.Districts, _records));
            }
        }
        finally
        {
            foreach (var files in register) files?.Dispose();
            foreach (var file in truth) file?.Dispose();
        }
    }

    void WriteSchool(District district, SchoolSite school, int ordinal, FileStream? truth)
    {
        var edition = _editions[ordinal];
        _pupils.Clear();
        foreach (var enrolment in district.Enrolments[school.Index])
            if (enrolment.Listed(edition)) _pupils.Add((enrolment, Kept.Of(district, enrolment, edition)));
        if (truth is not null) WriteTruth(district, school, ordinal, truth);
        if (district.Options.Objectors == Objectors.Absent) _pupils.RemoveAll(p => p.Enrolment.ObjectionEdition <= ordinal);
        _records += _pupils.Count;
        if (!_parts.HasFlag(TestlandParts.Exports)) return;

        var folder = Path.Combine("exports", edition.ToString(), school.Location.Code);
        Save(folder, "edexml.xml", text => Edexml.Write(text, district, school, edition, _pupils));
        Save(folder, "uwlr.xml", text => Uwlr.Write(text, district, school, edition, _pupils));
        Save(folder, "adressen.csv", WriteAddresses);
        Save(folder, "bezwaren.csv", text => WriteObjections(text, ordinal));
    }

    void WriteAddresses(Utf8Text text)
    {
        text.Put("leerling_key;postcode;huisnummer;huisletter;toevoeging\n"u8);
        foreach (var (enrolment, kept) in _pupils)
            if (kept.Postcode is not null)
                text.Put(enrolment.LasKey).Put(';').Put(kept.PostcodeInList).Put(';').Put(kept.House).Put(';').Put(kept.Letter).Put(';').Put(kept.Addition).Put('\n');
    }

    /// <summary>Objections new before this edition, made three weeks before its reference date.</summary>
    void WriteObjections(Utf8Text text, int ordinal)
    {
        text.Put("leerling_key;datum\n"u8);
        var day = Testing.Reference(_editions[ordinal]).DayNumber - 21;
        foreach (var (enrolment, _) in _pupils)
            if (enrolment.ObjectionEdition == ordinal) text.Put(enrolment.LasKey).Put(';').PutDay(day).Put('\n');
    }

    /// <summary>The same whatever becomes of objectors.</summary>
    void WriteTruth(District district, SchoolSite school, int ordinal, FileStream truth)
    {
        _text.Clear();
        foreach (var (enrolment, kept) in _pupils)
            _text.Put(school.Location.Code).Put(',').Put(enrolment.LasKey).Put(',').Put(enrolment.Child.Key(district.Number)).Put(',')
                .Put(enrolment.ObjectionEdition <= ordinal ? '1' : '0').Put(',').Put(kept.Errors).Put('\n');
        truth.Write(_text.Bytes);
    }

    void Save(string folder, string name, Action<Utf8Text> write)
    {
        _text.Clear();
        write(_text);
        using var file = Open(folder, name);
        file.Write(_text.Bytes);
    }

    FileStream Open(params ReadOnlySpan<string> parts)
    {
        var path = Path.Combine(_folder, Path.Combine(parts));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>The four files of one edition, open while the districts pass.</summary>
    sealed class RegisterFiles : IDisposable
    {
        readonly Edition _edition;
        readonly FileStream[] _files;
        readonly Utf8Text[] _texts;

        internal RegisterFiles(TestlandWriter writer, Edition edition)
        {
            _edition = edition;
            _files = [.. Register.Files.Select(f => writer.Open("register", edition.ToString(), f.File))];
            _texts = [.. Register.Files.Select(_ => new Utf8Text())];
            for (var i = 0; i < _files.Length; i++) _files[i].Write(System.Text.Encoding.UTF8.GetBytes(Register.Files[i].Header));
        }

        internal void Write(District district)
        {
            foreach (var text in _texts) text.Clear();
            Register.Write(_texts, district, _edition);
            for (var i = 0; i < _files.Length; i++) _files[i].Write(_texts[i].Bytes);
        }

        public void Dispose()
        {
            foreach (var file in _files) file.Dispose();
        }
    }
}
