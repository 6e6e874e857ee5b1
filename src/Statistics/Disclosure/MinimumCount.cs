namespace Groeilijn.Statistics.Disclosure;

/// <summary>A cell of a table before protection. It never leaves the Gate as it is.</summary>
/// <param name="Codes">Its place: one code per dimension.</param>
/// <param name="Pupils">How many pupils its values come from.</param>
/// <param name="Schools">How many schools those pupils attend.</param>
/// <param name="Values">The values, one per measure of the table.</param>
/// <param name="OfReceiver">Whether the cell is about the receiver itself: a school that reads of its own pupils is not one of too few schools.</param>
public sealed record RawCell(IReadOnlyList<string> Codes, long Pupils, int Schools, IReadOnlyList<double> Values, bool OfReceiver = false)
{
    /// <summary>What its values tell, over the pupils: the audit of what one audience has together works on these. Empty: its values are not sums of pupils' values.</summary>
    public IReadOnlyList<CellSum> Sums { get; init; } = [];

    /// <summary>How many of its pupils attend each school, by the maker's number of the school; null: not told. A school takes its own away.</summary>
    public IReadOnlyDictionary<int, long>? PerSchool { get; init; }

    /// <summary>A number for the board of each school: a board takes all its schools away. Null: each school is its own.</summary>
    public Func<int, int>? BoardOf { get; init; }

    /// <summary>Whether a larger cell, in which it is together with another, is shown in its place.</summary>
    public bool Together { get; init; }

    /// <summary>The mean of a group that the receiver cannot see itself; null: it is no such group.</summary>
    public UnseenMean? Unseen { get; init; }

    /// <summary>What its values tell of groups that the receiver cannot see itself: a level of a gap, or a reference that depends on several variables. Empty: nothing.</summary>
    public IReadOnlyList<UnseenLevel> UnseenLevels { get; init; } = [];
}

/// <summary>A cell after protection: its values, or the reason why there are none.</summary>
public sealed record ProtectedCell
{
    internal ProtectedCell(IReadOnlyList<string> codes, IReadOnlyList<double> values, HiddenBecause? hidden) => (Codes, Values, Hidden) = (codes, values, hidden);

    /// <summary>Its place: one code per dimension.</summary>
    public IReadOnlyList<string> Codes { get; }

    /// <summary>The values, one per measure; empty when hidden.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Why the cell is hidden; null when it is published.</summary>
    public HiddenBecause? Hidden { get; }

    /// <summary>The cell without its values, for one more reason; a reason that it has already stands.</summary>
    public ProtectedCell HiddenFor(HiddenBecause reason) => Hidden is null ? new(Codes, [], reason) : this;
}

/// <summary>Why a cell is hidden.</summary>
public enum HiddenBecause
{
    /// <summary>Its values come from fewer pupils than the rule asks.</summary>
    FewPupils,
    /// <summary>Its pupils attend fewer schools than the rule asks.</summary>
    FewSchools,
    /// <summary>Without the pupils of one school, or of one board's schools, who know their own, fewer are left than the rule asks.</summary>
    OneSchool,
    /// <summary>Shown, it would give a hidden cell away by subtraction.</summary>
    Complement,
    /// <summary>Beside what its reader has already, it would give a small group away.</summary>
    History,
    /// <summary>Its reader, who knows the scores, could find out who is in the group; or the group is small, which of a group that its reader cannot see is not told apart.</summary>
    Members,
    /// <summary>It is shown together with another, because one of the two may not be shown by itself.</summary>
    Together,
}

