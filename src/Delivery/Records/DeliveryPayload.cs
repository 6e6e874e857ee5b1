using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>What one school sends for one edition: a header, pupils in the order of the format, and the counts (<c>groeilijn-delivery/1</c>, JSON Lines).</summary>
public sealed class DeliveryPayload
{
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
    public static PayloadReading Read(Stream payload, Action<DeliveryHeader, DeliveredPupil> each) => PayloadReader.Read(payload, each);

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
