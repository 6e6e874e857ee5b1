using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// The records of one file, packed. A record is known by its place, from 0. Fill it with <see cref="Add(ReadOnlySpan{byte},ReadOnlySpan{Range})"/> and
/// then link it; the texts are shared by both files.
/// </summary>
public sealed class RecordSet
{
    readonly Texts _texts;
    ulong[] _words;

    /// <summary>An empty set for records of a model.</summary>
    /// <exception cref="ArgumentException">The model has a <see cref="LinkModel.Fault"/>.</exception>
    public RecordSet(LinkModel model, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(texts);
        (Layout, _texts) = (new RecordLayout(model), texts);
        _words = new ulong[1024 * Layout.Words];
        Unreadable = new long[model.Fields.Count];
        Missing = new long[model.Fields.Count];
    }

    /// <summary>How many records there are.</summary>
    public int Count { get; private set; }

    /// <summary>Per field, the cells that are not empty but cannot be read as what the field is. They count as missing.</summary>
    public long[] Unreadable { get; }

    /// <summary>Per field, the records without a value, the unreadable counted.</summary>
    public long[] Missing { get; }

    /// <summary>Pairs expected with another set, as counted last.</summary>
    internal (RecordSet Other, int Own, int Theirs, double Pairs)? Expected { get; set; }

    internal RecordLayout Layout { get; }

    internal Texts Texts => _texts;

    internal ReadOnlySpan<ulong> this[int record] => _words.AsSpan(record * Layout.Words, Layout.Words);

    internal void Fetch(int record) => Memory.Fetch(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_words), (nint)record * Layout.Words);

    /// <summary>Adds a record whose cells, in order of the model's fields, are UTF-8 text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> line, ReadOnlySpan<Range> cells)
    {
        if ((Count + 1) * (long)Layout.Words > _words.Length) Array.Resize(ref _words, (int)Math.Min(Array.MaxLength, _words.Length * 2L));
        var record = _words.AsSpan(Count * Layout.Words, Layout.Words);
        record.Clear();
        for (var f = 0; f < cells.Length; f++)
        {
            var cell = line[cells[f]];
            var value = FieldText.Pack(Layout.Compare[f], cell, _texts);
            if (value == 0) { Missing[f]++; if (!cell.Trim(" \t\""u8).IsEmpty) Unreadable[f]++; continue; }
            var slot = Layout.Slots[f];
            record[slot.Word] |= value << slot.Shift;
            if (Layout.Prefixes[f] is { Mask: not 0 } prefix) record[prefix.Word] |= (ulong)FieldText.Prefix(_texts[(int)value]) << prefix.Shift;
        }
        Count++;
    }

    /// <summary>Adds a record from texts.</summary>
    public void Add(params ReadOnlySpan<string> cells)
    {
        var line = System.Text.Encoding.UTF8.GetBytes(string.Concat(cells));
        var ranges = new Range[cells.Length];
        for (int f = 0, at = 0; f < cells.Length; f++)
        {
            var length = System.Text.Encoding.UTF8.GetByteCount(cells[f]);
            ranges[f] = at..(at + length);
            at += length;
        }
        Add(line, ranges);
    }

    /// <summary>Gives back the room that is not used.</summary>
    public void Trim() => Array.Resize(ref _words, Count * Layout.Words);

    internal ulong Value(int record, int field) => Layout.Slots[field].Of(this[record]);

    /// <summary>A bit for each field that a record has no value of.</summary>
    internal int MissingOf(int record)
    {
        var words = this[record];
        var missing = 0;
        for (var f = 0; f < Layout.Slots.Length; f++) if (Layout.Slots[f].Of(words) == 0) missing |= 1 << f;
        return missing;
    }

    /// <summary>A hash of what a record says, whatever was read before it.</summary>
    internal ulong ContentHash(int record)
    {
        var words = this[record];
        var hash = 0UL;
        for (var f = 0; f < Layout.Slots.Length; f++)
        {
            var value = Layout.Slots[f].Of(words);
            hash = unchecked(Bits.Mix(hash + 0x9E3779B97F4A7C15UL + (Layout.IsCoded(f) && value != 0 ? _texts.Hash((int)value) : value)));
        }
        return hash;
    }

    /// <summary>
    /// About <paramref name="most"/> records, chosen by what they say; all when there are no more. Two samples that are laid beside each
    /// other need another <paramref name="salt"/> each, else equal records are in both.
    /// </summary>
    internal int[] Sample(int most, ulong salt)
    {
        if (Count <= most) return [.. Enumerable.Range(0, Count)];
        var limit = (ulong)(ulong.MaxValue * ((double)most / Count));
        var chosen = new List<int>(most + most / 8);
        for (var i = 0; i < Count; i++) if (Bits.Mix(ContentHash(i) ^ salt) <= limit) chosen.Add(i);
        // Many records that all say the same are in together or out together.
        return chosen.Count >= most / 2 && chosen.Count <= 2 * most ? [.. chosen] : [.. Enumerable.Range(0, most).Select(k => (int)((long)k * Count / most))];
    }
}
