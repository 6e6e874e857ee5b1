using System.Globalization;
using System.Text.RegularExpressions;
using Groeilijn.Columns;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>A file of background: one variable on one day.</summary>
/// <param name="Path">Relative to the home; null when nobody of the cohort has a value.</param>
/// <param name="Variable">What it says.</param>
/// <param name="AsOf">The day that it speaks of.</param>
/// <param name="Basis">The law that allows it.</param>
/// <param name="Rows">How many people of the cohort.</param>
/// <param name="Sha256">Its hash.</param>
public sealed record BackgroundPart(string Path, string Variable, DateOnly AsOf, string Basis, int Rows, string Sha256);

/// <summary>What an import of background did.</summary>
/// <param name="Parts">The files, one a variable.</param>
/// <param name="Unknown">Rows of people whom the register does not know.</param>
/// <param name="NotInCohort">Rows of people of whom the cohort holds nothing; they are not kept.</param>
public sealed record BackgroundImport(IReadOnlyList<BackgroundPart> Parts, int Unknown, int NotInCohort);

/// <summary>
/// What the office's own registers say beyond linking (sex, parents' education, household income, origin), joined on RIN and never through a school. Kept only of
/// people of whom the cohort holds something, with the law that allows it; origin, a special category, only under article 35 of the law on Statistics
/// Netherlands. A project sees a variable only when its approval names it.
/// </summary>
public static partial class Background
{
    /// <summary>The basis without which origin is refused.</summary>
    public const string OriginBasis = "CBS-wet 35";

    static readonly string[] s_variables = ["sex", "parent_education", "income", "origin", "household"];

    /// <summary>The variables that a file may hold.</summary>
    public static IReadOnlyList<string> Variables => s_variables;

    /// <summary>Imports a CSV of the office's own: a column <c>rin</c> or <c>key</c> (the register's own key of a person) first, then variables. The same again changes nothing.</summary>
    public static Outcome<BackgroundImport> Import(OfficeHome home, string file, DateOnly asOf, string basis)
    {
        if (!Basis().IsMatch(basis)) return new Refusal("no-basis", "Background is kept only with the law that allows it.", "Name it in a line of at most 100 letters, digits, spaces and dashes: --basis \"CBS-wet 33\".");
        if (ProcessGuard.Engage(home.Invented) is { Ok: false } guard) return new Refusal("unguarded", "The register may not be opened in this process: " + guard.Refusals[0], "Then import again.");
        using var lines = new StreamReader(file);
        var heading = (lines.ReadLine() ?? "").Split(',');
        if (heading[0] is not ("rin" or "key") || heading.Length < 2 || heading[1..].Except(s_variables).Any() || heading.Distinct().Count() != heading.Length)
            return new Refusal("background-heading", "The first line of the file is not as it must be.", $"A column rin or key, then one or more of {string.Join(", ", s_variables)}.");
        if (heading.Contains("origin") && basis != OriginBasis) return new Refusal("origin-basis", $"Origin is a special category: it is kept under {OriginBasis} alone.", $"Give --basis \"{OriginBasis}\" when that applies, or leave the column out.");
        try { return Keep(home, asOf, basis, heading, lines); }
        catch (InvalidDataException wrong) { return new Refusal("background-file", wrong.Message, "Nothing was changed."); }
    }

    /// <summary>The files there are, by variable and day.</summary>
    public static IReadOnlyList<BackgroundPart> Parts(OfficeHome home) => [.. home.Database
        .Read<(string Path, string Variable, string AsOf, string Basis, long Rows, string Sha256)>("SELECT path, variable, as_of, basis, rows, sha256 FROM background_parts ORDER BY variable, as_of")
        .Select(p => new BackgroundPart(p.Path, p.Variable, Tombstones.Day(p.AsOf), p.Basis, (int)p.Rows, p.Sha256))];

    /// <summary>What stands after FROM to read rin, variable and value: of each variable the latest that is known of a person.</summary>
    internal static string Scan(OfficeHome home, IReadOnlyList<string> variables)
    {
        var parts = Parts(home).Where(part => variables.Contains(part.Variable)).ToList();
        if (parts.Count == 0) return "(SELECT NULL::VARCHAR rin, NULL::VARCHAR variable, NULL::VARCHAR value WHERE false)";
        var files = parts.Select(part => $"SELECT rin, '{part.Variable}' AS variable, value, DATE '{Tombstones.Text(part.AsOf)}' AS as_of FROM {Parquet.Scan(home.At(part.Path))}");
        return $"(SELECT rin, variable, value FROM ({string.Join(" UNION ALL ", files)}) QUALIFY row_number() OVER (PARTITION BY rin, variable ORDER BY as_of DESC) = 1)";
    }

