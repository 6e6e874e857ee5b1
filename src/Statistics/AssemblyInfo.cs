using System.Runtime.CompilerServices;

// The steps of the kernels are shown one by one, and that shortcuts agree with what they stand for.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]

// Invented data are thrown by the same dice.
[assembly: InternalsVisibleTo("Groeilijn.Benchmarks")]
