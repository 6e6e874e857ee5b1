using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Groeilijn.Benchmarks.EnvelopeBench).Assembly).Run(args);
