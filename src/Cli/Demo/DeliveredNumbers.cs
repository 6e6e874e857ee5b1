using Groeilijn.Delivery;

namespace Groeilijn.Cli.Demo;

/// <summary>The numbers in a payload, for the search after destruction. They live in memory only, on the school's side of the demo.</summary>
static class DeliveredNumbers
{
    /// <summary>The BSNs and onderwijsnummers of the pupils in a payload.</summary>
    public static IEnumerable<string> In(byte[] payload)
    {
        var numbers = new List<string>();
        using var stream = new MemoryStream(payload);
        DeliveryPayload.Read(stream, (_, pupil) =>
        {
            if ((pupil.Person.Bsn ?? pupil.Person.Onderwijsnummer) is { } number) numbers.Add(number);
        });
        return numbers;
    }
}
