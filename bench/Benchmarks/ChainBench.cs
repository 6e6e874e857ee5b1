using BenchmarkDotNet.Attributes;
using Groeilijn.Cli.Demo;

namespace Groeilijn.Benchmarks;

/// <summary>The whole chain, one half-year, without the telling: what a change costs from end to end.</summary>
[MemoryDiagnoser, InProcess]
[WarmupCount(1), IterationCount(3), InvocationCount(1)]
public class ChainBench
{
    string _folder = "";

    [Params(10, 40)]
    public int Schools { get; set; }

    [IterationSetup]
    public void Setup() => _folder = Directory.CreateTempSubdirectory("groeilijn-bench-").FullName;

    [Benchmark]
    public int Demo() => DemoRun.Run(new DemoOptions(_folder, Schools, Editions: 1), new Story(TextWriter.Null, quiet: true)).Linked;

    [IterationCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);
}
