using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Groeilijn.Tests")]
