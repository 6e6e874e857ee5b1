using System.Runtime.CompilerServices;

// How a script is taken over for PostgreSQL, and what the driver is told, is shown by itself.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]
