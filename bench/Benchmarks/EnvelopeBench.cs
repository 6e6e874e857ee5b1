using BenchmarkDotNet.Attributes;
using Groeilijn.Delivery;

namespace Groeilijn.Benchmarks;

/// <summary>Sealing and opening a delivery in memory.</summary>
[MemoryDiagnoser, InProcess, WarmupCount(2), IterationCount(5)]
public class EnvelopeBench
{
    readonly IdentityKey _key = IdentityKey.Generate();
    byte[] _plain = [], _sealed = [];

    /// <summary>A small school, a large one, a board.</summary>
    [Params(100_000, 1_000_000, 20_000_000)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _plain = new byte[Bytes];
        _sealed = Envelope.Seal(_plain, _key.Recipient);
    }

    [Benchmark]
    public byte[] Seal() => Envelope.Seal(_plain, _key.Recipient);

    [Benchmark]
    public bool Open()
    {
        using var opened = Envelope.Open(_sealed, _key);
        return opened.Ok;
    }
}
