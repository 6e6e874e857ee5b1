using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>What one school sends for one edition: a header, pupils in the order of the format, and the counts (<c>groeilijn-delivery/1</c>, JSON Lines).</summary>
public sealed class DeliveryPayload
{
    const int LongestLine = 1 << 20;

    /// <summary>Takes the pupils in any order.</summary>
    public DeliveryPayload(DeliveryHeader header, IEnumerable<DeliveredPupil> pupils)
    {
        Header = header;
        Pupils = [.. pupils.Order(Comparer<DeliveredPupil>.Create(DeliveredPupil.Compare))];
    }

    /// <summary>The first line.</summary>
    public DeliveryHeader Header { get; }

    /// <summary>The pupils, ordered so that their order says nothing that their lines do not.</summary>
    public IReadOnlyList<DeliveredPupil> Pupils { get; }

    /// <summary>The number of results of all pupils together.</summary>
    public int Results => Pupils.Sum(pupil => pupil.Results.Count);

    /// <summary>The payload's bytes: what the preview shows and what is sealed.</summary>
    public static byte[] Write(DeliveryHeader header, IEnumerable<DeliveredPupil> pupils) => new DeliveryPayload(header, pupils).ToBytes();

    /// <inheritdoc cref="Write(DeliveryHeader, IEnumerable{DeliveredPupil})"/>
    public byte[] ToBytes()
    {
        using MemoryStream lines = new();
        Line(Header.ToJson());
        foreach (DeliveredPupil pupil in Pupils) Line(pupil.ToJson());
        Line(CanonicalJson.Write(json =>
        {
            json.True("end");
            json.Integer("pupils", Pupils.Count);
            json.Integer("results", Results);
        }));
        return lines.ToArray();

        void Line(byte[] json)
        {
            lines.Write(json);
            lines.WriteByte((byte)'\n');
        }
    }

    /// <summary>Reads pupil by pupil at constant memory. Until it returns without a fault, the pupils handed on are not known to be all.</summary>
    public static PayloadReading Read(Stream payload, Action<DeliveryHeader, DeliveredPupil> each)
    {
        DeliveryHeader? header = null;
        DeliveredPupil? previous = null;
        int number = 0, pupils = 0, results = 0;
        bool ended = false;
        PayloadFault? Fault(string rule) => new(number, rule);

        foreach (ReadOnlyMemory<byte> line in Lines(payload))
        {
            number++;
            if (line.Length == 0 || line.Span[^1] != '\n') return new(header, pupils, results, Fault("the line is too long or has no end: the file is cut off"));
            if (ended) return new(header, pupils, results, Fault("something follows the last line"));
            ReadOnlySpan<byte> json = line.Span[..^1];
            JsonFault? fault;
            if (header is null)
            {
                if (!CanonicalJson.TryRead(json, DeliveryHeader.Read, out header, out fault)) return new(null, 0, 0, Fault(fault.ToString()));
            }
            else if (json.StartsWith("{\"end\""u8))
            {
                if (!CanonicalJson.TryRead(json, ReadEnd, out int[]? counts, out fault)) return new(header, pupils, results, Fault(fault.ToString()));
                if (counts[0] != pupils || counts[1] != results) return new(header, pupils, results, Fault("the counts differ from the lines above: the file was changed or cut"));
                ended = true;
            }
            else
            {
                if (!CanonicalJson.TryRead(json, DeliveredPupil.Read, out DeliveredPupil? pupil, out fault)) return new(header, pupils, results, Fault(fault.ToString()));
                if (previous is not null && DeliveredPupil.Compare(previous, pupil) > 0) return new(header, pupils, results, Fault("pupils must be ordered by number, birth date, postcode, house number and results"));
                previous = pupil;
                pupils++;
                results += pupil.Results.Count;
                each(header, pupil);
            }
        }
        number++;
        return new(header, pupils, results, ended ? null : Fault("the last line with the counts is missing: the file is cut off"));
    }

    /// <summary>Reads a whole payload.</summary>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out DeliveryPayload? payload, [NotNullWhen(false)] out PayloadFault? fault)
    {
        List<DeliveredPupil> pupils = [];
        using MemoryStream stream = new(bytes);
        PayloadReading reading = Read(stream, (_, pupil) => pupils.Add(pupil));
        fault = reading.Fault;
        payload = reading.Ok ? new(reading.Header, pupils) : null;
        return reading.Ok;
    }

    static int[] ReadEnd(CanonicalReader json)
    {
        json.True("end");
        return [json.Count("pupils"), json.Count("results")];
    }

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

    /// <summary>Masked: school, edition and counts.</summary>
    public override string ToString() => $"delivery of {Header.School} for {Header.Edition}: {Pupils.Count} pupil(s), {Results} result(s)";
}

/// <summary>The first line of a delivery payload.</summary>
public sealed record DeliveryHeader
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-delivery/1";

    /// <summary>256 random bits in base64, so that the hash of a payload cannot be guessed from its content.</summary>
    public string Salt { get; init => field = Spelling.Salt32.Demand(value); } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>BRIN and vestiging, <c>99XX00</c>.</summary>
    public required string School { get; init => field = Spelling.School.Demand(value); }

    /// <summary>The half-year, <c>2023-1</c>.</summary>
    public required string Edition { get; init => field = Spelling.Edition.Demand(value); }

    /// <summary>The configured set of fields, <c>nco-basis/1</c>.</summary>
    public required string Set { get; init => field = Spelling.Set.Demand(value); }

    /// <summary>The day of the school's export.</summary>
    public required DateOnly Reference { get; init; }

    /// <summary>The line, without its LF.</summary>
    public byte[] ToJson() => CanonicalJson.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("salt", Salt, Spelling.Salt32);
        json.Text("school", School, Spelling.School);
        json.Text("edition", Edition, Spelling.Edition);
        json.Text("set", Set, Spelling.Set);
        json.Date("reference", Reference);
    });

    internal static DeliveryHeader Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        return new()
        {
            Salt = json.Text("salt", Spelling.Salt32),
            School = json.Text("school", Spelling.School),
            Edition = json.Text("edition", Spelling.Edition),
            Set = json.Text("set", Spelling.Set),
            Reference = json.Date("reference"),
        };
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
