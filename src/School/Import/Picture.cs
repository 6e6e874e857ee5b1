using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>Puts the new picture of the school in the place of the old one, in one transaction with its ledger entry.</summary>
static class Picture
{
    public static ImportOutcome Replace(SchoolHome home, Joining joined, IReadOnlyList<Reading> readings, DateOnly reference, SchoolYear year) => home.Store.Write(tx =>
    {
        var before = tx.Read<PupilEntry>(PupilEntry.Select);
        Persons.Recognise(tx, home.Vault, joined.Pupils);
        HandJoins.Apply(tx, home, joined);
        joined.Settle();
        Changes.Find(before, home.Vault, joined);
        if (joined.Pupils.Sum(p => p.Results.Count) == 0) joined.Findings.Add(new(Rules.NoResults, Place.None));

        Leave(tx, home.Vault, before, joined.Pupils);
        StorePupils(tx, home.Vault, joined.Pupils);
        StoreYears(tx, joined.Pupils, year);
        StoreResults(tx, home.Vault, joined);
        var findings = joined.Findings.Concat(joined.Pupils.SelectMany(p => p.Findings.Select(f => f with { Person = p.Person }))).ToList();
        StoreFindings(tx, findings);
        ForgetPreviews(tx);

        var results = joined.Pupils.Sum(p => p.Results.Count);
        var gone = tx.ReadOne<long>("SELECT count(*) FROM pupil WHERE gone = 1");
        StoreImport(tx, home, joined, readings, reference, year, results);
        tx.Enter(home.Entry("imported", ("files", readings.Count), ("pupils", joined.Pupils.Count), ("results", results)));
        return new ImportOutcome(true, findings, [.. readings.Select(ImportedFile.Of)], reference, year.ToString(), joined.Pupils.Count, results, joined.OtherTests, (int)gone);
    });

    /// <summary>A preview shows what goes along; after an import or an objection it no longer does, so it goes.</summary>
    internal static void ForgetPreviews(Transaction tx) => tx.Execute("DELETE FROM preview");

    /// <summary>Who is no longer in the export keeps only what a later objection needs: no name, no address.</summary>
    static void Leave(Transaction tx, Vault vault, IReadOnlyList<PupilEntry> before, List<JoinedPupil> pupils)
    {
        var stay = pupils.Select(p => p.Person).ToHashSet();
        foreach (var left in before.Where(p => !p.Gone && !stay.Contains(p.Person)))
            tx.Execute("UPDATE pupil SET gone = 1, identity = @identity WHERE person = @person", new { person = left.Person, identity = vault.SealJson(left.Open(vault).WithoutNameAndAddress(), left.Place) });
    }

    static void StorePupils(Transaction tx, Vault vault, List<JoinedPupil> pupils)
    {
        using var insert = tx.Prepare("INSERT OR REPLACE INTO pupil (person, gone, identity, year_group, file, line) VALUES (@person, 0, @identity, @group, @file, @line)", "@person", "@identity", "@group", "@file", "@line");
        foreach (var p in pupils) Rows.Run(insert, p.Person, vault.SealJson(Identity(p), PupilEntry.PlaceOf(p.Person)), p.YearGroup, p.File, p.Line);
    }

    static PupilIdentity Identity(JoinedPupil p) => new()
    {
        Key = p.Key,
        Name = p.Name,
        NumberKind = Kind(p.Number),
        Number = p.Number?.Digits,
        Sex = SexCodes.Write(SexCoding.Delivery, p.Sex),
        Born = p.Born?.Text,
        Postcode = p.Postcode?.Text,
        House = p.House?.Number,
        Letter = p.House?.Letter?.ToString(),
        Addition = p.House is { Addition.Length: > 0 } house ? house.Addition : null,
        Group = p.Group,
    };

    internal static string? Kind(PersonNumber? number) => number is null ? null : number.Value.Kind == NumberKind.Bsn ? "bsn" : "onderwijsnummer";

    static void StoreYears(Transaction tx, List<JoinedPupil> pupils, SchoolYear year)
    {
        using var insert = tx.Prepare("INSERT OR REPLACE INTO enrolment (person, school_year, year_group) VALUES (@person, @year, @group)", "@person", "@year", "@group");
        foreach (var p in pupils)
        {
            foreach (var (taken, then) in p.YearGroupsAtTests)
                if (Import.SchoolDay(taken) is { } day && YearGroup.Parse(then).OrNull is { } earlier) Rows.Run(insert, p.Person, SchoolYear.Of(day).Start, earlier.Number);
            if (YearGroup.Parse(p.YearGroup).OrNull is { } group) Rows.Run(insert, p.Person, year.Start, group.Number);
        }
    }

    /// <summary>The export is right about the half-years it speaks of, so that a result that was rolled back disappears; it is silent about the others.</summary>
    static void StoreResults(Transaction tx, Vault vault, Joining joined)
    {
        using (var delete = tx.Prepare("DELETE FROM result WHERE half = @half", "@half"))
            foreach (var half in joined.Halves) Rows.Run(delete, half.ToString());
        using var insert = tx.Prepare("INSERT INTO result (person, half, results) VALUES (@person, @half, @results)", "@person", "@half", "@results");
        foreach (var p in joined.Pupils)
            foreach (var half in p.Results.GroupBy(r => Edition.Of(r.Taken)))
                Rows.Run(insert, p.Person, half.Key.ToString(), vault.SealJson(half.Select(Stored).ToArray(), StoredResult.PlaceOf(p.Person, half.Key.ToString())));
    }

    internal static StoredResult Stored(JoinedResult r) => new() { Subject = r.Scale.Subject.Code(), Scale = r.Scale.Code, Moment = r.Moment.ToString(), Taken = Rows.Day(r.Taken), Score = r.Tenths, File = r.File, Line = r.Line };

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
}

/// <summary>Small things of every statement.</summary>
static class Rows
{
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Runs a prepared statement with its parameters in order.</summary>
    public static void Run(System.Data.Common.DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
