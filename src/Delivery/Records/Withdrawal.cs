using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>An objection after sending: whose data must go (<c>groeilijn-withdrawal/1</c>). Sealed and signed like a delivery. No reason has a place in it.</summary>
public sealed record Withdrawal
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-withdrawal/1";

    /// <summary>256 random bits in base64.</summary>
    public string Salt { get; init => field = Spelling.Salt32.Demand(value); } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>BRIN and vestiging of the school that passes it on.</summary>
    public required string School { get; init => field = Spelling.School.Demand(value); }

    /// <summary>The day the parent or pupil asked.</summary>
    public required DateOnly Asked { get; init; }

    /// <summary>Whose data it is.</summary>
    public required DeliveredPerson Person { get; init; }

    /// <summary>The record's one line, with its LF.</summary>
    public byte[] ToJson() => RecordFile.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("salt", Salt, Spelling.Salt32);
        json.Text("school", School, Spelling.School);
        json.Date("asked", Asked);
        Person.Write(json);
    });

    /// <summary>Reads the record; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Withdrawal? value, [NotNullWhen(false)] out JsonFault? fault) => RecordFile.TryRead(bytes, Read, out value, out fault);

    static Withdrawal Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        return new()
        {
            Salt = json.Text("salt", Spelling.Salt32),
            School = json.Text("school", Spelling.School),
            Asked = json.Date("asked"),
            Person = DeliveredPerson.Read(json),
        };
    }

    /// <summary>Masked: the school and the day.</summary>
    public override string ToString() => $"withdrawal passed on by {School}, person masked";
}
