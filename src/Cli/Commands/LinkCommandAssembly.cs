using System.Runtime.CompilerServices;

// The reader of tables is shown on cells that are hard to read.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]
