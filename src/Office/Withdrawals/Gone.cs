using Groeilijn.Columns;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>The pupils that a run removes, in memory only, and the withdrawals that ask for each: a pupil of two schools may have two. An empty one asks for no answer (a restore).</summary>
sealed class Gone(IEnumerable<(Rin Rin, string About)> asked)
{
    readonly ILookup<Rin, string> _abouts = asked.Distinct().ToLookup(one => one.Rin, one => one.About);

    /// <summary>Whose data go.</summary>
    public IEnumerable<Rin> Rins => _abouts.Select(one => one.Key);

    /// <summary>Writes down that a place held these pupils and does not any more, for each withdrawal about them.</summary>
    public void Removed(OfficeHome home, Transaction t, string place, IEnumerable<Rin> rins)
    {
        foreach (var about in rins.SelectMany(rin => _abouts[rin]).Where(about => about.Length > 0)) Answer(home, t, about, place, "removed");
    }

    /// <summary>Writes down the same answer of a place for every withdrawal of the run.</summary>
    public void Answer(OfficeHome home, Transaction t, string place, string outcome)
    {
        foreach (var about in _abouts.SelectMany(one => one).Where(about => about.Length > 0)) Answer(home, t, about, place, outcome);
    }

    /// <summary>A place answers once; what it answered first holds, so that a run that goes on does not say "nothing here" of what an earlier one removed.</summary>
    public static void Answer(OfficeHome home, Transaction t, string about, string place, string outcome) => t.Execute(
        "INSERT INTO withdrawal_places (about, place, outcome, at) VALUES (@about, @place, @outcome, @at) ON CONFLICT (about, place) DO NOTHING", new { about, place, outcome, at = OfficeHome.Text(home.Now) });

    /// <summary>Puts identities into a table <c>gone</c> of one column in a database in memory, to compare with.</summary>
    public static void Fill(ColumnDatabase database, IEnumerable<string> identities)
    {
        database.Execute("CREATE OR REPLACE TABLE gone (identity VARCHAR)");
        using var table = database.Append("gone");
        foreach (var identity in identities)
        {
            table.Append(identity);
            table.EndRow();
        }
        table.Complete();
    }
}
