using BenchmarkDotNet.Running;

if (!Groeilijn.Benchmarks.GrowthRun.Try(args)) BenchmarkSwitcher.FromAssembly(typeof(Groeilijn.Benchmarks.EnvelopeBench).Assembly).Run(args);
