using System.Numerics;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// Where each field lies in the 64-bit words of a record, and each rule as masks over those words: two records meet a rule when their
/// words, laid over each other, differ in no bit of its masks. Sex, number, birth date, postcode and house number take four words.
/// </summary>
sealed class RecordLayout
{
    /// <summary>In <see cref="Rule.Needs"/>: the whole field agrees.</summary>
    internal const int Whole = 8;

    internal RecordLayout(LinkModel model)
    {
        if (model.Fault() is { } fault) throw new ArgumentException(fault, nameof(model));
        (Model, Compare) = (model, [.. model.Fields.Select(f => f.Compare)]);
        Parts = [.. model.Fields.Select((_, f) => model.Parts(f).ToArray())];
        (Slots, Prefixes) = (new Slot[model.Fields.Count], new Slot[model.Fields.Count]);
        Place();
        Masks = [.. Parts.Select(parts => parts.Select(Equal).ToArray())];
        Rules = [.. model.Deterministic.Concat(model.Blocking).Select(Rule)];
    }

    internal LinkModel Model { get; }
    /// <summary>How each field is compared.</summary>
    internal Comparison[] Compare { get; }
    internal int Words { get; private set; }
    internal Slot[] Slots { get; }
    /// <summary>Of coded texts whose first characters a rule uses; without a mask otherwise.</summary>
    internal Slot[] Prefixes { get; }
    internal FieldPart[][] Parts { get; }
    /// <summary>Per field, for each of its parts.</summary>
    internal WordMask[][] Masks { get; }
    /// <summary>The deterministic rules, then the blocking rules.</summary>
    internal Rule[] Rules { get; }

    internal bool IsCoded(int field) => Compare[field] is Comparison.Exact or Comparison.Name;

    /// <summary>The first postcode and the first house number, which are compared as one; −1 where the model has none.</summary>
    internal (int Postcode, int House) Address => (First(Comparison.Postcode), First(Comparison.HouseNumber));

    /// <summary>Whether a pattern shows the same address, a slip aside.</summary>
    internal bool AtHome(ulong pattern)
    {
        var (postcode, house) = Address;
        return postcode >= 0 && house >= 0 && Agreement.LevelOf(pattern, postcode) >= Level.Near && Agreement.LevelOf(pattern, house) >= Level.Near;
    }

    /// <summary>Where a pattern shows the other to live.</summary>
    internal Whereabouts Where(ulong pattern)
    {
        var (postcode, house) = Address;
        if (postcode < 0 || house < 0) return Whereabouts.Unknown;
        var (a, b) = (Agreement.LevelOf(pattern, postcode), Agreement.LevelOf(pattern, house));
        return a == Level.Missing || b == Level.Missing ? Whereabouts.Unknown : a == Level.Equal && b >= Level.Compatible ? Whereabouts.There : AtHome(pattern) ? Whereabouts.Near : Whereabouts.Elsewhere;
    }

    /// <summary>How a pattern's addresses agree, apart from all else.</summary>
    internal ulong PlaceOf(ulong pattern)
    {
        var (postcode, house) = Address;
        return postcode < 0 || house < 0 ? 0 : pattern & (63UL << 6 * postcode | 63UL << 6 * house);
    }

    /// <summary>Whether a pattern shows just the same address.</summary>
    internal bool LivesThere(ulong pattern) => Where(pattern) == Whereabouts.There;

    int First(Comparison compare)
    {
        for (var f = 0; f < Model.Fields.Count; f++) if (Model.Fields[f].Compare == compare) return f;
        return -1;
    }

    /// <summary>Two values of 32 bits share a word.</summary>
    void Place()
    {
        var half = -1;
        Slot Take(bool wide)
        {
            if (wide) return new Slot(Words++, 0, ulong.MaxValue);
            if (half < 0) { half = Words++; return new Slot(half, 32, uint.MaxValue); }
            var slot = new Slot(half, 0, uint.MaxValue);
            half = -1;
            return slot;
        }
        for (var f = 0; f < Slots.Length; f++) Slots[f] = Take(Model.Fields[f].Compare is Comparison.Number or Comparison.Digits or Comparison.Postcode);
        for (var f = 0; f < Slots.Length; f++) if (IsCoded(f) && Parts[f].Length > 0) Prefixes[f] = Take(wide: false);
    }

