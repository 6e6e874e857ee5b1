using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>Puts the new picture of the school in the place of the old one, in one transaction with its ledger entry.</summary>
static class Picture
{
    const int ManyGoneShare = 2;

    public static ImportOutcome Replace(SchoolHome home, Joining joined, IReadOnlyList<Reading> readings, DateOnly reference, SchoolYear year) => home.Store.Write(tx =>
    {
        var before = tx.ReadOne<long>("SELECT count(*) FROM pupil WHERE gone = 0");
        Persons.Recognise(tx, joined.Pupils);
        SignalChangedNumbers(tx, joined.Pupils);
        if (joined.Pupils.Count * ManyGoneShare < before) joined.Findings.Add(new(Rules.ManyGone, Place.None));
        if (joined.Pupils.Sum(p => p.Results.Count) == 0) joined.Findings.Add(new(Rules.NoResults, Place.None));

        tx.Execute("UPDATE pupil SET gone = 1, name = '', postcode = NULL, house = NULL, letter = NULL, addition = NULL WHERE gone = 0");
        StorePupils(tx, joined.Pupils);
        StoreYears(tx, joined.Pupils, year);
        StoreResults(tx, joined);
        var findings = joined.Findings.Concat(joined.Pupils.SelectMany(p => p.Findings.Select(f => f with { Person = p.Person }))).ToList();
        StoreFindings(tx, findings);
        ForgetPreviews(tx, home);

        var results = joined.Pupils.Sum(p => p.Results.Count);
        var gone = tx.ReadOne<long>("SELECT count(*) FROM pupil WHERE gone = 1");
        StoreImport(tx, home, joined, readings, reference, year, results);
        tx.Enter(home.Entry("imported", ("files", readings.Count), ("pupils", joined.Pupils.Count), ("results", results)));
        return new ImportOutcome(true, findings, [.. readings.Select(ImportedFile.Of)], reference, year.ToString(), joined.Pupils.Count, results, joined.OtherTests, (int)gone);
    });

    /// <summary>A preview shows what goes along; after an import or an objection it no longer does, so it goes.</summary>
    internal static void ForgetPreviews(Transaction tx, SchoolHome home)
    {
        tx.Execute("DELETE FROM preview");
        if (!Directory.Exists(home.PreviewFolder)) return;
        foreach (var file in Directory.EnumerateFiles(home.PreviewFolder)) File.Delete(file);
    }

    static void SignalChangedNumbers(Transaction tx, List<JoinedPupil> pupils)
    {
        var known = tx.Read<KnownNumber>("SELECT person AS Person, number AS Number FROM pupil WHERE number IS NOT NULL").ToDictionary(k => k.Person, k => k.Number);
        foreach (var pupil in pupils)
            if (pupil.Number is { } number && known.TryGetValue(pupil.Person, out var old) && old != number.Digits) pupil.Find(Rules.NumberChanged);
    }

    static void StorePupils(Transaction tx, List<JoinedPupil> pupils)
    {
        using var insert = tx.Prepare("""
            INSERT OR REPLACE INTO pupil (person, gone, key, name, number_kind, number, sex, born, postcode, house, letter, addition, year_group, file, line)
            VALUES (@person, 0, @key, @name, @kind, @number, @sex, @born, @postcode, @house, @letter, @addition, @group, @file, @line)
            """, "@person", "@key", "@name", "@kind", "@number", "@sex", "@born", "@postcode", "@house", "@letter", "@addition", "@group", "@file", "@line");
        foreach (var p in pupils)
            Rows.Run(insert, p.Person, p.Key, p.Name, Kind(p.Number), p.Number?.Digits, SexCodes.Write(SexCoding.Delivery, p.Sex), p.Born?.Text, p.Postcode?.Text,
                p.House?.Number, p.House?.Letter?.ToString(), p.House is { Addition.Length: > 0 } house ? house.Addition : null, p.YearGroup, p.File, p.Line);
    }

    internal static string? Kind(PersonNumber? number) => number is null ? null : number.Value.Kind == NumberKind.Bsn ? "bsn" : "onderwijsnummer";

    static void StoreYears(Transaction tx, List<JoinedPupil> pupils, SchoolYear year)
    {
        using var insert = tx.Prepare("INSERT OR REPLACE INTO enrolment (person, school_year, year_group) VALUES (@person, @year, @group)", "@person", "@year", "@group");
        foreach (var p in pupils)
        {
            foreach (var (taken, then) in p.YearGroupsAtTests)
                if (Joining.Day(taken) is { Year: >= 1991 and < 2100 } day && YearGroup.Parse(then).OrNull is { } earlier) Rows.Run(insert, p.Person, SchoolYear.Of(day).Start, earlier.Number);
            if (YearGroup.Parse(p.YearGroup).OrNull is { } group) Rows.Run(insert, p.Person, year.Start, group.Number);
        }
    }

    /// <summary>The export is right about the half-years it speaks of, so that a result that was rolled back disappears; it is silent about the others.</summary>
    static void StoreResults(Transaction tx, Joining joined)
    {
        using (var delete = tx.Prepare("DELETE FROM result WHERE half = @half", "@half"))
            foreach (var half in joined.Halves) Rows.Run(delete, half.ToString());
        using var insert = tx.Prepare("INSERT INTO result (person, half, subject, scale, moment, taken, score, file, line) VALUES (@person, @half, @subject, @scale, @moment, @taken, @score, @file, @line)",
            "@person", "@half", "@subject", "@scale", "@moment", "@taken", "@score", "@file", "@line");
        foreach (var p in joined.Pupils)
            foreach (var r in p.Results)
                Rows.Run(insert, p.Person, Edition.Of(r.Taken).ToString(), r.Scale.Subject.Code(), r.Scale.Code, r.Moment.ToString(), Rows.Day(r.Taken), r.Tenths, r.File, r.Line);
    }

    static void StoreFindings(Transaction tx, List<Finding> findings)
    {
        tx.Execute("DELETE FROM finding");
        using var insert = tx.Prepare("INSERT INTO finding (rule, file, line, col, person, number) VALUES (@rule, @file, @line, @col, @person, @number)", "@rule", "@file", "@line", "@col", "@person", "@number");
        foreach (var f in findings) Rows.Run(insert, f.Rule.Code, f.Place.File, f.Place.Line, f.Place.Column, f.Person, f.Count);
    }

    static void StoreImport(Transaction tx, SchoolHome home, Joining joined, IReadOnlyList<Reading> readings, DateOnly reference, SchoolYear year, int results)
    {
        var id = tx.ReadOne<long>("INSERT INTO import (imported, reference, school_year, pupils, results, other_tests) VALUES (@now, @reference, @year, @pupils, @results, @other) RETURNING id",
            new { now = home.Now, reference = Rows.Day(reference), year = year.ToString(), pupils = joined.Pupils.Count, results, other = joined.OtherTests });
        foreach (var reading in readings)
            tx.Execute("INSERT INTO import_file (import, kind, bytes, sha256) VALUES (@id, @kind, @bytes, @sha256)",
                new { id, kind = reading.Kind.ToString(), bytes = reading.Bytes, sha256 = Convert.ToHexStringLower(reading.Sha256) });
    }

    sealed record KnownNumber
    {
        public long Person { get; init; }
        public string Number { get; init; } = "";
    }
}

/// <summary>Small things of every statement.</summary>
static class Rows
{
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Runs a prepared statement with its parameters in order.</summary>
    public static void Run(Microsoft.Data.Sqlite.SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
