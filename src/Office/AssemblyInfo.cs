using System.Runtime.CompilerServices;

// Overwriting in place is shown on a file that a test holds open.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]