    Rule Rule(string[] names)
    {
        var parts = names.Select(name => FieldPart.TryParse(name, Model.Fields, out var part) ? part : throw new ArgumentException("a rule names no field", nameof(names))).ToArray();
        var needs = new byte[Slots.Length];
        foreach (var part in parts) needs[part.Field] |= (byte)(part.Part == PartKind.Whole ? Whole : 1 << Array.IndexOf(Parts[part.Field], part));
        var equal = parts.Select(Equal).GroupBy(m => m.Word).Select(same => new WordMask(same.Key, same.Aggregate(0UL, (all, m) => all | m.Mask))).OrderBy(m => m.Word).ToArray();
        return new Rule(string.Join('+', names), equal, [.. parts.SelectMany(Present).Distinct()], needs);
    }

    /// <summary>The bits that must be equal.</summary>
    WordMask Equal(FieldPart part) => At(part, Model.Fields[part.Field].Compare switch
    {
        Comparison.Date => part.Part switch { PartKind.Year => 0xFFFF0000, PartKind.Month => 0xFF00, PartKind.Day => 0xFF, _ => 0xFFFFFFFF },
        Comparison.HouseNumber => 0xFFFFFUL << FieldText.SuffixBits,
        Comparison.Postcode when part.Part == PartKind.Prefix => ulong.MaxValue << (64 - 6 * part.Length),
        Comparison.Number or Comparison.Digits when part.Part == PartKind.Prefix => ulong.MaxValue << (64 - 4 * part.Length),
        Comparison.Number or Comparison.Digits or Comparison.Postcode => ulong.MaxValue,
        _ when part.Part == PartKind.Prefix => (uint.MaxValue << (32 - 6 * part.Length)) & uint.MaxValue,
        _ => uint.MaxValue,
    });

    /// <summary>The bits that may not all be 0: of a whole date its year, month and day each, of a prefix its last character.</summary>
    IEnumerable<WordMask> Present(FieldPart part) => Model.Fields[part.Field].Compare switch
    {
        Comparison.Date when part.Part == PartKind.Whole => [At(part, 0xFFFF0000), At(part, 0xFF00), At(part, 0xFF)],
        Comparison.Postcode when part.Part == PartKind.Prefix => [At(part, 63UL << (64 - 6 * part.Length))],
        Comparison.Number or Comparison.Digits when part.Part == PartKind.Prefix => [At(part, 15UL << (64 - 4 * part.Length))],
        Comparison.Exact or Comparison.Name when part.Part == PartKind.Prefix => [At(part, 63UL << (32 - 6 * part.Length))],
        _ => [Equal(part)],
    };

    WordMask At(FieldPart part, ulong mask)
    {
        var slot = IsCoded(part.Field) && part.Part == PartKind.Prefix ? Prefixes[part.Field] : Slots[part.Field];
        return new WordMask(slot.Word, mask << slot.Shift);
    }
}

/// <summary>Where a value lies in a record.</summary>
readonly record struct Slot(int Word, int Shift, ulong Mask)
{
    internal ulong Of(ReadOnlySpan<ulong> record) => record[Word] >> Shift & Mask;
}

/// <summary>Bits of one word of a record.</summary>
readonly record struct WordMask(int Word, ulong Mask);

/// <summary>A rule: what must be equal, what must be there, and what it needs of each field (bits for the parts, 8 for the whole).</summary>
sealed record Rule(string Name, WordMask[] Equal, WordMask[] Present, byte[] Needs)
{
    /// <summary>A hash of what must be equal, never 0; 0 when something is missing.</summary>
    internal ulong Key(ReadOnlySpan<ulong> record)
    {
        foreach (var (word, mask) in Present) if ((record[word] & mask) == 0) return 0;
        var key = 0UL;
        foreach (var (word, mask) in Equal) key = unchecked((BitOperations.RotateLeft(key, 29) ^ (record[word] & mask)) * 0x9E3779B97F4A7C15UL);
        return Bits.Mix(key) | 1;
    }

    /// <summary>Whether two records meet the rule.</summary>
    internal bool Holds(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var differ = new ulong[a.Length];
        for (var w = 0; w < differ.Length; w++) differ[w] = a[w] ^ b[w];
        return Agrees(differ, a);
    }

    /// <summary>Whether two records meet the rule: where they differ, and one of the two.</summary>
    internal bool Agrees(ReadOnlySpan<ulong> differ, ReadOnlySpan<ulong> record)
    {
        foreach (var (word, mask) in Equal) if ((differ[word] & mask) != 0) return false;
        foreach (var (word, mask) in Present) if ((record[word] & mask) == 0) return false;
        return true;
    }
}
