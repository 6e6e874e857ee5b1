using Groeilijn.Delivery;

namespace Groeilijn.Cli.Demo;

/// <summary>The numbers in a payload, for the search after destruction. They live in memory only, on the school's side of the demo.</summary>
static class DeliveredNumbers
{
    /// <summary>The BSNs and onderwijsnummers of the pupils in a payload file.</summary>
    public static IEnumerable<string> In(string payloadFile)
    {
        var numbers = new List<string>();
        using var file = File.OpenRead(payloadFile);
        DeliveryPayload.Read(file, (_, pupil) =>
        {
            if ((pupil.Person.Bsn ?? pupil.Person.Onderwijsnummer) is { } number) numbers.Add(number);
        });
        return numbers;
    }
}