    static BackgroundImport Keep(OfficeHome home, DateOnly asOf, string basis, string[] heading, StreamReader lines)
    {
        var persons = Register.Load(home);
        var known = heading[0] == "rin" ? persons.ToDictionary(p => p.Rin.Text, p => p.Rin.Text) : persons.ToDictionary(p => p.Key, p => p.Rin.Text);
        var held = Cohort.Rins(home);
        var (rows, unknown, others, seen) = (new SortedDictionary<string, string[]>(StringComparer.Ordinal), 0, 0, new HashSet<string>());
        for (var number = 2; lines.ReadLine() is { } line; number++)
        {
            var cells = line.Split(',');
            Demand(cells.Length == heading.Length, number, $"a row has {heading.Length} columns and no quotes");
            Demand(seen.Add(cells[0]), number, "a person stands in one row");
            Demand(cells[1..].All(cell => cell.Length == 0 || Value().IsMatch(cell)), number, "a value is at most 40 small letters, digits and dashes");
            if (!known.TryGetValue(cells[0], out var rin)) unknown++;
            else if (!held.Contains(rin)) others++;
            else rows.Add(rin, cells);
        }
        using var database = ColumnDatabase.Open();
        return new BackgroundImport([.. heading.Skip(1).Select((variable, i) => Write(home, database, variable, asOf, basis, rows.Where(row => row.Value[i + 1].Length > 0).Select(row => (row.Key, row.Value[i + 1]))))], unknown, others);
    }

    static BackgroundPart Write(OfficeHome home, ColumnDatabase database, string variable, DateOnly asOf, string basis, IEnumerable<(string Rin, string Value)> rows)
    {
        database.Execute("CREATE OR REPLACE TABLE part (rin VARCHAR, value VARCHAR)");
        var count = 0;
        using (var table = database.Append("part"))
        {
            foreach (var (rin, value) in rows)
            {
                table.Append(rin);
                table.Append(value);
                table.EndRow();
                count++;
            }
            table.Complete();
        }
        var path = PartFiles.Free(home, $"background/{variable}-{Tombstones.Text(asOf)}.parquet");
        var part = new BackgroundPart(path, variable, asOf, basis, count, PartFiles.Write(home, database, "SELECT * FROM part ORDER BY rin", path));
        Name(home, part);
        return part;
    }

    /// <summary>The file takes the place of an earlier one of that variable and day; one with the same content changes nothing.</summary>
    static void Name(OfficeHome home, BackgroundPart part)
    {
        var day = Tombstones.Text(part.AsOf);
        home.Database.Write(t =>
        {
            var earlier = t.Read<(string Path, string Sha256, string Basis)>("SELECT path, sha256, basis FROM background_parts WHERE variable = @Variable AND as_of = @day", new { part.Variable, day });
            if (earlier is [var same] && same.Sha256 == part.Sha256 && same.Basis == part.Basis) { Leftovers.Add(t, part.Path); return; }
            foreach (var old in earlier) Leftovers.Add(t, old.Path);
            t.Execute("DELETE FROM background_parts WHERE variable = @Variable AND as_of = @day", new { part.Variable, day });
            t.Execute("INSERT INTO background_parts (path, variable, as_of, basis, rows, sha256) VALUES (@Path, @Variable, @day, @Basis, @Rows, @Sha256)", new { part.Path, part.Variable, day, part.Basis, part.Rows, part.Sha256 });
            t.Enter(home.Entry("background", "imported", ("basis", part.Basis), ("file", part.Sha256), ("rows", part.Rows), ("variable", part.Variable)));
        });
        Leftovers.Finish(home);
    }

    static void Demand(bool holds, int line, string rule)
    {
        if (!holds) throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Line {line} of the file: {rule}; have the register write it again."));
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 .-]{0,99}\z")] private static partial Regex Basis();

    [GeneratedRegex(@"^[a-z0-9-]{1,40}\z")] private static partial Regex Value();
}
