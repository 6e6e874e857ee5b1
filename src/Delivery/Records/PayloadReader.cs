using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>Reads a payload line by line: the header, pupils in their order, the counts, and nothing after.</summary>
sealed class PayloadReader(Action<DeliveryHeader, DeliveredPupil> each)
{
    const int LongestLine = 1 << 20;

    DeliveryHeader? _header;
    DeliveredPupil? _previous;
    int _line, _pupils, _results;
    bool _ended;

    public static PayloadReading Read(Stream payload, Action<DeliveryHeader, DeliveredPupil> each)
    {
        PayloadReader reader = new(each);
        PayloadFault? fault = null;
        try
        {
            foreach (ReadOnlyMemory<byte> line in Lines(payload)) reader.Take(line.Span);
            reader.End();
        }
        catch (JsonRefused refused)
        {
            fault = new(reader._line, refused.Fault.ToString());
        }
        return new(reader._header, reader._pupils, reader._results, fault);
    }

    void Take(ReadOnlySpan<byte> line)
    {
        _line++;
        if (_ended) throw Refused("something follows the last line");
        if (line[^1] != '\n') throw Refused("the line is too long or has no end: the file is cut off");
        line = line[..^1];
        if (_header is null) _header = Read(line, DeliveryHeader.Read);
        else if (line.StartsWith("{\"end\""u8)) TakeCounts(line);
        else TakePupil(line, _header);
    }

    void TakePupil(ReadOnlySpan<byte> line, DeliveryHeader header)
    {
        DeliveredPupil pupil = Read(line, DeliveredPupil.Read);
        if (_previous is not null && DeliveredPupil.Compare(_previous, pupil) > 0) throw Refused("pupils must be ordered by number, birth date, postcode, house number and results");
        _previous = pupil;
        _pupils++;
        _results += pupil.Results.Count;
        each(header, pupil);
    }

    void TakeCounts(ReadOnlySpan<byte> line)
    {
        int[] counts = Read(line, json =>
        {
            json.True("end");
            return new int[] { json.Count("pupils"), json.Count("results") };
        });
        if (counts[0] != _pupils || counts[1] != _results) throw Refused("the counts differ from the lines above: the file was changed or cut");
        _ended = true;
    }

    void End()
    {
        if (_ended) return;
        _line++;
        throw Refused("the last line with the counts is missing: the file is cut off");
    }

    static T Read<T>(ReadOnlySpan<byte> line, Func<CanonicalReader, T> read)
        where T : class =>
        CanonicalJson.TryRead(line, read, out T? value, out JsonFault? fault) ? value : throw new JsonRefused(fault.Member, fault.Rule);

    static JsonRefused Refused(string rule) => new("", rule);

    /// <summary>Every line with its LF; what has none, or is longer than a line may be, comes last and without.</summary>
    static IEnumerable<ReadOnlyMemory<byte>> Lines(Stream stream)
    {
        byte[] buffer = new byte[1 << 16];
        int held = 0;
        while (true)
        {
            if (held == buffer.Length && held < LongestLine) Grow(ref buffer);
            int count = held < buffer.Length ? stream.Read(buffer, held, buffer.Length - held) : 0;
            held += count;
            int start = 0, length;
            while ((length = buffer.AsSpan(start, held - start).IndexOf((byte)'\n') + 1) > 0)
            {
                yield return buffer.AsMemory(start, length);
                start += length;
            }
            buffer.AsSpan(start, held - start).CopyTo(buffer);
            held -= start;
            if (count > 0) continue;
            if (held > 0) yield return buffer.AsMemory(0, held);
            CryptographicOperations.ZeroMemory(buffer);
            yield break;
        }
    }

    static void Grow(ref byte[] buffer)
    {
        byte[] old = buffer;
        Array.Resize(ref buffer, old.Length * 2);
        CryptographicOperations.ZeroMemory(old);
    }
}

/// <summary>Where a payload is refused and why: the line, counted from 1, and the rule; never a value.</summary>
public sealed record PayloadFault(int Line, string Rule)
{
    /// <summary>One line for a message.</summary>
    public override string ToString() => $"line {Line}: {Rule}";
}

/// <summary>What came of reading a payload.</summary>
/// <param name="Header">The first line, once read.</param>
/// <param name="Pupils">Pupils read.</param>
/// <param name="Results">Results read.</param>
/// <param name="Fault">Null when the payload is whole and right.</param>
public sealed record PayloadReading(DeliveryHeader? Header, int Pupils, int Results, PayloadFault? Fault)
{
    /// <summary>Whether the payload is whole and right.</summary>
    [MemberNotNullWhen(true, nameof(Header))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Ok => Fault is null;
}
