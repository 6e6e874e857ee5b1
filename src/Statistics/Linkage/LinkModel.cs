using System.Globalization;

namespace Groeilijn.Statistics.Linkage;

/// <summary>What is compared, what makes a pair worth comparing, and when a pair is a link. Names of fields only, no columns and no data.</summary>
/// <param name="Fields">The fields, at most <see cref="MostFields"/>.</param>
/// <param name="Deterministic">Rules under which a pair that is unique on both sides is a link before any probability; each a list of fields or parts of fields.</param>
/// <param name="Blocking">Rules of which a pair must meet one to be looked at; each a list of fields or parts such as <c>dob.year</c>, <c>postcode.4</c>, <c>house.number</c>.</param>
/// <param name="OneToOne">Whether a record has at most one partner on the other side.</param>
/// <param name="Threshold">The least probability of a link, above 0 and below 1.</param>
/// <param name="MostFalse">The share of links that may be false, above 0. Where a one-to-one model expects more, the threshold is raised, at most to <see cref="HighestThreshold"/>; 1 leaves it.</param>
public sealed record LinkModel(IReadOnlyList<LinkField> Fields, IReadOnlyList<string[]> Deterministic, IReadOnlyList<string[]> Blocking, bool OneToOne = true, double Threshold = 0.5, double MostFalse = 1)
{
    /// <summary>A pattern of agreement has six bits a field in 64.</summary>
    public const int MostFields = 10;

    /// <summary>More rules than these (the deterministic ones counted) make the sums over their subsets long.</summary>
    public const int MostRules = 14;

    /// <summary>The share of false links that is aimed at where nobody chose a threshold.</summary>
    public const double FewFalse = 0.0002;

    /// <summary>The threshold is raised no further: files that tell little would lose links that are nearly certain.</summary>
    public const double HighestThreshold = 0.97;

    /// <summary>Why the model cannot be used, in words that hold no data; null when it can.</summary>
    public string? Fault()
    {
        if (Fields.Count is 0 or > MostFields) return $"a model has 1 to {MostFields} fields";
        if (Fields.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count() < Fields.Count) return "two fields have one name";
        if (Fields.Any(f => f.Name.Length == 0 || f.Name.Contains('.', StringComparison.Ordinal))) return "a field's name is not empty and has no dot";
        if (Blocking.Count + Deterministic.Count is 0 or > MostRules) return $"a model has 1 to {MostRules} rules, deterministic and blocking together";
        if (!(Threshold is > 0 and < 1)) return "the threshold lies above 0 and below 1";
        if (!(MostFalse is > 0 and <= 1)) return "the share of links that may be false lies above 0 and is at most 1";
        foreach (var rule in Deterministic.Concat(Blocking))
        {
            if (rule.Length == 0) return "a rule names at least one field";
            foreach (var part in rule)
                if (!FieldPart.TryParse(part, Fields, out _)) return $"a rule names '{part}', which is no field of the model and no part of one (date: .year .month .day; text, digits and postcode: .1 to .5; house number: .number)";
        }
        return Fields.Where((_, f) => Parts(f).Count() > 3).Select(f => $"the rules use more than three parts of '{f.Name}'").FirstOrDefault();
    }

    /// <summary>The parts of a field that are compared by themselves, in a fixed order: of a date its day, month and year, of others those that rules use.</summary>
    internal IEnumerable<FieldPart> Parts(int field) => Fields[field].Compare == Comparison.Date ? s_partsOfDate.Select(part => new FieldPart(field, part, 0)) : PartsOfRules(field);

    static readonly PartKind[] s_partsOfDate = [PartKind.Day, PartKind.Month, PartKind.Year];

    IEnumerable<FieldPart> PartsOfRules(int field) =>
        from part in Deterministic.Concat(Blocking).SelectMany(rule => rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        let parsed = FieldPart.TryParse(part, Fields, out var p) ? p : default
        where parsed.Field == field && parsed.Part != PartKind.Whole
        select parsed;
}

/// <summary>A field of both files.</summary>
/// <param name="Name">Its name in the rules.</param>
/// <param name="Compare">How two values are compared.</param>
/// <param name="Household">Whether people of one household share it, such as surname and address.</param>
/// <param name="TermFrequency">Whether agreement on a rare value says more than on a common one.</param>
public sealed record LinkField(string Name, Comparison Compare, bool Household = false, bool TermFrequency = false);

/// <summary>How two values are compared. A missing value says nothing, for or against.</summary>
public enum Comparison
{
    /// <summary>Equal or not.</summary>
    Exact,
    /// <summary>A number that names a person; leading zeros and signs between digits do not count. A wrong, lost or swapped digit is near.</summary>
    Number,
    /// <summary>A date. A wrong digit, two swapped, day and month swapped, and the next day are near; unknown parts (00) agree with any.</summary>
    Date,
    /// <summary>Digits of which leading zeros count. A wrong, lost or swapped digit is near.</summary>
    Digits,
    /// <summary>A postcode of any country up to ten characters. A wrong, lost or swapped character is near; the same area is less.</summary>
    Postcode,
    /// <summary>A house number with letter or addition. The number alone, a neighbour and a wrong digit are levels of their own.</summary>
    HouseNumber,
    /// <summary>A name, compared without case, diacritics and Dutch prefixes by Jaro and Winkler.</summary>
    Name,
}

/// <summary>A field, or a part of one, as a rule names it.</summary>
readonly record struct FieldPart(int Field, PartKind Part, int Length)
{
    internal static bool TryParse(string text, IReadOnlyList<LinkField> fields, out FieldPart part)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? text : text[..dot];
        var field = -1;
        for (var f = 0; f < fields.Count; f++) if (fields[f].Name == name) field = f;
        part = new FieldPart(field, PartKind.Whole, 0);
        if (field < 0 || dot < 0) return field >= 0;
        var (compare, rest) = (fields[field].Compare, text[(dot + 1)..]);
        if (compare == Comparison.Date) part = part with { Part = rest switch { "year" => PartKind.Year, "month" => PartKind.Month, "day" => PartKind.Day, _ => PartKind.Whole } };
        else if (compare == Comparison.HouseNumber) part = part with { Part = rest == "number" ? PartKind.HouseOnly : PartKind.Whole };
        else if (int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is >= 1 and <= 5) part = part with { Part = PartKind.Prefix, Length = length };
        return part.Part != PartKind.Whole;
    }
}

/// <summary>Which part of a field.</summary>
enum PartKind { Whole, Year, Month, Day, HouseOnly, Prefix }