/// <summary>
/// The primary rule: a cell needs a minimum of pupils, and of schools, and of pupils outside any one school. An empty cell is hidden like a small
/// one, so that "nobody" cannot be told from "a few". What totals, earlier releases and known scores ask more is the Gate's.
/// </summary>
/// <param name="Pupils">The least number of pupils, 10 in every profile of this programme (the European guidelines' rule of thumb).</param>
/// <param name="Schools">The least number of schools, for cells that are not about the receiver itself.</param>
/// <param name="Parents">How many children whoever reads may know beforehand: a parent with two at school. So many more a cell needs, so that the minimum remains without them.</param>
public sealed record MinimumCount(int Pupils, int Schools, int Parents = 0)
{
    /// <summary>How many pupils a cell needs: the minimum, and those whom a reader may know.</summary>
    public int Least => Pupils + Parents;

    /// <summary>Each cell with its values or its reason, in the same order.</summary>
    public IReadOnlyList<ProtectedCell> Protect(IReadOnlyList<RawCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return [.. cells.Select(Protect)];
    }

    /// <summary>The reason's code in records and metadata: <c>fewer-than-10-pupils</c>.</summary>
    public string Code(HiddenBecause reason) => reason switch
    {
        HiddenBecause.FewPupils => FormattableString.Invariant($"fewer-than-{Least}-pupils"),
        HiddenBecause.FewSchools => FormattableString.Invariant($"fewer-than-{Schools}-schools"),
        HiddenBecause.OneSchool => FormattableString.Invariant($"fewer-than-{Least}-pupils-outside-one-school"),
        HiddenBecause.Complement => "protects-another-cell",
        HiddenBecause.History => "unsafe-given-history",
        HiddenBecause.Members => "members-could-be-found",
        HiddenBecause.Together => "shown-with-another",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The reason in words, in Dutch or English.</summary>
    public string Words(HiddenBecause reason, bool dutch) => (reason, dutch) switch
    {
        (HiddenBecause.FewPupils, true) => FormattableString.Invariant($"Niet getoond: minder dan {Least} leerlingen"),
        (HiddenBecause.FewPupils, false) => FormattableString.Invariant($"Not shown: fewer than {Least} pupils"),
        (HiddenBecause.FewSchools, true) => FormattableString.Invariant($"Niet getoond: minder dan {Schools} scholen"),
        (HiddenBecause.FewSchools, false) => FormattableString.Invariant($"Not shown: fewer than {Schools} schools"),
        (HiddenBecause.OneSchool, true) => FormattableString.Invariant($"Niet getoond: minder dan {Least} leerlingen buiten één school of bestuur"),
        (HiddenBecause.OneSchool, false) => FormattableString.Invariant($"Not shown: fewer than {Least} pupils outside one school or board"),
        (HiddenBecause.Complement, true) => "Niet getoond: anders is een verborgen cijfer uit te rekenen",
        (HiddenBecause.Complement, false) => "Not shown: otherwise a hidden figure could be computed",
        (HiddenBecause.History, true) => "Niet getoond: naast eerdere cijfers te herkennen",
        (HiddenBecause.History, false) => "Not shown: recognisable beside earlier figures",
        (HiddenBecause.Members, true) => "Niet getoond: te klein, of af te leiden wie erin zit",
        (HiddenBecause.Members, false) => "Not shown: too small, or members could be found",
        (HiddenBecause.Together, true) => "Samen getoond met een ander deel",
        (HiddenBecause.Together, false) => "Shown together with another part",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>Why a cell may not be shown by itself; null when it may.</summary>
    public HiddenBecause? Judge(RawCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (cell.Pupils < Least) return HiddenBecause.FewPupils;
        if (cell.OfReceiver) return null;
        if (cell.Schools < Schools) return HiddenBecause.FewSchools;
        if (cell.PerSchool is { Count: > 0 } per && cell.Pupils - (cell.BoardOf is { } board ? per.GroupBy(s => board(s.Key)).Max(b => b.Sum(s => s.Value)) : per.Values.Max()) < Least) return HiddenBecause.OneSchool;
        return cell.Together ? HiddenBecause.Together : null;
    }

    ProtectedCell Protect(RawCell cell) => Judge(cell) is var hidden && hidden is null ? new(cell.Codes, cell.Values, null) : new(cell.Codes, [], hidden);
}
