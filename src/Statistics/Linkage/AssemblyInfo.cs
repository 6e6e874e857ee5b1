using System.Runtime.CompilerServices;

// The steps of the kernel are shown one by one.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]
